package evidence

import "testing"

func TestRank(t *testing.T) {
	passages := []Passage{
		{Text: "The bridge will open in spring."},
		{Text: "We never promised a bridge.", Around: "“We never promised a bridge,” Kern said of the tolls."},
		{Text: "Ferries are safe.", Title: "Bridge opens"},
		{Text: "Es gibt keine neuen Brücken.", Language: "de"},
		{Text: "Nobody asked us."},
	}
	for _, c := range []struct {
		question string
		want     int // the passage that comes first, -1 for none
	}{
		{"Who said they never promised bridges?", 1},
		{"Who said the bridge will open in spring?", 0},
		{"What did Kern say about tolls?", 1},
		{"Who said ferries are safe?", 2},
		{"Was sagte Kern über die Brücke?", 3},
		{"Who said nobody asked?", 4},
		{"Who said pigs can fly?", -1},
	} {
		hits := Rank(Parse(c.question, now), passages)
		got := -1
		if len(hits) > 0 {
			got = hits[0].Index
		}
		if got != c.want {
			t.Errorf("%s found %d, want %d: %+v", c.question, got, c.want, hits)
		}
		for _, h := range hits {
			if h.Covered < 0 || h.Covered > h.Touching || h.Touching > 1 {
				t.Errorf("%s: passage %d covers %v of what it touches %v", c.question, h.Index, h.Covered, h.Touching)
			}
		}
	}
}
