package digest

import (
	"slices"
	"strings"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/quote"
	"newsdesk/quote/name"
	"newsdesk/summarize"
	"newsdesk/summarize/ground"
)

// Only is what a single outlet has of a story that several tell.
type Only struct {
	Item     int      // index into [Story.Items]
	Speakers []string // whom nobody else quotes
	// Point is a sentence of the article, unchanged but for white space, with names or numbers that no other article of
	// the story has; Words are these. Both are empty where there is none.
	Point summarize.Point
	Words []string
}

// How much is said of one outlet.
const (
	mostSpeakers = 3
	mostLooked   = 20 // sentences of an article that are held against the others
)

// only says of each item what no article of another outlet has, by the same check that summaries pass: names, numbers
// and quoted people. What is copied from another article has nothing, and what is in another language than all others is
// compared by its speakers alone. What holds any of told, which the story has already, is not told again.
func only(items []Item, told ...string) []Only {
	if !slices.ContainsFunc(items, func(i Item) bool { return i.Outlet() != items[0].Outlet() }) {
		return nil
	}
	sources := make([]*ground.Source, len(items))
	for i := range items {
		sources[i] = ground.Prepare(&items[i].Story.Article)
	}
	heard := make([]map[string]bool, len(items)) // the words of each article, folded
	for i := range items {
		heard[i] = map[string]bool{}
		for word := range strings.FieldsSeq(name.Fold(items[i].Story.Article.Text)) {
			heard[i][word] = true
		}
	}
	var out []Only
	for i := range items {
		var elsewhere []map[string]bool
		for other := range items {
			if items[other].Outlet() != items[i].Outlet() {
				elsewhere = append(elsewhere, heard[other])
			}
		}
		o := Only{Item: i, Speakers: alone(items[i].Story.Quotes, elsewhere)}
		if point, words := fact(items, i, sources, told); !allNamed(words, o.Speakers) {
			o.Point, o.Words = point, words
		}
		if len(o.Speakers) > 0 || len(o.Words) > 0 {
			out = append(out, o)
		}
	}
	return out
}

// allNamed reports whether words are nothing but the names of speakers.
func allNamed(words, speakers []string) bool {
	names := strings.Fields(strings.Join(speakers, " "))
	return !slices.ContainsFunc(words, func(word string) bool { return !slices.Contains(names, word) })
}

// alone are the people whom an article quotes, and of whom nothing is heard in the others.
func alone(quotes []quote.Quote, others []map[string]bool) []string {
	var out []string
	for _, q := range quotes {
		if q.Kind == quote.Indirect || q.Confidence < quote.Sure || !isNamed(q.Speaker) || slices.Contains(out, q.Speaker) || len(out) == mostSpeakers {
			continue
		}
		words := strings.Fields(name.Fold(q.Speaker))
		last := words[len(words)-1]
		if !slices.ContainsFunc(others, func(heard map[string]bool) bool { return heard[last] }) {
			out = append(out, q.Speaker)
		}
	}
	return out
}

// isNamed reports whether a speaker is a person's name of at least two words, and no description.
func isNamed(speaker string) bool {
	n := name.Parse(speaker)
	return len(n.Given) > 0 && n.Family != "" && !isDescription(speaker)
}

// fact is the sentence of an article with most that no article of another outlet has, of those that hold none of told.
func fact(items []Item, own int, sources []*ground.Source, told []string) (summarize.Point, []string) {
	a := &items[own].Story.Article
	var others []*ground.Source
	for i := range items {
		if items[i].Outlet() != items[own].Outlet() && items[i].Story.Article.Language == a.Language {
			others = append(others, sources[i])
		}
	}
	var best summarize.Point
	var most []string
	if len(others) == 0 {
		return best, nil
	}
	looked := 0
	for _, sentence := range article.Sentences(a) {
		if !a.Paragraphs[sentence.Paragraph].Kind.IsBody() || sentence.Len() > long {
			continue
		}
		if looked++; looked > mostLooked {
			break
		}
		text := strings.Join(strings.Fields(a.Slice(sentence.Span)), " ")
		if slices.ContainsFunc(told, func(told string) bool { return told != "" && strings.Contains(text, told) }) {
			continue
		}
		if words := lacking(text, others, a.Language); len(words) > len(most) {
			best, most = summarize.Point{Text: text, Sources: []article.Span{sentence.Span}}, words
		}
	}
	return best, most
}

// lacking are the names and numbers of a sentence that all of the sources lack. Where every noun has a capital, nobody can
// tell a name by it: there they are numbers alone.
func lacking(sentence string, sources []*ground.Source, language string) []string {
	var out []string
	for i, s := range sources {
		var here []string
		for _, r := range s.Check(sentence).Reasons {
			if r.Kind == ground.Number || r.Kind == ground.Name && language != "de" {
				here = append(here, r.Words)
			}
		}
		if i == 0 {
			out = here
			continue
		}
		out = slices.DeleteFunc(out, func(words string) bool { return !slices.Contains(here, words) })
	}
	return out
}

// dissent are the words by which an article says that somebody contradicts, by their beginnings.
var dissent = strings.Fields(`
	reject den dismiss disput disagree contradict counter critici oppos object accus condemn attack rebut refut
	widersprach widerspricht kritisier zurückgewiesen weist wies bestritt bestreitet warf ablehn lehnte verurteil
	reje rejet dément démenti critiqu oppos contest conteste dénonc accus réfut
	rechaz neg desmint critic opus acus conden denunci`)

// voices are two people of a story side by side, the better quotation first, where the article says of one of them that
// he contradicts; nil otherwise. Whether they are right is nobody's business here.
func voices(told []toldQuote) []cache.FiledQuote {
	for i, a := range told {
		for _, b := range told[i+1:] {
			if a.Speaker == b.Speaker || name.Same(a.Speaker, b.Speaker) || !isNamed(a.Speaker) || !isNamed(b.Speaker) {
				continue
			}
			if dissents(a.Cue) != dissents(b.Cue) {
				return []cache.FiledQuote{a.FiledQuote, b.FiledQuote}
			}
		}
	}
	return nil
}

// dissents reports whether words of attribution say that somebody contradicts.
func dissents(cue string) bool {
	return slices.ContainsFunc(strings.Fields(strings.ToLower(cue)), func(word string) bool {
		return slices.ContainsFunc(dissent, func(beginning string) bool { return strings.HasPrefix(word, beginning) })
	})
}
