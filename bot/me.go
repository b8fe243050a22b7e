package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Me is who the bot is to Discord.
type Me struct {
	Name          string // its user name
	ApplicationID string // for [Invite]
	Guilds        int    // about how many servers it is in
	Shards        int    // in how many parts Discord tells of them; 0 where it takes interactions over HTTP
	Held          int    // how many of those this process hears
	Serves        string // the address where it takes interactions over HTTP
}

// whoami asks for the application.
func (b *Bot) whoami(ctx context.Context) error {
	var app struct {
		ID     string `json:"id"`
		Flags  int    `json:"flags"`
		Guilds int    `json:"approximate_guild_count"`
		Key    string `json:"verify_key"`
		Bot    struct {
			ID       string `json:"id"`
			Username string `json:"username"`
		} `json:"bot"`
	}
	if err := b.call(ctx, http.MethodGet, discordgo.EndpointApplication("@me"), "application", nil, nil, &app); err != nil {
		return err
	}
	if app.ID == "" {
		return fmt.Errorf("%w: an application without an id", ErrUnusable)
	}
	b.mu.Lock()
	b.me = Me{Name: app.Bot.Username, ApplicationID: app.ID, Guilds: app.Guilds}
	b.mu.Unlock()
	b.app, b.self, b.verifyKey = app.ID, app.Bot.ID, app.Key
	if b.self == "" {
		b.self = app.ID
	}
	// Who asks for it where it is switched off is shut out.
	if app.Flags&(flagMessageContent|flagMessageContentLimited) != 0 {
		b.session.Identify.Intents |= discordgo.IntentMessageContent
		b.content.Store(true)
	}
	return nil
}

// reachAgain is how long after what could not be asked for it is asked for again.
const reachAgain = 5 * time.Second

// reach asks Discord for something, again until Discord answers.
func (b *Bot) reach(ctx context.Context, ask func(context.Context) error) error {
	for {
		err := ask(ctx)
		if !errors.Is(err, ErrUnreachable) {
			return err
		}
		b.log.WarnContext(ctx, "Discord cannot be reached", "error", err)
		b.waiting(err)
		if err := sleep(ctx, reachAgain); err != nil {
			return err
		}
	}
}
