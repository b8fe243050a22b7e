package desk

import (
	"context"
	"errors"
	"math"

	"newsdesk/article/extract"
	"newsdesk/article/feed"
	"newsdesk/article/fetch"
	"newsdesk/cache"
	"newsdesk/digest"
	"newsdesk/words"
)

// explanations say which sentence puts an error into words; the first that fits is said. Each has the
// next step in it, in the terms of the command line. What kept a page from being fetched, fetch.Reason tells.
var explanations = []struct {
	err error
	key string
}{
	{ErrMissing, "source.missing"},
	{ErrDirectory, "source.directory"},
	{ErrUnreadable, "source.unreadable"},
	{ErrEmpty, "source.empty"},
	{ErrNoWords, "source.no_words"},
	{ErrNoNetwork, "source.no_network"},
	{extract.ErrTooLarge, "source.too_large"},
	{extract.ErrNotText, "source.not_text"},
	{extract.ErrLocked, "source.locked"}, // these are ErrUnsupported too
	{extract.ErrScanned, "source.scanned"},
	{extract.ErrIllegible, "source.illegible"},
	{extract.ErrPictureFile, "source.picture_file"},
	{extract.ErrFilm, "source.film"},
	{extract.ErrSound, "source.sound"},
	{extract.ErrUnsupported, "source.unsupported"},
	{extract.ErrHomePage, "source.home_page"}, // these are ErrNoArticle too
	{extract.ErrSection, "source.section"},
	{extract.ErrSearch, "source.search"},
	{extract.ErrVideo, "source.video"},
	{extract.ErrPicture, "source.picture"},
	{extract.ErrSignIn, "source.sign_in"},
	{extract.ErrConsent, "source.consent"},
	{extract.ErrSubscribers, "source.subscribers"},
	{extract.ErrBotWall, "source.bot_wall"},
	{extract.ErrMissing, "source.missing_page"},
	{extract.ErrNoArticle, "source.no_article"},

	{cache.ErrNotFound, "store.not_found"},
	{ErrSeveral, "store.several"},
	{cache.ErrAway, "store.away"},
	{cache.ErrDenied, "store.denied"},
	{cache.ErrLocked, "store.locked"},
	{cache.ErrReadOnly, "store.read_only"},
	{cache.ErrNotStore, "store.not_one"},
	{cache.ErrCorrupt, "store.damaged"},
	{cache.ErrNewer, "store.newer"},
	{cache.ErrFull, "store.full"},
	{cache.ErrInvalid, "store.invalid"},
	{cache.ErrCursor, "store.cursor"},

	{ErrNoStore, "desk.no_store"},
	{ErrNoQueue, "desk.no_queue"},
	{ErrNoQuestion, "desk.no_question"},
	{ErrNoClaim, "desk.no_claim"},
	{ErrOthers, "desk.others"},
	{ErrNoQuote, "desk.no_quote"},
	{ErrNoName, "desk.no_name"},
	{ErrManyReports, "desk.many_reports"},
	{ErrTooOften, "desk.too_often"},
	{ErrNoSchedule, "desk.no_schedule"},
	{ErrManySchedules, "desk.many_schedules"},
	{ErrManyReaders, "desk.many_readers"},
	{ErrNoFollow, "desk.no_follow"},
	{ErrManyFollows, "desk.many_follows"},
	{ErrNothingAsked, "desk.nothing_followed"},
	{digest.ErrClock, "desk.no_clock"},
	{digest.ErrZone, "desk.no_zone"},
	{digest.ErrDays, "desk.no_days"},
	{feed.ErrNotFeed, "feed.not_one"},
	{ErrManyFeeds, "feed.many"},
	{ErrNoFeed, "feed.unknown"},
	{context.Canceled, "desk.cancelled"},
	{context.DeadlineExceeded, "desk.too_slow"},
}

// Explain puts an error into one line of words for people: what it is about, what is wrong, and what to
// do next. The details of an error that nobody can do anything about are left to the log: it is an
// internal error. It returns "" for nil.
func Explain(w *words.Words, err error) string { return ExplainIn(w, "", err) }

// ExplainIn is [Explain] in the terms of another front end, "discord": where a sentence speaks of what can be
// typed in a terminal, the catalogue has another one under its key and a point and the front end's name.
func ExplainIn(w *words.Words, front string, err error) string {
	if err == nil {
		return ""
	}
	return sayOf(w, inTermsOf(w, keyOf(err), front), err)
}

// keyOf is the key of the sentence that puts err into words.
func keyOf(err error) string {
	if key := fetch.Reason(err); key != "" {
		return key
	}
	var wait *WaitError
	if errors.As(err, &wait) && wait.Guild {
		return "desk.too_often.guild"
	}
	for _, e := range explanations {
		if errors.Is(err, e.err) {
			return e.key
		}
	}
	return "desk.internal"
}

// inTermsOf is the key of a front end's own sentence, if there is one beside the key.
func inTermsOf(w *words.Words, key, front string) string {
	if own := key + "." + front; w.Has(own) {
		return own
	}
	return key
}

// sayOf says a sentence with the parts that an error carries.
func sayOf(w *words.Words, key string, err error) string {
	subject := w.Say("desk.this")
	var named *SubjectError
	if errors.As(err, &named) {
		subject = words.Line(named.Subject)
	}
	var status *fetch.StatusError
	code := 0
	if errors.As(err, &status) {
		code = status.Code
	}
	return w.Say(key, "Subject", subject, "Status", code, "Wait", waitOf(w, err))
}

// waitOf puts into words how long an error says to wait, "" if it does not.
func waitOf(w *words.Words, err error) string {
	var wait *WaitError
	if !errors.As(err, &wait) {
		return ""
	}
	if seconds := int(math.Ceil(wait.Wait.Seconds())); seconds <= 90 {
		return w.Say("desk.seconds", "Count", seconds)
	}
	return w.Say("desk.minutes", "Count", int(math.Ceil(wait.Wait.Minutes())))
}
