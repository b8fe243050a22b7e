package cache

import (
	"bytes"
	"compress/flate"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/article"
	"newsdesk/quote"
	"newsdesk/summarize"
)

func filled() Story {
	return Story{
		Article: article.Article{URL: "u", CanonicalURL: "c", Title: "t", Standfirst: "s", Byline: []string{"b"}, Site: "w",
			Published: "2031-05-04", Language: "en", Image: "i", Text: "Text\x00 “x”.",
			Paragraphs: []article.Paragraph{{Span: article.Span{Start: 0, End: 4}, Kind: article.Text}}},
		Summary: summarize.Summary{Method: summarize.LLM, Headline: "h", Model: "m", TokensIn: 1, TokensOut: 2, Fallback: "budget",
			Points: []summarize.Point{{Text: "p", Sources: []article.Span{{Start: 1, End: 2}}}}},
	}
}

// TestRecordOfVersion1 reads what the first version wrote: stores of that version are out there.
func TestRecordOfVersion1(t *testing.T) {
	data, err := hex.DecodeString("548fb14ec330144577be02ddf915b9a52c1e6142744014a612a197c44dac3a4e643f8b5655a47e08fc5cbf04999481c9bed6" +
		"d1b9d74770105b39037dc4dbcb0a1a098407f6bdb715bbe9a902e1d54aa62020ac857dbdb5210a342208f70767bd81dea044" +
		"41585bc9e82708cfa97436b6a686c642ddce67ea6ea69620acd837899bcc190fc26337059bbbcc3e9bf3f19e9452eafa7cfa" +
		"da9f4fdf37d9c8819bc0431ba1374744e120d08a607c0dbd243cd97cc1f0c7612c46424c5dc7e190ffd91969fb8c38d781d0" +
		"1aaea7f96841187aeb6572cbb4630021f62954e65fe5fc52b9188bb120747d6d1c34b252fa9df1f1c3fa5fea92fa24d00bc2" +
		"969d2bb9da41a34c756304e378f5130000ffff")
	if err != nil {
		t.Fatal(err)
	}
	var got Story
	if err := UnmarshalRecord(data, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(filled(), got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestRecordRoundTrip(t *testing.T) {
	want := filled()
	data, err := MarshalRecord(want)
	if err != nil {
		t.Fatal(err)
	}
	var got Story
	if err := UnmarshalRecord(data, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestDamagedRecords(t *testing.T) {
	good, err := MarshalRecord(filled())
	if err != nil {
		t.Fatal(err)
	}
	var bomb bytes.Buffer
	w, err := flate.NewWriter(&bomb, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	for range 80 {
		if _, err := w.Write(bytes.Repeat([]byte(" "), 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"empty": nil, "cut": good[:len(good)/2], "other": []byte("letter"), "bomb": bomb.Bytes()} {
		var s Story
		if err := UnmarshalRecord(data, &s); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s: %v, want ErrCorrupt", name, err)
		}
	}
}

func TestFiledNow(t *testing.T) {
	shared := time.Date(2031, 5, 4, 12, 0, 0, 1999, time.FixedZone("", 3600))
	filed := shared.Add(time.Hour)
	if got := FiledNow(Story{FiledAt: filed}, Share{At: shared}); !got.Equal(shared.Truncate(time.Microsecond)) || got.Location() != time.UTC {
		t.Errorf("shared: %v", got)
	}
	if got := FiledNow(Story{FiledAt: filed}, Share{}); !got.Equal(filed.Truncate(time.Microsecond)) {
		t.Errorf("filed: %v", got)
	}
	if got := FiledNow(Story{}, Share{}); got.IsZero() {
		t.Error("now: zero")
	}
}

func TestCheckNamesTheQuote(t *testing.T) {
	s := Story{Article: article.Article{Text: "He said yes."}, Quotes: []quote.Quote{{Text: "no", Span: article.Span{Start: 8, End: 11}}}}
	if err := Check(s, Share{Guild: Local}); !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), "quote 0") {
		t.Errorf("%v", err)
	}
}
