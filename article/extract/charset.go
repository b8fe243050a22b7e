package extract

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
)

// toUTF8 decodes a document that is not UTF-8: as a byte order mark or the server says, the document itself, or its bytes,
// where they are sure. It returns the document as it is, and false, where nothing tells.
func toUTF8(raw []byte, contentType string) ([]byte, bool) {
	from := encodingOf(raw, contentType)
	if from == nil {
		return raw, utf8.Valid(raw)
	}
	decoded, err := from.NewDecoder().Bytes(raw)
	return decoded, err == nil
}

// encodingOf tells a document's character encoding, nil for UTF-8 and where it cannot be told.
func encodingOf(raw []byte, contentType string) encoding.Encoding {
	if from := wide(raw, contentType); from != nil {
		return from
	}
	from, name, certain := charset.DetermineEncoding(raw, contentType)
	if !certain && name == "windows-1252" { // which is what is named for want of a better
		if late, label := declaredLate(raw); late != nil {
			from, name = late, label
		}
	}
	switch {
	case !certain && bytes.Contains(raw, []byte("\x1b$B")): // its letters are ASCII's
		return japanese.ISO2022JP
	case (!certain || strings.HasPrefix(name, "utf-")) && utf8.Valid(raw):
		return nil
	case certain, declares(raw, from, name):
		return from
	}
	if from := sniffEastAsian(raw); from != nil {
		return from
	}
	return sniff(raw)
}

// declaration is where a document says what its encoding is: XML's first line, or an element of HTML's head.
var declaration = regexp.MustCompile(`(?i)^\s*<\?xml\s[^>]*\bencoding\s*=\s*["']([^"']+)|<meta\s[^>]*\bcharset\s*=\s*["']?\s*([\w:.-]+)`)

// maxHead is how far a head may reach in front of the declaration, in bytes. The HTML Standard looks at 1,024 at first, and a
// browser begins anew where the declaration comes later.
const maxHead = 64 << 10

// declaredLate is the encoding that XML's first line names, or HTML's head however late; nil for none.
func declaredLate(raw []byte) (encoding.Encoding, string) {
	m := declaration.FindSubmatch(raw[:min(len(raw), maxHead)])
	if m == nil {
		return nil, ""
	}
	return charset.Lookup(string(bytes.Join(m[1:], nil)))
}

// declares reports whether a document says itself that it is in an encoding, and its bytes do not gainsay it: but for one in
// a hundred beyond ASCII, and one that is cut off, each is a character's. Windows-1252 is also what is named where nothing is
// declared, and what many pages declare that are in another.
func declares(raw []byte, in encoding.Encoding, name string) bool {
	if name == "windows-1252" || strings.HasPrefix(name, "utf-") {
		return false
	}
	decoded, err := in.NewDecoder().Bytes(raw)
	if err != nil {
		return false
	}
	high, wrong := 0, bytes.Count(decoded, []byte("\ufffd"))
	for _, b := range decoded {
		if b >= utf8.RuneSelf && utf8.RuneStart(b) {
			high++
		}
	}
	return wrong*100 <= high+100
}

// sniff tells the three encodings of one byte a letter that are still met undeclared, nil where it is not sure.
// Western European text is ASCII with a letter beyond it here and there; Cyrillic is made of words of such letters,
// most of them small: KOI8-R has those where Windows-1251 has the capitals.
func sniff(raw []byte) encoding.Encoding {
	var ascii, high, low, marks, joined int
	before := byte(0)
	for _, b := range raw {
		switch {
		case b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' || b == 0x7f:
			return nil
		case 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z':
			ascii++
		case b >= 0xc0:
			high++
			if b < 0xe0 {
				low++
			}
			if before >= 0xc0 {
				joined++
			}
		case b == 0x80 || b == 0x85 || b >= 0x91 && b <= 0x97 && b != 0x95 || b >= 0xa0:
			marks++ // typographic quotation marks and dashes, signs
		case b >= 0x80:
			return nil // what no text holds often, or no encoding defines
		}
		before = b
	}
	switch {
	case high == 0 && marks == 0 || marks*8 > ascii+high:
		return nil
	case joined*10 >= high*6 && high >= 20 && marks*5 < high:
		if low*10 > high*7 {
			return charmap.KOI8R
		}
		return charmap.Windows1251
	case joined*10 < high*2 && high*5 < ascii:
		return charmap.Windows1252
	}
	return nil
}

// minGarbled is how many garbled characters a text must hold before it is repaired.
const minGarbled = 3

// repaired undoes what happens to a text that was UTF-8, was read as Windows-1252 and written as UTF-8 again: "itâ€™s",
// "cafÃ©". Only where each such run, written back, is UTF-8 that holds more than a byte a letter; the text is returned
// as it is where there are few of them.
func repaired(text []byte) []byte {
	if !bytes.Contains(text, []byte("Ã")) && !bytes.Contains(text, []byte("Â")) && !bytes.Contains(text, []byte("â€")) {
		return text
	}
	out := make([]byte, 0, len(text))
	found := 0
	for at := 0; at < len(text); {
		if text[at] != 0xc3 && text[at] != 0xc2 { // Ã, â and their like begin with these
			out = append(out, text[at])
			at++
			continue
		}
		r, length := garbled(text[at:])
		if length == 0 {
			out = append(out, text[at])
			at++
			continue
		}
		out = utf8.AppendRune(out, r)
		at += length
		found++
	}
	if found < minGarbled {
		return text
	}
	return out
}

// garbled reads one character that was decoded twice, and how many bytes it takes; 0 for none.
func garbled(text []byte) (rune, int) {
	var once [utf8.UTFMax]byte
	at, n, need := 0, 0, 1
	for n < need {
		r, size := utf8.DecodeRune(text[at:])
		b, ok := windows1252(r)
		if !ok || size < 2 {
			return 0, 0
		}
		if n == 0 {
			switch {
			case b >= 0xc2 && b <= 0xdf:
				need = 2
			case b >= 0xe0 && b <= 0xef:
				need = 3
			case b >= 0xf0 && b <= 0xf4:
				need = 4
			default:
				return 0, 0
			}
		}
		once[n] = b
		n++
		at += size
	}
	r, size := utf8.DecodeRune(once[:n])
	if r == utf8.RuneError || size != n {
		return 0, 0
	}
	return r, at
}

// windows1252 is the byte that r was read from; the five bytes that the encoding leaves open stand for themselves.
func windows1252(r rune) (byte, bool) {
	if r >= 0x80 && r < 0x100 {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}
