package bot

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// answered is what Discord answers a request, and when it was asked.
type answered struct {
	status int
	header http.Header
	body   string
}

// asking lets a bot ask what it is told on the bubble's clock, each time answered by the next of these, and returns
// when Discord was asked.
func asking(t *testing.T, answers []answered, ask func(*Bot)) []time.Duration {
	t.Helper()
	var at []time.Duration
	began := time.Now()
	b := wired(t, func(*http.Request) (int, http.Header, string) {
		a := answers[min(len(at), len(answers)-1)]
		at = append(at, time.Since(began))
		return a.status, a.header, a.body
	})
	ask(b)
	return at
}

func header(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i+1 < len(pairs); i += 2 {
		h.Set(pairs[i], pairs[i+1])
	}
	return h
}

// Requests are made when Discord's answers say that they may be.
func TestLimits(t *testing.T) {
	fine := answered{http.StatusOK, nil, "{}"}
	used := answered{http.StatusOK, header("X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "2.5"), "{}"}
	some := answered{http.StatusOK, header("X-RateLimit-Remaining", "1", "X-RateLimit-Reset-After", "2.5"), "{}"}
	limited := answered{http.StatusTooManyRequests, header("X-RateLimit-Reset-After", "1.25", "Retry-After", "2"), `{"retry_after":1.25}`}
	global := answered{http.StatusTooManyRequests, header("X-RateLimit-Global", "true", "Retry-After", "3"), `{"retry_after":3,"global":true}`}
	before := answered{http.StatusTooManyRequests, header("Retry-After", "7"), "<html>error 1015</html>"}
	down := answered{http.StatusServiceUnavailable, nil, "<html>down</html>"}
	wrong := answered{http.StatusBadRequest, nil, `{"code":50035,"message":"Invalid Form Body"}`}
	const ms = time.Millisecond
	for name, c := range map[string]struct {
		answers []answered
		buckets []string // of the requests
		at      []time.Duration
		err     error // of the last
	}{
		"a bucket that is used up":         {[]answered{used, fine}, []string{"a", "a"}, []time.Duration{0, 2500 * ms}, nil},
		"one that is not":                  {[]answered{some, fine}, []string{"a", "a"}, []time.Duration{0, 0}, nil},
		"another bucket":                   {[]answered{used, fine}, []string{"a", "b"}, []time.Duration{0, 0}, nil},
		"refused":                          {[]answered{limited, fine}, []string{"a"}, []time.Duration{0, 1250 * ms}, nil},
		"refused again":                    {[]answered{limited, limited, fine}, []string{"a"}, []time.Duration{0, 1250 * ms, 2500 * ms}, nil},
		"refused everywhere":               {[]answered{global, fine}, []string{"a", "b"}, []time.Duration{0, 3 * time.Second, 3 * time.Second}, nil},
		"a token's":                        {[]answered{limited, fine}, []string{unlimited}, []time.Duration{0, 1250 * ms}, nil},
		"refused by who stands before it":  {[]answered{before, fine}, []string{"a"}, []time.Duration{0, 7 * time.Second}, nil},
		"down for a while":                 {[]answered{down, down, fine}, []string{"a"}, []time.Duration{0, 500 * ms, 1500 * ms}, nil},
		"down":                             {[]answered{down}, []string{"a"}, []time.Duration{0, 500 * ms, 1500 * ms, 3500 * ms, 7500 * ms, 15500 * ms}, ErrUnreachable},
		"what is wrong is not asked again": {[]answered{wrong}, []string{"a"}, []time.Duration{0}, errRejected},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				at := asking(t, c.answers, func(b *Bot) {
					for i, bucket := range c.buckets {
						err := b.call(t.Context(), http.MethodPost, "https://discord.com/api/v9/x", bucket, map[string]string{}, nil, nil)
						if i == len(c.buckets)-1 && !errors.Is(err, c.err) {
							t.Errorf("%v, want %v", err, c.err)
						}
					}
				})
				if !slices.Equal(at, c.at) {
					t.Errorf("asked at %v, want %v", at, c.at)
				}
			})
		})
	}
}

// Who acknowledges an interaction does not wait for a limit that holds for all, and who must stop waits for none.
func TestLimitsHoldNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		global := answered{http.StatusTooManyRequests, header("X-RateLimit-Global", "true", "Retry-After", "3600"), "{}"}
		at := asking(t, []answered{global, {http.StatusOK, nil, "{}"}}, func(b *Bot) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			if err := b.call(ctx, http.MethodPost, "https://discord.com/api/v9/x", "a", nil, nil, nil); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("a wait of an hour ends with %v", err)
			}
			if err := b.call(t.Context(), http.MethodPost, "https://discord.com/api/v9/y", unlimited, nil, nil, nil); err != nil {
				t.Error(err)
			}
		})
		if want := []time.Duration{0, time.Minute}; !slices.Equal(at, want) {
			t.Errorf("asked at %v, want %v", at, want)
		}
	})
}
