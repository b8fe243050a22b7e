package main

import (
	"os"
	"syscall"
	"testing"

	"newsdesk/bot/discordtest"
	"newsdesk/bot/discordtest/render"
)

// TestPictures makes pictures of what people see of the bot, in the folder that NEWSDESK_PICTURES names (`make
// pictures`): a card, somebody's quotations, an answer.
func TestPictures(t *testing.T) {
	dir := os.Getenv("NEWSDESK_PICTURES")
	if dir == "" {
		t.Skip("set NEWSDESK_PICTURES to a folder for pictures of the bot: make pictures")
	}
	s := serve(t)
	stop := s.start(t)
	defer stop(syscall.SIGTERM)
	g := s.discord.Guild("Harbour News")
	general, ada, ben := g.Channel("general"), g.Member("ada"), g.Member("ben")
	card := whole(t, s.discord.Slash(general, ada, "summarize", discordtest.Options{"url": s.site + "/ferries"}), "Tarnmouth", "Source", "Delete")
	quotes := whole(t, s.discord.Slash(general, ben, "quotes", discordtest.Options{"speaker": "brandt"}), "Helena Brandt")
	answer := whole(t, s.discord.Slash(general, ben, "ask", discordtest.Options{"question": "What did Reyl say about bread?"}), "Tomas Reyl")
	for name, messages := range map[string][]*discordtest.Message{"card": {card}, "answers": {quotes, answer}} {
		if err := render.All(t.Context(), dir, name, messages); err != nil {
			t.Fatal(err)
		}
	}
}
