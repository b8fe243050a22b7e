package body

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

func cut(t *testing.T, page string) *Page {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return Cut(doc, Hints{})
}

func TestCut(t *testing.T) {
	p := cut(t, `<body><h1>Title</h1><div>loose <b>words</b><p>a  b<br>c</p>tail</div><ul><li>one</li><li><p>two</p></li></ul>
		<table><tr><td>1</td><th>2</th></tr><tr><td><p>cell</p></td></tr></table><blockquote>said<blockquote class="twitter-tweet"><p>post</p></blockquote></blockquote>
		<p>the <a href="/x">paper<span class="vh"> (opens in a new tab)</span></a> and <a href="/y">what it says</a></p><p>It <span>opens in a new tab</span></p>
		<p>Asked <span class="rollover-person"><a href="/a">Ada Moss</a><span class="rollover-person-block"><a href="/b">The ferry, by Ada Moss</a></span></span>.</p>
		<p><span class="initial-letter">N</span> <span>ow or</span> never</p><p><span class="drop-cap">A</span> new</p><p><span class="drop">The</span> end</p>
		<figure><figcaption>picture</figcaption></figure><script>no</script><p>x<br><br>y</p><p>&#27;[31m&#173;soft</p></body>`)
	type block struct {
		Text string
		Kind Kind
	}
	var got []block
	for _, b := range p.Blocks {
		got = append(got, block{b.Text, b.Kind})
	}
	want := []block{
		{"Title", Heading}, {"loose words", Paragraph}, {"a b\nc", Paragraph}, {"tail", Paragraph}, {"one", Item}, {"two", Item},
		{"1 2", Row}, {"cell", Row}, {"said", Quote}, {"post", Post},
		{"the paper and what it says", Paragraph}, {"It opens in a new tab", Paragraph}, {"Asked Ada Moss.", Paragraph}, {"Now or never", Paragraph}, {"A new", Paragraph}, {"The end", Paragraph}, {"picture", Caption}, {"x", Paragraph}, {"y", Paragraph}, {"[31msoft", Paragraph},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestSplitNames(t *testing.T) {
	got := splitNames(nil, "article__bodyText main-2 a XL")
	if diff := cmp.Diff([]string{"article", "body", "text", "main", "xl"}, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// A forest must learn what no single question answers.
func TestGrow(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	draw := func() ([]float32, float64) {
		a, b := rng.Float32(), rng.Float32()
		label := 0.0
		if (a < 0.5) != (b < 0.5) {
			label = 1
		}
		return []float32{a, b, rng.Float32()}, label
	}
	var samples []sample
	for range 4000 {
		row, label := draw()
		samples = append(samples, sample{row, label, 1})
	}
	f := grow(samples, growth{trees: 60, leaves: 8, rate: 0.2, columns: 1, rows: 0.8, minWeight: 1, ridge: 1, seed: 3})
	wrong := 0
	for range 1000 {
		row, label := draw()
		if (f.predict(row) > 0.5) != (label > 0.5) {
			wrong++
		}
	}
	if wrong > 50 {
		t.Errorf("%d of 1000 wrong", wrong)
	}
}

// What a page's own host has counted must not speak for the page while learning.
func TestWorthLeavesOwnHostOut(t *testing.T) {
	w := &worth{
		word:  map[string]count{"share": {share: 5, hosts: 5}},
		hosts: map[string]*worth{"a.example": {word: map[string]count{"share": {share: 1, hosts: 1}}}},
	}
	if w.wordOdds("share", "") <= 0 {
		t.Error("a word of five hosts says nothing")
	}
	if got := w.wordOdds("share", "a.example"); got != 0 {
		t.Errorf("of four hosts without its own: %v, want 0", got)
	}
}

func TestLabel(t *testing.T) {
	page := `<div class="teaser"><p>The bridge fell on Monday after forty years.</p></div>
		<article><p>The bridge fell on Monday after forty years.</p><p>Nobody was on it when it fell, said the mayor.</p><p>Share</p><h2>Why</h2>
		<p>It was old and rusty and nobody had looked at it for a long while.</p></article><p>Subscribe to our letter for more of the same every day.</p>`
	l := &Lesson{Page: cut(t, page), Gold: "The bridge fell on Monday after forty years.\nNobody was on it when it fell, said the mayor.\nWhy\nIt was old and rusty and nobody had looked at it for a long while."}
	if diff := cmp.Diff([]float64{0, 1, 1, 0, 1, 1, 0}, l.label()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestModelFile(t *testing.T) {
	m := learnt()
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	again, err := ReadModel(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m, again, cmp.AllowUnexported(Model{}, worth{}, count{}, forest{}, node{})); diff != "" {
		t.Errorf("written and read: %s", diff)
	}
	for _, cutAt := range []int{0, 10, b.Len() / 2} {
		if _, err := ReadModel(bytes.NewReader(b.Bytes()[:cutAt])); err == nil {
			t.Errorf("%d bytes of a model were read without an error", cutAt)
		}
	}
}

// The model in the file must have been learnt for the features as they are computed now.
func TestModelFitsFeatures(t *testing.T) {
	m := learnt()
	p := cut(t, "<p>one paragraph</p><p>another</p>")
	rows := p.features(m.words, "")
	context := p.context(rows, []float64{0.5, 0.5})
	for _, part := range []struct {
		name    string
		forest  *forest
		columns int
	}{{"first", m.first, len(rows[0])}, {"second", m.second, len(context[0])}} {
		highest := 0
		for _, tree := range part.forest.trees {
			for _, n := range tree {
				highest = max(highest, int(n.feature))
				if n.feature >= 0 && (int(n.left) >= len(tree) || int(n.right) >= len(tree)) {
					t.Fatal("a branch leads nowhere")
				}
			}
		}
		if highest >= part.columns || highest < part.columns-12 {
			t.Errorf("the %s forest asks for feature %d of %d: learn it anew", part.name, highest, part.columns)
		}
	}
}

// Paragraphs of one make speak for each other, and a page's own name for its parts counts as its classes do.
func TestFamilies(t *testing.T) {
	p := cut(t, `<div class=x data-testid="articleBody"><p class="a md:hidden">one two</p><p class="a md:hidden">three</p><p class="b">four</p></div>`)
	f := p.families()
	if f[0] != f[1] || f[0] == f[2] || f[0].blocks != 2 || f[0].bytes != len("one twothree") {
		t.Errorf("%+v %+v", f[0], f[2])
	}
	f[0].score = 0.25*float64(len("one two")) + 1*float64(len("three"))
	if got := f[0].opinion(len("one two"), 0.25); got != 1 {
		t.Errorf("the other paragraph is thought to be 1, not %v", got)
	}
	if got := f[2].opinion(len("four"), 1); got != -1 {
		t.Errorf("nobody else thinks %v", got)
	}
	if s := p.Blocks[0].node; strings.Join(s.names, " ") != "" || strings.Join(s.parent.names, " ") != "article body" {
		t.Errorf("names %q, %q", s.names, s.parent.names)
	}
}

// A page's title above its text is no part of it; further down it may be.
func TestTitleIsNoText(t *testing.T) {
	doc, err := html.Parse(strings.NewReader("<h1>Ferry leaves later</h1><p>" + strings.Repeat("harbour ", 80) + "</p><h2>Ferry leaves later</h2>"))
	if err != nil {
		t.Fatal(err)
	}
	p := Cut(doc, Hints{Title: "Ferry leaves later!"})
	for i := range p.Blocks {
		p.Blocks[i].Score = 1
	}
	if got := Chosen(p); len(got) != 2 || got[0].Kind != Paragraph {
		t.Errorf("%d blocks, the first %v", len(got), got[0])
	}
}

// The entries of a live blog need not look alike.
func TestLive(t *testing.T) {
	doc, err := html.Parse(strings.NewReader(`<article class="entry"><p>` + strings.Repeat("harbour ", 80) + `</p></article><article class="entry-key"><p>` + strings.Repeat("seal ", 80) + `</p></article>`))
	if err != nil {
		t.Fatal(err)
	}
	for live, want := range map[bool]int{true: 2, false: 1} {
		p := Cut(doc, Hints{Live: live})
		for i := range p.Blocks {
			p.Blocks[i].Score = 1
		}
		if got := len(Chosen(p)); got != want {
			t.Errorf("live %v: %d entries, want %d", live, got, want)
		}
	}
}

// chosen is the text of what is chosen on a page of which every block was judged to be article.
func chosen(t *testing.T, page string) string {
	t.Helper()
	p := cut(t, page)
	for i := range p.Blocks {
		p.Blocks[i].Score = 1
	}
	var text []string
	for _, b := range Chosen(p) {
		text = append(text, b.Text)
	}
	return strings.Join(text, "|")
}

func TestChosen(t *testing.T) {
	long := func(s string) string { return strings.TrimSpace(strings.Repeat(s+" ", 60)) }
	own, other := long("harbour"), long("seal")
	for _, tt := range []struct{ name, page, want string }{
		{"readers' comments", "<p>" + own + `</p><ul class="comments-list"><li><p>I saw it too</p></li></ul>`, own},
		{"comments are open", `<body class="post comments-open"><p>` + own + "</p><p>end</p>", own + "|end"},
		{"a commentary", "<p>" + own + `</p><div class="commentary"><p>what it means</p></div>`, own + "|what it means"},
		{"nothing but comments", `<p>short</p><div id="comments"><p>` + own + "</p></div>", "short|" + own},
		{"the next article", `<article class="main-story"><p>` + own + `</p></article><article class="next-story"><p>` + other + "</p></article>", own},
		{"a short one above", `<article class="alert"><p>a storm comes</p></article><article class="main-story"><p>` + own + `</p></article><article class="next-story"><p>` + other + "</p></article>", "a storm comes|" + own},
		{"entries of a live blog", `<article class="entry"><p>` + own + `</p></article><article class="entry"><p>` + other + "</p></article>", own + "|" + other},
		{"a box within", `<article class="main-story"><p>` + own + `</p><article class="box"><p>inside</p></article></article>`, own + "|inside"},
		{"behind the article", `<article class="main-story"><p>` + own + `</p></article><p>with agencies</p>`, own + "|with agencies"},
		{"a part of a longer text", `<article class="lead"><p>` + own + "</p></article>" + `<article class="part"><p>` + other + "</p></article><p>" + strings.Repeat("x", 5000) + "</p>", own + "|" + other + "|" + strings.Repeat("x", 5000)},
		{"rules and stars", "<p>" + own + "</p><p>___</p><p>★★★</p><p>end</p>", own + "|end"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := chosen(t, tt.page); got != tt.want {
				t.Errorf("%.80q…, %d bytes; want %d", got, len(got), len(tt.want))
			}
		})
	}
}
