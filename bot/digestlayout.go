package bot

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/digest"
	"newsdesk/summarize"
	"newsdesk/words"
)

// edition is a digest as one message shows it.
type edition struct {
	digest.Digest
	guild  string            // whose news it is
	length summarize.Length  // "" for standard
	due    time.Time         // when it was due, if that is to be said; else zero
	missed int               // digests before it that could not be posted, and whose news it tells
	below  *discordgo.Button // what can be pressed below it, nil for nothing
}

// How much of a digest its parts may take, in characters.
const (
	headlineText = 100
	outletText   = 40 // of an outlet's name
	mostOutlets  = 3  // that are named of one story
	mostSharers  = 2
	onlyText     = 140 // of a sentence that only one outlet has
	mostOnly     = 3   // outlets of which it is said what only they have
	voiceText    = 200 // of what one of two who disagree says
	voicesText   = 900 // of both, with their speakers
)

// detail is how much is said of a story.
type detail struct {
	linked   bool // the headline leads to its page
	sentence int  // characters of the sentence, 0 for none
	quote    int  // characters of the quotation
	place    bool // the quotation leads to where it stands
	outlets  bool // the other outlets lead to their pages
	shared   bool // who shared it
	only     bool // what only one outlet has
}

// step adds something to the first stories of a digest, as far as there is room: to the first first.
type step struct {
	stories int
	more    func(*detail)
}

// top are the stories of which more is told before the others are told longer.
const top = 4

// steps are what is added to the stories of a digest of a length, one after the other.
var steps = map[summarize.Length][]step{
	summarize.Brief: {all(linked), all(sentenceOf(160)), all(sharers), all(outletsLinked)},
	summarize.Standard: {
		all(linked), all(sentenceOf(140)), all(quoteOf(130)), all(sharers), all(outletsLinked), {top, sentenceOf(240)}, {top, onlyOne}, all(sentenceOf(240)),
		all(placed), all(onlyOne), all(quoteOf(280)),
	},
	summarize.Detailed: {
		all(linked), all(sentenceOf(140)), all(quoteOf(130)), all(sharers), all(outletsLinked), {top, sentenceOf(400)}, {top, quoteOf(300)}, {top, onlyOne},
		all(sentenceOf(400)), all(quoteOf(300)), all(placed), all(onlyOne),
	},
}

func all(more func(*detail)) step { return step{digest.Most, more} }

func linked(d *detail)        { d.linked = true }
func outletsLinked(d *detail) { d.outlets = true }
func sharers(d *detail)       { d.shared = true }
func onlyOne(d *detail)       { d.only = true }
func placed(d *detail)        { d.place = true }

// Of what has been told longer already, nothing is taken away.
func sentenceOf(characters int) func(*detail) {
	return func(d *detail) { d.sentence = max(d.sentence, characters) }
}

func quoteOf(characters int) func(*detail) {
	return func(d *detail) { d.quote = max(d.quote, characters) }
}

// digestMessage shows a digest in one message: what there is no room for is left out from the least important on, and
// is found in the menu below it, a story each.
//
// Eight stories with all that goes with them take up all components that a message may have. So what stands in a row
// without a button is one text.
func digestMessage(e edition, w *words.Words) (message, error) {
	l := newLayout()
	if len(e.Stories) == 0 {
		l.say(e.head(w) + "\n" + w.Say("bot.digest.none"))
		if e.below != nil {
			l.row(*e.below)
		}
		return l.message(calm), nil
	}
	var tail []string
	var quoted ranking
	if e.length != summarize.Brief {
		if text := e.voices(w); text != "" {
			tail = append(tail, text)
		}
		if len(e.MostQuoted) > 0 {
			var err error
			if quoted, err = rank(e.MostQuoted, w); err != nil {
				return message{}, err
			}
			tail = append(tail, "## "+w.Say("edition.quoted")+"\n"+quoted.list)
		}
	}
	last, foot := strings.Join(tail, "\n"), e.foot(w)
	release := l.reserve(size(last)+size(foot), 1+1+3+2) // the chart and its list, the foot with its button, the menu
	e.addStories(l, w)
	release()
	l.say(last)
	if quoted.chart != nil {
		l.picture(chartFile, quoted.described)
	}
	if e.below != nil {
		l.beside(foot, *e.below)
	} else {
		l.say(foot)
	}
	l.menu(e.menu(w))
	m := l.message(calm)
	if quoted.chart != nil {
		m.files = []*discordgo.File{quoted.chart}
	}
	return m, nil
}

// head is what stands above the stories.
func (e edition) head(w *words.Words) string {
	lines := []string{"## " + w.Say("edition.title"), "-# " + w.Say("bot.digest.period", "Since", moment(e.Since, "f"), "Until", moment(e.Until, "f"))}
	if !e.due.IsZero() {
		lines = append(lines, "-# "+w.Say("bot.digest.late", "When", moment(e.due, "f")))
	}
	if e.missed > 0 {
		lines = append(lines, "-# "+w.Say("bot.digest.missed", "Count", e.missed))
	}
	return strings.Join(lines, "\n")
}

// foot is what stands below all.
func (e edition) foot(w *words.Words) string {
	foot := "-# " + w.Say("bot.digest.words")
	if e.LeftOut > 0 {
		foot += "\n-# " + w.Say("edition.left", "Count", e.LeftOut) + " " + w.Say("bot.digest.left.next")
	}
	return foot
}

// addStories adds the stories with as much of each as there is room for: what feeds brought below the others.
func (e edition) addStories(l *layout, w *words.Words) {
	leads := make([]string, len(e.Stories)) // what stands above a story
	leads[0] = e.head(w) + "\n"
	room := l.text
	if fed := slices.IndexFunc(e.Stories, func(s digest.Story) bool { return s.Fed }); fed > 0 {
		leads[fed] = "## " + w.Say("edition.feeds") + "\n"
	}
	parts := l.parts
	for i := range e.Stories {
		room -= size(leads[i])
		if parts -= 2; discussion(&e.Stories[i]) != "" {
			parts -= 2
		}
	}
	ruled := parts >= len(e.Stories)-1
	for i, text := range e.texts(room, w) {
		if i > 0 && ruled {
			l.rule()
		}
		l.say(leads[i] + text.story)
		if there, ok := linkButton(w.Say("bot.button.discussion"), discussion(&e.Stories[i])); ok {
			l.beside(text.origins, there)
		} else {
			l.say(text.origins)
		}
	}
}

// storyText is what is said of one story: what it is, and below that where it is from, beside the way to its discussion.
type storyText struct{ story, origins string }

func (t storyText) size() int { return size(t.story) + size(t.origins) }

// texts are the texts of the stories, together no longer than there is room.
func (e edition) texts(room int, w *words.Words) []storyText {
	texts, of := make([]storyText, len(e.Stories)), make([]detail, len(e.Stories))
	for i := range e.Stories {
		texts[i] = e.story(&e.Stories[i], of[i], w)
		room -= texts[i].size()
	}
	for _, step := range steps[cmp.Or(e.length, summarize.Standard)] {
		for i := range e.Stories[:min(len(e.Stories), step.stories)] {
			more := of[i]
			if step.more(&more); more == of[i] {
				continue
			}
			text := e.story(&e.Stories[i], more, w)
			if grown := text.size() - texts[i].size(); grown <= room {
				texts[i], of[i], room = text, more, room-grown
			}
		}
	}
	return texts
}

// story is what is said of one story.
func (e edition) story(s *digest.Story, d detail, w *words.Words) storyText {
	to := ""
	if d.linked {
		to = page(&s.Items[0].Story.Article)
	}
	lines := []string{"### " + w.Isolate(link(headlineOf(s, headlineText, w), to))}
	if d.sentence > 0 {
		lines = append(lines, clip(s.Sentence.Text, d.sentence))
	}
	if q := e.Quotation(s); q != nil && d.quote > 0 {
		lines = append(lines, told(*q, d.quote, d.place, w))
	}
	if only := onlyIn(s, onlyText, w); d.only && len(only) > 0 {
		lines = append(lines, only[0])
	}
	return storyText{
		strings.Join(slices.DeleteFunc(lines, func(line string) bool { return line == "" }), "\n"),
		"-# " + cmp.Or(dotted(w, e.origins(s, d, w)...), w.Say("bot.untitled")),
	}
}

// headlineOf is what a story is called, in at most limit characters.
func headlineOf(s *digest.Story, limit int, w *words.Words) string {
	return cmp.Or(clip(s.Headline, limit), w.Say("bot.untitled"))
}

// origins are the outlets of a story, the first of which the headline leads to, and who shared it.
func (e edition) origins(s *digest.Story, d detail, w *words.Words) []string {
	outlets := s.Outlets()
	var out []string
	for i, item := range outlets[:min(len(outlets), mostOutlets)] {
		to := ""
		if d.outlets && i > 0 {
			to = page(&item.Story.Article)
		}
		if name := clip(item.Outlet(), outletText); name != "" {
			out = append(out, link(name, to))
		}
	}
	if more := len(outlets) - mostOutlets; more > 0 {
		out = append(out, w.Say("bot.digest.outlets", "Count", more))
	}
	if len(s.Items) > len(outlets) {
		out = append(out, w.Say("bot.count.articles", "Count", len(s.Items)))
	}
	if d.shared {
		out = append(out, sharedBy(s.SharedBy, w))
	}
	return out
}

// sharedBy names who shared a story, "" if nobody did.
func sharedBy(people []string, w *words.Words) string {
	var names []string
	for _, id := range people {
		if name := memberName(id); name != "" {
			names = append(names, name)
		}
	}
	switch more := len(names) - mostSharers; {
	case len(names) == 0:
		return ""
	case more > 0:
		return w.Say("bot.digest.sharers", "Names", strings.Join(names[:mostSharers], ", "), "Count", more)
	}
	return w.Say("bot.articles.by", "Name", strings.Join(names, ", "))
}

// told is a quotation of a story: who said it, in which outlet, and the words.
func told(q cache.FiledQuote, limit int, placed bool, w *words.Words) string {
	to := ""
	if placed {
		to = place(q.Article, q.Text)
	}
	about := "**" + w.Isolate(clip(desk.SpeakerShown(q.Quote), speakerText)) + "**"
	if remarks := remarksOn(q.Quote, w); remarks != "" {
		about += " " + remarks
	}
	outlet := link(clip(cache.Outlet(q.Site, q.Article), outletText), to)
	return dotted(w, about, outlet) + "\n> " + inMarks(q.Quote, w, limit, defuse)
}

// onlyIn says what a single outlet has of a story, a line each, whom it quotes first.
func onlyIn(s *digest.Story, limit int, w *words.Words) (lines []string) {
	for _, o := range s.Only[:min(len(s.Only), mostOnly)] {
		site := clip(s.Items[o.Item].Outlet(), outletText)
		if len(o.Speakers) > 0 {
			lines = append(lines, "-# "+w.Say("edition.only.speakers", "Site", site, "Speakers", clip(strings.Join(o.Speakers, ", "), 3*speakerText)))
		}
		if o.Point.Text != "" {
			lines = append(lines, "-# "+w.Say("edition.only.facts", "Site", site)+" "+clip(o.Point.Text, limit))
		}
	}
	return lines
}

// voices are two who disagree, in the order in which the digest has them, and nothing of who is right.
func (e edition) voices(w *words.Words) string {
	s := e.Disagreement()
	if s == nil {
		return ""
	}
	text := ""
	for _, placed := range []bool{true, false} { // a link to a passage takes as much as the passage
		lines := []string{"## " + w.Say("edition.voices"), "-# " + headlineOf(s, headlineText, w)}
		for _, q := range s.Voices {
			lines = append(lines, told(q, voiceText, placed, w))
		}
		if text = strings.Join(lines, "\n"); size(text) <= voicesText {
			break
		}
	}
	return text
}

// discussion is the address of the place where a story was shared first, "" if there is none.
func discussion(s *digest.Story) string {
	var first cache.Share
	for _, item := range s.Items {
		for _, share := range item.Shares {
			if jump(share.Where) != "" && (first.Where == "" || share.At.Before(first.At)) {
				first = share
			}
		}
	}
	return jump(first.Where)
}

// menu offers the stories, to be read whole one at a time.
func (e edition) menu(w *words.Words) discordgo.SelectMenu {
	menu := discordgo.SelectMenu{
		MenuType: discordgo.StringSelectMenu, Placeholder: label(w.Say("bot.digest.more"), maxPlaceholder),
		CustomID: customID("story", e.guild, momentID(e.Since), momentID(e.Until)),
	}
	for _, s := range e.Stories {
		var outlets []string
		for _, item := range s.Outlets() {
			outlets = append(outlets, item.Outlet())
		}
		menu.Options = append(menu.Options, discordgo.SelectMenuOption{
			Label: cmp.Or(label(s.Headline, maxOption), label(w.Say("bot.untitled"), maxOption)), Value: s.Items[0].Story.ID, Description: label(dotted(w, outlets...), maxOption),
		})
	}
	return menu
}

// momentID writes a moment into the id of a button, for idMoment.
func momentID(t time.Time) string { return strconv.FormatInt(t.UnixMicro(), 36) }

// idMoment reads what momentID wrote; zero if it is none.
func idMoment(id string) time.Time {
	micro, err := strconv.ParseInt(id, 36, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMicro(micro)
}

// digestStory shows all of one story of a digest: every article of it with who shared it and where, and whom it quotes.
// Where the story is in another archive than that of whoever reads it, nothing more can be asked about it.
func digestStory(s *digest.Story, here bool, w *words.Words) message {
	l := newLayout()
	l.say("### " + headlineOf(s, titleText, w))
	l.say(clip(s.Sentence.Text, pointText))
	release := l.reserve(1800, 6)
	const each = 3 // components of an article with its button
	for i, item := range s.Items {
		if left := len(s.Items) - i; left > 1 && !l.fits(400, each+1) {
			l.say("-# " + w.Say("bot.digest.articles", "Count", left))
			break
		}
		text := articleEntry(listed{item.Story, shareShown(item.Shares, "")}, l.text/2, w)
		if n := len(item.Story.Quotes); n > 0 && here {
			l.beside(text, button(w.Say("bot.button.quotes", "Count", n), customID("quotes", item.Story.ID), discordgo.SecondaryButton))
		} else {
			l.say(text)
		}
	}
	release()
	quotes := slices.Clone(s.Voices)
	if s.Quote != nil && !slices.ContainsFunc(quotes, func(q cache.FiledQuote) bool { return q.StoryID == s.Quote.StoryID && q.Span == s.Quote.Span }) {
		quotes = append([]cache.FiledQuote{*s.Quote}, quotes...)
	}
	if len(quotes) > 0 {
		l.rule()
	}
	for i, q := range quotes {
		l.say(fitted(q, w, quoteText, (l.text-300)/(len(quotes)-i), ""))
	}
	for _, line := range onlyIn(s, pointText, w) {
		l.say(line)
	}
	if here {
		l.menu(quoteMenu(quotes, w))
	}
	return l.message(calm)
}
