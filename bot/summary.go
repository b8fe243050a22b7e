package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/bwmarrin/discordgo"

	"newsdesk/article/extract"
	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/summarize"
	"newsdesk/words"
)

// summarizeCommand reads the link or the file; without either a form asks for text.
func (b *Bot) summarizeCommand(ctx context.Context, in asked, h how, args map[string]string, data discordgo.ApplicationCommandInteractionData) {
	if typed := args["language"]; typed != "" {
		code, known := words.Language(typed)
		if !known {
			b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.language.unknown", "Text", clip(typed, 20)))))
			return
		}
		args["language"] = code
	}
	if id := args["file"]; id != "" && data.Resolved != nil {
		if f := data.Resolved.Attachments[id]; f != nil {
			if f.Size > extract.MaxSize {
				b.answer(ctx, in, answerMessage, private(note(amiss, explain(in.w, desk.About(f.Filename, extract.ErrTooLarge)))))
				return
			}
			args["file"], args["name"] = f.URL, f.Filename
		}
	}
	if args["url"] != "" && args["file"] != "" {
		b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.summarize.either"))))
		return
	}
	if args["url"] != "" {
		args["url"] = linkIn(args["url"])
	}
	if args["url"] == "" && args["file"] == "" {
		// What was typed besides comes back with the form.
		b.form(ctx, in, customID("paste", args["length"], args["language"], args["private"]), in.w.Say("bot.paste.title"),
			field{"title", in.w.Say("bot.paste.name"), "", discordgo.TextInputShort, false, 200},
			field{"text", in.w.Say("bot.paste.text"), in.w.Say("bot.paste.hint"), discordgo.TextInputParagraph, true, maxField},
			field{"text+2", in.w.Say("bot.paste.more"), in.w.Say("bot.paste.more.hint"), discordgo.TextInputParagraph, false, maxField},
			field{"text+3", in.w.Say("bot.paste.more"), in.w.Say("bot.paste.more.hint"), discordgo.TextInputParagraph, false, maxField},
			field{"text+4", in.w.Say("bot.paste.more"), in.w.Say("bot.paste.longer"), discordgo.TextInputParagraph, false, maxField})
		return
	}
	b.promise(ctx, in, h, "summarize", args)
}

// maxField is how much text a box of a form takes (Discord: text input, 4,000 characters).
const maxField = 4000

// summarizeDeed answers with the card of an article.
func summarizeDeed(ctx context.Context, b *Bot, e errand, w *words.Words, progress func(message)) (message, error) {
	source, err := b.source(ctx, e)
	if err != nil {
		return message{}, err
	}
	return b.file(ctx, e, desk.Request{Source: source, Anew: e.Args["anew"] != ""}, w, progress)
}

// file has a story made and shows it while that goes on.
func (b *Bot) file(ctx context.Context, e errand, r desk.Request, w *words.Words, progress func(message)) (message, error) {
	set := b.settings(ctx, e)
	r.Length, r.Language = cmp.Or(summarize.Length(e.Args["length"]), set.Length), cmp.Or(e.Args["language"], set.Language)
	r.NoModel = set.NoModel
	of := cardOf{length: r.Length, language: r.Language, by: e.By}
	story, filed, err := b.shared(ctx, e, r, func(p desk.Progress) {
		if e.Reply.Once != "" && p.Stage != desk.StageModel {
			return // nobody waits, so only what takes long is worth a message before it is whole
		}
		if m, ok := b.underway(p, r, of, w); ok {
			progress(m)
		}
	})
	if err != nil {
		return message{}, err
	}
	of.unfiled = !filed
	return b.card(story, of, w), nil
}

// underway shows how far a request has come, where there is something to show. Nothing of it has buttons, for these lead
// to what is filed.
func (b *Bot) underway(p desk.Progress, r desk.Request, of cardOf, w *words.Words) (m message, ok bool) {
	switch p.Stage {
	case desk.StageReading:
		return reading(r, w), true
	case desk.StageQuotes:
		return note(working, w.Say("bot.readall", append(sizes(p.Story, w), "Source", defuse(shortName(r)))...)), true
	case desk.StageFirst, desk.StageModel: // which is useful at once, and also where the store is away for long
		of.underway, of.making = true, p.Stage == desk.StageModel
		return b.card(p.Story, of, w), true
	}
	return message{}, false
}

// shared files a story for whoever asked. One that was made and could not be filed can be shown all the same.
func (b *Bot) shared(ctx context.Context, e errand, r desk.Request, progress func(desk.Progress)) (story cache.Story, filed bool, err error) {
	r.Guild, r.By = e.Guild, e.By
	if r.Story == nil { // else it was shared before
		r.Where = b.where(ctx, e)
	}
	story, err = b.desk.File(ctx, r, progress)
	if err != nil && story.ID != "" {
		b.log.WarnContext(ctx, "story not filed", "error", err)
		return story, false, nil
	}
	return story, err == nil, err
}

// reading says that a source is being read.
func reading(r desk.Request, w *words.Words) message {
	return note(working, w.Say("bot.reading", "Source", defuse(shortName(r))))
}

// sizes are the parts of a sentence that says how much an article holds.
func sizes(s cache.Story, w *words.Words) []any {
	return []any{"Words", w.Say("bot.count.words", "Count", s.Article.Words()), "Quotes", w.Say("bot.count.quotes", "Count", len(s.Quotes))}
}

// shortName is what a request's source is called in one word: the site of a link.
func shortName(r desk.Request) string {
	if r.Story != nil {
		return siteOf(&r.Story.Article)
	}
	if u, err := url.Parse(r.Source.String()); err == nil && u.Host != "" {
		return strings.TrimPrefix(u.Hostname(), "www.")
	}
	return label(r.Source.String(), 60)
}

// source is where the article of an errand is read from.
func (b *Bot) source(ctx context.Context, e errand) (desk.Source, error) {
	switch {
	case e.Args["text"] != "":
		name := words.Line(e.Args["name"])
		if name != "" {
			// The title opens the text, as it does in a file.
			return desk.FromText("", name+"\n\n"+e.Args["text"]), nil
		}
		return desk.FromText("", e.Args["text"]), nil
	case e.Args["file"] != "":
		data, err := b.upload(ctx, e.Args["file"])
		if err != nil {
			return desk.Source{}, desk.About(e.Args["name"], err)
		}
		return desk.FromReader(e.Args["name"], strings.NewReader(data)), nil
	}
	return desk.FromURL(e.Args["url"]), nil
}

// upload reads a file that somebody sent along, from Discord's own address for it.
func (b *Bot) upload(ctx context.Context, address string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", fmt.Errorf("%w: %w", desk.ErrUnreadable, err)
	}
	resp, err := b.session.Client.Do(req)
	if err != nil {
		return "", fmt.Errorf("%w: %w", desk.ErrUnreadable, err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%w: status %d", desk.ErrUnreadable, resp.StatusCode)
	}
	data, err := io.ReadAll(resp.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return "", extract.ErrTooLarge
	case err != nil:
		return "", fmt.Errorf("%w: %w", desk.ErrUnreadable, err)
	}
	return string(data), nil
}

// resizeDeed answers with the card of a filed article in another length, or the same again.
func resizeDeed(ctx context.Context, b *Bot, e errand, w *words.Words, progress func(message)) (message, error) {
	story, err := b.desk.Story(ctx, e.Guild, e.Args["article"])
	if err != nil {
		return message{}, err
	}
	if by := e.Args["by"]; by != "" { // who pressed the button did not share it
		e.By = by
	}
	return b.file(ctx, e, desk.Request{Story: &story}, w, progress)
}

// sorry says what went wrong, with a button to try again where that may help.
func sorry(e errand, w *words.Words, err error) message {
	l := newLayout()
	stretch, _ := cut(explain(w, err), maxText, asItIs)
	l.say(stretch)
	to := webAddress(e.Args["url"])
	if to != "" && !errors.Is(err, cache.ErrNotFound) {
		do := e.Do
		if do == "link" { // whoever presses it asks for the same by a command
			do = "summarize"
		}
		again := button(w.Say("bot.button.again"), customID("again", e.Args["length"], e.Args["language"], do), discordgo.PrimaryButton)
		if source, ok := linkButton(w.Say("bot.button.source"), to); ok {
			l.row(again, source)
		} else { // in words, where Try again finds it as well
			l.say("-# " + link(w.Say("bot.button.source"), to))
			l.row(again)
		}
	}
	return l.message(amiss)
}
