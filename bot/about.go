package bot

import (
	"context"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/desk"
	"newsdesk/words"
)

// menus are the message menus, and what they do.
var menus = []struct{ name, what string }{
	{"bot.menu.summarize", "bot.menu.summarize.what"},
	{"bot.menu.quotes", "bot.menu.quotes.what"},
}

// help says what can be asked of the bot: what Discord is told of its commands, and what it is not.
func help(w *words.Words) message {
	l := newLayout()
	l.say("### " + w.Say("bot.help.title") + "\n" + w.Say("bot.help.intro"))
	var slash, menu strings.Builder
	for _, c := range commands() {
		if c.Type == discordgo.ChatApplicationCommand {
			slash.WriteString("- **/" + called(c.Name, w) + "** · " + w.Say("bot.command."+c.Name) + "\n")
		}
	}
	for _, m := range menus {
		menu.WriteString("- **" + w.Say(m.name) + "** · " + w.Say(m.what) + "\n")
	}
	l.say(slash.String())
	l.say(w.Say("bot.help.menu") + "\n" + menu.String())
	l.say(w.Say("bot.help.card"))
	return l.message(calm)
}

// privacyDeed answers what is kept of whom, for how long, and who else gets to see it.
func privacyDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	s, err := b.desk.Status(ctx, e.Guild)
	if err != nil {
		return message{}, err
	}
	return privacy(s, w), nil
}

func privacy(s desk.Status, w *words.Words) message {
	l := newLayout()
	l.say("### " + w.Say("bot.privacy.title"))
	retention := w.Say("bot.privacy.forever")
	if s.Retention > 0 {
		retention = w.Say("bot.privacy.days", "Count", int(s.Retention/(24*time.Hour)))
	}
	model := w.Say("bot.privacy.local")
	if s.Model != "" && !s.Off {
		model = w.Say("bot.privacy.model", "Model", clip(s.Model, 60))
	}
	l.say(strings.Join([]string{
		"- " + w.Say("bot.privacy.kept"), "- " + w.Say("bot.privacy.unkept"), "- " + w.Say("bot.privacy.seen"),
		"- " + retention, "- " + model, "- " + w.Say("bot.privacy.forget"),
	}, "\n"))
	return l.message(calm)
}

// statusDeed answers what the bot has to work with and what is missing. It says no address and no secret.
func statusDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	var h Health
	if err := h.application(ctx, b.session); err != nil {
		b.log.WarnContext(ctx, "no word of the application", "error", err)
	}
	s, err := b.desk.Status(ctx, e.Guild)
	store := statusMark{well, keptLine(s, w)}
	if err != nil {
		b.log.WarnContext(ctx, "no status of the store", "error", err)
		store = statusMark{warning, explain(w, err)}
	}
	l := newLayout()
	l.say("### " + w.Say("bot.status.title", "Version", clip(b.version, 60)) + "\n-# " + w.Say("bot.status.since", "When", moment(b.started, "R")))
	var lines []string
	for _, m := range []statusMark{discordMark(h, w), store, modelMark(s, w), b.contentMark(h, w)} {
		lines = append(lines, m.mark+" "+m.text)
	}
	l.say(strings.Join(lines, "\n"))
	return l.message(calm), nil
}

// statusMark is how one part is.
type statusMark struct{ mark, text string }

const (
	well    = "✅"
	missing = "➖"
	warning = "⚠️"
)

func keptLine(s desk.Status, w *words.Words) string {
	return w.Say("bot.status.store", "Articles", w.Say("bot.count.articles", "Count", s.Kept.Stories),
		"Quotes", w.Say("bot.count.quotes", "Count", s.Kept.Quotes), "Speakers", w.Say("bot.count.speakers", "Count", s.Kept.Speakers),
		"Pending", max(0, s.Pending.Waiting+s.Pending.InHand-1)) // besides this
}

func discordMark(h Health, w *words.Words) statusMark {
	if h.ApplicationID == "" {
		return statusMark{warning, w.Say("bot.status.discord.silent")}
	}
	return statusMark{well, w.Say("bot.status.discord", "Count", h.Guilds)}
}

func modelMark(s desk.Status, w *words.Words) statusMark {
	switch name := clip(s.Model, 60); {
	case name == "":
		return statusMark{missing, w.Say("bot.status.model.none")}
	case s.Off:
		return statusMark{missing, w.Say("bot.status.model.off")}
	case s.Spent:
		return statusMark{warning, w.Say("bot.status.model.spent", "Model", name)}
	default:
		return statusMark{well, w.Say("bot.status.model", "Model", name)}
	}
}

func (b *Bot) contentMark(h Health, w *words.Words) statusMark {
	switch {
	case b.readsContent():
		return statusMark{well, w.Say("bot.status.content")}
	case h.MessageContent:
		return statusMark{warning, w.Say("bot.status.content.since")}
	}
	return statusMark{missing, w.Say("bot.status.content.none")}
}
