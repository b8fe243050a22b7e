package digest

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/article/extract"
	"newsdesk/cache"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/summarize/extractive"
	"newsdesk/summarize/ground"
)

// labelled reads articles whose file names begin with the event that they tell.
func labelled(t testing.TB, folder string) (stories []cache.Story, event []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", folder, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no articles in", folder, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		a, err := extract.Text(name, data)
		if err != nil {
			t.Fatal(err)
		}
		quotes := quote.Find(a)
		label, _, _ := strings.Cut(name, "-")
		stories = append(stories, cache.Story{ID: name, Article: *a, Quotes: quotes, Summary: extractive.Summarize(a, quotes, extractive.Options{})})
		event = append(event, label)
	}
	return stories, event
}

// pairwise returns precision and recall of the pairs that are of one event.
func pairwise(groups [][]int, event []string) (precision, recall float64) {
	of := make([]int, len(event))
	for g, members := range groups {
		for _, i := range members {
			of[i] = g
		}
	}
	right, joined, same := 0.0, 0.0, 0.0
	for i := range event {
		for j := range i {
			if of[i] == of[j] {
				joined++
			}
			if event[i] == event[j] {
				same++
				if of[i] == of[j] {
					right++
				}
			}
		}
	}
	return right / joined, right / same
}

// The articles of held are of other events than those that the weights were learnt from, and by other habits.
func TestGroupsTellEvents(t *testing.T) {
	for _, c := range []struct {
		folder string
		floor  float64
	}{{"held", 0.95}, {"learn", 0.82}} {
		stories, event := labelled(t, c.folder)
		precision, recall := pairwise(Groups(stories), event)
		f1 := 2 * precision * recall / (precision + recall)
		t.Logf("%s: %d articles, precision %.3f, recall %.3f, F1 %.3f", c.folder, len(stories), precision, recall, f1)
		if f1 < c.floor {
			t.Errorf("%s: F1 %.3f, floor %.2f", c.folder, f1, c.floor)
		}
	}
}

var noon = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)

// shared makes items of stories, each shared by one person an hour after the last.
func sharedBy(stories []cache.Story, who func(i int) []string) []Item {
	items := make([]Item, len(stories))
	for i, s := range stories {
		s.FiledAt = noon.Add(-time.Duration(len(stories)-i) * time.Minute)
		items[i].Story = s
		for _, by := range who(i) {
			items[i].Shares = append(items[i].Shares, cache.Share{Guild: "g", By: by, At: s.FiledAt})
		}
	}
	return items
}

func TestOf(t *testing.T) {
	stories, event := labelled(t, "held")
	items := sharedBy(stories, func(i int) []string {
		if event[i] == "03" { // a story that everybody shares
			return []string{"ann", "ben", "", "cem", "dora", "eve"}
		}
		return []string{"ann"}
	})
	news := Of(items, Period{noon.Add(-24 * time.Hour), noon})
	if len(news.Stories) != Most {
		t.Fatalf("%d stories, want %d", len(news.Stories), Most)
	}
	top := news.Stories[0]
	for _, i := range top.Items {
		if !strings.HasPrefix(i.Story.ID, "03-") {
			t.Errorf("%s is in the story that everybody shared", i.Story.ID)
		}
	}
	if want := []string{"ann", "ben", "cem", "dora", "eve"}; !slices.Equal(top.SharedBy, want) {
		t.Errorf("shared by %v, want %v", top.SharedBy, want)
	}
	told := 0
	for _, s := range news.Stories {
		told += len(s.Items)
		checkStory(t, s)
	}
	if told+news.LeftOut != len(items) {
		t.Errorf("%d articles told and %d left out, of %d", told, news.LeftOut, len(items))
	}
	if len(news.MostQuoted) != MostQuoted {
		t.Errorf("%d speakers, want %d", len(news.MostQuoted), MostQuoted)
	}
	if again := Of(items, news.Period); !reflect.DeepEqual(news, again) {
		t.Error("the same items give another digest")
	}
}

// checkStory holds everything that a story says against its articles.
func checkStory(t *testing.T, s Story) {
	t.Helper()
	verbatim := func(q cache.FiledQuote) {
		for _, i := range s.Items {
			if i.Story.ID == q.StoryID && i.Story.Article.Slice(q.Span) == q.Text {
				return
			}
		}
		t.Errorf("%q: %q is not in its article", s.Headline, q.Text)
	}
	if s.Headline == "" || s.Sentence.Text == "" {
		t.Errorf("a story of %d articles has the headline %q and the sentence %q", len(s.Items), s.Headline, s.Sentence.Text)
	}
	if !ground.Check(s.Sentence.Text, &s.Items[0].Story.Article).Supported {
		t.Errorf("%q is not borne out", s.Sentence.Text)
	}
	if s.Quote != nil {
		verbatim(*s.Quote)
	}
	for _, q := range s.Voices {
		verbatim(q)
	}
	for _, o := range s.Only {
		own := &s.Items[o.Item].Story.Article
		for _, word := range o.Words {
			if !strings.Contains(own.Text, word) {
				t.Errorf("%s has no %q", own.URL, word)
			}
			for n, other := range s.Items {
				if n != o.Item && other.Story.Article.Language == own.Language && strings.Contains(other.Story.Article.Text, word) {
					t.Errorf("%q is in %s as well", word, other.Story.Article.URL)
				}
			}
		}
	}
}

func TestOfNothing(t *testing.T) {
	news := Of(nil, Period{noon.Add(-time.Hour), noon})
	if len(news.Stories)+len(news.MostQuoted)+news.LeftOut > 0 {
		t.Errorf("news of nothing: %+v", news)
	}
	news = Of([]Item{{}, {Story: cache.Story{Summary: summarize.Summary{}}}}, Period{})
	if len(news.Stories) > 0 || news.LeftOut != 2 {
		t.Errorf("%d stories of articles without a text, %d left out", len(news.Stories), news.LeftOut)
	}
}

func TestHeatFades(t *testing.T) {
	day := Period{noon.Add(-24 * time.Hour), noon}
	at := func(hours int, people ...string) []Item {
		i := Item{Story: cache.Story{FiledAt: noon.Add(-time.Duration(hours) * time.Hour)}}
		for _, by := range people {
			i.Shares = append(i.Shares, cache.Share{By: by, At: i.Story.FiledAt})
		}
		return []Item{i}
	}
	h := func(items []Item) float64 { return heat([]int{0}, items, day) }
	if fresh, old := h(at(0, "ann")), h(at(12, "ann")); fresh != 2*old {
		t.Errorf("heat %v now and %v half a period ago", fresh, old)
	}
	if h(at(6, "ann", "ben")) <= h(at(6, "ann", "ann")) {
		t.Error("a person who shares twice counts as two")
	}
}

func BenchmarkGroups(b *testing.B) {
	stories, _ := labelled(b, "held")
	more, _ := labelled(b, "learn")
	stories = append(stories, more...)
	for b.Loop() {
		Groups(stories)
	}
}
