// Package evidence understands a question about the news and finds what speaks for an answer: quotes
// first, then sentences. It is pure: text in, a ranking out, no model and no store.
//
//	q := evidence.Parse("What did NATO's chief say about peace talks?", now)
//	hits := evidence.Rank(q, passages)
//
// [Parse] tells three kinds of question apart: who said this ([WhoSaid]), what did somebody say about
// that ([WhatSaid]), and everything else ([Other]), in English, German, French and Spanish. It also
// takes out a date ("since Monday").
//
// Of the third kind, a question for a fact (how many nurses, how much, how old, how long, when, where) is answered by what
// holds such a fact: fact.go and facts.txt say by which words it is known.
//
// [Rank] orders passages by BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009):
// the words of the passage count fully, those around it (its paragraph, the article's title) less. Words
// are folded and stemmed (Snowball), function words left out. A run of words that stands in the passage
// as it stands in the question counts again, so the words of a quote find that quote. A [Hit] says how
// much of the question it covers; the caller decides how little is nothing.
//
// [Describe] and [Description.Fits] know people by what an article calls them: "NATO's chief" is whoever
// stands beside "NATO Secretary-General" in the article. Which roles are one and the same, is a table
// (roles.txt).
package evidence
