package quote_test

// The cases are articles that a person who writes no Go can read, write and correct: see
// testdata/cases/README.md. Each is a plain-text file testdata/cases/LANGUAGE/NAME.txt:
//
//	The article, as it would be pasted.
//	----
//	Anna Berg: We will reopen the bridge on Friday.
//	Anna Berg, in part: a disgrace
//	Anna Berg, reported: the bridge was safe
//	nobody, in part: The Long Night
//
// Under the line of dashes stands every quotation in the order of the text: who said it, how ("in
// part" within the author's sentence, "reported" without marks, else a sentence or more), and the
// words. Reported statements are compared where the list has one.
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
	"newsdesk/quote"
)

var accept = flag.Bool("accept", false, "rewrite the lists of testdata/cases with what the engine says now, but for the known faults")

// rule is the line between an article and its list.
const rule = "\n----\n"

// known are the lines that the engine gets wrong, with what it would take to get them right. The file
// says what is right. A line that comes right must leave this list, so that it only ever shrinks.
var known = []struct{ file, words, why string }{}

func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases found: %v", err)
	}
	used := make([]bool, len(known))
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(file), "testdata/cases/"), ".txt")
		t.Run(name, func(t *testing.T) { checkCase(t, file, name, used) })
	}
	for i, k := range known {
		if !used[i] && !*accept {
			t.Errorf("the known fault %s: %q names no line of that case, or one that was not run", k.file, k.words)
		}
	}
}

// checkCase compares the list of one file with what the engine says, line by line.
func checkCase(t *testing.T, file, name string, used []bool) {
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
	for _, key := range merged(got.order, want.order) {
		w, g := want.lines[key], got.lines[key]
		fault := knownFault(name, key, used)
		switch {
		case fault == nil && w != g && !*accept:
			t.Errorf("right: %s\n        said:  %s", cmp.Or(w, "(no quotation) "+key), cmp.Or(g, "(not found)"))
		case fault != nil && w == g:
			t.Errorf("%q is right now: take it off the list of known faults (%s)", key, *fault)
		case fault != nil:
			got.lines[key] = w // what is known to be wrong is not accepted
		}
	}
	if *accept {
		writeCase(t, file, text, merged(got.order, want.order), got.lines)
	}
}

// knownFault returns why the line with these words is known to be wrong, or nil.
func knownFault(name, words string, used []bool) *string {
	for i := range known {
		if k := &known[i]; k.file == name && strings.HasPrefix(words, k.words) {
			used[i] = true
			return &k.why
		}
	}
	return nil
}

func writeCase(t *testing.T, file, text string, order []string, lines map[string]string) {
	t.Helper()
	var b strings.Builder
	b.WriteString(text + rule)
	for _, key := range order {
		if line := lines[key]; line != "" {
			b.WriteString(line + "\n")
		}
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The words of a list for how a statement is reported.
const (
	inPart   = ", in part"
	reported = ", reported"
	nobody   = "nobody"
)

// found returns the list of an article's quotations.
func found(t *testing.T, text, language string, withReported bool) []string {
	t.Helper()
	a, err := extract.Text("", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	a.Language = language
	var lines []string
	for _, q := range quote.Find(a) {
		how := ""
		switch q.Kind {
		case quote.Mixed:
			how = inPart
		case quote.Indirect:
			if !withReported {
				continue
			}
			how = reported
		}
		lines = append(lines, fmt.Sprintf("%s%s: %s", cmp.Or(q.Speaker, nobody), how, strings.Join(strings.Fields(q.Text), " ")))
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
