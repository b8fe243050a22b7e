package bot

import (
	"cmp"
	"context"

	"github.com/bwmarrin/discordgo"

	"newsdesk/words"
)

// command takes a slash command or a message menu.
func (b *Bot) command(ctx context.Context, in asked, data discordgo.ApplicationCommandInteractionData) {
	args := typed(data)
	h := openly
	if args["private"] != "" {
		h = privately
	}
	english := words.For("en") // in which the commands are named
	switch {
	case data.CommandType == discordgo.MessageApplicationCommand:
		b.menu(ctx, in, data, map[string]string{
			menuName(english, "bot.menu.summarize"): "summarize",
			menuName(english, "bot.menu.quotes"):    "who",
		}[data.Name])
	case data.Name == "summarize":
		b.summarizeCommand(ctx, in, h, args, data)
	case data.Name == "quotes", data.Name == "articles", data.Name == "speakers":
		b.listCommand(ctx, in, h, data.Name, args)
	case data.Name == "ask":
		b.promise(ctx, in, h, "ask", args)
	case data.Name == "verify":
		b.verifyCommand(ctx, in, h, args)
	case data.Name == "forget":
		b.forgetCommand(ctx, in, args)
	case data.Name == "digest":
		b.digestCommand(ctx, in, args)
	case data.Name == "feed":
		b.feedCommand(ctx, in, args)
	case data.Name == "follow":
		b.followCommand(ctx, in, args)
	case data.Name == "help":
		b.answer(ctx, in, answerMessage, private(help(in.w)))
	case data.Name == "privacy", data.Name == "status":
		b.promise(ctx, in, privately, data.Name, args)
	case data.Name == "reports":
		b.moderate(ctx, in, privately, "reports", nil)
	case data.Name == "settings":
		b.settingsCommand(ctx, in)
	default: // of a newer or older newsdesk
		b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.unknown"))))
	}
}

// pressed takes a button or a choice of a list.
func (b *Bot) pressed(ctx context.Context, in asked, data discordgo.MessageComponentInteractionData) {
	verb, args := parseID(data.CustomID, 4)
	if in.lent() && verb != "delete" { // to delete is for who moderates, too
		b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.lent"))))
		return
	}
	switch verb {
	case "quotes": // of the card's article
		b.promise(ctx, in, privately, "quotes", map[string]string{"article": args[0]})
	case "source": // of a card whose article has an address too long for a button
		b.promise(ctx, in, privately, "source", map[string]string{"article": args[0]})
	case "about":
		if len(data.Values) == 1 {
			b.promise(ctx, in, privately, "about", map[string]string{"quote": data.Values[0], "moderator": in.moderator()})
		}
	case "story":
		if len(data.Values) == 1 {
			b.promise(ctx, in, privately, "story", map[string]string{"guild": args[0], "since": args[1], "until": args[2], "story": data.Values[0]})
		}
	case "wrong":
		b.wrongForm(ctx, in, args[0]+":"+args[1])
	case "uncorrect":
		b.moderate(ctx, in, privately, "uncorrect", map[string]string{"quote": args[0] + ":" + args[1]})
	case "decide":
		holds := ""
		if args[0] == "yes" {
			holds = "true"
		}
		b.moderate(ctx, in, inPlace, "reports", map[string]string{"holds": holds, "story": args[1], "key": args[2]})
	case "cite":
		b.promise(ctx, in, privately, "cite", map[string]string{"quote": args[0] + ":" + args[1]})
	case "turn":
		t := turnOf(in.Message)
		t.step(args[0])
		b.promise(ctx, in, inPlace, t.Kind, map[string]string{"turn": t.encode()})
	case "ask":
		b.form(ctx, in, customID("asked", args[0]), in.w.Say("bot.ask.title"),
			field{"question", in.w.Say("bot.ask.question"), in.w.Say("bot.ask.hint"), discordgo.TextInputParagraph, true, longestQuestion})
	case "size":
		b.promise(ctx, in, inPlace, "resize", map[string]string{"article": args[0], "length": args[1], "language": args[2], "by": args[3]})
	case "again":
		b.promise(ctx, in, inPlace, cmp.Or(args[2], "summarize"), map[string]string{"url": sourceOf(in.Message), "length": args[0], "language": args[1], "anew": "true"})
	case "unfollow":
		b.unfollowPressed(ctx, in, args[0], args[1])
	case "forget":
		b.forgetPressed(ctx, in, args[0])
	case "set":
		b.settingChosen(ctx, in, args[0], args[1], data.Values)
	case "delete":
		b.deleteCard(ctx, in, args[1])
	case "digest":
		b.digestPressed(ctx, in, args)
	default:
		b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.unknown"))))
	}
}

// submitted takes a form.
func (b *Bot) submitted(ctx context.Context, in asked, data discordgo.ModalSubmitInteractionData) {
	verb, args := parseID(data.CustomID, 4)
	fields := fieldsOf(data.Components)
	switch verb {
	case "asked":
		h := openly
		if in.hidden() { // what is asked of a private card
			h = privately
		}
		b.promise(ctx, in, h, "ask", map[string]string{"article": args[0], "question": fields["question"]})
	case "wrong":
		b.promise(ctx, in, privately, "wrong", map[string]string{
			"quote": args[0] + ":" + args[1], "speaker": fields["speaker"], "moderator": in.moderator(),
		})
	case "paste":
		h := openly
		if args[2] != "" {
			h = privately
		}
		b.promise(ctx, in, h, "summarize", map[string]string{
			"text": fields["text"], "name": fields["title"], "length": args[0], "language": args[1],
		})
	default:
		b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.unknown"))))
	}
}
