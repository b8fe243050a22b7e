package post

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"newsdesk/article"
)

func TestInstead(t *testing.T) {
	for link, want := range map[string]string{
		"https://x.com/harbour_tarn/status/1790000000000000001?s=20": "https://publish.twitter.com/oembed?dnt=true&omit_script=true&url=https%3A%2F%2Ftwitter.com%2Fharbour_tarn%2Fstatus%2F1790000000000000001",
		"https://mobile.twitter.com/i/web/status/17/photo/1":         "https://publish.twitter.com/oembed?dnt=true&omit_script=true&url=https%3A%2F%2Ftwitter.com%2Fi%2Fweb%2Fstatus%2F17",
		"https://bsky.app/profile/tarn.example/post/3lk2abc":         "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?depth=0&parentHeight=0&uri=at%3A%2F%2Ftarn.example%2Fapp.bsky.feed.post%2F3lk2abc",
		"https://bsky.app/profile/did:plc:ab12/post/3lk2abc/":        "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?depth=0&parentHeight=0&uri=at%3A%2F%2Fdid%3Aplc%3Aab12%2Fapp.bsky.feed.post%2F3lk2abc",
		"https://t.me/tarnmouth/42":                                  "https://t.me/tarnmouth/42?embed=1&mode=tme",
		"https://t.me/s/tarnmouth/42?single":                         "https://t.me/tarnmouth/42?embed=1&mode=tme",
		"https://youtu.be/abcdefghijk?t=5":                           "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dabcdefghijk",
		"https://m.youtube.com/watch?v=abcdefghijk&list=x":           "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dabcdefghijk",
		"https://www.youtube.com/shorts/abcdefghijk":                 "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dabcdefghijk",
		"https://x.com/harbour_tarn":                                 "",
		"https://x.com.example/a/status/1":                           "",
		"https://notx.com/a/status/1":                                "",
		"https://t.me/s/tarnmouth":                                   "",
		"https://t.me/tarnmouth/42?embed=1&mode=tme":                 "", // what it is asked for already
		"https://www.youtube.com/watch":                              "",
		"https://www.youtube.com/@tarn":                              "",
		"https://bsky.app/profile/tarn.example":                      "",
		"https://example.org/a/status/1":                             "",
	} {
		u, err := url.Parse(link)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if to := Instead(u); to != nil {
			got = to.String()
		}
		if got != want {
			t.Errorf("%s is asked for at %q, want %q", link, got, want)
		}
	}
}

// Answers in the shapes that the services give, with words of our own.
const (
	tweet = `{"url":"https:\/\/twitter.com\/harbour_tarn\/status\/1790000000000000001","author_name":"Helena Brandt ⚓️🇸🇪","author_url":"https:\/\/twitter.com\/harbour_tarn",
"html":"\u003Cblockquote class=\"twitter-tweet\" data-dnt=\"true\"\u003E\u003Cp lang=\"en\" dir=\"ltr\"\u003EThe night ferries are back. We &quot;promised&quot; it &amp; kept it.\u003Cbr\u003E\u003Cbr\u003EThank you, \u003Ca href=\"https:\/\/twitter.com\/hashtag\/Tarnmouth?src=hash\"\u003E#Tarnmouth\u003C\/a\u003E! \u003Ca href=\"https:\/\/t.co\/abc\"\u003Epic.twitter.com\/abc\u003C\/a\u003E\u003C\/p\u003E&mdash; Helena Brandt (@harbour_tarn) \u003Ca href=\"https:\/\/twitter.com\/harbour_tarn\/status\/1790000000000000001?ref_src=twsrc\"\u003EMarch 3, 2026\u003C\/a\u003E\u003C\/blockquote\u003E\n\n",
"width":550,"height":null,"type":"rich","cache_age":"3153600000","provider_name":"Twitter","provider_url":"https:\/\/twitter.com","version":"1.0"}`

	skeet = `{"thread":{"$type":"app.bsky.feed.defs#threadViewPost","post":{"uri":"at://did:plc:ab12/app.bsky.feed.post/3lk2abc","cid":"b","author":{"did":"did:plc:ab12","handle":"tarn.example","displayName":"Helena Brandt"},
"record":{"$type":"app.bsky.feed.post","createdAt":"2026-03-03T09:30:00.123Z","langs":["en-GB"],"text":"The night ferries are back.\n\nThank you, Tarnmouth!","embed":{"$type":"app.bsky.embed.images","images":[]}},"replyCount":2}}}`

	toot = `{"id":"113","created_at":"2026-03-03T09:30:00.000Z","spoiler_text":"","visibility":"public","language":"en","uri":"HOST/users/helena/statuses/113","url":"HOST/@helena/113",
"content":"<p>The night ferries are back.<br />Thank you, <a href=\"HOST/tags/tarn\" class=\"mention hashtag\">#<span>tarn</span></a>!</p><p>More: <a href=\"https://tarn.example/boats/night\"><span class=\"invisible\">https://</span><span class=\"ellipsis\">tarn.example/boats</span><span class=\"invisible\">/night</span></a></p>",
"account":{"id":"1","username":"helena","acct":"helena","display_name":"Helena Brandt :anchor:"},"media_attachments":[]}`

	telegramPost = `<!DOCTYPE html><html><body><div class="tgme_widget_message_wrap"><div class="tgme_widget_message js-widget_message" data-post="tarnmouth/42">
<div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name" href="https://t.me/tarnmouth"><span dir="auto">Harbour of Tarnmouth</span></a></div>
<a class="tgme_widget_message_reply" href="x"><div class="tgme_widget_message_text js-message_reply_text" dir="auto">What it replies to</div></a>
<a class="tgme_widget_message_photo_wrap" href="x"></a>
<div class="tgme_widget_message_text js-message_text" dir="auto">The night ferries <b>are</b> back.<br/><br/>Thank you, <a href="x">#Tarnmouth</a>!</div>
<div class="tgme_widget_message_info"><a class="tgme_widget_message_date" href="https://t.me/tarnmouth/42"><time datetime="2026-03-03T09:30:00+00:00" class="datetime">Mar 3</time></a></div></div></div></body></html>`

	film = `{"title":"The night ferries are back","author_name":"Harbour of Tarnmouth","author_url":"https://www.youtube.com/@tarn","type":"video","height":113,"width":200,"version":"1.0","provider_name":"YouTube","provider_url":"https://www.youtube.com/","html":"<iframe></iframe>"}`
)

func TestRead(t *testing.T) {
	const words = "The night ferries are back."
	for name, tt := range map[string]struct {
		at, body string
		want     Post
	}{
		"X": {"https://publish.twitter.com/oembed?url=x", tweet, Post{
			Text: words + ` We "promised" it & kept it.` + "\n\nThank you, #Tarnmouth!", Author: "Helena Brandt", Handle: "harbour_tarn", Site: "X", URL: "https://x.com/harbour_tarn/status/1790000000000000001",
			Published: "2026-03-03", Language: "en", Media: true}},
		"Bluesky": {"https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?uri=x", skeet, Post{
			Text: words + "\n\nThank you, Tarnmouth!", Author: "Helena Brandt", Handle: "tarn.example", Site: "Bluesky", URL: "https://bsky.app/profile/tarn.example/post/3lk2abc",
			Published: "2026-03-03T09:30:00Z", Language: "en", Media: true}},
		"Mastodon": {"https://tarn.example/api/v1/statuses/113", strings.ReplaceAll(toot, "HOST", "https://tarn.example"), Post{
			Text: words + "\nThank you, #tarn!\n\nMore: https://tarn.example/boats/night", Author: "Helena Brandt", Handle: "helena@tarn.example", Site: "tarn.example", URL: "https://tarn.example/@helena/113",
			Published: "2026-03-03T09:30:00Z", Language: "en"}},
		"Mastodon that names another host": {"https://tarn.example/api/v1/statuses/113", strings.ReplaceAll(toot, "HOST", "https://elsewhere.example"), Post{
			Text: words + "\nThank you, #tarn!\n\nMore: https://tarn.example/boats/night", Author: "Helena Brandt", Handle: "helena@tarn.example", Site: "tarn.example", URL: "https://tarn.example/@helena/113",
			Published: "2026-03-03T09:30:00Z", Language: "en"}},
		"Telegram": {"https://t.me/tarnmouth/42?embed=1&mode=tme", telegramPost, Post{
			Text: words + "\n\nThank you, #Tarnmouth!", Author: "Harbour of Tarnmouth", Handle: "tarnmouth", Site: "Telegram", URL: "https://t.me/tarnmouth/42",
			Published: "2026-03-03T09:30:00Z", Media: true}},
		"YouTube": {"https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dabcdefghijk", film, Post{
			Text: "The night ferries are back", Author: "Harbour of Tarnmouth", Handle: "tarn", Site: "YouTube", URL: "https://www.youtube.com/watch?v=abcdefghijk", Media: true}},
	} {
		if got, is, err := Read(article.Page{URL: tt.at, Body: []byte(tt.body)}); !is || err != nil || got != tt.want {
			t.Errorf("%s: %v %v\n got %+v\nwant %+v", name, is, err, got, tt.want)
		}
	}
}

// What is not the service's own answer is no post, whatever it says of itself.
func TestNoPosts(t *testing.T) {
	for name, tt := range map[string]struct{ at, body string }{
		"another's oEmbed":         {"https://evil.example/oembed?url=x", tweet},
		"another's thread":         {"https://evil.example/xrpc/app.bsky.feed.getPostThread", skeet},
		"another's widget":         {"https://evil.example/tarnmouth/42?embed=1", telegramPost},
		"a channel":                {"https://t.me/s/tarnmouth", telegramPost},
		"a file":                   {"tweet.json", tweet},
		"other JSON":               {"https://tarn.example/api/v1/statuses/113", `{"id":"113"}`},
		"JSON of another post":     {"https://tarn.example/api/v1/statuses/114", toot},
		"a page where the API was": {"https://tarn.example/api/v1/statuses/113", "<html><body>No.</body></html>"},
		"a film's own page":        {"https://www.youtube.com/watch?v=abcdefghijk", film},
	} {
		if got, is, err := Read(article.Page{URL: tt.at, Body: []byte(tt.body)}); is {
			t.Errorf("%s is a post: %+v, %v", name, got, err)
		}
	}
	for name, tt := range map[string]struct{ at, body string }{
		"a thread that is gone": {"https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?uri=x", `{"thread":{"$type":"app.bsky.feed.defs#notFoundPost","notFound":true}}`},
		"a message that is not": {"https://t.me/tarnmouth/42?embed=1&mode=tme", `<html><body><div class="tgme_widget_message_error">Post not found</div></body></html>`},
	} {
		if _, is, err := Read(article.Page{URL: tt.at, Body: []byte(tt.body)}); !is || !errors.Is(err, ErrNone) {
			t.Errorf("%s: %v, %v", name, is, err)
		}
	}
}

func TestBehind(t *testing.T) {
	page := func(alternate string) []byte {
		return []byte(`<html><head><link href="` + alternate + `" rel="alternate" type="application/activity+json"></head><body></body></html>`)
	}
	for name, tt := range map[string]struct{ at, alternate, want string }{
		"a post":                 {"https://tarn.example/@helena/113", "https://tarn.example/users/helena/statuses/113", "https://tarn.example/api/v1/statuses/113"},
		"of a later Mastodon":    {"https://tarn.example/@helena/113", "/ap/users/1/statuses/113", "https://tarn.example/api/v1/statuses/113"},
		"a profile":              {"https://tarn.example/@helena", "https://tarn.example/users/helena", ""},
		"another post":           {"https://tarn.example/@helena/113", "https://tarn.example/users/helena/statuses/114", ""},
		"a page like any":        {"https://tarn.example/@helena/113", "", ""},
		"where a short one led":  {"https://x.com/a/status/1", "", "https://publish.twitter.com/oembed?dnt=true&omit_script=true&url=https%3A%2F%2Ftwitter.com%2Fa%2Fstatus%2F1"},
		"what was asked already": {"https://t.me/tarnmouth/42?embed=1&mode=tme", "", ""},
	} {
		got := ""
		if to := Behind(article.Page{URL: tt.at, Body: page(tt.alternate)}); to != nil {
			got = to.String()
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestNamed(t *testing.T) {
	for raw, want := range map[string]string{
		"Helena Brandt ⚓️": "Helena Brandt", "🇺🇦 Олена Шевчук | Харків": "Олена Шевчук Харків", "O’Neill, J.-P.": "O’Neill, J.-P.",
		"👻👻": "", "\xff\xfe": "", "  ": "", "محمد علي ✨": "محمد علي",
	} {
		if got := named(raw); got != want {
			t.Errorf("%q is %q", raw, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, body := range []string{tweet, skeet, toot, telegramPost, film, "{}", "null"} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, at := range []string{
			"https://publish.twitter.com/oembed?url=x", "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?uri=x", "https://tarn.example/api/v1/statuses/113",
			"https://t.me/tarnmouth/42?embed=1&mode=tme", "https://www.youtube.com/oembed?format=json&url=x",
		} {
			p, _, _ := Read(article.Page{URL: at, Body: body})
			if !utf8.ValidString(p.Text) || !utf8.ValidString(p.Author) || strings.ContainsAny(p.Author, "\n<>*") {
				t.Errorf("%s: %+v", at, p)
			}
			Behind(article.Page{URL: "https://tarn.example/@helena/113", Body: body})
		}
	})
}
