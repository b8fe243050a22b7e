package bot

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// wired is a bot whose requests go to answer, on the clock of the test's bubble.
func wired(t *testing.T, answer func(*http.Request) (status int, header http.Header, body string)) *Bot {
	t.Helper()
	b, err := New(Options{Token: "token"})
	if err != nil {
		t.Fatal(err)
	}
	b.session.Client = &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		status, header, body := answer(r)
		if header == nil {
			header = http.Header{}
		}
		return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	})}
	return b
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// promisedReply is an answer that somebody waits for.
func promisedReply(b *Bot) errand {
	return errand{By: "7", Guild: "3", Reply: reply{ID: "1", App: "2", Token: "secret", Channel: "4", At: b.now()}}
}

// However often there is something new, an answer changes at most once in a second and a half; the answer itself
// comes at once, last, and behind it nothing.
func TestProgressIsShownInItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var at []time.Duration
		var said []string
		b := wired(t, func(r *http.Request) (int, http.Header, string) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			at, said = append(at, time.Since(began)), append(said, string(body))
			time.Sleep(220 * time.Millisecond) // the way there and back
			return http.StatusOK, nil, "{}"
		})
		p := &pending{bot: b, errand: promisedReply(b)}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		for i := range 40 {
			p.show(ctx, note(working, "step "+strings.Repeat("|", i)+"."))
			time.Sleep(100 * time.Millisecond)
		}
		// While the newest progress is on its way there, the answer is ready.
		if err := p.finish(ctx, note(calm, "the answer")); err != nil {
			t.Fatal(err)
		}
		p.show(ctx, note(working, "too late"))
		synctest.Wait()
		if want := []time.Duration{0, 1720 * time.Millisecond, 3440 * time.Millisecond, 4 * time.Second}; !slices.Equal(at, want) {
			t.Errorf("edits at %v, want %v", at, want)
		}
		for i, wanted := range []string{"step .", strings.Repeat("|", 17) + ".", strings.Repeat("|", 34) + ".", "the answer"} {
			if i >= len(said) || !strings.Contains(said[i], wanted) {
				t.Errorf("edit %d lacks %q: %v", i, wanted, said)
			}
		}
	})
}

// What is on its way when the answer is ready arrives before it: a request that is called off may still be heard.
func TestProgressOnItsWayArrivesFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var order []string
		b := wired(t, func(r *http.Request) (int, http.Header, string) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			if strings.Contains(string(body), "progress") {
				time.Sleep(5 * time.Second)
			}
			order = append(order, string(body))
			return http.StatusOK, nil, "{}"
		})
		p := &pending{bot: b, errand: promisedReply(b)}
		p.show(t.Context(), note(working, "progress"))
		time.Sleep(time.Second)
		if err := p.finish(t.Context(), note(calm, "the answer")); err != nil {
			t.Fatal(err)
		}
		if len(order) != 2 || !strings.Contains(order[1], "the answer") {
			t.Errorf("Discord hears %v", order)
		}
	})
}
