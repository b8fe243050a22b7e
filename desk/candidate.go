package desk

import (
	"slices"
	"strings"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/desk/evidence"
	"newsdesk/quote"
	"newsdesk/quote/name"
)

// How much of a question's weight its answer must hold; see [evidence.Hit].
const (
	enoughSaid     = 0.5  // of what somebody said, in the quote and around it
	enoughWho      = 0.6  // of what is looked for, mostly in the quote itself
	enoughOwn      = 0.4  // and so much of it in the quote alone
	enoughSentence = 0.7  // of any other question, mostly in the sentence itself
	enoughFact     = 0.55 // of a question for a fact, in a sentence that holds one, or around it

	// besideCounted is how much less is enough where a number stands beside the very thing that was to be counted.
	besideCounted = 0.2
	// asGood is the share of the best one's score from which a further quote or sentence is shown.
	asGood = 0.5
)

// candidate is a quote with the story that it stands in.
type candidate struct {
	quote cache.FiledQuote
	story *cache.Story
}

// choice says of a story which of its quotes are meant.
type choice func(*cache.Story) func(quote.Quote) bool

func anybody(*cache.Story) func(quote.Quote) bool { return func(quote.Quote) bool { return true } }
func nobody(*cache.Story) func(quote.Quote) bool  { return func(quote.Quote) bool { return false } }

// candidates gathers the quotes that are meant.
func candidates(stories []cache.Story, choose choice) []candidate {
	var out []candidate
	for i := range stories {
		chosen := choose(&stories[i])
		for _, q := range stories[i].Quotes {
			if chosen(q) {
				out = append(out, candidate{stories[i].Filed(q), &stories[i]})
			}
		}
	}
	return out
}

// passages are what the evidence is ranked by.
func passages(cs []candidate) []evidence.Passage {
	out := make([]evidence.Passage, 0, len(cs))
	for _, c := range cs {
		p := evidence.Passage{Text: c.quote.Text, Around: around(&c.story.Article, c.quote.Start), Title: c.quote.Title, Language: c.story.Article.Language}
		if c.quote.Kind == quote.Indirect {
			p.Weight = 0.7 // a reporter's words, where the speaker's own are at hand
		}
		out = append(out, p)
	}
	return out
}

// around is the paragraph of a place in an article.
func around(a *article.Article, at int) string {
	if i := a.ParagraphAt(at); i >= 0 {
		return a.Slice(a.Paragraphs[i].Span)
	}
	return ""
}

// quoted ranks quotes that hold what somebody is asked to have said.
func quoted(asked evidence.Question, cs []candidate) []candidate {
	// The words of a statement may stand in part in the sentence that leads to it.
	return best(asked, cs, func(h evidence.Hit) bool {
		return h.Covered >= enoughOwn && (h.Covered+h.Touching)/2 >= enoughWho
	})
}

// said finds what the speaker asked about has said on the topic.
func said(asked evidence.Question, stories []cache.Story) []candidate {
	cs := candidates(stories, speaking(asked.Speaker, stories))
	if len(asked.Terms()) == 0 {
		return bySubstance(cs)
	}
	return best(asked, cs, func(h evidence.Hit) bool { return h.Touching >= enoughSaid })
}

// best ranks the candidates that hold enough of a question, and leaves out those far behind the first.
func best(asked evidence.Question, cs []candidate, enough func(evidence.Hit) bool) []candidate {
	var out []candidate
	first := 0.0
	for _, h := range evidence.Rank(asked, passages(cs)) {
		if enough(h) && h.Score >= asGood*first {
			first = max(first, h.Score)
			out = append(out, cs[h.Index])
		}
	}
	return out
}

// speaking returns whose quotes are meant by what was typed, in each story: those of that name; if nobody anywhere
// has it, those whom the article describes so ("NATO's chief"); if nobody is, those whose name it nearly
// is.
func speaking(typed string, stories []cache.Story) choice {
	if typed == "" {
		return anybody
	}
	byName := func(fits func(full string) bool) choice {
		return func(*cache.Story) func(quote.Quote) bool {
			return func(q quote.Quote) bool { return sure(q) && fits(q.Speaker) }
		}
	}
	described := func(s *cache.Story) func(quote.Quote) bool {
		fitting := describedAs(typed, s)
		return func(q quote.Quote) bool { return sure(q) && fitting[q.Speaker] }
	}
	asked := name.Asked(typed)
	for _, choose := range []choice{byName(asked.Fits), described, byName(asked.FitsLoosely)} {
		if len(candidates(stories, choose)) > 0 {
			return choose
		}
	}
	return nobody
}

// sure reports whether a quote may be shown as its speaker's: a name that is more likely wrong than right
// would put words into somebody's mouth.
func sure(q quote.Quote) bool { return q.Speaker != "" && q.Confidence >= quote.Sure }

// describedAs returns the speakers of a story whom its article describes as asked.
func describedAs(asked string, s *cache.Story) map[string]bool {
	mentions := make(map[string][]string)
	for _, q := range s.Quotes {
		if q.Speaker == "" {
			continue
		}
		mentions[q.Speaker] = append(mentions[q.Speaker], "")
		if q.Mention != nil {
			mentions[q.Speaker] = append(mentions[q.Speaker], q.Mention.Text)
		}
	}
	fitting := make(map[string]bool)
	for speaker, ms := range mentions {
		fitting[speaker] = evidence.Describe(s.Article.Text, speaker, ms).Fits(asked)
	}
	return fitting
}

// bySubstance orders the quotes of a speaker who is asked about without a topic: the newest story first,
// in it quotations before reported statements, the one that says most first.
func bySubstance(cs []candidate) []candidate {
	substance := func(c candidate) (rank, length int) {
		if c.quote.Kind == quote.Indirect {
			rank = 1
		}
		return rank, len(strings.Fields(c.quote.Text))
	}
	out := append([]candidate(nil), cs...)
	slices.SortStableFunc(out, func(a, b candidate) int {
		if c := b.quote.FiledAt.Compare(a.quote.FiledAt); c != 0 {
			return c
		}
		ra, la := substance(a)
		rb, lb := substance(b)
		if ra != rb {
			return ra - rb
		}
		return lb - la
	})
	return out
}
