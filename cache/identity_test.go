package cache

import (
	"regexp"
	"testing"

	"newsdesk/article"
)

func TestStoryID(t *testing.T) {
	web := &article.Article{URL: "https://example.org/a?x=1", CanonicalURL: "https://example.org/a", Title: "A", Text: "Alpha."}
	// The ID is on disks and in links: it must never come out otherwise.
	const want = "4ynw5t3kzgpactutdf4bethi"
	if got := StoryID(web); got != want {
		t.Errorf("StoryID = %q, want %q", got, want)
	}
	if id := StoryID(web); !regexp.MustCompile(`^[a-z2-7]{24}$`).MatchString(id) {
		t.Errorf("StoryID = %q, want 24 letters and digits", id)
	}
	file := &article.Article{URL: "notes.txt", CanonicalURL: "notes.txt", Title: "Notes", Text: "Alpha."}
	pasted := &article.Article{Text: "Alpha."}
	with := func(a article.Article, change func(*article.Article)) *article.Article { change(&a); return &a }
	for _, test := range []struct {
		name string
		a, b *article.Article
		same bool
	}{
		{"web, text changed", web, with(*web, func(a *article.Article) { a.Text, a.Title = "Beta.", "B" }), true},
		{"web, read from elsewhere", web, with(*web, func(a *article.Article) { a.URL = "https://amp.example.org/a" }), true},
		{"web, other canonical", web, with(*web, func(a *article.Article) { a.CanonicalURL += "b" }), false},
		{"web without canonical", web, with(*web, func(a *article.Article) { a.URL, a.CanonicalURL = a.CanonicalURL, "" }), true},
		{"file, edited", file, with(*file, func(a *article.Article) { a.Text = "Beta." }), true},
		{"file, other title", file, with(*file, func(a *article.Article) { a.Title = "Other" }), false},
		{"file, other name", file, with(*file, func(a *article.Article) { a.CanonicalURL = "more.txt" }), false},
		{"file and web of one name", file, with(*file, func(a *article.Article) { a.CanonicalURL = "https://notes.txt" }), false},
		{"pasted twice", pasted, with(*pasted, func(a *article.Article) { a.Title = "T" }), true},
		{"pasted, other text", pasted, with(*pasted, func(a *article.Article) { a.Text = "Beta." }), false},
		{"parts do not run together", with(*file, func(a *article.Article) { a.CanonicalURL, a.Title = "ab", "c" }),
			with(*file, func(a *article.Article) { a.CanonicalURL, a.Title = "a", "bc" }), false},
	} {
		if same := StoryID(test.a) == StoryID(test.b); same != test.same {
			t.Errorf("%s: same story %v, want %v", test.name, same, test.same)
		}
	}
}

func TestOwner(t *testing.T) {
	for name, want := range map[string]string{"https://example.org/a": "", "http://example.org/a": "", "notes.txt": "g1", "": "g1",
		"httpdocs.txt": "g1", "javascript:alert(1)": "g1"} {
		if got := Owner(&article.Article{CanonicalURL: name}, "g1"); got != want {
			t.Errorf("Owner of %q = %q, want %q", name, got, want)
		}
	}
}
