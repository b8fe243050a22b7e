package post

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// markup is what was read of the HTML of a post.
type markup struct {
	text     string // of all paragraphs, parted by a blank line
	first    string // of the first paragraph
	language string // of the first paragraph
	lastLink string // the words of the last link
	dropped  bool   // a link that only stands for a picture was left out
}

// maxMarkup is how much HTML of a post is read, in bytes.
const maxMarkup = 1 << 20

// readMarkup reads the text of HTML as a post is written in it. Links whose words begin with one of standIns stand for
// what is no text, and are left out. Where a class is named, only elements that have it are read.
func readMarkup(source, class string, standIns ...string) markup {
	doc, err := html.Parse(strings.NewReader(source[:min(len(source), maxMarkup)]))
	if err != nil {
		return markup{}
	}
	var m markup
	var paragraphs []string
	for n := range doc.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.DataAtom == atom.A:
			m.lastLink = strings.TrimSpace(m.write(n, nil))
		case class == "" && n.DataAtom == atom.P, class != "" && hasClass(n, class):
			if text := strings.TrimSpace(m.write(n, standIns)); text != "" {
				paragraphs = append(paragraphs, text)
			}
			if len(paragraphs) <= 1 && m.language == "" {
				m.language = attr(n, "lang")
			}
		}
	}
	if len(paragraphs) == 0 && class == "" && !strings.Contains(source, "<") {
		paragraphs = []string{strings.TrimSpace(html.UnescapeString(source))}
	}
	m.text = strings.Join(paragraphs, "\n\n")
	if len(paragraphs) > 0 {
		m.first = paragraphs[0]
	}
	return m
}

// write is the text within an element: a line break is one.
func (m *markup) write(n *html.Node, standIns []string) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(strings.ReplaceAll(n.Data, "\u00a0", " "))
		case n.Type != html.ElementNode:
		case n.DataAtom == atom.Br:
			b.WriteByte('\n')
			return
		case n.DataAtom == atom.Script, n.DataAtom == atom.Style:
			return
		case n.DataAtom == atom.A && len(standIns) > 0:
			words := strings.TrimSpace((&markup{}).write(n, nil))
			if slices.ContainsFunc(standIns, func(s string) bool { return strings.HasPrefix(words, s) }) {
				m.dropped = m.dropped || strings.HasPrefix(words, "pic.")
				return
			}
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
	}
	walk(n)
	return b.String()
}

// telegram is what was read of a widget (t.me, embed=1).
type telegram struct {
	owner, text, at string
	media           bool
}

func readTelegramMarkup(body []byte) telegram {
	doc, err := html.Parse(bytes.NewReader(body[:min(len(body), maxMarkup)]))
	if err != nil {
		return telegram{}
	}
	var t telegram
	for n := range doc.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case hasClass(n, "tgme_widget_message_owner_name") && t.owner == "":
			t.owner = strings.TrimSpace((&markup{}).write(n, nil))
		case hasClass(n, "js-message_text") && t.text == "", hasClass(n, "tgme_widget_message_text") && t.text == "" && !within(n, "tgme_widget_message_reply"):
			t.text = blankLines((&markup{}).write(n, nil))
		case hasClass(n, "tgme_widget_message_photo_wrap"), hasClass(n, "tgme_widget_message_video_player"), hasClass(n, "tgme_widget_message_document"):
			t.media = true
		case n.DataAtom == atom.Time && within(n, "tgme_widget_message_date"):
			t.at = attr(n, "datetime")
		}
	}
	return t
}

// blankLines has paragraphs parted by one blank line.
func blankLines(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	s = strings.Join(lines, "\n")
	for strings.Contains(s, "\n\n\n") {
		s = strings.ReplaceAll(s, "\n\n\n", "\n\n")
	}
	return s
}

// alternateOf is the address of the alternate of a type that a page names, "" for none.
func alternateOf(body []byte, kind string) string {
	z := html.NewTokenizer(bytes.NewReader(body[:min(len(body), maxMarkup)]))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.DataAtom == atom.Body {
				return ""
			}
			n := &html.Node{Attr: t.Attr}
			if t.DataAtom == atom.Link && strings.EqualFold(attr(n, "rel"), "alternate") && attr(n, "type") == kind {
				return attr(n, "href")
			}
		}
	}
}

func within(n *html.Node, class string) bool {
	for a := range n.Ancestors() {
		if hasClass(a, class) {
			return true
		}
	}
	return false
}

func hasClass(n *html.Node, class string) bool {
	return slices.Contains(strings.Fields(attr(n, "class")), class)
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
