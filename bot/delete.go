package bot

import (
	"context"
	"errors"
	"net/http"

	"github.com/bwmarrin/discordgo"
)

// deleteCard deletes a card for whoever shared it, or moderates.
func (b *Bot) deleteCard(ctx context.Context, in asked, sharer string) {
	if in.by != sharer && !in.moderates() {
		b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.delete.others"))))
		return
	}
	b.callback(ctx, in, inPlaceLater, nil, nil)
	url := discordgo.EndpointWebhookMessage(in.AppID, in.Token, "@original")
	if err := b.call(ctx, http.MethodDelete, url, unlimited, nil, nil, nil); err != nil {
		b.log.WarnContext(ctx, "card not deleted", "error", err)
		if errors.Is(err, errDeleted) {
			return // by somebody else, a moment ago
		}
		why := private(note(amiss, in.w.Say("bot.delete.failed")))
		url := discordgo.EndpointWebhookToken(in.AppID, in.Token)
		if err := b.call(ctx, http.MethodPost, url, unlimited, why.wire(), nil, nil); err != nil {
			b.log.WarnContext(ctx, "nobody told that a card was not deleted", "error", err)
		}
	}
}
