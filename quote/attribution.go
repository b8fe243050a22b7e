package quote

import (
	"slices"

	"newsdesk/article"
)

// This file asks, of every stretch in marks, which mention nearby said it: it gathers the candidates
// and tells the ranker about each of them.

// nobody is the candidate that stands for "no one is said to have said this".
const nobody = int32(-1)

// reach says how many paragraphs before a quotation are searched for its speaker.
const reach = 2

// candidates appends the mentions that may name the speaker of quotation q, nobody first.
func (r *reading) candidates(out []int32, q int, prev int32) []int32 {
	quoted := &r.quotes[q]
	p := int32(quoted.paragraph)
	if !r.speaksAlone(q) {
		out = append(out, nobody)
	}
	lo, hi := r.mentionsOf(p)
	split := r.mentionFrom(quoted.from)
	for m := max(lo, split-14); m < min(hi, split+10); m++ {
		if !r.isLikePlace(m) {
			out = append(out, m)
		}
	}
	limit := int32(8)
	for d := int32(1); d <= reach && p-d >= 0; d++ {
		lo, hi := r.mentionsOf(p - d)
		for m := max(lo, hi-limit); m < hi; m++ {
			if !r.isLikePlace(m) {
				out = append(out, m)
			}
		}
		limit = 5
	}
	if int(p)+2 < len(r.first) {
		lo, hi := r.mentionsOf(p + 1)
		for m := lo; m < min(hi, lo+3); m++ {
			out = append(out, m)
		}
	}
	if m := r.protagonist(quoted.from); m >= 0 && !slices.Contains(out, m) {
		out = append(out, m)
	}
	if prev >= 0 && !slices.Contains(out, prev) {
		out = append(out, prev)
	}
	if len(out) == 0 {
		out = append(out, nobody)
	}
	return out
}

// isLikePlace reports whether mention m is of a name that only ever stands where places do, in a language whose
// prepositions tell it.
func (r *reading) isLikePlace(m int32) bool {
	e := r.mentions[m].entity
	return r.lex.gendered && e >= 0 && r.mentions[m].kind == named && r.entities[e].isLikePlace()
}

// protagonist returns the last mention by name, before token k, of the person whom the article names most;
// nobody if that is no person. In an interview, or a portrait, what stands alone is theirs.
func (r *reading) protagonist(k int32) int32 {
	i, _ := slices.BinarySearchFunc(r.hero, k, func(m, k int32) int { return int(r.mentions[m].from - k) })
	if i == 0 {
		return nobody
	}
	return r.hero[i-1]
}

// speaksAlone reports whether the quotation is a paragraph of its own of some words: nobody prints
// that without a speaker, though he may stand paragraphs before.
func (r *reading) speaksAlone(q int) bool {
	quoted := &r.quotes[q]
	p := quoted.paragraph
	k := r.article.Paragraphs[p].Kind
	return quoted.from == r.first[p] && quoted.to == r.first[p+1] && quoted.to-quoted.from > 8 && k != article.Heading && k != article.Standfirst && k != article.Caption
}

// mentionsOf returns the range of the mentions of paragraph p.
func (r *reading) mentionsOf(p int32) (lo, hi int32) {
	return r.mentionFrom(r.first[p]), r.mentionFrom(r.first[p+1])
}

// mentionFrom returns the index of the first mention at or after token k.
func (r *reading) mentionFrom(k int32) int32 {
	lo, hi := 0, len(r.mentions)
	for lo < hi {
		mid := (lo + hi) / 2
		if r.mentions[mid].from < k {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return int32(lo)
}
