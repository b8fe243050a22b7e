package evidence

import "testing"

const story = `Harbour Union secretary-general Ruth Oday said the ferry was safe. Kern told senior aide Milo Bray to wait.
The town's head of planning, Tom Hale, disagreed. Pia Lund, the French ambassador, left. Bray, who took the minutes of the
union, stayed. Prime Minister Ann Ostrow and finance minister Leo Vance arrived from Poland.`

func TestDescribe(t *testing.T) {
	for _, c := range []struct {
		speaker, asked string
		want           bool
	}{
		{"Ruth Oday", "the union's chief", true},
		{"Ruth Oday", "the head of the harbour union", true},
		{"Ruth Oday", "the secretary general", true},
		{"Ruth Oday", "the ferry's chief", false},
		{"Ruth Oday", "the union's spokesman", false},
		{"Tom Hale", "the head of planning", true},
		{"Tom Hale", "the planning boss", true},
		{"Pia Lund", "France's ambassador", true},
		{"Pia Lund", "the French envoy", true},
		{"Pia Lund", "the Polish envoy", false},
		{"Milo Bray", "Kern's aide", false}, // Kern speaks to him; nothing says whose aide he is
		{"Milo Bray", "the senior adviser", true},
		{"Milo Bray", "the union's chief", false},
		{"Ann Ostrow", "the prime minister", true},
		{"Ann Ostrow", "the finance minister", false},
		{"Leo Vance", "the minister of finance", true},
		{"Leo Vance", "the prime minister", false},
		{"Leo Vance", "Ann Ostrow", false},
		{"Leo Vance", "Poland", false},
		{"Leo Vance", "", false},
	} {
		if got := Describe(story, c.speaker, nil).Fits(c.asked); got != c.want {
			t.Errorf("%s is %q: %v", c.speaker, c.asked, got)
		}
	}
	if !Describe("", "Jo Reed", []string{"Coast Guard spokeswoman Jo Reed"}).Fits("the coast guard's spokesperson") {
		t.Error("the words that name a speaker describe them")
	}
}

func FuzzDescribe(f *testing.F) {
	f.Add(story, "Tom Hale", "the head of planning")
	f.Add("a, \xff b", "b", "a")
	f.Fuzz(func(_ *testing.T, text, speaker, asked string) {
		Describe(text, speaker, []string{asked}).Fits(asked)
	})
}
