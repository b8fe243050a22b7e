package bot

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/words"
)

// barredAgain is how long nothing more is said of a channel where the bot may not write.
const barredAgain = 24 * time.Hour

// barred brings an answer that the bot may not give in its channel as it is: without its pictures, where it lacks the
// permission for these alone, else to the one who asked. The owner of the server, who can change that, is told which
// permission is missing.
func (b *Bot) barred(ctx context.Context, e errand, m message, why error) error {
	if len(m.files) > 0 && errors.Is(why, errSilenced) {
		if err := b.post(ctx, e.Reply, m.withoutFiles()); !errors.Is(err, errForbidden) {
			if err := b.settle(ctx, "message", err); err != nil {
				return err
			}
			return b.settle(ctx, "note to the owner", b.tellOwner(ctx, e, "bot.forbidden.pictures", "bot.permission.attach"))
		}
	}
	missing := missingPermission(why)
	w := words.For(e.Reply.Locale)
	here := note(amiss, w.Say("bot.forbidden", "Channel", "<#"+e.Reply.Channel+">", "Permission", w.Say(missing)))
	if err := b.settle(ctx, "word to the asker", b.tell(ctx, e.By, "?"+e.Reply.name(), here)); err != nil {
		return err
	}
	if err := b.settle(ctx, "answer to the asker", b.tell(ctx, e.By, e.Reply.name(), m)); err != nil {
		return err
	}
	return b.settle(ctx, "note to the owner", b.tellOwner(ctx, e, "bot.forbidden.owner", missing))
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

// tellOwner tells the owner of a server in one sentence which permission another one says is missing in a channel, once
// a day, unless he is the one who asked and knows.
func (b *Bot) tellOwner(ctx context.Context, e errand, sentence, missing string) error {
	if e.Reply.Server == "" || !b.desk.Once(ctx, e.Reply.Server, "barred "+e.Reply.Channel+" "+missing, barredAgain) {
		return nil
	}
	var guild struct {
		Owner string `json:"owner_id"`
		Name  string `json:"name"`
	}
	if err := b.call(ctx, http.MethodGet, discordgo.EndpointGuild(e.Reply.Server), "guild "+e.Reply.Server, nil, nil, &guild); err != nil || guild.Owner == e.By {
		return err
	}
	w := words.For(b.spoken(ctx, e.Reply.Server)) // which language the owner reads is not known
	said := w.Say(sentence, "Server", clip(guild.Name, 100), "Channel", "<#"+e.Reply.Channel+">", "Permission", w.Say(missing))
	return b.tell(ctx, guild.Owner, "!"+e.Reply.name(), note(amiss, said))
}
