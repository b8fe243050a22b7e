package cache

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"

	"newsdesk/article"
	"newsdesk/quote"
)

// A quote is kept as its strings and numbers, one after the other behind a byte that says so: lists decode
// quotes by the dozen, and as JSON that took longer than fetching them. What the first versions wrote is JSON,
// and begins with a brace.
const quoteFormat = 1

// MarshalQuote encodes one quote.
func MarshalQuote(q quote.Quote) []byte {
	b := append(make([]byte, 0, len(q.Text)+len(q.Speaker)+64), quoteFormat)
	for _, s := range []string{q.Text, string(q.Kind), q.Speaker, q.Cue} {
		b = appendString(b, s)
	}
	for _, n := range []int{q.Start, q.End, q.Paragraph} {
		b = binary.AppendVarint(b, int64(n))
	}
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(q.Confidence))
	if m := q.Mention; m != nil {
		b = appendString(b, m.Text)
		b = binary.AppendVarint(b, int64(m.Start))
		b = binary.AppendVarint(b, int64(m.End))
	}
	return b
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// UnmarshalQuote decodes what [MarshalQuote] made. Data that it did not make is [ErrCorrupt].
func UnmarshalQuote(data []byte) (quote.Quote, error) {
	var q quote.Quote
	if len(data) > 0 && data[0] == '{' {
		if err := json.Unmarshal(data, &q); err != nil {
			return quote.Quote{}, fmt.Errorf("decode quote: %w: %w", ErrCorrupt, err)
		}
		return q, nil
	}
	r := recordReader{left: data}
	r.wrong = r.byte() != quoteFormat
	q.Text, q.Kind, q.Speaker, q.Cue = r.string(), quote.Kind(r.string()), r.string(), r.string()
	q.Start, q.End, q.Paragraph = r.int(), r.int(), r.int()
	q.Confidence = math.Float64frombits(r.uint64())
	if len(r.left) > 0 {
		q.Mention = &quote.Mention{Text: r.string(), Span: article.Span{Start: r.int(), End: r.int()}}
	}
	if r.wrong || len(r.left) > 0 {
		return quote.Quote{}, fmt.Errorf("decode quote of %d bytes: %w", len(data), ErrCorrupt)
	}
	return q, nil
}

// recordReader takes strings and numbers off the front of a record. Once something is not there, all that
// follows is zero, and wrong is true.
type recordReader struct {
	left  []byte
	wrong bool
}

// take takes n bytes.
func (r *recordReader) take(n uint64) []byte {
	if r.wrong || n > uint64(len(r.left)) {
		r.wrong, r.left = true, nil
		return nil
	}
	taken := r.left[:n]
	r.left = r.left[n:]
	return taken
}

func (r *recordReader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *recordReader) uint64() uint64 {
	if b := r.take(8); b != nil {
		return binary.BigEndian.Uint64(b)
	}
	return 0
}

func (r *recordReader) int() int {
	n, size := binary.Varint(r.left)
	if size <= 0 {
		r.wrong, size = true, 0
	}
	r.take(uint64(size))
	return int(n)
}

func (r *recordReader) string() string {
	n, size := binary.Uvarint(r.left)
	if size <= 0 {
		r.wrong, size = true, 0
	}
	r.take(uint64(size))
	return string(r.take(n))
}
