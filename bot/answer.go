package bot

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/summarize"
	"newsdesk/words"
)

// askDeed answers a question, of one article or of everything that is filed.
func askDeed(ctx context.Context, b *Bot, e errand, w *words.Words, progress func(message)) (message, error) {
	q := desk.Question{Text: e.Args["question"], Guild: e.Guild, Language: e.Reply.Locale}
	if ref := e.Args["article"]; ref != "" {
		story, err := b.desk.Story(ctx, e.Guild, ref)
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

// evidenceText is how much of a sentence that an answer rests on is shown.
const evidenceText = 350

// answerCard shows an answer and what it rests on.
func answerCard(q desk.Question, a desk.Answer, w *words.Words) message {
	l := newLayout()
	release := l.reserve(200, 5)
	l.say("### " + clip(q.Text, 250))
	// The answer that is a quote is said by the quote below it.
	if a.Method != summarize.Extractive || len(a.Quotes) == 0 {
		l.say(clip(a.Answer, 1200))
	}
	if len(a.Quotes) > 0 || len(a.Sources) > 0 && a.Method == summarize.LLM {
		l.rule()
	}
	story := ""
	for i, found := range a.Quotes {
		text := ""
		if q.Story == nil && found.StoryID != story {
			text = articleLine(found, w) + "\n"
			story = found.StoryID
		}
		share := l.text / (len(a.Quotes) - i)
		l.say(text + fitted(found, w, share-size(text)))
	}
	if len(a.Quotes) == 0 && a.Method != summarize.None {
		for i, s := range a.Sources {
			if a.Method == summarize.Extractive && i == 0 {
				l.say("-# " + link(w.Say("bot.there"), place(s.Article, s.Text)))
				continue // it is the answer
			}
			stretch, shortened := cut(words.Line(s.Text), min(evidenceText, l.text/(len(a.Sources)-i)-200), defuse)
			text := "> " + defuse(stretch)
			if shortened {
				text += " …"
			}
			if to := place(s.Article, s.Text); to != "" {
				text += "\n-# " + link(w.Say("bot.there"), to)
			}
			l.say(text)
		}
	}
	release()
	switch a.Method {
	case summarize.LLM:
		l.say("-# " + w.Say("bot.answer.llm"))
	case summarize.Extractive:
		l.say("-# " + w.Say("bot.answer.extractive"))
	}
	l.menu(quoteMenu(a.Quotes, w))
	if id := storyOfAnswer(q, a); id != "" {
		l.row(button(w.Say("bot.button.askmore"), customID("ask", id), discordgo.SecondaryButton))
	}
	return l.message(calm)
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
