//go:build !unix

package main

import "github.com/rogpeppe/go-internal/testscript"

func lock(ts *testscript.TestScript, _ bool, _ []string) { ts.Fatalf("lock needs Unix") }
