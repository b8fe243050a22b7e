package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"newsdesk/cache/redis/redistest"
	"newsdesk/summarize/llmtest"
)

// A filing in these tests is `newsdesk summarize` of a page, with a model, killed on the way as kill -9 does.
// TestKilledWhileItFiles kills it when it asks for the page, when it asks the model, and from then on every few
// milliseconds until it is done. Whatever the moment, the story is then filed whole or not at all, and the next run
// files it.
func TestKilledWhileItFiles(t *testing.T) {
	t.Run("embedded", func(t *testing.T) {
		t.Parallel()
		killEverywhere(t, func(int) string {
			return "NEWSDESK_STORE_PATH=" + filepath.Join(t.TempDir(), "stories.db")
		})
	})
	t.Run("redis", func(t *testing.T) {
		t.Parallel()
		server := redistest.Start(t, "--appendonly", "no", "--databases", "64")
		killEverywhere(t, func(n int) string { return fmt.Sprintf("REDIS_URL=%s/%d", server.URL(), n) })
	})
}

func killEverywhere(t *testing.T, storeOf func(n int) string) {
	page, err := os.ReadFile(filepath.Join("..", "..", "examples", "harbour-ferries.txt"))
	if err != nil {
		t.Fatal(err)
	}
	late := 8 // kills after the model's answer
	if testing.Short() {
		late = 3
	}
	for n := range 2 + late {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			f := newFiling(t, page, storeOf(n))
			f.kill(n)
			if quotes := f.quotes(); quotes != 0 && quotes != f.whole {
				t.Errorf("%d quotes are filed, want none or all %d", quotes, f.whole)
			}
			f.run("summarize", f.url)
			if quotes := f.quotes(); quotes != f.whole {
				t.Errorf("after the next run %d quotes are filed, want %d", quotes, f.whole)
			}
		})
	}
}

// filing is a page, a model and a store.
type filing struct {
	*testing.T
	url     string
	env     []string
	whole   int                   // quotes of the page
	reached chan int              // 0 when the page is asked for, 1 when the model is
	pass    map[int]chan struct{} // closed when those may be answered
}

func newFiling(t *testing.T, page []byte, store string) *filing {
	t.Helper()
	f := &filing{T: t, reached: make(chan int, 10), pass: map[int]chan struct{}{0: make(chan struct{}), 1: make(chan struct{})}}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		f.reached <- 0
		<-f.pass[0]
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write(page)
	}))
	t.Cleanup(site.Close)
	f.url = site.URL + "/ferries.txt"
	model := llmtest.NewFunc(t, func(llmtest.Request) llmtest.Reply {
		f.reached <- 1
		<-f.pass[1]
		return llmtest.Say(`{"headline":"","points":[{"text":"The plan passed by 14 votes to 9 after four hours of debate.","sentences":[3]}]}`)
	})
	home := t.TempDir()
	f.env = append(os.Environ(), store, "HOME="+home, "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home,
		"NEWSDESK_FETCH_ALLOW_NETWORKS=127.0.0.0/8", "NEWSDESK_LLM_BASE_URL="+model.URL)
	file := filepath.Join(home, "ferries.txt")
	if err := os.WriteFile(file, page, 0o600); err != nil {
		t.Fatal(err)
	}
	f.whole = count(t, f.run("quotes", "--json", file))
	if f.whole == 0 {
		t.Fatal("the page has no quotes")
	}
	return f
}

// command is newsdesk.
func (f *filing) command(args ...string) *exec.Cmd {
	cmd := exec.CommandContext(context.Background(), programFile(f.T), args...)
	cmd.Env = f.env
	return cmd
}

// run runs newsdesk to its end and returns what it prints.
func (f *filing) run(args ...string) []byte {
	f.Helper()
	out, err := f.command(args...).CombinedOutput()
	if err != nil {
		f.Fatalf("newsdesk %v: %v\n%s", args, err, out)
	}
	return out
}

// quotes counts what is filed.
func (f *filing) quotes() int {
	f.Helper()
	return count(f.T, f.run("quotes", "--json"))
}

func count(t *testing.T, printed []byte) int {
	t.Helper()
	var record quotesRecord
	if err := json.Unmarshal(printed, &record); err != nil {
		t.Fatalf("%v: %s", err, printed)
	}
	return len(record.Quotes)
}

// kill starts a filing and kills it in the nth moment: when the page is asked for, when the model is, and then a few
// milliseconds later each. Nobody is held up after that.
func (f *filing) kill(n int) {
	f.Helper()
	victim := f.command("summarize", f.url)
	if err := victim.Start(); err != nil {
		f.Fatal(err)
	}
	for moment := range 2 {
		if reached := <-f.reached; reached != moment {
			f.Fatalf("moment %d came as %d", moment, reached)
		}
		if n == moment {
			break
		}
		close(f.pass[moment])
	}
	if n >= 2 {
		// No waiting for anything: any moment will do, as long as they differ.
		<-time.After(time.Duration(n-2) * 4 * time.Millisecond)
	}
	if err := victim.Process.Kill(); err != nil {
		f.Log("it was done before") // the last ones may be
	}
	_ = victim.Wait() // killed
	for moment := max(0, n); moment < 2; moment++ {
		close(f.pass[moment])
	}
}
