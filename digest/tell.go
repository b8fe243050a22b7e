package digest

import (
	"cmp"
	"slices"
	"strings"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/quote"
	"newsdesk/summarize"
)

// tell makes the story of some items.
func tell(members []int, items []Item, traces []*trace) Story {
	members = bestFirst(members, items, traces)
	s := Story{Fed: true}
	for _, i := range members {
		s.Items = append(s.Items, items[i])
		s.Fed = s.Fed && items[i].fed()
		for _, share := range items[i].Shares {
			if _, brought := share.Feed(); share.By != "" && !brought && !slices.Contains(s.SharedBy, share.By) {
				s.SharedBy = append(s.SharedBy, share.By)
			}
		}
	}
	main := &s.Items[0].Story
	s.Headline = headline(main)
	s.Sentence = sentence(main, members, traces)
	told := quotes(s.Items, traces, members)
	if len(told) > 0 {
		s.Quote = &told[0].FiledQuote
	}
	s.Voices = voices(told)
	quotation := ""
	if s.Quote != nil {
		quotation = strings.Join(strings.Fields(s.Quote.Text), " ")
	}
	s.Only = only(s.Items, s.Sentence.Text, quotation)
	return s
}

// bestFirst orders members by how well they tell the story: whole articles before parts, then by how much they are like
// the others, then the longer first.
func bestFirst(members []int, items []Item, traces []*trace) []int {
	score := func(i int) float64 {
		sum := 0.0
		for _, j := range members {
			if i != j {
				sum += alike(traces[i], traces[j])
			}
		}
		if len(members) > 1 {
			sum /= float64(len(members) - 1)
		}
		if items[i].Story.Article.Partial != article.Whole {
			sum--
		}
		return sum
	}
	scores := make(map[int]float64, len(members))
	for _, i := range members {
		scores[i] = score(i)
	}
	return slices.SortedStableFunc(slices.Values(members), func(a, b int) int {
		return cmp.Or(higher(scores[a], scores[b]), len(items[b].Story.Article.Text)-len(items[a].Story.Article.Text))
	})
}

// nearly is a difference between two scores that says nothing.
const nearly = 1e-9

// higher puts the higher of two scores first.
func higher(a, b float64) int {
	switch {
	case a > b+nearly:
		return -1
	case a < b-nearly:
		return 1
	}
	return 0
}

// headline is what a story is called: the article's title, else what its summary is headed with.
func headline(s *cache.Story) string {
	for _, text := range []string{s.Article.Title, s.Summary.Headline} {
		if text = strings.Join(strings.Fields(text), " "); text != "" {
			return text
		}
	}
	return ""
}

// long is from how many bytes on a sentence is long for a digest.
const long = 320

// sentence is the point of the main article's summary that is most the story's: its words are those of the titles and
// first paragraphs of all its articles. A long one needs to be better.
func sentence(main *cache.Story, members []int, traces []*trace) summarize.Point {
	var best summarize.Point
	most := -1.0
	for _, point := range main.Summary.Points {
		v := vectorOf(point.Text, traces[members[0]].language)
		score := 0.0
		for _, i := range members {
			score += coverage(traces[i].vectors[lead], v) + coverage(traces[i].vectors[title], v)
		}
		if len(point.Text) > long {
			score /= 2
		}
		if score > most {
			best, most = point, score
		}
	}
	return best
}

// coverage is how much of what an article's vector weighs stands in a text, 0..1.
func coverage(of, text vector) float64 {
	all, have := 0.0, 0.0
	for _, t := range of.terms {
		all += t.weight
	}
	inCommon(of, text, func(t, _ term) { have += t.weight })
	if all == 0 {
		return 0
	}
	return have / all
}

// toldQuote is a quotation of a story with how telling it is.
type toldQuote struct {
	cache.FiledQuote
	score float64
}

// What makes a quotation telling.
const (
	fewWords  = 6
	manyWords = 45
)

// quotes are the quotations of a story whose speaker is known by name, the most telling first, none twice in a row. Telling is
// what several outlets print, what speaks of the story's matter, a whole sentence, and neither a scrap nor a speech.
func quotes(items []Item, traces []*trace, members []int) []toldQuote {
	var out []toldQuote
	for n := range items {
		s := &items[n].Story
		for _, q := range s.Quotes {
			count := article.CountWords(q.Text)
			if q.Kind == quote.Indirect || q.Confidence < quote.Sure || q.Speaker == "" || isDescription(q.Speaker) || count < fewWords || count > manyWords {
				continue
			}
			said := vectorOf(q.Text, s.Article.Language)
			t := toldQuote{s.Filed(q), q.Confidence}
			if q.Kind == quote.Direct {
				t.score += 0.5
			}
			for m, i := range members {
				t.score += coverage(traces[i].vectors[title], said)
				if m != n && strings.Contains(items[m].Story.Article.Text, q.Text) {
					t.score += 0.5
				}
			}
			out = append(out, t)
		}
	}
	slices.SortStableFunc(out, func(a, b toldQuote) int { return higher(a.score, b.score) })
	return slices.CompactFunc(out, func(a, b toldQuote) bool { return a.Text == b.Text })
}
