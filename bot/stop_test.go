package bot

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"newsdesk/queue"
)

// gracefulStop is how long newsdesk may take to stop.
const gracefulStop = 20 * time.Second

// A bot that is told to stop takes nothing new, and waits for what it is acknowledging until that is done, but no longer than
// its time; the work in hand has its own, meanwhile. So newsdesk is gone in time, whatever hangs.
func TestStopsInTime(t *testing.T) {
	for _, tt := range []struct {
		name        string
		takes, ends time.Duration
	}{
		{"what is soon done", 2 * time.Second, 2 * time.Second},
		{"what hangs", time.Hour, stopTime},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := wired(t, func(*http.Request) (int, http.Header, string) { return http.StatusOK, nil, "{}" })
				go b.take(func() { time.Sleep(tt.takes) })
				synctest.Wait()
				began := time.Now()
				b.close()
				if took := time.Since(began); took != tt.ends || took >= gracefulStop {
					t.Errorf("it stops after %v, want %v", took, tt.ends)
				}
				b.take(func() { t.Error("it takes what is new") })
				time.Sleep(tt.takes) // what hangs ends, and with it the test
			})
		})
	}
	if queue.Grace >= gracefulStop {
		t.Errorf("work in hand is handed over after %v", queue.Grace)
	}
}
