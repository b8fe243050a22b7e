package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/cache"
	"newsdesk/queue"
)

// noted is a queue that keeps what is noted, for a test to run it when its time has come.
type noted struct {
	tasks []queue.Task
	known map[string]bool
}

func (n *noted) Add(_ context.Context, t queue.Task) (bool, error) {
	if n.known[t.ID] {
		return false, nil
	}
	if n.known == nil {
		n.known = map[string]bool{}
	}
	n.known[t.ID] = true
	n.tasks = append(n.tasks, t)
	return true, nil
}
func (n *noted) Cancel(context.Context, string) error          { return nil }
func (n *noted) Forget(context.Context, string) error          { return nil }
func (n *noted) Work(context.Context, int, queue.Worker) error { return nil }
func (n *noted) Stats(context.Context) (queue.Stats, error)    { return queue.Stats{}, nil }
func (n *noted) of(t queue.Task, try int, last bool) Errand {
	e := Errand{ID: t.ID, Kind: t.Kind, Guild: t.Guild, At: t.At, Try: try, Last: last}
	if err := json.Unmarshal(t.Payload, &e); err != nil {
		panic(err)
	}
	return e
}

// newsroom is a desk with a clock that a test moves, and what it told.
type newsroom struct {
	*Desk
	now   time.Time
	queue *noted
	told  []string // "follow: titles, a quote"
	fails error
	runs  Runner
}

func openNewsroom(t *testing.T) *newsroom {
	t.Helper()
	n := &newsroom{now: time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC), queue: &noted{}}
	n.Desk = New(Options{Store: openStore(t), Queue: n.queue, Now: func() time.Time { return n.now }})
	n.runs = n.Follower(func(_ context.Context, _ string, f Follow, news []News, once string) error {
		var said []string
		for _, s := range news {
			for _, q := range s.Quotes {
				if !strings.Contains(s.Story.Article.Text, q.Text) {
					t.Errorf("%q is not in the article", q.Text)
				}
			}
			said = append(said, fmt.Sprintf("%s %d", s.Story.Article.Title, len(s.Quotes)))
		}
		if n.fails != nil {
			return n.fails
		}
		n.told = append(n.told, f.Speaker+f.About+": "+strings.Join(said, ", "))
		return nil
	})
	return n
}

// files has a text filed.
func (n *newsroom) files(t *testing.T, title, text string) cache.Story {
	t.Helper()
	s, err := n.File(t.Context(), Request{Source: FromText(title, "# "+title+"\n\n"+text), Guild: "g", By: "ada"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// runsDue runs what is due until now, and returns what was told.
func (n *newsroom) runsDue(t *testing.T) []string {
	t.Helper()
	n.told = nil
	for again := true; again; {
		again = false
		for i, task := range n.queue.tasks {
			if !task.At.After(n.now) {
				n.queue.tasks = slices.Delete(n.queue.tasks, i, i+1)
				if err := n.runs(t.Context(), n.queue.of(task, 1, true)); err != nil {
					t.Fatal(err)
				}
				again = true
				break
			}
		}
	}
	return n.told
}

func (n *newsroom) follows(t *testing.T, f Follow) Follow {
	t.Helper()
	set, err := n.Follow(t.Context(), "g", f)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func wantTold(t *testing.T, told []string, want ...string) {
	t.Helper()
	if !slices.Equal(told, want) {
		t.Errorf("told %q, not %q", told, want)
	}
}

const (
	bridge = "The bridge will be closed. “The bridge is not safe any more,” said Mark Rutte, the minister, on Monday."
	school = "A school opens. “We have waited ten years for this school,” said Eva Holm, the head of it, on Monday."
	taxes  = "Taxes go up. “Nobody likes taxes, and I do not either,” said Mark Rutte, the minister, on Tuesday."
)

// What is followed is told once, at most once an hour, with all that came meanwhile, and nothing of what was there before.
func TestFollow(t *testing.T) {
	n := openNewsroom(t)
	n.files(t, "before", bridge+" It was built in 1950.")
	n.now = n.now.Add(time.Minute)
	n.follows(t, Follow{Speaker: "rutte", By: "ada"})
	n.follows(t, Follow{About: "schools", By: "ben", Channel: "c"})
	n.files(t, "bridge", bridge)
	wantTold(t, n.runsDue(t), "rutte: bridge 1")
	n.now = n.now.Add(10 * time.Minute)
	n.files(t, "school", school)
	n.files(t, "taxes", taxes)
	n.files(t, "bridge again", bridge+" It spans the river.")
	wantTold(t, n.runsDue(t), "schools: school 1")
	n.files(t, "bridge", bridge) // shared again
	n.now = n.now.Add(49 * time.Minute)
	wantTold(t, n.runsDue(t))
	n.now = n.now.Add(time.Minute)
	if told := n.runsDue(t); len(told) != 1 || !strings.Contains(told[0], "taxes 1") || !strings.Contains(told[0], "bridge again 1") || strings.Contains(told[0], "school") {
		t.Errorf("told %q", told)
	}
	n.now = n.now.Add(3 * time.Hour)
	wantTold(t, n.runsDue(t))
	n.files(t, "late", taxes+" It rains.")
	wantTold(t, n.runsDue(t), "rutte: late 1")
}

// What is filed while a message is on its way is in the next one, whoever notes it, and an errand that is run twice tells once.
func TestFollowMeanwhile(t *testing.T) {
	n := openNewsroom(t)
	f := n.follows(t, Follow{Speaker: "Mark Rutte", About: "bridge", By: "ada"})
	n.files(t, "taxes", taxes)
	n.files(t, "bridge", bridge)
	if len(n.queue.tasks) != 1 {
		t.Fatalf("%d errands", len(n.queue.tasks))
	}
	errand := n.queue.of(n.queue.tasks[0], 1, false)
	n.queue.tasks = nil
	inner := n.runs
	n.runs = n.Follower(func(ctx context.Context, guild string, f Follow, news []News, once string) error {
		n.files(t, "meanwhile", bridge+" It snows.") // the errand is noted already
		n.told = append(n.told, once+" "+fmt.Sprint(len(news)))
		return nil
	})
	for range 2 {
		if err := n.runs(t.Context(), errand); err != nil {
			t.Fatal(err)
		}
	}
	wantTold(t, n.told, f.ID+".0 1")
	n.runs = inner
	wantTold(t, n.runsDue(t))
	n.now = n.now.Add(time.Hour)
	wantTold(t, n.runsDue(t), "Mark Ruttebridge: meanwhile 1")
}

// What passes is tried again; what a place does not take three times ends there, and nothing is lost before.
func TestFollowUndelivered(t *testing.T) {
	n := openNewsroom(t)
	n.follows(t, Follow{Speaker: "Rutte", By: "ada"})
	n.files(t, "bridge", bridge)
	task := n.queue.tasks[0]
	n.fails = cache.ErrAway
	if err := n.runs(t.Context(), n.queue.of(task, 1, false)); !errors.Is(err, cache.ErrAway) {
		t.Errorf("what passes is %v", err)
	}
	n.fails = ErrUndelivered
	wantTold(t, n.runsDue(t))
	n.fails = nil
	n.now = n.now.Add(time.Hour)
	wantTold(t, n.runsDue(t), "Rutte: bridge 1")
	n.fails = ErrUndelivered
	for i := range 3 {
		n.now = n.now.Add(time.Hour)
		n.files(t, fmt.Sprint("taxes", i), fmt.Sprint(taxes, " Again ", i, "."))
		n.runsDue(t)
	}
	if all, err := n.Follows(t.Context(), "g"); err != nil || len(all) != 0 {
		t.Errorf("%v is followed, %v", all, err)
	}
}

// Whom a name means in an article is the one of exactly that name, or all whom it fits; a name that is not sure is nobody's.
func TestFollowMeansTheRightOnes(t *testing.T) {
	n := openNewsroom(t)
	n.follows(t, Follow{Speaker: "Donald Trump", By: "ada"})
	n.follows(t, Follow{Speaker: "Ruttel", By: "ada"})
	n.files(t, "both", "“We will win this vote tonight,” said Donald Trump Jr. on Monday.\n\n“I will build the bridge myself,” said Donald Trump on Monday.\n\n"+bridge)
	wantTold(t, n.runsDue(t), "Donald Trump: both 1")
}

func TestFollowsHaveBounds(t *testing.T) {
	n := openNewsroom(t)
	for _, f := range []Follow{{By: "ada"}, {Speaker: " ", About: "…", By: "ada"}} {
		if _, err := n.Follow(t.Context(), "g", f); !errors.Is(err, ErrNothingAsked) {
			t.Errorf("%+v: %v", f, err)
		}
	}
	first := n.follows(t, Follow{Speaker: "A0", By: "ada"})
	if again := n.follows(t, Follow{Speaker: "A0", By: "ada"}); again.ID != first.ID {
		t.Error("the same is followed twice")
	}
	for i := 1; i < MostFollowsOne; i++ {
		n.follows(t, Follow{Speaker: fmt.Sprint("A", i), By: "ada"})
	}
	if _, err := n.Follow(t.Context(), "g", Follow{Speaker: "one more", By: "ada"}); !errors.Is(err, ErrManyFollows) {
		t.Errorf("one more than %d: %v", MostFollowsOne, err)
	}
	if err := n.Unfollow(t.Context(), "g", first.ID); err != nil {
		t.Fatal(err)
	}
	if err := n.Unfollow(t.Context(), "g", first.ID); !errors.Is(err, ErrNoFollow) {
		t.Errorf("ended twice: %v", err)
	}
	n.files(t, "bridge", bridge)
	if len(n.queue.tasks) > 0 {
		t.Error("what nobody follows is noted")
	}
}
