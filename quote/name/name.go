// Package name says what a name is, and when two names are one person.
//
// What goes in is a word or a phrase as an article or a reader writes it; what comes out is a
// judgement on its shape. Nobody is known here because they are in the news: the tables hold
// language (titles, roles, given names, the words that make an organisation, the names of
// countries), one entry a line in tables/, and a person who writes no Go can add to them.
//
// Comparing:
//
//   - [Fold] is the form in which names are compared.
//   - [Same] is for stores: are these two names, found in different articles, one person? It is
//     conservative, for joining two people is worse than listing one twice.
//   - [Fits] is for readers: does what somebody typed mean this speaker? It is generous, for "Smith"
//     may well mean each of two Smiths; the caller asks which. [FitsLoosely] forgives a typing slip.
//
// Reading:
//
//   - [Parse] takes a name apart: titles, given names, family name, suffix.
//   - [GivenGender], [GenderOf] and [TitleGender] say whether "he" or "she" may stand for somebody.
//   - [IsTitle], [IsRole], [IsGroup], [IsOrganisation], [IsPlace], [IsNationality], [IsNeverName] and
//     [IsGiven] classify words for whoever looks for names in running text.
//
// All functions are pure, safe for concurrent use, take time linear in what they are given, and accept
// any bytes. The tables are read at first use, in a few milliseconds.
package name
