package digest

import (
	"cmp"
	"slices"
	"strings"

	"newsdesk/cache"
	"newsdesk/quote"
	"newsdesk/quote/name"
)

// quoted counts whose words the items hold, people and organisations by name, the most quoted first. What several
// articles print of one utterance counts once, and the spellings of one person are one, by the longest.
func quoted(items []Item) []cache.Speaker {
	said := map[string]map[string]bool{} // folded words, by speaker
	for i := range items {
		for _, q := range items[i].Story.Quotes {
			if q.Speaker == "" || q.Confidence < quote.Sure || isDescription(q.Speaker) {
				continue
			}
			if said[q.Speaker] == nil {
				said[q.Speaker] = map[string]bool{}
			}
			said[q.Speaker][name.Fold(q.Text)] = true
		}
	}
	spellings := make([]string, 0, len(said))
	for speaker := range said {
		spellings = append(spellings, speaker)
	}
	slices.SortFunc(spellings, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	byLast := map[string][]string{}
	for _, speaker := range spellings {
		last := name.Fold(lastWord(speaker))
		at := slices.IndexFunc(byLast[last], func(full string) bool { return name.Same(speaker, full) })
		if at < 0 {
			byLast[last] = append(byLast[last], speaker)
			continue
		}
		for text := range said[speaker] {
			said[byLast[last][at]][text] = true
		}
		delete(said, speaker)
	}
	out := make([]cache.Speaker, 0, len(said))
	for speaker, texts := range said {
		out = append(out, cache.Speaker{Name: speaker, Count: len(texts)})
	}
	slices.SortFunc(out, func(a, b cache.Speaker) int { return cmp.Or(b.Count-a.Count, strings.Compare(a.Name, b.Name)) })
	return out[:min(len(out), MostQuoted)]
}

// isDescription reports whether a speaker has no name: "officials", "the landlady".
func isDescription(speaker string) bool {
	last := lastWord(speaker)
	return name.IsGroup(last) || name.IsRole(last)
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }
