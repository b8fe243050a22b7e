package ground

import "strings"

// seams counts what an alignment joins, leaves out and takes from nowhere.
type seams struct {
	content, function float64 // words from nowhere
	unknown           float64 // content words from nowhere that the article hasn't got in any form
	weight            float64 // of the content words from nowhere
	relations         float64 // words from nowhere that relate one thing to another: "because", "after", "first"
	leftOut           float64 // content words left out inside of sentences
	sentences         float64 // that words are taken from
	longest           float64 // words in the longest run that is taken as it stands
}

// seamsOf walks along the alignment of c.
func (s *Source) seamsOf(c *claim) seams {
	var m seams
	own := stemsOf(c.words)
	from := map[int]bool{}
	last, run := -1, 0.0
	for i, place := range c.made.from {
		if place < 0 {
			s.countNew(c, i, &m)
			run = 0
			continue
		}
		from[s.sentenceOf(place)] = true
		before := -1
		if last >= 0 {
			before = c.made.from[last]
		}
		switch {
		case last >= 0 && last == i-1 && place == before+1:
			run++
		case last >= 0 && place > before && s.sentenceOf(place) == s.sentenceOf(before):
			m.leftOut += s.dropped(own, before+1, place, len(s.words))
			run = 1
		default:
			run = 1
		}
		m.longest = max(m.longest, run)
		last = i
	}
	m.sentences = float64(len(from))
	return m
}

// countNew counts word i of c, which is taken from nowhere.
func (s *Source) countNew(c *claim, i int, m *seams) {
	w := c.words[i]
	if relations[w.Lower] {
		m.relations++
	}
	if w.Function {
		m.function++
		return
	}
	m.content++
	m.weight += s.weight(w.Stem)
	if !c.known[i] {
		m.unknown++
	}
}

// dropped returns how many content words that are not in own stand in words[from:to], at most most.
func (s *Source) dropped(own map[string]bool, from, to, most int) float64 {
	n := 0
	for k := from; k < to && n < most; k++ {
		if w := s.words[k]; !w.Function && !own[w.Stem] {
			n++
		}
	}
	return float64(n)
}

// marked reports whether a mark or the sentence's end follows word i of the evidence.
func (s *Source) marked(i int) bool {
	if i+1 >= len(s.words) || s.sentenceOf(i) != s.sentenceOf(i+1) {
		return true
	}
	return i >= s.sentences[0].end && hasMark(s.article.Text[s.words[i].End:s.words[i+1].Start])
}

// markedBefore reports whether c has a mark, or its start, before word i.
func (c *claim) markedBefore(i int) bool {
	return i == 0 || hasMark(c.text[c.words[i-1].End:c.words[i].Start])
}

// hasMark reports whether what stands between two words parts them.
func hasMark(between string) bool {
	return strings.ContainsAny(between, ",.;:!?()\"“”„«»—–`")
}
