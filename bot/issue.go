package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/cache"
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
	nonce := cache.Digest(issueMark(i))
	id, err := b.postOnce(ctx, channel, nonce, m)
	if len(m.files) > 0 && errors.Is(err, errSilenced) { // it may be the pictures alone that it may not send
		id, err = b.postOnce(ctx, channel, nonce, m.withoutFiles())
	}
	return id, notTaken(err)
}

// notTaken says of an error that is Discord's last word that a digest is not taken.
func notTaken(err error) error {
	if refused(err) {
		return fmt.Errorf("%w: %w", desk.ErrNotTaken, err)
	}
	return err
}

// channelOf is where an issue goes. Who reads a server's digest by direct message has to be in the server.
func (b *Bot) channelOf(ctx context.Context, i desk.Issue) (string, error) {
	if i.Reader == "" {
		return i.Schedule.Channel, nil
	}
	if err := b.member(ctx, i.Guild, i.Reader); errors.Is(err, errLeft) {
		return "", fmt.Errorf("%w: %w", desk.ErrNotMember, err)
	} else if err != nil {
		return "", err
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
	clocksDiffer = 10 * time.Minute
	mostPages    = 100
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
		if err := b.behind(ctx, channel, after, &page); err != nil {
			return "", notTaken(err)
		}
		for _, m := range page { // newest first
			if m.Author.ID == self.ID && bytes.Contains(m.Components, mark) {
				return m.ID, nil
			}
		}
		if len(page) < perRead {
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
	once := cache.Digest("refused", r.Guild, r.Schedule.ID, strconv.FormatInt(r.Due.Unix(), 10))
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
