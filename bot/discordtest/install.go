package discordtest

import (
	"slices"
	"strconv"
)

// Where a command is used (Discord: interaction context types).
const (
	ContextGuild          = 0
	ContextBotDM          = 1
	ContextPrivateChannel = 2
)

// Who has the bot (Discord: application integration types).
const (
	InstallGuild = 0
	InstallUser  = 1
)

// owners say by whose install a command reached the bot, by the integration type: the server, "0" in the bot's own
// direct messages, or the person (Discord: authorizing integration owners object).
type owners map[string]string

func (o owners) has(install int) bool { return o[strconv.Itoa(install)] != "" }

// Install adds the bot to a person's apps: they have its commands in every server, and where they write to others
// alone, whether the bot is there or not.
func (d *Discord) Install(u *User) {
	d.mu.Lock()
	defer d.mu.Unlock()
	u.installed = true
}

// Elsewhere makes a server that the bot is not in; [Guild.Invite] puts it there.
func (d *Discord) Elsewhere(name string) *Guild {
	d.mu.Lock()
	defer d.mu.Unlock()
	g := d.newGuild(name)
	g.gone = true
	return g
}

// PrivateChannel makes the place where people write to each other alone, without the bot.
func (d *Discord) PrivateChannel(people ...*User) *Channel {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.newChannel(&Channel{Type: ChannelGroupDM, Recipients: people})
}

// context is where a command is used that is given in c.
func (c *Channel) context() int {
	switch {
	case c.GuildID != "":
		return ContextGuild
	case c.Type == ChannelDM:
		return ContextBotDM
	}
	return ContextPrivateChannel
}

// ownersOf says who brought the bot to where a person uses a command of it; nobody where it is not offered to them.
func (d *Discord) ownersOf(k *Command, c *Channel, u *User) owners {
	o := owners{}
	if slices.Contains(k.IntegrationTypes, InstallGuild) {
		switch g := d.guilds[c.GuildID]; {
		case g != nil && !g.gone:
			o[strconv.Itoa(InstallGuild)] = g.ID
		case c.context() == ContextBotDM && slices.ContainsFunc(d.joined(), func(g *Guild) bool { return g.members[u.ID] != nil }):
			o[strconv.Itoa(InstallGuild)] = "0"
		}
	}
	if u.installed && slices.Contains(k.IntegrationTypes, InstallUser) {
		o[strconv.Itoa(InstallUser)] = u.ID
	}
	return o
}

// broughtBy says who brought the bot to where a message of it stands: whoever has pressed a button of it, its owner is
// the one whose command it answers.
func (d *Discord) broughtBy(m *Message) owners {
	if m.interaction != nil {
		return m.interaction.owners
	}
	if guild := d.guildOf(m.ChannelID); guild != "" {
		return owners{strconv.Itoa(InstallGuild): guild}
	}
	return owners{strconv.Itoa(InstallGuild): "0"}
}

// guest reports whether the bot answers in a server that it is not in.
func (i *Interaction) guest() bool { return i.Channel.GuildID != "" && !i.owners.has(InstallGuild) }

// guestFollowups is how many followups there may be then.
const guestFollowups = 5
