package bot

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/desk"
	"newsdesk/words"
)

// PostDigest posts a digest that is due. With what else the bot does for digests it makes it a [desk.Poster].
func (b *Bot) PostDigest(ctx context.Context, i desk.Issue) (string, error) {
	channel, err := b.channelOf(ctx, i)
	if err != nil {
		return "", notTaken(err)
	}
	w := words.For(i.Language)
	m, err := issueMessage(w, i, issueButton(w, i))
	if err != nil {
		return "", err
	}
	id, err := b.postOnce(ctx, channel, issueMark(i), m)
	if len(m.files) > 0 && errors.Is(err, errSilenced) { // it may be the pictures alone that it may not send
		id, err = b.postOnce(ctx, channel, issueMark(i), m.withoutFiles())
	}
	return id, notTaken(err)
}

// postOnce posts a message of its own, once for what is named, and returns its id.
func (b *Bot) postOnce(ctx context.Context, channel, once string, m message) (string, error) {
	var posted struct {
		ID string `json:"id"`
	}
	body := sent{m.wire(), nonce(once), true}
	err := b.call(ctx, http.MethodPost, discordgo.EndpointChannelMessages(channel), "channel "+channel, body, m.files, &posted)
	return posted.ID, err
}

// nonce is the same for what is sent once. Discord takes 25 characters.
func nonce(once string) string {
	sum := sha256.Sum256([]byte(once))
	return base64.RawURLEncoding.EncodeToString(sum[:18])
}

// notTaken says of an error that is Discord's last word that a digest is not taken.
func notTaken(err error) error {
	for _, final := range []error{errNowhere, errForbidden, errRejected} {
		if errors.Is(err, final) {
			return fmt.Errorf("%w: %w", desk.ErrNotTaken, err)
		}
	}
	return err
}

// channelOf is where an issue goes. Who reads a server's digest by direct message has to be in the server.
func (b *Bot) channelOf(ctx context.Context, i desk.Issue) (string, error) {
	if i.Reader == "" {
		return i.Schedule.Channel, nil
	}
	if !strings.HasPrefix(i.Guild, archive("", "")) {
		err := b.call(ctx, http.MethodGet, discordgo.EndpointGuildMember(i.Guild, i.Reader), "member "+i.Guild, nil, nil, nil)
		if errors.Is(err, errLeft) {
			return "", fmt.Errorf("%w: %w", desk.ErrNotMember, err)
		}
		if err != nil {
			return "", err
		}
	}
	return b.directChannel(ctx, i.Reader)
}

// issueMark stands on the button below an issue, and on no other: by it a message is known for that issue.
func issueMark(i desk.Issue) string {
	moment := strconv.FormatInt(i.Due.Unix(), 36)
	if i.Reader != "" {
		return customID("digest", "stop", i.Schedule.ID, moment, i.Guild)
	}
	return customID("digest", "subscribe", i.Schedule.ID, moment)
}

// issueButton is the button below an issue: with the one in a channel people subscribe, with the one below what they
// get by direct message they stop that.
func issueButton(w *words.Words, i desk.Issue) discordgo.Button {
	key := "bot.button.subscribe"
	if i.Reader != "" {
		key = "bot.button.unsubscribe"
	}
	return button(w.Say(key), issueMark(i), discordgo.SecondaryButton)
}

// What is looked through for an issue: from a while before it was due, as clocks differ, page by page.
const (
	clocksDiffer  = 10 * time.Minute
	messagesAPage = 100 // Discord's most
	mostPages     = 100
)

// FindDigest looks whether an issue was posted, in what was written since it was due.
func (b *Bot) FindDigest(ctx context.Context, i desk.Issue) (string, error) {
	channel, err := b.channelOf(ctx, i)
	if err != nil {
		return "", notTaken(err)
	}
	var self struct {
		ID string `json:"id"`
	}
	if err := b.call(ctx, http.MethodGet, discordgo.EndpointUser("@me"), "self", nil, nil, &self); err != nil {
		return "", err
	}
	mark := []byte(`"` + issueMark(i) + `"`)
	after := snowflake(i.Due.Add(-clocksDiffer))
	for range mostPages {
		var page []struct {
			ID     string `json:"id"`
			Author struct {
				ID string `json:"id"`
			} `json:"author"`
			Components json.RawMessage `json:"components"` // others' may be of kinds that nobody here knows
		}
		query := url.Values{"limit": {strconv.Itoa(messagesAPage)}, "after": {after}}
		if err := b.call(ctx, http.MethodGet, discordgo.EndpointChannelMessages(channel)+"?"+query.Encode(), "messages "+channel, nil, nil, &page); err != nil {
			return "", notTaken(err)
		}
		for _, m := range page { // newest first
			if m.Author.ID == self.ID && bytes.Contains(m.Components, mark) {
				return m.ID, nil
			}
		}
		if len(page) < messagesAPage {
			break
		}
		after = page[0].ID
	}
	return "", nil
}

// snowflake is the first id that Discord gives at a moment (reference, snowflakes: milliseconds since 2015).
func snowflake(at time.Time) string {
	const epoch = 1420070400000
	return strconv.FormatInt(max(at.UnixMilli()-epoch, 0)<<22, 10)
}

// TellRefusal tells who set a schedule up that Discord does not take its digest, why, and what becomes of it.
func (b *Bot) TellRefusal(ctx context.Context, r desk.Refusal) error {
	w := words.For(r.Schedule.Language)
	why := "bot.digest.refused.rejected"
	switch {
	case errors.Is(r.Why, errNowhere):
		why = "bot.digest.refused.gone"
	case errors.Is(r.Why, errForbidden):
		why = "bot.digest.refused.barred"
	}
	then := "bot.digest.refused.again"
	if r.Stopped {
		then = "bot.digest.refused.stopped"
	}
	said := w.Say(why, "When", moment(r.Due, "f"), "Channel", "<#"+r.Schedule.Channel+">", "Permission", w.Say(missingPermission(r.Why)))
	once := nonce(fmt.Sprint("refused ", r.Guild, r.Schedule.ID, r.Due.Unix()))
	return b.settle(ctx, "word of a refused digest", b.tell(ctx, r.Schedule.By, once, note(amiss, said+" "+w.Say(then))))
}

// issueMessage is how a digest that is due is shown. By the button below it, it is known again.
func issueMessage(w *words.Words, i desk.Issue, below discordgo.Button) (message, error) {
	e := edition{Digest: i.News, guild: i.Guild, length: i.Schedule.Length, missed: i.Missed, below: &below}
	if i.Late > 0 {
		e.due = i.Due
	}
	return digestMessage(e, w)
}

// digestPressed takes the button below a digest, or one that ends a subscription elsewhere.
func (b *Bot) digestPressed(ctx context.Context, in asked, args []string) {
	switch args[0] {
	case "subscribe":
		b.promise(ctx, in, privately, "digest subscribe", map[string]string{"digest": args[1]})
	case "stop":
		b.promise(ctx, in, privately, "digest stop", map[string]string{"digest": args[1], "guild": args[3]})
	default:
		b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.unknown"))))
	}
}
