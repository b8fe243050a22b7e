package extract

import (
	"strings"
	"unicode"
)

// sampled is how much of a text, in bytes, the language is told from.
const sampled = 4000

// stopwords are the commonest words of languages in Latin letters, those too that they share: a word counts for
// each of its languages, the less the more they are.
var stopwords = map[string][]string{
	"en": strings.Fields("the of and to that is was for with on said his he it as at by from have has are not this which they were"),
	"de": strings.Fields("der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei"),
	"fr": strings.Fields("la de un en a se le les des et est une du dans qui que pour au pas sur ne par plus avec il sont elle ce cette aux ont été mais"),
	"es": strings.Fields("la de un en a no se por el los las y del que en una por con para su se al lo como más pero sus fue ha este también entre"),
	"it": strings.Fields("la un in a da se no e il di che è per una con sono del della non si dei alla gli nel anche più ha delle come al i"),
	"pt": strings.Fields("a de se o os e do da que em um uma para com não na no dos por mais as ao foi são é das pela ele"),
	"nl": strings.Fields("het een van en de dat niet zijn met voor is op te aan ook er bij naar door heeft maar die wordt werd"),
	"pl": strings.Fields("w i na z się nie do że jest o jak to po przez od co za ale był oraz dla są"),
	"sv": strings.Fields("och att det som en på är av för med den till inte om ett har de han men var från"),
	"da": strings.Fields("og at det som en på er af for med den til ikke om et har de han men var fra blev"),
	"no": strings.Fields("og at det som en på er av for med den til ikke om et har de han men var fra ble sier"),
	"fi": strings.Fields("ja on ei että se oli hän mutta myös kun ovat mukaan sekä joka ole jos niin tai"),
	"tr": strings.Fields("ve bir bu da de için ile olarak olan çok daha ama gibi kadar sonra dedi"),
	"cs": strings.Fields("se na že je v a to s z do o jako ale podle který která jsou za by po"),
	"ro": strings.Fields("și în de la a că cu nu pe din este un o pentru care mai au fost prin"),
	"hu": strings.Fields("a az és hogy nem is egy volt meg csak de már van azt ki el"),
	"id": strings.Fields("yang dan di ini dengan untuk dari pada itu tidak dalam akan juga ke oleh ada"),
}

// stopwordOf lists the languages of each stopword.
var stopwordOf = func() map[string][]string {
	m := make(map[string][]string)
	for lang, words := range stopwords {
		for _, w := range words {
			m[w] = append(m[w], lang)
		}
	}
	return m
}()

// language returns the BCP 47 primary tag of text's language, told from its script and its
// commonest words, or "" where that says too little.
func language(text string) string {
	if len(text) > sampled {
		text = text[:sampled]
	}
	if lang, latin := scriptLanguage(text); !latin {
		return lang
	}
	score := make(map[string]float64)
	words := 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		words++
		langs := stopwordOf[w]
		for _, lang := range langs {
			score[lang] += 1 / float64(len(langs))
		}
	}
	best, high := "", 0.0
	for lang, s := range score {
		if s > high || s == high && lang < best {
			best, high = lang, s
		}
	}
	if high < 3 || high < 0.05*float64(words) {
		return ""
	}
	return best
}

// scriptLanguage names the language that a script alone tells; latin says that it is Latin.
func scriptLanguage(text string) (lang string, latin bool) {
	counts := make(map[string]int)
	for _, r := range text {
		switch {
		case r < 0x80 || !unicode.IsLetter(r):
			if 'a' <= r && r <= 'z' {
				counts["latin"]++
			}
		case unicode.Is(unicode.Han, r):
			counts["zh"]++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			counts["ja"]++
		case unicode.Is(unicode.Hangul, r):
			counts["ko"]++
		case strings.ContainsRune("їієґ", r):
			counts["uk"]++
			counts["cyrillic"]++
		case unicode.Is(unicode.Cyrillic, r):
			counts["cyrillic"]++
		case strings.ContainsRune("پچژگ", r):
			counts["fa"]++
			counts["arabic"]++
		case unicode.Is(unicode.Arabic, r):
			counts["arabic"]++
		case unicode.Is(unicode.Hebrew, r):
			counts["he"]++
		case unicode.Is(unicode.Greek, r):
			counts["el"]++
		case unicode.Is(unicode.Devanagari, r):
			counts["hi"]++
		case unicode.Is(unicode.Thai, r):
			counts["th"]++
		case unicode.Is(unicode.Latin, r):
			counts["latin"]++
		}
	}
	share := func(part, whole string) bool { return counts[part]*50 > counts[whole] }
	most := "latin"
	for _, s := range []string{"zh", "ja", "ko", "cyrillic", "arabic", "he", "el", "hi", "th"} {
		if n := counts[s]; n > counts[most] {
			most = s
		}
	}
	switch {
	case most == "latin":
		return "", true
	case most == "cyrillic" && share("uk", "cyrillic"):
		return "uk", false
	case most == "cyrillic":
		return "ru", false
	case most == "arabic" && share("fa", "arabic"):
		return "fa", false
	case most == "arabic":
		return "ar", false
	case most == "zh" && counts["ja"]*10 > counts["zh"]:
		return "ja", false
	}
	return most, false
}
