// Package verbatim compares words that somebody is claimed to have said with words that were said.
//
//	c := verbatim.Parse("I never [said] that … not once")
//	m := c.Compare("I have never claimed that, not once.")
//	m.Exact        // false
//	m.Differences  // {Said: "claimed", Claimed: "said"} and so on
//
// What is compared is the words, in their order. Typography does not count: kinds of quotation marks and
// dashes, capitals, accents, final punctuation, thousands separators. What the conventions of quoting
// allow does not count either: an ellipsis stands for words left out, brackets hold words that the
// writer put in for clarity. A claim may be any stretch of what was said.
//
// The comparison aligns the claim with the best stretch of what was said, word by word (Smith and
// Waterman, 1981, with the claim aligned as a whole). Forms of one word ("say", "said") are nearer to each
// other than two words. It is bounded: [MaxWords] words of a claim and of a statement are read.
package verbatim
