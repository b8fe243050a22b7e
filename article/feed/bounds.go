package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// What the library gets to read at most. It keeps everything that it reads, calls itself for each element inside another,
// and copies all namespaces in scope for each element that declares one.
const (
	maxDepth      = 60      // elements, or arrays and objects, inside one another
	maxElements   = 100_000 // in all
	maxNamespaces = 2000    // declared in all
	maxAttributes = 100     // of an element
)

// bounded is the beginning of a document with as many whole items as there is room for, closed behind them; all of it
// where that is not too much.
func bounded(doc []byte) ([]byte, error) {
	if trimmed := bytes.TrimLeft(doc, " \t\r\n"); bytes.HasPrefix(trimmed, []byte("{")) {
		return boundedJSON(trimmed)
	}
	return boundedXML(doc)
}

// errEnough ends the reading of a document of which nothing more is wanted.
var errEnough = errors.New("as much as is read of a feed")

// scan walks through an XML document.
type scan struct {
	open                        []xml.Name // with their prefixes
	items, elements, namespaces int
}

// boundedXML cuts an XML document behind the last whole item before it breaks off or exceeds its bounds.
func boundedXML(doc []byte) ([]byte, error) {
	d := xml.NewDecoder(bytes.NewReader(doc))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var s scan
	end, closing := int64(0), ""
	for {
		token, err := d.RawToken()
		if err == nil {
			var item bool
			if item, err = s.take(token); item {
				end, closing = d.InputOffset(), s.closing()
			}
		}
		switch {
		case err == nil:
		case errors.Is(err, io.EOF) && len(s.open) == 0 && s.elements > 0:
			return doc, nil
		case end > 0:
			return slices.Concat(doc[:end], []byte(closing)), nil
		default:
			return nil, fmt.Errorf("%w: %w", ErrNotFeed, err)
		}
	}
}

// take goes on by a token, and reports whether an item ends with it.
func (s *scan) take(token xml.Token) (item bool, err error) {
	switch t := token.(type) {
	case xml.StartElement:
		s.elements++
		for _, a := range t.Attr {
			if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
				s.namespaces++
			}
		}
		s.open = append(s.open, t.Name)
		if len(s.open) > maxDepth || s.elements > maxElements || s.namespaces > maxNamespaces || len(t.Attr) > maxAttributes {
			return false, errEnough
		}
	case xml.EndElement:
		at := len(s.open) - 1
		for at >= 0 && s.open[at].Local != t.Name.Local { // what was never closed ends with what holds it
			at--
		}
		if at < 0 {
			return false, errEnough
		}
		s.open = s.open[:at]
		if isItem(t.Name) && !slices.ContainsFunc(s.open, isItem) {
			if s.items++; s.items > MaxItems {
				return false, errEnough
			}
			return true, nil
		}
	}
	return false, nil
}

// closing closes what is open.
func (s *scan) closing() string {
	var b strings.Builder
	for _, name := range slices.Backward(s.open) {
		b.WriteString("</")
		if name.Space != "" {
			b.WriteString(name.Space + ":")
		}
		b.WriteString(name.Local + ">")
	}
	return b.String()
}

func isItem(name xml.Name) bool { return name.Local == "item" || name.Local == "entry" }

// boundedJSON is a JSON Feed with its first items and of everything else what is text.
func boundedJSON(doc []byte) ([]byte, error) {
	var parts map[string]json.RawMessage
	if deep(doc) {
		return nil, fmt.Errorf("%w: %w", ErrNotFeed, errEnough)
	}
	if err := json.Unmarshal(doc, &parts); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotFeed, err)
	}
	var version string
	if json.Unmarshal(parts["version"], &version) != nil || !strings.Contains(version, "jsonfeed.org") {
		return nil, fmt.Errorf("%w: JSON of another kind", ErrNotFeed)
	}
	short := map[string]json.RawMessage{"version": parts["version"], "title": parts["title"]}
	if !isText(short["title"]) {
		delete(short, "title")
	}
	items := json.NewDecoder(bytes.NewReader(parts["items"]))
	if open, err := items.Token(); err != nil || open != json.Delim('[') {
		return nil, fmt.Errorf("%w: without items", ErrNotFeed)
	}
	kept := []json.RawMessage{}
	for items.More() && len(kept) < MaxItems {
		var item map[string]json.RawMessage
		if items.Decode(&item) != nil || item == nil {
			continue // of another type; what is no JSON was found before
		}
		one, err := json.Marshal(typed(item))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNotFeed, err)
		}
		kept = append(kept, one)
	}
	var err error
	if short["items"], err = json.Marshal(kept); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotFeed, err)
	}
	return json.Marshal(short)
}

// typed is what of an item is of the type that it should be.
func typed(item map[string]json.RawMessage) map[string]json.RawMessage {
	type person struct {
		Name string `json:"name"`
	}
	for name, value := range item {
		var n json.Number
		var one *person
		var several []*person
		switch {
		case isText(value):
		case name == "id" && json.Unmarshal(value, &n) == nil: // those of version 1 may be numbers
			item[name] = json.RawMessage(strconv.Quote(n.String()))
		case name == "author" && json.Unmarshal(value, &one) == nil && one != nil:
		case name == "authors" && json.Unmarshal(value, &several) == nil && !slices.Contains(several, nil):
		default:
			delete(item, name)
		}
	}
	for _, name := range []string{"author", "authors"} {
		if isText(item[name]) {
			delete(item, name)
		}
	}
	return item
}

func isText(value json.RawMessage) bool { return len(value) > 0 && value[0] == '"' }

// deep reports whether arrays and objects stand inside one another deeper than in any feed.
func deep(doc []byte) bool {
	depth, text, escaped := 0, false, false
	for _, c := range doc {
		switch {
		case escaped:
			escaped = false
		case text:
			text, escaped = c != '"', c == '\\'
		case c == '"':
			text = true
		case c == '[' || c == '{':
			if depth++; depth > maxDepth {
				return true
			}
		case c == ']' || c == '}':
			depth--
		}
	}
	return false
}
