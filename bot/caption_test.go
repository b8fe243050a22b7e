package bot

import (
	"context"
	"strings"
	"testing"

	"newsdesk/article"
	"newsdesk/bot/discordtest"
	"newsdesk/desk"
)

// fetched is a page that is there at once.
type fetched string

func (f fetched) Get(_ context.Context, address string) (article.Page, error) {
	return article.Page{URL: address, Body: []byte(f), ContentType: "text/html; charset=utf-8"}, nil
}

// What stands below a picture is no point of a card, however much it has of the article's words.
func TestCaptionsAreNoPoints(t *testing.T) {
	const caption = "The night ferries of Tarnmouth lie at the quay that the council voted on."
	page := strings.Replace(printed("page"), "</h1>", "</h1><figure><img src=quay.jpg><figcaption>"+caption+" (Northern Wire/Ines Varga)</figcaption></figure>", 1)
	n := openWith(t, discordtest.Config{}, desk.Options{Fetcher: fetched(page)})
	card := n.whole(t, n.summarize("page", discordtest.Options{"length": "detailed"}))
	if !strings.Contains(card.Text(), "after four hours of debate") || strings.Contains(card.Text(), "lie at the quay") || strings.Contains(card.Text(), "Varga") {
		t.Errorf("the card: %s", card.Text())
	}
}
