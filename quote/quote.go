package quote

import "newsdesk/article"

// Quote is one quotation or reported statement of an article.
type Quote struct {
	Text         string `json:"text"` // always the article's text[Start:End], without its quotation marks
	article.Span        // bytes into the article's text
	Kind         Kind   `json:"kind"`
	// Speaker is the person's name in the fullest form that the article gives, without titles
	// ("Donald Trump"); the description where there is no name ("US officials"); or "" when nobody is
	// said to have said it: a title, a term, a scare quote.
	Speaker    string   `json:"speaker"`
	Confidence float64  `json:"confidence"` // 0..1, how sure the speaker's name is; calibrated
	Mention    *Mention `json:"mention"`    // the words that name the speaker there ("he"), or nil
	Cue        string   `json:"cue"`        // the words of attribution ("said", "according to"), or ""
	Paragraph  int      `json:"paragraph"`  // index into the article's Paragraphs
	// Corrected is what Find had said of the speaker, where people who read the article have set it right since; nil
	// in what Find returns.
	Corrected *Attribution `json:"corrected,omitempty"`
}

// Sure is the confidence from which a speaker's name is shown to people.
const Sure = 0.5

// Attribution is to whom a quote is given.
type Attribution struct {
	Speaker    string   `json:"speaker"`
	Confidence float64  `json:"confidence"`
	Mention    *Mention `json:"mention"`
}

// Mention is the words of an article that name somebody: a name, a pronoun or a description.
type Mention struct {
	Text string `json:"text"`
	article.Span
}

// Kind says how a statement is reported.
type Kind string

// The kinds of quote.
const (
	Direct   Kind = "direct"   // a full sentence or more in the speaker's words, set off by marks, as a block or as a turn
	Mixed    Kind = "mixed"    // a part of a sentence in the speaker's words, within the author's sentence
	Indirect Kind = "indirect" // reported without marks
)
