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

	"newsdesk/cache"
	"newsdesk/queue"
	"newsdesk/quote"
	"newsdesk/quote/name"
)

// Following is the kind of the errands that tell of what is followed; [Desk.Follower] runs them.
const Following = "follow"

// What cannot be followed.
var (
	ErrNoFollow     = errors.New("nothing of that name is followed")
	ErrManyFollows  = errors.New("too much is followed")
	ErrNothingAsked = errors.New("neither a speaker nor words to follow")
	// ErrUndelivered is what the front end returns for news that their place does not take, now nor later.
	ErrUndelivered = errors.New("news were not taken")
)

// How much may be followed: it is kept among a guild's settings, which are read whole.
const (
	MostFollows    = 200 // of a guild
	MostFollowsOne = 10  // by one person
)

const (
	// followEvery is how long after one message the next may come; what is filed meanwhile is joined in it.
	followEvery = time.Hour
	// followOverlap is how far the clocks of processes may be apart without a story being missed.
	followOverlap = 10 * time.Minute
	// mostNews is how many stories are looked through for one message.
	mostNews = 500
)

// Follow is what somebody wants to hear of when it is filed for a guild: what a speaker says, or what is about some
// words, or both.
type Follow struct {
	ID       string    `json:"-"`                  // of the guild's; "" for a new one
	Speaker  string    `json:"speaker,omitempty"`  // as a person types it: any part of a name; "" for anybody
	About    string    `json:"about,omitempty"`    // words that the article holds; "" for anything
	Channel  string    `json:"channel,omitempty"`  // where it is told; "" for by direct message to By
	By       string    `json:"by"`                 // who set it
	Language string    `json:"language,omitempty"` // BCP 47: of the words around the articles'
	Set      time.Time `json:"set"`                // by [Desk.Follow]: what was filed before is not told
}

// News is a story that was filed, with what of it is followed.
type News struct {
	Story  cache.Story
	Quotes []cache.FiledQuote // those that are meant; of a story about the words there may be none
}

// A follow is two settings, which different hands change: what is followed, and what was told of it.
const (
	followPrefix     = "follow."
	followToldSuffix = ".told"
)

func followName(id string) string     { return followPrefix + id }
func followToldName(id string) string { return followName(id) + followToldSuffix }

// heard is what was told of a follow.
type heard struct {
	Messages int       `json:"messages,omitempty"` // so far, those that were not taken included
	At       time.Time `json:"at,omitzero"`        // of the last
	Until    time.Time `json:"until,omitzero"`     // what was filed before is told
	Stories  []string  `json:"stories,omitempty"`  // and these are, which were filed shortly before or at Until
	Refused  int       `json:"refused,omitempty"`  // messages in a row that were not taken
}

// followed is all that is kept of a follow.
type followed struct {
	Follow
	heard heard
}

// Follow begins to follow something; what one follows already is not followed twice. Errors: [ErrNothingAsked],
// [ErrManyFollows].
func (d *Desk) Follow(ctx context.Context, guild string, f Follow) (Follow, error) {
	f.Speaker, f.About = strings.TrimSpace(f.Speaker), strings.TrimSpace(f.About)
	if name.Fold(f.Speaker) == "" && len(cache.QueryTerms(f.About)) == 0 {
		return Follow{}, ErrNothingAsked
	}
	all, err := d.followed(ctx, guild)
	if err != nil {
		return Follow{}, err
	}
	own := 0
	for _, there := range all {
		if there.By == f.By {
			own++
		}
		if there.By == f.By && there.Speaker == f.Speaker && there.About == f.About && there.Channel == f.Channel {
			return there.Follow, nil
		}
	}
	if len(all) >= MostFollows || own >= MostFollowsOne {
		return Follow{}, ErrManyFollows
	}
	f.ID, f.Set = strings.ToLower(rand.Text()[:8]), d.now().UTC()
	return f, d.set(ctx, guild, followName(f.ID), f)
}

// Follows lists what is followed in a guild, what was set last at the end.
func (d *Desk) Follows(ctx context.Context, guild string) ([]Follow, error) {
	all, err := d.followed(ctx, guild)
	follows := make([]Follow, len(all))
	for i, f := range all {
		follows[i] = f.Follow
	}
	return follows, err
}

// Unfollow ends one. Error: [ErrNoFollow].
func (d *Desk) Unfollow(ctx context.Context, guild, id string) error {
	if _, err := d.follow(ctx, guild, id); err != nil {
		return err
	}
	for _, setting := range []string{followName(id), followToldName(id)} {
		if err := d.store.Set(ctx, guild, setting, ""); err != nil {
			return fmt.Errorf("unfollow: %w", err)
		}
	}
	return nil
}

// follow is one of what is followed, or [ErrNoFollow].
func (d *Desk) follow(ctx context.Context, guild, id string) (followed, error) {
	all, err := d.followed(ctx, guild)
	if err != nil {
		return followed{}, err
	}
	for _, f := range all {
		if f.ID == id {
			return f, nil
		}
	}
	return followed{}, ErrNoFollow
}

// followed reads what is followed. What cannot be read, as a newer newsdesk wrote it, is left out.
func (d *Desk) followed(ctx context.Context, guild string) (all []followed, err error) {
	if d.store == nil {
		return nil, ErrNoStore
	}
	settings, err := d.store.Settings(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("read what is followed: %w", err)
	}
	for setting, value := range settings {
		id, ok := strings.CutPrefix(setting, followPrefix)
		if !ok || strings.Contains(id, ".") {
			continue
		}
		f := followed{}
		err := json.Unmarshal([]byte(value), &f.Follow)
		if told := settings[followToldName(id)]; told != "" {
			err = errors.Join(err, json.Unmarshal([]byte(told), &f.heard))
		}
		if err != nil {
			d.log.ErrorContext(ctx, "what is followed is not understood", "guild", guild, "follow", id, "error", err)
			continue
		}
		f.ID = id
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b followed) int { return cmp.Or(a.Set.Compare(b.Set), cmp.Compare(a.ID, b.ID)) })
	return all, nil
}

// of is what of a story is followed; ok is false if nothing is.
func (f Follow) of(s cache.Story) (news News, ok bool) {
	news.Story = s
	readings, terms := cache.QueryTerms(f.About), cache.Terms{}
	if len(readings) > 0 {
		if terms = cache.TermsOf(s); !cache.Holds(terms.Story, readings) {
			return news, false
		}
	}
	meant := f.speakersIn(s.Quotes)
	for i, q := range s.Quotes {
		switch {
		case f.Speaker != "" && (SpeakerShown(q) == "" || !slices.Contains(meant, q.Speaker)):
		case f.Speaker == "" && !cache.Holds(terms.Quotes[i], readings):
		default:
			news.Quotes = append(news.Quotes, s.Filed(q))
		}
	}
	return news, f.Speaker == "" || len(news.Quotes) > 0
}

// speakersIn are the speakers who are meant: the one of exactly that name if there is one, else all whom it fits, and
// nobody for a likely slip, for nobody is there to be asked.
func (f Follow) speakersIn(quotes []quote.Quote) (meant []string) {
	if f.Speaker == "" {
		return nil
	}
	asked, folded := name.Asked(f.Speaker), name.Fold(f.Speaker)
	for _, s := range speakersOf(quotes) {
		if name.Fold(s.Name) == folded {
			return []string{s.Name}
		}
		if asked.Fits(s.Name) {
			meant = append(meant, s.Name)
		}
	}
	return meant
}

// fresh reports whether a story is yet to be told.
func (f followed) fresh(s cache.Story) bool {
	return !s.FiledAt.Before(f.since()) && !slices.Contains(f.heard.Stories, s.ID)
}

// since is from when on stories are looked through.
func (f followed) since() time.Time {
	if begin := f.heard.Until.Add(-followOverlap); begin.After(f.Set) {
		return begin
	}
	return f.Set
}

// noteFollowed has those hear of a story that was filed who follow what is in it. The story is filed by then: what cannot
// be noted is logged.
func (d *Desk) noteFollowed(ctx context.Context, guild string, s cache.Story) {
	if d.queue == nil {
		return
	}
	all, err := d.followed(ctx, guild)
	if err != nil {
		d.log.WarnContext(ctx, "who follows a story is not known", "guild", guild, "story", s.ID, "error", err)
	}
	for _, f := range all {
		if !f.fresh(s) {
			continue
		}
		if _, ok := f.of(s); !ok {
			continue
		}
		if err := d.noteFollow(ctx, guild, f); err != nil {
			d.log.WarnContext(ctx, "news not noted", "guild", guild, "follow", f.ID, "error", err)
		}
	}
}

// followArgs are what an errand is about.
type followArgs struct {
	ID      string `json:"id"`
	Message int    `json:"message"` // how many there were before
}

// noteFollow notes the next message of a follow, once whoever does: until it is told, all that is filed belongs to it.
func (d *Desk) noteFollow(ctx context.Context, guild string, f followed) error {
	args, err := json.Marshal(followArgs{f.ID, f.heard.Messages})
	if err != nil {
		return err
	}
	e := Errand{ID: fmt.Sprintf("%s %s %s %d", Following, guild, f.ID, f.heard.Messages), Kind: Following, Guild: guild, Args: args}
	if next := f.heard.At.Add(followEvery); next.After(d.now()) {
		e.At = next
	}
	_, err = d.Note(ctx, e)
	return err
}

// Follower is the runner of the errands of kind [Following]. It has post bring the news of one follow to where they
// belong, in one message, the newest first; once names the message, the same for one that is brought again because it is
// not known whether it arrived. [ErrUndelivered] of post three times in a row ends the follow.
func (d *Desk) Follower(post func(ctx context.Context, guild string, f Follow, news []News, once string) error) Runner {
	return func(ctx context.Context, e Errand) error {
		var args followArgs
		if err := json.Unmarshal(e.Args, &args); err != nil {
			return queue.GiveUp(fmt.Errorf("news: %w", err))
		}
		f, err := d.follow(ctx, e.Guild, args.ID)
		switch {
		case errors.Is(err, ErrNoFollow):
			return nil
		case err != nil:
			return err
		case f.heard.Messages != args.Message:
			return nil // told, and its process died before that was known
		}
		now := d.now().UTC()
		news, err := d.news(ctx, e.Guild, f)
		if err != nil {
			return err
		}
		told := f.heard
		told.Messages++
		if len(news) > 0 {
			err = post(ctx, e.Guild, f.Follow, news, fmt.Sprintf("%s.%d", f.ID, args.Message))
			told.At = now
		}
		switch {
		case errors.Is(err, ErrUndelivered), err != nil && e.Last:
			d.log.WarnContext(ctx, "news not taken", "guild", e.Guild, "follow", f.ID, "error", err)
			if told.Refused++; told.Refused >= mostRefused {
				return d.Unfollow(ctx, e.Guild, f.ID)
			}
		case err != nil:
			return err
		default:
			told.Refused, told.Until, told.Stories = 0, now, justTold(f, news, now)
		}
		return d.tellNext(ctx, e.Guild, f, told)
	}
}

// tellNext keeps what was told, and notes the next message if something was filed meanwhile that is not in this one.
func (d *Desk) tellNext(ctx context.Context, guild string, f followed, told heard) error {
	if err := d.set(ctx, guild, followToldName(f.ID), told); err != nil {
		return err
	}
	if _, err := d.follow(ctx, guild, f.ID); errors.Is(err, ErrNoFollow) { // ended meanwhile
		return d.store.Set(ctx, guild, followToldName(f.ID), "")
	}
	f.heard = told
	news, err := d.news(ctx, guild, f)
	if err == nil && len(news) > 0 {
		err = d.noteFollow(ctx, guild, f)
	}
	return err
}

// justTold are the stories that were told and may be looked through again.
func justTold(f followed, news []News, now time.Time) (ids []string) {
	again := now.Add(-followOverlap)
	for _, n := range news {
		if !n.Story.FiledAt.Before(again) {
			ids = append(ids, n.Story.ID)
		}
	}
	if f.heard.Until.After(again) { // a message that was not the last but one hour ago, as the clock was set back
		ids = append(ids, f.heard.Stories...)
	}
	return ids
}

// news are the stories of which is yet to be told, the newest first.
func (d *Desk) news(ctx context.Context, guild string, f followed) (all []News, err error) {
	q := cache.StoryQuery{Guild: guild, About: f.About, Since: f.since(), Limit: 50}
	for seen := 0; seen < mostNews; seen += q.Limit {
		stories, next, err := d.store.Stories(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("find news: %w", err)
		}
		for _, s := range stories {
			if n, ok := f.of(s); ok && f.fresh(s) {
				all = append(all, n)
			}
		}
		if q.After = next; next == "" {
			break
		}
	}
	return all, nil
}
