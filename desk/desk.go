// Package desk is what newsdesk does for people: its use cases, whoever asks. The command line and the
// Discord bot are two front ends to the same [Desk]; neither does more than call it and show what comes
// back.
//
//	d := desk.New(desk.Options{Store: store, Fetcher: client, Model: model})
//	story, err := d.File(ctx, desk.Request{Source: desk.FromURL(link), Guild: guild}, onProgress)
//	list, err := d.Quotes(ctx, desk.QuoteQuery{Guild: guild, Speaker: "Trump"})
//	answer, err := d.Ask(ctx, desk.Question{Guild: guild, Text: "Who said more work is needed?"})
//	verdict, err := d.CheckQuote(ctx, desk.QuoteClaim{Guild: guild, Words: "more work is needed"})
//
// A [Source] is read into an article ([Desk.Read]), its quotations are found, a first summary is made of
// its own sentences, and a model's summary replaces that once it has passed the check ([Desk.Summarize]);
// [Desk.File] also puts the story into the store. Whatever the model does, a summary comes out: if the
// model fails, the first one stays and its Fallback says why. Callers who ask for the same article at
// the same time share one piece of work.
//
// Questions are answered from quotations where they can be ("who said …", "what did X say about …"),
// without a model and with the evidence beside the answer; see [Desk.Ask]. What nothing at hand answers
// is said to be so ([summarize.None]).
//
// What somebody is promised before it is done (an answer in Discord, a post at nine) is an [Errand]: noted so that
// it survives this process ([Desk.Note]), and run by whichever has taken the work up ([Desk.Work]).
//
// A guild's digest is made of what it filed in a period ([Desk.Digest]), and posted when a [Schedule] says so:
//
//	times, err := digest.ParseTimes("09:00", "Europe/Berlin", "daily")   // or weekdays, or monday … sunday
//	set, err := d.SetSchedule(ctx, guild, desk.Schedule{Channel: channel, Times: times, By: user})
//	all, err := d.Schedules(ctx, guild)                    // with when each is next, and what became of the last
//	fresh, err := d.Subscribe(ctx, guild, set.ID, user, "de") // by direct message too
//	ended, err := d.Unsubscribe(ctx, guild, set.ID, user)
//	err = d.RemoveSchedule(ctx, guild, set.ID)
//
// Feeds that guilds follow ([Desk.AddFeed]) are read by [Desk.KeepFeeds], filed for them, and posted where they want it.
//
// What somebody follows ([Desk.Follow]) is looked for in each story that is filed, and told at most once an hour by the
// runner of [Desk.Follower].
//
// Errors carry what they are about ([SubjectError]) around a sentinel of this package or of the room that
// failed; [Explain] puts any of them into words with the next step. The desk knows nothing of flags,
// terminals or Discord. Text that it returns is the article's and as hostile as that: see words.Plain.
package desk

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/summarize/llm"
)

// Store is what the desk remembers stories in. Both drivers below cache are one.
type Store interface {
	// Keeper files a story, or a new version of one, for the guild of the share, all or nothing; lists stories
	// and quotes; and forgets them.
	cache.Keeper
	// Speakers returns everybody who is quoted, most quoted first.
	Speakers(ctx context.Context, guild string) ([]cache.Speaker, error)
	// SpeakersLike returns whom a person may mean by query, most quoted first.
	SpeakersLike(ctx context.Context, guild, query string, limit int) ([]cache.Speaker, error)
	// Complete returns whom a person may begin to name, most quoted first.
	Complete(ctx context.Context, guild, prefix string, limit int) ([]cache.Speaker, error)
	// Story returns a story by its ID, or [cache.ErrNotFound].
	Story(ctx context.Context, guild, id string) (cache.Story, error)
	// Find returns a story by its address or its file's name, or [cache.ErrNotFound].
	Find(ctx context.Context, guild, ref string) (cache.Story, error)
	// Summary returns what a model wrote of an article that was filed, under [summarize.Summary.Key], or
	// [cache.ErrNotFound].
	Summary(ctx context.Context, guild string, a *article.Article, key string) (summarize.Summary, error)
	// Search returns stories about words, the best first.
	Search(ctx context.Context, guild, words string, limit int) ([]cache.Story, error)
	// Appoint says when a setting of a guild is to be looked after; zero for never.
	Appoint(ctx context.Context, guild, name string, at time.Time) error
	// Agenda lists what of a kind is to be looked after until a moment, in all guilds, the earliest first.
	Agenda(ctx context.Context, kind string, until time.Time, limit int) ([]cache.Appointment, error)
	// Stats counts what is kept for a guild.
	Stats(ctx context.Context, guild string) (cache.Stats, error)
}

// Fetcher brings a page from the network.
type Fetcher interface {
	Get(ctx context.Context, rawURL string) (article.Page, error)
}

// Model writes summaries and answers that have passed the check against the article.
type Model interface {
	// Model is the name of the model that is asked first.
	Model() string
	Summarize(context.Context, *article.Article, []quote.Quote, llm.Request) (summarize.Summary, error)
	// Answer returns no statements where the evidence holds no answer.
	Answer(ctx context.Context, question string, evidence []llm.Evidence, language string) (llm.Answer, error)
}

// Options are what a desk works with. The zero value reads files and text, files nothing and asks no
// model.
type Options struct {
	Store   Store            // nil: nothing is filed, and asking for what is filed is [ErrNoStore]
	Queue   Queue            // nil: errands are refused with [ErrNoQueue]
	Fetcher Fetcher          // nil: a URL is refused with [ErrNoNetwork]
	Model   Model            // nil: summaries and answers are the article's own sentences
	Budget  *Budget          // what the model may cost; nil: what guilds allow themselves
	Limits  Limits           // how often people may ask, for [Desk.Admit]
	Log     *slog.Logger     // nil: silent
	Now     func() time.Time // nil: time.Now; "since Monday" counts from it, and digests and feeds are due by it
	// Lateness is how late a digest may be posted; one that would be later is skipped. 0: [DefaultLateness].
	Lateness time.Duration

	Feeds      []GuildFeed   // are read beside those that guilds follow by themselves ([Desk.AddFeed])
	FeedsEvery time.Duration // how often; 0 for [DefaultFeedsEvery]
}

// Desk does the use cases. It is safe for concurrent use; make one with [New].
type Desk struct {
	store    Store
	queue    Queue
	fetcher  Fetcher
	model    Model
	budget   *Budget
	limits   Limits
	log      *slog.Logger
	now      func() time.Time
	lateness time.Duration
	feeds    []GuildFeed
	every    time.Duration // between two readings of a feed
	work     flights[cache.Story]
	asking   flights[llm.Answer]
	answers  remembered

	mu       sync.Mutex
	settings map[string]read // by guild
	changes  int             // of settings, by this process
}

// New returns a desk that works with what o names.
func New(o Options) *Desk {
	d := &Desk{
		store: o.Store, queue: o.Queue, fetcher: o.Fetcher, model: o.Model, budget: o.Budget, limits: o.Limits, log: o.Log, now: o.Now,
		lateness: o.Lateness, feeds: o.Feeds, every: o.FeedsEvery,
	}
	if d.lateness == 0 {
		d.lateness = DefaultLateness
	}
	if d.log == nil {
		d.log = slog.New(slog.DiscardHandler)
	}
	if d.now == nil {
		d.now = time.Now
	}
	if d.budget == nil {
		meter, _ := o.Store.(Meter)
		d.budget = NewBudget(0, 0, meter)
	}
	if d.every <= 0 {
		d.every = DefaultFeedsEvery
	}
	return d
}

// Close stops the work in hand and waits for it to end. Whoever waits for that work gets
// [context.Canceled]. The desk must not be used afterwards.
func (d *Desk) Close() {
	d.work.land()
	d.asking.land()
}
