package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"newsdesk/cache/redis/redistest"
	"newsdesk/summarize/llmtest"
)

var update = flag.Bool("update", false, "rewrite what the stories and README show with what newsdesk prints now")

func TestMain(m *testing.M) {
	if os.Getenv(asNewsdesk) != "" {
		main()
	}
	code := m.Run()
	if built.dir != "" {
		_ = os.RemoveAll(built.dir)
	}
	os.Exit(code)
}

// asNewsdesk is set for processes of this test that are to be newsdesk itself, under the race detector where the test is.
const asNewsdesk = "NEWSDESK_TEST_IS_NEWSDESK"

// built is newsdesk as `make build` makes it, in a folder of its own, once there is a test that wants it. Nearly
// all do: under the race detector a process takes ten times as long.
var built struct {
	once sync.Once
	dir  string
	err  error
}

// programFile is newsdesk as people run it.
func programFile(t testing.TB) string {
	t.Helper()
	built.once.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "newsdesk"); built.err != nil { //nolint:usetesting // for all tests
			return
		}
		build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", filepath.Join(built.dir, "newsdesk"), ".") //nolint:noctx // for all tests
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if said, err := build.CombinedOutput(); err != nil {
			built.err = fmt.Errorf("%w: %s", err, said)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return filepath.Join(built.dir, "newsdesk")
}

// TestScripts plays the stories in testdata/script, each a terminal session of its own: a fresh folder,
// fresh data and configuration folders, no variables of this machine. $EXAMPLE is the example article,
// $SITE a web server on this machine with the story's files.
func TestScripts(t *testing.T) {
	program := programFile(t)
	example, err := filepath.Abs(filepath.Join("..", "..", "examples", "harbour-ferries.txt"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			site := httptest.NewServer(http.FileServer(http.Dir(e.WorkDir)))
			e.Defer(site.Close)
			e.Setenv("HOME", filepath.Join(e.WorkDir, "home"))
			e.Setenv("XDG_DATA_HOME", filepath.Join(e.WorkDir, "data"))
			e.Setenv("XDG_CONFIG_HOME", filepath.Join(e.WorkDir, "home", ".config"))
			e.Setenv("PATH", filepath.Dir(program)+string(filepath.ListSeparator)+e.Getenv("PATH"))
			e.Setenv("EXAMPLE", example)
			e.Setenv("SITE", site.URL)
			e.Values[redisKey{}] = new([]*redistest.Server)
			return nil
		},
		Condition: func(name string) (bool, error) {
			switch name {
			case "root":
				return os.Geteuid() == 0, nil // may write whatever the permissions say
			case "redis":
				_, err := exec.LookPath("redis-server")
				return err == nil || os.Getenv(redistest.Required) == "required", nil
			}
			return false, fmt.Errorf("unknown condition %s", name)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"newsdesk": runNewsdesk,
			"code":     code,
			"pretty":   pretty,
			"fill":     fill,
			"lock":     lock,
			"damage":   damage,
			"redis":    func(ts *testscript.TestScript, neg bool, args []string) { startRedis(t, ts, neg, args) },
			"model":    func(ts *testscript.TestScript, neg bool, args []string) { model(t, ts, neg, args) },
		},
	})
}

// newsdesk ARGS… runs it; ! demands that it fails.
func runNewsdesk(ts *testscript.TestScript, neg bool, args []string) {
	if err := ts.Exec("newsdesk", args...); (err != nil) != neg {
		ts.Fatalf("newsdesk %s ends with %v", strings.Join(args, " "), err)
	}
}

// damage FILE cuts a store in the middle, as a disk that lost its end.
func damage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: damage FILE")
	}
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), info.Size()/2))
}

// code N ARGS… runs newsdesk with ARGS, demands that it ends with N, and that an error is one line.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: code N [ARGS...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec("newsdesk", args[1:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("newsdesk %s ends with %d, want %d", strings.Join(args[1:], " "), got, want)
	}
	if text := ts.ReadFile("stderr"); want != exitDone && (strings.Count(text, "\n") != 1 || !strings.HasPrefix(text, "newsdesk: ")) {
		ts.Fatalf("the error is not one line: %q", text)
	}
}

// longFraction is a number of which a story should not depend on the last digits.
var longFraction = regexp.MustCompile(`"(confidence|score)":( ?)(0\.[0-9]+)`)

// pretty FILE indents the JSON that a command just printed and puts it into FILE, to be compared; the
// lines of a batch stay lines. Of confidences and scores it keeps one digit.
func pretty(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: pretty FILE")
	}
	printed := []byte(ts.ReadFile("stdout"))
	if bytes.Count(printed, []byte("\n")) == 1 {
		var indented bytes.Buffer
		if err := json.Indent(&indented, printed, "", "  "); err != nil {
			ts.Fatalf("standard output is no JSON: %v", err)
		}
		printed = indented.Bytes()
	}
	printed = longFraction.ReplaceAllFunc(printed, func(field []byte) []byte {
		parts := longFraction.FindSubmatch(field)
		value, err := strconv.ParseFloat(string(parts[3]), 64)
		ts.Check(err)
		return fmt.Appendf(nil, "%q:%s%.1f", parts[1], parts[2], value)
	})
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), printed, 0o600))
}

// model KIND starts a model's server and points newsdesk at it: one that "writes" what the example
// article bears out, one that "lies" about it, one that wants another "key", one with an "odd" wish, one that is "full" at any length, one that is "down", and one that is down with a "fallback" that is not.
func model(t *testing.T, ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: model KIND")
	}
	replies := map[string]llmtest.Reply{
		"writes": llmtest.Say(`{"headline":"Council votes to bring back night ferries","points":[
			{"text":"The council of Tarnmouth voted on Monday night to bring back the night ferries.","sentences":[2]},
			{"text":"The plan passed by 14 votes to 9 after four hours of debate.","sentences":[3]}]}`),
		"translates": llmtest.Say(`{"headline":"","points":[
			{"text":"The plan passed by 14 votes to 9 after four hours of debate.","sentences":[3],"translation":"Der Plan wurde mit 14 zu 9 Stimmen angenommen."}],
			"quotes":[{"sentence":5,"translation":"Niemand sollte in einem Wartesaal schlafen müssen."},{"sentence":6,"translation":"Niemand sollte in einem Wartesaal schlafen müssen."},{"sentence":7,"translation":"Niemand sollte in einem Wartesaal schlafen müssen."}]}`),
		"lies": llmtest.Say(`{"headline":"Ferries sink","points":[
			{"text":"All 212 ferries sank near Lisbon in 1987.","sentences":[1]},
			{"text":"Brandt said: “I never liked boats.”","sentences":[2]}]}`),
		"key":  llmtest.BadKey("another"),
		"odd":  llmtest.Fail(http.StatusBadRequest, "invalid_request_error", "", "Temperature must be 1 for sk-very-secret."),
		"full": llmtest.TooLong(),
		"down": llmtest.Page(http.StatusBadGateway),
	}
	if args[0] == "fallback" {
		ts.Setenv("NEWSDESK_LLM_BASE_URL", llmtest.New(t, replies["down"]).URL)
		ts.Setenv("NEWSDESK_LLM_FALLBACK", "spare@"+llmtest.New(t, replies["writes"]).URL)
		return
	}
	reply, ok := replies[args[0]]
	if !ok {
		ts.Fatalf("model knows no %s", args[0])
	}
	ts.Setenv("NEWSDESK_LLM_BASE_URL", llmtest.New(t, reply).URL)
}

// redis [ARGS…] starts a Redis with ARGS, and names it in REDIS_URL. "redis kill" kills it.
func startRedis(t *testing.T, ts *testscript.TestScript, neg bool, args []string) {
	started, ok := ts.Value(redisKey{}).(*[]*redistest.Server)
	if neg || !ok {
		ts.Fatalf("usage: redis [kill | ARGS...]")
	}
	if len(args) == 1 && args[0] == "kill" {
		for _, server := range *started {
			server.Kill()
		}
		return
	}
	server := redistest.Start(t, args...)
	*started = append(*started, server)
	ts.Setenv("REDIS_URL", server.URL())
	ts.Setenv("REDIS", server.Addr)
}

// redisKey is where a story keeps the Redis that it started.
type redisKey struct{}

// fill FILE KIND makes a file that would make no sense in a script: "binary" rubbish, text that is
// "not-utf8", "windows-1252", one of "50MB", a "hostile" article; or a "long-line" of a batch between two good ones.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: fill FILE KIND")
	}
	var content []byte
	switch args[1] {
	case "binary":
		for i := range 4096 {
			content = append(content, byte(i*7), byte(i>>3), 0)
		}
	case "not-utf8":
		content = []byte("Caf\x81 owners met on Monday. They said \x8d nothing \x8f.\n")
	case "windows-1252":
		content = []byte("Caf\xe9 owners met on Monday. They said \x93nothing\x94.\n")
	case "hostile":
		content = []byte("“We are \x1b[31mred\x1b[0m and open,\a” said Ada \x1b]0;owned\aLund. " + strings.Repeat("It rained on the quay. ", 20) + "\n")
	case "50MB":
		content = bytes.Repeat([]byte("All work and no play. "), 50<<20/22)
	case "long-line":
		good := `{"id":1,"text":"“We are open,” said Ada Lund."}` + "\n"
		content = []byte(good + `{"id":"the long one","text":"` + strings.Repeat("x", maxLine) + `"}` + "\n" + good)
	default:
		ts.Fatalf("fill knows no %s", args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), content, 0o600))
}
