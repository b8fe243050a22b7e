//go:build unix

package main

import (
	"bufio"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// newsdesk is a process of its own, in a fresh folder, and what it prints on standard error.
func newsdesk(t *testing.T, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	c := exec.CommandContext(t.Context(), programFile(t), args...)
	c.Dir = t.TempDir()
	c.Env = append(os.Environ(), "HOME="+c.Dir, "XDG_CONFIG_HOME="+c.Dir, "NEWSDESK_STORE_PATH="+filepath.Join(c.Dir, "store.db"))
	var stderr bytes.Buffer
	c.Stderr = &stderr
	return c, &stderr
}

// endsWith waits for c and demands its exit code.
func endsWith(t *testing.T, c *exec.Cmd, want int) {
	t.Helper()
	err := c.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if got := c.ProcessState.ExitCode(); got != want {
		t.Errorf("newsdesk %s ends with %d (%v), want %d", strings.Join(c.Args[1:], " "), got, err, want)
	}
}

// Ctrl-C ends the work, also while it waits for input, and is not taken for a failure of the input.
func TestInterrupt(t *testing.T) {
	c, stderr := newsdesk(t, "quotes", "--batch")
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Write([]byte(`{"id":1,"text":"It rained."}` + "\n")); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n') // it is at work, and waits for the next line
	if err != nil || line != `{"id":1,"quotes":[]}`+"\n" {
		t.Fatalf("answer %q, %v", line, err)
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	endsWith(t, c, exitFailed)
	if got, want := stderr.String(), "newsdesk: Stopped before it was done. Nothing was left half-written.\n"; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
}

// A full disk is told, whoever prints: the screen, JSON, a batch, the help.
func TestOutputThatCannotBeWritten(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no /dev/full here")
	} else if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = full.Close() }()
	for _, args := range [][]string{{"version"}, {"quotes", "--json", "-"}, {"quotes", "--batch"}, {"--help"}, {"quotes", "--help"}} {
		c, stderr := newsdesk(t, args...)
		c.Stdin, c.Stdout = strings.NewReader(`{"text":"It rained."}`+"\n"), full
		if slices.Contains(args, "-") {
			c.Stdin = strings.NewReader("It rained.\n")
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		endsWith(t, c, exitFailed)
		if got, want := stderr.String(), "newsdesk: The output cannot be written: no space left on device."; !strings.HasPrefix(got, want) || strings.Count(got, "\n") != 1 {
			t.Errorf("newsdesk %v says %q, want %q…", args, got, want)
		}
	}
}

// Whoever has read enough goes, and nobody complains.
func TestOutputThatNobodyReads(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	for _, args := range [][]string{{"version"}, {"quotes", "--batch"}, {"--help"}} {
		c, stderr := newsdesk(t, args...)
		c.Stdin, c.Stdout = strings.NewReader("{}\n"), w
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		endsWith(t, c, exitFailed)
		if stderr.Len() > 0 {
			t.Errorf("newsdesk %v says %q of a closed pipe", args, stderr)
		}
	}
}
