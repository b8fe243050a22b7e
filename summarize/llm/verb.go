package llm

import (
	"regexp"
	"strings"

	"newsdesk/summarize/terms"
)

// verbs are the English ones that end neither in "s" nor in "ed" where a sentence turns on them.
var verbs = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`are were am have had do did can could may might must shall should will would
		ate beat became began bent bet bit blew bore bought bound bred broke brought built burst came cast caught chose clung
		come cost crept cut dealt drank drew drove dug fed fell felt fled flew flung forbade forgot fought found froze gave get go
		got grew ground held heard hid hit hung hurt kept knew laid lay led left lent let lit lost made make meant met overtook
		paid put quit ran rang read rode rose said sang sank sat saw say sent set shook shone shot showed shrank shut slept slid
		sold sought spent split spoke spread stole stood stuck struck strove swam swept swore swung take taught think thought threw
		told took tore understood undertook upheld want went withdrew withstood woke won wore wound wrote`) {
		m[w] = true
	}
	return m
}()

// turnsOnVerb reports whether one of the words of an English text may be the verb of a sentence. It takes plurals for
// verbs as well: it is sure only of what it denies.
func turnsOnVerb(text string) bool {
	for _, w := range terms.NewReader("en").Words(text) {
		plural := strings.HasSuffix(w.Lower, "s") && !strings.HasSuffix(w.Lower, "ss") && len(w.Lower) > 1
		if plural || strings.HasSuffix(w.Lower, "ed") || strings.HasSuffix(w.Lower, "n't") || verbs[w.Lower] {
			return true
		}
	}
	return false
}

// asides open what is said of a subject before its verb comes.
var asides = regexp.MustCompile(`(?i)^(?:the|a|an|who|whose|which|where|best|known|born|aged|now|then|once|formerly|already) `)

// withoutVerb reports whether text is the beginning of a sentence of the article that it breaks off before anything is
// said of its subject. That is told of English alone.
func (g *guard) withoutVerb(text string) bool {
	if g.article.Language != "" && !strings.HasPrefix(g.article.Language, "en") {
		return false
	}
	text = strings.TrimRight(text, ".")
	_, after, copied := strings.Cut(strings.ToLower(g.article.Text), strings.ToLower(text)) // a model writes "Gop"
	after = strings.TrimLeft(after, `"”’ `)
	if !copied || after == "" || strings.ContainsRune(".!?\n", rune(after[0])) {
		return false
	}
	return !turnsOnVerb(text) || endsInAside(text, after) || endsWithClause(text, after)
}

// subordinators open a clause that another has to follow.
var subordinators = regexp.MustCompile(`^(?:Although|Though|While|Because|Since|If|Unless|When|Whenever|As|After|Before|Until|Despite) `)

// endsWithClause reports whether text is the first clause of a sentence, which another follows: "Though it was late" before
// ", the ferry sailed."
func endsWithClause(text, after string) bool {
	return subordinators.MatchString(text) && !strings.Contains(text, ",") && strings.HasPrefix(after, ",")
}

// names matches words with a capital, which are no verbs: "Reeves".
var names = regexp.MustCompile(`\b\p{Lu}[\p{L}'’]*`)

// endsInAside reports whether text is a subject and the beginning of an aside on it, behind which, in what comes after text,
// the verb follows: "The ferry, the oldest of the town" before ", sank on Monday."
func endsInAside(text, after string) bool {
	subject, aside, ok := strings.Cut(text, ", ")
	if !ok || turnsOnVerb(names.ReplaceAllString(subject, "")) || !asides.MatchString(aside) || strings.Contains(aside, ",") {
		return false
	}
	end, verb, closed := strings.Cut(after, ", ")
	verb, _, _ = strings.Cut(verb, " ")
	return closed && !strings.ContainsAny(end, ".!?\n") && turnsOnVerb(verb)
}
