package cache

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"newsdesk/article"
	"newsdesk/summarize"
)

// record is what a driver keeps of a story in one piece. Its quotes are kept one by one, its ID and
// times where a driver can order by them.
type record struct {
	Article article.Article   `json:"article"`
	Summary summarize.Summary `json:"summary"`
}

// writers are compressors to be used again: what a new one takes is 800 kB, and most of the time.
var writers = sync.Pool{New: func() any {
	w, err := flate.NewWriter(io.Discard, 5) // little more than the usual 6 makes, and quicker
	if err != nil {
		panic("cache: " + err.Error()) // for a level that there is not
	}
	return w
}}

// MarshalRecord encodes the article and the summary of s, compressed: about 2.5 kB for a news article
// of 5 kB.
func MarshalRecord(s Story) ([]byte, error) {
	var out bytes.Buffer
	w := writers.Get().(*flate.Writer) //nolint:forcetypeassert // nothing else is put there
	defer writers.Put(w)
	w.Reset(&out)
	if err := json.NewEncoder(w).Encode(record{s.Article, s.Summary}); err != nil {
		return nil, fmt.Errorf("encode story %s: %w", s.ID, err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("encode story %s: %w", s.ID, err)
	}
	return out.Bytes(), nil
}

// UnmarshalRecord sets the article and the summary of s from what [MarshalRecord] made. Data that it
// did not make is [ErrCorrupt].
func UnmarshalRecord(data []byte, s *Story) error {
	// One of 50 MB is ten times what is ever filed; a larger one was made to exhaust memory.
	const most = 50 << 20
	r := io.LimitReader(flate.NewReader(bytes.NewReader(data)), most)
	var rec record
	if err := json.NewDecoder(r).Decode(&rec); err != nil {
		return fmt.Errorf("decode story %s: %w: %w", s.ID, ErrCorrupt, err)
	}
	s.Article, s.Summary = rec.Article, rec.Summary
	return nil
}

// Check says whether a driver may file s for share; otherwise it returns [ErrInvalid] with the reason.
// The text must be UTF-8, and every quote a stretch of it, unchanged: no store holds words that the
// article does not.
func Check(s Story, share Share) error {
	text := s.Article.Text
	switch {
	case share.Guild == "":
		return fmt.Errorf("%w: it is shared in no guild", ErrInvalid)
	case strings.TrimSpace(text) == "":
		return fmt.Errorf("%w: it has no text", ErrInvalid)
	case !utf8.ValidString(text):
		return fmt.Errorf("%w: its text is not UTF-8", ErrInvalid)
	}
	for i, q := range s.Quotes {
		if q.Start < 0 || q.Start > q.End || q.End > len(text) || text[q.Start:q.End] != q.Text {
			return fmt.Errorf("%w: quote %d is not in its text word for word", ErrInvalid, i)
		}
	}
	return nil
}

// Moment is t as stores keep it: in UTC, to the microsecond.
func Moment(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// FiledNow is when a story that is put with share was filed: when it was shared, else as the story
// says, else now.
func FiledNow(s Story, share Share) time.Time {
	for _, t := range []time.Time{share.At, s.FiledAt} {
		if !t.IsZero() {
			return Moment(t)
		}
	}
	return Moment(time.Now())
}
