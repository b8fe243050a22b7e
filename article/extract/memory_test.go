package extract_test

import (
	"runtime"
	"strconv"
	"strings"
	"testing"

	"newsdesk/article"
	"newsdesk/article/extract"
)

// allocated is how many bytes reading a page takes in all, those included that were given back meanwhile.
func allocated(t *testing.T, doc string) (bytes uint64, a *article.Article) {
	t.Helper()
	p := article.Page{URL: "https://coastline.example/news/ferry", ContentType: "text/html; charset=utf-8", Body: []byte("<!DOCTYPE html><title>Ferry leaves later</title>" + free + doc)}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	a, _ = extract.HTML(p)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc, a
}

// What a page may cost for each of its bytes, and what one that is made to cost more may cost at all.
const (
	bytesAByte   = 20
	bytesAtWorst = 160 << 20
)

// TestMemory counts what is allocated, which does not depend on the machine: at most so many bytes for one of the page's,
// however many elements there are, and however deep they lie.
func TestMemory(t *testing.T) {
	allocated(t, prose(3)) // reads the model, once for all pages
	var long strings.Builder
	for i := range 6_000 { // pages have ten times as much markup and scripts as text; here three times as much
		said := strings.Repeat("The ferry to the outer islands leaves later, said pilot "+strconv.Itoa(i)+". ", 3)
		long.WriteString(`<p class="` + strings.Repeat("text ", 3*len(said)/5) + `">` + said + "</p>")
	}
	for name, doc := range map[string]string{
		"an article":          long.String(),
		"siblings":            strings.Repeat("<p>a</p>", 1_000_000),
		"siblings in a list":  strings.Repeat("<li>", 2_000_000),
		"siblings with words": strings.Repeat("<p class=a>Some words of text here.</p>", 200_000),
		"breaks":              strings.Repeat("a<br>", 1_500_000),
		"cells":               "<table><tr>" + strings.Repeat("<td>a", 1_500_000),
		"links":               strings.Repeat("<a href=x>a</a>", 500_000),
		"levels":              strings.Repeat("<div>", 100_000) + "text",
		"levels and words":    strings.Repeat("<div>some words ", 100_000),
		"attributes":          "<p " + strings.Repeat("a=1 ", 1_000_000) + ">text",
	} {
		if used, _ := allocated(t, doc); used > raced*bytesAByte*uint64(len(doc)) {
			t.Errorf("%s: %d bytes for %d, %.1f for each", name, used, len(doc), float64(used)/float64(len(doc)))
		}
	}
	for _, n := range []int{20_000, 75_000, 200_000} {
		if used, _ := allocated(t, strings.Repeat("<p>a</p>", n)); used > raced*bytesAtWorst {
			t.Errorf("%d tiny elements take %d bytes", n, used)
		}
	}
}

// Of a page with more elements than are read, what was read is no whole article.
func TestTooManyElements(t *testing.T) {
	if _, a := allocated(t, "<article>"+prose(9)+"</article>"+strings.Repeat("<br>", 200_000)+prose(3)); a == nil || a.Partial != article.Cut || strings.Count(a.Text, "\n\n") != 8 {
		t.Errorf("%+v", a)
	}
}
