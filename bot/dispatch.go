package bot

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/desk"
	"newsdesk/summarize"
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
	case data.Name == "help":
		b.answer(ctx, in, answerMessage, private(help(in.w)))
	case data.Name == "privacy", data.Name == "status":
		b.promise(ctx, in, privately, data.Name, args)
	case data.Name == "reports":
		b.moderate(ctx, in, privately, "reports", nil)
	default: // of a newer or older newsdesk
		b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.unknown"))))
	}
}

// listCommand takes a command that lists what was filed since a moment.
func (b *Bot) listCommand(ctx context.Context, in asked, h how, do string, args map[string]string) {
	if _, err := parseSince(args["since"], time.Now()); err != nil {
		b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.since.unclear", "Text", clip(args["since"], 100)))))
		return
	}
	b.promise(ctx, in, h, do, args)
}

// summarizeCommand reads the link or the file; without either a form asks for text.
func (b *Bot) summarizeCommand(ctx context.Context, in asked, h how, args map[string]string, data discordgo.ApplicationCommandInteractionData) {
	args["language"] = strings.ReplaceAll(args["language"], ":", "") // which parts what a button sends back
	if id := args["file"]; id != "" && data.Resolved != nil {
		if f := data.Resolved.Attachments[id]; f != nil {
			args["file"], args["name"] = f.URL, f.Filename
		}
	}
	if args["url"] != "" {
		args["url"] = linkIn(args["url"])
	}
	if args["url"] == "" && args["file"] == "" {
		// What was typed besides comes back with the form.
		b.form(ctx, in, customID("paste", args["length"], args["language"], args["private"]), in.w.Say("bot.paste.title"),
			field{"title", in.w.Say("bot.paste.name"), "", discordgo.TextInputShort, false, 200},
			field{"text", in.w.Say("bot.paste.text"), in.w.Say("bot.paste.hint"), discordgo.TextInputParagraph, true, 4000})
		return
	}
	b.promise(ctx, in, h, "summarize", args)
}

// links finds addresses in a message.
var links = regexp.MustCompile(`https?://[^\s<>\x60|]+`)

// linkIn is the first address in text as people paste it: in angle brackets, with a full stop behind.
func linkIn(text string) string {
	found := links.FindString(text)
	if found == "" {
		return strings.Trim(text, "<> ")
	}
	found = strings.TrimRight(found, ".,;:!?'\"*_")
	if !strings.Contains(found, "(") {
		found = strings.TrimRight(found, ")]")
	}
	return found
}

// mostLinks is how many links of one message are read.
const mostLinks = 3

// linksOf are the addresses that a message shows: in its words and its embeds.
func linksOf(m *discordgo.Message) []string {
	var out []string
	add := func(s string) {
		if s = linkIn(s); webAddress(s) != "" && !slices.Contains(out, s) && len(out) < mostLinks {
			out = append(out, s)
		}
	}
	for _, l := range links.FindAllString(m.Content, -1) {
		add(l)
	}
	for _, e := range m.Embeds {
		add(e.URL)
	}
	return out
}

// menu takes a message's links, one after the other: each is an errand of its own.
func (b *Bot) menu(ctx context.Context, in asked, data discordgo.ApplicationCommandInteractionData, do string) {
	var found []string
	if data.Resolved != nil && data.Resolved.Messages[data.TargetID] != nil {
		found = linksOf(data.Resolved.Messages[data.TargetID])
	}
	if len(found) == 0 || do == "" {
		b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.menu.none"))))
		return
	}
	args := map[string]string{"url": found[0], "message": data.TargetID}
	for i, l := range found[1:] {
		args["url"+string(rune('2'+i))] = l
	}
	b.promise(ctx, in, openly, do, args)
}

// lengths are the lengths of a summary from the shortest to the longest.
var lengths = []summarize.Length{summarize.Brief, summarize.Standard, summarize.Detailed}

var lengthWords = map[summarize.Length]string{
	summarize.Brief: "bot.length.brief", summarize.Standard: "bot.length.standard", summarize.Detailed: "bot.length.detailed",
}

// longer and shorter are the lengths beside one, "" where there is none.
func beside(l summarize.Length) (shorter, longer summarize.Length) {
	i := max(0, slices.Index(lengths, l))
	if i > 0 {
		shorter = lengths[i-1]
	}
	if i < len(lengths)-1 {
		longer = lengths[i+1]
	}
	return shorter, longer
}

// customID is what a button or a form sends back: a verb and what it needs, parted by colons.
func customID(verb string, args ...string) string {
	return verb + ":" + strings.Join(args, ":")
}

// parseID takes a custom id apart; at least n arguments are returned.
func parseID(id string, n int) (verb string, args []string) {
	verb, rest, _ := strings.Cut(id, ":")
	args = strings.Split(rest, ":")
	for len(args) < n {
		args = append(args, "")
	}
	return verb, args
}

// pressed takes a button or a choice of a list.
func (b *Bot) pressed(ctx context.Context, in asked, data discordgo.MessageComponentInteractionData) {
	verb, args := parseID(data.CustomID, 4)
	switch verb {
	case "quotes": // of the card's article
		b.promise(ctx, in, privately, "quotes", map[string]string{"article": args[0]})
	case "about":
		if len(data.Values) == 1 {
			b.promise(ctx, in, privately, "about", map[string]string{"quote": data.Values[0], "moderator": in.moderator()})
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
		b.promise(ctx, in, inPlace, "summarize", map[string]string{"url": sourceOf(in.Message), "length": args[0], "language": args[1]})
	case "forget":
		b.forgetPressed(ctx, in, args[0])
	case "delete":
		b.deleteCard(ctx, in, args[1])
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
		if in.Message != nil && in.Message.Flags&discordgo.MessageFlagsEphemeral != 0 { // what is asked of a private card
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

// deleteCard deletes a card for whoever shared it, or moderates.
func (b *Bot) deleteCard(ctx context.Context, in asked, sharer string) {
	if in.by != sharer && !in.moderates() {
		b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.delete.others"))))
		return
	}
	b.callback(ctx, in, inPlaceLater, nil, nil)
	url := discordgo.EndpointWebhookMessage(in.AppID, in.Token, "@original")
	if err := b.call(ctx, http.MethodDelete, url, unlimited, nil, nil, nil); err != nil {
		b.log.WarnContext(ctx, "card not deleted", "error", err)
	}
}

// field is a line or a box of a form.
type field struct {
	id, name, hint string
	style          discordgo.TextInputStyle
	required       bool
	longest        int
}

// form asks for text.
func (b *Bot) form(ctx context.Context, in asked, id, title string, fields ...field) {
	var rows []discordgo.MessageComponent
	for _, f := range fields {
		rows = append(rows, discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.TextInput{
			CustomID: f.id, Label: label(f.name, maxModalTitle), Placeholder: label(f.hint, 100), Style: f.style, Required: f.required, MaxLength: f.longest,
		}}})
	}
	b.callback(ctx, in, answerWithForm, map[string]any{"custom_id": id, "title": label(title, maxModalTitle), "components": rows}, nil)
}

// fieldsOf are the texts of a form by name.
func fieldsOf(components []discordgo.MessageComponent) map[string]string {
	fields := map[string]string{}
	for _, c := range components {
		switch c := c.(type) {
		case *discordgo.ActionsRow:
			for name, text := range fieldsOf(c.Components) {
				fields[name] = text
			}
		case *discordgo.TextInput:
			fields[c.CustomID] = c.Value
		}
	}
	return fields
}

// message takes a message that replies to one of the bot's own: a question about its article.
func (b *Bot) message(m *discordgo.Message) {
	to := m.ReferencedMessage
	if m.Author == nil || m.Author.Bot || to == nil || to.Author == nil || to.Author.ID != b.self {
		return
	}
	question := strings.TrimSpace(mention.ReplaceAllString(m.Content, " "))
	story := storyOf(to)
	if question == "" || story == "" { // a reply that does not mention the bot comes without its words
		return
	}
	ctx, cancel := context.WithTimeout(b.base, ackTime)
	defer cancel()
	e := errand{Do: "ask", Guild: archive(m.GuildID, m.Author.ID), By: m.Author.ID,
		Args:  map[string]string{"article": story, "question": question},
		Reply: reply{ID: m.ID, Channel: m.ChannelID, Server: m.GuildID, At: b.now()}}
	b.desk.Attend(ctx, e.Guild, e.Reply.ID, func(ctx context.Context) { b.takeQuestion(ctx, e) })
}

// takeQuestion notes a question that a message asks, or tells the one who asks why not.
func (b *Bot) takeQuestion(ctx context.Context, e errand) {
	err := b.desk.Admit(ctx, e.Guild, e.By)
	if err == nil {
		err = b.note(ctx, e)
	}
	if err != nil {
		b.log.InfoContext(ctx, "question not noted", "error", err)
		sorry := note(amiss, explain(words.For("en"), err))
		_ = b.settle(ctx, "refusal", b.tell(ctx, e.By, e.Reply.ID, sorry))
	}
}

// mention is one of a person, as a reply begins with it.
var mention = regexp.MustCompile(`<@!?\d+>`)

// buttonsOf are all buttons of a message.
func buttonsOf(components []discordgo.MessageComponent) []*discordgo.Button {
	var out []*discordgo.Button
	for _, c := range components {
		switch c := c.(type) {
		case *discordgo.Container:
			out = append(out, buttonsOf(c.Components)...)
		case *discordgo.ActionsRow:
			out = append(out, buttonsOf(c.Components)...)
		case *discordgo.Section:
			out = append(out, buttonsOf([]discordgo.MessageComponent{c.Accessory})...)
		case *discordgo.Button:
			out = append(out, c)
		}
	}
	return out
}

// storyOf is the story that a message of the bot is about, "" if it is about none.
func storyOf(m *discordgo.Message) string {
	for _, button := range buttonsOf(m.Components) {
		if verb, args := parseID(button.CustomID, 1); verb == "ask" || verb == "quotes" {
			return args[0]
		}
	}
	return ""
}

// sourceOf is the address that the link of a message leads to.
func sourceOf(m *discordgo.Message) string {
	if m == nil {
		return ""
	}
	for _, button := range buttonsOf(m.Components) {
		if button.URL != "" {
			return button.URL
		}
	}
	return ""
}

// parseSince reads what was typed for how far back to look, "" for ever.
func parseSince(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	var since desk.Since
	if err := since.UnmarshalText([]byte(text)); err != nil {
		return time.Time{}, err
	}
	return since.From(now), nil
}
