package extract

import (
	"encoding/json"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What React's server components send to the browser ("flight") stands in a page as calls of
// self.__next_f.push([1,"…"]), whose texts, put together, are rows: a number in hexadecimal digits, a colon, and
// JSON, or T, a length in bytes and that many bytes of text.

// flightPush begins such a call.
const flightPush = "__next_f.push("

// flight returns what the rows of a page hold, one value a row; nil where there are none.
func flight(doc *html.Node) []any {
	var sent strings.Builder
	for n := range doc.Descendants() {
		if n.DataAtom != atom.Script || n.FirstChild == nil || sent.Len() > maxEmbedded {
			continue
		}
		_, call, ok := strings.Cut(n.FirstChild.Data, flightPush)
		if !ok {
			continue
		}
		var chunk []any
		if json.NewDecoder(strings.NewReader(call)).Decode(&chunk) != nil || len(chunk) < 2 {
			continue
		}
		if text, ok := chunk[1].(string); ok {
			sent.WriteString(text)
		}
	}
	return rowsOf(sent.String())
}

// rowsOf reads the rows; it stops at what is none.
func rowsOf(sent string) []any {
	var rows []any
	for sent != "" {
		_, row, ok := strings.Cut(sent, ":")
		if !ok {
			return rows
		}
		if text, rest, ok := textRow(row); ok {
			rows, sent = append(rows, text), rest
			continue
		}
		row, sent, _ = strings.Cut(row, "\n")
		var v any
		if json.Unmarshal([]byte(row), &v) == nil { // other rows name modules to load
			rows = append(rows, v)
		}
	}
	return rows
}

// textRow reads a row of text, behind its colon: T, the length in hexadecimal digits, a comma, the text.
func textRow(row string) (text, rest string, ok bool) {
	if !strings.HasPrefix(row, "T") {
		return "", "", false
	}
	length, behind, found := strings.Cut(row[1:], ",")
	n, err := strconv.ParseUint(length, 16, 32)
	if !found || err != nil || n > uint64(len(behind)) {
		return "", "", false
	}
	return behind[:n], behind[n:], true
}
