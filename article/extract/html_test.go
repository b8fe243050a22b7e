package extract_test

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	xunicode "golang.org/x/text/encoding/unicode"

	"newsdesk/article"
	"newsdesk/article/extract"
)

// TestHTMLCases reads testdata/html: beside each page a .want file shows the article in it.
func TestHTMLCases(t *testing.T) {
	files, err := filepath.Glob("testdata/html/*.html")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases found", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			a, err := extract.HTML(article.Page{URL: "https://coastline.example/news/" + filepath.Base(file), Body: body})
			if err != nil {
				t.Fatal(err)
			}
			checkParagraphs(t, a, true)
			compare(t, file+".want", describe(a))
		})
	}
}

func TestHTMLRefusals(t *testing.T) {
	for _, tt := range []struct {
		name string
		page article.Page
		want error
	}{
		{"empty", article.Page{}, extract.ErrNoArticle},
		{"no text", article.Page{Body: []byte("<html><body><script>x</script></body></html>")}, extract.ErrNoArticle},
		{"navigation only", article.Page{Body: []byte("<html><body>" + strings.Repeat("<a href=/x>More news</a> ", 300) + "</body></html>")}, extract.ErrNoArticle},
		{"a list of teasers", article.Page{URL: "https://coastline.example/", Body: []byte("<html><head><title>The Coastline</title></head><body><main>" +
			strings.Repeat(`<div class="card"><h3><a href=/x>Ferry prices rise</a></h3><p class="teaser"><a href=/x>Tickets cost more from May.</a></p></div>`, 30) + "</main></body></html>")}, extract.ErrNoArticle},
		{"too large", article.Page{Body: bytes.Repeat([]byte("<p>a"), extract.MaxSize/4+1)}, extract.ErrTooLarge},
		{"damaged PDF", article.Page{Body: []byte("%PDF-1.7\n1 0 obj")}, extract.ErrUnsupported},
		{"locked PDF", article.Page{Body: []byte("%PDF-1.7\n1 0 obj <</Type/Page>> endobj trailer <</Encrypt 2 0 R>>")}, extract.ErrLocked},
		{"scanned PDF", article.Page{Body: []byte("%PDF-1.7\n1 0 obj <</Type/Page/Contents 2 0 R>> endobj 2 0 obj <<>> stream\nBI ID x EI \nendstream endobj")}, extract.ErrScanned},
		{"JSON", article.Page{ContentType: "application/json", Body: []byte(" {\"error\": \"no such page\"}\n")}, extract.ErrUnsupported},
		{"declared a picture", article.Page{ContentType: "image/webp", Body: []byte("\x01\x02")}, extract.ErrUnsupported},
		{"binary", article.Page{Body: []byte("\x7fELF\x00\x00\x01")}, extract.ErrNotText},
		{"binary called HTML", article.Page{ContentType: "text/html", Body: []byte("\x00\x01\x02\x03")}, extract.ErrNoArticle},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if a, err := extract.Page(tt.page); !errors.Is(err, tt.want) {
				t.Errorf("%v, %v, want %v", a, err, tt.want)
			}
		})
	}
}

// story is a page's body in a given script, long enough to be an article.
func story(paragraph string) string {
	return "<article><h1>Title</h1>" + strings.Repeat("<p>"+paragraph+"</p>", 1) + "<p>" + strings.Repeat(paragraph+" ", 3) + "</p></article></body></html>"
}

func TestCharacterSets(t *testing.T) {
	const (
		russian = "Рабочие порта в понедельник вернулись к работе, завершив забастовку, из-за которой сорок судов ждали у берега. «Никто не выиграл всего», сказала глава профсоюза."
		nihongo = "港湾労働者は月曜日に仕事に戻り、四十隻の船を沖で待たせたストライキを終えた。「誰も全てを得たわけではない」と組合の代表は述べた。"
		chinese = "码头工人星期一重返工作岗位，结束了让四十艘船在海上等待的罢工。“没有人赢得一切，”工会领导人对人群说。"
		taiwan  = "碼頭工人星期一重返工作崗位，結束了讓四十艘船在海上等待的罷工。「沒有人贏得一切，」工會領導人對人群說。"
		hangul  = "부두 노동자들은 월요일에 일터로 돌아가 마흔 척의 배를 바다에서 기다리게 한 파업을 끝냈다. \"아무도 모든 것을 얻지는 못했다\"고 노조 대표는 말했다."
		french  = "Les dockers ont repris le travail lundi, mettant fin à une grève qui avait fait attendre quarante navires. « Personne n’a tout gagné », a déclaré la cheffe du syndicat."
	)
	for _, tt := range []struct {
		name, header, meta, text string
		encoding                 encoding.Encoding
	}{
		{"windows-1251 declared in the page", "", `<meta charset="windows-1251">`, russian, charmap.Windows1251},
		{"koi8-r declared by the server", "text/html; charset=koi8-r", "", strings.NewReplacer("«", "", "»", "").Replace(russian), charmap.KOI8R},
		{"koi8-r declared in the page", "", `<meta charset="koi8-r">`, strings.NewReplacer("«", "", "»", "").Replace(russian), charmap.KOI8R},
		{"koi8-r undeclared", "", "", strings.NewReplacer("«", "", "»", "").Replace(russian), charmap.KOI8R},
		{"Shift_JIS", "", `<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">`, nihongo, japanese.ShiftJIS},
		{"EUC-JP", "text/html; charset=euc-jp", "", nihongo, japanese.EUCJP},
		{"GB18030", "", `<meta charset="gb18030">`, chinese, simplifiedchinese.GB18030},
		{"windows-1252 undeclared", "", "", french, charmap.Windows1252},
		{"windows-1251 undeclared", "", "", russian, charmap.Windows1251},
		{"UTF-16 with a mark", "", "", french, xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM)},
		{"Shift_JIS undeclared", "", "", nihongo, japanese.ShiftJIS},
		{"EUC-JP undeclared", "text/html", "", nihongo, japanese.EUCJP},
		{"ISO-2022-JP undeclared", "text/html", "", nihongo, japanese.ISO2022JP},
		{"GB18030 undeclared", "text/html", "", chinese, simplifiedchinese.GB18030},
		{"Big5 undeclared", "text/html", "", taiwan, traditionalchinese.Big5},
		{"EUC-KR undeclared", "text/html", "", hangul, korean.EUCKR},
		{"UTF-16LE declared by the server, without a mark", "text/html; charset=utf-16le", "", nihongo, xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM)},
		{"UTF-16BE declared by the server, without a mark", "text/html; charset=UTF-16BE", "", russian, xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM)},
		{"UTF-16, big end first, without a mark", "text/html; charset=utf-16", "", french, xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM)},
		{"UTF-16 undeclared, without a mark", "", "", chinese, xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM)},
		{"windows-1251 called Shift_JIS in the page", "", `<meta charset="shift_jis">`, russian, charmap.Windows1251},
		{"UTF-8 called windows-1253 in the page", "", `<meta charset="windows-1253">`, russian, encoding.Nop},
		{"UTF-8 called UTF-16", "text/html; charset=utf-16", "", russian, encoding.Nop},
		{"UTF-8 undeclared", "", "", russian, encoding.Nop},
	} {
		t.Run(tt.name, func(t *testing.T) {
			raw, err := tt.encoding.NewEncoder().String("<!DOCTYPE html><html><head>" + tt.meta + "<title>Title</title></head><body>" + story(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			a, err := extract.Page(article.Page{ContentType: tt.header, Body: []byte(raw)})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(a.Text, tt.text) {
				t.Errorf("text is %q", a.Text)
			}
		})
	}
}

// What ends where it begins in XHTML does not take the rest of the page with it.
func TestXHTML(t *testing.T) {
	const text = "The ferry to the outer islands leaves an hour later from Monday, because the tide has moved the sandbank again."
	doc := `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Title</title><script type="text/javascript" src="a.js?a=1&amp;b='2'"/><style title='a "b"' /></head>
<body><a id="top"/><iframe src="/frame"/><textarea/><br/><img src="a.jpg" alt="a > b"/>` + strings.TrimSuffix(story(text), "</body></html>") + "</body></html>"
	for name, page := range map[string]article.Page{
		"declared":   {ContentType: "application/xhtml+xml", Body: []byte(doc)},
		"a file":     {URL: "page.xhtml", Body: []byte(doc)},
		"undeclared": {Body: []byte(doc)},
	} {
		a, err := extract.Page(page)
		if err != nil || !strings.HasPrefix(a.Text, text) || a.Title != "Title" {
			t.Errorf("%s: %v, %+v", name, err, a)
		}
	}
}

func TestPlainTextOfAPage(t *testing.T) {
	raw, err := charmap.Windows1252.NewEncoder().String("Le café ferme\n\nLe propriétaire l’a annoncé lundi à ses clients, qui ne s’y attendaient pas.")
	if err != nil {
		t.Fatal(err)
	}
	page := article.Page{URL: "https://coastline.example/cafe.txt?utm_source=x", ContentType: "text/plain; charset=windows-1252", Body: []byte(raw)}
	a, err := extract.Page(page)
	if err != nil {
		t.Fatal(err)
	}
	if a.Title != "Le café ferme" || a.CanonicalURL != "https://coastline.example/cafe.txt" {
		t.Errorf("title %q, canonical %q", a.Title, a.CanonicalURL)
	}
	page.ContentType = "text/plain"
	if a, err := extract.Page(page); err != nil || a.Title != "Le café ferme" {
		t.Errorf("undeclared: %v, %v", a, err)
	}
	page.Body = []byte{'a', 0x81, 0x82, 'b', 0xff, 0xfe, 0x8d}
	if _, err := extract.Page(page); !errors.Is(err, extract.ErrNotText) {
		t.Errorf("bytes that are no text: %v, want ErrNotText", err)
	}
}

// A page that was UTF-8, was read as Windows-1252 and stored as UTF-8 again.
func TestGarbledPage(t *testing.T) {
	const text = "The baker’s café – “the last one”, he said – stays open: a naïve plan, says Ruth Adeyemi, and 日本 is far away."
	var once string
	for _, b := range []byte(text) {
		r := charmap.Windows1252.DecodeByte(b)
		if r == utf8.RuneError {
			r = rune(b) // as browsers read the bytes that the encoding leaves open
		}
		once += string(r)
	}
	a, err := extract.Page(article.Page{ContentType: "text/html; charset=utf-8", Body: []byte("<!DOCTYPE html><html><body>" + story(once))})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(a.Text, text) {
		t.Errorf("text is %q", a.Text)
	}
}

// FuzzCharsets: whatever bytes come under whatever name, what is read is UTF-8.
func FuzzCharsets(f *testing.F) {
	f.Add([]byte("<p>caf\xe9"), "text/html; charset=windows-1252")
	f.Add([]byte("\xff\xfe<\x00p\x00>\x00"), "text/html")
	f.Add([]byte("itâ€™s cafÃ© Â â€œ"), "text/plain")
	f.Add([]byte("\x82\xa0\x82"), "text/html; charset=shift_jis")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		a, err := extract.Page(article.Page{URL: "https://coastline.example/a", ContentType: contentType, Body: body})
		if err != nil {
			return
		}
		if !utf8.ValidString(a.Text) || !utf8.ValidString(a.Title) {
			t.Errorf("not UTF-8: %q, title %q", a.Text, a.Title)
		}
		checkParagraphs(t, a, false)
	})
}

// Documents made to hurt: each must come to an end in bounded time and memory.
func TestHTMLHostile(t *testing.T) {
	for name, doc := range map[string]string{
		"deep":          strings.Repeat("<div>", 100_000) + "text",
		"deep inline":   strings.Repeat("<b>", 100_000) + "text",
		"deep font":     strings.Repeat("<font><p>", 50_000) + "text",
		"siblings":      strings.Repeat("<p>a</p>", 1_000_000),
		"same siblings": strings.Repeat("<p class=a>Some words of text here.</p>", 200_000),
		"attribute":     `<p class="` + strings.Repeat("a ", 3<<20) + `">text</p>`,
		"breaks":        strings.Repeat("a<br>", 1_000_000),
		"unclosed":      strings.Repeat("<a href=x><table><td>", 100_000),
		"JSON-LD":       `<script type="application/ld+json">` + strings.Repeat("[", 1_000_000) + `</script>`,
		"JSON-LD deep":  `<script type="application/ld+json">` + strings.Repeat(`{"@graph":[`, 5_000) + strings.Repeat(`]}`, 5_000) + `</script>`,
		"JSON":          `<script type="application/json">{"a":[` + strings.Repeat(`"<p>a</p><p>b</p>",`, 200_000) + `""]}</script>`,
		"JSON handed":   `<script>` + strings.Repeat(`a = {"a":["</p></p>", `, 100_000) + `</script>`,
		"JSON deep":     `<script type="application/json">` + strings.Repeat(`{"a":[`, 4_000) + strings.Repeat(`]}`, 4_000) + `</script>`,
		"JSON lists":    free + `<script type="application/json">` + strings.Repeat(`[{"text":"`+strings.Repeat("The ferry is late. ", 4)+`"},`, 4_000) + `0` + strings.Repeat(`]`, 4_000) + `</script>`,
		"React":         free + `<script>self.__next_f.push([1,"` + strings.Repeat(`1:T3,abc2:[\"$\",\"p\",null,{\"children\":\"a\"}]\n`, 50_000) + `"])</script>`,
		"React broken":  free + `<script>self.__next_f.push([1,"` + strings.Repeat(`1:Tffff,`, 100_000) + `"])</script>`,
		"React many":    free + strings.Repeat(`<script>self.__next_f.push([1,"1:T"])</script>`, 50_000),
		"pictures":      `<meta property="og:image" content="/picture.jpg">` + strings.Repeat(`<img src="/picture.jpg" alt="a b">`, 100_000),
		"dates":         strings.Repeat("<h1>a</h1><p>May 3, 2024 May 3, 2024</p>", 100_000),
		"garbled":       strings.Repeat("â€™ÃƒÂ¢", 300_000),
		"entities":      strings.Repeat("&amp;", 1_000_000),
		"comments":      strings.Repeat("<!-- -->", 800_000),
		"titles":        strings.Repeat("<h1>a b c d e f g h</h1>", 200_000),
		"controls":      "<p>" + strings.Repeat("\x1b[31m\x00\u202e", 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			if a, err := extract.HTML(article.Page{URL: "https://coastline.example/a", Body: []byte("<!DOCTYPE html><title>A</title>" + doc)}); err == nil {
				checkParagraphs(t, a, true)
			}
		})
	}
}

func FuzzHTML(f *testing.F) {
	files, _ := filepath.Glob("testdata/html/*.html")
	for _, file := range files {
		if body, err := os.ReadFile(file); err == nil {
			f.Add(body, "text/html")
		}
	}
	f.Add([]byte("<p>\xff\xfe<table><td>a<br><br>b"), "text/html; charset=utf-16")
	f.Add([]byte(`<script type="application/ld+json">{"@type":["NewsArticle"],"author":[{"name":["A"]}],"image":{"url":1}}</script><p>text`), "")
	f.Add([]byte(free+`<script>self.__next_f.push([1,"1:T7,<p>a</p>2:[\"$\",\"p\",null,{\"children\":\"The ferry is late.\"}]\n"])</script>`), "")
	f.Add([]byte(free+`<script type="application/json">[{"type":"p","children":[{"text":"The ferry to the outer islands is late today."}]}]</script>`), "")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		a, err := extract.HTML(article.Page{URL: "https://coastline.example/a", ContentType: contentType, Body: body})
		if err != nil {
			return
		}
		checkParagraphs(t, a, true)
	})
}

func BenchmarkHTML(b *testing.B) {
	body, err := os.ReadFile("testdata/html/news.html")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := extract.HTML(article.Page{URL: "https://coastline.example/news/a", Body: body}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkHTMLLength reads pages of one, two and four megabytes and reports how much longer a byte of the longest takes than one
// of the shortest: 1 where time grows with length alone.
func BenchmarkHTMLLength(b *testing.B) {
	perByte := func(megabytes int) float64 {
		var doc strings.Builder
		doc.WriteString("<!DOCTYPE html><title>Ferry leaves later</title>" + free + "<article>")
		for i := 0; doc.Len() < megabytes<<20; i++ {
			doc.WriteString(`<p class="text">` + strings.Repeat("The ferry to the outer islands leaves later, said pilot "+strconv.Itoa(i)+". ", 4) + `</p><a href="/a">See more</a>`)
		}
		page := article.Page{URL: "https://coastline.example/a", Body: []byte(doc.String())}
		least := time.Duration(math.MaxInt64)
		for range 3 { // what else runs on the machine makes it longer and never shorter
			began := time.Now()
			if _, err := extract.HTML(page); err != nil {
				b.Fatal(err)
			}
			least = min(least, time.Since(began))
		}
		return float64(least) / float64(doc.Len())
	}
	for b.Loop() {
		one, two, four := perByte(1), perByte(2), perByte(4)
		b.ReportMetric(two/one, "2MB/1MB")
		b.ReportMetric(four/one, "4MB/1MB")
	}
	b.ReportMetric(0, "ns/op")
}
