package redis

import (
	"context"
	"slices"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
)

// walk reads the topic index, the newest block first and more of them at each step, and takes what holds all
// terms of some reading in the order of lists: as soon as nothing that was not looked at yet can come
// before it, until the page is full.
type walk struct {
	s        *Store
	g        guildKeys
	readings [][]string
	stories  bool            // look for stories rather than quotes
	after    *cache.Position // what stands before it was seen
	bounded  bool            // end after as many matches as one call looks at

	keep func(context.Context, []hit) ([]hit, error) // what is asked for, of what matches
	page interface {                                 // is given that in order
		want() int
		take(context.Context, []hit) error
		full() bool
	}

	ready  []hit // matched and not yet taken
	looked int
}

// atOnce is how many matches of a block are looked up at a time: of a common word a block has thousands, and
// a page needs few.
const atOnce = 128

// through walks. stopped is where to go on, if it neither came to the end nor filled the page.
func (w *walk) through(ctx context.Context, blocks []block) (stopped *cache.Position, err error) {
	for step := 1; len(blocks) > 0; step = min(2*step, 16) {
		n := min(step, len(blocks))
		found, err := w.match(ctx, blocks[:n])
		if err != nil {
			return nil, err
		}
		for i, b := range blocks[:n] {
			older := int64(-1 << 62) // what stands in the blocks behind this one was filed no later
			if i+1 < len(blocks) {
				older = blocks[i+1].last
			}
			if err := w.block(ctx, b, found[i], older); err != nil || w.page.full() {
				return nil, err
			}
		}
		if blocks = blocks[n:]; w.bounded && w.looked >= w.s.reach && len(blocks) > 0 {
			// All that was filed after the blocks that are left has been given to the page. Where many blocks
			// were filed at one moment, that may be no step forward; then the walk goes on.
			place := cache.Position{At: blocks[0].last + 1, Reported: 1, N: maxQuotes}
			if w.after == nil || comparePositions(*w.after, place) < 0 {
				return &place, nil
			}
		}
	}
	return nil, nil
}

// give gives hits to the page until it is full.
func (w *walk) give(ctx context.Context, hits []hit) error {
	for some := range slices.Chunk(hits, w.page.want()) {
		if err := w.page.take(ctx, some); err != nil || w.page.full() {
			return err
		}
	}
	return nil
}

// block takes what was found in one block.
func (w *walk) block(ctx context.Context, b block, spots []spot, older int64) error {
	if w.after != nil && w.after.Story > 0 && !b.mixed && blockOf(w.after.Story) == b.number {
		spots = slices.DeleteFunc(spots, func(p spot) bool { return p.story > w.after.Story })
	}
	size := atOnce
	if b.mixed {
		size = max(len(spots), 1) // in no order
	}
	for len(spots) > 0 || len(w.ready) > 0 {
		n := min(size, len(spots))
		hits, err := w.s.hits(ctx, w.g, spots[:n])
		if err != nil {
			return err
		}
		w.looked += n
		spots = spots[n:]
		var last *hit // nothing else of this block comes before it
		if len(spots) > 0 && len(hits) > 0 {
			last = &hit{spot: hits[len(hits)-1].spot, at: hits[len(hits)-1].at}
		}
		if n > 0 && len(hits) == 0 && len(spots) > 0 {
			continue // all of them forgotten meanwhile
		}
		if hits, err = w.keep(ctx, hits); err != nil {
			return err
		}
		w.ready = append(w.ready, hits...)
		slices.SortFunc(w.ready, compareHits)
		settled := 0
		for settled < len(w.ready) && w.ready[settled].at > older &&
			(last == nil || compareHits(w.ready[settled], *last) <= 0) {
			settled++
		}
		if settled > 0 {
			if err := w.give(ctx, w.ready[:settled]); err != nil || w.page.full() {
				return err
			}
			w.ready = w.ready[settled:]
		}
		if len(spots) == 0 {
			break // what is ready waits for the next block
		}
	}
	return nil
}

// match lists, for each of blocks, what holds all terms of some reading, in the order of lists.
func (w *walk) match(ctx context.Context, blocks []block) ([][]spot, error) {
	terms := slices.Concat(w.readings...)
	slices.Sort(terms)
	terms = slices.Compact(terms)
	kind := "q"
	if w.stories {
		kind = "s"
	}
	fields := make([]string, len(terms))
	for i, t := range terms {
		fields[i] = kind + t
	}
	pipe := w.s.client.Pipeline()
	found := make([]*goredis.SliceCmd, len(blocks))
	for i, b := range blocks {
		found[i] = pipe.HMGet(ctx, w.g.words(b.number), fields...)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, err
	}
	spots := make([][]spot, len(blocks))
	for i, b := range blocks {
		of := map[string][]uint32{}
		for j, v := range found[i].Val() {
			text, ok := v.(string)
			switch {
			case !ok:
			case w.stories:
				of[terms[j]] = b.packedStories(text)
			default:
				of[terms[j]] = packedQuotes(text)
			}
		}
		spots[i] = b.spots(union(w.readings, of))
	}
	return spots, nil
}
