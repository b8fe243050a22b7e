package bot

import (
	"strings"

	"github.com/bwmarrin/discordgo"

	"newsdesk/desk"
	"newsdesk/words"
)

// issueMessage is how a digest that is due is shown. The button goes below it: by that it is known again.
func issueMessage(w *words.Words, i desk.Issue, below discordgo.Button) message {
	l := newLayout()
	release := l.reserve(300, 3)
	l.say("### " + w.Say("bot.digest.title") + "\n" + moment(i.News.Since, "f") + " – " + moment(i.News.Until, "f"))
	left := i.News.LeftOut
	for _, s := range i.News.Stories {
		var links []string
		for _, item := range s.Items {
			a := &item.Story.Article
			links = append(links, link(clip(siteOf(a), 60), webAddress(a.CanonicalURL)))
		}
		told := "**" + clip(s.Headline, 200) + "**\n" + clip(s.Sentence.Text, 300) + "\n" + strings.Join(links[:min(len(links), 3)], " · ")
		if !l.say(told) {
			left += len(s.Items)
		}
	}
	if len(i.News.Stories) == 0 {
		l.say(w.Say("bot.digest.empty"))
	}
	release()
	var last []string
	if left > 0 {
		last = append(last, w.Say("bot.digest.left", "Count", left))
	}
	if i.Missed > 0 {
		last = append(last, w.Say("bot.digest.missed", "Count", i.Missed))
	}
	if i.Late > 0 {
		last = append(last, w.Say("bot.digest.late", "When", moment(i.Due, "f")))
	}
	l.say(strings.Join(last, "\n"))
	l.row(below)
	return l.message(calm)
}
