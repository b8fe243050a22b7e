package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"newsdesk/cache"
)

// This file remembers what a front end has made of the messages of watched channels. It understands neither.

// Card is a message that stands for a link of another one.
type Card struct {
	Channel string `json:"channel"` // where it is
	Message string `json:"message"` // its id
	Story   string `json:"story,omitempty"`
	By      string `json:"by,omitempty"`     // who shared the story with that link
	Points  bool   `json:"points,omitempty"` // it only leads to an earlier card
}

// longestKept is how long it is remembered what became of a message where stories are remembered for ever.
const longestKept = 5 * 365 * 24 * time.Hour

// seenKept is how long it is remembered which message of a channel was the last that was seen.
const seenKept = 7 * 24 * time.Hour

// What things are kept about.
const (
	aboutSeen    = "seen"
	aboutMessage = "message-"
)

// Cards returns the cards of a message, by what each was kept under.
func (d *Desk) Cards(ctx context.Context, guild, message string) (map[string]Card, error) {
	if d.store == nil {
		return nil, ErrNoStore
	}
	kept, err := d.store.Kept(ctx, guild, aboutMessage+message)
	if err != nil {
		return nil, fmt.Errorf("cards of a message: %w", err)
	}
	cards := map[string]Card{}
	for name, value := range kept {
		var c Card
		if json.Unmarshal([]byte(value), &c) == nil {
			cards[name] = c
		}
	}
	return cards, nil
}

// KeepCard keeps a card of a message for as long as the guild remembers stories; the zero card takes it away.
func (d *Desk) KeepCard(ctx context.Context, guild, message, name string, c Card) error {
	if d.store == nil {
		return ErrNoStore
	}
	if c == (Card{}) {
		return d.store.Keep(ctx, guild, aboutMessage+message, name, "", time.Time{})
	}
	set, err := d.Settings(ctx, guild)
	if err != nil {
		return err
	}
	value, err := json.Marshal(c)
	if err != nil {
		return err
	}
	span := set.Retention
	if span == 0 {
		span = longestKept
	}
	return d.store.Keep(ctx, guild, aboutMessage+message, name, string(value), d.now().Add(span))
}

// Seen returns the last message that was seen in each channel of a guild, as [Desk.MarkSeen] has it.
func (d *Desk) Seen(ctx context.Context, guild string) (map[string]string, error) {
	if d.store == nil {
		return nil, ErrNoStore
	}
	return d.store.Kept(ctx, guild, aboutSeen)
}

// MarkSeen remembers for a week which message of a channel was the last that was seen.
func (d *Desk) MarkSeen(ctx context.Context, guild, channel, message string) error {
	if d.store == nil {
		return ErrNoStore
	}
	return d.store.Keep(ctx, guild, aboutSeen, channel, message, d.now().Add(seenKept))
}

// Reshare notes that by shared a story that is filed for the guild already. It is read no more for that.
func (d *Desk) Reshare(ctx context.Context, guild string, story cache.Story, by, where string) error {
	if d.store == nil {
		return ErrNoStore
	}
	_, err := d.store.Put(ctx, cache.Uncorrected(story), cache.Share{Guild: guild, By: by, At: d.now(), Where: where})
	return err
}

// Retract takes back that by shared a story at a place, and the story with the last of its shares. Where it was shared
// elsewhere first, or is forgotten, nothing is taken back.
func (d *Desk) Retract(ctx context.Context, guild, id, by, where string) error {
	shares, err := d.Shares(ctx, guild, id)
	if errors.Is(err, cache.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(shares, func(s cache.Share) bool { return s.By == by && s.Where == where }) {
		return nil
	}
	if err := d.store.Unshare(ctx, guild, id, by); !errors.Is(err, cache.ErrNotFound) {
		return err
	}
	return nil
}
