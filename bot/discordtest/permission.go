package discordtest

import "slices"

// What members may do (Discord: permissions, bitwise permission flags).
const (
	AddReactions           uint64 = 1 << 6
	Administrator          uint64 = 1 << 3
	ManageChannels         uint64 = 1 << 4
	ManageGuild            uint64 = 1 << 5
	ViewChannel            uint64 = 1 << 10
	SendMessages           uint64 = 1 << 11
	ManageMessages         uint64 = 1 << 13
	EmbedLinks             uint64 = 1 << 14
	AttachFiles            uint64 = 1 << 15
	ReadMessageHistory     uint64 = 1 << 16
	MentionEveryone        uint64 = 1 << 17
	UseExternalEmojis      uint64 = 1 << 18
	UseApplicationCommands uint64 = 1 << 31
	ManageThreads          uint64 = 1 << 34
	CreatePublicThreads    uint64 = 1 << 35
	SendMessagesInThreads  uint64 = 1 << 38
	UseExternalApps        uint64 = 1 << 50
)

// EveryonePermissions are what a new guild lets everyone do.
const EveryonePermissions = AddReactions | ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory |
	UseApplicationCommands | CreatePublicThreads | SendMessagesInThreads | UseExternalApps | UseExternalEmojis

// InvitePermissions are what the bot has besides, when it comes into a guild.
const InvitePermissions = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory | AddReactions |
	CreatePublicThreads | SendMessagesInThreads

// everything is every bit that an administrator has.
const everything uint64 = 1<<53 - 1

// Overwrite changes what a role or a member may do in one channel.
type Overwrite struct {
	ID    string `json:"id"`
	Type  int    `json:"type"` // 0 role, 1 member
	Allow uint64 `json:"allow,string"`
	Deny  uint64 `json:"deny,string"`
}

func anyOf(permissions []uint64) uint64 {
	var all uint64
	for _, p := range permissions {
		all |= p
	}
	return all
}

// Deny takes permissions from a user in this channel.
func (c *Channel) Deny(u *User, permissions ...uint64) {
	c.overwrite(Overwrite{ID: u.ID, Type: 1, Deny: anyOf(permissions)})
}

// Allow gives permissions to a user in this channel, and lifts what [Channel.Deny] took.
func (c *Channel) Allow(u *User, permissions ...uint64) {
	c.overwrite(Overwrite{ID: u.ID, Type: 1, Allow: anyOf(permissions)})
}

func (c *Channel) overwrite(o Overwrite) {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	c.Overwrites = slices.DeleteFunc(slices.Clone(c.Overwrites), func(old Overwrite) bool { return old.ID == o.ID })
	c.Overwrites = append(c.Overwrites, o)
	c.d.dispatch(event{name: "CHANNEL_UPDATE", guild: c.GuildID, intent: IntentGuilds, data: c})
}

// may says what a user may do in a channel (Discord: permissions, permission hierarchy). The caller
// holds the lock.
func (d *Discord) may(u *User, c *Channel) uint64 {
	if c.GuildID == "" {
		if slices.Contains(c.Recipients, u) || u == d.user && c.Type == ChannelDM {
			return EveryonePermissions
		}
		return 0
	}
	g := d.guilds[c.GuildID]
	m := g.members[u.ID]
	if m == nil || g.gone && u == d.user {
		return 0
	}
	can := g.permissions(m)
	if can == everything {
		return can
	}
	place := c
	if parent := d.channels[c.ParentID]; c.Type == ChannelThread && parent != nil {
		place = parent
	}
	can = overwritten(can, place.Overwrites, func(o Overwrite) bool { return o.ID == g.ID })
	can = overwritten(can, place.Overwrites, func(o Overwrite) bool { return o.Type == 0 && o.ID != g.ID && slices.Contains(m.Roles, o.ID) })
	can = overwritten(can, place.Overwrites, func(o Overwrite) bool { return o.Type == 1 && o.ID == u.ID })
	if can&ViewChannel == 0 {
		return 0
	}
	return can
}

// permissions of a member in the guild, before any channel's overwrites.
func (g *Guild) permissions(m *Member) uint64 {
	if m.User.ID == g.OwnerID {
		return everything
	}
	can := g.roles[0].Permissions
	for _, r := range g.roles {
		if slices.Contains(m.Roles, r.ID) {
			can |= r.Permissions
		}
	}
	if can&Administrator != 0 {
		return everything
	}
	return can
}

func overwritten(can uint64, all []Overwrite, concerns func(Overwrite) bool) uint64 {
	var allow, deny uint64
	for _, o := range all {
		if concerns(o) {
			allow, deny = allow|o.Allow, deny|o.Deny
		}
	}
	return can&^deny | allow
}
