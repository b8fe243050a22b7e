package redis

import (
	"context"
	"slices"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
)

// walk reads the topic index, the newest block first and more of them at each step, and takes what holds all
// terms of some reading in the order of lists: as soon as nothing that was not looked at yet can come
// before it, until take has enough.
type walk struct {
	s        *Store
	g        guildKeys
	readings [][]string
	stories  bool            // look for stories rather than quotes
	after    *cache.Position // what stands before it was seen
	bounded  bool            // end after as many matches as one call looks at

	keep func(context.Context, []hit) ([]hit, error)           // what is asked for, of what matches
	take func(context.Context, []hit) (enough bool, err error) // is given those in order

	ready  []hit // matched and not yet taken
	looked int
}

// atOnce is how many matches of a block are looked up at a time: of a common word a block has thousands, and
// a page needs few.
const atOnce = 128

// through walks. whole is false if it did not come to the end.
func (w *walk) through(ctx context.Context, blocks []block) (whole bool, err error) {
	for step := 1; len(blocks) > 0; step = min(2*step, 16) {
		n := min(step, len(blocks))
		found, err := w.match(ctx, blocks[:n])
		if err != nil {
			return false, err
		}
		for i, b := range blocks[:n] {
			older := int64(-1 << 62) // what stands in the blocks behind this one was filed no later
			if i+1 < len(blocks) {
				older = blocks[i+1].last
			}
			if enough, err := w.block(ctx, b, found[i], older); err != nil || enough {
				return false, err
			}
		}
		if blocks = blocks[n:]; w.bounded && w.looked >= reach && len(blocks) > 0 {
			return false, nil
		}
	}
	return true, nil
}

// block takes what was found in one block.
func (w *walk) block(ctx context.Context, b block, spots []spot, older int64) (enough bool, err error) {
	if w.after != nil && !b.mixed && blockOf(w.after.Story) == b.number {
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
			return false, err
		}
		w.looked += n
		spots = spots[n:]
		var last *hit // nothing else of this block comes before it
		if len(spots) > 0 && len(hits) > 0 {
			last = &hits[len(hits)-1]
			last = &hit{spot: last.spot, at: last.at}
		}
		if n > 0 && len(hits) == 0 && len(spots) > 0 {
			continue // all of them forgotten meanwhile
		}
		if hits, err = w.keep(ctx, hits); err != nil {
			return false, err
		}
		w.ready = append(w.ready, hits...)
		slices.SortFunc(w.ready, compareHits)
		settled := 0
		for settled < len(w.ready) && w.ready[settled].at > older &&
			(last == nil || compareHits(w.ready[settled], *last) <= 0) {
			settled++
		}
		if settled > 0 {
			if enough, err := w.take(ctx, w.ready[:settled]); err != nil || enough {
				return enough, err
			}
			w.ready = w.ready[settled:]
		}
		if len(spots) == 0 {
			break // what is ready waits for the next block
		}
	}
	return false, nil
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
