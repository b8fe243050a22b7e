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

// catalogue is all sentences of all files of a language, by key.
func catalogue(t *testing.T) map[string]any {
	t.Helper()
	all := make(map[string]any)
	for _, name := range catalogues {
		data, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var sentences map[string]any
		if err := yaml.Unmarshal(data, &sentences); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for key, s := range sentences {
			if _, twice := all[key]; twice {
				t.Errorf("%s: %s stands in two files", name, key)
			}
			all[key] = s
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
		case d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), "_") || len(d.Name()) > 2 && strings.HasPrefix(d.Name(), ".")):
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
	sentences, named := catalogue(t), literals(t)
	groups := make(map[string]bool) // "ask", "source": what a key begins with
	for key := range sentences {
		if !keyShape.MatchString(key) {
			t.Errorf("%q is not a key: lower-case words with points between", key)
		}
		group, _, _ := strings.Cut(key, ".")
		groups[group] = true
		// What a front end says in its own terms stands beside what the others say.
		_, ok := named[key]
		if _, beside := named[strings.TrimSuffix(key, ".discord")]; !ok && !beside {
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

// Every sentence says what it should with its parts, in each of its forms.
func TestSentencesFillIn(t *testing.T) {
	for key, sentence := range catalogue(t) {
		forms, ok := sentence.(map[string]any)
		if !ok {
			forms = map[string]any{"other": sentence}
		}
		if _, ok := forms["other"]; !ok {
			t.Errorf("%s has no form for numbers in general", key)
		}
		for _, count := range []int{1, 2} {
			for form, text := range forms {
				if _, ok := text.(string); !ok {
					t.Errorf("%s: the form %s is no text", key, form)
					continue
				}
				var parts []any
				for _, m := range part.FindAllStringSubmatch(text.(string), -1) {
					if m[1] != "Count" {
						parts = append(parts, m[1], "PART")
					}
				}
				if len(forms) > 1 {
					parts = append(parts, "Count", count)
				}
				if said := For("en").Say(key, parts...); said == key || strings.Contains(said, "no value") {
					t.Errorf("%s with %v: %q", key, parts, said)
				}
			}
		}
	}
}
