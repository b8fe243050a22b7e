package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/article"
	"newsdesk/article/extract/internal/body"
)

const (
	maxCaption     = 600 // bytes
	maxCredit      = 90  // bytes of a picture's credit
	captionsWithin = 8   // a bare "(AFP)" makes a caption of the first so many blocks only
)

// markCaptions finds the captions of pictures among blocks whose kind is not known yet.
//
// A caption names its picture's source ("Photo: …", "… via Getty Images", "(AFP)"), or stands twice
// in a row, as browsers copy it. A bare agency in brackets is weak: wire reports close with one.
func markCaptions(blocks []block) {
	for i := range blocks {
		b := &blocks[i]
		if b.kind != "" && b.kind != article.List || len(b.text) > maxCaption {
			continue
		}
		twin := -1
		for j := i + 1; j < len(blocks) && j <= i+2; j++ {
			if blocks[j].text == b.text {
				twin = j
				break
			}
		}
		credit := creditOf(b.text)
		switch {
		case credit == pictureCredit, opensAsCaption(b.text), tellsOfPhoto(b.text),
			credit == agencyCredit && (twin > 0 || i < captionsWithin && i+1 < len(blocks) && !strings.ContainsAny(b.text, "\"“”„«»")),
			twin == i+1 && blocks[twin].glued:
			b.kind = article.Caption
			if twin > 0 {
				blocks[twin].kind = article.Caption
			}
		}
	}
}

type credit byte

const (
	noCredit      credit = iota
	agencyCredit         // "(AFP)"
	pictureCredit        // "(Photo: AFP)", "Ada Moss/Getty Images"
)

// creditOf tells what credit the text ends with.
func creditOf(text string) credit {
	tail := strings.TrimRight(text, ". ")
	if len(tail) > maxCredit {
		cut := len(tail) - maxCredit
		for !utf8.RuneStart(tail[cut]) {
			cut++
		}
		tail = tail[cut:]
	}
	lower := strings.ToLower(tail)
	for _, end := range pictureEnds {
		if strings.HasSuffix(strings.TrimRight(lower, ")]"), end) {
			return pictureCredit
		}
	}
	if open := strings.LastIndexAny(lower, "([|"); open >= 0 {
		inside := strings.Trim(lower[open:], "([|)] ")
		for _, word := range pictureWords {
			if strings.HasPrefix(inside, word) && (len(inside) > len(word) || strings.HasSuffix(word, ":")) {
				return pictureCredit
			}
		}
		if strings.HasSuffix(lower, ")") && isAgencyCredit(tail[open+1:len(tail)-1]) {
			return agencyCredit
		}
	}
	// "… in the harbour. Photograph: Ada Moss"
	for _, word := range pictureWords {
		if !strings.HasSuffix(word, ":") {
			continue
		}
		if i := strings.LastIndex(lower, word); i > 0 && !unicode.IsLetter(rune(lower[i-1])) && strings.Count(lower[i:], " ") <= 6 {
			return pictureCredit
		}
	}
	return noCredit
}

// isAgencyCredit reports whether s is agencies' names alone: "AFP", "Ada Moss/Reuters", "dpa".
func isAgencyCredit(s string) bool {
	for part := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return r == '/' || r == ',' || r == '|' }) {
		part = strings.TrimSpace(part)
		if agencies[part] || agencies[strings.TrimPrefix(part, "via ")] {
			return true
		}
	}
	return false
}

// opensAsCaption reports whether text opens with the words that introduce a caption.
func opensAsCaption(text string) bool {
	for _, open := range captionOpens {
		if len(text) > len(open) && strings.EqualFold(text[:len(open)], open) {
			return true
		}
	}
	return false
}

// photoWords stand near the beginning of a caption that agencies write as a sentence: "In this Dec. 12 file photo, …".
var photoWords = []string{
	"file photo", "file image", "file frame", "file picture", "undated photo", "undated image", "photo provided by", "photo released by", "photo made available", "photo taken on",
	"image provided by", "image released by", "image made from", "image made available", "image taken from", "photo from ",
}

// maxTold is how many bytes of a caption it takes at most to tell of its photo.
const maxTold = 110

// tellsOfPhoto reports whether a paragraph opens by telling of the photo that it stands below.
func tellsOfPhoto(text string) bool {
	if !strings.HasPrefix(text, "In this ") && !strings.HasPrefix(text, "This ") && !strings.HasPrefix(text, "FILE ") {
		return false
	}
	opening := strings.ToLower(text[:min(len(text), maxTold)])
	return strings.HasPrefix(text, "FILE - ") || strings.HasPrefix(text, "FILE – ") || strings.HasPrefix(text, "FILE PHOTO") || holdsAny(opening, photoWords)
}

// maxCredited is the longest paragraph of a web page, in bytes, that a picture's credit at its end makes a caption.
const maxCredited = 300

// isCaption reports whether a paragraph of a web page is a caption.
func isCaption(text string) bool {
	if len(text) > maxCredited {
		return len(text) <= maxCaption && tellsOfPhoto(text)
	}
	return creditOf(text) == pictureCredit || strings.HasPrefix(text, "©") || len(text) <= maxCredit && opensAsCaption(text) || tellsOfPhoto(text)
}

// withoutCaptions leaves out the captions that stand among the paragraphs of a web page as if they were some.
func withoutCaptions(blocks []*body.Block) []*body.Block {
	out := blocks[:0]
	for _, b := range blocks {
		if (b.Kind == body.Paragraph || b.Kind == body.Caption) && !strings.Contains(b.Text, "\n") && isCaption(b.Text) {
			continue
		}
		out = append(out, b)
	}
	return out
}
