package extract

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// wide tells whether a document is UTF-16: by its byte order mark, by where its zero bytes stand, which every other byte of
// markup is, or by what the server says of what can be nothing else; nil if it is not.
func wide(raw []byte, contentType string) encoding.Encoding {
	if hasUTF16Mark(raw) {
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	}
	head := raw[:min(len(raw), 128)&^1]
	var zeros [2]int
	for i, b := range head {
		switch {
		case b == 0:
			zeros[i&1]++
		case b < ' ' && b != '\t' && b != '\n' && b != '\r' && head[i^1] == 0:
			return nil // numbers, no letters
		}
	}
	big, little := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	switch most := len(head) / 2; {
	case len(head) < 8:
		return nil
	case zeros[0]*10 >= most*4 && zeros[1]*10 <= zeros[0]:
		return big
	case zeros[1]*10 >= most*4 && zeros[0]*10 <= zeros[1]:
		return little
	}
	_, parameters, err := mime.ParseMediaType(contentType)
	if err != nil || utf8.Valid(raw) && zeros[0]+zeros[1] == 0 {
		return nil
	}
	switch strings.ToLower(parameters["charset"]) {
	case "utf-16be":
		return big
	case "utf-16le", "utf-16":
		return little
	}
	return nil
}

func hasUTF16Mark(b []byte) bool {
	return bytes.HasPrefix(b, []byte{0xff, 0xfe}) || bytes.HasPrefix(b, []byte{0xfe, 0xff})
}
