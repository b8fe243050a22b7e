package pdf

import (
	"strings"
	"testing"
)

// Columns with a gap of one em, as browsers print them, also where their baselines differ or the right one begins higher.
func TestNarrowGutter(t *testing.T) {
	left := []string{"The ferry to the islands leaves", "an hour later from Monday, now", "because the tide has moved the", "sandbank. The pilots know it.", "They go ahead in a small boat", "and mark the way with lamps."}
	right := []string{"Nobody is worried on the isles", "for in the great frost no boat", "came for forty days, and the", "people had flour enough. Now", "they have a shop and a school", "and two spare rooms for it."}
	want := "Ferry leaves later than ever before\n" + strings.Join(left, " ") + "\n" + strings.Join(right, " ")
	for name, higher := range map[string]float64{"same baselines": 0, "the right one higher": 5, "the right one lower": -5} {
		var page strings.Builder
		page.WriteString(at(72, 740, 20, "Ferry leaves later than ever before"))
		for i := range left { // 31 characters of 5 points, and a gap of 10
			y := 700 - 14*float64(i)
			page.WriteString(at(72, y, 10, left[i]) + at(72+31*5+10, y+higher, 10, right[i]))
		}
		if got := strings.Join(texts(t, document("", page.String())), "\n"); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}

// Marks of a list and wide spaces are no columns.
func TestNoGutter(t *testing.T) {
	var page, want strings.Builder
	for i, s := range []string{"the ferry leaves at nine", "the shop opens at ten", "the school begins at eight", "the pilots sleep until noon", "the lamps are lit at dusk"} {
		y := 700 - 14*float64(i)
		page.WriteString(at(72, y, 10, string(rune('1'+i))+".") + at(90, y, 10, s))
		want.WriteString(string(rune('1'+i)) + ". " + s + " ")
	}
	if got := strings.Join(texts(t, document("", page.String())), " "); got != strings.TrimSpace(want.String()) {
		t.Errorf("%q", got)
	}
}
