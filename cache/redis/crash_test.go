package redis

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	goredis "github.com/redis/go-redis/v9"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/cache/redis/redistest"
	"newsdesk/quote"
)

// errDead is what every command of a process that died gives.
var errDead = errors.New("the process is dead")

// mortal lets a store die before its n-th command to the server: for the server and all others, that is
// kill -9 at that moment. It is for one goroutine.
type mortal struct{ left int }

func (m *mortal) spend() error {
	if m.left--; m.left < 0 {
		return errDead
	}
	return nil
}

func (m *mortal) DialHook(next goredis.DialHook) goredis.DialHook { return next }

func (m *mortal) ProcessHook(next goredis.ProcessHook) goredis.ProcessHook {
	return func(ctx context.Context, cmd goredis.Cmder) error {
		if err := m.spend(); err != nil {
			cmd.SetErr(err)
			return err
		}
		return next(ctx, cmd)
	}
}

func (m *mortal) ProcessPipelineHook(next goredis.ProcessPipelineHook) goredis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []goredis.Cmder) error {
		if err := m.spend(); err != nil {
			for _, cmd := range cmds {
				cmd.SetErr(err)
			}
			return err
		}
		return next(ctx, cmds)
	}
}

func openStore(t *testing.T, url, prefix string) *Store {
	t.Helper()
	s, err := Open(t.Context(), Options{URL: url, Prefix: prefix})
	if err != nil {
		t.Fatal(err)
	}
	s.lease = 50 * time.Millisecond
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// press writes an article in which lines, "Speaker: words", are said.
func press(url, title string, lines ...string) cache.Story {
	s := cache.Story{Article: article.Article{URL: url, CanonicalURL: url, Title: title, Site: "Harbour Post", Language: "en"}}
	var text strings.Builder
	fmt.Fprintf(&text, "All about %s.", title)
	for i, line := range lines {
		speaker, words, _ := strings.Cut(line, ": ")
		fmt.Fprintf(&text, "\n\n%s said: ", speaker)
		s.Quotes = append(s.Quotes, quote.Quote{Text: words, Span: article.Span{Start: text.Len(), End: text.Len() + len(words)},
			Kind: quote.Direct, Speaker: speaker, Paragraph: i + 1})
		text.WriteString(words)
	}
	s.Article.Text = text.String()
	return s
}

var noon = time.Date(2031, 5, 4, 12, 0, 0, 0, time.UTC)

func share(guild string, minutes int) cache.Share {
	return cache.Share{Guild: guild, By: "m" + guild, At: noon.Add(time.Duration(minutes) * time.Minute)}
}

// sight is all that guilds see of a store, in words.
func sight(t *testing.T, s *Store) string {
	t.Helper()
	var out strings.Builder
	for _, guild := range []string{"g1", "g2"} {
		st, err := s.Stats(t.Context(), guild)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%s: %d stories, %d quotes, %d speakers\n", guild, st.Stories, st.Quotes, st.Speakers)
		stories, _, err := s.Stories(t.Context(), cache.StoryQuery{Guild: guild})
		if err != nil {
			t.Fatal(err)
		}
		for _, story := range stories {
			fmt.Fprintf(&out, "  %s, %d quotes, filed %v, updated %v\n", story.Article.Title, len(story.Quotes), story.FiledAt, story.UpdatedAt)
		}
		people, err := s.Speakers(t.Context(), guild)
		if err != nil {
			t.Fatal(err)
		}
		for _, who := range people {
			fmt.Fprintf(&out, "  %s:", who.Name)
			for _, q := range []cache.QuoteQuery{{Speakers: []string{who.Name}}, {Speakers: []string{who.Name}, About: "boat"}} {
				q.Guild = guild
				quotes, _, err := s.Quotes(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				for _, found := range quotes {
					fmt.Fprintf(&out, " %q", found.Text)
				}
				out.WriteString(" /")
			}
			out.WriteString("\n")
		}
	}
	return out.String()
}

// passing is what tells only how often a store was written to, and the locks of the dead, which end by
// themselves.
var passing = regexp.MustCompile(`rev:[0-9]+ ?|(?m:^.*:lock = .*\n)`)

// settled is the raw store without what passes.
func settled(t *testing.T, prefix string, server *redistest.Server) string {
	lines := bytes.Split(passing.ReplaceAll(redistest.Dump(t, prefix, server), nil), []byte("\n"))
	slices.SortFunc(lines, bytes.Compare)
	return strings.ReplaceAll(string(bytes.Join(lines, []byte("\n"))), prefix, "")
}

// TestKilledInEveryStep lets a process die before each of its commands to the server in turn, while it files
// or forgets. Nobody ever sees half of it; the next who writes finds nothing in the way; and in the end
// the raw store is the same to the byte as if nobody had died.
func TestKilledInEveryStep(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	const url = "https://example.org/boats"
	first := press(url, "Boats", "Maya Lindqvist: The boat sails.", "Tom Weller: No boat sails.")
	second := press(url, "Boats again", "Maya J. Lindqvist: Two boats sail.", "Ana Duarte: The boat stays.", "Tom Weller: So it does.")
	mirror := first
	mirror.Article.URL, mirror.Article.CanonicalURL = "https://mirror.example.net/boats", "https://mirror.example.net/boats"
	note := press("notes.txt", "Notes", "Tom Weller: My boat.")
	other := press("https://example.org/other", "Other", "Maya Lindqvist: Another boat.")
	put := func(story cache.Story, sh cache.Share) func(context.Context, *Store) error {
		return func(ctx context.Context, s *Store) error { _, err := s.Put(ctx, story, sh); return err }
	}
	forget := func(guild string, story cache.Story) func(context.Context, *Store) error {
		return func(ctx context.Context, s *Store) error {
			err := s.Forget(ctx, guild, cache.StoryID(&story.Article))
			if errors.Is(err, cache.ErrNotFound) {
				return nil // it had got so far
			}
			return err
		}
	}
	for name, test := range map[string]struct {
		before []func(context.Context, *Store) error
		op     func(context.Context, *Store) error
	}{
		"the first story":                {nil, put(first, share("g1", 0))},
		"a file":                         {nil, put(note, share("g1", 0))},
		"another guild's share":          {[]func(context.Context, *Store) error{put(first, share("g1", 0))}, put(first, share("g2", 3))},
		"a new version for two guilds":   {[]func(context.Context, *Store) error{put(first, share("g1", 0)), put(first, share("g2", 1)), put(other, share("g2", 2))}, put(second, share("g1", 3))},
		"the same text by another name":  {[]func(context.Context, *Store) error{put(first, share("g1", 0))}, put(mirror, share("g1", 3))},
		"forgotten by the last":          {[]func(context.Context, *Store) error{put(first, share("g1", 0))}, forget("g1", first)},
		"forgotten while others have it": {[]func(context.Context, *Store) error{put(first, share("g1", 0)), put(first, share("g2", 1))}, forget("g1", first)},
		"a file forgotten":               {[]func(context.Context, *Store) error{put(note, share("g1", 0)), put(other, share("g1", 2))}, forget("g1", note)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			prepare := func(prefix string) {
				s := openStore(t, server.URL(), prefix)
				for _, do := range test.before {
					if err := do(t.Context(), s); err != nil {
						t.Fatal(err)
					}
				}
			}
			clean := t.Name() + " clean:"
			prepare(clean)
			s := openStore(t, server.URL(), clean)
			old := sight(t, s)
			if err := test.op(t.Context(), s); err != nil {
				t.Fatal(err)
			}
			whole, want := sight(t, s), settled(t, clean, server)
			for step := 0; ; step++ {
				prefix := fmt.Sprintf("%s %d:", t.Name(), step)
				prepare(prefix)
				dying := openStore(t, server.URL(), prefix)
				dying.client.AddHook(&mortal{step})
				err := test.op(t.Context(), dying)
				if err == nil {
					if step < 5 {
						t.Fatalf("it took %d commands: nobody died", step)
					}
					return
				}
				if !errors.Is(err, errDead) {
					t.Fatalf("step %d: %v", step, err)
				}
				next := openStore(t, server.URL(), prefix)
				// Guilds may see it one after the other, each of them all of it.
				for i, seen := range guildsOf(sight(t, next)) {
					if seen != guildsOf(old)[i] && seen != guildsOf(whole)[i] {
						t.Errorf("step %d: half of it is seen:\n%s\nbefore:\n%s\nafter:\n%s", step, seen, guildsOf(old)[i], guildsOf(whole)[i])
					}
				}
				if err := next.Mend(t.Context(), "g1"); err != nil {
					t.Fatalf("step %d: Mend: %v", step, err)
				}
				if err := next.Mend(t.Context(), "g2"); err != nil {
					t.Fatalf("step %d: Mend: %v", step, err)
				}
				if seen := sight(t, next); seen != old && seen != whole {
					t.Errorf("step %d: mended to what is neither:\n%s", step, seen)
				}
				if strings.Contains(settled(t, prefix, server), "begun") {
					t.Errorf("step %d: something is left to be done", step)
				}
				if err := test.op(t.Context(), next); err != nil {
					t.Fatalf("step %d: once more: %v", step, err)
				}
				if diff := cmp.Diff(want, settled(t, prefix, server)); diff != "" {
					t.Errorf("step %d: the raw store differs from one in which nobody died (-want +got):\n%s", step, diff)
				}
			}
		})
	}
}

// guildsOf parts what sight tells by guild.
func guildsOf(seen string) []string {
	one, two, _ := strings.Cut(seen, "g2:")
	return []string{one, two}
}

// TestServerKilled kills the server while stories are filed, and starts it again with its files: the store
// recovers by itself, and what was acknowledged is there.
func TestServerKilled(t *testing.T) {
	server := redistest.Start(t)
	s := openStore(t, server.URL(), "")
	story := func(n int) cache.Story {
		return press(fmt.Sprintf("https://example.org/%d", n), fmt.Sprintf("Story %d", n), fmt.Sprintf("Maya Lindqvist: Boat %d.", n))
	}
	var filed []int
	n := 0
	for round := range 3 {
		stop := len(filed) + 5*(round+1)
		for ; len(filed) < stop; n++ {
			if _, err := s.Put(t.Context(), story(n), share("g1", n)); err != nil {
				t.Fatal(err)
			}
			filed = append(filed, n)
		}
		done := make(chan error, 1)
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		go func() { _, err := s.Put(ctx, story(n), share("g1", n)); done <- err }()
		server.Kill()
		switch err := <-done; {
		case err == nil:
			filed = append(filed, n)
		case !errors.Is(err, cache.ErrAway) && !errors.Is(err, context.DeadlineExceeded):
			t.Errorf("while it is down: %v, want ErrAway", err)
		}
		cancel()
		n++
		if _, err := s.Story(t.Context(), "g1", "any"); !errors.Is(err, cache.ErrAway) {
			t.Errorf("read while it is down: %v, want ErrAway", err)
		}
		server.Restart()
		recovered(t, s)
		for _, number := range filed {
			got, err := s.Find(t.Context(), "g1", fmt.Sprintf("https://example.org/%d", number))
			if err != nil || len(got.Quotes) != 1 {
				t.Errorf("story %d was acknowledged: %+v, %v", number, got, err)
			}
		}
	}
	if err := s.Mend(t.Context(), "g1"); err != nil {
		t.Fatal(err)
	}
	stories, _, err := s.Stories(t.Context(), cache.StoryQuery{Guild: "g1"})
	if err != nil || len(stories) < len(filed) {
		t.Errorf("%d stories of %d, %v", len(stories), len(filed), err)
	}
}

// TestFailOver kills the master under a Sentinel: the store goes on with the replica by itself, and what had
// arrived there is there.
func TestFailOver(t *testing.T) {
	w := redistest.StartWatched(t)
	s := openStore(t, w.URL(), "")
	for n := range 5 {
		story := press(fmt.Sprintf("https://example.org/%d", n), fmt.Sprintf("Story %d", n), fmt.Sprintf("Maya Lindqvist: Boat %d.", n))
		if _, err := s.Put(t.Context(), story, share("g1", n)); err != nil {
			t.Fatal(err)
		}
	}
	// Replication lags; a test of ours is not one of Redis's.
	master := w.Master.Client()
	defer master.Close() //nolint:errcheck // of the test
	if n, err := master.Wait(t.Context(), 1, 10*time.Second).Result(); err != nil || n != 1 {
		t.Fatalf("%d replicas have it, %v", n, err)
	}
	w.Master.Kill()
	recovered(t, s)
	stories, _, err := s.Stories(t.Context(), cache.StoryQuery{Guild: "g1"})
	if err != nil || len(stories) != 5 {
		t.Errorf("%d stories, %v", len(stories), err)
	}
	// The old connections may tell of a master that only reads by now.
	for n := 0; ; n++ {
		_, err := s.Put(t.Context(), press("https://example.org/after", "After", "Maya Lindqvist: The boat after."), share("g1", 9))
		if err == nil {
			break
		}
		if !errors.Is(err, cache.ErrAway) && !errors.Is(err, cache.ErrReadOnly) || n > 200 {
			t.Fatalf("filing after the fail-over: %v", err)
		}
		if err := pause(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
}

// recovered waits until a store has found its server again.
func recovered(t *testing.T, s *Store) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	for n := 0; ; n++ {
		_, err := s.Stats(ctx, "g1")
		if err == nil {
			return
		}
		if !errors.Is(err, cache.ErrAway) {
			t.Fatalf("while it comes back: %v", err)
		}
		if err := pause(ctx, n); err != nil {
			t.Fatal("the store does not find its server again")
		}
	}
}

// TestServerFull fills a server to its bound: filing says so and files nothing by halves, reading goes on,
// and room made is room used.
func TestServerFull(t *testing.T) {
	server := redistest.Start(t, "--maxmemory", "4mb", "--maxmemory-policy", "noeviction", "--appendonly", "no")
	s := openStore(t, server.URL(), "")
	story := func(n int) cache.Story {
		return press(fmt.Sprintf("https://example.org/%d", n), fmt.Sprintf("Story %d", n),
			fmt.Sprintf("Maya Lindqvist: Boat %d. %x", n, bytes.Repeat([]byte{byte(n), byte(n >> 8), 7}, 2000)))
	}
	n := 0
	var err error
	for ; err == nil && n < 5000; n++ {
		_, err = s.Put(t.Context(), story(n), share("g1", n))
	}
	if !errors.Is(err, cache.ErrFull) {
		t.Fatalf("after %d stories: %v, want ErrFull", n, err)
	}
	stories, _, err := s.Stories(t.Context(), cache.StoryQuery{Guild: "g1"})
	if err != nil || len(stories) != n-1 {
		t.Fatalf("%d stories, %v; want the %d that were acknowledged", len(stories), err, n-1)
	}
	for _, found := range stories {
		if len(found.Quotes) != 1 {
			t.Errorf("%s has %d quotes", found.Article.Title, len(found.Quotes))
		}
	}
	client := server.Client()
	defer client.Close() //nolint:errcheck // of the test
	bound := func(to string) {
		t.Helper()
		if err := client.ConfigSet(t.Context(), "maxmemory", to).Err(); err != nil {
			t.Fatal(err)
		}
	}
	bound("1mb")
	if err := s.Writable(t.Context()); !errors.Is(err, cache.ErrFull) {
		t.Errorf("Writable: %v, want ErrFull", err)
	}
	bound("0")
	if _, err := s.Put(t.Context(), story(n-1), share("g1", n-1)); err != nil {
		t.Errorf("after room was made: %v", err)
	}
}
