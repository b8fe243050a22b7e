package cache

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"
)

// Keeper is what keeping house needs of a store. Every driver is one.
type Keeper interface {
	Put(ctx context.Context, story Story, share Share) (Story, error)
	Stories(ctx context.Context, q StoryQuery) (stories []Story, next string, err error)
	Quotes(ctx context.Context, q QuoteQuery) (quotes []FiledQuote, next string, err error)
	Shares(ctx context.Context, guild, id string) ([]Share, error)
	SharesOf(ctx context.Context, guild string, ids []string) (map[string][]Share, error)
	Unshare(ctx context.Context, guild, id, by string) error
	Forget(ctx context.Context, guild, id string) error
	Settings(ctx context.Context, guild string) (map[string]string, error)
	Set(ctx context.Context, guild, name, value string) error
	// Keep keeps something small for a guild until a time, under a name among those about something; "" takes it away. Kept
	// returns what is kept about that, by name; Discard takes all away that is kept for a guild.
	Keep(ctx context.Context, guild, about, name, value string, until time.Time) error
	Kept(ctx context.Context, guild, about string) (map[string]string, error)
	Discard(ctx context.Context, guild string) error
	Corrections(ctx context.Context, guild, id string) ([]Correction, error)
	Correct(ctx context.Context, guild string, c Correction) error
	Uncorrect(ctx context.Context, guild string, c Correction) error
}

// Exported is one line of what [Export] writes: a story as the engine found it, with its shares and what the guild
// corrects in it, or a setting.
type Exported struct {
	Story       *Story         `json:"story,omitempty"`
	Shares      []ExportedBy   `json:"shares,omitempty"`
	Corrections []Correction   `json:"corrections,omitempty"`
	Setting     *ExportedValue `json:"setting,omitempty"`
}

// ExportedBy is who shared a story, when and where.
type ExportedBy struct {
	By    string    `json:"by"`
	At    time.Time `json:"at"`
	Where string    `json:"where,omitempty"`
}

// ExportedValue is one setting.
type ExportedValue struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Counted says how much was exported, imported or forgotten.
type Counted struct{ Stories, Quotes, Settings int }

// perPage is how many stories are held in memory while house is kept.
const perPage = 50

// Export writes what guild has as JSON Lines, an [Exported] each: its stories, the newest first, and its
// settings. What is filed or forgotten meanwhile may be among it or not.
func Export(ctx context.Context, s Keeper, guild string, w io.Writer) (n Counted, err error) {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	q := StoryQuery{Guild: guild, Limit: perPage}
	for {
		stories, next, err := s.Stories(ctx, q)
		if err != nil {
			return n, err
		}
		for _, story := range stories {
			shares, err := s.Shares(ctx, guild, story.ID)
			if errors.Is(err, ErrNotFound) {
				continue // forgotten meanwhile
			}
			if err != nil {
				return n, err
			}
			corrections, err := s.Corrections(ctx, guild, story.ID)
			if err != nil {
				return n, err
			}
			found := Uncorrected(story)
			line := Exported{Story: &found, Corrections: corrections}
			for _, sh := range shares {
				line.Shares = append(line.Shares, ExportedBy{sh.By, sh.At, sh.Where})
			}
			if err := e.Encode(line); err != nil {
				return n, fmt.Errorf("export: %w", err)
			}
			n.Stories++
			n.Quotes += len(story.Quotes)
		}
		if next == "" {
			break
		}
		q.After = next
	}
	settings, err := s.Settings(ctx, guild)
	if err != nil {
		return n, err
	}
	for name, value := range settings {
		if err := e.Encode(Exported{Setting: &ExportedValue{name, value}}); err != nil {
			return n, fmt.Errorf("export: %w", err)
		}
		n.Settings++
	}
	return n, nil
}

// maxLine is how long a line of an export may be: an article of 8 MB and all that is known of it.
const maxLine = 64 << 20

// LineError says which line of an import is none, counted from 1. It is [ErrInvalid].
type LineError struct {
	Line int
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap returns what is wrong with the line.
func (e *LineError) Unwrap() error { return e.Err }

// Import files for guild what [Export] wrote, for that guild or another, from the same store or another.
// What is there already stays; to import twice changes nothing. At the first line that is none it ends
// with a [LineError]; what came before is filed.
func Import(ctx context.Context, s Keeper, guild string, r io.Reader) (n Counted, err error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	number := 0
	for lines.Scan() {
		number++
		if len(lines.Bytes()) == 0 {
			continue
		}
		var line Exported
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return n, &LineError{number, fmt.Errorf("%w: %w", ErrInvalid, err)}
		}
		switch {
		case line.Story != nil:
			if err := line.file(ctx, s, guild); err != nil {
				return n, &LineError{number, err}
			}
			n.Stories++
			n.Quotes += len(line.Story.Quotes)
		case line.Setting != nil:
			if err := s.Set(ctx, guild, line.Setting.Name, line.Setting.Value); err != nil {
				return n, &LineError{number, err}
			}
			n.Settings++
		default:
			return n, &LineError{number, fmt.Errorf("%w: neither a story nor a setting", ErrInvalid)}
		}
	}
	if err := lines.Err(); err != nil {
		return n, &LineError{number + 1, fmt.Errorf("%w: %w", ErrInvalid, err)}
	}
	return n, nil
}

// file files the story of a line and what is corrected in it, but for quotes of which guild has a correction or a report.
func (line Exported) file(ctx context.Context, s Keeper, guild string) error {
	var filed Story
	for _, by := range line.sharing() {
		var err error
		if filed, err = s.Put(ctx, *line.Story, Share{Guild: guild, By: by.By, At: by.At, Where: by.Where}); err != nil {
			return err
		}
	}
	if len(line.Corrections) == 0 {
		return nil
	}
	there, err := s.Corrections(ctx, guild, filed.ID)
	if err != nil {
		return err
	}
	for _, c := range line.Corrections {
		if slices.ContainsFunc(there, func(t Correction) bool { return t.Quote == c.Quote }) {
			continue
		}
		c.Story = filed.ID // the text may be filed there under another name
		if err := s.Correct(ctx, guild, c); err != nil {
			return err
		}
	}
	return nil
}

// sharing are the shares of a line: there is always one.
func (line Exported) sharing() []ExportedBy {
	if len(line.Shares) == 0 {
		return []ExportedBy{{At: line.Story.FiledAt}}
	}
	return line.Shares
}

// ForgetSpeaker takes every story in which somebody is quoted under name, exactly as [Speaker.Name] gives
// it, away from guild: what a person said stands in the article's text too, and nothing of it is to be
// left.
func ForgetSpeaker(ctx context.Context, s Keeper, guild, name string) (n Counted, err error) {
	for {
		quotes, _, err := s.Quotes(ctx, QuoteQuery{Guild: guild, Speakers: []string{name}, Limit: perPage})
		if err != nil || len(quotes) == 0 {
			return n, err
		}
		forgotten := map[string]bool{}
		for _, q := range quotes {
			if forgotten[q.StoryID] {
				continue
			}
			forgotten[q.StoryID] = true
			story, _, err := s.Quotes(ctx, QuoteQuery{Guild: guild, StoryID: q.StoryID})
			if err != nil {
				return n, err
			}
			if err := forgetOne(ctx, s, guild, q.StoryID, len(story), &n); err != nil {
				return n, err
			}
		}
	}
}

// ForgetMember forgets that by ever shared, reported or corrected anything in guild; what nobody else shared there
// goes with it, and so do reports, while a correction stays without its name. n counts the stories that he shared.
func ForgetMember(ctx context.Context, s Keeper, guild, by string) (n Counted, err error) {
	if err := forgetCorrector(ctx, s, guild, by); err != nil {
		return n, err
	}
	return forgetAll(ctx, s, StoryQuery{Guild: guild, By: by}, func(ctx context.Context, story Story) error {
		return s.Unshare(ctx, guild, story.ID, by)
	})
}

func forgetCorrector(ctx context.Context, s Keeper, guild, by string) error {
	all, err := s.Corrections(ctx, guild, "")
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.By != by {
			continue
		}
		if err = s.Uncorrect(ctx, guild, c); err == nil && !c.Open {
			c.By = ""
			err = s.Correct(ctx, guild, c)
		}
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	return nil
}

// ForgetBefore forgets what guild filed before a moment: retention.
func ForgetBefore(ctx context.Context, s Keeper, guild string, before time.Time) (n Counted, err error) {
	return forgetAll(ctx, s, StoryQuery{Guild: guild, Until: before}, func(ctx context.Context, story Story) error {
		return s.Forget(ctx, guild, story.ID)
	})
}

// RetentionSetting is the setting that says after how many days a guild's stories are forgotten, at most
// [MostRetention], or [Forever] for never; without it after [DefaultRetention], and on the command line never.
const (
	RetentionSetting = "retention"
	Forever          = "forever"
	MostRetention    = 36500
)

// DefaultRetention is how long what is shared in a guild is remembered, if nobody sets anything else.
const DefaultRetention = 90 * day

const day = 24 * time.Hour

// RetentionOf is how long guild remembers by its settings; 0 is for ever. A setting that is no number of
// days is taken for none.
func RetentionOf(guild string, settings map[string]string) time.Duration {
	value := settings[RetentionSetting]
	days, err := strconv.Atoi(value)
	switch {
	case value == Forever, err != nil && guild == Local:
		return 0
	case err != nil || days <= 0 || days > MostRetention:
		return DefaultRetention
	}
	return time.Duration(days) * day
}

// Expire forgets in every guild what it has remembered for long enough.
func Expire(ctx context.Context, s interface {
	Keeper
	Guilds(context.Context) ([]string, error)
}, now time.Time) (n Counted, err error) {
	guilds, err := s.Guilds(ctx)
	if err != nil {
		return n, err
	}
	for _, guild := range guilds {
		settings, err := s.Settings(ctx, guild)
		if err != nil {
			return n, err
		}
		keep := RetentionOf(guild, settings)
		if keep == 0 {
			continue
		}
		of, err := ForgetBefore(ctx, s, guild, now.Add(-keep))
		n.Stories, n.Quotes = n.Stories+of.Stories, n.Quotes+of.Quotes
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// ForgetGuild forgets all that guild has, its settings and what is kept for it too.
func ForgetGuild(ctx context.Context, s Keeper, guild string) (n Counted, err error) {
	n, err = forgetAll(ctx, s, StoryQuery{Guild: guild}, func(ctx context.Context, story Story) error {
		return s.Forget(ctx, guild, story.ID)
	})
	if err != nil {
		return n, err
	}
	if err := s.Discard(ctx, guild); err != nil {
		return n, err
	}
	settings, err := s.Settings(ctx, guild)
	if err != nil {
		return n, err
	}
	for name := range settings {
		if err := s.Set(ctx, guild, name, ""); err != nil {
			return n, err
		}
		n.Settings++
	}
	return n, nil
}

// forgetAll forgets what a query lists, in one way or another, until it lists nothing more.
func forgetAll(ctx context.Context, s Keeper, q StoryQuery, forget func(context.Context, Story) error) (n Counted, err error) {
	q.Limit = perPage
	for {
		stories, _, err := s.Stories(ctx, q)
		if err != nil || len(stories) == 0 {
			return n, err
		}
		for _, story := range stories {
			if err := forget(ctx, story); err != nil && !errors.Is(err, ErrNotFound) {
				return n, err
			}
			n.Stories++
			n.Quotes += len(story.Quotes)
		}
	}
}

func forgetOne(ctx context.Context, s Keeper, guild, id string, quotes int, n *Counted) error {
	err := s.Forget(ctx, guild, id)
	if errors.Is(err, ErrNotFound) {
		return nil // by somebody else meanwhile
	}
	if err == nil {
		n.Stories++
		n.Quotes += quotes
	}
	return err
}
