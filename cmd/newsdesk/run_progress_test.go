package main

import (
	"strings"
	"syscall"
	"testing"

	"newsdesk/bot/discordtest"
	"newsdesk/summarize/llmtest"
)

// Who waits for a model reads meanwhile what is being read, then the article's own sentences and its quotations; what
// the model wrote comes in their place. Who asked for nobody else to see it is the only one who does.
func TestRunShowsItsProgress(t *testing.T) {
	asked, write := make(chan struct{}, 10), make(chan struct{})
	model := llmtest.NewFunc(t, func(llmtest.Request) llmtest.Reply {
		asked <- struct{}{}
		<-write
		return llmtest.Say(`{"headline":"","points":[{"text":"The plan passed by 14 votes to 9 after four hours of debate.","sentences":[3]}]}`)
	})
	s := serve(t)
	s.store = append(s.store, "NEWSDESK_LLM_BASE_URL="+model.URL)
	stop := s.start(t)
	g := s.discord.Guild("Harbour News")
	general, ada := g.Channel("general"), g.Member("ada")
	s.hold("/held")
	i := s.discord.Slash(general, ada, "summarize", discordtest.Options{"url": s.site + "/held", "private": true})
	s.held(t)
	whole(t, i, "Reading 127")
	s.release()
	<-asked
	first := whole(t, i, "Nobody should have to sleep in a waiting room", "quotes; a model is writing", "The article's own sentences")
	if _, early := first.Find("Delete"); early {
		t.Error("a card that is still being made can be deleted")
	}
	close(write)
	whole(t, i, "Written by", "The plan passed by 14 votes to 9", "Delete")
	stop(syscall.SIGTERM)
	for _, shown := range s.discord.Shown(i.Reply().ID) {
		if shown.Message.VisibleTo != ada.ID {
			t.Errorf("everybody sees %s", shown.Message.Text())
		}
	}
	if others := s.discord.Messages(general); len(others) > 0 {
		t.Errorf("everybody sees %d messages, as %s", len(others), strings.TrimSpace(others[0].Text()))
	}
	refusals(t, s.discord)
}
