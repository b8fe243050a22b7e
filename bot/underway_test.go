package bot

import (
	"encoding/json"
	"strings"
	"testing"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/words"
)

// TestUnderway: what is shown of a story before it is filed has no button that leads to it.
func TestUnderway(t *testing.T) {
	a := article.Article{CanonicalURL: "https://example.org/ferries", Title: "Ferries", Text: "The ferries sail again."}
	story := cache.Story{ID: cache.StoryID(&a), Article: a}
	for _, stage := range []desk.Stage{desk.StageReading, desk.StageQuotes, desk.StageFirst, desk.StageModel} {
		m, _ := (&Bot{}).underway(desk.Progress{Stage: stage, Story: story}, desk.Request{Source: desk.FromText("", a.Text)}, cardOf{}, words.For("en"))
		sent, err := json.Marshal(m.components)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(sent), "custom_id") {
			t.Errorf("%s: %s", stage, sent)
		}
	}
}
