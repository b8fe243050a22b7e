package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"newsdesk/desk"
	"newsdesk/queue"
	"newsdesk/words"
)

// Errands is the kind of errands that the bot notes and runs.
const Errands = "discord"

// front is what the catalogue calls this front end; see [desk.ExplainIn].
const front = "discord"

// errand is what the bot keeps of something that a person asked for and that takes a while: all that is needed
// to do it and to answer, also by another process, also after a crash.
type errand struct {
	Do    string            `json:"do"` // one of deeds
	By    string            `json:"by"` // who asked
	Args  map[string]string `json:"args,omitempty"`
	Reply reply             `json:"-"`
	Guild string            `json:"-"` // whose archive is meant
	At    time.Time         `json:"-"` // not to be done before; zero for at once
}

// reply is where the answer goes.
type reply struct {
	ID      string    `json:"id"` // of the interaction or the message
	App     string    `json:"app,omitempty"`
	Token   string    `json:"token,omitempty"` // of the interaction; "" where the answer is a message of its own
	Channel string    `json:"channel"`
	Server  string    `json:"server,omitempty"`  // where the channel is; "" in direct messages
	Private bool      `json:"private,omitempty"` // never to be shown to others
	Nth     int       `json:"nth,omitempty"`     // above 0: the answer follows another one, as the first, second, …
	Once    string    `json:"once,omitempty"`    // names it where several answers may belong to one message; "" elsewhere
	Message string    `json:"message,omitempty"` // that begins such an answer; "" where there is none
	Locale  string    `json:"locale,omitempty"`
	At      time.Time `json:"at"`
	// Before are the components of the message whose place the answer takes. If there is no answer they stay, or come
	// back. Empty where the answer is a new message, or the message says no more than that something failed.
	Before json.RawMessage `json:"before,omitempty"`
}

// name is the same for what is sent once.
func (r reply) name() string {
	switch {
	case r.Once != "":
		return r.Once
	case r.Nth == 0:
		return r.ID
	}
	return fmt.Sprint(r.ID, "/", r.Nth)
}

// note notes an errand durably; fresh is false if it was noted before.
func (b *Bot) note(ctx context.Context, e errand) (fresh bool, err error) {
	e.Reply.Locale = cmp.Or(e.Reply.Locale, b.spoken(ctx, e.Reply.Server))
	to, err := json.Marshal(e.Reply)
	if err != nil {
		return false, err
	}
	args, err := json.Marshal(e)
	if err != nil {
		return false, err
	}
	return b.desk.Note(ctx, desk.Errand{ID: Errands + " " + e.Reply.name(), Kind: Errands, Guild: e.Guild, Reply: string(to), Args: args, At: e.At})
}

// deed does an errand. What it shows on the way goes to progress.
type deed func(ctx context.Context, b *Bot, e errand, w *words.Words, progress func(message)) (message, error)

// deeds are what can be done, by the name that stands in an errand. Names are kept: an errand may have been
// noted by an older newsdesk.
var deeds map[string]deed

func init() { // deeds name functions that name deeds
	deeds = map[string]deed{
		"summarize": summarizeDeed,
		"resize":    resizeDeed,
		"quotes":    quotesDeed,
		"ask":       askDeed,
		"who":       whoDeed,
		"articles":  articlesDeed,
		"source":    sourceDeed,
		"speakers":  speakersDeed,
		"verify":    verifyDeed,
		"forget":    forgetDeed,
		"feed":      feedDeed,
		"privacy":   privacyDeed,
		"status":    statusDeed,
		"about":     aboutDeed,
		"cite":      citeDeed,
		"wrong":     wrongDeed,
		"uncorrect": uncorrectDeed,
		"reports":   reportsDeed,
		"digest":    digestDeed,
		"story":     storyDeed,

		"digest schedule":  scheduleDeed,
		"digest status":    digestStatusDeed,
		"digest off":       digestOffDeed,
		"digest subscribe": subscribeDeed,
		"digest stop":      digestStopDeed,
		"settings":         settingsDeed,
		"link":             linkDeed,
		"offer":            offerDeed,
		"asked":            askedDeed,
		"some":             someDeed,
		"follow":           followDeed,
		"left":             leftDeed,

		"follow add":  followAddDeed,
		"follow list": followListDeed,
		"unfollow":    unfollowDeed,
	}
}

// errandTimeout is how long doing an errand may take.
const errandTimeout = 10 * time.Minute

// hearFirst is how long work leaves the processor to what many ask at once: they have seconds, it has minutes.
const hearFirst = time.Second

// Run runs an errand that was noted, by this bot or another, and answers. It is a [desk.Runner].
func (b *Bot) Run(ctx context.Context, noted desk.Errand) error {
	e := errand{Guild: noted.Guild}
	if err := errors.Join(json.Unmarshal(noted.Args, &e), json.Unmarshal([]byte(noted.Reply), &e.Reply)); err != nil {
		return queue.GiveUp(fmt.Errorf("errand: %w", err))
	}
	b.promised.quiet(ctx, hearFirst)
	ctx, cancel := context.WithTimeout(ctx, errandTimeout)
	defer cancel()
	if err := b.apart(ctx, &e); err != nil {
		return err
	}
	b.mine(ctx, &e)
	w := words.For(e.Reply.Locale)
	out := &pending{bot: b, errand: e, covers: noted.Try > 1}
	do, known := deeds[e.Do]
	if !known {
		return out.fail(ctx, note(amiss, w.Say("bot.unknown")))
	}
	answer, err := do(ctx, b, e, w, func(m message) { out.show(ctx, m) })
	out.stop()
	switch {
	case err != nil && ctx.Err() != nil && !errors.Is(ctx.Err(), context.DeadlineExceeded):
		return context.Cause(ctx) // another goes on
	case err != nil && desk.Passing(err) && !noted.Last:
		return err
	case err != nil:
		b.log.InfoContext(ctx, "errand failed", "do", e.Do, "guild", e.Guild, "error", err)
		return out.fail(ctx, sorry(e, w, err))
	}
	return out.finish(ctx, answer)
}

// explain puts an error into words for Discord. What it is about is others' text and defused; the sentence is ours.
func explain(w *words.Words, err error) string {
	var named *desk.SubjectError
	if errors.As(err, &named) {
		err = &desk.SubjectError{Subject: defuse(named.Subject), Err: err}
	}
	return desk.ExplainIn(w, front, err)
}
