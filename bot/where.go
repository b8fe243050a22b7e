package bot

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
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
		message = b.promised(ctx, r)
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

// promised is the id of the message that was promised as the reply, "" if it cannot be told.
func (b *Bot) promised(ctx context.Context, r reply) string {
	url := discordgo.EndpointWebhookMessage(r.App, r.Token, "@original")
	var m struct {
		ID string `json:"id"`
	}
	for time.Since(r.At) < tokenLife {
		err := b.call(ctx, http.MethodGet, url, shard("webhook", r.Token), nil, nil, &m)
		if err == nil {
			return m.ID
		}
		// The promise may still be on its way.
		if !errors.Is(err, errExpired) || time.Since(r.At) > ackWait || sleep(ctx, ackWait/20) != nil {
			b.log.DebugContext(ctx, "no word of the promised reply", "error", err)
			return ""
		}
	}
	return ""
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
