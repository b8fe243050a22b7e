package main

import (
	"strings"
	"testing"

	"newsdesk/article"
)

func TestOwnExample(t *testing.T) {
	e, err := ownExample("“No,” said Ann Berg. She called “Bells” her book. “Yes,” she said.\n----\nAnn Berg\tAnn Berg\tNo,\nnobody\t-\tBells\nAnn Berg\tshe\tYes,\n")
	if err != nil {
		t.Fatal(err)
	}
	said := func(s article.Span) string { return e.Article.Slice(s) }
	if len(e.Marked) != 3 {
		t.Fatalf("%d stretches, want 3", len(e.Marked))
	}
	if q := e.Marked[0]; said(q.Span) != "No," || said(q.Name) != "Ann Berg" || said(q.Sources[0]) != "Ann Berg" {
		t.Errorf("the first stretch: %+v", q)
	}
	if q := e.Marked[1]; said(q.Span) != "Bells" || len(q.Sources) != 0 || q.Name.End != 0 {
		t.Errorf("what nobody said has a speaker: %+v", q)
	}
	if q := e.Marked[2]; said(q.Sources[0]) != "she" || q.Sources[0].Start < q.End {
		t.Errorf("%q is not the nearest \"she\": %+v", said(q.Sources[0]), q)
	}
}

func TestOwnExampleRefuses(t *testing.T) {
	for _, file := range []string{
		"no list",
		"“No,” said Ann Berg.\n----\nAnn Berg: No,\n",
		"“No,” said Ann Berg.\n----\nAnn Berg\tAnn Berg\tMaybe\n",
	} {
		if _, err := ownExample(file); err == nil {
			t.Errorf("%q was taken", file)
		}
	}
}

// Every article of our own writing says who said what in words that stand in it.
func TestOwnArticles(t *testing.T) {
	examples, err := readOwn()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		if lang := e.id[len("own:") : len("own:")+2]; e.Article.Language != lang {
			t.Errorf("%s is read as %q", e.id, e.Article.Language)
		}
		for _, q := range e.Marked {
			if len(q.Sources) > 0 && q.Name.End == 0 {
				t.Errorf("%s: %q has a speaker without a name in the article", e.id, e.Article.Slice(q.Span))
			}
		}
	}
}

func TestAttributed(t *testing.T) {
	q, err := attributed(strings.Fields("10 20 - - 3 8"))
	if err != nil || q.Start != 10 || q.End != 20 || len(q.Sources) != 0 || q.Name != (article.Span{Start: 3, End: 8}) {
		t.Errorf("%+v, %v", q, err)
	}
	for _, line := range []string{"10", "10 20 30", "a 20"} {
		if _, err := attributed(strings.Fields(line)); err == nil {
			t.Errorf("%q was taken", line)
		}
	}
}

func TestDivideKeepsPublishersWhole(t *testing.T) {
	var examples []example
	for _, p := range []string{"a", "b", "a", "c", "b", "d", "a"} {
		examples = append(examples, example{publisher: p})
	}
	of := map[string]int{}
	for i, part := range divide(examples, 3) {
		p := examples[i].publisher
		if known, ok := of[p]; ok && known != part {
			t.Errorf("publisher %s is in two parts", p)
		}
		if of[p] = part; part < 0 || part > 2 {
			t.Errorf("part %d of 3", part)
		}
	}
}
