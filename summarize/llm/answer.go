package llm

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"newsdesk/article"
	"newsdesk/summarize/ground"
)

// Evidence is a passage that an answer may rest on.
type Evidence struct {
	Text string // a sentence or a few, as they stand in their article
	// Speaker is who says it, where Text is a quotation without the words that name its speaker.
	Speaker string
}

// Answer is what a model answers from evidence.
type Answer struct {
	Statements []Statement // none if the evidence doesn't answer the question
	Model      string
	TokensIn   int
	TokensOut  int
}

// Statement is one sentence of an answer.
type Statement struct {
	Text     string
	Evidence []int // indices into the evidence, rising
}

// Answer returns what the model says to a question, as far as the evidence bears it out. An answer without
// statements and without an error means that the model finds no answer in the evidence. Language is a BCP 47
// tag of the evidence, "" if unknown.
//
// Errors wrap the same as those of [Client.Summarize]; [ErrUnsupported] if the model answered and nothing of
// it passed the check.
func (c *Client) Answer(ctx context.Context, question string, evidence []Evidence, language string) (Answer, error) {
	out := Answer{Model: c.model}
	if len(evidence) == 0 {
		return out, nil
	}
	passages, n, index := assemble(evidence, language)
	if len(n.spans) == 0 {
		return out, nil
	}
	p := prompt{
		system: answerRules, name: "answer", schema: answerSchema, tokens: 1000,
		user: enclose("question", tidy(question)+"\n") + "\n" + enclose("passages", n.text(n.all())),
	}
	made, spent, err := ask(ctx, c, p, readPoints)
	out.TokensIn, out.TokensOut = spent.in, spent.out
	if err != nil {
		return out, fmt.Errorf("model %s: %w", c.model, err)
	}
	g := guard{source: ground.Prepare(passages), article: passages}
	for _, p := range made.Points[:min(len(made.Points), maxStatements)] {
		text, cited, wrong := g.settle(oneSentence(p.Text, language), n.cited(p.Sentences))
		if wrong != none {
			continue
		}
		s := Statement{Text: text}
		for _, line := range n.spans {
			if slices.ContainsFunc(cited, line.Overlaps) {
				s.Evidence = append(s.Evidence, index[line])
			}
		}
		slices.Sort(s.Evidence)
		out.Statements = append(out.Statements, s)
	}
	if len(made.Points) > 0 && len(out.Statements) == 0 {
		return out, fmt.Errorf("model %s: %w: none of %d statements passed", c.model, ErrUnsupported, len(made.Points))
	}
	return out, nil
}

// assemble makes one article of the evidence, a paragraph each, with its numbered lines and the index of the
// evidence that stands at each span. Evidence that gives orders to a machine is left out.
func assemble(evidence []Evidence, language string) (*article.Article, numbered, map[article.Span]int) {
	var text strings.Builder
	var n numbered
	a := &article.Article{Language: language}
	index := map[article.Span]int{}
	for i, e := range evidence {
		if ground.Orders(e.Text) {
			continue
		}
		if text.Len() > 0 {
			text.WriteString("\n\n")
		}
		span := article.Span{Start: text.Len()}
		if e.Speaker != "" {
			text.WriteString(e.Speaker + ": ")
		}
		text.WriteString(e.Text)
		span.End = text.Len()
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: span, Kind: article.Text})
		index[span] = i
		if !n.add(text.String()[span.Start:], span, true) {
			break
		}
	}
	a.Text = text.String()
	return a, n, index
}
