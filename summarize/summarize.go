// Package summarize says what a summary and an answer are.
//
// A [Summary] is made by one of the packages below this one: summarize/extractive chooses sentences of
// the article itself and needs nothing; summarize/llm asks a model and lets through only what
// summarize/ground has checked against the article. Whichever made it, every [Point] carries the
// stretches of the article that it rests on.
package summarize

import "newsdesk/article"

// Method says how a summary or an answer was made.
type Method string

// The methods.
const (
	LLM        Method = "llm"        // written by a model and checked against the article
	Extractive Method = "extractive" // the article's own sentences and quotations
	None       Method = "none"       // for an answer only: nothing at hand answers the question
)

// Summary is what is in an article, in a few lines.
type Summary struct {
	Method    Method  `json:"method"`
	Headline  string  `json:"headline"`
	Points    []Point `json:"points"` // in the article's order
	Model     string  `json:"model"`  // the model's name, "" for extractive
	TokensIn  int     `json:"tokens_in"`
	TokensOut int     `json:"tokens_out"`
	// Quotes are the quotations that a model finds important, in the article's order; none of extractive.
	Quotes []Quotation `json:"quotes,omitempty"`
	// Check is what became of the points that a model wrote; nil for extractive.
	Check *Checked `json:"check,omitempty"`
	// Key says what was asked for: model, length, language and version of the prompt; "" for extractive.
	Key string `json:"key,omitempty"`
	// Fallback says in a word why the summary is extractive although a model was asked:
	// "unreachable", "refused" (the key), "unknown" (the model), "no_credit", "filtered", "too_long", "rejected" (for
	// another reason), "unusable", "unsupported" or "budget"; "" otherwise.
	Fallback string `json:"fallback,omitempty"`
}

// Point is one statement of a summary with the sentences of the article that bear it out.
type Point struct {
	Text    string         `json:"text"`
	Sources []article.Span `json:"sources"`
}

// Checked counts the points that a model wrote.
type Checked struct {
	Made      int            `json:"made"`
	Rewritten int            `json:"rewritten"`         // passed when they were written a second time
	Dropped   int            `json:"dropped"`           // did not pass
	Reasons   map[string]int `json:"reasons,omitempty"` // of those, by kind
}

// Quotation is a stretch of the article that it quotes, with a translation where the reader's language is another.
type Quotation struct {
	article.Span
	// Translation is a model's, for reading beside the original and never in quotation marks; "" for none.
	Translation string `json:"translation,omitempty"`
}

// Length is how much a reader wants to read.
type Length string

// The lengths.
const (
	Brief    Length = "brief"    // about 2 points
	Standard Length = "standard" // about 4 points
	Detailed Length = "detailed" // about 7 points
)

// Source is a stretch of a filed article that an answer rests on.
type Source struct {
	article.Span
	Text    string `json:"text"`
	Article string `json:"article"` // the article's canonical URL, or its file's name
}
