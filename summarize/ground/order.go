package ground

import (
	"encoding/base64"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/article"
)

// orders match sentences that speak to a machine which reads the article. Newspapers give orders too ("Tell us
// what you think"), so that only those count which forge the marks of a conversation with a model, set rules
// aside, or demand words of whoever writes.
var orders = func() []*regexp.Regexp {
	var out []*regexp.Regexp
	for _, expression := range []string{
		// rules set aside
		`\b(ignore|disregard|forget|override|bypass)\b.{0,40}\b(instructions?|rules|prompts?|guidelines|(this|the) (article|text)|(everything|all) above)\b`,
		`\bignorier\w*\b.{0,40}(anweisung|regeln|artikel)`,
		`\bignore[sz]?\b.{0,40}\b(consignes|règles)`,
		`\bignor[ae]\w*\b.{0,40}\b(instrucciones|reglas|istruzioni|regole)`,
		`игнорируй\S*.{0,60}(инструкц|правил)`,
		`忽略.{0,20}(指令|指示|规则)`, `(指示|命令|ルール).{0,10}無視`, `تجاهل.{0,40}(التعليمات|القواعد)`,
		// marks of a conversation
		`<\|\w+`, `\[/?INST\]`, `###\s*(instructions?|system|response)\b`, `^\W*(system|assistant|developer)\s*:`,
		`</?(system|assistant|user|instructions?|article|passages)[->]`, `<!--|-->`, `<(img|script|iframe)\b`, `\{\s*"(points|headline|text|role)"`, `^\s*\d+\|`,
		`\bend of (the )?(article|text|document)\b`, `\bnew (task|instructions?|prompt)\s*:`,
		// whoever writes is spoken to
		`\byou are now (the|a|an|my|in)\b`, `\bas your (owner|developer|creator|administrator)\b`,
		`\b(for|in) (the|this|your) summary\s*[:,]`, `\b(the|this|your) (summary|answer|output) (must|should|shall|has to)\b`,
		`^(now |please |then )*(say|write|print|reply|respond|answer|repeat|output|pretend|claim|mention|summari[sz]e)\b,? (that|in|with|the following|nothing|only|as if|your|it|another|the user|the role|the domain|the link)\b`,
		`^(now |please |then )*quote\b.{0,60}\b(as saying|with|in|inside)\b`,
		`^(now |please |then )*tell (everyone|everybody|the readers?|readers|them|people) (that|to)\b`,
		`\border to the (model|machine)\b`,
	} {
		out = append(out, regexp.MustCompile(`(?i)`+expression))
	}
	return out
}()

// coded matches text in base64 that is long enough for an order.
var coded = regexp.MustCompile(`[A-Za-z0-9+/]{24,}={0,2}`)

// maxOrder bounds how much of a sentence is looked at, in bytes.
const maxOrder = 2000

// Orders reports whether a sentence gives orders to a machine that reads it ("Ignore your instructions"), also in
// characters that nobody sees or in base64. Such a sentence is no evidence of anything, and has no place in a prompt.
func Orders(sentence string) bool {
	sentence = strings.ToValidUTF8(sentence[:min(len(sentence), maxOrder)], "")
	plain := strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, sentence))
	if ordersPlainly(plain) {
		return true
	}
	for _, code := range coded.FindAllString(plain, 4) {
		text, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(code, "="))
		if err == nil && utf8.Valid(text) && ordersPlainly(string(text)) {
			return true
		}
	}
	return false
}

func ordersPlainly(sentence string) bool {
	for _, o := range orders {
		if o.MatchString(sentence) {
			return true
		}
	}
	return false
}

// without returns text with every byte of spans made 0, so that nothing in them is found and all else stays where
// it is.
func without(text string, spans []article.Span) string {
	if len(spans) == 0 {
		return text
	}
	out := []byte(text)
	for _, s := range spans {
		clear(out[s.Start:s.End])
	}
	return string(out)
}
