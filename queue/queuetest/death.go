package queuetest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"newsdesk/queue"
)

// child is the variable that makes a test binary the worker of the queue that it names.
const child = "NEWSDESK_TEST_QUEUE_CHILD"

// Main runs the tests, or the worker that they kill.
func Main(m *testing.M, d Driver) {
	if address := os.Getenv(child); address != "" {
		fmt.Fprintln(os.Stderr, workForever(d, address))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// workForever takes a task, says so and never ends it, unless its context ends: then it says why.
func workForever(d Driver, address string) error {
	q, shut, err := d.Open(address)
	if err != nil {
		return err
	}
	defer shut()
	return q.Work(context.Background(), 1, func(ctx context.Context, try queue.Try) error {
		fmt.Println("took", try.ID, try.N)
		<-ctx.Done()
		fmt.Println("ended", context.Cause(ctx))
		return ctx.Err()
	})
}

// process is a worker of its own.
type process struct {
	*exec.Cmd
	lines *bufio.Scanner
	out   io.Closer
}

// start starts a worker that takes one task, and waits until it has.
func (b *bench) start(want string) *process {
	b.Helper()
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	p := &process{Cmd: exec.CommandContext(b.Context(), self)}
	p.Env = append(os.Environ(), child+"="+b.address)
	p.Stderr = os.Stderr
	out, err := p.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	p.lines, p.out = bufio.NewScanner(out), out
	if err := p.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = p.Process.Kill(); _ = p.Wait() })
	b.expect(p, want)
	return p
}

// expect waits for what a worker says next.
func (b *bench) expect(p *process, want string) {
	b.Helper()
	if !p.lines.Scan() || p.lines.Text() != want {
		b.Fatalf("the worker says %q, want %q", p.lines.Text(), want)
	}
}

// testKilled: what a worker had in hand that is killed goes to another; what kills every worker does not go on for
// ever.
func testKilled(t *testing.T, b *bench) {
	b.add(queue.Task{ID: "deadly", Payload: []byte("p")})
	for n := 1; n <= queue.Tries; n++ {
		p := b.start(fmt.Sprint("took deadly ", n))
		if err := p.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = p.Wait() // killed
	}
	got := make(tries, 1)
	b.work(b.Queue, 1, got.do)
	b.until(queue.Stats{GivenUp: 1})
	if len(got) > 0 {
		t.Errorf("tried once more: %+v", <-got)
	}
}

// testForget: what a guild had is gone to the last byte, and so is the payload of what is done.
func testForget(t *testing.T, b *bench) {
	got := make(tries, 1)
	stop := b.work(b.Queue, 1, got.do)
	b.add(queue.Task{ID: "done", Guild: "g3", Payload: []byte("payload-of-the-done")})
	<-got
	b.until(queue.Stats{})
	stop()
	for _, guild := range []string{"g1", "g2"} {
		b.add(queue.Task{ID: "waits-" + guild, Guild: guild, Payload: []byte("payload-" + guild)})
	}
	if err := b.Forget(t.Context(), "g1"); err != nil {
		t.Fatal(err)
	}
	raw := string(b.d.Raw(t, b.address))
	for _, gone := range []string{"waits-g1", "payload-g1", "payload-of-the-done"} {
		if strings.Contains(raw, gone) {
			t.Errorf("%s is still there", gone)
		}
	}
	if !strings.Contains(raw, "waits-g2") {
		t.Error("the task of another guild is gone, or the raw bytes are not all there")
	}
	b.until(queue.Stats{Waiting: 1})
}
