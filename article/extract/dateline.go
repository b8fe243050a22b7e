package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// datelined is what a paragraph's dateline says.
type datelined struct {
	length int    // bytes it takes, dash included
	agency string // the name in brackets, "" for none
}

// maxDateline is the longest dateline, in bytes.
const maxDateline = 110

// dateline reads a dateline at the start of a paragraph: a place, perhaps a region, a date and an
// agency in brackets, then a dash and the first words of the report:
//
//	TARNMOUTH (Northern Wire) – …   WASHINGTON, March 3 (UPI) — …   Kiel (dpa) - …   RYE, N.H. - …
//
// The place is in capitals unless an agency stands behind it.
//
// Above it may stand whose report it is, in capitals and on a line of its own: "FROM OUR CORRESPONDENT".
func dateline(text string) (datelined, bool) {
	if above, below, ok := strings.Cut(text, "\n"); ok && len(above) <= maxAbove && inCapitals(above) && !endsSentence(above) {
		if d, ok := dateline(below); ok {
			d.length += len(above) + 1
			return d, true
		}
	}
	if !startsUpper(text) || opensQuotation(text) {
		return datelined{}, false
	}
	dash, length := findDash(text)
	if dash <= 0 || length >= len(text) {
		return datelined{}, false
	}
	place := strings.TrimRight(text[:dash], space)
	agency := ""
	if open := strings.IndexByte(place, '('); open > 0 {
		if !strings.HasSuffix(place, ")") || len(place)-open > 50 {
			return datelined{}, false
		}
		agency = strings.Trim(place[open+1:len(place)-1], space)
		place = strings.TrimRight(place[:open], space)
		if !isAgency(agency) {
			return datelined{}, false
		}
	}
	first, rest, _ := strings.Cut(place, ",")
	if !isPlace(first, agency != "") || !isDatelineRest(rest) {
		return datelined{}, false
	}
	return datelined{length: length, agency: agency}, true
}

// maxAbove is the longest line above a dateline, in bytes.
const maxAbove = 60

// inCapitals reports whether s has letters and all of them are capitals.
func inCapitals(s string) bool {
	return strings.ToUpper(s) == s && strings.ToLower(s) != s
}

// findDash returns where the first dash with white space around it (or an em dash) begins and the
// offset behind it, or -1.
func findDash(text string) (at, end int) {
	for i, r := range text {
		if i > maxDateline {
			break
		}
		switch r {
		case '—', '–', '―':
			return i, i + utf8.RuneLen(r)
		case '-':
			if i > 0 && (text[i-1] == ' ' || text[i-1] == ')') {
				end := i + 1
				for end < len(text) && text[end] == '-' {
					end++
				}
				if end < len(text) && strings.HasPrefix(strings.TrimLeft(text[end:], space), "-") {
					return -1, 0
				}
				return i, end
			}
		case '"', '“', '”', '„', '«', '\n', '!', '?', ';':
			return -1, 0
		}
	}
	return -1, 0
}

// isPlace reports whether s looks like the place of a dateline.
func isPlace(s string, anyCase bool) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 4 || len(words) == 1 && notPlaces[words[0]] {
		return false
	}
	letters := 0
	for i, w := range words {
		for _, part := range strings.Split(w, "/") {
			for j, r := range part {
				switch {
				case unicode.IsUpper(r) || unicode.Is(unicode.Lo, r):
					letters++
				case unicode.IsLower(r) && anyCase && (j > 0 || i > 0):
					letters++
				case r == '.' || r == '-' || r == '\'' || r == '’':
				default:
					return false
				}
			}
		}
	}
	return letters >= 3
}

// isDatelineRest reports whether s, behind the place, is a region or a date: a few short words.
func isDatelineRest(s string) bool {
	if s == "" {
		return true
	}
	words := strings.Fields(s)
	if len(words) > 6 {
		return false
	}
	for _, w := range words {
		w = strings.Trim(w, ",./")
		r, _ := utf8.DecodeRuneInString(w)
		if w != "" && !unicode.IsUpper(r) && !unicode.IsDigit(r) && !dateWords[strings.ToLower(w)] {
			return false
		}
	}
	return true
}

// isAgency reports whether s, from a dateline's brackets, can be an outlet's name.
func isAgency(s string) bool {
	if s == "" || len(strings.Fields(s)) > 5 {
		return false
	}
	for _, r := range s {
		if unicode.IsLetter(r) {
			return true
		}
	}
	return false
}
