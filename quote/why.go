package quote

import (
	"slices"

	"newsdesk/article"
)

// Way is how words of an article lead to whom they mean.
type Way string

// The ways.
const (
	ByName       Way = "name"       // they are the name, in the fullest form that the article gives
	ByPart       Way = "part"       // they are a part of a name that stands in full elsewhere
	ByGrammar    Way = "grammar"    // a relative pronoun goes on from the words before it
	ByApposition Way = "apposition" // a description stands beside the name
	ByWriter     Way = "writer"     // a document is somebody's whom the words beside it name
	ByRole       Way = "role"       // the article gives one person that role, by name
	ByNoun       Way = "noun"       // a body or a document is known again by the noun of its longer name
	ByContext    Way = "context"    // of all whom the text has in view there and the words fit, the likeliest
	ByEcho       Way = "echo"       // the same words stand elsewhere in the article, with their speaker
	Described    Way = "described"  // the article gives no name: they are the description
)

// Step is one step from the words beside a quotation to its speaker: from words of the article, first the
// quotation's mention, to others, or to the same where they are the name itself.
type Step struct {
	Way       Way     `json:"way"`
	From      Mention `json:"from"`
	To        Mention `json:"to"`
	Paragraph int     `json:"paragraph"` // of To; index into the article's Paragraphs
}

// Explain returns the steps that [Find] took from the words beside the i-th of an article's quotes to its
// speaker. It reads the article again and follows what the engine then does, so it tells no story that was made
// up afterwards; ok is false where the engine, newer or older than the one that found the quote, now comes to
// another speaker, and where there is none.
func Explain(a *article.Article, quotes []Quote, i int) (steps []Step, ok bool) {
	return builtin().Explain(a, quotes, i)
}

// Explain is the function Explain with these rankers.
func (k *Rankers) Explain(a *article.Article, quotes []Quote, i int) (steps []Step, ok bool) {
	q := &quotes[i]
	if q.Mention == nil && q.Speaker != "" {
		j := echoed(quotes, foldAll(quotes), i)
		if j < 0 || quotes[j].Speaker != q.Speaker {
			return nil, false
		}
		o := &quotes[j]
		steps, q = append(steps, Step{ByEcho, Mention{q.Text, q.Span}, Mention{o.Text, o.Span}, o.Paragraph}), o
	}
	if q.Mention == nil {
		return nil, false
	}
	r := k.read(a, nil)
	m := slices.IndexFunc(r.mentions, func(x mention) bool { return r.span(x.from, x.to) == q.Mention.Span })
	if m < 0 || r.speakerOf(&r.mentions[m]) != q.Speaker {
		return nil, false
	}
	return append(steps, r.wayFrom(int32(m))...), true
}

// wayFrom returns the steps from mention m to the fullest name of whom it means.
func (r *reading) wayFrom(m int32) []Step {
	e := r.mentions[m].entity
	if e < 0 { // its own words are all there is
		return []Step{r.step(Described, m, r.spanOfMention(m))}
	}
	var steps []Step
	const most = 4 // "who" goes on from a description that means a name
	for !r.mentions[m].byName() && r.mentions[m].way != "" && len(steps) < most {
		way, to := r.mentions[m].way, r.mentions[m].via
		if way == ByContext || r.mentions[to].entity != e {
			to = r.nearestName(m, e)
		}
		if to < 0 {
			break
		}
		steps, m = append(steps, r.step(way, m, r.spanOfMention(to))), to
	}
	x, full := &r.mentions[m], r.entities[e].words
	switch {
	case x.byName() && r.nameText(x) != r.entities[e].text && full != r.spanOfMention(m):
		steps = append(steps, r.step(ByPart, m, full))
	case len(steps) > 0:
	case x.byName():
		steps = append(steps, r.step(ByName, m, full))
	default:
		steps = append(steps, r.step(Described, m, full))
	}
	return steps
}

// nearestName returns the latest mention of an entity by name before mention m, else the first behind it; of
// one that the article does not name, the latest other mention that is no pronoun. -1 if there is none.
func (r *reading) nearestName(m, entity int32) int32 {
	named := r.entities[entity].kind
	fits := func(j int32) bool {
		x := &r.mentions[j]
		return j != m && x.entity == entity && (x.byName() || x.kind != pronominal && x.kind == named)
	}
	for j := m - 1; j >= 0; j-- {
		if fits(j) {
			return j
		}
	}
	for j := m + 1; int(j) < len(r.mentions); j++ {
		if fits(j) {
			return j
		}
	}
	return -1
}

// byName reports whether a mention is a name.
func (x *mention) byName() bool {
	return x.kind == named || x.kind == organisation && x.nameTo > x.nameFrom || x.kind == place
}

// step is one from mention m to where the words of span stand.
func (r *reading) step(way Way, m int32, to article.Span) Step {
	from := r.spanOfMention(m)
	return Step{
		Way: way, From: Mention{r.article.Slice(from), from}, To: Mention{r.article.Slice(to), to},
		Paragraph: r.article.ParagraphAt(to.Start),
	}
}

// spanOfMention is where mention m stands.
func (r *reading) spanOfMention(m int32) article.Span {
	return r.span(r.mentions[m].from, r.mentions[m].to)
}

// span is where tokens[from:to] stand.
func (r *reading) span(from, to int32) article.Span {
	return article.Span{Start: int(r.tokens[from].start), End: int(r.tokens[to-1].end)}
}
