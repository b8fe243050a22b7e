package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/bwmarrin/discordgo"

	"newsdesk/desk"
)

// permission is one that the bot needs in a channel, with the sentence that names it.
type permission struct {
	bit  int64
	name string
}

// toPost are the permissions that the bot needs in a channel where it is to post of its own accord: also to read there
// what it has posted, so that it posts nothing twice.
var toPost = []permission{
	{discordgo.PermissionViewChannel, "bot.permission.view"},
	{discordgo.PermissionSendMessages, "bot.permission.send"},
	{discordgo.PermissionReadMessageHistory, "bot.permission.history"},
	{discordgo.PermissionAttachFiles, "bot.permission.attach"},
}

// toWatch are those for a way to watch a channel.
func toWatch(do desk.Watching) []permission {
	all := slices.Clone(toPost[:3])
	switch do {
	case desk.WatchOffer:
		all = append(all, permission{discordgo.PermissionAddReactions, "bot.permission.react"})
	case desk.WatchThread:
		all = append(all, permission{discordgo.PermissionCreatePublicThreads, "bot.permission.thread"},
			permission{discordgo.PermissionSendMessagesInThreads, "bot.permission.in_threads"})
	case desk.WatchReply:
	}
	return all
}

// lacks lists the sentences that name what the bot is not permitted of what it needs in a channel of a server. A channel
// that is gone, or of another server, is errNowhere.
func (b *Bot) lacks(ctx context.Context, server, channel string, needed []permission) (names []string, err error) {
	may, err := b.may(ctx, server, channel)
	switch {
	case errors.Is(err, errHidden):
		return []string{toPost[0].name}, nil
	case err != nil:
		return nil, err
	}
	for _, p := range needed {
		if may&p.bit == 0 {
			names = append(names, p.name)
		}
	}
	return names, nil
}

// may are the bot's permissions in a channel of a server (Discord: permissions, permission overwrites). In a thread,
// Send Messages is what Send Messages in Threads is elsewhere.
func (b *Bot) may(ctx context.Context, server, channel string) (int64, error) {
	var guild discordgo.Guild
	var place discordgo.Channel
	var me discordgo.Member
	for _, ask := range []struct {
		url  string
		into any
	}{
		{discordgo.EndpointChannel(channel), &place},
		{discordgo.EndpointGuild(server), &guild},
		{discordgo.EndpointGuildMember(server, b.self), &me},
	} {
		if err := b.call(ctx, http.MethodGet, ask.url, "guild "+server, nil, nil, ask.into); err != nil {
			return 0, err
		}
	}
	if place.GuildID != server {
		return 0, fmt.Errorf("%w: it is of another server", errNowhere)
	}
	thread := place.IsThread()
	if thread {
		parent := place.ParentID
		place = discordgo.Channel{}
		if err := b.call(ctx, http.MethodGet, discordgo.EndpointChannel(parent), "guild "+server, nil, nil, &place); err != nil {
			return 0, err
		}
	}
	may := permitted(&guild, &place, append(me.Roles, guild.ID), b.self)
	if thread {
		may &^= discordgo.PermissionSendMessages
		if may&discordgo.PermissionSendMessagesInThreads != 0 {
			may |= discordgo.PermissionSendMessages
		}
	}
	return may, nil
}

// permitted are the permissions of a member who has some roles, everyone's among them.
func permitted(guild *discordgo.Guild, place *discordgo.Channel, roles []string, member string) (may int64) {
	for _, role := range guild.Roles {
		if slices.Contains(roles, role.ID) {
			may |= role.Permissions
		}
	}
	if may&discordgo.PermissionAdministrator != 0 || guild.OwnerID == member {
		return -1
	}
	// Of everyone, then of all other roles together, then of the member.
	for _, concerns := range []func(*discordgo.PermissionOverwrite) bool{
		func(o *discordgo.PermissionOverwrite) bool { return o.ID == guild.ID },
		func(o *discordgo.PermissionOverwrite) bool { return o.ID != guild.ID && slices.Contains(roles, o.ID) },
		func(o *discordgo.PermissionOverwrite) bool { return o.ID == member },
	} {
		var allow, deny int64
		for _, o := range place.PermissionOverwrites {
			if concerns(o) {
				allow, deny = allow|o.Allow, deny|o.Deny
			}
		}
		may = may&^deny | allow
	}
	if may&discordgo.PermissionViewChannel == 0 {
		return 0
	}
	return may
}
