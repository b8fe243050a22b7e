// Package ground checks statements against an article, locally and without a model.
//
// [Check] takes a claim and an article and returns a [Verdict]: whether the article bears the claim out,
// how well (0..1), and what is wrong with it, in kinds and the words concerned. [Prepare] reads an
// article once so that many claims can be held against it, some thousands a second.
//
// Some things can be told exactly: words in quotation marks that the article doesn't hold in that form,
// typographic variants aside; quantities that it lacks, also when written out, scaled ("3.5m") or
// rounded; names that it lacks; an office that it gives to somebody else; a negation on one side only, at the place
// that the words are taken from. Each is a [Reason], and a claim with one is never supported. The rest is a matter of degree: how the claim can be made
// of the article's sentences, in how many pieces, with what left out and what new, and how far apart in the
// article the words stand that the claim puts together. Learnt trees (model.txt, rebuilt by the command in train)
// make one probability of all of it.
//
// How much of it is needed depends on what can be told exactly. Where names are written without capitals, as in text
// that went through a program, nobody can tell that one is missing; there a claim that is cut out of the article
// and joined again must reach a higher score. So must whatever is printed.
//
// A sentence that states nothing about the article's matter, because it only leads into the next ("In
// short:") or speaks of the text itself ("The passage covers two topics"), is supported, but not printable.
//
// It is a check of words, not of sense: it knows no synonyms, and a claim in another language than the
// article's fails. What is printed must be better borne out than what a person asked about, because a point
// that is dropped costs little: see [Verdict.Printable].
package ground

import (
	"math"
	"slices"
	"strings"

	"newsdesk/article"
	"newsdesk/summarize/logistic"
)

// Verdict is the outcome of a check.
type Verdict struct {
	Supported bool
	Score     float64  // 0..1, how well the article bears the claim out
	Reasons   []Reason // what is wrong, the gravest kind first; there may be some although it is supported
	printable bool     // its odds reach what printing takes
	empty     bool     // it states nothing
}

// Printable reports whether the claim may be shown as what the article says: well borne out, and with nothing
// in it that can be named as wrong.
func (v Verdict) Printable() bool { return v.Supported && !v.empty && v.printable }

// Check holds claim against a. If sentences are cited, the claim must stand in them: see [Source.Check].
func Check(claim string, a *article.Article, cited ...article.Span) Verdict {
	return Prepare(a).Check(claim, cited...)
}

// Check holds claim against the source. A claim that cites stretches of the article and finds less
// than half of what the article holds of it there, or in the sentences beside them, is unsupported:
// whoever follows the citation would not find it.
func (s *Source) Check(claim string, cited ...article.Span) Verdict {
	c := s.read(claim)
	if len(c.words) == 0 {
		return Verdict{}
	}
	v := Verdict{Score: 1, Supported: true, Reasons: s.reasons(c), empty: c.empty()}
	if !v.empty { // what states nothing can't be wrong
		v.judge(s, c)
	}
	if len(v.Reasons) > 0 {
		v.Supported = false // one false word makes a sentence false, however well the rest is borne out
		v.Score *= named
	}
	if v.printable && v.Supported { // what is printed must not say more, nor mix
		if word := s.surer(c); word != "" {
			v.printable = false
			v.Reasons = append(v.Reasons, Reason{Surer, word})
		} else if words := s.misdescribed(c); words != "" {
			v.printable = false
			v.Reasons = append(v.Reasons, Reason{Role, words})
		} else if s.turned(c) || s.mixesNumbers(c) {
			v.printable = false
			v.Reasons = append(v.Reasons, Reason{Kind: Stitched})
		}
	}
	if len(cited) > 0 && !s.cites(c, cited) {
		v.Supported = false
		v.Reasons = append(v.Reasons, Reason{Kind: Elsewhere})
	}
	if !v.Supported && len(v.Reasons) == 0 {
		v.Reasons = append(v.Reasons, s.unborne(c))
	}
	return v
}

// adds is how much more of a claim a second sentence must hold to bear it together with the first.
const adds = 0.15

// Bearing returns the sentences of the article that hold most of a claim, one or two, in their order; none if it
// holds nothing of it. It is for a claim that doesn't say what it rests on, and says nothing about whether it is true.
func (s *Source) Bearing(text string) []article.Span {
	c := s.read(text)
	var out []article.Span
	if c.covered == 0 {
		return out
	}
	best := c.best[:1]
	if c.joined-c.covered >= adds {
		best = c.best
	}
	for _, n := range best {
		if sent := s.sentences[n]; sent.End > sent.Start { // the title is no part of the text
			out = append(out, sent.Span)
		}
	}
	return out
}

// about is the share of a claim that the article must speak of at least to count as its subject.
const about = 0.5

// named is what is left of a claim's score if something in it can be named as wrong.
const named = 0.25

// judge sets the score of c. The learnt probability knows only claims about their article; the less of a claim
// the article speaks of, the less of it is left.
func (v *Verdict) judge(s *Source, c *claim) {
	m := model()
	x := s.vector(c)
	v.Score = logistic.Probability(m.borne.Log(x)) * min(1, c.whole/about)
	log := math.Log(v.Score / (1 - v.Score))
	v.Supported = log >= m.needed(x, s.nameless && c.nameless())
	v.printable = log >= m.printed(x)
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
