package pdf

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// font turns the codes of a shown string into characters and widths.
type font struct {
	wide     bool // two bytes a code
	lost     bool // what its codes mean cannot be told: the document lacks it, or the map that it names
	toText   map[int]string
	widths   map[int]float64 // in thousandths of the font's size
	fallback float64         // the width of codes that widths does not know
}

// maxCodes bounds how many codes of a font are kept.
const maxCodes = 70_000

// newFont reads a font dictionary (9.5 to 9.10).
func (f *file) newFont(d dict) *font {
	ft := &font{lost: d == nil, toText: make(map[int]string), widths: make(map[int]float64), fallback: 500}
	if d["Subtype"] == name("Type0") {
		ft.wide, ft.fallback = true, 1000
		if all := f.list(d["DescendantFonts"]); len(all) > 0 {
			below := f.dict(all[0])
			if w := f.number(below["DW"]); w > 0 {
				ft.fallback = w
			}
			f.wideWidths(ft, f.list(below["W"]))
		}
	} else {
		first := int(f.number(d["FirstChar"]))
		for i, w := range f.list(d["Widths"]) {
			if i > 255 {
				break
			}
			ft.widths[first+i] = f.number(w)
		}
		f.simpleEncoding(ft, d["Encoding"])
	}
	if s, ok := f.resolve(d["ToUnicode"]).(stream); ok {
		ft.readMap(f.decode(s))
	} else if d["ToUnicode"] != nil {
		_, named := f.resolve(d["ToUnicode"]).(name) // Identity-H, which some writers name there
		ft.lost = !named
	}
	return ft
}

// wideWidths reads the widths of a composite font: "7 [500 600]" and "20 30 550".
func (f *file) wideWidths(ft *font, w []any) {
	for i := 0; i+1 < len(w) && len(ft.widths) < maxCodes; {
		first := int(f.number(w[i]))
		if list, ok := f.resolve(w[i+1]).([]any); ok {
			for j, v := range list {
				ft.widths[first+j] = f.number(v)
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			return
		}
		last, width := int(f.number(w[i+1])), f.number(w[i+2])
		for c := first; c <= last && len(ft.widths) < maxCodes; c++ {
			ft.widths[c] = width
		}
		i += 3
	}
}

// simpleEncoding fills in what the codes of a font of single bytes mean.
func (f *file) simpleEncoding(ft *font, encoding any) {
	base := charmap.Windows1252
	encoding = f.resolve(encoding)
	d, _ := encoding.(dict)
	if encoding == name("MacRomanEncoding") || d["BaseEncoding"] == name("MacRomanEncoding") {
		base = charmap.Macintosh
	}
	for c := 32; c < 256; c++ {
		ft.toText[c] = string(base.DecodeByte(byte(c)))
	}
	code := 0
	for _, v := range f.list(d["Differences"]) {
		switch v := f.resolve(v).(type) {
		case float64:
			code = int(v)
		case name:
			if s := glyphText(string(v)); s != "" && code >= 0 && code < 256 {
				ft.toText[code] = s
			}
			code++
		}
	}
}

// readMap reads a ToUnicode map (9.10.3).
func (ft *font) readMap(data []byte) {
	l := &lexer{data: data}
	var args []any
	for len(ft.toText) < maxCodes {
		v, ok := l.next(0)
		if !ok {
			return
		}
		op, isOp := v.(operator)
		if !isOp {
			args = append(args, v)
			continue
		}
		switch op {
		case "endbfchar":
			for i := 0; i+1 < len(args); i += 2 {
				from, ok1 := args[i].(text)
				to, ok2 := args[i+1].(text)
				if ok1 && ok2 {
					ft.toText[codeOf(from)] = fromUTF16(to)
				}
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				ft.mapRange(args[i], args[i+1], args[i+2])
			}
		}
		args = args[:0]
	}
}

func (ft *font) mapRange(from, to, meaning any) {
	low, ok1 := from.(text)
	high, ok2 := to.(text)
	if !ok1 || !ok2 {
		return
	}
	first, last := codeOf(low), min(codeOf(high), codeOf(low)+0xffff)
	switch m := meaning.(type) {
	case []any:
		for i, v := range m {
			if s, ok := v.(text); ok && first+i <= last {
				ft.toText[first+i] = fromUTF16(s)
			}
		}
	case text:
		start := []rune(fromUTF16(m))
		if len(start) == 0 {
			return
		}
		for c := first; c <= last && len(ft.toText) < maxCodes; c++ {
			ft.toText[c] = string(start)
			start[len(start)-1]++
		}
	}
}

// codeOf reads a code of at most four bytes.
func codeOf(s text) int {
	n := 0
	for i := range min(len(s), 4) {
		n = n<<8 | int(s[i])
	}
	return n
}

func fromUTF16(s text) string {
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	if len(s) == 1 {
		units = append(units, uint16(s[0]))
	}
	return string(utf16.Decode(units))
}

// textOf reads a text string of the document's own (7.9.2.2): UTF-16 with a mark, UTF-8 with one, or Latin.
func textOf(s text) string {
	switch {
	case strings.HasPrefix(string(s), "\xfe\xff"):
		return fromUTF16(s[2:])
	case strings.HasPrefix(string(s), "\xef\xbb\xbf"):
		return strings.ToValidUTF8(string(s[3:]), "")
	}
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(charmap.Windows1252.DecodeByte(s[i]))
	}
	return b.String()
}

// decode returns what a shown string says and how wide it is, in thousandths of the size; codes is how many
// codes it has and spaces how many of them are the single byte 32. A code of which nobody knows what it means is a
// replacement character.
func (ft *font) decode(s text) (said string, width float64, codes, spaces int) {
	var b strings.Builder
	step := 1
	if ft.wide {
		step = 2
	}
	for i := 0; i+step <= len(s); i += step {
		code := codeOf(s[i : i+step])
		if t, ok := ft.toText[code]; ok && !ft.lost {
			b.WriteString(t)
		} else if ft.wide || ft.lost {
			b.WriteRune(utf8.RuneError)
		}
		w, ok := ft.widths[code]
		if !ok {
			w = ft.fallback
		}
		width += w
		codes++
		if step == 1 && code == ' ' {
			spaces++
		}
	}
	return b.String(), width, codes, spaces
}

// glyphNames are the names of Adobe's Glyph List that text in European languages needs, beside those that are
// one letter.
var glyphNames = glyphTable(`space  exclam ! quotedbl " numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( parenright ) asterisk * plus + comma , hyphen - period . slash /
	zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 colon : semicolon ; less < equal = greater > question ? at @ bracketleft [ backslash \ bracketright ] asciicircum ^ underscore _ grave ` + "`" + `
	braceleft { bar | braceright } asciitilde ~ quoteleft ‘ quoteright ’ quotedblleft “ quotedblright ” quotesinglbase ‚ quotedblbase „ guillemotleft « guillemotright » guilsinglleft ‹ guilsinglright ›
	endash – emdash — ellipsis … bullet • dagger † daggerdbl ‡ section § paragraph ¶ degree ° copyright © registered ® trademark ™ minus − multiply × divide ÷ plusminus ± sterling £ yen ¥ cent ¢ Euro € euro €
	fi fi fl fl ff ff ffi ffi ffl ffl germandbls ß ae æ AE Æ oe œ OE Œ oslash ø Oslash Ø aring å Aring Å dotlessi ı eth ð Eth Ð thorn þ Thorn Þ lslash ł Lslash Ł
	adieresis ä odieresis ö udieresis ü Adieresis Ä Odieresis Ö Udieresis Ü edieresis ë idieresis ï ydieresis ÿ aacute á eacute é iacute í oacute ó uacute ú yacute ý Aacute Á Eacute É Iacute Í Oacute Ó Uacute Ú
	agrave à egrave è igrave ì ograve ò ugrave ù Agrave À Egrave È acircumflex â ecircumflex ê icircumflex î ocircumflex ô ucircumflex û Acircumflex Â Ecircumflex Ê Ocircumflex Ô
	atilde ã ntilde ñ otilde õ Atilde Ã Ntilde Ñ Otilde Õ ccedilla ç Ccedilla Ç scaron š Scaron Š zcaron ž Zcaron Ž ccaron č Ccaron Č rcaron ř ecaron ě cacute ć sacute ś zacute ź nacute ń zdotaccent ż
	aogonek ą eogonek ę exclamdown ¡ questiondown ¿ ordfeminine ª ordmasculine º onehalf ½ onequarter ¼ threequarters ¾ nbspace  softhyphen ` + "\u00ad" + ``)

func glyphTable(list string) map[string]string {
	m := map[string]string{"space": " ", "nbspace": " "}
	fields := strings.Fields(strings.NewReplacer("space  ", "", "nbspace  ", "").Replace(list))
	for i := 0; i+1 < len(fields); i += 2 {
		m[fields[i]] = fields[i+1]
	}
	return m
}

// glyphText is what a glyph's name stands for, "" if it is not known.
func glyphText(glyph string) string {
	glyph, _, _ = strings.Cut(glyph, ".") // "a.sc" is a small capital
	if s, ok := glyphNames[glyph]; ok {
		return s
	}
	if len(glyph) == 1 {
		return glyph
	}
	for _, prefix := range []string{"uni", "u"} {
		if digits, ok := strings.CutPrefix(glyph, prefix); ok && len(digits) >= 4 && len(digits) <= 6 {
			if n, err := strconv.ParseUint(digits, 16, 21); err == nil && utf8.ValidRune(rune(n)) {
				return string(rune(n))
			}
		}
	}
	return ""
}
