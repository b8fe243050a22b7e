package bot

import (
	"context"
	"regexp"
	"strings"

	"github.com/bwmarrin/discordgo"

	"newsdesk/words"
)

// message takes a message that replies to one of the bot's own: a question about its article.
func (b *Bot) message(m *discordgo.Message) {
	to := m.ReferencedMessage
	if m.Author == nil || m.Author.Bot || to == nil || to.Author == nil || to.Author.ID != b.self {
		return
	}
	question := strings.TrimSpace(mention.ReplaceAllString(m.Content, " "))
	story := storyOf(to)
	if question == "" || story == "" { // a reply that does not mention the bot comes without its words
		return
	}
	ctx, cancel := context.WithTimeout(b.base, ackTime)
	defer cancel()
	e := errand{Do: "ask", Guild: archive(m.GuildID, m.Author.ID), By: m.Author.ID,
		Args:  map[string]string{"article": story, "question": question},
		Reply: reply{ID: m.ID, Channel: m.ChannelID, Server: m.GuildID, At: b.now()}}
	b.desk.Attend(ctx, e.Guild, e.Reply.ID, func(ctx context.Context) { b.takeAsked(ctx, e) })
}

// takeAsked notes what somebody asks for without a command, or tells them why not.
func (b *Bot) takeAsked(ctx context.Context, e errand) {
	err := b.desk.Admit(ctx, e.Guild, e.By)
	if err == nil {
		_, err = b.note(ctx, e)
	}
	if err != nil {
		b.log.InfoContext(ctx, "what was asked is not noted", "error", err)
		sorry := note(amiss, explain(words.For(b.spoken(ctx, e.Reply.Server)), err))
		_ = b.settle(ctx, "refusal", b.tell(ctx, e.By, e.Reply.ID, sorry))
	}
}

// mention is one of a person, as a reply begins with it.
var mention = regexp.MustCompile(`<@!?\d+>`)
