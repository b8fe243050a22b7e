package quote

// The cases are articles that a person who writes no Go can read, write and correct; how they are
// written stands in testdata/cases/README.md:
//
//	The article, as it would be pasted.
//	----
//	Anna Berg: We will reopen the bridge on Friday.
//	Anna Berg, in part: a disgrace
//	Anna Berg, reported: the bridge was safe
//	nobody: The Long Night
//
// To accept what the engine says now, after a review of the difference:
//
//	go test ./quote -run Cases -accept

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsdesk/article/extract"
)

var accept = flag.Bool("accept", false, "rewrite the lists of testdata/cases with what the engine says now, but for the known faults")

// knownFile lists what the engine gets wrong, a line each with the reason. The case says what is
// right. A line that has come right must leave the file, so that it shrinks.
const knownFile = "testdata/cases/known.txt"

func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases found: %v", err)
	}
	known := readKnown(t)
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(file), "testdata/cases/"), ".txt")
		t.Run(name, func(t *testing.T) { checkCase(t, file, name, known) })
	}
	if *accept {
		known.write(t)
	}
	for _, k := range known {
		if _, ok := lexicons[k.name[:min(2, len(k.name))]]; ok && !k.met && !*accept && !someOnly() {
			t.Errorf("%s: %q names no line of a case", knownFile, k.line)
		}
	}
}

// someOnly reports whether the run was asked for single cases ("-run Cases/en").
func someOnly() bool { return strings.Contains(flag.Lookup("test.run").Value.String(), "/") }

// checkCase compares the list of one case with what the engine says, line by line.
func checkCase(t *testing.T, file, name string, known faults) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text, list, ok := strings.Cut(string(data), rule)
	if !ok {
		t.Fatalf("%s has no line of four dashes under the article", file)
	}
	want := byWords(strings.Split(strings.TrimSpace(list), "\n"))
	got := byWords(found(t, text, filepath.Base(filepath.Dir(file)), strings.Contains(list, reported+": ")))
	order := merged(got.order, want.order)
	for _, words := range order {
		w, g := want.lines[words], got.lines[words]
		fault := known.of(name, words)
		switch {
		case fault == nil && w != g && !*accept:
			t.Errorf("right: %s\n        said:  %s", cmp.Or(w, "(no quotation) "+words), cmp.Or(g, "(not found)"))
		case fault != nil && w == g && !*accept:
			t.Errorf("%q is right now: take it out of %s", words, knownFile)
		case fault != nil && w != g:
			fault.stays = true
			got.lines[words] = w // what is known to be wrong is not accepted
		}
	}
	if *accept {
		writeCase(t, file, text, order, got.lines)
	}
}

func writeCase(t *testing.T, file, text string, order []string, lines map[string]string) {
	t.Helper()
	var b strings.Builder
	b.WriteString(text + rule)
	for _, words := range order {
		if line := lines[words]; line != "" {
			b.WriteString(line + "\n")
		}
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// fault is a line of knownFile, "en/split: That orchard  # why", or a comment there.
type fault struct {
	line, name, words string
	met               bool // a case has such a line
	stays             bool // and the engine gets it wrong
}

type faults []*fault

func readKnown(t *testing.T) faults {
	t.Helper()
	data, err := os.ReadFile(knownFile)
	if err != nil {
		t.Fatal(err)
	}
	var known faults
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		entry, why, _ := strings.Cut(line, " # ")
		name, words, ok := strings.Cut(strings.TrimSpace(entry), ": ")
		f := &fault{line: line, name: name, words: words}
		if f.met = strings.HasPrefix(line, "#") || line == ""; f.met {
			f.stays, f.name = true, ""
		} else if !ok || why == "" {
			t.Errorf("%s: %q is not “case: words # why”", knownFile, line)
		}
		known = append(known, f)
	}
	return known
}

// of returns the fault known of the line with these words, or nil.
func (known faults) of(name, words string) *fault {
	for _, f := range known {
		if f.name == name && strings.HasPrefix(words, f.words) {
			f.met = true
			return f
		}
	}
	return nil
}

// write drops what has come right.
func (known faults) write(t *testing.T) {
	t.Helper()
	var b strings.Builder
	for _, f := range known {
		if f.stays {
			b.WriteString(f.line + "\n")
		}
	}
	if err := os.WriteFile(knownFile, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// found returns the list of an article's quotations.
func found(t *testing.T, text, language string, withReported bool) []string {
	t.Helper()
	if _, ok := lexicons[language]; !ok {
		t.Skipf("no lexicon is registered for %q", language)
	}
	a, err := extract.Text("", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	a.Language = language
	var lines []string
	for _, q := range Find(a) {
		if q.Kind != Indirect || withReported {
			lines = append(lines, caseLine(q))
		}
	}
	return lines
}

// list is the lines of a case by their words; words that occur twice are told apart by a number.
type list struct {
	order []string
	lines map[string]string
}

func byWords(lines []string) list {
	l := list{lines: make(map[string]string, len(lines))}
	for _, line := range lines {
		_, words, ok := strings.Cut(line, ": ")
		if !ok {
			continue
		}
		key := words
		for n := 2; l.lines[key] != ""; n++ {
			key = fmt.Sprintf("%s (%d)", words, n)
		}
		l.lines[key] = line
		l.order = append(l.order, key)
	}
	return l
}

// merged is the keys of both orders, each once: those of the first, with what only the second has
// before the key that follows there.
func merged(first, second []string) []string {
	has := make(map[string]bool, len(first))
	for _, k := range first {
		has[k] = true
	}
	var out []string
	done := make(map[string]bool)
	add := func(k string) {
		if !done[k] {
			done[k] = true
			out = append(out, k)
		}
	}
	next := 0
	for _, k := range first {
		for j := next; j < len(second); j++ {
			if second[j] == k {
				for _, only := range second[next:j] {
					if !has[only] {
						add(only)
					}
				}
				next = j + 1
				break
			}
		}
		add(k)
	}
	for _, k := range second[next:] {
		add(k)
	}
	return out
}
