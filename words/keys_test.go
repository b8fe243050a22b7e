package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// catalogue is all sentences of all files of a language, by key, each in its forms.
func catalogue(t *testing.T, language string) map[string]map[string]string {
	t.Helper()
	all := make(map[string]map[string]string)
	for _, front := range fronts {
		name := front + language + ".yaml"
		data, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var sentences map[string]any
		if err := yaml.Unmarshal(data, &sentences); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for key, sentence := range sentences {
			if _, twice := all[key]; twice {
				t.Errorf("%s: %s stands in two files", name, key)
			}
			all[key] = make(map[string]string)
			forms, several := sentence.(map[string]any)
			if !several {
				forms = map[string]any{"other": sentence}
			}
			for form, text := range forms {
				s, is := text.(string)
				if !is {
					t.Errorf("%s: %s: the form %s is no text", name, key, form)
				}
				all[key][form] = s
			}
		}
	}
	return all
}

// literals returns every string in the module's code (not its tests) and where it stands.
func literals(t *testing.T) map[string]token.Position {
	t.Helper()
	found := make(map[string]token.Position)
	files := token.NewFileSet()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), "testdata") || strings.HasSuffix(d.Name(), "test") || strings.HasPrefix(d.Name(), "_") || len(d.Name()) > 2 && strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil {
					found[s] = files.Position(lit.Pos())
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

var (
	keyShape = regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)+$`)
	part     = regexp.MustCompile(`\{\{\.(\w+)\}\}`)
)

// Every key that the code names has a sentence, and every sentence is said somewhere.
func TestKeysAndSentencesAreInStep(t *testing.T) {
	sentences, named := catalogue(t, "en"), literals(t)
	groups := make(map[string]bool) // "ask", "source": what a key begins with
	for key := range sentences {
		if !keyShape.MatchString(key) {
			t.Errorf("%q is not a key: lower-case words with points between", key)
		}
		group, _, _ := strings.Cut(key, ".")
		groups[group] = true
		// What a front end says in its own terms stands beside what the others say.
		_, ok := named[key]
		_, beside := named[strings.TrimSuffix(key, ".discord")]
		// What a command is called stands beside the name that the code knows it by.
		if _, called := named[strings.TrimPrefix(key, "bot.name.")]; !ok && !beside && !called {
			t.Errorf("%s is said nowhere", key)
		}
	}
	for s, at := range named {
		group, _, _ := strings.Cut(s, ".")
		if !keyShape.MatchString(s) || !groups[group] || isOther(s) {
			continue
		}
		if _, ok := sentences[s]; !ok {
			t.Errorf("%s: there is no sentence for %s", at, s)
		}
	}
}

// isOther knows what looks like a key of a sentence and is none: a key of config.yaml or of a store, a file's name.
func isOther(s string) bool {
	switch s {
	case "store.path", "redis.url", "digest.max_lateness", "feed.state":
		return true
	}
	return strings.HasSuffix(s, ".yaml") || strings.HasSuffix(s, ".txt") ||
		strings.HasSuffix(s, ".html") || strings.HasSuffix(s, ".png")
}
