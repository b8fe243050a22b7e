package bot

import (
	"cmp"
	"strings"
	"time"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/quote"
	"newsdesk/words"
)

// This file shows one quote: its article, its speaker, its words.

// articleLine names the article of a quote on one line of no more than limit characters, with its address where that
// takes no more room than there is: its title, the outlet, and the day on which it appeared, or on which it was read where it does not say.
func articleLine(q cache.FiledQuote, limit int, w *words.Words) string {
	name, origin := articleOf(q, limit, w)
	return dotted(w, name, origin)
}

// articleHead is articleLine above the quotes of the article: outlet and day below the title.
func articleHead(q cache.FiledQuote, limit int, w *words.Words) string {
	name, origin := articleOf(q, limit, w)
	return strings.TrimSuffix(name+"\n-# "+origin, "\n-# ")
}

func articleOf(q cache.FiledQuote, limit int, w *words.Words) (name, origin string) {
	name = cmp.Or(clip(q.Title, 120), clip(q.Article, 80), w.Say("bot.untitled"))
	var parts []string
	if site := clip(cache.Outlet(q.Site, q.Article), 60); site != "" && site != name {
		parts = append(parts, site)
	}
	if published := day(q.Published); published != "" {
		parts = append(parts, published)
	} else if q.FiledAt.After(time.Unix(0, 0)) {
		parts = append(parts, w.Say("bot.read", "When", moment(q.FiledAt, "D")))
	}
	origin = dotted(w, parts...)
	const around = len("**[]()**\n-# ") + len("\u2068\u2069")
	if most := limit - around; size(name)+size(origin) > most { // what the article is called comes first
		if origin = ""; size(name) > most {
			name = clip(cmp.Or(q.Title, q.Article), max(0, most))
		}
	}
	to := webAddress(q.Article)
	if around+size(name)+size(origin)+size(to) > limit {
		to = ""
	}
	if name == "" {
		return "", ""
	}
	return "**" + w.Isolate(link(name, to)) + "**", origin
}

// quoted shows who said what, at most limit of it, and where it stands. The name is left out where it stands above.
// Words that differ are underlined.
func quoted(q quote.Quote, page string, w *words.Words, limit int, above string, differing ...string) string {
	var parts []string
	speaker := desk.SpeakerShown(q)
	named := speaker == "" || speaker != above
	if named {
		parts = append(parts, heading(q, w))
	}
	if remarks := remarksOn(q, w); remarks != "" {
		parts = append(parts, remarks)
	}
	about := strings.Join(parts, " ")
	if to := place(page, q.Text); to != "" {
		about = dotted(w, about, link(w.Say("bot.there"), to))
	}
	said := "> " + inMarks(q, w, limit, defuse, differing...)
	switch {
	case about == "":
		return said
	case named:
		return about + "\n" + said
	}
	return said + "\n-# " + about
}

// heading is the speaker of a quote, or what stands in that place.
func heading(q quote.Quote, w *words.Words) string {
	if speaker := clip(desk.SpeakerShown(q), 100); speaker != "" {
		return "**" + w.Isolate(speaker) + "**"
	}
	return nobodyShown(q, w)
}

// remarksOn says of a quote that it is the article's words, or its speaker the moderators'.
func remarksOn(q quote.Quote, w *words.Words) string {
	var remarks []string
	if q.Kind == quote.Indirect {
		remarks = append(remarks, w.Say("bot.reported"))
	}
	if q.Corrected != nil {
		remarks = append(remarks, w.Say("bot.corrected"))
	}
	return strings.Join(remarks, " ")
}

// nobodyShown stands in the place of a speaker whom nothing names, or nothing surely.
func nobodyShown(q quote.Quote, w *words.Words) string {
	if q.Speaker != "" {
		return w.Say("bot.unsure")
	}
	return w.Say("bot.nobody")
}

// aroundQuote is how many characters inMarks puts around a stretch at most, where none begins within the quote: marks,
// in French with spaces, what isolates another direction, and what tells of a cut.
const aroundQuote = 4 + 2 + 2

// inMarks is what a quote says, in marks if these are the speaker's words, at most limit of it as show writes it: one
// stretch of the article. What is too long ends at the end of a sentence, where one ends within that; of words that
// differ, which are underlined in Markdown, it keeps the first. What tells of a cut stands outside the marks.
func inMarks(q quote.Quote, w *words.Words, limit int, show func(string) string, differing ...string) string {
	text, before, behind := words.Line(article.Line(q.Text)), "", ""
	if len(differing) > 0 {
		show = func(s string) string { return emphasized(s, differing, "__") }
	}
	stretch, shortened := cut(text, limit, show)
	if shortened {
		if begin := beginNear(text, len(stretch), differing); begin > 0 {
			text, before = text[begin:], "… "
			stretch, shortened = cut(text, limit, show)
		}
	}
	if shortened {
		behind = " …"
		if end := lastSentence(text, len(stretch)); end > 0 && len(differing) == 0 {
			stretch = text[:end]
		}
	}
	if q.Kind == quote.Indirect {
		return before + show(stretch) + behind
	}
	return before + w.Say("bot.said", "Text", show(stretch)) + behind
}

// beginNear is where a stretch of so many bytes begins that holds the first words that differ, a third of it before
// them; 0 where the first stretch holds them.
func beginNear(text string, length int, differing []string) int {
	for _, d := range differing {
		at := wordsAt(text, d)
		switch {
		case at < 0:
			continue
		case at+len(d) <= length:
			return 0
		}
		begin := boundary(text, max(0, at-length/3))
		if word := lastWord(text, begin); word > begin-length/3 && word > 0 {
			begin = word + 1
		}
		return begin
	}
	return 0
}

// fitted is quoted in no more than limit characters, at most so many of them words, without its link where that takes
// the room of the words; "" where there is no room for a few words.
func fitted(q cache.FiledQuote, w *words.Words, most, limit int, above string) string {
	for _, page := range []string{q.Article, ""} {
		bare, least := q.Quote, 80
		if page == "" {
			bare.Text, least = "", 20
		}
		if room := limit - size(quoted(bare, page, w, 0, above)) - aroundQuote; room >= least {
			return quoted(q.Quote, page, w, min(room, most), above)
		}
	}
	return ""
}
