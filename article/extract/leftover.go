package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/article"
	"newsdesk/article/extract/internal/body"
)

const (
	maxLeftPointer = 120 // bytes of a line between paragraphs that points to another article
	maxBareLabel   = 40  // bytes of one that holds no link
	maxFollow      = 250 // bytes of what asks readers at the end to follow somebody
	maxRights      = 400 // bytes of a line that says whose the text is
	minCopy        = 500 // bytes of a paragraph that says once more what others said
	copyBegins     = 40  // bytes of letters by which it is told where they begin
	nearEnd        = 4   // blocks that may stand below the body
	aboveBody      = 3   // blocks that may stand above the body
)

// withoutLeftovers leaves out the lines that pages set among the paragraphs of an article and that are about the
// article or lead away from it: who wrote it and when, at its edges; "Also read"; whom to follow.
func withoutLeftovers(blocks []*body.Block, authors []string) []*body.Block {
	out := blocks[:0:0]
	announced := false // the links of a list come, to other articles
	begins := make(map[string]int)
	for i, b := range blocks {
		if announced = announced && b.Kind == body.Item && b.LinkBytes()*10 >= len(b.Text)*9; announced {
			continue
		}
		line := b.Kind == body.Paragraph && !strings.Contains(b.Text, "\n")
		atEdge := i < aboveBody || i == len(blocks)-1
		away := pointsAway(b)
		announced = away && strings.HasSuffix(b.Text, ":")
		switch {
		case away, isCopy(b.Text, out, begins), line && isForMachines(b.Text),
			b.Kind != body.Quote && i >= len(blocks)-nearEnd && i > 0 && (claimsRights(b.Text) || namesOrigin(b.Text)),
			line && i < aboveBody && len(b.Text) <= maxByline/2 && !endsSentence(b.Text) && byline(b.Text) != nil,
			line && (i < aboveBody || i >= len(blocks)-2) && namesAlone(b.Text, authors),
			line && atEdge && isDateLine(b.Text) && strings.ContainsFunc(b.Text, unicode.IsLetter),
			(i < aboveBody || i >= len(blocks)-nearEnd) && isLettersOwn(b.Text),
			line && i >= len(blocks)-2 && i > 0 && asksToFollow(b.Text):
			continue
		}
		if begin := opening(b.Text); begin != "" {
			if _, known := begins[begin]; !known {
				begins[begin] = len(out)
			}
		}
		out = append(out, b)
	}
	return out
}

// isCopy reports whether a long paragraph says in one what some before it said, as pages hold their text once more for search
// engines. begins are the blocks before it by their beginnings.
func isCopy(text string, before []*body.Block, begins map[string]int) bool {
	if len(text) < minCopy {
		return false
	}
	from, known := begins[opening(text)]
	if !known {
		return false
	}
	rest := letters(text)
	for _, b := range before[from:] {
		said := letters(b.Text[:min(len(b.Text), 4*len(text))])
		if strings.HasPrefix(said, rest) {
			return true
		}
		if !strings.HasPrefix(rest, said) {
			return false
		}
		rest = rest[len(said):]
	}
	return rest == ""
}

// opening is what a paragraph begins with, "" of a short one.
func opening(text string) string {
	if said := letters(text[:min(len(text), 4*copyBegins)]); len(said) >= copyBegins {
		return said[:copyBegins]
	}
	return ""
}

// forMachines is a line that holds a time or an address and nothing for readers.
var forMachines = regexp.MustCompile(`^\s*(?:\d{4}-\d\d-\d\dT\d\d:\d\d\S*|https?://\S+\.(?:jpe?g|png|gif|webp|svg)(?:\?\S*)?)\s*$`)

func isForMachines(line string) bool { return forMachines.MatchString(line) }

// maxAround is how many letters may stand around names that are all a line says: "By", "and".
const maxAround = 6

// namesAlone reports whether a line says nothing but who wrote the article.
func namesAlone(s string, authors []string) bool {
	if len(s) > maxByline || endsSentence(s) {
		return false
	}
	rest, named := letters(s), false
	for _, a := range authors {
		if name := letters(a); name != "" && strings.Contains(rest, name) {
			rest, named = strings.Replace(rest, name, "", 1), true
		}
	}
	return named && utf8.RuneCountInString(rest) <= maxAround
}

// rightsWords say at the end of a text whose it is, and what may not be done with it.
var rightsWords = []string{
	"all rights reserved", "document is subject to copyright", "no part may be reproduced", "may not be published broadcast", "may not be reproduced", "republished with permission",
	"alle rechte vorbehalten", "tous droits réservés", "todos los derechos reservados", "tutti i diritti riservati", "todos os direitos reservados", "alle rechten voorbehouden",
}

// claimsRights reports whether a line says whose the text is.
func claimsRights(s string) bool {
	return len(s) <= maxRights && !strings.ContainsAny(s, "“”\"„«»") && holdsAny(wordsOf(s), rightsWords)
}

// origins are what feeds put below each of their texts, before and behind its title.
var origins = [][2]string{
	{"the post ", " appeared first on "}, {"the post ", " first appeared on "}, {"der beitrag ", " erschien zuerst auf "}, {"l article ", " est apparu en premier sur "},
	{"la entrada ", " se publicó primero en "}, {"la entrada ", " apareció primero en "}, {"l articolo ", " proviene da "}, {"het bericht ", " verscheen eerst op "}, {"o post ", " apareceu primeiro em "},
}

// namesOrigin reports whether a line says where a text appeared first.
func namesOrigin(s string) bool {
	if len(s) > maxRights {
		return false
	}
	said := wordsOf(s)
	return slices.ContainsFunc(origins, func(o [2]string) bool {
		return strings.HasPrefix(said, o[0]) && strings.Contains(said, o[1])
	})
}

// letterWords stand above and below the text of newsletters: where else it can be read, why it came, how to be rid of it.
var letterWords = []string{
	"view this email", "view this newsletter", "view in browser", "view in your browser", "view online", "read in browser", "read online", "unsubscribe", "update your preferences", "manage your preferences",
	"email preferences", "you are receiving this", "you re receiving this", "you received this email", "this email was sent to", "add us to your address book", "forward this email",
	"im browser ansehen", "im browser öffnen", "im browser lesen", "online version", "abbestellen", "newsletter abmelden", "se désabonner", "se désinscrire", "voir dans le navigateur", "version en ligne",
	"darse de baja", "cancelar suscripción", "ver en el navegador", "annulla iscrizione", "disiscriviti", "visualizza nel browser", "cancelar inscrição", "afmelden", "bekijk in browser", "bekijk de webversie",
}

// letterOpens begin the sentences at the end of a newsletter that say why it came and how to be rid of it.
var letterOpens = []string{
	"you", "this email", "this newsletter", "if you", "to unsubscribe", "to stop receiving", "don t want", "no longer want", "not interested", "click here", "sent to",
	"sie erhalten", "wenn sie", "falls sie", "um sich", "um den newsletter", "vous recevez", "si vous", "pour vous", "recibe", "si no", "si ya no", "para darse", "hai ricevuto", "se non", "per annullare",
	"você", "para cancelar", "u ontvangt", "je ontvangt", "wil je", "wilt u",
}

// maxFooter is how many paragraphs stand at the end of a letter at most that are about the letter.
const maxFooter = 8

// signature is the line under which a letter is signed (RFC 3676, 4.3).
const signature = "--"

// isSignature reports whether the last blocks of a text are that line and a few short ones.
func isSignature(rest []block) bool {
	return rest[0].words() == signature && len(rest) <= maxFooter &&
		!slices.ContainsFunc(rest, func(b block) bool { return len(shown(b.words())) > maxLeftPointer })
}

// markLettersOwn gives the paragraphs at the edges of a text that are about the letter it came in their kind. Behind
// the first of those at the end only short lines stand: addresses, links.
func markLettersOwn(blocks []block) {
	for i := range blocks {
		b := &blocks[i]
		switch {
		case i < aboveBody && isLettersOwn(b.words()):
			b.kind = article.Other
		case i > 0 && isSignature(blocks[i:]),
			i >= max(aboveBody, len(blocks)-maxFooter) && (isLettersOwn(b.words()) || claimsRights(b.words()) || namesOrigin(b.words())):
			b.kind = article.Other
			for j := i + 1; j < len(blocks) && (len(shown(blocks[j].words())) <= maxLeftPointer || isLettersOwn(blocks[j].words())); j++ {
				blocks[j].kind = article.Other
			}
		}
	}
}

// isNewsletter reports whether a text says that it came as a newsletter.
func isNewsletter(a *article.Article) bool {
	return slices.ContainsFunc(a.Paragraphs, func(p article.Paragraph) bool {
		return p.Kind == article.Other && isLettersOwn(a.Slice(p.Span))
	})
}

// links are addresses in plain text.
var links = regexp.MustCompile(`[<(\[]?https?://\S+`)

// shown is a text without the addresses that plain text must spell out.
func shown(s string) string {
	if !strings.Contains(s, "://") {
		return s
	}
	return strings.Trim(links.ReplaceAllString(s, ""), space)
}

// isLettersOwn reports whether a short line is what a newsletter says of itself.
func isLettersOwn(s string) bool {
	if s = shown(s); len(s) > maxRights || strings.ContainsAny(s, "“”\"„«»") {
		return false
	}
	said := wordsOf(s)
	if !holdsAny(said, letterWords) {
		return false
	}
	return len(s) <= maxLeftPointer && !endsSentence(s) || slices.ContainsFunc(letterOpens, func(open string) bool { return strings.HasPrefix(said, open) })
}

// pointsAway reports whether a block is a line that sends the reader to another article.
func pointsAway(b *body.Block) bool {
	if b.Kind == body.Quote || b.Kind == body.Post || len(b.Text) > maxLeftPointer {
		return false
	}
	linked := b.LinkBytes() > 0
	arrow := beginsWithArrow(b.Text)
	if linked && arrow {
		return true
	}
	if !linked && !arrow && len(b.Text) > maxBareLabel && !strings.HasSuffix(b.Text, ":") {
		return false
	}
	return isPointer(b.Text) && !endsSentence(b.Text)
}

// beginsWithArrow reports whether a line begins with a mark that points to the right. What opens a quotation in some languages
// stands before a space as an arrow, and is not closed.
func beginsWithArrow(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("▶►➡→➤➜", r) || strings.HasPrefix(s, ">>") || strings.HasPrefix(s, guillemet) && !strings.Contains(s, "«")
}

// guillemet is an arrow where a space stands behind it.
const guillemet = "» "

// followWords open a sentence that asks readers to follow somebody on one of the networks.
var (
	followWords = set(`Follow Folgen Folge Suivez Sigue Síguenos Seguici`)
	networks    = set(`twitter facebook instagram x threads linkedin youtube tiktok mastodon bluesky telegram whatsapp google`)
)

// maxAsked is how many words there are at most from the one that asks to the name of the network.
const maxAsked = 8

// asksToFollow reports whether s asks readers to follow a person or an outlet on a social network.
func asksToFollow(s string) bool {
	if len(s) > maxFollow || strings.ContainsAny(s, "“”\"„«»") {
		return false
	}
	asked := -1
	for i, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch {
		case followWords[w]:
			asked = i
		case asked >= 0 && i-asked <= maxAsked && networks[strings.ToLower(w)]:
			return true
		}
	}
	return false
}
