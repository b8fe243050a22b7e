package verbatim

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const statement = "We will rebuild the harbour, and we'll do it with 3,500 workers by spring. Nobody leaves this town."

func TestCompareExact(t *testing.T) {
	for _, claim := range []string{
		statement,
		"“We will rebuild the harbour, and we’ll do it with 3500 workers by spring.”",
		"nobody leaves this town",
		"we will rebuild the harbour … by spring",
		"We will rebuild the harbour [...] Nobody leaves this town",
		"[w]e will rebuild the harbour",
		"we'll do it with 3,500 workers by [next year's] spring",
		"We will rebuild [it], and we'll do it",
		"Nobody leaves [Port Ann].",
	} {
		m := Parse(claim, "en").Compare(statement)
		if !m.Exact || len(m.Differences) != 0 || m.Score < 0.99 {
			t.Errorf("%q: exact %v, score %.2f, differences %v", claim, m.Exact, m.Score, m.Differences)
		}
	}
}

func TestCompareAltered(t *testing.T) {
	for _, c := range []struct {
		claim string
		want  []Difference
	}{
		{"We will rebuild the station, and we'll do it with 3,500 workers", []Difference{{"harbour", "station"}}},
		{"We will not rebuild the harbour", []Difference{{"", "not"}}},
		{"We will rebuild the harbour with 3,500 workers", []Difference{{"and we'll do it", ""}}},
		{"we'll do it with 4,500 workers by spring", []Difference{{"3,500", "4,500"}}},
		{"We will rebuild the harbours", []Difference{{"harbour", "harbours"}}},
		{"We rebuild the harbour, and we'll do it with 35 worker by spring", []Difference{{"will", ""}, {"3,500 workers", "35 worker"}}},
	} {
		m := Parse(c.claim, "en").Compare(statement)
		if m.Exact || m.Score < 0.5 {
			t.Errorf("%q: exact %v, score %.2f", c.claim, m.Exact, m.Score)
		}
		if diff := cmp.Diff(c.want, m.Differences); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.claim, diff)
		}
	}
}

func TestCompareForeign(t *testing.T) {
	for _, claim := range []string{
		"Taxes are for the little people",
		"We will never surrender the island to anybody",
		"[We will rebuild the harbour]",
		"…",
		"",
	} {
		if m := Parse(claim, "en").Compare(statement); m.Exact && !Parse(claim, "en").Empty() || m.Score > 0.4 {
			t.Errorf("%q: exact %v, score %.2f", claim, m.Exact, m.Score)
		}
	}
}

func TestBracketsDoNotStandForASpeech(t *testing.T) {
	long := "I swear " + strings.Repeat("by all that is dear to me ", 8) + "to resign"
	if m := Parse("I swear [never] to resign", "en").Compare(long); m.Exact {
		t.Errorf("one bracketed word stood for %d words", 6*8)
	}
	if m := Parse("I swear … to resign", "en").Compare(long); !m.Exact {
		t.Errorf("an ellipsis stands for any number of words, got %+v", m.Differences)
	}
}

func TestMatchTellsWhere(t *testing.T) {
	m := Parse("nobody leaves this town", "en").Compare(statement)
	if got, want := statement[m.Start:m.End], "Nobody leaves this town"; got != want {
		t.Errorf("aligned with %q, want %q", got, want)
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("we will [not] …", statement)
	f.Add("[. . .] [h]e “said” ", "he said")
	f.Add("\xe2\x80[", "\xff(…)")
	f.Fuzz(func(t *testing.T, claim, said string) {
		c := Parse(claim, "en")
		m := c.Compare(said)
		if m.Score < 0 || m.Score > 1+1e-9 {
			t.Errorf("score %v", m.Score)
		}
		if m.Start < 0 || m.End > len(said) || m.Start > m.End {
			t.Errorf("place %d–%d of %d bytes", m.Start, m.End, len(said))
		}
		if over := c.Overlap(said); over+1e-9 < m.Score {
			t.Errorf("overlap %v below score %v", over, m.Score)
		}
		if m.Exact && len(m.Differences) > 0 {
			t.Errorf("exact with differences %v", m.Differences)
		}
		if self := c.Compare(claim); !c.Empty() && !strings.ContainsAny(claim, "[(.…") && !self.Exact {
			t.Errorf("%q is not what it says itself", claim)
		}
	})
}
