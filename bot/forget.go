package bot

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"newsdesk/cache"
	"newsdesk/words"
)

// forgetCommand takes what is to be forgotten. Who may is decided here: Discord says what a person may do with the
// command that it brings, and with nothing that comes later.
func (b *Bot) forgetCommand(ctx context.Context, in asked, args map[string]string) {
	what := args[subcommand]
	if (what == "speaker" || what == "everything") && !in.manages() {
		b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.forget.manage"))))
		return
	}
	switch what {
	case "everything":
		b.answer(ctx, in, answerMessage, private(sure(in.w)))
		return
	case "article":
		if in.owns() || in.moderates() {
			args["all"] = "true"
		}
	}
	b.promise(ctx, in, privately, "forget", args)
}

// sure asks whether everything is to be forgotten.
func sure(w *words.Words) message {
	l := newLayout()
	l.say("### " + w.Say("bot.forget.sure") + "\n" + w.Say("bot.forget.sure.what"))
	l.row(button(w.Say("bot.button.forget"), customID("forget", "everything"), discordgo.DangerButton),
		button(w.Say("bot.button.keep"), customID("forget", "keep"), discordgo.SecondaryButton))
	return l.message(amiss)
}

// forgetPressed takes the answer to that question.
func (b *Bot) forgetPressed(ctx context.Context, in asked, answer string) {
	switch {
	case answer != "everything":
		b.answer(ctx, in, answerInPlace, note(calm, in.w.Say("bot.forget.kept")))
	case !in.manages(): // no longer
		b.answer(ctx, in, answerInPlace, note(amiss, in.w.Say("bot.forget.manage")))
	default:
		b.promise(ctx, in, inPlace, "forget", map[string]string{subcommand: answer})
	}
}

// forgetDeed forgets, and answers what was removed.
func forgetDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	var n cache.Counted
	var err error
	switch e.Args[subcommand] {
	case "article":
		return b.forgetArticle(ctx, e, w)
	case "shares":
		n, err = b.desk.ForgetMember(ctx, e.Guild, e.By)
	case "speaker":
		var meant []cache.Speaker
		n, meant, err = b.desk.ForgetSpeaker(ctx, e.Guild, e.Args["speaker"])
		if err == nil && len(meant) > 0 {
			return candidates(e.Args["speaker"], meant, w), nil
		}
	case "everything":
		n, err = b.desk.ForgetGuild(ctx, e.Guild)
	default:
		return note(amiss, w.Say("bot.unknown")), nil
	}
	switch {
	case err != nil:
		return message{}, err
	case n.Stories == 0 && n.Settings == 0:
		return note(calm, w.Say("bot.forget.nothing")), nil
	}
	if e.Args[subcommand] == "shares" {
		return forgotten(w.Say("bot.forget.shares", "Count", n.Stories), w), nil
	}
	return forgotten(w.Say("bot.forget.many", "Count", n.Stories, "Quotes", w.Say("bot.count.quotes", "Count", n.Quotes)), w), nil
}

// forgetArticle forgets one article, or that one person shared it.
func (b *Bot) forgetArticle(ctx context.Context, e errand, w *words.Words) (message, error) {
	gone, err := b.desk.ForgetStory(ctx, e.Guild, e.Args["article"], e.By, e.Args["all"] != "")
	if err != nil {
		return message{}, err
	}
	name := title(&gone.Story.Article, w)
	if gone.Stays {
		return note(calm, w.Say("bot.forget.share", "Title", name)), nil
	}
	return forgotten(w.Say("bot.forget.article", "Title", name, "Quotes", w.Say("bot.count.quotes", "Count", len(gone.Story.Quotes))), w), nil
}

// forgotten says what was forgotten, and what the bot cannot take back.
func forgotten(what string, w *words.Words) message {
	l := newLayout()
	l.say(what)
	l.say("-# " + w.Say("bot.forget.stays"))
	return l.message(calm)
}
