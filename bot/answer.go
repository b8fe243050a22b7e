package bot

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/summarize"
	"newsdesk/words"
)

// askDeed answers a question, of one article or of everything that is filed.
func askDeed(ctx context.Context, b *Bot, e errand, w *words.Words, progress func(message)) (message, error) {
	q := desk.Question{Text: e.Args["question"], Guild: e.Guild, Language: e.Reply.Locale, NoModel: b.settings(ctx, e).NoModel}
	if ref := e.Args["article"]; ref != "" {
		story, err := b.desk.Meant(ctx, e.Guild, ref)
		if err != nil {
			return message{}, err
		}
		q.Story = &story
	}
	progress(note(working, w.Say("bot.thinking")))
	answer, err := b.desk.Ask(ctx, q)
	if err != nil {
		return message{}, err
	}
	return answerCard(q, answer, w), nil
}

// answerCard shows an answer and what it rests on.
func answerCard(q desk.Question, a desk.Answer, w *words.Words) message {
	l := newLayout()
	release := l.reserve(400, 5)
	l.say("### " + clip(q.Text, 250))
	if !saidByQuote(a) {
		l.say(clip(a.Answer, 1200))
	}
	if len(a.Quotes) > 0 || len(a.Sources) > 0 && a.Method != summarize.Extractive {
		l.rule()
	}
	evidence(l, q, a, w)
	release()
	switch a.Method {
	case summarize.LLM:
		l.say("-# " + w.Say("bot.answer.llm"))
	case summarize.Extractive:
		l.say("-# " + w.Say("bot.answer.extractive"))
	}
	if why := desk.ExplainFallback(w, front, a.Fallback); why != "" {
		l.say("-# " + why)
	}
	l.menu(quoteMenu(a.Quotes, w))
	if id := storyOfAnswer(q, a); id != "" {
		l.row(button(w.Say("bot.button.askmore"), customID("ask", id), discordgo.SecondaryButton))
	}
	return l.message(calm)
}

// saidByQuote reports whether an answer is the quote that is shown first.
func saidByQuote(a desk.Answer) bool {
	return a.Method == summarize.Extractive && len(a.Quotes) > 0 && a.Quotes[0].Span == a.Sources[0].Span
}

// evidenceText is how much of a sentence that an answer rests on is shown.
const evidenceText = 350

// evidence shows the quotes that an answer rests on, and then the sentences.
func evidence(l *layout, q desk.Question, a desk.Answer, w *words.Words) {
	sources := a.Unquoted()
	story := ""
	for i, found := range a.Quotes {
		text := ""
		if q.Story == nil && found.StoryID != story {
			text = articleHead(found, l.text/(len(a.Quotes)+len(sources)-i)/2, w) + "\n"
			story = found.StoryID
		}
		share := l.text / (len(a.Quotes) + len(sources) - i)
		l.say(text + fitted(found, w, listedText, share-size(text), ""))
	}
	for i, s := range sources {
		if a.Method == summarize.Extractive && s == a.Sources[0] {
			if to := place(s.Article, s.Text); to != "" {
				l.say("-# " + link(w.Say("bot.there"), to))
			}
			continue // it is the answer
		}
		room := l.text/(len(sources)-i) - 200
		if room < 50 {
			break
		}
		l.say(sentence(s, s.Article, min(evidenceText, room), w))
	}
}

// sentence shows a sentence of the article at page, at most limit characters of it, with its place. It is the
// article's words and no quotation of anybody.
func sentence(s summarize.Source, page string, limit int, w *words.Words) string {
	stretch, shortened := cut(words.Line(article.Line(s.Text)), limit, defuse)
	text := "> " + defuse(stretch)
	if shortened {
		text += " …"
	}
	if to := place(page, s.Text); to != "" {
		text += "\n-# " + link(w.Say("bot.there"), to)
	}
	return text
}

// storyOfAnswer is the story that an answer rests on, for the question that follows; "" if it rests on none.
func storyOfAnswer(q desk.Question, a desk.Answer) string {
	var story *cache.Story
	switch {
	case q.Story != nil:
		story = q.Story
	case a.Thread != nil:
		story = a.Thread.Story
	}
	if story == nil {
		return ""
	}
	return story.ID
}
