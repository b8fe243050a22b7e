package quote

import (
	"fmt"
	"strings"
	"testing"

	"newsdesk/article"
	"newsdesk/article/extract"
)

// harbour is a made-up article with what news has: names, titles, pronouns, quotations in and out of
// marks, and paragraphs that hold none.
const harbour = `The harbour office will close its night desk in the autumn, its director said on Tuesday, ending a service that has guided fishing boats through the sound since 1911.

“Nobody has called us after midnight for three years,” Director Helga Marsh told reporters. “I would rather pay for a second lifeboat.”

The decision, which the council called “painful but right,” saves about 140,000 a year. Councillor Tom Adeyemi, a retired pilot who sat on the committee, said that the money would go to the rescue station.

Not everyone agrees. Fisherman Paolo Reyes, 58, remembers the winter of 2009, when the ice came in two nights. “They talked me home by radio,” he said, “and I still know the voice.”

His wife, Ingrid Reyes, who runs the auction hall, was less gentle. She described the plan as “a calculation by people who sleep well.”

According to the office, the desk answered 4,112 calls in 1998 and eleven last year. The report, “Quiet Waters,” was published in March. It recommends an automatic service by 2027.

“We have read it,” Marsh said. “It says what we knew.”

The last shift begins on 30 September at ten in the evening. Adeyemi has asked to sit in.

`

// BenchmarkFind measures articles of 1 to 1,000 kB, and texts made to be slow. Time a byte should
// not grow with length: compare the sizes of one text.
func BenchmarkFind(b *testing.B) {
	texts := []struct{ name, language, unit string }{
		{"news", "en", harbour},
		{"opening-marks", "en", "“"},
		{"straight-marks", "en", `"`},
		{"apostrophes", "en", "'"},
		{"capitals", "en", "A"},
		{"capitalised", "en", "Ab "},
		{"one-line", "en", strings.ReplaceAll(harbour, "\n", " ")},
		{"said", "en", "a said "},
		{"quoted-said", "en", "“A b,” said C. "},
		{"names", "en", "said Ann Berg, "},
		{"turns", "en", "BERG: why\n\n"},
		{"nested", "en", "“‘"},
		{"paragraphs", "en", "“a\n\n"},
		{"that", "en", "said that he said that "},
		{"pronouns", "en", "She said he said. "},
		{"governed", "en", "of Ann Berg said "},
		{"low-marks", "en", "„a "},
		{"single-marks", "en", "‘a "},
		{"angles", "en", "‹a "},
		{"auxiliaries", "en", "Ann is is is is “A b.” "},
		{"namesakes", "en", "said A%s Berg. "},
		{"marked-words", "en", `and "one two" or `},
		{"bearers", "es", "El presidente de la Junta de Andalucía, A%s Berg, habló. El presidente andaluz dijo que “no”. "},
		{"foreshadowed", "en", "The mayor spoke. Mayor A%s Berg left. "},
		{"said-she", "en", "“It is good now,” she said. "},
	}
	warm, err := extract.Text("", []byte(harbour))
	if err != nil {
		b.Fatal(err)
	}
	Find(warm) // reads the tables, once
	for _, text := range texts {
		for _, kB := range []int{1, 10, 100, 1000} {
			a, err := extract.Text("", repeated(text.unit, kB*1000))
			if err != nil {
				b.Fatal(err)
			}
			a.Language = text.language
			b.Run(fmt.Sprintf("%s/%dkB", text.name, kB), func(b *testing.B) { benchmarkFind(b, a) })
		}
	}
}

// repeated returns size bytes of unit again and again, each %s in it another word.
func repeated(unit string, size int) []byte {
	var b []byte
	for i := 0; len(b) < size; i++ {
		if !strings.Contains(unit, "%s") {
			b = append(b, unit...)
			continue
		}
		word := []byte("aaaaa")
		for j, n := 0, i; n > 0; j, n = j+1, n/26 {
			word[j] += byte(n % 26)
		}
		b = fmt.Appendf(b, unit, word)
	}
	return []byte(strings.ToValidUTF8(string(b[:size]), ""))
}

func benchmarkFind(b *testing.B, a *article.Article) {
	b.Helper()
	b.SetBytes(int64(len(a.Text)))
	b.ReportAllocs()
	var quotes int
	for b.Loop() {
		quotes = len(Find(a))
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(a.Text)), "ns/byte")
	b.ReportMetric(float64(quotes), "quotes")
}
