//go:build !unix

package queuetest

import "testing"

func testAsleep(t *testing.T, _ *bench) { t.Skip("needs a process that can be stopped") }
