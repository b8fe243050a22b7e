package digest

import (
	"strings"

	"newsdesk/quote/name"
)

// consonants are the letters of a name that languages and scripts agree about, more or less: vowels are left out, and
// sounds that some script does not tell apart are one.
var consonants = strings.NewReplacer(
	"щ", "sh", "ш", "sh", "ч", "sh", "ж", "s", "х", "h", "ц", "s",
	"б", "b", "в", "f", "г", "h", "ґ", "k", "д", "d", "з", "s", "к", "k", "л", "l", "м", "m", "н", "n", "п", "b", "р", "r", "с", "s", "т", "t", "ф", "f",
	"ب", "b", "ت", "t", "ث", "t", "ج", "k", "ح", "h", "خ", "h", "د", "d", "ذ", "d", "ر", "r", "ز", "s", "س", "s", "ش", "sh", "ص", "s", "ض", "d", "ط", "t",
	"ظ", "s", "غ", "k", "ف", "f", "ق", "k", "ك", "k", "ل", "l", "م", "m", "ن", "n", "ه", "h", "ة", "",
	"tsch", "sh", "sch", "sh", "tch", "sh", "ch", "sh", "kh", "h", "ph", "f", "th", "t", "zh", "s", "gh", "k", "ck", "k",
	"c", "k", "q", "k", "g", "k", "j", "k", "z", "s", "x", "ks", "p", "b", "v", "f", "w", "",
)

// skeleton is the consonants of a word.
func skeleton(word string) string {
	word = consonants.Replace(name.Fold(word))
	var out []byte
	for i := range len(word) {
		c := word[i]
		if c < 'a' || c > 'z' || strings.IndexByte("aeiouy", c) >= 0 || len(out) > 0 && out[len(out)-1] == c {
			continue
		}
		out = append(out, c)
	}
	return string(out)
}
