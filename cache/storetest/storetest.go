// Package storetest is the suite that every store must pass.
//
// A driver's own test calls [Run] with a [Driver], which opens stores for it:
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, storetest.Driver{Open: open, Beside: beside, Raw: raw})
//	}
//
// The suite says what a store is: what Put makes of a story that is there already, who sees what, in
// which order quotes are listed, when two names are one speaker, and that what is forgotten is gone.
// Each of its tests opens a store of its own, and they run in parallel. What depends on a driver (its
// files, its server, how it dies) is tested beside the driver.
package storetest

import (
	"context"
	"testing"
	"time"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/summarize"
)

// Store is what a driver gives.
type Store interface {
	Put(ctx context.Context, story cache.Story, share cache.Share) (cache.Story, error)
	Story(ctx context.Context, guild, id string) (cache.Story, error)
	Find(ctx context.Context, guild, ref string) (cache.Story, error)
	Stories(ctx context.Context, q cache.StoryQuery) (stories []cache.Story, next string, err error)
	Search(ctx context.Context, guild, words string, limit int) ([]cache.Story, error)
	Quotes(ctx context.Context, q cache.QuoteQuery) (quotes []cache.FiledQuote, next string, err error)
	Speakers(ctx context.Context, guild string) ([]cache.Speaker, error)
	SpeakersLike(ctx context.Context, guild, query string, limit int) ([]cache.Speaker, error)
	Complete(ctx context.Context, guild, prefix string, limit int) ([]cache.Speaker, error)
	Days(ctx context.Context, guild, speaker string, from time.Time, days int) ([]int, error)
	Shares(ctx context.Context, guild, id string) ([]cache.Share, error)
	SharesOf(ctx context.Context, guild string, ids []string) (map[string][]cache.Share, error)
	Unshare(ctx context.Context, guild, id, by string) error
	Guilds(ctx context.Context) ([]string, error)
	Settings(ctx context.Context, guild string) (map[string]string, error)
	Set(ctx context.Context, guild, name, value string) error
	Appoint(ctx context.Context, guild, name string, at time.Time) error
	Agenda(ctx context.Context, kind string, until time.Time, limit int) ([]cache.Appointment, error)
	Keep(ctx context.Context, guild, about, name, value string, until time.Time) error
	Kept(ctx context.Context, guild, about string) (map[string]string, error)
	Discard(ctx context.Context, guild string) error
	Allow(ctx context.Context, guild, name string, r cache.Rate) (wait time.Duration, err error)
	Count(ctx context.Context, guild, name string, n int, until time.Time) (total int, err error)
	Summary(ctx context.Context, guild string, a *article.Article, key string) (summarize.Summary, error)
	Forget(ctx context.Context, guild, id string) error
	Stats(ctx context.Context, guild string) (cache.Stats, error)
	Corrections(ctx context.Context, guild, id string) ([]cache.Correction, error)
	Correct(ctx context.Context, guild string, c cache.Correction) error
	Uncorrect(ctx context.Context, guild string, c cache.Correction) error
	Close() error
}

// Driver opens stores for the suite and closes them when the test ends.
type Driver struct {
	Open   func(t *testing.T) Store           // a new, empty one
	Beside func(t *testing.T, s Store) Store  // a second handle on what s keeps, as another process has it
	Raw    func(t *testing.T, s Store) []byte // every byte that s keeps, keys and indexes included
}

// Run tests what d opens.
func Run(t *testing.T, d Driver) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Driver)
	}{
		{"an empty store", testEmpty},
		{"what is put comes back", testRoundTrip},
		{"a changed article is a new version", testNewVersion},
		{"the same text under another name is one story", testSameContent},
		{"what models wrote", testSummaries},
		{"names lead to stories", testFind},
		{"refused", testRefused},
		{"a guild sees what was shared there", testVisibility},
		{"a file belongs to its guild", testFilesBelong},
		{"quotes in order", testQuoteOrder},
		{"quotes by filter", testQuoteFilters},
		{"pages", testPages},
		{"speakers joined", testSpeakersJoined},
		{"speakers like", testSpeakersLike},
		{"topic search", testSearch},
		{"stories newest first", testStories},
		{"stories by filter", testStoryFilters},
		{"completing a name", testComplete},
		{"quotes by day", testDays},
		{"shares", testShares},
		{"shares of several stories", testSharesOf},
		{"settings", testSettings},
		{"agenda", testAgenda},
		{"what is kept for a time", testKept},
		{"buckets", testAllow},
		{"counters", testCount},
		{"corrections", testCorrections},
		{"corrections of quotes of the same words", testCorrectionsAlike},
		{"corrections stay with the guild and its story", testCorrectionsBelong},
		{"export and import", testExport},
		{"forgotten by speaker, member, age and guild", testForgetMany},
		{"retention", testExpire},
		{"forgotten", testForget},
		{"forgotten to the last byte", testForgetRaw},
		{"hostile strings", testHostile},
		{"many writers", testWriters},
		{"a second handle", testBeside},
		{"a cancelled call", testCancelled},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.run(t, d)
		})
	}
}
