//go:build unix

package queuetest

import (
	"context"
	"syscall"
	"testing"

	"newsdesk/queue"
)

// testAsleep: a worker that was stopped for longer than its lease has lost its task, and hears of it when it
// goes on.
func testAsleep(t *testing.T, b *bench) {
	b.add(queue.Task{ID: "a"})
	p := b.start("took a 1")
	if err := p.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	got, release := make(tries, 1), make(chan struct{})
	b.work(b.Queue, 1, func(_ context.Context, try queue.Try) error {
		got <- try
		<-release
		return nil
	})
	if try := <-got; try.N != 2 {
		t.Errorf("got %+v", try)
	}
	if err := p.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	b.expect(p, "ended "+queue.ErrLost.Error())
	close(release)
	b.until(queue.Stats{})
}
