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
}

// whoami asks for the application.
func (b *Bot) whoami(ctx context.Context) error {
	var app struct {
		ID     string `json:"id"`
		Flags  int    `json:"flags"`
		Guilds int    `json:"approximate_guild_count"`
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
	b.me = Me{app.Bot.Username, app.ID, app.Guilds}
	b.app, b.self = app.ID, app.Bot.ID
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
