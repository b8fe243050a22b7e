package desk

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/cache/embedded"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/summarize/llm"
)

func TestMain(m *testing.M) {
	beChild()
	goleak.VerifyTestMain(m)
}

// model is a model that answers as it is told.
type model struct {
	summary summarize.Summary
	answer  llm.Answer
	err     error
	during  func(context.Context) // called while it writes
	asked   *int                  // counts its answers
}

func (m model) Model() string { return "test" }

func (m model) Summarize(ctx context.Context, _ *article.Article, _ []quote.Quote, _ llm.Request) (summarize.Summary, error) {
	if m.during != nil {
		m.during(ctx)
	}
	return m.summary, m.err
}

func (m model) Answer(ctx context.Context, _ string, _ []llm.Evidence, _ string) (llm.Answer, error) {
	if m.during != nil {
		m.during(ctx)
	}
	if m.asked != nil {
		*m.asked++
	}
	return m.answer, m.err
}

func openStore(t *testing.T) *embedded.Store {
	t.Helper()
	store, err := embedded.Open(filepath.Join(t.TempDir(), "store.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

func TestFile(t *testing.T) {
	store := openStore(t)
	written := summarize.Summary{Method: summarize.LLM, Model: "m", Points: []summarize.Point{{Text: "A bridge comes."}}}
	d := New(Options{Store: store, Model: model{summary: written}})
	var stages []Stage
	story, err := d.File(t.Context(), Request{Source: FromText("report.txt", report), Guild: "g"}, func(p Progress) {
		stages = append(stages, p.Stage)
		if p.Stage == StageFirst && p.Story.Summary.Method != summarize.Extractive {
			t.Errorf("the first summary is %q", p.Story.Summary.Method)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Stage{StageReading, StageQuotes, StageFirst, StageModel}, stages); diff != "" {
		t.Errorf("stages (-want +got):\n%s", diff)
	}
	if story.Summary.Method != summarize.LLM || story.FiledAt.IsZero() {
		t.Errorf("filed %v with a summary by %q", story.FiledAt, story.Summary.Method)
	}
	filed, err := store.Story(t.Context(), "g", story.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(filed.Quotes) == 0 || filed.Article.Text != report {
		t.Errorf("%d quotes and %d bytes are filed", len(filed.Quotes), len(filed.Article.Text))
	}
}

func TestSummarizeFallsBack(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{llm.ErrUnreachable, "unreachable"},
		{llm.ErrRefused, "refused"},
		{llm.ErrRejected, "rejected"},
		{llm.ErrUnknown, "unknown"},
		{llm.ErrFiltered, "filtered"},
		{llm.ErrNoCredit, "no_credit"},
		{llm.ErrTooLong, "too_long"},
		{llm.ErrUnusable, "unusable"},
		{llm.ErrUnsupported, "unsupported"},
		{errors.New("anything else"), "unreachable"},
	} {
		d := New(Options{Model: model{err: fmt.Errorf("model m: %w", c.err)}})
		story, err := d.Summarize(t.Context(), Request{Source: FromText("", report)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if s := story.Summary; s.Method != summarize.Extractive || s.Fallback != c.want || len(s.Points) == 0 {
			t.Errorf("%v: %q with %d points, fallback %q", c.err, s.Method, len(s.Points), s.Fallback)
		}
	}
}

func TestSummarizeOfSoManyWordsAsksNoModel(t *testing.T) {
	d := New(Options{Model: model{during: func(context.Context) { t.Error("the model is asked") }}})
	story, err := d.Summarize(t.Context(), Request{Source: FromText("", report), Words: 30}, nil)
	if err != nil || story.Summary.Method != summarize.Extractive {
		t.Errorf("%q, %v", story.Summary.Method, err)
	}
}

// readOnly is a store that cannot be written.
type readOnly struct{ Store }

func (readOnly) Put(context.Context, cache.Story, cache.Share) (cache.Story, error) {
	return cache.Story{}, cache.ErrReadOnly
}

func (readOnly) Corrections(context.Context, string, string) ([]cache.Correction, error) {
	return nil, nil
}

func (readOnly) Settings(context.Context, string) (map[string]string, error) { return nil, nil }

func TestFileShowsWhatItCouldNotFile(t *testing.T) {
	d := New(Options{Store: readOnly{}})
	story, err := d.File(t.Context(), Request{Source: FromText("", report), Guild: "g"}, nil)
	if !errors.Is(err, cache.ErrReadOnly) || len(story.Summary.Points) == 0 {
		t.Errorf("%d points, %v", len(story.Summary.Points), err)
	}
	if _, err := New(Options{}).File(t.Context(), Request{}, nil); !errors.Is(err, ErrNoStore) {
		t.Errorf("without a store: %v", err)
	}
}

// Callers who ask for one article at once share one fetch and one call of the model, and each hears of
// every stage.
func TestSameArticleIsReadOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fetched, wrote := 0, 0
		release := make(chan struct{})
		d := New(Options{
			Fetcher: fetcherFunc(func(url string) (article.Page, error) {
				fetched++
				return article.Page{URL: url, ContentType: "text/plain; charset=utf-8", Body: []byte(report)}, nil
			}),
			Model: model{during: func(context.Context) { wrote++; <-release }, summary: summarize.Summary{Method: summarize.LLM}},
		})
		defer d.Close()
		const callers = 20
		type result struct {
			stages int
			err    error
		}
		results := make(chan result, callers)
		for range callers {
			go func() {
				n := 0
				_, err := d.Summarize(t.Context(), Request{Source: FromURL("https://example.org/bridge")}, func(Progress) { n++ })
				results <- result{n, err}
			}()
		}
		synctest.Wait() // all of them wait for the model
		close(release)
		for range callers {
			if r := <-results; r.err != nil || r.stages != 4 {
				t.Errorf("a caller heard of %d stages, %v", r.stages, r.err)
			}
		}
		if fetched != 1 || wrote != 1 {
			t.Errorf("%d fetches and %d calls of the model", fetched, wrote)
		}
	})
}

// The same for a question that many have at once.
func TestSameQuestionIsAskedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		release := make(chan struct{})
		d := New(Options{Model: model{
			asked: &asked, during: func(context.Context) { <-release },
			answer: llm.Answer{TokensIn: 10, Statements: []llm.Statement{{Text: "Twelve a day.", Evidence: []int{0}}}},
		}, Budget: NewBudget(1000, 0, nil)})
		defer d.Close()
		story, err := d.Study(t.Context(), FromText("ferries.txt", ferries))
		if err != nil {
			t.Fatal(err)
		}
		const callers = 20
		answers := make(chan Answer, callers)
		for range callers {
			go func() {
				a, err := d.Ask(t.Context(), Question{Text: "How many crossings does the ferry make a day?", Story: &story, Guild: "g"})
				if err != nil {
					t.Error(err)
				}
				answers <- a
			}()
		}
		synctest.Wait() // all of them wait for the model
		close(release)
		for range callers {
			if a := <-answers; a.Method != summarize.LLM || len(a.Statements) != 1 {
				t.Errorf("answered %+v", a)
			}
		}
		if spent := d.budget.Spent(t.Context(), "g", d.now()); asked != 1 || spent != 10 {
			t.Errorf("%d calls of the model for %d tokens", asked, spent)
		}
	})
}

// Work goes on as long as one caller waits, and ends with the last.
func TestWorkEndsWithItsLastCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := make(chan struct{})
		d := New(Options{
			Fetcher: fetcherFunc(func(url string) (article.Page, error) {
				return article.Page{URL: url, ContentType: "text/plain", Body: []byte(report)}, nil
			}),
			Model: model{during: func(ctx context.Context) { <-ctx.Done(); close(ended) }, err: context.Canceled},
		})
		defer d.Close()
		first, leaveFirst := context.WithCancel(t.Context())
		second, leaveSecond := context.WithTimeout(t.Context(), time.Hour)
		defer leaveSecond()
		left := make(chan error, 2)
		for _, ctx := range []context.Context{first, second} {
			go func() {
				_, err := d.Summarize(ctx, Request{Source: FromURL("https://example.org/bridge")}, nil)
				left <- err
			}()
		}
		synctest.Wait()
		leaveFirst()
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Errorf("the first caller got %v", err)
		}
		synctest.Wait()
		select {
		case <-ended:
			t.Error("the work ended while somebody waited")
		default:
		}
		if err := <-left; !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the second caller got %v", err)
		}
		<-ended
	})
}

// Another summary of a filed story is no sharing of it: who has had theirs forgotten is not named again, and what is
// forgotten altogether is not filed again.
func TestAnotherLengthSharesNothing(t *testing.T) {
	store := openStore(t)
	d := New(Options{Store: store})
	var story cache.Story
	for _, by := range []string{"ada", "mia"} {
		var err error
		if story, err = d.File(t.Context(), Request{Source: FromText("report.txt", report), Guild: "g", By: by}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.ForgetMember(t.Context(), "g", "ada"); err != nil {
		t.Fatal(err)
	}
	longer := Request{Story: &story, Guild: "g", By: "ada", Length: summarize.Detailed}
	if _, err := d.File(t.Context(), longer, nil); err != nil {
		t.Fatal(err)
	}
	shares, err := d.Shares(t.Context(), "g", story.ID)
	if err != nil || len(shares) != 1 || shares[0].By != "mia" {
		t.Errorf("shared by %v, %v", shares, err)
	}
	if _, err := d.ForgetMember(t.Context(), "g", "mia"); err != nil {
		t.Fatal(err)
	}
	if again, err := d.File(t.Context(), longer, nil); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("filed again: %v, %v", again.ID, err)
	}
}
