package ground

import (
	"strings"
	"testing"
)

func TestModelIsWrittenAsItIsRead(t *testing.T) {
	var b strings.Builder
	if err := model().Write(&b); err != nil {
		t.Fatal(err)
	}
	again, err := parseModel(b.String())
	if err != nil {
		t.Fatal(err)
	}
	x, _, nameless := prepare(t, "Ferry\n\nThe ferry to Vik sank in the harbour on Sunday.\n").Vector("The ferry sank on Sunday.")
	log, margin := model().Margin(x, nameless)
	if l, m := again.Margin(x, nameless); l-log > 0.01 || log-l > 0.01 || m-margin > 0.01 || margin-m > 0.01 {
		t.Errorf("read back %.3f and %.3f, was %.3f and %.3f", l, m, log, margin)
	}
	for _, bad := range []string{"", learnt[:len(learnt)/2], strings.Replace(learnt, "joined ", "other ", 1), strings.Replace(learnt, "\n---\n", "\n", 1)} {
		if _, err := parseModel(bad); err == nil {
			t.Errorf("a text of %d bytes is read as a model", len(bad))
		}
	}
}

func TestMoreIsNeededOfWhatIsJoined(t *testing.T) {
	s := prepare(t, "Ferry\n\nThe old ferry to Vik sank in the harbour on Sunday, the coast guard said. Its owner, Lars Dahl, had sold the engine in May.\n")
	joined, _, _ := s.Vector("The old ferry to Vik had sold the engine in May.")
	written, _, _ := s.Vector("According to officials, an ageing vessel went down this weekend near Vik.")
	if a, b := model().needed(joined, true), model().needed(written, true); a <= b {
		t.Errorf("a joined claim without capitals needs %.2f, a written one %.2f", a, b)
	}
	if a, b := model().printed(joined), model().needed(joined, true); a <= b {
		t.Errorf("to be printed a claim needs %.2f, to be supported %.2f", a, b)
	}
}
