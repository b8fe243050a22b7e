package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "newsdesk"

// knows says which rooms a room may import besides its own; ARCHITECTURE.md draws it. Each room stands
// after those that it knows, so arrows point one way and there is no circle.
var knows = []struct {
	room string
	of   []string
}{
	{"words", nil},
	{"config", nil},
	{"meter", nil},
	{"article", nil},
	{"quote", []string{"article"}},
	{"summarize", []string{"article", "quote"}},
	{"cache", []string{"article", "quote", "summarize"}},
	{"queue", []string{"cache"}},
	{"digest", []string{"article", "quote", "summarize", "cache"}},
	{"desk", []string{"words", "article", "quote", "summarize", "cache", "queue", "digest"}},
	{"bot", []string{"words", "article", "quote", "summarize", "cache", "queue", "digest", "desk"}},
	{"eval", nil},
	{"cmd", []string{"words", "config", "meter", "article", "quote", "summarize", "cache", "queue", "digest", "desk", "bot"}},
}

// onlyBelow are libraries that one room hides from all others.
var onlyBelow = map[string][]string{
	"github.com/bwmarrin/discordgo":     {"bot"},
	"github.com/sashabaranov/go-openai": {"summarize/llm"},
	"github.com/redis/go-redis":         {"cache/redis", "queue/redis"},
	"github.com/hibiken/asynq":          {"queue/redis"},
	"modernc.org/sqlite":                {"cache/embedded"},
	"github.com/VictoriaMetrics":        {"meter"},
	"github.com/mmcdole/gofeed":         {"article/feed"},
	"github.com/alecthomas/kong":        {"cmd"},
}

// noRooms are names that say nothing of what is inside.
var noRooms = []string{"util", "utils", "common", "models", "helper", "helpers", "misc", "shared", "base", "lib", "manager"}

// sourceFile is a Go file of the module and what it imports.
type sourceFile struct {
	folder  string // from the module's root, with slashes
	name    string
	imports []string
}

func sourceFiles(t *testing.T) []sourceFile {
	t.Helper()
	root := filepath.Join("..", "..")
	var files []sourceFile
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if file != root && (strings.ContainsAny(entry.Name()[:1], "._") || entry.Name() == "testdata") {
				return fs.SkipDir
			}
			if _, err := os.Stat(filepath.Join(file, "go.mod")); err == nil && file != root {
				return fs.SkipDir // a module of its own, which the program does not hold
			}
			return nil
		}
		if !strings.HasSuffix(file, ".go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(file))
		if err != nil {
			return err
		}
		f := sourceFile{folder: filepath.ToSlash(folder), name: entry.Name()}
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			f.imports = append(f.imports, imported)
		}
		files = append(files, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 20 {
		t.Fatalf("found only %d Go files below %s", len(files), root)
	}
	return files
}

func below(folder string, roots []string) bool {
	return slices.ContainsFunc(roots, func(root string) bool {
		return folder == root || strings.HasPrefix(folder, root+"/")
	})
}

func TestArrowsPointOneWay(t *testing.T) {
	of := map[string][]string{}
	var before []string
	for _, k := range knows {
		for _, known := range k.of {
			if !slices.Contains(before, known) {
				t.Errorf("the table lets %s know %s, which stands after it", k.room, known)
			}
		}
		before = append(before, k.room)
		of[k.room] = k.of
	}
	for _, f := range sourceFiles(t) {
		room, _, _ := strings.Cut(f.folder, "/")
		known, ok := of[room]
		if !ok {
			t.Errorf("%s/%s stands in no room of the house; draw it here and in ARCHITECTURE.md", f.folder, f.name)
			continue
		}
		for _, imported := range f.imports {
			rest, own := strings.CutPrefix(imported, module+"/")
			target, _, _ := strings.Cut(rest, "/")
			if own && target != room && !slices.Contains(known, target) {
				t.Errorf("%s/%s imports %s; %s knows only %v", f.folder, f.name, imported, room, known)
			}
		}
	}
}

func TestLibrariesStayInTheirRooms(t *testing.T) {
	for _, f := range sourceFiles(t) {
		for _, imported := range f.imports {
			for library, rooms := range onlyBelow {
				if below(imported, []string{library}) && !below(f.folder, rooms) {
					t.Errorf("%s/%s imports %s, which only %v may", f.folder, f.name, imported, rooms)
				}
			}
		}
	}
}

func TestRoomsHaveNamesThatSaySomething(t *testing.T) {
	for _, f := range sourceFiles(t) {
		if slices.Contains(noRooms, path.Base(f.folder)) {
			t.Errorf("%s: a folder's name says what it gives, not %q", f.folder, path.Base(f.folder))
		}
	}
}

// Every room of the table is there, and ARCHITECTURE.md describes it.
func TestArchitectureDescribesEveryRoom(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range knows {
		if _, err := os.Stat(filepath.Join("..", "..", k.room)); err != nil {
			t.Errorf("room %s: %v", k.room, err)
		}
		if !strings.Contains(string(text), "`"+k.room) {
			t.Errorf("ARCHITECTURE.md does not describe %s", k.room)
		}
	}
}
