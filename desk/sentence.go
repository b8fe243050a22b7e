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
	answers  bool    // it may stand for itself as the answer
}

// sentenceAnswer answers with the sentences that hold the words of a question, or with what a model makes of them. If
// that was to be asked and could not, those that come nearest are shown, whether they answer the question or not.
func (d *Desk) sentenceAnswer(ctx context.Context, asked evidence.Question, stories []cache.Story, q Question) Answer {
	ranked := rankSentences(asked, stories)
	answer, why := d.modelAnswer(ctx, q, ranked)
	if answer.Method == summarize.LLM {
		return answer
	}
	first := 0.0
	for _, s := range ranked {
		if !s.answers || s.score < asGood*first || len(answer.Sources) == sentencesShown {
			continue
		}
		if answer.Answer == "" {
			first = s.score
			answer.Method, answer.Answer = summarize.Extractive, words.Line(article.Line(s.source.Text))
		}
		answer.add(s)
	}
	answer.Fallback = why
	if why != "" && answer.Method == summarize.None {
		for _, s := range ranked[:min(sentencesShown, len(ranked))] {
			answer.add(s)
		}
	}
	return answer
}

// enough are the sentences that are worth a model's reading.
func enough(ranked []sentence) []sentence {
	var out []sentence
	for _, s := range ranked[:min(sentencesAsked, len(ranked))] {
		if s.coverage >= enoughToAsk {
			out = append(out, s)
		}
	}
	return out
}

// modelAnswer has the model answer from the best sentences. The answer's method is [summarize.LLM] if there is one;
// why is the Fallback of an answer that should have been the model's and is not.
func (d *Desk) modelAnswer(ctx context.Context, q Question, ranked []sentence) (answer Answer, why string) {
	given := enough(ranked)
	if d.model == nil || q.NoModel || len(given) == 0 {
		return none(), ""
	}
	passages := make([]llm.Evidence, 0, len(given))
	for _, s := range given {
		passages = append(passages, llm.Evidence{Text: s.source.Text})
	}
	written, why := d.modelSays(ctx, q.Text, passages, given[0].story.Article.Language, q.Guild)
	if why != "" {
		return none(), why
	}
	return putTogether(written, given), ""
}

// putTogether makes an answer of a model's statements and the sentences that it was given. What rests on none is not
// said.
func putTogether(written llm.Answer, given []sentence) Answer {
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
		if len(statement.Sources) > 0 {
			said = append(said, s.Text)
			answer.Statements = append(answer.Statements, statement)
		}
	}
	if len(said) > 0 {
		answer.Method, answer.Answer = summarize.LLM, strings.Join(said, " ")
	}
	return answer
}

// modelSays returns what the model answered to the same question about the same passages, or asks it, once for all who
// ask that now, if the guild may; why is the Fallback if it may not, or the model fails.
func (d *Desk) modelSays(ctx context.Context, question string, passages []llm.Evidence, language, guild string) (written llm.Answer, why string) {
	key := answerKey(d.model.Model(), question, language, passages)
	if written, ok := d.answers.get(key); ok {
		return written, ""
	}
	if !d.mayAsk(ctx, guild) {
		return llm.Answer{}, overBudget
	}
	written, err := d.asking.fly(ctx, string(key[:]), nil, func(ctx context.Context, _ func(Progress)) (llm.Answer, error) {
		written, err := d.model.Answer(ctx, question, passages, language)
		d.budget.spend(ctx, guild, written.TokensIn+written.TokensOut, d.now())
		if err != nil {
			d.log.WarnContext(ctx, "model answer failed", "error", err)
			d.logRefusal(ctx, err)
			return llm.Answer{}, err
		}
		d.log.InfoContext(ctx, "model answer", "model", written.Model, "statements", len(written.Statements),
			"tokens_in", written.TokensIn, "tokens_out", written.TokensOut)
		d.answers.keep(key, written)
		return written, nil
	})
	if err != nil {
		return llm.Answer{}, fallback(err)
	}
	return written, ""
}

// add takes in a sentence as a source, with the quotes that it holds.
func (a *Answer) add(s sentence) {
	a.Sources = append(a.Sources, s.source)
	for _, q := range s.story.Quotes {
		if s.source.Contains(q.Span) {
			a.Quotes = append(a.Quotes, s.story.Filed(q))
		}
	}
}

// isAnswer reports whether a sentence answers a question by itself: it holds the question's words, or the fact that is
// asked for and enough of them.
func isAnswer(asked evidence.Question, h evidence.Hit) bool {
	enough := enoughFact
	if asked.Fact == evidence.Count {
		enough -= besideCounted * h.Tells
	}
	if h.Tells > 0 && h.Covered > 0 && (h.Covered+h.Within)/2 >= enough {
		return true
	}
	return asked.Fact.Loose() && (h.Covered+h.Touching)/2 >= enoughSentence
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
		s.answers = isAnswer(asked, h)
		out = append(out, s)
	}
	return out
}
