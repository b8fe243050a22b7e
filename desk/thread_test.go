package desk

import (
	"testing"

	"newsdesk/summarize"
)

// A question that follows upon another is about the same article and the same person.
func TestFollowUpQuestions(t *testing.T) {
	d := filing(t, nil)
	var after *Thread
	for _, step := range []struct {
		question, speaker, article string
	}{
		{"Who said a bridge without tolls will sink the ferries?", "Ruth Oday", "ferries.txt"},
		{"What else did she say?", "Ruth Oday", "ferries.txt"},
		{"And about tolls?", "Ruth Oday", "ferries.txt"},
		{"What did Lena Kern say?", "Lena Kern", "ferries.txt"},
		{"What did she say about swimming?", "Lena Kern", "ferries.txt"},
		// The article in hand doesn't answer this one; another does.
		{"Who said nobody will wait any longer?", "Ida Kern", "bridge.txt"},
		{"What did she say about the bridge?", "Ida Kern", "bridge.txt"},
	} {
		a, err := d.Ask(t.Context(), Question{Text: step.question, Guild: "g", After: after})
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Quotes) == 0 || a.Quotes[0].Speaker != step.speaker || a.Quotes[0].Article != step.article {
			t.Errorf("%s\n\tanswered %q with %+v", step.question, a.Answer, a.Quotes)
		}
		after = a.Thread
	}
	a, err := d.Ask(t.Context(), Question{Text: "Who said pigs can fly?", Guild: "g", After: after})
	if err != nil || a.Method != summarize.None || a.Thread.Speaker != "Ida Kern" || a.Thread.Story == nil {
		t.Errorf("a question without an answer: %+v, %+v, %v", a, a.Thread, err)
	}
	if a, err = d.Ask(t.Context(), Question{Text: "What did she say about swimming?", Guild: "g"}); err != nil || a.Thread.Speaker == "" {
		t.Errorf("a pronoun that stands for nobody: %+v, %v", a, err)
	}
}
