package pdf

import (
	"strings"
	"testing"
)

// A sentence that goes on behind the end of a page is one, whatever stands between in small print.
func TestSentenceOverAPageBreak(t *testing.T) {
	lines := func(top float64, said ...string) string {
		var b strings.Builder
		for i, s := range said {
			b.WriteString(at(72, top-12*float64(i), 10, s))
		}
		return b.String()
	}
	first := lines(700, "The ferry to the outer islands leaves an hour later from now on.", "The tide has moved the sandbank once again, and so two pilots of the", "harbour office, Ada Moss and the old")
	second := lines(700, "keeper of the light, go ahead in a small boat and mark the way for it.", "Nobody there is worried, for in the winter of the great frost no boat", "came for forty days.")
	capital := lines(700, "Brandt of the lighthouse, go ahead in a small boat and mark the way.", "Nobody there is worried, for in the winter of the great frost no boat", "came for forty days.")
	for name, pages := range map[string][]string{
		"nothing between":         {first, second},
		"a name":                  {first, capital},
		"page numbers":            {first + at(300, 40, 10, "1"), second + at(300, 40, 10, "2")},
		"page numbers in words":   {first + at(300, 40, 10, "Page 1 of 2"), second + at(300, 40, 10, "Page 2 of 2")},
		"a running head":          {at(72, 760, 8, "The Coastline") + first, at(72, 760, 8, "The Coastline") + second},
		"heads left and right":    {at(72, 760, 8, "The Coastline") + first, at(72, 760, 8, "Ferry leaves later") + second},
		"a foot that is only one": {first + at(72, 40, 7, "Harbour office, 3 May"), second},
		"a footnote":              {first + at(72, 60, 7, "1 The bank was last measured in the year before.") + at(72, 40, 10, "1"), second + at(72, 40, 10, "2")},
	} {
		joined := false
		for _, p := range texts(t, document("", pages...)) {
			joined = joined || strings.Contains(p, "Ada Moss and the old keeper of the light, go ahead") || strings.Contains(p, "Ada Moss and the old Brandt of the lighthouse")
		}
		if !joined {
			t.Errorf("%s: %q", name, texts(t, document("", pages...)))
		}
	}
}
