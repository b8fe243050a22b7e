package bot

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/words"
)

// asked is an interaction with what every answer needs to know of it.
type asked struct {
	*discordgo.Interaction
	w     *words.Words
	guild string  // whose archive is meant
	by    string  // the user
	reply respond // how it is answered at first; nil: over the API
	may   int64   // the user's permissions in the channel; all in a direct message
}

// ackTime is how long an acknowledgement may take. Discord waits three seconds, by its own clock.
const ackTime = 10 * time.Second

// The types of an answer to an interaction (Discord: interaction callback type).
const (
	answerMessage  = int(discordgo.InteractionResponseChannelMessageWithSource)
	answerLater    = int(discordgo.InteractionResponseDeferredChannelMessageWithSource)
	answerInPlace  = int(discordgo.InteractionResponseUpdateMessage)
	inPlaceLater   = int(discordgo.InteractionResponseDeferredMessageUpdate)
	answerChoices  = int(discordgo.InteractionApplicationCommandAutocompleteResult)
	answerWithForm = int(discordgo.InteractionResponseModal)
)

// interaction answers one.
func (b *Bot) interaction(i *discordgo.Interaction, reply respond) {
	ctx, cancel := context.WithTimeout(b.base, ackTime)
	defer cancel()
	in := newAsked(i)
	in.reply = reply
	b.desk.Attend(ctx, in.guild, in.ID, func(ctx context.Context) { b.attend(ctx, in) })
}

// attend answers one that this process is to answer.
func (b *Bot) attend(ctx context.Context, in asked) {
	defer b.promised.begin(in.ID)()
	switch data := in.Data.(type) {
	case discordgo.ApplicationCommandInteractionData:
		if in.Type == discordgo.InteractionApplicationCommandAutocomplete {
			b.complete(ctx, in, data)
			return
		}
		b.command(ctx, in, data)
	case discordgo.MessageComponentInteractionData:
		b.pressed(ctx, in, data)
	case discordgo.ModalSubmitInteractionData:
		b.submitted(ctx, in, data)
	}
}

func newAsked(i *discordgo.Interaction) asked {
	in := asked{Interaction: i, may: -1}
	if i.Member != nil {
		in.may = i.Member.Permissions
		if i.Member.User != nil {
			in.by = i.Member.User.ID
		}
	} else if i.User != nil {
		in.by = i.User.ID
	}
	in.guild = archive(i.GuildID, in.by)
	// A server where only this person has the bot keeps nothing with it.
	if owners := i.AuthorizingIntegrationOwners; len(owners) > 0 {
		if _, server := owners[discordgo.ApplicationIntegrationGuildInstall]; !server {
			in.guild = archive("", in.by)
		}
	}
	in.w = words.For(string(i.Locale))
	return in
}

// archive is whose archive is meant: the server's, or in direct messages the person's.
func archive(guild, user string) string {
	if guild != "" {
		return guild
	}
	return "user-" + user
}

// moderates reports whether the one who asked may change what others shared.
func (in asked) moderates() bool {
	return in.may&(discordgo.PermissionManageMessages|discordgo.PermissionManageGuild|discordgo.PermissionAdministrator) != 0
}

// lent reports whether the bot is there by somebody else's install alone: what they were shown is in their archive.
func (in asked) lent() bool {
	owners := in.AuthorizingIntegrationOwners
	_, server := owners[discordgo.ApplicationIntegrationGuildInstall]
	owner := owners[discordgo.ApplicationIntegrationUserInstall]
	return !server && owner != "" && owner != in.by
}

// hidden reports whether what was pressed is shown to the one who pressed it alone.
func (in asked) hidden() bool {
	return in.Message != nil && in.Message.Flags&discordgo.MessageFlagsEphemeral != 0
}

// owns reports whether the archive that is meant is the person's own.
func (in asked) owns() bool { return in.guild == archive("", in.by) }

// manages reports whether the one who asked may decide for all of the archive.
func (in asked) manages() bool {
	return in.owns() || in.may&(discordgo.PermissionManageGuild|discordgo.PermissionAdministrator) != 0
}

// how says how an errand is promised.
type how int

const (
	openly    how = iota // by a new message for all
	privately            // by a new message for the one who asked
	inPlace              // by changing the message whose button was pressed, which stays as it was if that fails
)

// promise notes an errand durably and acknowledges it.
func (b *Bot) promise(ctx context.Context, in asked, h how, do string, args map[string]string) {
	e := errand{Do: do, Guild: in.guild, By: in.by, Args: args, Reply: reply{
		ID: in.ID, App: in.AppID, Token: in.Token, Channel: in.ChannelID, Server: in.GuildID, Private: h == privately || h == inPlace && in.hidden(),
		Locale: string(in.Locale), At: b.now(),
	}}
	if do == "summarize" && e.Reply.Private { // what only one person sees is not shared with the others
		e.Guild = archive("", in.by)
	}
	if h == inPlace {
		e.Reply.Before = before(in.Message)
	}
	if args["turn"] == "" && do != "reports" && do != "settings" { // to turn a page, or to decide, is not to ask
		if err := b.desk.Admit(ctx, in.guild, in.by); err != nil {
			b.answer(ctx, in, answerMessage, private(note(amiss, explain(in.w, err))))
			return
		}
	}
	if _, err := b.note(ctx, e); err != nil {
		b.log.ErrorContext(ctx, "errand not noted", "do", do, "error", err)
		b.answer(ctx, in, answerMessage, private(note(amiss, explain(in.w, err))))
		return
	}
	switch h {
	case inPlace:
		b.callback(ctx, in, inPlaceLater, nil, nil)
	case privately:
		b.callback(ctx, in, answerLater, map[string]any{"flags": discordgo.MessageFlagsEphemeral}, nil)
	default:
		b.callback(ctx, in, answerLater, nil, nil)
	}
}

// answer answers at once with a message.
func (b *Bot) answer(ctx context.Context, in asked, kind int, m message) {
	b.callback(ctx, in, kind, m.wire(), m.files)
}

// private is m for the one who asked alone.
func private(m message) message {
	m.private = true
	return m
}

// callback answers an interaction, also where something else has taken its time. An error is logged: there is nobody
// left to tell.
func (b *Bot) callback(ctx context.Context, in asked, kind int, data any, files []*discordgo.File) {
	body := struct {
		Type int `json:"type"`
		Data any `json:"data,omitempty"`
	}{kind, data}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), ackTime)
	defer cancel()
	var err error
	if in.reply != nil {
		err = in.reply(ctx, body, files)
	} else {
		err = b.call(ctx, http.MethodPost, discordgo.EndpointInteractionResponse(in.ID, in.Token), unlimited, body, files, nil)
	}
	if err != nil && !errors.Is(err, errAnswered) { // an answer that got lost was heard, or another process was first
		b.log.WarnContext(ctx, "interaction not answered", "type", kind, "error", err)
	}
}

// subcommand is the argument that says which subcommand was given.
const subcommand = "subcommand"

// typed are the options of a command, or of its subcommand, by name. A switch that is on is "true".
func typed(data discordgo.ApplicationCommandInteractionData) map[string]string {
	args := map[string]string{}
	for _, o := range given(data.Options) {
		switch v := o.Value.(type) {
		case string:
			args[o.Name] = strings.TrimSpace(v)
		case bool:
			if v {
				args[o.Name] = "true"
			}
		case nil:
			args[subcommand] = o.Name
		}
	}
	return args
}

// given are the options of a command; a subcommand is followed by its own.
func given(options []*discordgo.ApplicationCommandInteractionDataOption) []*discordgo.ApplicationCommandInteractionDataOption {
	var out []*discordgo.ApplicationCommandInteractionDataOption
	for _, o := range options {
		out = append(append(out, o), o.Options...)
	}
	return out
}
