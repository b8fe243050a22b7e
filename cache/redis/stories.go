package redis

import (
	"context"
	"slices"
	"strings"

	"newsdesk/cache"
)

// Stories lists what q asks for, newest first. next is the cursor of the page after this one, "" if it was
// the last. One call looks at 10,000 stories; if there may be more, next says where to go on, also when the
// page is not full. A cursor that this method did not return is cache.ErrCursor.
func (s *Store) Stories(ctx context.Context, q cache.StoryQuery) (stories []cache.Story, next string, err error) {
	after, err := cache.ParsePosition(q.After)
	if err != nil {
		return nil, "", err
	}
	if err := ctx.Err(); err != nil {
		return nil, "", s.mapped("read", err)
	}
	l := &storyList{s: s, g: s.keys.guild(q.Guild), q: q, after: after, readings: cache.QueryTerms(q.About)}
	if len(l.readings) == 0 && strings.TrimSpace(q.About) != "" {
		return nil, "", nil // nothing but marks: no story holds that
	}
	var stopped *cache.Position
	if len(l.readings) > 0 {
		stopped, err = l.about(ctx)
	} else {
		stopped, err = l.all(ctx)
	}
	switch {
	case err != nil:
		return nil, "", s.mapped("read", err)
	case l.full():
		return l.found[:q.Limit], l.places[q.Limit-1].Cursor(), nil
	case stopped != nil:
		return l.found, stopped.Cursor(), nil
	}
	return l.found, "", nil
}

// storyList is one call of Stories.
type storyList struct {
	s        *Store
	g        guildKeys
	q        cache.StoryQuery
	after    *cache.Position
	readings [][]string // of q.About

	found  []cache.Story
	places []cache.Position // of found
}

// full reports whether there is a page, and one story more, which tells that there is a page after it.
func (l *storyList) full() bool { return l.q.Limit > 0 && len(l.found) > l.q.Limit }

// want is how many stories to read next.
func (l *storyList) want() int {
	if l.q.Limit <= 0 {
		return perPage
	}
	return min(max(l.q.Limit+1-len(l.found), 1), perPage)
}

// all walks through a list that stands sorted: of what somebody shared, of a site's stories, or of all.
func (l *storyList) all(ctx context.Context) (stopped *cache.Position, err error) {
	set := l.g.newest()
	switch {
	case l.q.By != "":
		set = l.g.sharer(l.q.By)
	case l.q.Site != "":
		set = l.g.site(l.q.Site)
	}
	var from *cursor
	if l.after != nil {
		from = &cursor{l.after.At, l.after.Story, 0}
	} else if !l.q.Until.IsZero() {
		from = &cursor{l.q.Until.UnixMicro(), 0, 0}
	}
	for looked := 0; ; {
		want := l.want()
		hits, err := l.s.page(ctx, l.g, []string{set}, from, want)
		if err != nil || len(hits) == 0 {
			return nil, err
		}
		last, whole := hits[len(hits)-1], len(hits) < want
		if err := l.take(ctx, hits); err != nil {
			return nil, err
		}
		looked += len(hits)
		if whole || l.full() || l.past(last.at) {
			return nil, nil
		}
		if from = (&cursor{last.at, last.story, 0}); l.q.Limit > 0 && looked >= l.s.reach {
			place := last.position()
			return &place, nil
		}
	}
}

// past reports whether what was filed at is too old for the list, and so is all behind it.
func (l *storyList) past(at int64) bool { return !l.q.Since.IsZero() && at < l.q.Since.UnixMicro() }

// fits reports whether a story is one of those asked for, as far as its entry tells.
func (l *storyList) fits(h hit) bool {
	switch _, shared := h.Shares[l.q.By]; {
	case l.past(h.at),
		!l.q.Until.IsZero() && h.at >= l.q.Until.UnixMicro(),
		l.q.By != "" && !shared,
		l.after != nil && comparePositions(*l.after, cache.Position{At: h.at, Story: h.story}) >= 0:
		return false
	}
	return true
}

// take reads the stories of hits that the list asks for.
func (l *storyList) take(ctx context.Context, hits []hit) error {
	hits = slices.DeleteFunc(slices.Clone(hits), func(h hit) bool { return !l.fits(h) })
	for some := range slices.Chunk(hits, perPage) {
		stories, err := l.s.load(ctx, l.q.Guild, some)
		if err != nil {
			return err
		}
		at := map[string]cache.Position{}
		for _, h := range some {
			at[h.ID] = cache.Position{At: h.at, Story: h.story}
		}
		for _, story := range stories {
			if l.q.Site == "" || lower(story.Article.Site) == lower(l.q.Site) {
				l.found, l.places = append(l.found, story), append(l.places, at[story.ID])
			}
		}
		if l.full() {
			return nil
		}
	}
	return nil
}

// about walks through the topic index.
func (l *storyList) about(ctx context.Context) (stopped *cache.Position, err error) {
	blocks, err := l.s.blocks(ctx, l.g)
	if err != nil {
		return nil, err
	}
	blocks = slices.DeleteFunc(blocks, func(b block) bool {
		return l.past(b.last) || l.after != nil && b.first > l.after.At || !l.q.Until.IsZero() && b.first >= l.q.Until.UnixMicro()
	})
	w := walk{s: l.s, g: l.g, readings: l.readings, stories: true, after: l.after, bounded: l.q.Limit > 0,
		keep: func(_ context.Context, hits []hit) ([]hit, error) {
			return slices.DeleteFunc(hits, func(h hit) bool { return !l.fits(h) }), nil
		},
		page: l}
	return w.through(ctx, blocks)
}
