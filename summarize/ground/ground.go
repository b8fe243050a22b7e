// Package ground checks statements against an article, locally and without a model.
//
// [Check] takes a claim and an article and returns a [Verdict]: whether the article bears the claim out,
// how well (0..1), and what is wrong with it, in kinds and the words concerned. [Prepare] reads an
// article once so that many claims can be held against it, some thousands a second.
//
// Some things can be told exactly: words in quotation marks that the article doesn't hold in that form,
// typographic variants aside; quantities that it lacks, also when written out, scaled ("3.5m") or
// rounded; names that it lacks; a negation on one side only. Each is a [Reason]. The rest is a matter of
// degree: how much of the claim stands in one or two sentences, in which order, in how many pieces, how
// far apart in the article the words stand that the claim puts together. A learnt model (weights.txt,
// rebuilt by the command in train) makes one probability of all of it.
//
// A sentence that states nothing about the article's matter, because it only leads into the next ("In
// short:") or speaks of the text itself ("The passage covers two topics"), is supported, but not printable.
//
// It is a check of words, not of sense: it knows no synonyms, and a claim in another language than the
// article's fails. What is printed must reach [Strict], because a point that is dropped costs little;
// what a person asked about is answered by the milder threshold behind Verdict.Supported.
package ground

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"newsdesk/article"
	"newsdesk/summarize/logistic"
)

//go:embed weights.txt
var weights string

// model is the learnt scorer.
var model = sync.OnceValue(func() *logistic.Model {
	m, err := logistic.Parse(weights, Features)
	if err != nil {
		panic("ground: " + err.Error()) // the file is part of the program, and a test reads it
	}
	return m
})

// The thresholds of a score.
const (
	Supported = 0.62 // at least: the article bears the claim out; fewer than one true claim in ten falls below
	Strict    = 0.72 // at least: may be printed
)

// Verdict is the outcome of a check.
type Verdict struct {
	Supported bool
	Score     float64  // 0..1, how well the article bears the claim out
	Reasons   []Reason // what is wrong, the gravest kind first; there may be some although it is supported
	empty     bool     // it states nothing
}

// Printable reports whether the claim may be shown as what the article says: well borne out, and with no
// false quotation, foreign number or foreign name in it.
func (v Verdict) Printable() bool {
	return v.Supported && !v.empty && v.Score >= Strict
}

// Check holds claim against a. If sentences are cited, the claim must stand in them: see [Source.Check].
func Check(claim string, a *article.Article, cited ...article.Span) Verdict {
	return Prepare(a).Check(claim, cited...)
}

// Check holds claim against the source. A claim that cites stretches of the article and finds less
// than half of what the article holds of it there, or in the sentences beside them, is unsupported:
// whoever follows the citation would not find it.
func (s *Source) Check(claim string, cited ...article.Span) Verdict {
	c := s.read(claim)
	found := s.reasons(c)
	v := Verdict{Score: s.score(c), Reasons: found, empty: c.empty()}
	if len(c.words) == 0 {
		return Verdict{}
	}
	if len(found) > 0 {
		v.Score *= Supported / 2 // one false word makes a sentence false, however well the rest is borne out
	}
	v.Supported = v.Score >= Supported
	if len(cited) > 0 && !s.cites(c, cited) {
		v.Supported = false
		v.Reasons = append(v.Reasons, Reason{Kind: Elsewhere})
	}
	if !v.Supported && len(v.Reasons) == 0 {
		v.Reasons = append(v.Reasons, s.unborne(c))
	}
	return v
}

// about is the share of a claim that the article must speak of at least to count as its subject.
const about = 0.5

// score returns how well the article bears c out. The learnt probability knows only claims about their
// article; the less of a claim the article speaks of, the less of it is left. What states nothing can't be
// wrong.
func (s *Source) score(c *claim) float64 {
	if c.empty() {
		return 1
	}
	return logistic.Probability(model().Log(s.vector(c))) * min(1, c.whole/about)
}

// cites reports whether the cited stretches hold at least half of what the article holds of c.
func (s *Source) cites(c *claim, cited []article.Span) bool {
	near := map[string]bool{}
	for i, sent := range s.sentences {
		if !slices.ContainsFunc(cited, sent.Overlaps) {
			continue
		}
		for j := max(0, i-1); j <= min(i+1, len(s.sentences)-1); j++ {
			for stem := range s.sentences[j].stems {
				near[stem] = true
			}
		}
	}
	there, all := 0.0, 0.0
	for _, i := range c.content {
		stem := c.words[i].Stem
		if len(s.at[stem]) == 0 {
			continue
		}
		all += s.weight(stem)
		if near[stem] {
			there += s.weight(stem)
		}
	}
	return there >= all/2
}

// unborne says what a claim lacks that failed by degrees: the words that the article doesn't have, or
// else that it puts together what the article doesn't.
func (s *Source) unborne(c *claim) Reason {
	var words []string
	for _, i := range c.content {
		if !c.known[i] {
			words = append(words, c.text[c.words[i].Start:c.words[i].End])
		}
	}
	if len(words) == 0 {
		return Reason{Kind: Stitched}
	}
	return Reason{Kind: Unborne, Words: strings.Join(words, " ")}
}
