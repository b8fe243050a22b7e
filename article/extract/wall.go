package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsdesk/article"
	"newsdesk/article/extract/internal/body"
	"newsdesk/article/extract/internal/meta"
	"newsdesk/article/internal/challenge"
)

const (
	maxWall      = 400 // bytes of a block that may be a wall's
	maxOffer     = 250 // bytes of one that ends a text
	maxConsent   = 900 // bytes of one that asks for consent
	maxMissing   = 90  // bytes of a headline that says that there is no page
	threeOnly    = 3   // a body of so few sentences is a teaser where something behind it leads on
	behindBody   = 3   // blocks behind the body that may do so
	fewSentences = 5   // a body of so many sentences before a wall is not the whole article
	lockedWords  = 60  // that stand in the locked part of a page show that it was not locked
)

// signs is what the blocks of a page tell about what stands between it and its readers.
type signs struct {
	subscribers, consent, browser, signIn bool
	missing                               bool // a headline says that there is no such page
	rest                                  bool // how much is not shown is said in numbers
	password, address                     bool // there is a field for one, for an e-mail address
}

// readSigns looks through everything that a page shows.
func readSigns(doc *html.Node, blocks []body.Block) signs {
	var s signs
	for i := range blocks {
		if len(blocks[i].Text) > maxConsent {
			continue
		}
		said := wordsOf(blocks[i].Text)
		s.consent = s.consent || asksForConsent(said)
		if len(blocks[i].Text) > maxWall {
			continue
		}
		s.missing = s.missing || blocks[i].Kind == body.Heading && saysMissing(blocks[i].Text)
		s.subscribers = s.subscribers || offers(said)
		s.browser = s.browser || challenge.Says(said)
		s.signIn = s.signIn || holdsAny(said, signInWords)
		s.rest = s.rest || strings.ContainsRune(blocks[i].Text, '%') && holdsAny(said, restWords)
	}
	s.markup(doc, 0)
	return s
}

// maxDepth bounds how deep a page is searched for markup.
const maxDepth = 600

// markup looks for what the elements of a page tell: a wall by its name, a field for a password, what stands in
// <noscript> alone.
func (s *signs) markup(n *html.Node, depth int) {
	for c := n.FirstChild; c != nil && depth < maxDepth; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		for _, a := range c.Attr {
			switch {
			case (a.Key == "class" || a.Key == "id") && len(a.Val) < 500:
				name := strings.ToLower(a.Val)
				s.subscribers = s.subscribers || holdsAny(name, wallNames)
			case a.Key == "type" && c.DataAtom == atom.Input:
				s.password = s.password || strings.EqualFold(a.Val, "password")
				s.address = s.address || strings.EqualFold(a.Val, "email")
			case a.Key == "src" && c.DataAtom == atom.Script:
				s.browser = s.browser || challenge.LoadedFrom(a.Val)
			}
		}
		s.markup(c, depth+1)
	}
}

// wallNames stand in the class or id of an element that holds a wall.
var wallNames = []string{"paywall", "pay-wall", "regwall", "registration-wall", "subscription-wall", "subscribe-wall", "subscriber-wall", "premium-wall", "premium-content-gate", "meter-wall", "content-gate", "abo-wall", "plus-wall"}

// holdsAny reports whether s holds one of phrases.
func holdsAny(s string, phrases []string) bool {
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(s, p) })
}

// isWall reports whether a block is a wall's and no sentence of the article.
func isWall(text string) bool {
	if len(text) > maxConsent {
		return false
	}
	said := wordsOf(text)
	return asksForConsent(said) || len(text) <= maxWall && (offers(said) || strings.ContainsRune(text, '%') && holdsAny(said, restWords))
}

// challenges reports whether a block is a bot wall's.
func challenges(text string) bool { return len(text) <= maxWall && challenge.Says(wordsOf(text)) }

// asksToSignIn reports whether a block is one of a page for signing in.
func asksToSignIn(text string) bool {
	return len(text) <= maxWall && holdsAny(wordsOf(text), signInWords)
}

// isGone reports whether a block is one of a page that says that there is none.
func isGone(text string) bool {
	return saysMissing(text) || len(text) <= maxWall && holdsAny(wordsOf(text), missingWords)
}

// saysWall reports whether a text is any wall's.
func saysWall(text string) bool {
	return isWall(text) || challenges(text) || asksToSignIn(text) || isGone(text)
}

// asksForConsent reports whether a block's words ask to be allowed to track.
func asksForConsent(said string) bool {
	return agreeWords[said] || holdsAny(said, consentWords) || partners.MatchString(said)
}

// saysMissing reports whether a headline says that there is no such page.
func saysMissing(headline string) bool {
	said := wordsOf(headline)
	return len(headline) <= maxMissing && (said == "404" || said == "not found" || holdsAny(said, missingWords))
}

// offers reports whether a line's words ask to subscribe, to register or to sign in for the rest.
func offers(said string) bool {
	if holdsAny(said, subscriberWords) {
		return true
	}
	for _, p := range readOnWords {
		if i := strings.Index(said, p); i == 0 || i > 0 && holdsAny(said, accountWords) {
			return true
		}
	}
	return false
}

// withoutWall takes away the words of a wall that a text ends with. What is quoted is no wall's.
func withoutWall(blocks []*body.Block) []*body.Block {
	for i := max(0, len(blocks)-4); i < len(blocks); i++ {
		text := blocks[i].Text
		if len(text) <= maxOffer && offers(wordsOf(text)) && !strings.ContainsAny(text, "“”\"„«»") {
			return blocks[:i]
		}
	}
	return blocks
}

// partial tells why the text of a is not the whole article, as far as the page lets on.
func partial(a *article.Article, p *body.Page, blocks []*body.Block, m meta.Data, s signs, end ending) article.Partial {
	words := a.Words()
	short := bodySentences(a, fewSentences+1) <= fewSentences
	torn := end.tearsOff(p, blocks) || stopsAmid(a)
	broken := torn || breaksOff(a)
	locked := s.subscribers || m.Access.Paid
	switch {
	case s.rest:
		return article.Subscribers
	case m.Access.Paid && !broken && lockedShown(blocks, m.Access.Locked):
		return article.Whole
	case locked && (short || broken),
		m.Access.Paid && m.Access.Words > 2*words:
		return article.Subscribers
	case s.consent && short && !m.IsArticle:
		return article.Consent
	case torn, broken && (short || goesOn(a)), endsInBrackets(a):
		return article.Cut
	case bodySentences(a, threeOnly+1) <= threeOnly:
		return teaser(p, blocks, s)
	}
	return article.Whole
}

// teaser tells of a text of few sentences whether what stands next behind it leads on to the rest, by a link or by a form
// to sign in or to subscribe.
func teaser(p *body.Page, blocks []*body.Block, s signs) article.Partial {
	if len(blocks) == 0 {
		return article.Whole
	}
	last := slices.IndexFunc(p.Blocks, func(b body.Block) bool { return b.Text == blocks[len(blocks)-1].Text })
	for i := last + 1; i < min(last+1+behindBody, len(p.Blocks)); i++ {
		said := wordsOf(p.Blocks[i].Text)
		switch {
		case slices.Contains(goesOnWords, said):
			return article.Cut
		case len(said) <= maxOffer && (s.password || s.address) && slices.ContainsFunc(accountWords, func(w string) bool { return strings.HasPrefix(said, w) }):
			return article.Subscribers
		}
	}
	return article.Whole
}

// bodySentences counts the sentences of a's body, at most limit.
func bodySentences(a *article.Article, limit int) int {
	n := 0
	for _, s := range article.Sentences(a) {
		if a.Paragraphs[s.Paragraph].Kind.IsBody() && s.Len() > 20 {
			if n++; n == limit {
				break
			}
		}
	}
	return n
}

// lockedShown reports whether the elements that are said to be for subscribers hold a good part of the text.
func lockedShown(blocks []*body.Block, locked []string) bool {
	words := 0
	for _, b := range blocks {
		if insideAny(b.Element(), locked) {
			words += article.CountWords(b.Text)
		}
	}
	return words >= lockedWords
}

func insideAny(n *html.Node, selectors []string) bool {
	for ; n != nil; n = n.Parent {
		for _, a := range n.Attr {
			for _, s := range selectors {
				s = strings.TrimSpace(s)
				switch name := s[min(1, len(s)):]; {
				case strings.HasPrefix(s, ".") && a.Key == "class" && slices.Contains(strings.Fields(a.Val), name),
					strings.HasPrefix(s, "#") && a.Key == "id" && a.Val == name:
					return true
				}
			}
		}
	}
	return false
}

// lastBody returns the last paragraph of a's body, "" if there is none.
func lastBody(a *article.Article) string {
	for _, p := range slices.Backward(a.Paragraphs) {
		if p.Kind.IsBody() {
			return strings.TrimSpace(a.Slice(p.Span))
		}
	}
	return ""
}

// goesOn reports whether a's last line sends the reader on to the rest.
func goesOn(a *article.Article) bool {
	lines := strings.Split(strings.TrimRight(a.Text, space), "\n")
	last := wordsOf(lines[len(lines)-1])
	return len(last) < 80 && slices.ContainsFunc(goesOnWords, func(p string) bool { return strings.HasPrefix(last, p) })
}

// wordsOf leaves the letters and digits of s, in lower case, with a space wherever anything else stood.
func wordsOf(s string) string { return challenge.Words(s) }
