//go:build unix

package main

import (
	"os"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// SQLite's locks on a database file (https://www.sqlite.org/fileformat2.html#the_lock_byte_page) are
// advisory locks on these bytes.
const (
	lockBytes    = 0x40000000
	lockBytesLen = 512
)

// lock FILE keeps a store locked until the story ends, as another process that is using it would.
func lock(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: lock FILE")
	}
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR, 0)
	ts.Check(err)
	ts.Defer(func() { _ = f.Close() })
	ts.Check(syscall.FcntlFlock(f.Fd(), syscall.F_SETLK, &syscall.Flock_t{
		Type: syscall.F_WRLCK, Start: lockBytes, Len: lockBytesLen,
	}))
}
