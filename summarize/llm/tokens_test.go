package llm

import (
	"math"
	"strings"
	"testing"
)

// The numbers are what OpenAI's own tiktoken counts with cl100k_base.
func TestTokensAreCl100ks(t *testing.T) {
	for text, want := range map[string]int{
		"": 0,
		"The harbour's ferries won't run on Sunday, the operator said; they'll be back by 06:45 on 12 March 2027.":    32,
		"Der Bürgermeister sagte, die Straßenbahn fahre «frühestens» ab Oktober wieder – trotz 1.250 Unterschriften.": 35,
		"« Nous n'avons pas été consultés », a déclaré la maire, qui réclame 3,5 millions d’euros à l’État.":          36,
		"«¿Quién lo pagará?», preguntó la alcaldesa; el puente costó 12 000 000 de euros más de lo previsto.":         36,
		"«Ми не отримали жодної відповіді», — сказала очільниця громади. Міст зачинено з 14 серпня.":                  52,
		"قالت رئيسة البلدية إن العبّارات لن تعمل يوم الأحد، وإن الميناء سيُفتح في ١٢ مارس.":                           59,
		"市长说，渡轮星期天停运。港はあさってから開く。":                                                                                     24,
		"  two spaces\n\n\ttabs \r\n and 🙂🙂 emoji 1234567 <|endoftext|> \u200b!!!??? \n   ":                           27,
	} {
		if got := Tokens(text); got != want {
			t.Errorf("%d tokens, not %d: %q", got, want, text)
		}
	}
}

// A long text is counted in stretches; that may not change how many tokens it has.
func TestTokensOfLongTexts(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("The ferries won't run on Sunday, she said.\n\n", 200),
		strings.Repeat("«Ми не отримали відповіді», — сказала вона.  12345 ", 200),
		strings.Repeat("قالت رئيسة البلدية إن العبّارات لن تعمل ", 200),
		strings.Repeat("市长说，渡轮星期天停运。", 400),
	} {
		if got, want := Tokens(text), len(yardstick().EncodeOrdinary(text)); got != want {
			t.Errorf("%d tokens, not %d: %.40q…", got, want, text)
		}
	}
	for _, text := range []string{strings.Repeat("a", 20_000), strings.Repeat(" ", 20_000), strings.Repeat("é!\xff", 10_000), strings.Repeat("ก", 10_000)} {
		whole := Tokens(text[:longest])
		if got, most := Tokens(text), math.Ceil(float64(len(text))/(longest-3)); float64(got) > most*float64(whole+1) || got < len(text)/1000 {
			t.Errorf("%d tokens of %d bytes, %d of the first %d: %.20q…", got, len(text), whole, longest, text)
		}
	}
}
