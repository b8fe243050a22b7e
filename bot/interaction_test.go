package bot

import (
	"testing"

	"github.com/bwmarrin/discordgo"
)

// Whose archive is meant, and who may decide what of it.
func TestWhoAsks(t *testing.T) {
	server := map[discordgo.ApplicationIntegrationType]string{discordgo.ApplicationIntegrationGuildInstall: "9"}
	alone := map[discordgo.ApplicationIntegrationType]string{discordgo.ApplicationIntegrationUserInstall: "7"}
	ada := &discordgo.User{ID: "7"}
	member := func(permissions int64) *discordgo.Member {
		return &discordgo.Member{User: ada, Permissions: permissions}
	}
	for _, c := range []struct {
		name               string
		asks               discordgo.Interaction
		archive            string
		moderates, manages bool
	}{
		{"a member", discordgo.Interaction{GuildID: "9", Member: member(discordgo.PermissionSendMessages), AuthorizingIntegrationOwners: server}, "9", false, false},
		{"a moderator", discordgo.Interaction{GuildID: "9", Member: member(discordgo.PermissionManageMessages), AuthorizingIntegrationOwners: server}, "9", true, false},
		{"who manages the server", discordgo.Interaction{GuildID: "9", Member: member(discordgo.PermissionManageGuild), AuthorizingIntegrationOwners: server}, "9", true, true},
		{"in direct messages", discordgo.Interaction{User: ada}, "user-7", true, true},
		{"who has the bot alone there", discordgo.Interaction{GuildID: "9", Member: member(discordgo.PermissionSendMessages), AuthorizingIntegrationOwners: alone}, "user-7", false, true},
	} {
		in := newAsked(&c.asks)
		if in.guild != c.archive || in.by != "7" || in.moderates() != c.moderates || in.manages() != c.manages {
			t.Errorf("%s: archive %s, by %s, moderates %v, manages %v", c.name, in.guild, in.by, in.moderates(), in.manages())
		}
	}
}
