package main

import (
	"context"
	"runtime"
	"runtime/debug"
)

// versionCommand is `newsdesk version`.
type versionCommand struct{}

// Help is what --help says beside the flags.
func (versionCommand) Help() string { return "For instance:\n\n  newsdesk version" }

func (versionCommand) configFree() {}

func (versionCommand) run(_ context.Context, p *program) error {
	p.screen.line(0, run{text: "newsdesk " + version() + " (" + runtime.Version() + ")"})
	return nil
}

// version is what the build knows of itself: the module's version, or the commit that was built.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "devel " + s.Value[:12]
		}
	}
	return "devel"
}
