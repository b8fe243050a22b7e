package bot

import (
	"context"
	"encoding/json"
	"sync"
)

// session is what a connection to the gateway goes on with after it was lost, in this process or another (Discord:
// resuming).
type session struct {
	ID      string `json:"session_id"`
	Address string `json:"resume_gateway_url"` // "" for where sessions begin

	mu     sync.Mutex
	seq    int64              // of the last event that came
	taking map[int64]struct{} // the events about which something is still to be done
	calm   chan struct{}      // closed when there are none; nil where nobody waits
}

// address is where the session is resumed; "" for where sessions begin.
func (s *session) address() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Address
}

// lost notes that nobody answers where the session was to be resumed. It can be where sessions begin, too.
func (s *session) lost() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Address = ""
}

// last is the number of the last event that came; nil for none, as heartbeats have it.
func (s *session) last() *int64 {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	seq := s.seq
	return &seq
}

// take notes that an event came; done, that nothing is left to do about it.
func (s *session) take(seq int64) (done func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seq = seq
	if s.taking == nil {
		s.taking = map[int64]struct{}{}
	}
	s.taking[seq] = struct{}{}
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.taking, seq)
		if s.calm != nil && len(s.taking) == 0 {
			close(s.calm)
			s.calm = nil
		}
	}
}

// settle waits until nothing is left to do about the events that came, unless ctx ends.
func (s *session) settle(ctx context.Context) {
	if s == nil {
		return
	}
	s.mu.Lock()
	if len(s.taking) == 0 {
		s.mu.Unlock()
		return
	}
	if s.calm == nil {
		s.calm = make(chan struct{})
	}
	calm := s.calm
	s.mu.Unlock()
	select {
	case <-calm:
	case <-ctx.Done():
	}
}

// kept is how a session is written down.
type kept struct {
	ID      string `json:"id"`
	Address string `json:"address"`
	Seq     int64  `json:"seq"`
}

// state is the session for another process, which will hear again of what this one has not done with; "" for none.
func (s *session) state() string {
	if s == nil {
		return ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	k := kept{s.ID, s.Address, s.seq}
	for seq := range s.taking {
		k.Seq = min(k.Seq, seq-1)
	}
	text, _ := json.Marshal(k) // strings and a number
	return string(text)
}

// sessionOf is the session that another process wrote down; nil for none.
func sessionOf(state string) *session {
	var k kept
	if json.Unmarshal([]byte(state), &k) != nil || k.ID == "" {
		return nil
	}
	return &session{ID: k.ID, Address: k.Address, seq: k.Seq}
}
