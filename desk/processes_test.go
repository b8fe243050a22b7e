package desk

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"golang.org/x/sync/errgroup"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/cache/redis"
	"newsdesk/cache/redis/redistest"
	"newsdesk/summarize"
)

// A child of these tests is a process of its own with a desk, on a Redis and a site that it shares with others.
const (
	childOf   = "NEWSDESK_TEST_DESK_ON"
	childSite = "NEWSDESK_TEST_DESK_SITE"
)

// In all processes together so many ask for one article, for so many guilds.
const (
	manyCallers   = 500
	manyProcesses = 3
	manyGuilds    = 40
)

// beChild is the whole life of a process that is one.
func beChild() {
	url := os.Getenv(childOf)
	if url == "" {
		return
	}
	if err := child(context.Background(), url, os.Getenv(childSite)); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(0)
}

// child asks for the site's article by a third of the callers at once. It says when all of them wait, and when all have
// got it.
func child(ctx context.Context, url, site string) error {
	store, err := redis.Open(ctx, redis.Options{URL: url})
	if err != nil {
		return err
	}
	defer store.Close() //nolint:errcheck // the process ends
	get := func(path string) (string, error) {
		response, err := http.Get(site + path) //nolint:noctx // of the test
		if err != nil {
			return "", err
		}
		text, err := io.ReadAll(response.Body)
		return string(text), errors.Join(err, response.Body.Close())
	}
	d := New(Options{
		Store: store,
		Fetcher: fetcherFunc(func(url string) (article.Page, error) {
			text, err := get("/article")
			return article.Page{URL: url, ContentType: "text/plain", Body: []byte(text)}, err
		}),
		Model: model{summary: summarize.Summary{Method: summarize.LLM, Model: "m", Points: []summarize.Point{{Text: "A bridge comes."}}},
			during: func(context.Context) { _, _ = get("/model") }},
	})
	defer d.Close()
	const callers = (manyCallers + manyProcesses - 1) / manyProcesses
	var g errgroup.Group
	var asked sync.WaitGroup
	asked.Add(callers)
	for i := range callers {
		g.Go(func() error {
			heard := sync.OnceFunc(asked.Done) // who hears of the first stage waits for the rest
			r := Request{Source: FromURL("https://example.org/bridge"), Guild: fmt.Sprintf("g%d", i%manyGuilds)}
			story, err := d.File(ctx, r, func(Progress) { heard() })
			if err == nil && (story.Summary.Method != summarize.LLM || len(story.Quotes) == 0 || story.FiledAt.IsZero()) {
				err = fmt.Errorf("caller %d got %+v", i, story.Summary)
			}
			return err
		})
	}
	asked.Wait()
	fmt.Println("all wait")
	if err := g.Wait(); err != nil {
		return err
	}
	fmt.Println("all have it")
	return nil
}

// TestManyAskInThreeProcesses: 500 callers of 40 guilds ask for a new article at once, in three processes that share
// nothing but a Redis. It is fetched once, the model is asked once, and everybody gets it.
func TestManyAskInThreeProcesses(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	var fetched, asked atomic.Int64
	all := make(chan struct{}) // closed when every caller waits
	release := sync.OnceFunc(func() { close(all) })
	defer release()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/model") {
			asked.Add(1)
			return
		}
		fetched.Add(1)
		<-all
		_, _ = io.WriteString(w, report)
	}))
	defer site.Close()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	said := make([]*bufio.Scanner, manyProcesses)
	for i := range said {
		cmd := exec.CommandContext(t.Context(), self)
		cmd.Env = append(os.Environ(), childOf+"="+server.URL(), childSite+"="+site.URL)
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		said[i] = bufio.NewScanner(out)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }() // it has ended by itself, if all is well
	}
	expect := func(want string) {
		t.Helper()
		for i, process := range said {
			if !process.Scan() || process.Text() != want {
				t.Fatalf("process %d says %q, want %q", i, process.Text(), want)
			}
		}
	}
	expect("all wait")
	release()
	expect("all have it")
	if fetched.Load() != 1 || asked.Load() != 1 {
		t.Errorf("fetched %d times, the model asked %d times; want once", fetched.Load(), asked.Load())
	}
	store := onRedis(t, server.URL())
	for i := range manyGuilds {
		stories, _, err := store.Stories(t.Context(), cache.StoryQuery{Guild: fmt.Sprintf("g%d", i)})
		if err != nil || len(stories) != 1 {
			t.Errorf("guild %d has %d stories, %v", i, len(stories), err)
		}
	}
}
