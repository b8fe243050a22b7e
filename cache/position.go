package cache

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
)

// Position is where a quote, or a story, stands in a list: newest story first, and within it quotations
// before reported statements, each in the article's order. Cursors are positions in writing.
type Position struct {
	At       int64 // when the story was filed, in microseconds since 1970
	Story    int64 // the store's own number of it
	Reported int64 // 0 or 1
	N        int64 // in the article's order
}

// Cursor writes p for [ParsePosition].
func (p Position) Cursor() string {
	var b []byte
	for _, v := range []int64{p.At, p.Story, p.Reported, p.N} {
		b = binary.AppendVarint(b, v)
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// ParsePosition reads a cursor, nil for "". What [Position.Cursor] did not write is [ErrCursor].
func ParsePosition(cursor string) (*Position, error) {
	if cursor == "" {
		return nil, nil
	}
	wrong := fmt.Errorf("%.40q: %w", cursor, ErrCursor)
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil, wrong
	}
	var p Position
	for _, v := range []*int64{&p.At, &p.Story, &p.Reported, &p.N} {
		value, size := binary.Varint(b)
		if size <= 0 {
			return nil, wrong
		}
		*v, b = value, b[size:]
	}
	if len(b) > 0 {
		return nil, wrong
	}
	return &p, nil
}
