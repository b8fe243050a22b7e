// Package quote finds who said what in an article, word for word.
//
// [Find] takes an article and returns its quotations and reported statements. It is a pure function:
// no network, no clock, no state. It promises that every quote's text is the article's own text at the
// quote's offsets, that its time is linear in the article's length, and that it never panics.
//
// The stages, each in its own file, in the order in which an article passes through them:
//
//	turn.go         the turns of interviews and transcripts
//	raya.go         the dialogues of Spanish, which a dash opens
//	marks.go        what stands in quotation marks: which marks open, which close, which are
//	                apostrophes; quotations that run over paragraphs, nested ones, missing closes
//	token.go        words and punctuation, with the classes that the lexicon gives them
//	incise.go       attributions inside the marks, « Oui, dit-elle, demain »: read as the author's words,
//	                though the quotation's text runs from mark to mark
//	reading.go      sentences; the article taken apart
//	mention.go      who and what is mentioned outside the marks: names (naming.go), descriptions
//	                (description.go), pronouns
//	coreference.go  which names are one person or body; what roles and gender the article gives them
//	gender.go       what titles, given names and the pronouns behind a name tell of it
//	apposition.go   the name behind or before a description: "Ann Berg, a lawyer,"
//	anaphor.go      whom "she", "the senator" and "the group" mean: those in view, among whom a ranker,
//	                package rank, chooses
//	cue.go          the verbs and nouns of speech, and who their subject is
//	attribution.go  for each quotation, the mentions that could be its speaker
//	features.go     what a second ranker is told of each (with setting.go and path.go) to choose
//	said.go         whether anybody said it, which a ranker of its own judges: titles, terms and scare quotes
//	                nobody did
//	echo.go         a headline's quotation has the speaker whom the body names
//	reported.go     statements reported without marks
//	source.go       who made them
//	relative.go     relative clauses behind the speaker's name, which are no statements
//	confidence.go   how sure the speaker's name is
//	find.go         the results put together
//	why.go          the way from the words beside a quotation to the speaker, for whoever asks
//
// The words of a language (verbs of speech, pronouns, prepositions, …) are a file of the folder
// lexicon; names, titles and roles are package name's. The rankers' weights are learnt by command
// quote/train from annotated articles ([Learn]) and hold no text.
package quote
