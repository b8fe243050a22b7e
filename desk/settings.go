package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsdesk/cache"
	"newsdesk/summarize"
	"newsdesk/words"
)

// Settings are what a guild has set, and what holds where it has not.
type Settings struct {
	Watched   map[string]Watching // by the id of the channel; those that are not in it are not watched
	Length    summarize.Length    // of summaries that nobody gives a length
	Language  string              // BCP 47: of summaries that nobody gives a language; "" is the article's own
	Retention time.Duration       // after which what is shared is forgotten; 0 for never
	NoModel   bool                // no model reads what is shared, nor answers
	Tokens    int                 // what models may cost the guild in a day; 0 for what the configuration allows
	Bots      bool                // links of bots and webhooks are read in watched channels, too
	Anywhere  bool                // the reaction that asks for a card does so in every channel
}

// Watching is what is done with the links of a channel.
type Watching string

// What can be done. A channel that is not watched has no entry in [Settings.Watched].
const (
	WatchOffer  Watching = "offer"  // a reaction offers the card
	WatchReply  Watching = "reply"  // the card is a reply to the message
	WatchThread Watching = "thread" // the card opens a thread below the message
)

// Setting is one of a guild's settings, by the name that the store has for it.
type Setting string

// The settings but for those of channels, which [Watch] names. The value "" takes one back to what holds unless something
// is set.
const (
	SetLength    Setting = "server.length"         // a [summarize.Length]
	SetLanguage  Setting = "server.language"       // two letters, or three
	SetRetention Setting = cache.RetentionSetting  // days, or "forever"
	SetNoModel   Setting = "server.without_models" // "true"
	SetTokens    Setting = "server.daily_tokens"   // a number above 0
	SetBots      Setting = "server.read_bots"      // "true"
	SetAnywhere  Setting = "server.offer_anywhere" // "true"

	watchPrefix = "watch."
)

// Watch is the setting of a channel: a [Watching].
func Watch(channel string) Setting { return Setting(watchPrefix + channel) }

// ErrSetting is a setting that there is not, or a value that it cannot have.
var ErrSetting = errors.New("not a setting, or not a value of it")

// mostWatched is how many channels of a guild are watched.
const mostWatched = 50

// ErrManyWatched is a channel more than may be watched.
var ErrManyWatched = fmt.Errorf("%w: %d channels are watched", ErrSetting, mostWatched)

// takes reports whether a setting takes a value.
func (s Setting) takes(value string) bool {
	if channel, ok := strings.CutPrefix(string(s), watchPrefix); ok {
		return channel != "" && slices.Contains([]Watching{WatchOffer, WatchReply, WatchThread}, Watching(value))
	}
	switch s {
	case SetLength:
		return slices.Contains([]summarize.Length{summarize.Brief, summarize.Standard, summarize.Detailed}, summarize.Length(value))
	case SetLanguage:
		code, known := words.Language(value)
		return known && code == value
	case SetRetention:
		return value == cache.Forever || between(value, 1, cache.MostRetention)
	case SetTokens:
		return between(value, 1, 1_000_000_000)
	case SetNoModel, SetBots, SetAnywhere:
		return value == "true"
	}
	return false
}

func between(value string, least, most int) bool {
	n, err := strconv.Atoi(value)
	return err == nil && least <= n && n <= most
}

// settingsFresh is how long a process goes by what it has read of a guild's settings where that is enough. What it sets
// itself holds at once.
const settingsFresh = 5 * time.Second

// mostRemembered is of how many guilds it remembers that.
const mostRemembered = 10_000

// read are settings as they were at a time.
type read struct {
	Settings
	at time.Time
}

// Settings returns what a guild has set; while the store is away, what was read last.
func (d *Desk) Settings(ctx context.Context, guild string) (Settings, error) {
	s, err := d.SettingsNow(ctx, guild)
	if err != nil {
		d.mu.Lock()
		defer d.mu.Unlock()
		if known, ok := d.settings[guild]; ok {
			return known.Settings, nil
		}
	}
	return s, err
}

// SettingsLately is Settings for what happens all the time: what another process set a moment ago may not be in it.
func (d *Desk) SettingsLately(ctx context.Context, guild string) (Settings, error) {
	d.mu.Lock()
	known, ok := d.settings[guild]
	d.mu.Unlock()
	if age := d.now().Sub(known.at); ok && 0 <= age && age < settingsFresh {
		return known.Settings, nil
	}
	return d.Settings(ctx, guild)
}

// SettingsNow is Settings as they stand in the store; an error while it is away.
func (d *Desk) SettingsNow(ctx context.Context, guild string) (Settings, error) {
	if d.store == nil {
		return settingsOf(guild, nil), nil
	}
	at := d.now()
	d.mu.Lock()
	changes := d.changes
	d.mu.Unlock()
	stored, err := d.store.Settings(ctx, guild)
	if err != nil {
		return Settings{}, fmt.Errorf("read the settings: %w", err)
	}
	s := settingsOf(guild, stored)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.settings == nil || len(d.settings) >= mostRemembered {
		d.settings = map[string]read{}
	}
	if d.changes == changes { // else this may be from before
		d.settings[guild] = read{s, at}
	}
	return s, nil
}

// settingsOf reads what a store has; what is none of our settings, or has no value that one takes, is passed over.
func settingsOf(guild string, stored map[string]string) Settings {
	s := Settings{Watched: map[string]Watching{}, Length: summarize.Standard, Retention: cache.RetentionOf(guild, stored)}
	for name, raw := range stored {
		var value string
		if json.Unmarshal([]byte(raw), &value) != nil || !Setting(name).takes(value) {
			continue
		}
		if channel, ok := strings.CutPrefix(name, watchPrefix); ok {
			s.Watched[channel] = Watching(value)
			continue
		}
		switch Setting(name) {
		case SetLength:
			s.Length = summarize.Length(value)
		case SetLanguage:
			s.Language = value
		case SetTokens:
			s.Tokens, _ = strconv.Atoi(value) // takes has seen to it
		case SetNoModel:
			s.NoModel = true
		case SetBots:
			s.Bots = true
		case SetAnywhere:
			s.Anywhere = true
		}
	}
	return s
}

// Set sets something for a guild; the value "" takes it back. [ErrSetting] for what cannot be set.
func (d *Desk) Set(ctx context.Context, guild string, s Setting, value string) error {
	if d.store == nil {
		return ErrNoStore
	}
	if value != "" && !s.takes(value) {
		return fmt.Errorf("%w: %s to %.40q", ErrSetting, s, value)
	}
	if channel, ok := strings.CutPrefix(string(s), watchPrefix); ok && value != "" {
		now, err := d.SettingsNow(ctx, guild)
		if err != nil {
			return err
		}
		if _, watched := now.Watched[channel]; !watched && len(now.Watched) >= mostWatched {
			return ErrManyWatched
		}
	}
	stored := value
	if value != "" && s != SetRetention { // which was there before values were JSON
		encoded, err := json.Marshal(value)
		if err != nil {
			return err
		}
		stored = string(encoded)
	}
	if err := d.store.Set(ctx, guild, string(s), stored); err != nil {
		return fmt.Errorf("set %s: %w", s, err)
	}
	d.forgetSettings(guild)
	return nil
}

// forgetSettings has what was read of a guild's settings read again.
func (d *Desk) forgetSettings(guild string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.changes++
	delete(d.settings, guild)
}
