package extract_test

import (
	"errors"
	"strings"
	"testing"

	"newsdesk/article"
	"newsdesk/article/extract"
)

// A post is a short article whose author says all of it.
func TestPost(t *testing.T) {
	const thread = `{"thread":{"post":{"uri":"at://did:plc:ab12/app.bsky.feed.post/3lk2abc","author":{"handle":"tarn.example","displayName":"Helena Brandt"},
		"record":{"createdAt":"2026-03-03T09:30:00.123Z","langs":["en"],"text":TEXT EMBED}}}}`
	read := func(text, embed string) (*article.Article, error) {
		body := strings.NewReplacer("TEXT", text, "EMBED", embed).Replace(thread)
		return extract.Page(article.Page{URL: "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?uri=x", ContentType: "application/json", Body: []byte(body)})
	}
	a, err := read(`"The night ferries are back, and nobody will ever have to sleep in a waiting room again, as I said: \"We keep our promises.\"\n\nThank you, Tarnmouth!\n\n"`, "")
	if err != nil {
		t.Fatal(err)
	}
	checkParagraphs(t, a, true)
	if a.Speaker != "Helena Brandt" || a.CanonicalURL != "https://bsky.app/profile/tarn.example/post/3lk2abc" || a.URL != a.CanonicalURL || a.Site != "Bluesky" ||
		a.Published != "2026-03-03T09:30:00Z" || a.Language != "en" || a.Partial != article.Whole || strings.Join(a.Byline, ",") != "Helena Brandt (@tarn.example)" ||
		a.Title != "Helena Brandt: The night ferries are back, and nobody will ever have to sleep in a waiting …" {
		t.Errorf("%+v", a)
	}
	if len(a.Paragraphs) != 2 || a.Paragraphs[1].Kind != article.Post || a.Slice(a.Paragraphs[1].Span) != "Thank you, Tarnmouth!" {
		t.Errorf("%+v", a.Paragraphs)
	}
	const pictures = `,"embed":{"$type":"app.bsky.embed.images"}`
	if a, err := read(`"Look!"`, pictures); err != nil || a.Partial != article.Media {
		t.Errorf("a post with pictures: %v, %+v", err, a)
	}
	if _, err := read(`""`, pictures); !errors.Is(err, extract.ErrPicture) {
		t.Errorf("a post of pictures alone: %v", err)
	}
	if _, err := extract.Page(article.Page{URL: "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?uri=x", Body: []byte(`{"thread":{"notFound":true}}`)}); !errors.Is(err, extract.ErrMissing) {
		t.Errorf("a post that is gone: %v", err)
	}
	if _, err := extract.Page(article.Page{URL: "https://publish.twitter.com/oembed?url=x", Body: []byte(`no JSON`)}); !errors.Is(err, extract.ErrNoArticle) {
		t.Errorf("an answer that makes no sense: %v", err)
	}
}
