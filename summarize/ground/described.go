package ground

import (
	"strings"

	"newsdesk/summarize/terms"
)

// determiners open a description.
var determiners = set(`the a an this that his her its their der die das dem den des ein eine einem einen einer le la l les un une des
	el los las una unos unas`)

// maxDescription is how many words stand before a name to describe who bears it: "the former make-up artist".
const maxDescription = 4

// misdescribed returns a description that c puts before a name, with the name, and that the article has nowhere
// beside it: "the make-up artist Snoop Dogg" where a make-up artist sues him; "" if there is none. The article may say the
// same in another way, so that it counts only against what is printed. "An injunction stopping Ann Dale" describes nobody.
func (s *Source) misdescribed(c *claim) string {
	for i := 1; i < len(c.words); i++ {
		head := c.words[i-1]
		if !inName(c.words[i]) || head.Function || head.Number || strings.HasSuffix(head.Lower, "ing") || head.Capital && i > 1 || between(c.text, c.words, i) != " " {
			continue
		}
		first := describes(c, i-1)
		if first < 0 {
			continue
		}
		last := i
		for last+1 < len(c.words) && inName(c.words[last+1]) && between(c.text, c.words, last+1) == " " {
			last++
		}
		if !s.describedAs(head.Stem, c.words[i:last+1]) {
			return c.text[c.words[first].Start:c.words[last].End]
		}
	}
	return ""
}

// describes returns where the description begins that ends with word i of c, -1 if none does: behind a determiner, where no
// verb can stand, or as the first word.
func describes(c *claim, i int) int {
	for k := i; k >= 0 && k > i-maxDescription; k-- {
		switch {
		case k == 0 && i == 0:
			return 0
		case k < i && determiners[c.words[k].Lower]:
			return k
		case c.words[k].Function || k > 0 && between(c.text, c.words, k) != " ":
			return -1
		}
	}
	return -1
}

// describedAs reports whether the article has the head of a description beside a word of the name: before it with
// nothing but names and commas between, or shortly behind it, tied by a comma or a copula.
func (s *Source) describedAs(head string, bearer []terms.Word) bool {
	named := stemsOf(bearer)
	for _, place := range s.places(head) {
		sent := s.sentences[s.sentenceOf(place)]
		for k := place + 1; k < min(sent.end, place+1+maxDescription); k++ {
			if named[s.words[k].Stem] {
				return true
			}
			if !s.words[k].Capital && s.words[k].Lower != "and" {
				break
			}
		}
		for k := place - 1; k >= max(sent.first, place-1-maxDescription); k-- {
			if named[s.words[k].Stem] && (s.marks[k] || copulas[s.words[k+1].Lower] || k == place-1) {
				return true
			}
		}
	}
	return false
}

// agents come before whoever does what a passive verb says.
var agents = set("by von durch par por")

// turned reports whether c makes somebody do what the article, which never has such a word before the name, may have done to
// him: "led by Ann Dale" where somebody led Ann Dale.
func (s *Source) turned(c *claim) bool {
	for i := 1; i < len(c.words); i++ {
		if by := c.words[i-1]; agents[by.Lower] && inName(c.words[i]) && !s.beside(c.words[i].Stem, by.Stem, -1) {
			return true
		}
	}
	return false
}
