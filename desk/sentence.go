package desk

import (
	"context"
	"strings"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/desk/evidence"
	"newsdesk/summarize"
	"newsdesk/summarize/llm"
	"newsdesk/words"
)

const (
	sentencesShown = 3  // of an answer that no model wrote
	sentencesAsked = 12 // that a model is given
	enoughToAsk    = 0.3
)

// sentence is a sentence of a story with how well it holds a question's words.
type sentence struct {
	source   summarize.Source
	story    *cache.Story
	score    float64
	coverage float64 // 0..1, of the question's weight
}

// sentenceAnswer answers with the sentences that hold the words of a question.
func (d *Desk) sentenceAnswer(ctx context.Context, asked evidence.Question, stories []cache.Story, question, guild string) Answer {
	ranked := rankSentences(asked, stories)
	if d.model != nil {
		if answer, ok := d.modelAnswer(ctx, question, ranked, guild); ok {
			return answer
		}
	}
	answer := none()
	for _, s := range ranked {
		if s.coverage < enoughSentence || s.score < asGood*ranked[0].score || len(answer.Sources) == sentencesShown {
			continue
		}
		if answer.Answer == "" {
			answer.Method, answer.Answer = summarize.Extractive, words.Line(s.source.Text)
		}
		answer.add(s)
	}
	return answer
}

// modelAnswer has the model answer from the best sentences; not ok if it fails or finds nothing there.
func (d *Desk) modelAnswer(ctx context.Context, question string, ranked []sentence, guild string) (Answer, bool) {
	var given []sentence
	var passages []llm.Evidence
	for _, s := range ranked[:min(sentencesAsked, len(ranked))] {
		if s.coverage >= enoughToAsk {
			given = append(given, s)
			passages = append(passages, llm.Evidence{Text: s.source.Text})
		}
	}
	if len(given) == 0 {
		return Answer{}, false
	}
	written, ok := d.modelSays(ctx, question, passages, given[0].story.Article.Language, guild)
	if !ok {
		return Answer{}, false
	}
	answer := none()
	var said []string
	place := make(map[int]int) // of a sentence that was given, among the sources
	for _, s := range written.Statements {
		statement := Statement{Text: s.Text}
		for _, i := range s.Evidence {
			if i < 0 || i >= len(given) {
				continue
			}
			if _, used := place[i]; !used {
				place[i] = len(answer.Sources)
				answer.add(given[i])
			}
			statement.Sources = append(statement.Sources, place[i])
		}
		if len(statement.Sources) > 0 { // what rests on nothing is not said
			said = append(said, s.Text)
			answer.Statements = append(answer.Statements, statement)
		}
	}
	answer.Method, answer.Answer = summarize.LLM, strings.Join(said, " ")
	return answer, len(said) > 0 && len(answer.Sources) > 0
}

// modelSays returns what the model answered to the same question about the same passages, or asks it if the guild may.
func (d *Desk) modelSays(ctx context.Context, question string, passages []llm.Evidence, language, guild string) (llm.Answer, bool) {
	key := answerKey(d.model.Model(), question, language, passages)
	if written, ok := d.answers.get(key); ok {
		return written, true
	}
	if !d.budget.left(ctx, guild, d.now()) {
		return llm.Answer{}, false
	}
	written, err := d.model.Answer(ctx, question, passages, language)
	d.budget.spend(ctx, guild, written.TokensIn+written.TokensOut, d.now())
	if err != nil {
		d.log.WarnContext(ctx, "model answer failed", "error", err)
		return llm.Answer{}, false
	}
	d.log.InfoContext(ctx, "model answer", "model", written.Model, "statements", len(written.Statements),
		"tokens_in", written.TokensIn, "tokens_out", written.TokensOut)
	d.answers.keep(key, written)
	return written, true
}

// add takes in a sentence as a source, with the quotes that it holds.
func (a *Answer) add(s sentence) {
	a.Sources = append(a.Sources, s.source)
	for _, q := range s.story.Quotes {
		if s.source.Contains(q.Span) {
			a.Quotes = append(a.Quotes, filed(*s.story, q))
		}
	}
}

// rankSentences ranks the sentences of the stories' bodies that share words with a question.
func rankSentences(asked evidence.Question, stories []cache.Story) []sentence {
	var all []sentence
	var ps []evidence.Passage
	for i := range stories {
		a := &stories[i].Article
		for _, s := range article.Sentences(a) {
			paragraph := a.Paragraphs[s.Paragraph]
			if !paragraph.Kind.IsBody() {
				continue
			}
			text := a.Slice(s.Span)
			all = append(all, sentence{source: summarize.Source{Span: s.Span, Text: text, Article: cache.Name(a)}, story: &stories[i]})
			ps = append(ps, evidence.Passage{Text: text, Around: a.Slice(paragraph.Span), Title: a.Title, Language: a.Language})
		}
	}
	var out []sentence
	for _, h := range evidence.Rank(asked, ps) {
		s := all[h.Index]
		s.score, s.coverage = h.Score, (h.Covered+h.Touching)/2
		out = append(out, s)
	}
	return out
}
