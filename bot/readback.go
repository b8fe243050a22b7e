package bot

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/desk"
)

// This file sees to it that nothing is missed of what is written in watched channels: it remembers which message was the
// last, and reads what came after it where that may not have been heard.

const (
	// markEvery is how often it is written down which message of a channel was the last that was seen. What is read twice
	// is answered once, so that this need not be exact.
	markEvery = 30 * time.Second
	// readAtOnce is how many channels are read back at the same time.
	readAtOnce = 4
	// perRead is how many messages Discord gives at once.
	perRead = 100
)

// readings are how far the watched channels were seen.
type readings struct {
	mu       sync.Mutex
	channels map[string]*seen
	turns    chan struct{} // one for each channel that may be read at the same time
	going    context.Context
	end      context.CancelFunc
}

// seen is how far a channel was.
type seen struct {
	server  string
	last    string    // the last message that was heard
	marked  string    // the last one that was written down
	at      time.Time // when
	reading bool      // it is read back: what is heard meanwhile is not all that there is
	again   bool      // and is to be once more
}

func (r *readings) of(server, channel string) *seen {
	if r.channels == nil {
		r.channels = map[string]*seen{}
	}
	s := r.channels[channel]
	if s == nil {
		s = &seen{server: server}
		r.channels[channel] = s
	}
	return s
}

// saw notes that a message of a watched channel was heard, and whether what it asks for was noted. If not, the channel is
// read back until it is.
func (b *Bot) saw(ctx context.Context, p post, noted bool) {
	if !noted {
		b.readBack(p.Server, p.Channel)
		return
	}
	r := &b.readings
	r.mu.Lock()
	s := r.of(p.Server, p.Channel)
	if later(p.ID, s.last) {
		s.last = p.ID
	}
	due := !s.reading && b.now().Sub(s.at) >= markEvery && s.last != s.marked
	if due {
		s.at, s.marked = b.now(), s.last
	}
	last := s.last
	r.mu.Unlock()
	if !due {
		return
	}
	if err := b.desk.MarkSeen(ctx, p.Server, p.Channel, last); err != nil {
		b.log.WarnContext(ctx, "not noted what was seen", "channel", p.Channel, "error", err)
	}
}

// markAll writes down how far all channels were seen.
func (b *Bot) markAll(ctx context.Context) {
	r := &b.readings
	r.mu.Lock()
	due := map[string]seen{}
	for channel, s := range r.channels {
		if !s.reading && s.last != s.marked {
			s.marked = s.last
			due[channel] = *s
		}
	}
	r.mu.Unlock()
	for channel, s := range due {
		if err := b.desk.MarkSeen(ctx, s.server, channel, s.last); err != nil {
			b.log.WarnContext(ctx, "not noted what was seen", "channel", channel, "error", err)
			return // the others fail as well
		}
	}
}

// readBack reads a watched channel from the last message that was seen, until that has worked out.
func (b *Bot) readBack(server, channel string) {
	r := &b.readings
	r.mu.Lock()
	s := r.of(server, channel)
	if s.reading {
		s.again = true
		r.mu.Unlock()
		return
	}
	s.reading = true
	r.mu.Unlock()
	go b.take(func() {
		for again := true; again; {
			if again = b.readOnce(server, channel) != nil; again {
				if sleep(r.going, reachAgain) != nil {
					return // it is read back when newsdesk begins again
				}
				continue
			}
			r.mu.Lock()
			again, s.again = s.again, false
			s.reading = again
			r.mu.Unlock()
		}
	})
}

// readOnce reads a channel from the last message that was seen to its end. Nil: it was read, or cannot be.
func (b *Bot) readOnce(server, channel string) error {
	ctx := b.readings.going
	select {
	case b.readings.turns <- struct{}{}:
		defer func() { <-b.readings.turns }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	marks, err := b.desk.Seen(ctx, server)
	if err != nil {
		return err
	}
	set, err := b.desk.Settings(ctx, server)
	if err != nil {
		return err
	}
	from := snowflake(b.now().Add(-lookBack))
	if later(marks[channel], from) {
		from = marks[channel]
	}
	for {
		page, err := b.history(ctx, channel, from)
		if refused(err) {
			b.log.WarnContext(ctx, "watched channel not read", "channel", channel, "error", err)
			return nil
		}
		if err != nil {
			return err
		}
		for _, p := range page {
			p.Server = server
			if p.Author.ID == b.self {
				err = b.followOwn(ctx, p)
			} else {
				err = b.noteLinks(ctx, p, set)
			}
			if err != nil {
				return err
			}
			from = p.ID
		}
		if len(page) > 0 {
			if err := b.desk.MarkSeen(ctx, server, channel, from); err != nil {
				return err
			}
		}
		if len(page) < perRead {
			return nil
		}
	}
}

// history are the messages of a channel behind one, the oldest first, as many as Discord gives at once.
func (b *Bot) history(ctx context.Context, channel, after string) (page []post, err error) {
	err = b.behind(ctx, channel, after, &page)
	slices.SortFunc(page, func(x, y post) int {
		switch {
		case later(x.ID, y.ID):
			return 1
		case later(y.ID, x.ID):
			return -1
		}
		return 0
	})
	return page, err
}

// behind reads the messages of a channel behind one, as many as Discord gives at once, the newest first, into a slice of
// what is wanted of each.
func (b *Bot) behind(ctx context.Context, channel, after string, into any) error {
	q := url.Values{"after": {after}, "limit": {strconv.Itoa(perRead)}}
	return b.call(ctx, http.MethodGet, discordgo.EndpointChannelMessages(channel)+"?"+q.Encode(), "history "+channel, nil, nil, into)
}

// followOwn has a card follow its message, where that is no longer what it was.
func (b *Bot) followOwn(ctx context.Context, own post) error {
	if own.Reference == nil {
		return nil
	}
	p := post{ID: own.Reference.Message, Channel: own.Channel, Server: own.Server}
	became := wasDeleted
	if len(own.Referenced) > 0 && string(own.Referenced) != "null" {
		if err := json.Unmarshal(own.Referenced, &p); err != nil {
			return err
		}
		if p.Edited == nil {
			return nil
		}
		became = p.Edited.Format(time.RFC3339Nano)
	}
	p.Server = own.Server
	return b.noteFollow(ctx, p, became)
}

// beginWatch has a channel watched as an errand says, from now on: what was written there before is not read.
func (b *Bot) beginWatch(ctx context.Context, e errand, channel string, do desk.Watching) error {
	set, err := b.desk.SettingsNow(ctx, e.Guild)
	if err != nil {
		return err
	}
	if _, watched := set.Watched[channel]; !watched && do != "" {
		if err := b.desk.MarkSeen(ctx, e.Guild, channel, snowflake(b.now())); err != nil {
			return err
		}
	}
	return b.desk.Set(ctx, e.Guild, desk.Watch(channel), string(do))
}
