package bot

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"newsdesk/article"
)

// How long an address may be, in characters: Discord's limit for that of a button, and ours for one in the words of a
// message, of which it takes half.
const (
	maxLink    = 512
	maxAddress = 2000
)

// webAddress is raw as an address that may stand in a masked link: http or https, with nothing in it that
// ends the link. "" if it is none.
func webAddress(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	s := linkSafe.Replace(u.String())
	if len(s) > maxAddress || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > unicode.MaxASCII }) {
		return ""
	}
	return s
}

var linkSafe = strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `"`, "%22", `\`, "%5C", "*", "%2A", "|", "%7C", "`", "%60", "[", "%5B", "]", "%5D", "~", "%7E")

// link shows text, which is defused already, as a link; as it is where there is no address.
func link(text, to string) string {
	if to == "" || text == "" {
		return text
	}
	return "[" + text + "](" + to + ")"
}

// How much of a passage a text fragment names, at either end: words, or characters where the script puts
// no spaces between words.
const (
	fragmentWords      = 5
	fragmentCharacters = 12
)

// place is the address of a passage on its page: a text fragment, which browsers scroll to and mark
// (https://wicg.github.io/scroll-to-text-fragment/). It is page itself where that would be too long, and
// "" where page is no address, or one so long that a message has room for it once only.
func place(page, passage string) string {
	page = webAddress(page)
	switch {
	case len(page) > maxLink:
		return ""
	case page == "" || strings.Contains(page, ":~:"):
		return page
	}
	start, end := ends(passage)
	if start == "" {
		return page
	}
	fragment := "#:~:text="
	if strings.Contains(page, "#") {
		fragment = ":~:text="
	}
	fragment += encoded(start)
	if end != "" {
		fragment += "," + encoded(end)
	}
	if len(page)+len(fragment) > maxLink {
		return page
	}
	return page + fragment
}

// ends are the first and the last words of a passage; end is "" where start is all of it.
func ends(passage string) (start, end string) {
	fields := strings.Fields(passage)
	switch {
	case len(fields) == 0:
		return "", ""
	case len(fields) <= 2*fragmentWords && utf8.RuneCountInString(passage) <= 2*fragmentCharacters*fragmentWords:
		return strings.Join(fields, " "), ""
	case len(fields) > 2*fragmentWords:
		start, end = strings.Join(fields[:fragmentWords], " "), strings.Join(fields[len(fields)-fragmentWords:], " ")
		if size(start)+size(end) <= 2*fragmentCharacters*fragmentWords {
			return start, end
		}
	}
	var clusters []string
	g := uniseg.NewGraphemes(strings.Join(fields, " "))
	for g.Next() {
		clusters = append(clusters, g.Str())
	}
	if len(clusters) <= 2*fragmentCharacters {
		return strings.Join(clusters, ""), ""
	}
	return strings.Join(clusters[:fragmentCharacters], ""), strings.Join(clusters[len(clusters)-fragmentCharacters:], "")
}

// encoded is text for a text fragment: everything is percent-encoded but letters and digits of ASCII, as
// the comma, the hyphen and the ampersand mean something there.
func encoded(text string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

// page is the address of an article, "" for a file or pasted text.
func page(a *article.Article) string {
	for _, raw := range []string{a.CanonicalURL, a.URL} {
		if s := webAddress(raw); s != "" {
			return s
		}
	}
	return ""
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
