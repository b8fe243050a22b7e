package bot

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/cache"
)

// starts is when sessions may begin (Discord: session start limit): one for each max_concurrency key every five
// seconds, and so many a day, of all processes of the bot together.
type starts struct {
	ask   func(context.Context) (discordgo.GatewayBotResponse, error) // where the gateway is, and what is left
	allow func(ctx context.Context, key string, r cache.Rate) (wait time.Duration, err error)
	every time.Duration // between two of a key
	used  func(*ExhaustedError)
	log   *slog.Logger

	mu    sync.Mutex
	known discordgo.GatewayBotResponse
	until time.Time // for how long it is
	keys  map[int]chan struct{}
}

const (
	// startEvery is Discord's time between two sessions of a key, with a margin for the way there.
	startEvery = 5*time.Second + 200*time.Millisecond
	// knownFor is how long an answer of Discord about its gateway is taken for true.
	knownFor = 5 * time.Second
)

// ExhaustedError is that no more sessions may begin today: Discord allows a number.
type ExhaustedError struct{ Until time.Time }

func (e *ExhaustedError) Error() string {
	return fmt.Sprintf("no more sessions may begin before %s", e.Until.Format(time.RFC3339))
}

// gateway is where the gateway is, and what is left. One that is to begin is counted.
func (s *starts) gateway(ctx context.Context, begins bool) (discordgo.GatewayBotResponse, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Now().After(s.until) {
		known, err := s.ask(ctx)
		if err == nil && known.URL == "" {
			err = fmt.Errorf("%w: a gateway without an address", ErrUnusable)
		}
		if err != nil {
			return known, fmt.Errorf("ask for the gateway: %w", err)
		}
		s.known, s.until = known, time.Now().Add(knownFor)
	}
	answer := s.known
	if begins {
		s.known.SessionStartLimit.Remaining--
	}
	return answer, nil
}

// address is where the gateway is.
func (s *starts) address(ctx context.Context) (string, error) {
	known, err := s.gateway(ctx, false)
	return known.URL, err
}

// begin waits until it is a shard's turn to connect, for a session that is to begin. It is to identify when permit
// lets it, and then to leave. The others of its key in this process wait for that, and not with a connection that
// Discord sees idle.
func (s *starts) begin(ctx context.Context, shard int) (address string, permit func(context.Context) error, leave func(), err error) {
	known, err := s.remaining(ctx)
	if err != nil {
		return "", nil, nil, err
	}
	key := shard % max(known.SessionStartLimit.MaxConcurrency, 1)
	s.mu.Lock()
	if s.keys == nil {
		s.keys = map[int]chan struct{}{}
	}
	turn := s.keys[key]
	if turn == nil {
		turn = make(chan struct{}, 1)
		s.keys[key] = turn
	}
	s.mu.Unlock()
	select {
	case turn <- struct{}{}:
	case <-ctx.Done():
		return "", nil, nil, context.Cause(ctx)
	}
	leave = sync.OnceFunc(func() { <-turn })
	permit = func(ctx context.Context) error {
		defer leave()
		return s.permit(ctx, key)
	}
	return known.URL, permit, leave, nil
}

// remaining waits until there is a session left to begin.
func (s *starts) remaining(ctx context.Context) (discordgo.GatewayBotResponse, error) {
	for {
		known, err := s.gateway(ctx, true)
		limit := known.SessionStartLimit
		if err != nil || limit.Total == 0 || limit.Remaining > 0 {
			return known, err
		}
		wait := max(time.Duration(limit.ResetAfter)*time.Millisecond, time.Second)
		s.log.WarnContext(ctx, "no session may begin", "wait", wait)
		s.used(&ExhaustedError{time.Now().Add(wait)})
		if err := sleep(ctx, wait); err != nil {
			return known, err
		}
		s.mu.Lock()
		s.until = time.Time{}
		s.mu.Unlock()
	}
}

// permit waits until a session of a key may begin.
func (s *starts) permit(ctx context.Context, key int) error {
	for {
		wait, err := s.allow(ctx, fmt.Sprint("identify ", key), cache.Rate{Burst: 1, Every: s.every})
		if err != nil {
			return fmt.Errorf("take a turn to begin a session: %w", err)
		}
		if wait == 0 {
			return nil
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// ownTurns allows what a process that is alone may do.
type ownTurns struct {
	mu   sync.Mutex
	full map[string]time.Time
}

func (o *ownTurns) allow(_ context.Context, key string, r cache.Rate) (wait time.Duration, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.full == nil {
		o.full = map[string]time.Time{}
	}
	o.full[key], wait = r.Take(o.full[key], time.Now())
	return wait, nil
}
