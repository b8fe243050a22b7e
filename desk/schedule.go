package desk

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"newsdesk/digest"
	"newsdesk/summarize"
)

// What cannot be scheduled.
var (
	ErrNoSchedule    = errors.New("no such schedule")
	ErrManySchedules = errors.New("too many schedules")
	ErrManyReaders   = errors.New("too many subscribers")
)

// How many there may be: they are kept among a guild's settings, which are read whole.
const (
	MostSchedules   = 10   // of a guild
	MostSubscribers = 1000 // of a schedule
)

// mostRefused is after how many digests in a row that a channel did not take its schedule stops.
const mostRefused = 3

// Schedule says when and where a guild's digest is posted.
type Schedule struct {
	ID       string           `json:"-"` // of the guild's; "" for a new one
	Channel  string           `json:"channel"`
	Times    digest.Times     `json:"times"`
	Length   summarize.Length `json:"length,omitempty"`   // how much of each story is told; "" for the standard
	Language string           `json:"language,omitempty"` // of the words around the articles', as two letters; "" for English
	By       string           `json:"by"`                 // who set it, and hears when it cannot be posted
	Empty    bool             `json:"empty,omitempty"`    // a day without news is told
	Set      time.Time        `json:"set"`                // when it was set last, by [Desk.SetSchedule]
}

// Scheduled is a schedule with what became of it so far.
type Scheduled struct {
	Schedule
	Next    time.Time // when it is due next; zero if it has stopped
	Told    time.Time // the moment of the last digest that was told; zero if there is none
	ToldIn  string    // where the message is that told it; another one than the schedule's if that was changed since
	Message string    // "" if there was nothing to tell, or none was told yet
	Refused int       // digests in a row that the channel did not take
	Stopped bool      // too many were refused; to set the schedule again has it go on
	Readers int       // subscribers
}

// The settings of a schedule: what is set, what became of it, and each of its subscribers. They are changed by different
// hands, and so each stands by itself.
const (
	schedulePrefix = "digest."
	toldSuffix     = ".told"
	readerInfix    = ".to."
)

func scheduleName(id string) string     { return schedulePrefix + id }
func toldName(id string) string         { return scheduleName(id) + toldSuffix }
func readerName(id, user string) string { return scheduleName(id) + readerInfix + user }

// told is what became of a schedule. It is written by whoever runs its errand, one at a time.
type told struct {
	Since     time.Time `json:"since,omitzero"`      // what the last digest that was told was of: since a moment
	Until     time.Time `json:"until,omitzero"`      // to the one when it was due. If there was nothing to tell, that counts as told
	Missed    int       `json:"missed,omitempty"`    // how many were due in between
	Channel   string    `json:"channel,omitempty"`   // where that was posted
	Message   string    `json:"message,omitempty"`   // by which message
	Trying    time.Time `json:"trying,omitzero"`     // the moment of one that may have been posted without this being noted
	TryingIn  string    `json:"trying_in,omitempty"` // the channel for which it was
	Refused   int       `json:"refused,omitempty"`   // how many the channel did not take, in a row
	RefusedAt time.Time `json:"refused_at,omitzero"` // the moment of the last of them
}

func (t told) stopped() bool { return t.Refused >= mostRefused }

// reader is a subscriber.
type reader struct {
	User     string    `json:"-"`
	Language string    `json:"language,omitempty"`
	Told     time.Time `json:"told,omitzero"`     // the moment of the last digest that was sent
	Trying   time.Time `json:"trying,omitzero"`   // as told has it
	Refused  int       `json:"refused,omitempty"` // messages in a row that were not taken
}

// entry is all that is kept of a schedule.
type entry struct {
	Schedule
	told    told
	readers []reader // by user
}

// next is when an entry is due after a moment; zero if it has stopped.
func (e *entry) next(after time.Time) time.Time {
	if e.told.stopped() {
		return time.Time{}
	}
	return e.Times.Next(after)
}

// Schedules lists the schedules of a guild, the one that was set last at the end.
func (d *Desk) Schedules(ctx context.Context, guild string) ([]Scheduled, error) {
	entries, err := d.entries(ctx, guild)
	if err != nil {
		return nil, err
	}
	var all []Scheduled
	for _, e := range entries {
		all = append(all, Scheduled{
			Schedule: e.Schedule, Next: e.next(d.now()), Told: e.told.Until, ToldIn: e.told.Channel, Message: e.told.Message,
			Refused: e.told.Refused, Stopped: e.told.stopped(), Readers: len(e.readers),
		})
	}
	return all, nil
}

// SetSchedule sets a schedule: a new one, or in the place of the one with its ID, which keeps its subscribers. It
// returns what was set. Errors: [ErrNoSchedule] if there is none of that ID, [ErrManySchedules].
func (d *Desk) SetSchedule(ctx context.Context, guild string, s Schedule) (Scheduled, error) {
	entries, err := d.entries(ctx, guild)
	if err != nil {
		return Scheduled{}, err
	}
	at := slices.IndexFunc(entries, func(e entry) bool { return e.ID == s.ID })
	switch {
	case s.ID != "" && at < 0:
		return Scheduled{}, ErrNoSchedule
	case s.ID == "" && len(entries) >= MostSchedules:
		return Scheduled{}, ErrManySchedules
	case s.ID == "":
		s.ID = strings.ToLower(rand.Text()[:8])
	case entries[at].told.Refused > 0: // it begins anew, and does not tell of the time in between
		if err := d.set(ctx, guild, toldName(s.ID), told{}); err != nil {
			return Scheduled{}, err
		}
	}
	s.Set = d.now().UTC()
	next := s.Times.Next(s.Set)
	// Before it is set, so that none is ever set that nobody looks after; and after, as whoever looked after the one that
	// was there may have done so in between.
	for _, step := range []func() error{
		func() error { return d.store.Appoint(ctx, guild, scheduleName(s.ID), next) },
		func() error { return d.set(ctx, guild, scheduleName(s.ID), s) },
		func() error { return d.store.Appoint(ctx, guild, scheduleName(s.ID), next) },
	} {
		if err := step(); err != nil {
			return Scheduled{}, fmt.Errorf("set schedule: %w", err)
		}
	}
	all, err := d.Schedules(ctx, guild)
	if err != nil {
		return Scheduled{}, err
	}
	for _, set := range all {
		if set.ID == s.ID {
			return set, nil
		}
	}
	return Scheduled{}, ErrNoSchedule // taken away meanwhile
}

// RemoveSchedule takes a schedule away, with its subscribers. Error: [ErrNoSchedule].
func (d *Desk) RemoveSchedule(ctx context.Context, guild, id string) error {
	e, err := d.entry(ctx, guild, id)
	if err != nil {
		return err
	}
	names := []string{scheduleName(id), toldName(id)} // the schedule first: what is left of one that is gone does nothing
	for _, r := range e.readers {
		names = append(names, readerName(id, r.User))
	}
	for _, name := range names {
		if err := d.store.Set(ctx, guild, name, ""); err != nil {
			return fmt.Errorf("remove schedule: %w", err)
		}
	}
	return nil
}

// Reappoint has the schedules of a guild looked after that came into the store by another way than [Desk.SetSchedule].
func (d *Desk) Reappoint(ctx context.Context, guild string) error {
	entries, err := d.entries(ctx, guild)
	for _, e := range entries {
		if err := d.store.Appoint(ctx, guild, scheduleName(e.ID), d.now()); err != nil { // to be looked at, and appointed
			return err
		}
	}
	return err
}

// unsubscribeAll forgets that a person has set or gets any digest of a guild.
func (d *Desk) unsubscribeAll(ctx context.Context, guild, user string) error {
	entries, err := d.entries(ctx, guild)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := d.store.Set(ctx, guild, readerName(e.ID, user), ""); err != nil {
			return err
		}
		if e.By != user {
			continue
		}
		e.By = ""
		if err := d.set(ctx, guild, scheduleName(e.ID), e.Schedule); err != nil {
			return err
		}
	}
	return nil
}

// Subscribe has a schedule's digests sent to a person too, beginning with the next, in a language (as Discord or the web
// name it; "" for the schedule's). fresh is false if they were already. Errors: [ErrNoSchedule], [ErrManyReaders].
func (d *Desk) Subscribe(ctx context.Context, guild, id, user, language string) (fresh bool, err error) {
	e, err := d.entry(ctx, guild, id)
	if err != nil {
		return false, err
	}
	for _, r := range e.readers {
		if r.User == user {
			return false, nil
		}
	}
	if len(e.readers) >= MostSubscribers {
		return false, ErrManyReaders
	}
	// What was due until now is not for those who come now.
	err = d.set(ctx, guild, readerName(id, user), reader{Language: language, Told: e.Times.Last(d.now())})
	return err == nil, err
}

// Unsubscribe ends that. ended is false if there was nothing to end.
func (d *Desk) Unsubscribe(ctx context.Context, guild, id, user string) (ended bool, err error) {
	e, err := d.entry(ctx, guild, id)
	if errors.Is(err, ErrNoSchedule) {
		return false, nil
	}
	if err != nil || !slices.ContainsFunc(e.readers, func(r reader) bool { return r.User == user }) {
		return false, err
	}
	return true, d.store.Set(ctx, guild, readerName(id, user), "")
}

// Subscriptions lists the IDs of the schedules that a person gets the digests of.
func (d *Desk) Subscriptions(ctx context.Context, guild, user string) (ids []string, err error) {
	entries, err := d.entries(ctx, guild)
	for _, e := range entries {
		if slices.ContainsFunc(e.readers, func(r reader) bool { return r.User == user }) {
			ids = append(ids, e.ID)
		}
	}
	return ids, err
}

// set keeps a value among a guild's settings.
func (d *Desk) set(ctx context.Context, guild, name string, value any) error {
	written, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("setting %s: %w", name, err)
	}
	return d.store.Set(ctx, guild, name, string(written))
}

// errNotUnderstood is a schedule as a newer newsdesk may have written it.
var errNotUnderstood = errors.New("schedule is not understood")

// entry is one schedule of a guild, or [ErrNoSchedule].
func (d *Desk) entry(ctx context.Context, guild, id string) (entry, error) {
	if d.store == nil {
		return entry{}, ErrNoStore
	}
	settings, err := d.store.Settings(ctx, guild)
	if err != nil {
		return entry{}, fmt.Errorf("read schedules: %w", err)
	}
	return readEntry(settings, id)
}

// entries are the schedules of a guild, the one that was set last at the end. What cannot be read, as a newer newsdesk wrote
// it, is left out.
func (d *Desk) entries(ctx context.Context, guild string) ([]entry, error) {
	if d.store == nil {
		return nil, ErrNoStore
	}
	settings, err := d.store.Settings(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("read schedules: %w", err)
	}
	var all []entry
	for name := range settings {
		id, ok := strings.CutPrefix(name, schedulePrefix)
		if !ok || strings.Contains(id, ".") {
			continue
		}
		e, err := readEntry(settings, id)
		if err != nil {
			d.log.ErrorContext(ctx, "schedule left out", "guild", guild, "error", err)
			continue
		}
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Or(a.Set.Compare(b.Set), cmp.Compare(a.ID, b.ID)) })
	return all, nil
}

// readEntry reads all that is kept of a schedule.
func readEntry(settings map[string]string, id string) (entry, error) {
	e := entry{Schedule: Schedule{ID: id}}
	if settings[scheduleName(id)] == "" || strings.Contains(id, ".") {
		return e, ErrNoSchedule
	}
	read := func(name string, into any) error {
		if err := json.Unmarshal([]byte(settings[name]), into); err != nil {
			return fmt.Errorf("%s: %w: %w", name, errNotUnderstood, err)
		}
		return nil
	}
	if err := read(scheduleName(id), &e.Schedule); err != nil {
		return e, err
	}
	if settings[toldName(id)] != "" {
		if err := read(toldName(id), &e.told); err != nil {
			return e, err
		}
	}
	for name := range settings {
		if user, ok := strings.CutPrefix(name, readerName(id, "")); ok {
			r := reader{User: user}
			if err := read(name, &r); err != nil {
				return e, err
			}
			e.readers = append(e.readers, r)
		}
	}
	slices.SortFunc(e.readers, func(a, b reader) int { return cmp.Compare(a.User, b.User) })
	return e, nil
}
