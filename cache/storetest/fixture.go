package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/quote"
	"newsdesk/summarize"
)

// noon is when the first story of a test is shared.
var noon = time.Date(2031, 5, 4, 12, 0, 0, 0, time.UTC)

// line is one quote of a story to be: who said it, and what.
type line struct {
	speaker, text string
	kind          quote.Kind
}

func said(speaker, text string) line     { return line{speaker, text, quote.Direct} }
func reported(speaker, text string) line { return line{speaker, text, quote.Indirect} }

// story writes an article at url in which lines are said, and finds its quotes.
func story(url, title string, lines ...line) cache.Story {
	s := cache.Story{Article: article.Article{
		URL: url + "?from=feed", CanonicalURL: url, Title: title, Site: "Harbour Post",
		Byline: []string{"Ines Alvarado"}, Published: "2031-05-04", Language: "en",
	}}
	var text strings.Builder
	fmt.Fprintf(&text, "The day's report on %q.", title)
	span := article.Span{End: text.Len()}
	s.Article.Paragraphs = []article.Paragraph{{Span: span, Kind: article.Text}}
	for i, l := range lines {
		text.WriteString("\n\n")
		from := text.Len()
		fmt.Fprintf(&text, "%s said: %s", l.speaker, l.text)
		to := text.Len()
		s.Article.Paragraphs = append(s.Article.Paragraphs,
			article.Paragraph{Span: article.Span{Start: from, End: to}, Kind: article.Text})
		s.Quotes = append(s.Quotes, quote.Quote{
			Text: l.text, Span: article.Span{Start: to - len(l.text), End: to}, Kind: l.kind,
			Speaker: l.speaker, Confidence: 0.875, Cue: "said", Paragraph: i + 1,
			Mention: &quote.Mention{Text: l.speaker, Span: article.Span{Start: from, End: from + len(l.speaker)}},
		})
	}
	s.Article.Text = text.String()
	s.Summary = summarize.Summary{Method: summarize.Extractive, Headline: title,
		Points: []summarize.Point{{Text: s.Article.Slice(span), Sources: []article.Span{span}}}}
	return s
}

// share is in guild, n minutes after noon.
func share(guild string, n int) cache.Share {
	return cache.Share{Guild: guild, By: "member-7", At: noon.Add(time.Duration(n) * time.Minute)}
}

func put(t *testing.T, s Store, st cache.Story, sh cache.Share) cache.Story {
	t.Helper()
	filed, err := s.Put(t.Context(), st, sh)
	if err != nil {
		t.Fatalf("Put %q: %v", st.Article.Title, err)
	}
	return filed
}

func get(t *testing.T, s Store, guild, id string) cache.Story {
	t.Helper()
	st, err := s.Story(t.Context(), guild, id)
	if err != nil {
		t.Fatalf("Story: %v", err)
	}
	return st
}

// texts lists what the quotes of all pages say, in order.
func texts(t *testing.T, s Store, q cache.QuoteQuery) []string {
	t.Helper()
	var all []string
	for pages := 0; ; pages++ {
		quotes, next, err := s.Quotes(t.Context(), q)
		if err != nil {
			t.Fatalf("Quotes %+v: %v", q, err)
		}
		if q.Limit > 0 && len(quotes) > q.Limit {
			t.Fatalf("Quotes %+v: %d on a page", q, len(quotes))
		}
		for _, quote := range quotes {
			all = append(all, quote.Text)
		}
		if next == "" {
			return all
		}
		if pages > 1000 || len(quotes) == 0 {
			t.Fatalf("Quotes %+v: pages without end", q)
		}
		q.After = next
	}
}

func titles(stories []cache.Story) []string {
	if len(stories) == 0 {
		return nil
	}
	all := make([]string, 0, len(stories))
	for _, st := range stories {
		all = append(all, st.Article.Title)
	}
	return all
}

func speakers(t *testing.T, s Store, guild string) []cache.Speaker {
	t.Helper()
	all, err := s.Speakers(t.Context(), guild)
	if err != nil {
		t.Fatalf("Speakers: %v", err)
	}
	return all
}

func same[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// isEmpty demands that guild has nothing at all.
func isEmpty(t *testing.T, s Store, guild string) {
	t.Helper()
	st, err := s.Stats(t.Context(), guild)
	if err != nil {
		t.Fatalf("Stats: %v", err)
	}
	st.Bytes = 0
	same(t, "Stats of "+guild, cache.Stats{}, st)
	same(t, "Speakers of "+guild, nil, speakers(t, s, guild))
	same(t, "Quotes of "+guild, nil, texts(t, s, cache.QuoteQuery{Guild: guild}))
	stories, _, err := s.Stories(t.Context(), cache.StoryQuery{Guild: guild})
	if err != nil {
		t.Fatalf("Stories: %v", err)
	}
	same(t, "Stories of "+guild, nil, titles(stories))
}
