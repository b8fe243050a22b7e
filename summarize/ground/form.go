package ground

import (
	"strconv"
	"strings"
	"sync"

	"newsdesk/summarize/terms"
)

// irregular are forms of English words that no stemmer brings together, a word a line, its commonest form first.
const irregular = `be is are was were been being am
have has had having
do does did done
say says said
go goes went gone
come came
take took taken
give gave given
get got gotten
make made
find found
tell told
think thought
know knew known
see saw seen
leave left
feel felt
bring brought
begin began begun
keep kept
hold held
write wrote written
stand stood
hear heard
let lets
mean meant
meet met
run ran
pay paid
sit sat
speak spoke spoken
lie lay
lead led
grow grew grown
lose lost
fall fell fallen
send sent
build built
understand understood
draw drew drawn
break broke broken
spend spent
rise rose risen
drive drove driven
buy bought
wear wore worn
choose chose chosen
sell sold
win won
teach taught
catch caught
fight fought
throw threw thrown
steal stole stolen
shoot shot
strike struck
show shown
fly flew flown
eat ate eaten
seek sought
hide hid hidden
sing sang sung
sink sank sunk
swim swam swum
bear bore born borne
die dies died dying
child children
man men
woman women
person people
wife wives
life lives
a an the
`

// lemmas returns the first of its line for every irregular form.
var lemmas = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(irregular) {
		forms := strings.Fields(line)
		for _, f := range forms {
			m[f] = forms[0]
		}
	}
	return m
})

// mostSpelled is the greatest number that is compared as digits when it is spelled out; "one" is mostly none.
const mostSpelled = 20

// unify brings forms together in the stems of words that stemming leaves apart: irregular ones and numbers that
// are spelled out. Digits that a program parted from their marks ("36, 000", "98. 7") become one word again.
func unify(text string, words []terms.Word, english bool) []terms.Word {
	out := words[:0]
	for _, w := range words {
		if n := len(out); n > 0 && w.Number && out[n-1].Number {
			last := &out[n-1]
			mark := text[last.End:w.Start]
			group := last.Lower[strings.LastIndexByte(last.Lower, ',')+1:]
			if mark == ", " && len(w.Lower) == 3 && len(group) <= 3 || mark == ". " && isDigits(last.Lower) && isDigits(w.Lower) {
				last.Lower += mark[:1] + w.Lower
				last.Stem, last.End = last.Lower, w.End
				continue
			}
		}
		if english {
			if lemma, ok := lemmas()[w.Lower]; ok {
				w.Stem = lemma
			}
		}
		if v, ok := spelled[w.Lower]; ok && v > 1 && v <= mostSpelled {
			w.Stem = strconv.Itoa(int(v))
		}
		out = append(out, w)
	}
	return out
}

// isDigits reports whether s has nothing but digits.
func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }
