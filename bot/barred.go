package bot

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/words"
)

// barredAgain is how long nothing more is said of a channel where the bot may not write.
const barredAgain = 24 * time.Hour

// barred brings an answer that the bot may not give in its channel to the one who asked, and tells the one who can
// change that which permission is missing.
func (b *Bot) barred(ctx context.Context, e errand, m message, why error) error {
	w := words.For(e.Reply.Locale)
	missing := w.Say(missingPermission(why))
	here := note(amiss, w.Say("bot.forbidden", "Channel", "<#"+e.Reply.Channel+">", "Permission", missing))
	if err := b.settle(ctx, "word to the asker", b.tell(ctx, e.By, "?"+e.Reply.name(), here)); err != nil {
		return err
	}
	if err := b.settle(ctx, "answer to the asker", b.tell(ctx, e.By, e.Reply.name(), m)); err != nil {
		return err
	}
	return b.settle(ctx, "note to the owner", b.tellOwner(ctx, e, missing))
}

// missingPermission is the sentence for what Discord did not allow.
func missingPermission(err error) string {
	switch {
	case errors.Is(err, errHidden):
		return "bot.permission.view"
	case errors.Is(err, errNoHistory):
		return "bot.permission.history"
	}
	return "bot.permission.send"
}

// tellOwner tells the owner of a server which permission is missing in a channel, once a day, unless he is the one
// who asked and knows.
func (b *Bot) tellOwner(ctx context.Context, e errand, missing string) error {
	if e.Reply.Server == "" || !b.barredIn.due(e.Reply.Channel, b.now()) {
		return nil
	}
	var guild struct {
		Owner string `json:"owner_id"`
		Name  string `json:"name"`
	}
	if err := b.call(ctx, http.MethodGet, discordgo.EndpointGuild(e.Reply.Server), "guild "+e.Reply.Server, nil, nil, &guild); err != nil || guild.Owner == e.By {
		return err
	}
	w := words.For("en") // which language the owner reads is not known
	said := w.Say("bot.forbidden.owner", "Server", clip(guild.Name, 100), "Channel", "<#"+e.Reply.Channel+">", "Permission", missing)
	return b.tell(ctx, guild.Owner, e.Reply.ID, note(amiss, said))
}

// daily remembers what was said of which channel, for a day.
type daily struct {
	mu   sync.Mutex
	said map[string]time.Time
}

// due reports whether nothing was said of a channel in the day before now, and notes that it is being said.
func (d *daily) due(channel string, now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for c, at := range d.said {
		if now.Sub(at) >= barredAgain {
			delete(d.said, c)
		}
	}
	if _, said := d.said[channel]; said {
		return false
	}
	if d.said == nil {
		d.said = map[string]time.Time{}
	}
	d.said[channel] = now
	return true
}
