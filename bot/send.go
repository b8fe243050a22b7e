package bot

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/words"
)

// Why a message could not be sent. What is none of these may go well later.
var (
	errDeleted   = errors.New("the message was deleted")
	errExpired   = errors.New("the interaction can no longer be answered")
	errForbidden = errors.New("permissions are missing")
	errRejected  = errors.New("message is rejected by Discord")
)

const (
	// tokenLife is how long an interaction can be answered (Discord: 15 minutes), with a margin for the way.
	tokenLife = 14*time.Minute + 45*time.Second
	// ackWait is how long an answer waits for its acknowledgement, which another goroutine or process sends.
	ackWait = 5 * time.Second
	// sendTries is how often a message is sent that fails for reasons of the network or the server.
	sendTries = 6
)

// deliver gives an answer: by editing the reply that was promised, and where Discord allows that no longer,
// by a message in the channel, unless the answer is private.
func (b *Bot) deliver(ctx context.Context, r reply, by string, m message) error {
	if r.Token != "" {
		err := b.edit(ctx, r, m)
		switch {
		case err == nil, errors.Is(err, errDeleted):
			return nil // who deleted it wants no answer
		case !errors.Is(err, errExpired):
			return b.settle(ctx, "answer", err)
		case r.Private, r.Update, r.Channel == "":
			b.log.InfoContext(ctx, "answer came too late", "private", r.Private)
			return nil
		}
	}
	err := b.post(ctx, r, m)
	if errors.Is(err, errForbidden) {
		return b.settle(ctx, "note to the asker", b.tell(ctx, by, note(amiss, words.For(r.Locale).Say("bot.forbidden", "Channel", "<#"+r.Channel+">"))))
	}
	return b.settle(ctx, "message", err)
}

// settle decides what becomes of a message that could not be sent: what will never go well is logged and
// done with.
func (b *Bot) settle(ctx context.Context, what string, err error) error {
	if errors.Is(err, errRejected) || errors.Is(err, errForbidden) || errors.Is(err, errDeleted) || errors.Is(err, errExpired) {
		b.log.ErrorContext(ctx, "not sent", "what", what, "error", err)
		return nil
	}
	return err
}

// edit puts m in the place of the reply that was promised.
func (b *Bot) edit(ctx context.Context, r reply, m message) error {
	if time.Since(r.At) > tokenLife {
		return errExpired
	}
	url := discordgo.EndpointWebhookMessage(r.App, r.Token, "@original")
	m.private = false // was said when the reply was promised, and cannot be changed
	for {
		err := b.send(ctx, http.MethodPatch, url, shard("webhook", r.Token), m.wire(), m.files)
		// The promise may still be on its way.
		if !errors.Is(err, errExpired) || time.Since(r.At) > ackWait {
			return err
		}
		if err := sleep(ctx, ackWait/20); err != nil {
			return err
		}
	}
}

// post sends m as a message of its own, as a reply where the errand began with a message.
func (b *Bot) post(ctx context.Context, r reply, m message) error {
	m.private = false
	w := struct {
		wire
		Nonce   string `json:"nonce"` // Discord sends the same once
		Enforce bool   `json:"enforce_nonce"`
	}{m.wire(), r.ID, true}
	if r.Token == "" {
		exists := false
		w.Reference = &discordgo.MessageReference{MessageID: r.ID, ChannelID: r.Channel, FailIfNotExists: &exists}
	}
	return b.send(ctx, http.MethodPost, discordgo.EndpointChannelMessages(r.Channel), "channel "+r.Channel, w, m.files)
}

// tell sends m to a person.
func (b *Bot) tell(ctx context.Context, user string, m message) error {
	if user == "" {
		return nil
	}
	var channel struct {
		ID string `json:"id"`
	}
	to := map[string]string{"recipient_id": user}
	if err := b.call(ctx, http.MethodPost, discordgo.EndpointUserChannels("@me"), "dm", to, nil, &channel); err != nil {
		return err
	}
	return b.send(ctx, http.MethodPost, discordgo.EndpointChannelMessages(channel.ID), "channel "+channel.ID, m.wire(), m.files)
}

func (b *Bot) send(ctx context.Context, method, url, bucket string, body any, files []*discordgo.File) error {
	return b.call(ctx, method, url, bucket, body, files, nil)
}

// shard spreads what has a limit of its own each time over a few of discordgo's buckets: one each would
// never be forgotten, and one for all would let everybody wait for everybody.
func shard(kind, key string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key))
	return fmt.Sprintf("%s %d", kind, h.Sum32()%256)
}

// sleep waits unless ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}
