package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
)

// CheckOptions say which bot is checked and where.
type CheckOptions struct {
	Token  string // as Discord's developer portal shows it, without "Bot "
	APIURL string // "" for [DefaultAPIURL]
}

// Health is what [Check] found.
type Health struct {
	Name          string // the bot's user name
	ApplicationID string // names the application in invite links
	// The privileged intents that are switched on for the application in Discord's developer portal.
	MessageContent bool // may read what people write; needed to see links that nobody handed to a command
	Members        bool // may list a server's members
	Presences      bool // may see who is online
	Guilds         int  // about how many servers the bot is in, by Discord's count
	Shards         int  // how many shards Discord recommends
	SessionsLeft   int  // how many times the bot may still connect before Discord's daily reset
	// Endpoint is the address that Discord posts interactions to; "" where it tells of them over the gateway.
	Endpoint string
}

// Flags of an application (Discord: application object, application flags). Bots in fewer than 100
// servers have the limited form.
const (
	flagPresence              = 1 << 12
	flagPresenceLimited       = 1 << 13
	flagMembers               = 1 << 14
	flagMembersLimited        = 1 << 15
	flagMessageContent        = 1 << 18
	flagMessageContentLimited = 1 << 19
)

// checkTimeout is how long the whole of [Check] may take.
const checkTimeout = 15 * time.Second

// Check asks Discord who the token belongs to, what its application may see, and connects to the
// gateway as far as the greeting, without logging in: nobody sees the bot come online.
//
// The errors are [ErrNoToken], [ErrRefused], [ErrUnreachable] and [ErrUnusable]; what was found out
// before one is in the Health beside it.
func Check(ctx context.Context, o CheckOptions) (Health, error) {
	if o.Token == "" {
		return Health{}, ErrNoToken
	}
	if o.APIURL == "" {
		o.APIURL = DefaultAPIURL
	}
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	s, err := newSession(o.Token, o.APIURL)
	if err != nil {
		return Health{}, err
	}
	var h Health
	if err := h.application(ctx, s); err != nil {
		return h, fmt.Errorf("ask for the application: %w", err)
	}
	gateway, err := h.gateway(ctx, s)
	if err != nil {
		return h, fmt.Errorf("ask for the gateway: %w", err)
	}
	if err := greeting(ctx, s, gateway); err != nil {
		return h, fmt.Errorf("connect to the gateway: %w", err)
	}
	return h, nil
}

// application asks who the bot is and what it may see.
func (h *Health) application(ctx context.Context, s *discordgo.Session) error {
	var app struct {
		ID    string `json:"id"`
		Name  string `json:"name"`
		Flags int    `json:"flags"`
		Bot   struct {
			Username string `json:"username"`
		} `json:"bot"`
		Guilds   int    `json:"approximate_guild_count"`
		Endpoint string `json:"interactions_endpoint_url"`
	}
	if err := get(ctx, s, discordgo.EndpointApplication("@me"), &app); err != nil {
		return err
	}
	if app.ID == "" {
		return fmt.Errorf("%w: an application without an id", ErrUnusable)
	}
	h.Name, h.ApplicationID, h.Guilds, h.Endpoint = app.Bot.Username, app.ID, app.Guilds, app.Endpoint
	if h.Name == "" {
		h.Name = app.Name
	}
	h.MessageContent = app.Flags&(flagMessageContent|flagMessageContentLimited) != 0
	h.Members = app.Flags&(flagMembers|flagMembersLimited) != 0
	h.Presences = app.Flags&(flagPresence|flagPresenceLimited) != 0
	return nil
}

// gateway asks where the bot would connect, and returns the address.
func (h *Health) gateway(ctx context.Context, s *discordgo.Session) (string, error) {
	var g discordgo.GatewayBotResponse
	if err := get(ctx, s, discordgo.EndpointGatewayBot, &g); err != nil {
		return "", err
	}
	if g.URL == "" {
		return "", fmt.Errorf("%w: a gateway without an address", ErrUnusable)
	}
	h.Shards, h.SessionsLeft = g.Shards, g.SessionStartLimit.Remaining
	return g.URL, nil
}

// greeting connects to the gateway and waits for its first message, Hello.
func greeting(ctx context.Context, s *discordgo.Session, gateway string) error {
	conn, resp, err := s.Dialer.DialContext(ctx, gateway+"/?v="+discordgo.APIVersion+"&encoding=json", nil)
	if resp != nil && resp.Body != nil {
		_ = resp.Body.Close()
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	defer func() { _ = conn.Close() }() // nothing was promised to the gateway
	conn.SetReadLimit(maxAnswer)
	if deadline, ok := ctx.Deadline(); ok {
		if err := conn.SetReadDeadline(deadline); err != nil {
			return fmt.Errorf("%w: %w", ErrUnreachable, err)
		}
	}
	var hello struct {
		Op int `json:"op"`
	}
	if err := conn.ReadJSON(&hello); err != nil {
		return fmt.Errorf("%w: no greeting: %w", ErrUnreachable, err)
	}
	const opHello = 10
	if hello.Op != opHello {
		return fmt.Errorf("%w: the gateway began with operation %d", ErrUnusable, hello.Op)
	}
	return nil
}

// get asks the API and decodes the answer.
func get(ctx context.Context, s *discordgo.Session, endpoint string, into any) error {
	body, err := s.Request(http.MethodGet, endpoint, nil, discordgo.WithContext(ctx))
	if err != nil {
		return refusal(err)
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("%w: %w", ErrUnusable, err)
	}
	return nil
}

// refusal tells discordgo's errors apart. What an API answers beside its status is left out: a proxy
// may answer with whatever it likes.
func refusal(err error) error {
	var rest *discordgo.RESTError
	switch {
	case errors.As(err, &rest) && (rest.Response.StatusCode == http.StatusUnauthorized || rest.Response.StatusCode == http.StatusForbidden):
		return ErrRefused
	case errors.As(err, &rest):
		return fmt.Errorf("%w: it answers with status %d", ErrUnreachable, rest.Response.StatusCode)
	}
	return fmt.Errorf("%w: %w", ErrUnreachable, err)
}
