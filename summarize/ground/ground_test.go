package ground

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"newsdesk/article"
	"newsdesk/article/extract"
)

// prepare reads plain text as an article.
func prepare(t testing.TB, text string) *Source {
	t.Helper()
	a, err := extract.Text("case.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return Prepare(a)
}

// TestCases reads testdata: an article, then claims. "=" may be printed; "+" has nothing wrong with it that
// can be named exactly; "-" has, and behind "|" stands what.
func TestCases(t *testing.T) {
	files, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.IsDir() {
			continue
		}
		data, err := os.ReadFile("testdata/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		text, claims := string(data), []string{}
		if i := strings.Index(text, "\n= "); i >= 0 {
			text, claims = text[:i], strings.Split(strings.TrimSpace(text[i:]), "\n")
		}
		s := prepare(t, text)
		for _, line := range claims {
			checkCase(t, s, f.Name(), line)
		}
	}
}

// checkCase holds one line of a case file against its article.
func checkCase(t *testing.T, s *Source, file, line string) {
	t.Helper()
	claim, want, _ := strings.Cut(line[2:], " | ")
	v := s.Check(claim)
	var got []string
	for _, r := range v.Reasons {
		if r.Kind != Unborne && r.Kind != Stitched {
			got = append(got, strings.TrimSpace(string(r.Kind)+": "+r.Words))
		}
	}
	if reasons := strings.Join(got, ", "); reasons != want {
		t.Errorf("%s: %s\n\treasons %q, want %q", file, claim, reasons, want)
	}
	if line[0] == '=' && !v.Printable() {
		t.Errorf("%s: %s\n\tis not printable: %+v", file, claim, v)
	}
	if line[0] == '-' && v.Printable() {
		t.Errorf("%s: %s\n\tis printable", file, claim)
	}
}

func TestScoreFollowsTheArticle(t *testing.T) {
	s := prepare(t, "Mill\n\nThe old mill at Torp burned down on Monday night. Nobody was hurt, the fire brigade said.\n\nIts owner, Lars Dahl, wants to build it again before winter.\n")
	copied := s.Check("The old mill at Torp burned down on Monday night.")
	told := s.Check("The mill at Torp burned down, the fire brigade said.")
	foreign := s.Check("Scientists discovered a new kind of whale near the coast of Spain.")
	if copied.Score <= foreign.Score || told.Score <= foreign.Score || !copied.Printable() || foreign.Supported {
		t.Errorf("copied %+v, told %+v, foreign %+v", copied, told, foreign)
	}
	if v := s.Check("Scientists discovered whales."); v.Supported || len(v.Reasons) == 0 {
		t.Errorf("a foreign claim has no reason: %+v", v)
	}
	if v := s.Check("  … !"); v.Supported {
		t.Errorf("a claim without words is supported: %+v", v)
	}
}

func TestWhatStatesNothing(t *testing.T) {
	s := prepare(t, "Mill\n\nThe old mill at Torp burned down on Monday night. Nobody was hurt, the fire brigade said.\n")
	for _, claim := range []string{"Here is what happened:", "The article covers two topics.", "The passage provides information."} {
		if v := s.Check(claim); !v.Supported || v.Printable() {
			t.Errorf("%s %+v, printable %v", claim, v, v.Printable())
		}
	}
	if v := s.Check("The article covers a flood at Torp."); v.Score >= s.Check("The old mill at Torp burned down.").Score {
		t.Errorf("a false claim about what the article covers: %+v", v)
	}
}

func TestCitedSentences(t *testing.T) {
	text := "Bridge\n\nThe bridge at Nes opened on Sunday with a parade.\n\nBakers in town gave away bread.\n\nA choir sang until midnight.\n\nFishermen complained about the noise and left the harbour early.\n"
	a, err := extract.Text("bridge.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	span := func(words string) article.Span {
		i := strings.Index(a.Text, words)
		return article.Span{Start: i, End: i + len(words)}
	}
	claim := "The bridge at Nes opened on Sunday with a parade."
	if v := Check(claim, a, span("The bridge at Nes")); !v.Supported {
		t.Errorf("with its own sentence cited: %+v", v)
	}
	v := Check(claim, a, span("Fishermen complained"))
	if v.Supported || !slices.ContainsFunc(v.Reasons, func(r Reason) bool { return r.Kind == Elsewhere }) {
		t.Errorf("with a foreign sentence cited: %+v", v)
	}
}

func TestVerbatimGivesTheOriginal(t *testing.T) {
	s := prepare(t, "Talk\n\nShe said: “It’s  done — we’re rea\u00addy…” and left.\n")
	tests := map[string]string{
		`it's done - we're ready`: "It’s  done — we’re rea\u00addy",
		"IT’S DONE":               "It’s  done",
		"is done":                 "",
		"t’s done":                "",
		"":                        "",
		" . ":                     "",
	}
	for words, want := range tests {
		span, ok := s.Verbatim(words)
		if got := s.article.Slice(span); ok != (want != "") || got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

func TestQuoted(t *testing.T) {
	tests := map[string]string{
		`He said "yes" and “no”.`:    "yes|no",
		`Er sagte „ja“, dann «nein»`: "ja|nein",
		`An “open end`:               "open end",
		`""`:                         "",
		`none, it's plain`:           "",
	}
	for claim, want := range tests {
		var got []string
		for _, q := range Quoted(claim) {
			got = append(got, claim[q.Start:q.End])
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%s: %q, want %q", claim, s, want)
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	s := prepare(t, "Fair\n\nThe fair in Lund drew 4,000 visitors on its first day, its host said.\n")
	want := s.Check("The fair in Lund drew 4,000 visitors.")
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got := s.Check("The fair in Lund drew 4,000 visitors."); got.Score != want.Score {
				t.Errorf("score %v, alone %v", got.Score, want.Score)
			}
		})
	}
	group.Wait()
}

func FuzzCheck(f *testing.F) {
	f.Add("Title\n\nThe “dam” costs 3.5m. It’s done.\n", "The dam costs “3,5 million” or 1e309 9999999999999999999999.")
	f.Add("x", "\xff„")
	f.Fuzz(func(t *testing.T, text, claim string) {
		a, err := extract.Text("x.txt", []byte(text))
		if err != nil {
			return
		}
		s := Prepare(a)
		v := s.Check(claim, article.Span{Start: 0, End: len(text)})
		if !(v.Score >= 0 && v.Score <= 1) {
			t.Fatalf("score %v", v.Score)
		}
		for _, q := range Quoted(claim) {
			if span, ok := s.Verbatim(claim[q.Start:q.End]); ok && (span.Start < 0 || span.End > len(a.Text) || span.Len() <= 0) {
				t.Fatalf("verbatim at %+v of %d bytes", span, len(a.Text))
			}
		}
	})
}

func BenchmarkPrepareAndCheck(b *testing.B) {
	data, err := os.ReadFile("testdata/dam.txt")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		prepare(b, string(data)).Check("The repair of the Vestmark dam will cost 3.5 million crowns.")
	}
}

// One false word makes a sentence false, however well the rest is borne out.
func TestWhatIsNamedAsWrongIsNotSupported(t *testing.T) {
	s := prepare(t, "Port\n\nThe port of Aalvik handled 36, 000 containers in May, 98. 7 per cent of them on time, the harbour master of the UK firm Nordlast said. Cranes did not stand still for one hour.\n")
	for claim, wrong := range map[string]bool{
		"The port of Aalvik handled 36,000 containers in May.":                         false,
		"The port of Aalvik handled 36,000 containers, 98.7 per cent of them on time.": false,
		"The port of Aalvik handled 46,000 containers in May.":                         true,
		"The port of Aalvik handled 36,000 containers in June.":                        true,
		"The port of Bergen handled 36,000 containers in May.":                         true,
		"Cranes did stand still for one hour.":                                         true,
		"Cranes did not stand still for one hour.":                                     false,
	} {
		if v := s.Check(claim); v.Supported == wrong {
			t.Errorf("%s %+v", claim, v)
		}
	}
}

// What is printed says no more than the article: what it leaves out must not make it surer, and its numbers belong together.
func TestPrintedSaysNoMore(t *testing.T) {
	s := prepare(t, "Port Ruling\n\nThe ministry is to try to overturn a court ruling that stopped the new port at Torp. In a poll 50 percent of the town wanted the port while 40 percent did not. In another 48 percent wanted a marina while 45 percent wanted a beach. The builder took the money for the old pier, his partner has told a court. Torp has one of the oldest quays of the coast.\n")
	for claim, want := range map[string]bool{
		"The ministry is to try to overturn a court ruling that stopped the new port at Torp.": true,
		"The ministry is to overturn a court ruling that stopped the new port at Torp.":        false,
		"In a poll 50 percent of the town wanted the port while 40 percent did not.":           true,
		"The builder took the money for the old pier, his partner has told a court.":           true,
		"The builder took the money for the old pier.":                                         false,
		"Torp has one of the oldest quays of the coast.":                                       true,
		"Torp has the oldest quays of the coast.":                                              false,
		"In a poll 50 percent of the town wanted the port while 45 percent wanted a beach.":    false,
	} {
		if v := s.Check(claim); v.Printable() != want {
			t.Errorf("%s: printable %v, want %v; %+v", claim, v.Printable(), want, v)
		}
	}
}
