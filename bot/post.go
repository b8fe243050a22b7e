package bot

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// post is a message of a channel, as far as it matters which links are in it. Components are left out: of others' there
// are kinds that discordgo does not know.
type post struct {
	ID      string     `json:"id"`
	Channel string     `json:"channel_id"`
	Server  string     `json:"guild_id"` // only in events
	Content string     `json:"content"`
	Edited  *time.Time `json:"edited_timestamp"`
	Webhook string     `json:"webhook_id"`
	Author  struct {
		ID  string `json:"id"`
		Bot bool   `json:"bot"`
	} `json:"author"`
	Embeds []struct {
		Type string `json:"type"`
		URL  string `json:"url"`
	} `json:"embeds"`
	Reference *struct {
		Message string `json:"message_id"`
	} `json:"message_reference"`
	Referenced json.RawMessage `json:"referenced_message"` // null where that message was deleted
}

// automatic reports whether no person wrote it.
func (p post) automatic() bool { return p.Author.Bot || p.Webhook != "" }

// silenced are the parts of a message in which links are none, or are not to be shown: blocks and spans of code, what is
// in angle brackets, which stands for "without a preview", and what is hidden until it is clicked.
var silenced = regexp.MustCompile("(?s)```.*?(?:```|$)|``.+?``|`[^`\n]+`|<https?://[^>\\s]*>|\\|\\|.+?\\|\\|")

// shared are the links that a message shows openly, each once: those in its words, and of an automatic one those that it
// is made of. Discord's own addresses lead to no article.
func (p post) shared() []string {
	return p.find(silenced.ReplaceAllString(p.Content, " "), p.automatic())
}

// all are all links of a message, shown openly or not.
func (p post) all() []string { return p.find(p.Content, true) }

func (p post) find(text string, embeds bool) []string {
	var out []string
	add := func(raw string) {
		address := webAddress(linkIn(raw))
		if address != "" && !discords.MatchString(address) && !slices.Contains(out, address) {
			out = append(out, address)
		}
	}
	for _, l := range links.FindAllString(text, -1) {
		add(l)
	}
	for _, e := range p.Embeds {
		if embeds && e.Type == "rich" && e.URL != "" {
			add(e.URL)
		}
	}
	return out
}

// discords are addresses of Discord itself: of messages, invites, and files that people upload.
var discords = regexp.MustCompile(`^https?://(?:[a-z]+\.)?(?:discord(?:app)?\.(?:com|gg|net)|discord\.gift)/`)

// later reports whether one id is of something that came to be after another.
func later(a, b string) bool {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	return len(a) > len(b) || len(a) == len(b) && a > b
}

// messageIn asks for a message of a channel.
func (b *Bot) messageIn(ctx context.Context, channel, message string) (p post, err error) {
	err = b.call(ctx, http.MethodGet, discordgo.EndpointChannelMessage(channel, message), "read "+channel, nil, nil, &p)
	return p, err
}

// remove deletes a message of the bot's own; one that is gone is no error.
func (b *Bot) remove(ctx context.Context, channel, message string) error {
	url := discordgo.EndpointChannelMessage(channel, message)
	if err := b.call(ctx, http.MethodDelete, url, "delete "+channel, nil, nil, nil); !gone(err) {
		return b.settle(ctx, "deletion", err)
	}
	return nil
}
