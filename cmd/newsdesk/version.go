package main

import (
	"context"
	"runtime/debug"
)

// versionCommand is `newsdesk version`.
type versionCommand struct{}

// Help is what --help says beside the flags.
func (versionCommand) Help() string { return "For instance:\n\n  newsdesk version" }

func (versionCommand) configFree() {}

func (versionCommand) run(_ context.Context, p *program) error {
	p.screen.line(0, run{text: "newsdesk " + version()})
	return nil
}

// version is what the build knows of itself: the module's version, which go makes of the commit where
// there is no tag, and Go's own.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	if v == "" {
		v = "(devel)"
	}
	return v + " " + info.GoVersion
}
