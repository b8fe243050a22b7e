package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/words"
)

// Why Discord does not take a message. What is none of these may go well later.
var (
	errDeleted  = errors.New("the message was deleted")
	errNowhere  = errors.New("the channel is gone")
	errLeft     = errors.New("not a member of the server")
	errExpired  = errors.New("the interaction can no longer be answered")
	errUnheard  = errors.New("the interaction has not been acknowledged")
	errAnswered = errors.New("the interaction was acknowledged before")
	errRejected = errors.New("message is rejected by Discord")

	errHasThread = errors.New("the message has a thread")

	errForbidden = errors.New("permissions are missing")
	errHidden    = fmt.Errorf("%w: View Channel", errForbidden)
	errSilenced  = fmt.Errorf("%w: Send Messages", errForbidden)
	errNoHistory = fmt.Errorf("%w: Read Message History", errForbidden)
)

const (
	// tokenLife is how long an interaction can be answered (Discord: 15 minutes), with a margin for the way.
	tokenLife = 14*time.Minute + 45*time.Second
	// ackWait is how long an answer waits for its acknowledgement, which another process sends: one that takes over from
	// one that died over it (divide.go of cache/redis: five seconds) among them.
	ackWait = 12 * time.Second
	// ackAgain is how often it is tried meanwhile.
	ackAgain = 250 * time.Millisecond
)

// deliver gives an answer: by editing the reply that was promised, and where Discord allows that no longer, by a
// message in the channel, or to the one who asked where the answer is private.
func (b *Bot) deliver(ctx context.Context, e errand, m message) error {
	if e.Reply.Once != "" {
		return b.stand(ctx, e, m)
	}
	if e.Reply.Token != "" {
		err := b.edit(ctx, e.Reply, m)
		switch {
		case err == nil, errors.Is(err, errDeleted):
			return nil // who deleted it wants no answer
		case errors.Is(err, errRejected): // nobody is left to wait for it
			_ = b.settle(ctx, "answer", err)
			why := note(amiss, words.For(e.Reply.Locale).Say("bot.unsendable"))
			if e.Reply.Before != nil {
				return b.decline(ctx, e, why, true)
			}
			return b.settle(ctx, "note", b.edit(ctx, e.Reply, why))
		case !errors.Is(err, errExpired) && !errors.Is(err, errUnheard):
			return b.settle(ctx, "answer", err)
		}
		b.log.InfoContext(ctx, "answer comes too late for its promise", "private", e.Reply.Private)
		switch {
		case e.Reply.Private:
			return b.settle(ctx, "late answer", b.tell(ctx, e.By, e.Reply.name(), m))
		case e.Reply.Channel == "":
			return nil
		}
	}
	err := b.post(ctx, e.Reply, m)
	if errors.Is(err, errForbidden) {
		return b.barred(ctx, e, m, err)
	}
	return b.settle(ctx, "message", err)
}

// decline tells the one who asked, and nobody else, why the message that was to change has not; what covers it is
// taken away.
func (b *Bot) decline(ctx context.Context, e errand, why message, covered bool) error {
	if covered {
		body := struct {
			Flags           discordgo.MessageFlags `json:"flags"`
			Components      json.RawMessage        `json:"components"`
			AllowedMentions allowedMentions        `json:"allowed_mentions"`
		}{discordgo.MessageFlagsIsComponentsV2, e.Reply.Before, allowedMentions{}}
		if err := b.settle(ctx, "what was there before", b.original(ctx, e.Reply, http.MethodPatch, body, nil, nil)); err != nil && !errors.Is(err, errUnheard) {
			return err
		}
	}
	err := b.whisper(ctx, e.Reply, why)
	if errors.Is(err, errExpired) || errors.Is(err, errUnheard) {
		err = b.tell(ctx, e.By, e.Reply.name(), why)
	}
	return b.settle(ctx, "refusal", err)
}

// whisper says something beside an answer that only the one who asked sees.
func (b *Bot) whisper(ctx context.Context, r reply, m message) error {
	return b.withToken(ctx, r, http.MethodPost, discordgo.EndpointWebhookToken(r.App, r.Token), private(m).wire(), m.files, nil)
}

// settle decides what becomes of a message that could not be sent: what will never go well is logged and
// done with.
func (b *Bot) settle(ctx context.Context, what string, err error) error {
	for _, final := range []error{errRejected, errForbidden, errDeleted, errExpired, errNowhere} {
		if errors.Is(err, final) {
			b.log.ErrorContext(ctx, "not sent", "what", what, "error", err)
			return nil
		}
	}
	return err
}

// edit puts m in the place of the reply that was promised.
func (b *Bot) edit(ctx context.Context, r reply, m message) error {
	m.private = false // was said when the reply was promised, and cannot be changed
	return b.original(ctx, r, http.MethodPatch, m.wire(), m.files, nil)
}

// original calls for the reply that was promised, or for the message that follows it, as call does.
func (b *Bot) original(ctx context.Context, r reply, method string, body any, files []*discordgo.File, into any) error {
	where := cmp.Or(r.Message, "@original")
	if r.Nth > 0 && r.Message == "" {
		return errExpired // nothing could follow the answer
	}
	return b.withToken(ctx, r, method, discordgo.EndpointWebhookMessage(r.App, r.Token, where), body, files, into)
}

// withToken calls, as call does, for what the token of an interaction allows once that is acknowledged.
func (b *Bot) withToken(ctx context.Context, r reply, method, url string, body any, files []*discordgo.File, into any) error {
	if err := b.promised.wait(ctx, r.ID); err != nil {
		return err
	}
	if b.now().Sub(r.At) > tokenLife {
		return errExpired
	}
	for {
		err := b.call(ctx, method, url, unlimited, body, files, into)
		// The promise may still be on its way from another process.
		if !errors.Is(err, errUnheard) || b.now().Sub(r.At) > ackWait {
			return err
		}
		if err := sleep(ctx, ackAgain); err != nil {
			return err
		}
	}
}

// sent is a message that makes a new one.
type sent struct {
	wire
	Nonce   string `json:"nonce"` // Discord sends the same once
	Enforce bool   `json:"enforce_nonce"`
}

// post sends m as a message of its own, as a reply where the errand began with a message.
func (b *Bot) post(ctx context.Context, r reply, m message) error {
	above := ""
	if r.Token == "" {
		above = r.ID
	}
	_, err := b.postBelow(ctx, r.Channel, above, r.name(), m)
	return err
}

// postOnce posts m as a message of its own, once under a nonce of at most 25 characters, and returns its id.
func (b *Bot) postOnce(ctx context.Context, channel, nonce string, m message) (id string, err error) {
	return b.postBelow(ctx, channel, "", nonce, m)
}

// postBelow is postOnce for a reply to another message of the channel, if that is still there; above "" is none.
func (b *Bot) postBelow(ctx context.Context, channel, above, nonce string, m message) (id string, err error) {
	m.private = false
	w := sent{m.wire(), nonce, true}
	if above != "" {
		exists := false
		w.Reference = &discordgo.MessageReference{MessageID: above, ChannelID: channel, FailIfNotExists: &exists}
	}
	var posted struct {
		ID string `json:"id"`
	}
	err = b.call(ctx, http.MethodPost, discordgo.EndpointChannelMessages(channel), "channel "+channel, w, m.files, &posted)
	return posted.ID, err
}

// refused reports whether an error is Discord's last word about what a channel was to take or to show.
func refused(err error) bool {
	return errors.Is(err, errForbidden) || errors.Is(err, errNowhere) || errors.Is(err, errRejected)
}

// member returns [errLeft] if somebody is not in a server any more: what is shared there is not theirs to read. In their
// own archive everybody is.
func (b *Bot) member(ctx context.Context, guild, user string) error {
	if guild == archive("", user) {
		return nil
	}
	return b.call(ctx, http.MethodGet, discordgo.EndpointGuildMember(guild, user), "member "+guild, nil, nil, nil)
}

// tell sends m to a person, once for what is named.
func (b *Bot) tell(ctx context.Context, user, once string, m message) error {
	if user == "" {
		return nil
	}
	channel, err := b.directChannel(ctx, user)
	if err != nil {
		return err
	}
	_, err = b.postOnce(ctx, channel, once, m)
	return err
}

// directChannel is the channel in which the bot and a person write to each other alone.
func (b *Bot) directChannel(ctx context.Context, user string) (id string, err error) {
	var channel struct {
		ID string `json:"id"`
	}
	to := map[string]string{"recipient_id": user}
	err = b.call(ctx, http.MethodPost, discordgo.EndpointUserChannels("@me"), "dm", to, nil, &channel)
	return channel.ID, err
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
