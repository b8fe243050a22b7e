package bot

import (
	"context"
	"net/http"
	"regexp"
	"strings"
)

// where is the place at which an errand shares an article: the message whose links were read, or else the one that
// is to become the card. "" where there is no such place that others could go to.
func (b *Bot) where(ctx context.Context, e errand) string {
	r := e.Reply
	if r.Private || r.Channel == "" {
		return ""
	}
	message := e.Args["message"]
	switch {
	case message != "":
	case r.Token == "":
		message = r.ID
	default:
		message = b.originalID(ctx, r)
	}
	if message == "" {
		return ""
	}
	server := r.Server
	if server == "" {
		server = "@me"
	}
	return strings.Join([]string{server, r.Channel, message}, "/")
}

// originalID is the id of the message that was promised as the reply, "" if it cannot be told.
func (b *Bot) originalID(ctx context.Context, r reply) string {
	var m struct {
		ID string `json:"id"`
	}
	if err := b.original(ctx, r, http.MethodGet, nil, nil, &m); err != nil {
		b.log.DebugContext(ctx, "no word of the promised reply", "error", err)
	}
	return m.ID
}

// places are what where writes: a server or @me, a channel, a message.
var places = regexp.MustCompile(`^(@me|[0-9]{1,20})/[0-9]{1,20}/[0-9]{1,20}$`)

// jump is the address of a place in Discord, "" if it is none.
func jump(where string) string {
	if !places.MatchString(where) {
		return ""
	}
	return "https://discord.com/channels/" + where
}

var members = regexp.MustCompile(`^[0-9]{1,20}$`)

// memberName shows a member by the name that each reader knows, and pings nobody, as no message may; "" for none.
func memberName(id string) string {
	if !members.MatchString(id) {
		return ""
	}
	return "<@" + id + ">"
}
