package main

import (
	"bytes"
	"encoding/json"
	"time"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/summarize"
)

// The records below are what --json and --batch print. Their fields, and the order of them, are what
// programs rely on: lists are never null, and text is not escaped beyond what JSON needs.

// summaryRecord is what summarize prints.
type summaryRecord struct {
	Article articleRecord      `json:"article"`
	Summary summarize.Summary  `json:"summary"`
	Quotes  []cache.FiledQuote `json:"quotes"`
}

type articleRecord struct {
	URL          string   `json:"url"`
	CanonicalURL string   `json:"canonical_url"`
	Title        string   `json:"title"`
	Standfirst   string   `json:"standfirst"`
	Byline       []string `json:"byline"`
	Site         string   `json:"site"`
	Published    string   `json:"published"`
	Language     string   `json:"language"`
	Words        int      `json:"words"`
	Text         string   `json:"text"`
	// Updated is there only where the text has changed since it was first filed, and says when that was seen.
	Updated time.Time `json:"updated,omitzero"`
	// Partial is there only where Text is not the whole article.
	Partial article.Partial `json:"partial,omitempty"`
}

// extractRecord is what extract prints.
type extractRecord struct {
	URL          string            `json:"url"`
	CanonicalURL string            `json:"canonical_url"`
	Title        string            `json:"title"`
	Standfirst   string            `json:"standfirst"`
	Byline       []string          `json:"byline"`
	Agencies     []string          `json:"agencies,omitempty"`
	Site         string            `json:"site"`
	Section      string            `json:"section,omitempty"`
	Published    string            `json:"published"`
	Modified     string            `json:"modified,omitempty"`
	Language     string            `json:"language"`
	Image        string            `json:"image"`
	ImageAlt     string            `json:"image_alt,omitempty"`
	Words        int               `json:"words"`
	Minutes      int               `json:"minutes"`
	Text         string            `json:"text"`
	Paragraphs   []paragraphRecord `json:"paragraphs"`
	Partial      article.Partial   `json:"partial,omitempty"`
}

type paragraphRecord struct {
	article.Span
	Kind article.Kind `json:"kind"`
}

// quotesRecord is what quotes prints. Candidates are there only when the name typed fits several people.
type quotesRecord struct {
	Quotes     []cache.FiledQuote `json:"quotes"`
	Candidates []cache.Speaker    `json:"candidates,omitempty"`
}

func newSummaryRecord(story cache.Story, quotes []cache.FiledQuote) summaryRecord {
	a := &story.Article
	r := summaryRecord{
		Article: articleRecord{
			URL: a.URL, CanonicalURL: a.CanonicalURL, Title: a.Title, Standfirst: a.Standfirst, Byline: list(a.Byline),
			Site: a.Site, Published: a.Published, Language: a.Language, Words: a.Words(), Text: a.Text, Updated: story.UpdatedAt, Partial: a.Partial,
		},
		Summary: story.Summary,
		Quotes:  list(quotes),
	}
	r.Summary.Points = list(r.Summary.Points)
	return r
}

func newExtractRecord(a *article.Article) extractRecord {
	r := extractRecord{
		URL: a.URL, CanonicalURL: a.CanonicalURL, Title: a.Title, Standfirst: a.Standfirst, Byline: list(a.Byline), Agencies: a.Agencies,
		Site: a.Site, Section: a.Section, Published: a.Published, Modified: a.Modified, Language: a.Language,
		Image: a.Image, ImageAlt: a.ImageAlt, Words: a.Words(), Minutes: a.Minutes(), Text: a.Text,
		Paragraphs: make([]paragraphRecord, 0, len(a.Paragraphs)), Partial: a.Partial,
	}
	for _, p := range a.Paragraphs {
		r.Paragraphs = append(r.Paragraphs, paragraphRecord{Span: p.Span, Kind: p.Kind})
	}
	return r
}

// list is l, and [] in JSON where l is nil.
func list[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}

// encode is v as JSON with a line's end. <, > and & stay as they are: nothing here is put into a page.
func encode(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	err := e.Encode(v)
	return b.Bytes(), err
}
