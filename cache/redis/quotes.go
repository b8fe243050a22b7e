package redis

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
	"newsdesk/quote"
)

// reach is how many quotes one call looks at before it ends, with a cursor to go on from: a rare site
// among a million quotes must not hold a server up.
const reach = 10_000

// Quotes lists what q asks for. next is the cursor of the page after this one, "" if it was the last;
// what is filed or forgotten in between moves no other quote to another page. One call looks at 10,000
// quotes; if there may be more, next says where to go on, also when the page is not full. A cursor that
// this method did not return is cache.ErrCursor.
func (s *Store) Quotes(ctx context.Context, q cache.QuoteQuery) (quotes []cache.FiledQuote, next string, err error) {
	after, err := cache.ParsePosition(q.After)
	if err != nil {
		return nil, "", err
	}
	if err := ctx.Err(); err != nil {
		return nil, "", s.mapped("read", err)
	}
	readings := cache.QueryTerms(q.About)
	if len(readings) == 0 && strings.TrimSpace(q.About) != "" {
		return nil, "", nil // nothing but marks: no quote holds that
	}
	err = again(ctx, func() error {
		l := &list{s: s, g: s.keys.guild(q.Guild), q: q, after: after, readings: readings}
		var err error
		quotes, next, err = l.read(ctx)
		return err
	})
	return quotes, next, s.mapped("read", err)
}

// list is one call of Quotes.
type list struct {
	s        *Store
	g        guildKeys
	q        cache.QuoteQuery
	after    *cache.Position
	readings [][]string // of q.About
	speakers []int64    // those of q.Speakers that there are

	found  []cache.FiledQuote
	places []cache.Position // of found
}

// full reports whether there is a page, and one quote more, which tells that there is a page after it.
func (l *list) full() bool { return l.q.Limit > 0 && len(l.found) > l.q.Limit }

// want is how many quotes to look for next.
func (l *list) want() int {
	if l.q.Limit <= 0 {
		return 1000
	}
	want := l.q.Limit + 1 - len(l.found)
	if l.q.Site != "" {
		want *= 4 // some will be of other sites
	}
	return min(want, 1000)
}

func (l *list) read(ctx context.Context) ([]cache.FiledQuote, string, error) {
	if len(l.q.Speakers) > 0 {
		var err error
		if l.speakers, err = numbersOf(ctx, l.s.client, l.g, l.q.Speakers); err != nil || len(l.speakers) == 0 {
			return nil, "", err
		}
	}
	var stopped *cache.Position
	var err error
	switch {
	case l.q.StoryID != "":
		err = l.ofStory(ctx)
	case len(l.readings) > 0:
		stopped, err = l.about(ctx)
	case len(l.speakers) > 0:
		stopped, err = l.said(ctx)
	default:
		stopped, err = l.all(ctx)
	}
	if err != nil {
		return nil, "", err
	}
	if l.full() {
		last := l.places[l.q.Limit-1]
		return l.found[:l.q.Limit], last.Cursor(), nil
	}
	if stopped != nil {
		return l.found, stopped.Cursor(), nil
	}
	return l.found, "", nil
}

// said walks through what speakers said.
func (l *list) said(ctx context.Context) (stopped *cache.Position, err error) {
	sets := make([]string, 0, len(l.speakers))
	for _, n := range l.speakers {
		sets = append(sets, l.g.said(n))
	}
	from := behind(l.after)
	for looked := 0; ; {
		want := l.want()
		hits, err := l.s.page(ctx, l.g, sets, from, want)
		if err != nil {
			return nil, err
		}
		slices.SortStableFunc(hits, compareHits)
		more := len(hits) >= want
		hits = hits[:min(want, len(hits))] // of several speakers, each had so many
		if len(hits) == 0 {
			return nil, nil
		}
		last := hits[len(hits)-1].position()
		if err := l.take(ctx, l.recent(hits)); err != nil {
			return nil, err
		}
		looked += len(hits)
		if !more || l.full() || l.past(last.At) {
			return nil, nil
		}
		if from = behind(&last); l.q.Limit > 0 && looked >= l.s.reach {
			return &last, nil
		}
	}
}

// all walks through the stories, of one site if there is one to choose.
func (l *list) all(ctx context.Context) (stopped *cache.Position, err error) {
	set := l.g.newest()
	if l.q.Site != "" {
		set = l.g.site(l.q.Site)
	}
	from := withStory(l.after)
	for looked := 0; ; {
		want := min(max(l.want()/4, 2), perPage)
		stories, err := l.s.page(ctx, l.g, []string{set}, from, want)
		if err != nil || len(stories) == 0 {
			return nil, err
		}
		last := stories[len(stories)-1]
		var hits []hit
		for _, h := range l.recent(stories) {
			quotes, err := l.listed(ctx, h)
			if err != nil {
				return nil, err
			}
			hits = append(hits, quotes...)
		}
		if err := l.take(ctx, hits); err != nil {
			return nil, err
		}
		looked += len(hits)
		if len(stories) < want || l.full() || l.past(last.at) {
			return nil, nil
		}
		if from = (&cursor{last.at, last.story, 0}); l.q.Limit > 0 && looked >= l.s.reach && len(hits) > 0 {
			place := hits[len(hits)-1].position()
			return &place, nil
		}
	}
}

// listed are the quotes of a story that stand behind the cursor, without knowing yet which of them are
// reported: take sorts them.
func (l *list) listed(_ context.Context, story hit) ([]hit, error) {
	hits := make([]hit, 0, story.Quotes)
	for n := range story.Quotes {
		h := story
		h.n = int64(n)
		hits = append(hits, h)
	}
	return hits, nil
}

// ofStory lists the quotes of one story.
func (l *list) ofStory(ctx context.Context) error {
	number, e, found, err := entryOf(ctx, l.s.client, l.g, l.q.StoryID)
	if err != nil || !found {
		return err
	}
	story := hit{spot: spot{story: number}, at: e.FiledAt, entry: e}
	if l.past(story.at) {
		return nil
	}
	hits, err := l.listed(ctx, story)
	if err != nil {
		return err
	}
	if len(l.readings) > 0 {
		whole, err := l.s.version(ctx, l.s.storyOf(l.q.Guild, e), e.Version)
		if err != nil {
			return err
		}
		terms := cache.TermsOf(whole).Quotes
		hits = slices.DeleteFunc(hits, func(h hit) bool { return !cache.Holds(terms[h.n], l.readings) })
	}
	return l.take(ctx, hits)
}

// past reports whether what was filed at is too old for the list, and so is all behind it.
func (l *list) past(at int64) bool { return !l.q.Since.IsZero() && at < l.q.Since.UnixMicro() }

// recent leaves out what is too old.
func (l *list) recent(hits []hit) []hit {
	return slices.DeleteFunc(hits, func(h hit) bool { return l.past(h.at) })
}

// take reads the quotes at hits, and keeps those that the list asks for, in its order.
func (l *list) take(ctx context.Context, hits []hit) error {
	if len(hits) == 0 {
		return nil
	}
	type group struct {
		hits []hit
		cmd  *goredis.SliceCmd
	}
	var groups []*group
	at := map[int64]*group{}
	for _, h := range hits {
		if at[h.story] == nil {
			at[h.story] = &group{}
			groups = append(groups, at[h.story])
		}
		at[h.story].hits = append(at[h.story].hits, h)
	}
	pipe := l.s.client.Pipeline()
	for _, gr := range groups {
		h := gr.hits[0]
		fields := []string{fieldName, fieldTitle, fieldSite}
		for _, h := range gr.hits {
			fields = append(fields, strconv.FormatInt(h.n, 10))
		}
		gr.cmd = pipe.HMGet(ctx, l.s.storyOf(l.q.Guild, h.entry).version(h.Version), fields...)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return err
	}
	var wanted map[string]int64
	if l.q.StoryID != "" && len(l.speakers) > 0 {
		var err error
		if wanted, err = l.spellings(ctx); err != nil {
			return err
		}
	}
	for _, gr := range groups {
		values := make([]string, len(gr.cmd.Val()))
		for i, v := range gr.cmd.Val() {
			text, ok := v.(string)
			if !ok {
				return errMoved
			}
			values[i] = text
		}
		if l.q.Site != "" && lower(values[2]) != lower(l.q.Site) {
			continue
		}
		var quotes []placed
		for i, h := range gr.hits {
			q, err := cache.UnmarshalQuote([]byte(values[3+i]))
			if err != nil {
				return err
			}
			h.reported = q.Kind == quote.Indirect
			p := placed{cache.FiledQuote{Quote: q, Article: values[0], Title: values[1], Site: values[2],
				StoryID: h.ID, FiledAt: moment(h.at)}, h.position()}
			if l.after == nil || comparePositions(*l.after, p.Position) < 0 {
				quotes = append(quotes, p)
			}
		}
		if err := l.correctQuotes(ctx, gr.hits, quotes); err != nil {
			return err
		}
		if wanted != nil {
			quotes = slices.DeleteFunc(quotes, func(p placed) bool { return wanted[p.Speaker] == 0 })
		}
		slices.SortFunc(quotes, func(a, b placed) int { return comparePositions(a.Position, b.Position) })
		for _, p := range quotes {
			l.found, l.places = append(l.found, p.FiledQuote), append(l.places, p.Position)
		}
	}
	return nil
}

// placed is a quote and where it stands in the list.
type placed struct {
	cache.FiledQuote
	cache.Position
}

// spellings are the names under which the speakers who are asked for appear.
func (l *list) spellings(ctx context.Context) (map[string]int64, error) {
	wanted := map[int64]bool{}
	for _, n := range l.speakers {
		wanted[n] = true
	}
	persons, err := readPersons(ctx, l.s.client, l.g, wanted)
	if err != nil {
		return nil, err
	}
	names := map[string]int64{}
	for n, p := range persons {
		for name := range p.counts {
			names[name] = n
		}
	}
	return names, nil
}

// comparePositions orders as lists do.
func comparePositions(a, b cache.Position) int {
	return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(b.Story, a.Story),
		cmp.Compare(a.Reported, b.Reported), cmp.Compare(a.N, b.N))
}

func compareHits(a, b hit) int { return comparePositions(a.position(), b.position()) }

// about walks through the topic index.
func (l *list) about(ctx context.Context) (stopped *cache.Position, err error) {
	blocks, err := l.s.blocks(ctx, l.g)
	if err != nil {
		return nil, err
	}
	blocks = slices.DeleteFunc(blocks, func(b block) bool {
		return l.past(b.last) || l.after != nil && b.first > l.after.At
	})
	w := walk{s: l.s, g: l.g, readings: l.readings, after: l.after, bounded: l.q.Limit > 0,
		keep: func(ctx context.Context, hits []hit) ([]hit, error) {
			hits = slices.DeleteFunc(hits, func(h hit) bool {
				return l.past(h.at) || l.after != nil && comparePositions(*l.after, h.position()) >= 0
			})
			if len(l.speakers) > 0 {
				return l.bySpeakers(ctx, hits)
			}
			return hits, nil
		},
		page: l}
	return w.through(ctx, blocks)
}

// union lists, sorted, what stands under all terms of some reading.
func union(readings [][]string, of map[string][]uint32) []uint32 {
	var all []uint32
	for _, reading := range readings {
		both := of[reading[0]]
		for _, term := range reading[1:] {
			both = intersect(both, of[term])
		}
		all = append(all, both...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// intersect returns what two sorted lists share.
func intersect(a, b []uint32) []uint32 {
	var both []uint32
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			both = append(both, a[0])
			a, b = a[1:], b[1:]
		}
	}
	return both
}

// hits adds to spots what the guild knows of their stories; those that are gone are left out.
func (s *Store) hits(ctx context.Context, g guildKeys, spots []spot) ([]hit, error) {
	var numbers []string
	at := map[int64]int{}
	for _, p := range spots {
		if _, there := at[p.story]; !there {
			at[p.story] = len(numbers)
			numbers = append(numbers, strconv.FormatInt(p.story, 10))
		}
	}
	if len(numbers) == 0 {
		return nil, nil
	}
	found, err := s.client.HMGet(ctx, g.entries(), numbers...).Result()
	if err != nil && !errors.Is(err, goredis.Nil) {
		return nil, err
	}
	entries := make([]*entry, len(found))
	for i, v := range found {
		if text, ok := v.(string); ok {
			e, err := parseEntry(text)
			if err != nil {
				return nil, fmt.Errorf("story %s: %w", numbers[i], err)
			}
			entries[i] = &e
		}
	}
	hits := make([]hit, 0, len(spots))
	for _, p := range spots {
		if e := entries[at[p.story]]; e != nil {
			hits = append(hits, hit{spot: p, at: e.FiledAt, entry: *e})
		}
	}
	return hits, nil
}

// bySpeakers keeps the hits that the speakers who are asked for said.
func (l *list) bySpeakers(ctx context.Context, hits []hit) ([]hit, error) {
	if len(hits) == 0 {
		return nil, nil
	}
	members := make([]string, len(hits))
	for i, h := range hits {
		members[i] = h.member()
	}
	said := make([]bool, len(hits))
	for _, n := range l.speakers {
		scores, err := zMScore(ctx, l.s.client, l.g.said(n), members)
		if err != nil {
			return nil, err
		}
		for i, there := range scores {
			said[i] = said[i] || there
		}
	}
	kept := hits[:0]
	for i, h := range hits {
		if said[i] {
			kept = append(kept, h)
		}
	}
	return kept, nil
}

// zMScore tells which members a sorted set has. The client's own method takes a missing one for 0.
func zMScore(ctx context.Context, c goredis.UniversalClient, key string, members []string) ([]bool, error) {
	args := []any{"ZMSCORE", key}
	for _, m := range members {
		args = append(args, m)
	}
	scores, err := c.Do(ctx, args...).Slice()
	if err != nil {
		return nil, err
	}
	there := make([]bool, len(members))
	for i, v := range scores {
		there[i] = v != nil
	}
	return there, nil
}
