package redis

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
)

// people are the speakers of a guild, as far as one change concerns them: those who are named in its stories
// and those whom a name of them may join. They are read, changed in memory, and written with the rest of
// the change.
type people struct {
	g        guildKeys
	spelling map[string]int64 // name → speaker's number, 0 for a name that is new to the guild
	persons  map[int64]*person
	last     int64 // the highest number given
}

func newPeople(g guildKeys, last int64) *people {
	return &people{g: g, spelling: map[string]int64{}, persons: map[int64]*person{}, last: last}
}

// person is one speaker.
type person struct {
	number int64
	before map[string]int // spellings → quotes, as they are kept
	counts map[string]int // as they will be
}

// perWord is how many speakers are considered for one word of a name.
const perWord = 500

// know reads what the server knows of the speakers who go by names, unless that is known already.
func (p *people) know(ctx context.Context, tx *goredis.Tx, names []string) error {
	names = slices.DeleteFunc(names, func(name string) bool { _, known := p.spelling[name]; return known })
	if len(names) == 0 {
		return nil
	}
	known, err := tx.HMGet(ctx, p.g.spellings(), names...).Result()
	if err != nil {
		return err
	}
	wanted := map[int64]bool{}
	var words []string
	for i, name := range names {
		text, ok := known[i].(string)
		if !ok {
			p.spelling[name] = 0
			words = append(words, cache.SpeakerWords(name)...)
			continue
		}
		number, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return fmt.Errorf("speaker of %q: %w", name, cache.ErrCorrupt)
		}
		p.spelling[name] = number
		wanted[number] = true
	}
	numbers, err := speakersByWord(ctx, tx, p.g, words)
	if err != nil {
		return err
	}
	for _, n := range numbers {
		wanted[n] = true
	}
	maps.DeleteFunc(wanted, func(n int64, _ bool) bool { return p.persons[n] != nil })
	persons, err := readPersons(ctx, tx, p.g, wanted)
	maps.Copy(p.persons, persons)
	return err
}

// speakersByWord lists the speakers who have any of words in their name.
func speakersByWord(ctx context.Context, c goredis.Cmdable, g guildKeys, words []string) ([]int64, error) {
	slices.Sort(words)
	words = slices.Compact(words)
	if len(words) == 0 {
		return nil, nil
	}
	pipe := c.Pipeline()
	found := make([]*goredis.StringSliceCmd, len(words))
	for i, w := range words {
		found[i] = pipe.ZRangeByLex(ctx, g.parts(), &goredis.ZRangeBy{Min: "[" + w + "\x00", Max: "(" + w + "\x01", Count: perWord})
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, err
	}
	var numbers []int64
	for _, f := range found {
		for _, m := range f.Val() {
			number, err := strconv.ParseInt(m[strings.IndexByte(m, 0)+1:], 10, 64)
			if err != nil {
				return nil, fmt.Errorf("part of a name %q: %w", m, cache.ErrCorrupt)
			}
			numbers = append(numbers, number)
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers), nil
}

func readPersons(ctx context.Context, c goredis.Cmdable, g guildKeys, wanted map[int64]bool) (map[int64]*person, error) {
	if len(wanted) == 0 {
		return map[int64]*person{}, nil
	}
	pipe := c.Pipeline()
	found := map[int64]*goredis.MapStringStringCmd{}
	for n := range wanted {
		found[n] = pipe.HGetAll(ctx, g.speaker(n))
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, err
	}
	persons := map[int64]*person{}
	for n, f := range found {
		p := &person{number: n, before: map[string]int{}, counts: map[string]int{}}
		for name, text := range f.Val() {
			count, err := strconv.Atoi(text)
			if err != nil {
				return nil, fmt.Errorf("quotes of %q: %w", name, cache.ErrCorrupt)
			}
			p.before[name], p.counts[name] = count, count
		}
		if len(p.before) > 0 {
			persons[n] = p
		}
	}
	return persons, nil
}

// drop counts one quote less under a name, and returns whose it was.
func (p *people) drop(name string) int64 {
	number := p.spelling[name]
	if who := p.persons[number]; who != nil {
		who.counts[name]--
	}
	return number
}

// add counts one quote more under a name, and returns whose it is: that of the speaker who goes by it,
// else of the most quoted who is the same person under every spelling, else of a new one.
func (p *people) add(name string) int64 {
	number := p.spelling[name]
	who := p.persons[number]
	if who == nil {
		if who = p.join(name); who == nil {
			p.last++
			who = &person{number: p.last, before: map[string]int{}, counts: map[string]int{}}
			p.persons[who.number] = who
		}
		p.spelling[name] = who.number
	}
	who.counts[name]++
	return who.number
}

func (p *people) join(name string) *person {
	var best *person
	words := cache.SpeakerWords(name)
	for _, who := range p.persons {
		spellings := who.spellings()
		if !cache.Joins(name, spellings) || !shareWord(words, spellings) || best != nil && !who.precedes(best) {
			continue
		}
		best = who
	}
	return best
}

func shareWord(words []string, spellings []cache.Spelling) bool {
	for _, s := range spellings {
		for _, w := range cache.SpeakerWords(s.Name) {
			if slices.Contains(words, w) {
				return true
			}
		}
	}
	return false
}

// precedes reports whether who is listed before other: most quoted first, then by name.
func (who *person) precedes(other *person) bool {
	if a, b := who.quotes(), other.quotes(); a != b {
		return a > b
	}
	if a, b := cache.Shown(who.spellings()), cache.Shown(other.spellings()); a != b {
		return a < b
	}
	return who.number < other.number
}

// spellings are the names that have quotes, sorted.
func (who *person) spellings() []cache.Spelling { return spellingsOf(who.counts) }

func spellingsOf(counts map[string]int) []cache.Spelling {
	var all []cache.Spelling
	for name, n := range counts {
		if n > 0 {
			all = append(all, cache.Spelling{Name: name, Count: n})
		}
	}
	slices.SortFunc(all, func(a, b cache.Spelling) int { return strings.Compare(a.Name, b.Name) })
	return all
}

func (who *person) quotes() int {
	n := 0
	for _, count := range who.counts {
		n += count
	}
	return n
}

// write puts what has changed into a transaction.
func (p *people) write(ctx context.Context, pipe goredis.Pipeliner) {
	for number, who := range p.persons {
		changed := false
		for name, count := range who.counts {
			was := who.before[name]
			if count == was {
				continue
			}
			changed = true
			if count <= 0 {
				pipe.HDel(ctx, p.g.speaker(number), name)
				pipe.HDel(ctx, p.g.spellings(), name)
				continue
			}
			pipe.HSet(ctx, p.g.speaker(number), name, count)
			if was == 0 {
				pipe.HSet(ctx, p.g.spellings(), name, number)
			}
		}
		if !changed {
			continue
		}
		key := strconv.FormatInt(number, 10)
		before, after := wordsOf(spellingsOf(who.before)), wordsOf(who.spellings())
		for w := range before {
			if !after[w] {
				pipe.ZRem(ctx, p.g.parts(), w+"\x00"+key)
			}
		}
		for w := range after {
			if !before[w] {
				pipe.ZAdd(ctx, p.g.parts(), goredis.Z{Member: w + "\x00" + key})
			}
		}
		begun, begin := beginningsOf(before), beginningsOf(after)
		for letters := range begun {
			if !begin[letters] {
				pipe.ZRem(ctx, p.g.begin(letters), key)
			}
		}
		for letters := range begin {
			pipe.ZAdd(ctx, p.g.begin(letters), goredis.Z{Score: float64(who.quotes()), Member: key})
		}
		if len(after) == 0 && who.quotes() <= 0 {
			pipe.ZRem(ctx, p.g.most(), key)
			pipe.HDel(ctx, p.g.names(), key)
			continue
		}
		pipe.ZAdd(ctx, p.g.most(), goredis.Z{Score: float64(who.quotes()), Member: key})
		pipe.HSet(ctx, p.g.names(), key, cache.Shown(who.spellings()))
	}
}

func wordsOf(spellings []cache.Spelling) map[string]bool {
	words := map[string]bool{}
	for _, s := range spellings {
		for _, w := range cache.SpeakerWords(s.Name) {
			words[w] = true
		}
	}
	return words
}

// beginningsOf are the first one and two letters of words.
func beginningsOf(words map[string]bool) map[string]bool {
	all := map[string]bool{}
	for w := range words {
		if strings.HasPrefix(w, "~") { // how it sounds
			continue
		}
		letters := []rune(w)
		all[string(letters[:min(1, len(letters))])] = true
		all[string(letters[:min(2, len(letters))])] = true
	}
	return all
}

// numbersOf lists the speakers who go by any of names.
func numbersOf(ctx context.Context, c goredis.Cmdable, g guildKeys, names []string) ([]int64, error) {
	found, err := c.HMGet(ctx, g.spellings(), names...).Result()
	if err != nil && !errors.Is(err, goredis.Nil) {
		return nil, err
	}
	var numbers []int64
	for _, f := range found {
		text, ok := f.(string)
		if !ok {
			continue
		}
		number, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("speaker %q: %w", text, cache.ErrCorrupt)
		}
		numbers = append(numbers, number)
	}
	slices.Sort(numbers)
	return slices.Compact(numbers), nil
}
