package bot

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/desk/verbatim"
	"newsdesk/quote"
	"newsdesk/summarize/ground"
	"newsdesk/words"
)

// verifyCommand takes a claim, or a quote with or without its speaker.
func (b *Bot) verifyCommand(ctx context.Context, in asked, h how, args map[string]string) {
	var wrong string
	switch {
	case (args["claim"] == "") == (args["quote"] == ""):
		wrong = "bot.verify.either"
	case args["speaker"] != "" && args["quote"] == "":
		wrong = "bot.verify.speaker"
	default:
		b.promise(ctx, in, h, "verify", args)
		return
	}
	b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say(wrong))))
}

// verifyDeed answers whether something is borne out, or was said, and by what.
func verifyDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	var story *cache.Story
	if ref := e.Args["article"]; ref != "" {
		found, err := b.desk.Meant(ctx, e.Guild, ref)
		if err != nil {
			return message{}, err
		}
		story = &found
	}
	if e.Args["quote"] != "" {
		c := desk.QuoteClaim{Words: e.Args["quote"], Speaker: e.Args["speaker"], Guild: e.Guild, Story: story}
		v, err := b.desk.CheckQuote(ctx, c)
		if err != nil {
			return message{}, err
		}
		return quoteVerdict(c, v, w), nil
	}
	c := desk.Claim{Text: e.Args["claim"], Guild: e.Guild, Story: story}
	v, err := b.desk.TraceClaim(ctx, c)
	if err != nil {
		return message{}, err
	}
	return claimVerdict(c, v, w), nil
}

// How much is shown of what is checked, and of what it is checked against.
const (
	claimText   = 500
	verdictText = 700
	reasonText  = 200
	mostReasons = 5
	mostQuoted  = 4
)

// claimVerdict shows whether a claim is borne out, and the sentences that it rests on.
func claimVerdict(c desk.Claim, v desk.ClaimVerdict, w *words.Words) message {
	l := newLayout()
	claim := "> " + clip(c.Text, claimText)
	if v.Story == nil {
		l.say("### " + w.Say("bot.verify.unspoken") + "\n" + claim)
		l.say("-# " + w.Say("bot.verify.unspoken.next"))
		return l.message(doubtful)
	}
	outcome, colour, by := "bot.verify.borne", calm, "bot.verify.by"
	if !v.Supported {
		outcome, colour, by = "bot.verify.unborne", amiss, "bot.verify.nearest"
	}
	l.say("### " + w.Say(outcome) + "\n" + claim)
	l.say(reasonList(v.Reasons, w))
	l.rule()
	l.say(articleHead(v.Story.Filed(quote.Quote{}), l.text/2, w))
	if len(v.Sources) > 0 {
		l.say("-# " + w.Say(by))
	}
	for _, s := range v.Sources {
		l.say(sentence(s, page(&v.Story.Article), verdictText, w))
	}
	l.say("-# " + w.Say("bot.verify.method"))
	return l.message(colour)
}

// reasonList says what is wrong with a claim, as a list.
func reasonList(reasons []ground.Reason, w *words.Words) string {
	lines := make([]string, 0, mostReasons)
	for _, r := range reasons[:min(len(reasons), mostReasons)] {
		r.Words = clip(r.Words, reasonText)
		lines = append(lines, "- "+desk.SayReason(w, r))
	}
	return strings.Join(lines, "\n")
}

// verdictLooks are how each verdict on a quote is said and coloured.
var verdictLooks = map[desk.Verdict]struct {
	key    string
	colour int
}{
	desk.Verbatim:     {"bot.verify.verbatim", calm},
	desk.Altered:      {"bot.verify.altered", doubtful},
	desk.OtherSpeaker: {"bot.verify.other", amiss},
	desk.NotFound:     {"bot.verify.missing", amiss},
}

// quoteVerdict shows what became of words that somebody is claimed to have said, and what was said.
func quoteVerdict(c desk.QuoteClaim, v desk.QuoteVerdict, w *words.Words) message {
	look := verdictLooks[v.Verdict]
	l := newLayout()
	said, claimed := differing(v.Differences)
	stretch, shortened := cut(words.Line(c.Words), claimText, defuse)
	line := emphasized(stretch, claimed, "~~")
	if shortened {
		line += " …"
	}
	if who := clip(c.Speaker, 100); who != "" {
		line = "**" + who + "**: " + line
	}
	l.say("### " + w.Say(look.key) + "\n> " + line)
	if v.Verdict == desk.NotFound {
		l.say("-# " + w.Say("bot.verify.missing.next"))
		return l.message(look.colour)
	}
	l.rule()
	release := l.reserve(200, 2)
	story, mark := "", said
	shown := once(v.Quotes)
	shown = shown[:min(len(shown), mostQuoted)]
	var asked []cache.FiledQuote
	for i, all := range shown {
		q, room := all[0], l.text/(len(shown)-i)
		text := ""
		if q.StoryID != story || i == 0 {
			text, story, mark = articleHead(q, room/3, w)+"\n", q.StoryID, said // it may stand there too
		}
		head := size(quoted(q.Quote, q.Article, w, 0, "")) + len("… ")
		text += quoted(q.Quote, q.Article, w, max(60, min(verdictText, room-size(text)-head)), "", mark...)
		for _, other := range all[1:] {
			if line := "\n-# " + w.Say("bot.verify.also", "Article", articleLine(other, maxLink, w)); size(text)+size(line) <= room {
				text += line
			}
		}
		mark = remaining(q.Text, mark)
		if l.say(text) {
			asked = append(asked, q)
		}
	}
	release()
	if len(v.Differences) > 0 {
		l.say("-# " + w.Say("bot.verify.marks"))
	}
	l.menu(quoteMenu(asked, w))
	return l.message(look.colour)
}

// once are quotes of which several articles have the same words of the same speaker, together.
func once(quotes []cache.FiledQuote) (out [][]cache.FiledQuote) {
	for _, q := range quotes {
		same := func(have []cache.FiledQuote) bool {
			return have[0].Speaker == q.Speaker && have[0].Kind == q.Kind && words.Line(have[0].Text) == words.Line(q.Text)
		}
		switch i := slices.IndexFunc(out, same); {
		case i < 0:
			out = append(out, []cache.FiledQuote{q})
		case !slices.ContainsFunc(out[i], func(have cache.FiledQuote) bool { return have.StoryID == q.StoryID }):
			out[i] = append(out[i], q)
		}
	}
	return out
}

// differing are the words that were said and not claimed, and those that were claimed and not said.
func differing(differences []verbatim.Difference) (said, claimed []string) {
	for _, d := range differences {
		if s := words.Line(d.Said); s != "" {
			said = append(said, s)
		}
		if c := words.Line(d.Claimed); c != "" {
			claimed = append(claimed, c)
		}
	}
	return said, claimed
}

// emphasized is text, defused, with each of some stretches of it, which come in this order, between marks of
// Markdown. A stretch that is not there is not marked.
func emphasized(text string, stretches []string, mark string) string {
	var b strings.Builder
	for _, s := range stretches {
		at := wordsAt(text, s)
		if at < 0 {
			continue
		}
		b.WriteString(spaced(text[:at]) + mark + defuse(s) + mark)
		text = text[at+len(s):]
	}
	b.WriteString(spaced(text))
	return b.String()
}

// remaining are the stretches that text does not hold: they stand in a quote that comes after it.
func remaining(text string, stretches []string) (rest []string) {
	text = words.Line(text)
	for _, s := range stretches {
		if at := wordsAt(text, s); at >= 0 {
			text = text[at+len(s):]
		} else {
			rest = append(rest, s)
		}
	}
	return rest
}

// wordsAt is where whole words stand in a text, -1 if they do not.
func wordsAt(text, whole string) int {
	for from := 0; ; {
		at := strings.Index(text[from:], whole)
		if at < 0 {
			return -1
		}
		at += from
		if !insideWord(text, at) && !insideWord(text, at+len(whole)) {
			return at
		}
		from = at + 1
	}
}

// insideWord reports whether a place in a text parts a word.
func insideWord(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	behind, _ := utf8.DecodeRuneInString(text[at:])
	part := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return part(before) && part(behind)
}
