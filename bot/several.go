package bot

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"newsdesk/desk"
	"newsdesk/words"
)

// This file answers for several links of one message. Each has a message of its own, the second one and those after it
// behind the answer, so that every button, and every reply, means the one article that it stands below.

// mostLinks is how many links of one message are read.
const mostLinks = 3

// further are the arguments that hold the links behind the first.
var further = [mostLinks - 1]string{"url2", "url3"}

// several are the arguments of an errand that reads the first links of those found, of which there is one at least.
func several(found []string, message string) map[string]string {
	args := map[string]string{"url": found[0], "message": message}
	for i, url := range found[1:min(len(found), mostLinks)] {
		args[further[i]] = url
	}
	if len(found) > mostLinks {
		args[manyLinks] = strconv.Itoa(len(found))
	}
	return args
}

// manyLinks is the argument that says how many links there are, where not all are read.
const manyLinks = "links"

// apart makes errands of their own of the links of e behind the first, and leaves that one to e.
func (b *Bot) apart(ctx context.Context, e *errand) error {
	rest := []errand{}
	for n, name := range further {
		if url := e.Args[name]; url != "" {
			one := *e
			one.Args = maps.Clone(e.Args)
			one.Args["url"], one.Reply.Nth = url, n+1
			delete(one.Args, manyLinks)
			rest = append(rest, one)
		}
	}
	if len(rest) == 0 {
		return nil
	}
	for _, name := range further {
		delete(e.Args, name)
		for _, one := range rest {
			delete(one.Args, name)
		}
	}
	// What follows an answer takes its place as long as nothing stands there.
	if err := b.edit(ctx, e.Reply, e.begun()); errors.Is(err, ErrUnreachable) || ctx.Err() != nil {
		return err
	}
	for _, one := range rest {
		if err := b.follow(ctx, one); err != nil {
			return err
		}
	}
	if total, err := strconv.Atoi(e.Args[manyLinks]); err == nil {
		w := words.For(e.Reply.Locale)
		delete(e.Args, manyLinks)
		some := note(calm, w.Say("bot.menu.some", "Count", total, "Read", mostLinks))
		return b.settle(ctx, "word of links that are not read", b.whisper(ctx, e.Reply, some))
	}
	return nil
}

// follow begins the message that answers an errand behind another, and notes the errand. Where Discord allows no such
// message, the answer comes as one that is too late does.
func (b *Bot) follow(ctx context.Context, e errand) error {
	m := e.begun()
	m.private = e.Reply.Private
	var made struct {
		ID string `json:"id"`
	}
	err := b.call(ctx, http.MethodPost, discordgo.EndpointWebhookToken(e.Reply.App, e.Reply.Token), unlimited, m.wire(), nil, &made)
	if errors.Is(err, ErrUnreachable) || ctx.Err() != nil {
		return err
	}
	e.Reply.Message = made.ID
	fresh, err := b.note(ctx, e)
	if err == nil && fresh || made.ID == "" {
		return err
	}
	// It was noted before, with another message, or cannot be: nobody would fill this one.
	return errors.Join(err, b.settle(ctx, "message that is left over", b.original(ctx, e.Reply, http.MethodDelete, nil, nil, nil)))
}

// begun says that the article of an errand is being read.
func (e errand) begun() message {
	return reading(desk.Request{Source: desk.FromURL(e.Args["url"])}, words.For(e.Reply.Locale))
}
