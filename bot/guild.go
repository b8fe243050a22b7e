package bot

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/desk"
	"newsdesk/words"
)

// This file follows which servers the bot is in.

// grace is how long what a server has is kept after the bot was removed from it: it may have been a mistake.
const grace = 7 * 24 * time.Hour

// guildEvent is what is to be done about what Discord says of servers and their channels. An outage, in which a server is
// unavailable, is no removal.
func (b *Bot) guildEvent(event string, data json.RawMessage) (func(), error) {
	var e struct {
		ID          string `json:"id"`
		Unavailable bool   `json:"unavailable"`
		Locale      string `json:"preferred_locale"`
		Server      string `json:"guild_id"` // of a channel
		Guilds      []struct {
			ID string `json:"id"`
		} `json:"guilds"` // all that the session is of
		Shard []int `json:"shard"`
	}
	if err := json.Unmarshal(data, &e); err != nil {
		return nil, err
	}
	switch {
	case event == "READY":
		ids := make([]string, 0, len(e.Guilds))
		for _, g := range e.Guilds {
			ids = append(ids, g.ID)
		}
		return func() { b.among(ids, e.Shard) }, nil
	case e.Unavailable:
	case event == "GUILD_CREATE":
		b.preferred.Store(e.ID, e.Locale)
		return func() { b.arrived(e.ID) }, nil
	case event == "GUILD_DELETE":
		b.preferred.Delete(e.ID)
		return func() { b.left(e.ID) }, nil
	case event == "CHANNEL_DELETE":
		return func() { b.unwatch(e.Server, e.ID) }, nil
	}
	return func() {}, nil
}

// left has all that a server has forgotten when the grace is over.
func (b *Bot) left(server string) {
	ctx, cancel := context.WithTimeout(b.base, ackTime)
	defer cancel()
	e := errand{Do: "left", Args: map[string]string{"server": server}, Reply: reply{Once: leftName(server), At: b.now()}, At: b.now().Add(grace)}
	if _, err := b.note(ctx, e); err != nil {
		b.log.ErrorContext(ctx, "not noted that a server was left", "guild", server, "error", err) // the next session finds it
	}
}

func leftName(server string) string { return "left " + server }

// among sees which servers the bot is in when a session begins: those of its shard that it remembers and is not in any
// more, it left while nobody listened.
func (b *Bot) among(ids []string, shard []int) {
	all, err := b.desk.Guilds(b.readings.going)
	if err != nil {
		b.log.WarnContext(b.readings.going, "not known which servers are remembered", "error", err)
		return
	}
	for _, id := range all {
		if members.MatchString(id) && !slices.Contains(ids, id) && ofShard(id, shard) {
			b.left(id)
		}
	}
}

// ofShard reports whether a session that has so many shards, of which it is one, is told of a server (Discord: sharding).
func ofShard(server string, shard []int) bool {
	n, err := strconv.ParseUint(server, 10, 64)
	return err == nil && (len(shard) != 2 || shard[1] < 1 || int(n>>22%uint64(shard[1])) == shard[0]) //nolint:gosec // a small number
}

// leftDeed forgets all that a server has, unless the bot is in it again.
func leftDeed(ctx context.Context, b *Bot, e errand, _ *words.Words, _ func(message)) (message, error) {
	server := e.Args["server"]
	err := b.call(ctx, http.MethodGet, discordgo.EndpointGuild(server), "guild "+server, nil, nil, nil)
	if !errors.Is(err, errNowhere) && !errors.Is(err, errForbidden) {
		return message{}, err // nil: it is back
	}
	b.log.InfoContext(ctx, "a server is forgotten that was left", "guild", server)
	return message{}, b.desk.Leave(ctx, server)
}

// arrived takes that a server has come into view: at the beginning of a session, after an outage, or because the bot was
// put into it. What was written meanwhile in its watched channels was not heard.
func (b *Bot) arrived(server string) {
	ctx := b.readings.going
	for {
		err := b.desk.Drop(ctx, Errands+" "+leftName(server))
		var set desk.Settings
		if err == nil {
			set, err = b.desk.SettingsNow(ctx, server)
		}
		if err == nil {
			for channel := range set.Watched {
				b.readBack(server, channel)
			}
			return
		}
		if sleep(ctx, reachAgain) != nil {
			return
		}
	}
}

// unwatch watches a channel no longer that is gone.
func (b *Bot) unwatch(server, channel string) {
	ctx, cancel := context.WithTimeout(b.base, ackTime)
	defer cancel()
	set, err := b.desk.Settings(ctx, server)
	if _, watched := set.Watched[channel]; err == nil && watched {
		err = b.desk.Set(ctx, server, desk.Watch(channel), "")
	}
	if err != nil {
		b.log.WarnContext(ctx, "a channel that is gone is still watched", "channel", channel, "error", err)
	}
}
