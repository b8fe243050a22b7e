package bot

import (
	"net/url"
	"strconv"

	"github.com/bwmarrin/discordgo"
)

// Permissions are what the bot needs in a server: to answer where it is asked in a message (commands are answered
// without any), to see what a reply replies to, to show charts, and in watched channels to offer cards by a reaction and to
// open threads. It needs no privileged intent.
const Permissions = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages | discordgo.PermissionSendMessagesInThreads |
	discordgo.PermissionReadMessageHistory | discordgo.PermissionAttachFiles | discordgo.PermissionAddReactions | discordgo.PermissionCreatePublicThreads

// Invite is the address where somebody who manages a server puts the bot into it, with what it needs and no more
// (Discord: OAuth2, bot authorization flow).
func Invite(applicationID string) string {
	q := url.Values{"client_id": {applicationID}, "scope": {"bot applications.commands"}, "permissions": {strconv.Itoa(Permissions)}}
	return "https://discord.com/oauth2/authorize?" + q.Encode()
}
