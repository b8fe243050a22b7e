package name

import (
	"bytes"
	"strings"
	"sync"
)

// minSound is the length below which names are compared by their letters alone: short names lie too
// close together.
const minSound = 5

// soundsLike reports whether a and b, folded words, are two transliterations of one name: "timoshenko",
// "tymoshenko" and "timoschenko". Both must be long enough to tell.
func soundsLike(a, b string) bool {
	if len(a) < minSound || len(b) < minSound || len(a) > 40 || len(b) > 40 || !beginAlike(a, b) {
		return false
	}
	var bufA, bufB [48]byte
	keyA, keyB := appendSound(bufA[:0], a), appendSound(bufB[:0], b)
	return len(keyA) >= 4 && string(keyA) == string(keyB)
}

// beginAlike spares the keys of most pairs of strangers: a key begins with a letter of the class with which its word does.
func beginAlike(a, b string) bool { return a != "" && b != "" && soundClass(a[0]) == soundClass(b[0]) }

// soundClass is [initialClass], all vowels in one.
func soundClass(c byte) byte {
	if isVowel(c) {
		return 'j'
	}
	return initialClass(c)
}

// appendSound appends a key that the transliterations of a name into English, German, French and
// Spanish share, as far as letters alone show it. Rules, longest first, apply from left to right; the
// ends of words have their own, in soundEnd.
func appendSound(dst []byte, word string) []byte {
	from := len(dst)
	body, end := cutEnd(word)
	// Arabic q comes as g, k, kh and q in front of an a, in names that
	// end like adjectives: Qasimi, Kasimi, Gasimi.
	if len(word) > 5 && strings.HasSuffix(end, "i") || len(word) > 5 && strings.HasSuffix(body, "i") {
		for _, q := range [...]string{"kh", "gh", "g", "q"} {
			if rest, ok := strings.CutPrefix(body, q); ok && strings.HasPrefix(rest, "a") {
				body = rest
				dst = append(dst, 'k')
				break
			}
		}
	}
	for i := 0; i < len(body); {
		n, to := soundRule(body[i:], i == 0)
		if n == 0 {
			dst = append(dst, body[i])
			i++
			continue
		}
		dst = append(dst, to...)
		i += n
	}
	dst = append(dst, end...)
	return dst[:from+squeeze(dst[from:])]
}

// squeeze writes every run of one letter as one, in place, and returns the new length.
func squeeze(b []byte) int {
	n := 0
	for i, c := range b {
		if i == 0 || c != b[i-1] {
			b[n] = c
			n++
		}
	}
	return n
}

// cutEnd splits a transliterated ending off and returns it in its common form.
func cutEnd(word string) (body, end string) {
	for _, e := range soundEnds {
		if body, ok := strings.CutSuffix(word, e.from); ok && len(body) > 1 {
			return body, e.to
		}
	}
	return word, ""
}

// A rewrite is one rule of transliteration.
type rewrite struct{ from, to string }

// soundEnds are the endings, longest first.
var soundEnds = []rewrite{
	{"skyj", "ski"}, {"skyy", "ski"}, {"skiy", "ski"}, {"skyi", "ski"}, {"skij", "ski"}, {"skii", "ski"}, {"sky", "ski"},
	{"tzki", "ski"}, {"tzky", "ski"},
	{"eff", "ov"}, {"off", "ov"}, {"ew", "ov"}, {"ow", "ov"}, {"ev", "ov"}, {"ov", "ov"},
	{"yj", "i"}, {"yy", "i"}, {"iy", "i"}, {"ij", "i"}, {"ii", "i"}, {"ey", "i"}, {"ei", "i"}, {"y", "i"}, {"j", "i"},
	{"ine", "in"}, // French: Kalinine
}

// soundRules are the rewrites within a word, by first letter, longest first.
var soundRules = sync.OnceValue(func() [256][]rewrite {
	var byLetter [256][]rewrite
	for _, r := range []rewrite{
		{"schtsch", "c"}, {"shch", "c"}, {"tsch", "c"}, {"sch", "c"}, {"tch", "c"}, {"tsh", "c"}, {"sh", "c"}, {"cz", "c"},
		{"ch", "c"}, {"kh", "c"}, {"zh", "c"},
		{"ck", "k"}, {"qu", "k"}, {"q", "k"}, {"ca", "ka"}, {"co", "ko"}, {"cu", "ku"}, {"cl", "kl"}, {"cr", "kr"}, {"ct", "kt"},
		{"ph", "f"}, {"th", "t"}, {"dh", "d"}, {"gh", "g"}, {"bh", "b"},
		{"tz", "s"}, {"ts", "s"}, {"z", "s"}, {"w", "v"}, {"x", "ks"},
		{"ou", "u"}, {"ue", "u"}, {"oe", "o"}, {"ae", "a"}, {"ay", "e"}, {"ai", "e"}, {"ei", "e"}, {"ey", "e"},
		{"yu", "u"}, {"ju", "u"}, {"iu", "u"}, {"ya", "ia"}, {"ja", "ia"}, {"yo", "io"}, {"jo", "io"}, {"ye", "e"}, {"je", "e"}, {"ie", "e"},
		{"y", "i"}, {"j", "i"},
	} {
		byLetter[r.from[0]] = append(byLetter[r.from[0]], r)
	}
	return byLetter
})

// soundRule returns the length that the rule for the start of s takes and what it becomes; 0 if there
// is none. At the start of a word j and its vowel stand as they are where English and German agree on
// them: "jo" in John is no io.
func soundRule(s string, first bool) (int, string) {
	for _, r := range soundRules()[s[0]] {
		if first && s[0] == 'j' && !strings.HasPrefix(s, "ja") && !strings.HasPrefix(s, "je") {
			continue
		}
		if strings.HasPrefix(s, r.from) {
			return len(r.from), r.to
		}
	}
	return 0, ""
}

// sameVowelsAside reports whether two folded given names differ in nothing but which vowels they
// have, as transliterated Arabic does: "mohammed", "muhamad". The last letter must be the same one
// if it is a vowel, for it often tells the gender, and there must be enough syllables to go by.
func sameVowelsAside(a, b string) bool {
	if len(a) > 40 || len(b) > 40 || !beginAlike(a, b) {
		return false
	}
	var bufA, bufB [48]byte
	keyA, consonants := appendSkeleton(bufA[:0], a)
	keyB, _ := appendSkeleton(bufB[:0], b)
	return consonants >= 4 && bytes.Count(keyA, []byte{'a'}) >= 2 && string(keyA) == string(keyB)
}

// appendSkeleton appends word with every inner run of vowels as one "a" and doubled letters single,
// and counts its consonants.
func appendSkeleton(dst []byte, word string) (key []byte, consonants int) {
	from := len(dst)
	for i := range len(word) {
		c := word[i]
		switch {
		case i > 0 && word[i-1] == c:
			if !isVowel(c) {
				consonants++ // a doubled consonant is one more to go by, though it is written once
			}
			continue
		case isVowel(c) && i < len(word)-1:
			c = 'a'
			if len(dst) > from && dst[len(dst)-1] == 'a' {
				continue
			}
		case !isVowel(c):
			consonants++
		}
		dst = append(dst, c)
	}
	return dst, consonants
}

func isVowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }
