package bot

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/article"
	"newsdesk/article/extract"
	"newsdesk/bot/discordtest"
	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/digest"
	"newsdesk/quote"
	"newsdesk/summarize"
	"newsdesk/summarize/extractive"
	"newsdesk/words"
)

// script writes made-up news in one script.
type script struct {
	language             string
	syllables            []string
	headline, body, said string // with places for what is different in each event
	open, shut, end      string
}

var scripts = map[string]script{
	"latin": {
		"en", strings.Fields("Ka Lo Mi Ru Te Sa Vo Ne Pi Du"), "Council of %s decides about the %s",
		"After four hours of debate the council of %s decided on Monday night what becomes of the %s, and when the work begins",
		"Nobody in %s should have to wait another winter for the %s that was promised to all of us", "“", "”", ".",
	},
	"arabic": {
		"ar", strings.Fields("كا لو مي رو تي سا فو ني بي دو"), "مجلس %s يقرر بشأن %s",
		"بعد أربع ساعات من النقاش قرر مجلس %s مساء الاثنين ما سيحدث بشأن %s ومتى يبدأ العمل",
		"لا ينبغي لأحد في %s أن ينتظر شتاء آخر من أجل %s التي وعدنا بها الجميع منذ سنوات", "«", "»", ".",
	},
	"cjk": {
		"zh", strings.Fields("卡 洛 米 鲁 特 萨 沃 内 皮 杜"), "%s市议会就%s作出决定",
		"经过四个小时的辩论%s市议会于周一晚间决定了%s的未来以及工程何时开始并公布了预算",
		"%s的任何人都不应该为了我们所有人都得到承诺的%s再等一个冬天", "「", "」", "。",
	},
}

// name is the n-th name of a kind, which no other has.
func (s script) name(kind string, n int) string {
	name := ""
	for _, digit := range fmt.Sprintf("%04d%d", n*7919%10000, len(kind)) {
		name += strings.ToLower(s.syllables[digit-'0'])
	}
	if s.language == "en" {
		name = strings.ToUpper(name[:1]) + name[1:]
	}
	return name
}

// item is an article about the n-th event in an outlet, shared by so many people, or brought by a feed.
func (s script) item(n, outlet, people int) digest.Item {
	town, thing := s.name("town", n), s.name("building", n)
	address := fmt.Sprintf("https://www.outlet-%d.example/news/2026/11/26/%06d-what-the-council-decided-about-it?edition=%d", outlet, n, n)
	a := article.Article{Title: fmt.Sprintf(s.headline, town, thing), Language: s.language, Site: fmt.Sprint("Outlet ", outlet), CanonicalURL: address}
	var found []quote.Quote
	paragraph := func(text, speaker string) {
		begin := len(a.Text)
		a.Text += text + "\n\n"
		a.Paragraphs = append(a.Paragraphs, article.Paragraph{Span: article.Span{Start: begin, End: begin + len(text)}, Kind: article.Text})
		if speaker == "" {
			return
		}
		start, end := begin+strings.Index(text, s.open)+len(s.open), begin+strings.Index(text, s.shut)
		found = append(found, quote.Quote{
			Text: a.Text[start:end], Span: article.Span{Start: start, End: end}, Kind: quote.Direct, Speaker: speaker, Confidence: 0.95,
			Paragraph: len(a.Paragraphs) - 1, Cue: []string{"said", "rejected"}[len(found)%2],
		})
	}
	point := fmt.Sprintf(s.body, town, thing) + s.end
	paragraph(point, "")
	var others []string
	for i := range 15 {
		others = append(others, s.name(strings.Repeat("x", i%10), n+1000*i))
	}
	paragraph(strings.Join(others, " ")+s.end, "")
	for i := range 2 {
		speaker := s.name("given", n+i) + " " + s.name("family", n+i)
		paragraph(s.open+strings.Repeat(fmt.Sprintf(s.said, town, thing)+s.end+" ", 1+i)+s.shut+" — "+speaker+s.end, speaker)
	}
	at := time.Unix(1.8e9, 0).Add(time.Duration(n) * time.Minute)
	item := digest.Item{Story: cache.Story{ID: fmt.Sprintf("%022d%d", n, outlet), Article: a, Quotes: found, FiledAt: at,
		Summary: summarize.Summary{Method: summarize.Extractive, Points: []summarize.Point{{Text: point, Sources: []article.Span{a.Paragraphs[0].Span}}}}}}
	if people == 0 {
		item.Shares = []cache.Share{{By: cache.ByFeed("f"), At: at}}
	}
	for i := range people {
		id := fmt.Sprint(1234567890123456789 + i)
		item.Shares = append(item.Shares, cache.Share{By: id, At: at, Where: "1234567890123456789/1234567890123456789/" + id})
	}
	return item
}

// editionsOf are the digests of so many articles of a script, in each length.
func editionsOf(s script, n int) (all []edition) {
	var items []digest.Item
	for i := range n {
		event, outlet := i, 1
		if n > digest.Most { // each is told twice
			event, outlet = i/2, i%2
		}
		items = append(items, s.item(event, outlet, event%6))
	}
	since := time.Unix(1.8e9, 0)
	news := digest.Of(items, digest.Period{Since: since, Until: since.Add(24 * time.Hour)})
	for _, length := range lengths {
		all = append(all, edition{Digest: news, guild: "1234567890123456789", length: length, missed: 2, due: since, below: &discordgo.Button{Label: "Send it to me", CustomID: "digest:subscribe"}})
	}
	return all
}

// A digest is one message that Discord takes, with every story in it, whatever is in it and in whatever script.
func TestDigestFitsDiscord(t *testing.T) {
	n := open(t, discordtest.Config{NoRateLimits: true}, desk.Limits{})
	w := words.For("en")
	for name, s := range scripts {
		for _, articles := range []int{0, 1, 8, 500} {
			for _, e := range editionsOf(s, articles) {
				at := fmt.Sprintf("%s, %d articles, %s", name, articles, e.length)
				m, err := digestMessage(e, w)
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range problems(m) {
					t.Errorf("%s: %s", at, p)
				}
				if err := n.bot.post(context.Background(), reply{ID: fmt.Sprint(len(n.Messages(n.general))), Token: "is no reply", Channel: n.general.ID}, m); err != nil {
					t.Errorf("%s: Discord refuses it: %v", at, err)
				}
				said := strings.NewReplacer("\u2068", "", "\u2069", "").Replace(markdown(t, m)) // what isolates is not seen
				if want := min(articles, digest.Most); len(e.Stories) != want || strings.Count(said, "\n### ") != want {
					t.Errorf("%s: %d stories: %s", at, len(e.Stories), said)
				}
				for _, story := range e.Stories {
					if !strings.Contains(said, clip(story.Headline, headlineText)) {
						t.Errorf("%s: no %q in %s", at, story.Headline, said)
					}
					if m := digestStory(&story, true, w); len(problems(m)) > 0 {
						t.Errorf("%s: one story: %v", at, problems(m))
					}
				}
			}
		}
	}
}

var inQuotationMarks = regexp.MustCompile(`(?m)^> “(.*)”(?: …)?$`)

// What stands in quotation marks in a digest is a stretch of an article, byte for byte, and what is said of a story is
// said by its summary, which was checked.
func TestDigestQuotesAreTheArticles(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "digest", "testdata", "held", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no articles", err)
	}
	var items []digest.Item
	var whole strings.Builder
	for i, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		a, err := extract.Text(filepath.Base(file), data)
		if err != nil {
			t.Fatal(err)
		}
		quotes := quote.Find(a)
		items = append(items, digest.Item{
			Story:  cache.Story{ID: filepath.Base(file), Article: *a, Quotes: quotes, Summary: extractive.Summarize(a, quotes, extractive.Options{})},
			Shares: []cache.Share{{By: fmt.Sprint(i)}},
		})
		whole.WriteString(a.Text + "\n")
	}
	news := digest.Of(items, digest.Period{Since: time.Unix(0, 0), Until: time.Unix(9e9, 0)})
	w, quoted := words.For("en"), 0
	for _, length := range lengths {
		m, err := digestMessage(edition{Digest: news, length: length}, w)
		if err != nil {
			t.Fatal(err)
		}
		said := markdown(t, m)
		for _, found := range inQuotationMarks.FindAllStringSubmatch(said, -1) {
			quoted++
			if text := shown(found[1]); !strings.Contains(whole.String(), text) {
				t.Errorf("no article says %q", text)
			}
		}
		for _, s := range news.Stories {
			if stretch, _ := cut(words.Line(s.Sentence.Text), 60, asItIs); !strings.Contains(shown(said), stretch) ||
				!slices.ContainsFunc(s.Items[0].Story.Summary.Points, func(p summarize.Point) bool { return p.Text == s.Sentence.Text }) {
				t.Errorf("%q is not said so: %s", s.Sentence.Text, said)
			}
		}
	}
	if quoted < digest.Most {
		t.Errorf("%d quotations in all", quoted)
	}
}
