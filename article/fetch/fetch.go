// Package fetch brings a page from the network without being an open door.
//
// Whoever may post a link decides what a [Client] connects to, so it trusts no link:
//
//   - only http and https, without user info, on ports 80 and 443 and those of [Options.Ports];
//   - the address is judged when the connection is made, after DNS, for every redirect anew: only
//     public addresses, and never one of this machine's own. So neither odd spellings of
//     an address nor a name that resolves differently the second time leads inside;
//   - [Options.AllowNetworks] opens named networks, on any port, for tests and intranets;
//   - no proxy variables of the environment are read, only [Options.Proxy] is used; no cookies are kept, no credentials
//     sent;
//   - a link that a search engine, a network or a shortener wrapped around another is followed to that one, by the
//     same rules;
//   - a link to a post (X, Bluesky, Mastodon, Telegram, YouTube) is asked for where its service gives it to everybody,
//     and that answer is the page;
//   - everything is bounded: the time, the redirects, the headers, the bytes once decompressed;
//   - a host gets one request at a time, and a pause between two, whether a link names it or a redirect;
//   - a page that was read before is asked for only if it has changed, and where there was none, nobody
//     knocks again for some minutes ([Memory]).
//
// What went wrong is one of the sentinels below, wrapped with the URL. robots.txt is not asked where a
// Client reads the link that a person asked for, as a browser's reading mode does; [Options.Robots] makes
// it strict, for every host on the way. It always holds for what nobody asked for: feeds ([Client.Newer])
// and what they announce ([Unasked]).
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"newsdesk/article"
	"newsdesk/article/internal/post"
)

// The bounds that Options may tighten or widen.
const (
	DefaultTimeout      = 15 * time.Second // for everything but waiting for the host's turn: DNS, redirects, body
	DefaultMaxBytes     = 8 << 20          // of body, decompressed
	DefaultMaxRedirects = 5
	DefaultPause        = 250 * time.Millisecond // between two requests to one host
	connectTimeout      = 5 * time.Second
	maxHeaderBytes      = 64 << 10
	mediaBytes          = 64 << 10 // of a picture, sound or video: enough to tell what it is
)

// Options say how a Client fetches. The zero value is safe.
type Options struct {
	// Contact is the URL or address under which those whose pages are read reach the operator. It
	// stands in the User-Agent header.
	Contact string
	// AllowNetworks are networks that may be connected to although they are not public, on any port.
	AllowNetworks []netip.Prefix
	// Ports are allowed besides 80 and 443.
	Ports []uint16

	Timeout      time.Duration // DefaultTimeout where 0
	MaxBytes     int64         // DefaultMaxBytes where 0
	MaxRedirects int           // DefaultMaxRedirects where 0

	// Pause is how long a host is left alone between two requests; DefaultPause where 0.
	Pause time.Duration
	// Robots makes the client ask robots.txt first, and refuse what a site does not want programs to read.
	Robots bool
	// Memory keeps what was read; nil for one that lives as long as the client.
	Memory Memory

	// Resolver looks names up; nil for the system's.
	Resolver *net.Resolver

	// Proxy is what everything goes through, http://… or socks5://…; nil for none. Names are looked up here all the
	// same, and the proxy is asked for addresses that the rules above let pass, by CONNECT for pages of http too.
	Proxy *url.URL
}

// Client fetches pages. It is safe for use by many goroutines. Close it when done.
type Client struct {
	transport *http.Transport
	userAgent string
	timeout   time.Duration
	maxBytes  int64
	robots    bool
	memory    Memory
	redirects int
	turns     turns // of hosts
	flights   flights
}

// New returns a client.
func New(o Options) *Client {
	guard := newGuard(o.AllowNetworks, o.Ports)
	dialer := &net.Dialer{Timeout: connectTimeout, Control: guard.control, Resolver: o.Resolver}
	dial := dialer.DialContext
	if o.Proxy != nil {
		dial = throughProxy(o.Proxy, guard, o.Resolver)
	}
	transport := &http.Transport{
		DialContext:            dial,
		TLSHandshakeTimeout:    connectTimeout,
		MaxResponseHeaderBytes: maxHeaderBytes,
		MaxIdleConns:           32,
		IdleConnTimeout:        30 * time.Second,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // decoded here, with a limit
	}
	c := &Client{
		transport: transport,
		userAgent: userAgent(o.Contact),
		timeout:   orDefault(o.Timeout, DefaultTimeout),
		maxBytes:  orDefault(o.MaxBytes, DefaultMaxBytes),
		robots:    o.Robots,
		memory:    o.Memory,
		redirects: orDefault(o.MaxRedirects, DefaultMaxRedirects),
		turns:     turns{pause: orDefault(o.Pause, DefaultPause)},
	}
	if c.memory == nil {
		c.memory = NewMemory()
	}
	return c
}

// Close lets go of idle connections.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// Get fetches the page at rawURL, which may lack its scheme ("example.org/a").
//
// The page's URL is the one after redirects, those of shorteners and aggregators that work within a page
// included, its body decompressed but in its own character encoding. Of a picture, sound or video only
// the first bytes are read. A status other than 200 and 203 is an error; so is everything that the sentinels
// name. Pages are shared: do not write to the body.
func (c *Client) Get(ctx context.Context, rawURL string) (article.Page, error) {
	u, err := parse(rawURL)
	if err != nil {
		return article.Page{}, fmt.Errorf("%s: %w", shorten(Redact(rawURL)), err)
	}
	got, err := c.read(ctx, asked(unwrapped(u)), c.timeout)
	if err != nil {
		return article.Page{}, err
	}
	if next := onward(got.Page); next != nil { // once: a chain of such pages leads nowhere
		got, err = c.read(ctx, asked(unwrapped(next)), got.left)
		return got.Page, err
	}
	if next := post.Behind(got.Page); next != nil {
		if behind, err := c.read(ctx, next, got.left); err == nil { // else the page has to do
			got = behind
		}
	}
	return got.Page, nil
}

// asked is the address that is asked for in the place of u: of a post, where its service gives it to everybody.
func asked(u *url.URL) *url.URL {
	if to := post.Instead(u); to != nil {
		return to
	}
	return u
}

// read reads the page at u, if robots.txt is asked and allows it.
func (c *Client) read(ctx context.Context, u *url.URL, timeout time.Duration) (answer, error) {
	robots := c.robots || ctx.Value(unasked{}) != nil
	got, err := c.remembered(ctx, u, request{limit: c.maxBytes, timeout: timeout, robots: robots})
	if err != nil {
		return answer{}, fmt.Errorf("%s: %w", shorten(u.String()), err)
	}
	return got, nil
}

// request is how something is asked for.
type request struct {
	limit   int64         // bytes of body
	timeout time.Duration // for all of it but waiting for turns
	fresh   time.Duration // what was read so lately is not asked for again
	robots  bool          // robots.txt is asked first, of every host on the way
}

// remembered is what the memory holds of u where that is fresh or a failure that still counts, else what follow brings.
// Who asks while another reads the same page shares what that one gets.
func (c *Client) remembered(ctx context.Context, u *url.URL, how request) (answer, error) {
	began := time.Now()
	again := ctx.Value(anew{}) != nil
	if r, ok := c.memory.Load(ctx, u.String()); ok && (r.holds(began) && !again || r.err() == nil && began.Sub(r.At) < how.fresh) {
		return answer{Record: r, left: how.timeout}, r.err()
	}
	got, err := c.flights.share(ctx, flightKey{u.String(), how.robots}, func(ctx context.Context) (answer, error) {
		r, known := c.memory.Load(ctx, u.String())
		if known && r.At.After(began) {
			return answer{Record: r, left: how.timeout}, r.err()
		}
		return c.bring(ctx, u, r, how)
	})
	if err != nil {
		return answer{}, classify(ctx, err)
	}
	return got, nil
}

// bring follows u, and has what comes of it remembered.
func (c *Client) bring(ctx context.Context, u *url.URL, r Record, how request) (answer, error) {
	got, err := c.follow(ctx, u, r, how)
	if err != nil {
		if failed, ok := failureOf(err, time.Now()); ok && ctx.Err() == nil { // else it is the askers who did not wait
			c.memory.Save(ctx, u.String(), failed)
		}
		return answer{}, err
	}
	if got.keep {
		c.memory.Save(ctx, u.String(), got.Record)
	}
	return got, nil
}

// readPage makes a page of a response; of a picture, sound or video, of its beginning.
func readPage(resp *http.Response, limit int64) (article.Page, error) {
	isMedia := media(resp.Header.Get("Content-Type"))
	if isMedia {
		limit = mediaBytes
	}
	if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusNonAuthoritativeInfo { // a proxy changed something of it
		head, _ := readBody(resp, mediaBytes) // best effort: it only tells a bot wall from a refusal
		return article.Page{}, statusError(resp, head)
	}
	if resp.ContentLength > limit && !isMedia {
		return article.Page{}, fmt.Errorf("%w: %d bytes", ErrTooLarge, resp.ContentLength)
	}
	body, err := readBody(resp, limit)
	if err != nil && (!isMedia || !errors.Is(err, ErrTooLarge)) {
		return article.Page{}, err
	}
	return article.Page{
		URL:         resp.Request.URL.String(),
		ContentType: resp.Header.Get("Content-Type"),
		Body:        body,
		FetchedAt:   time.Now(),
	}, nil
}

// readBody reads at most limit bytes of a response's body, decompressed. Where there is more, it
// returns those bytes and ErrTooLarge.
func readBody(resp *http.Response, limit int64) ([]byte, error) {
	r, err := decode(strings.Join(resp.Header.Values("Content-Encoding"), ","), resp.Body)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(body)) > limit {
		return body[:limit], fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit)
	}
	if err != nil {
		return body, brokenOff{err}
	}
	return body, nil
}

// media reports whether a content type is a picture, a sound or a video.
func media(contentType string) bool {
	t, _, _ := mime.ParseMediaType(contentType)
	kind, _, _ := strings.Cut(t, "/")
	return kind == "image" || kind == "audio" || kind == "video" || kind == "font"
}

func userAgent(contact string) string {
	if contact == "" {
		return "Newsdesk/1 (link reader)"
	}
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '(' || r == ')' {
			return -1
		}
		return r
	}, contact)
	return "Newsdesk/1 (link reader; +" + clean + ")"
}

// shorten keeps hostile links from filling a terminal or a log.
func shorten(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s)
	if len(s) > 200 {
		return strings.ToValidUTF8(s[:200], "") + "…"
	}
	return s
}

func orDefault[T int | int64 | time.Duration](v, def T) T {
	if v <= 0 {
		return def
	}
	return v
}
