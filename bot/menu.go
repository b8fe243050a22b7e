package bot

import (
	"context"
	"slices"

	"github.com/bwmarrin/discordgo"
)

// linksOf are the addresses that a message shows: in its words and its embeds.
func linksOf(m *discordgo.Message) []string {
	var out []string
	add := func(s string) {
		if s = linkIn(s); webAddress(s) != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, l := range links.FindAllString(m.Content, -1) {
		add(l)
	}
	for _, e := range m.Embeds {
		add(e.URL)
	}
	return out
}

// menu takes the links of the message that was chosen.
func (b *Bot) menu(ctx context.Context, in asked, data discordgo.ApplicationCommandInteractionData, do string) {
	var found []string
	if data.Resolved != nil && data.Resolved.Messages[data.TargetID] != nil {
		found = linksOf(data.Resolved.Messages[data.TargetID])
	}
	if len(found) == 0 || do == "" {
		b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.menu.none"))))
		return
	}
	b.promise(ctx, in, openly, do, several(found, data.TargetID))
}
