package embedded

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"

	"newsdesk/cache"
)

// position is where a quote stands in a list: newest story first, and within it quotations before
// reported statements, each in the article's order.
type position struct {
	at       int64 // microseconds since 1970
	story    int64
	reported int64 // 0 or 1
	n        int64
}

// cursor writes p for [parsePosition].
func (p position) cursor() string {
	var b []byte
	for _, v := range []int64{p.at, p.story, p.reported, p.n} {
		b = binary.AppendVarint(b, v)
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// parsePosition reads a cursor, nil for "".
func parsePosition(cursor string) (*position, error) {
	if cursor == "" {
		return nil, nil
	}
	wrong := fmt.Errorf("%.40q: %w", cursor, cache.ErrCursor)
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil, wrong
	}
	var p position
	for _, v := range []*int64{&p.at, &p.story, &p.reported, &p.n} {
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
