package discordtest

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"time"
)

// bucket counts requests that share a rate limit. Its time is the machine's, not the [Config]'s clock,
// since the bot waits by the machine's too.
type bucket struct {
	left  int
	until time.Time // when it is full again
}

// rate is how many requests a bucket holds and how soon it is full again.
type rate struct {
	limit int
	every time.Duration
}

// rates of Discord, as its headers have shown them; they are not documented and may be others any day.
var (
	usualRate    = rate{10, 10 * time.Second}
	globalRate   = rate{50, time.Second}
	rateOfRoutes = map[string]rate{
		"POST /channels/{channel}/messages":                                      {5, 5 * time.Second},
		"PATCH /channels/{channel}/messages/{message}":                           {5, 5 * time.Second},
		"DELETE /channels/{channel}/messages/{message}":                          {5, time.Second},
		"GET /channels/{channel}/messages":                                       {5, 5 * time.Second},
		"PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me":       {1, 250 * time.Millisecond},
		"DELETE /channels/{channel}/messages/{message}/reactions/{emoji}/{user}": {1, 250 * time.Millisecond},
		"POST /webhooks/{application}/{token}":                                   {5, 2 * time.Second},
		"PATCH /webhooks/{application}/{token}/messages/{message}":               {5, 2 * time.Second},
		"DELETE /webhooks/{application}/{token}/messages/{message}":              {5, 2 * time.Second},
		"POST /interactions/{interaction}/{token}/callback":                      {5, 2 * time.Second},
	}
)

// Rate changes how many requests of a route, as [Event].What shows it, one channel, guild or token may
// take in a time.
func (d *Discord) Rate(route string, limit int, every time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.rates == nil {
		d.rates = map[string]rate{}
	}
	d.rates[route] = rate{limit, every}
}

// limit counts a request and writes the headers of its bucket. How long to wait is more than 0 where it
// must be refused.
func (d *Discord) limit(w http.ResponseWriter, c *call, e endpoint) (wait time.Duration, global bool) {
	if d.config.NoRateLimits {
		return 0, false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	now := time.Now()
	if !e.cross {
		if wait := d.global.take(now, globalRate); wait > 0 {
			return wait, true
		}
	}
	r, ok := d.rates[c.what]
	if !ok {
		if r, ok = rateOfRoutes[c.what]; !ok {
			r = usualRate
		}
	}
	key := c.what + " " + c.PathValue("channel") + c.PathValue("guild") + c.PathValue("token")
	b := d.buckets[key]
	if b == nil {
		b = &bucket{}
		d.buckets[key] = b
	}
	wait = b.take(now, r)
	name := sha256.Sum256([]byte(c.what))
	h := w.Header()
	h.Set("X-RateLimit-Limit", strconv.Itoa(r.limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(b.left))
	h.Set("X-RateLimit-Reset", seconds(time.Duration(b.until.UnixNano())))
	h.Set("X-RateLimit-Reset-After", seconds(b.until.Sub(now)+2*time.Millisecond)) // clients cut off what is less than one
	h.Set("X-RateLimit-Bucket", hex.EncodeToString(name[:16]))
	return wait, false
}

// take takes one request out of a bucket, or says how long until it is full again.
func (b *bucket) take(now time.Time, r rate) time.Duration {
	if !now.Before(b.until) {
		b.left, b.until = r.limit, now.Add(r.every)
	}
	if b.left == 0 {
		return b.until.Sub(now)
	}
	b.left--
	return 0
}

func seconds(d time.Duration) string {
	return strconv.FormatFloat(d.Seconds(), 'f', 3, 64)
}

// tooManyRequests is the answer to who asks too often.
func tooManyRequests(w http.ResponseWriter, wait time.Duration, global bool) {
	h := w.Header()
	h.Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
	h.Set("X-RateLimit-Reset-After", seconds(wait))
	h.Set("X-RateLimit-Scope", "user")
	if global {
		h.Set("X-RateLimit-Global", "true")
		h.Set("X-RateLimit-Scope", "global")
	}
	write(w, http.StatusTooManyRequests, object{
		"message": "You are being rate limited.", "retry_after": wait.Seconds(), "global": global,
	})
}
