package ground

import (
	"slices"
	"testing"

	"newsdesk/quote"
)

// Once it is known who said what, nobody's words can be given to another.
func TestHeard(t *testing.T) {
	s := prepare(t, "Mill Burns at Torp\n\nLars Dahl said that the old mill would be built again before winter comes.\n\nThe fire brigade's chief, Astrid Holm, said the doors had been locked on Monday night. \u201cWe came too late for the roof,\u201d she added.\n")
	s.Heard(quote.Find(s.article))
	for claim, wrong := range map[string]bool{
		"Lars Dahl said that the old mill would be built again before winter.":   false,
		"Dahl said the old mill would be built again before winter.":             false,
		"Astrid Holm said that the old mill would be built again before winter.": true,
		"Astrid Holm said the doors had been locked on Monday night.":            false,
		"Lars Dahl said the doors had been locked on Monday night.":              true,
		"The old mill would be built again before winter.":                       false,
	} {
		found := slices.ContainsFunc(s.Check(claim).Reasons, func(r Reason) bool { return r.Kind == Speaker })
		if found != wrong {
			t.Errorf("%s: given to somebody else %v, want %v", claim, found, wrong)
		}
	}
}

// What somebody says between quotation marks is not the article's to say.
func TestVoice(t *testing.T) {
	s := prepare(t, "Mill Burns at Torp\n\nThe old mill at Torp burned down on Monday. “The owners never paid for guards at the doors,” said Lars Dahl, who lives nearby.\n")
	s.Heard(quote.Find(s.article))
	for claim, wrong := range map[string]bool{
		"The owners never paid for guards at the doors.":                           true,
		"The owners never paid for guards at the doors, said Lars Dahl.":           false,
		"Dahl said the owners never paid for guards at the doors.":                 false,
		"According to a neighbour, the owners never paid for guards at the doors.": false,
		"The old mill at Torp burned down on Monday.":                              false,
	} {
		found := slices.ContainsFunc(s.Check(claim).Reasons, func(r Reason) bool { return r.Kind == Voice })
		if found != wrong {
			t.Errorf("%s: somebody's word as a fact %v, want %v", claim, found, wrong)
		}
	}
}
