package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"newsdesk/bot/discordtest"
)

// optionOf is the value of the option of a message's menu whose description begins so.
func optionOf(t *testing.T, m *discordtest.Message, said string) (menu, value string) {
	t.Helper()
	m.Walk(func(c discordtest.Component) {
		for _, o := range c.Options {
			if value == "" && strings.HasPrefix(o.Description, said) {
				menu, value = c.CustomID, o.Value
			}
		}
	})
	if value == "" {
		t.Fatalf("no menu offers %q: %s", said, m.Text())
	}
	return menu, value
}

// about has a person choose a quote from the menu of a message, and returns the private answer.
func about(t *testing.T, s *service, who *discordtest.User, m *discordtest.Message, said string, wanted ...string) *discordtest.Message {
	t.Helper()
	menu, value := optionOf(t, m, said)
	answer := whole(t, s.discord.Select(who, m, menu, value), wanted...)
	if !answer.Ephemeral() {
		t.Error("what is behind a quote is shown to all")
	}
	return answer
}

// asks has a person fill in the form of a button.
func asks(t *testing.T, s *service, who *discordtest.User, m *discordtest.Message, button, speaker string, wanted ...string) *discordtest.Message {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	form := s.discord.Click(who, m, button)
	if _, err := form.WaitModal(ctx); err != nil {
		t.Fatal(err)
	}
	return whole(t, form.Submit(map[string]any{"speaker": speaker}), wanted...)
}

// A reader asks why, cites, and reports; a moderator decides; the server sees it everywhere, and another server does not.
func corrects(t *testing.T, n newsroom) {
	s, d, general, ada, ben := n.service, n.discord, n.general, n.ada, n.ben
	mia := n.guild.Member("mia", discordtest.ManageMessages)
	elsewhere := d.Guild("Elsewhere")
	other, eve := elsewhere.Channel("general"), elsewhere.Member("eve", discordtest.ManageMessages)
	const promised = "“We promised the islands"

	card := whole(t, d.Slash(general, ada, "summarize", discordtest.Options{"url": s.site + "/ferries"}), "Tarnmouth", "Source")
	whole(t, d.Slash(other, eve, "summarize", discordtest.Options{"url": s.site + "/ferries"}), "Tarnmouth", "Source")
	list := whole(t, d.Click(ben, card, "quotes:"+storyID(t, card)), "We promised the islands")

	why := about(t, s, ben, list, promised, "Why Helena Brandt", "Attributed beside it by “added” to “she”", "was taken to mean “Mayor Helena Brandt”", "Wrong speaker")
	if text := why.Text(); !strings.Contains(text, "**We promised the islands a way home,**") || !strings.Contains(text, "__she__") {
		t.Errorf("the passage does not show what is meant: %s", text)
	}
	about(t, s, ben, card, "“", "Why ")
	cited := whole(t, d.Click(ben, why, "Copy with citation"), "```")
	const citation = "“We promised the islands a way home,” — Helena Brandt, “Tarnmouth Council Votes to Bring Back Night Ferries”"
	if text := cited.Text(); !strings.Contains(text, citation) || !strings.Contains(text, s.site+"/ferries#:~:text=We%20promised") || !cited.Ephemeral() {
		t.Errorf("cited as %s", text)
	}

	// A report waits for the moderators, and for them alone.
	if m := asks(t, s, ben, why, "Wrong speaker", "lindqvist", "Thank you"); !m.Ephemeral() {
		t.Error("a report is shown to all")
	}
	whole(t, d.Slash(general, ben, "quotes", discordtest.Options{"speaker": "brandt"}), "We promised the islands")
	whole(t, d.Slash(general, ben, "reports", nil), "Only moderators decide that")
	whole(t, d.Slash(other, eve, "reports", nil), "No report of a wrong speaker waits")
	reports := whole(t, d.Slash(general, mia, "reports", nil), "1 report of a wrong speaker", "We promised the islands", "said by **Oskar Lindqvist**", "Accept", "Reject", "Somebody else")
	if !reports.Ephemeral() {
		t.Error("the reports are shown to all")
	}
	whole(t, d.Click(mia, reports, "Accept"), "No report of a wrong speaker waits")

	// It holds in lists, counts, answers, cards, citations; what others have is as it was found.
	theirs := whole(t, d.Slash(general, ben, "quotes", discordtest.Options{"speaker": "oskar"}), "We promised the islands", "(corrected by moderators)")
	if m := whole(t, d.Slash(general, ben, "quotes", discordtest.Options{"speaker": "brandt"}), "Nobody should have"); strings.Contains(m.Text(), "We promised") {
		t.Errorf("the quote stands in two lists: %s", m.Text())
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	choices, err := d.Autocomplete(ctx, general, ben, "quotes", discordtest.Options{"speaker": "oskar"}, "speaker")
	if err != nil || len(choices) != 1 || !strings.Contains(fmt.Sprint(choices[0]), "Oskar Lindqvist · 5 quotes") {
		t.Errorf("oskar is completed with %v, %v", choices, err)
	}
	whole(t, d.Slash(general, ben, "ask", discordtest.Options{"question": "Who said we promised the islands a way home?"}), "Oskar Lindqvist", "(corrected by moderators)")
	why = about(t, s, mia, theirs, promised, "Why Oskar Lindqvist", "Corrected by moderators", "“she” was taken to mean", "Correct the speaker")
	whole(t, d.Click(mia, why, "Copy with citation"), "a way home,” — Oskar Lindqvist (corrected by moderators), “Tarnmouth")
	if m := whole(t, d.Slash(other, eve, "quotes", discordtest.Options{"speaker": "brandt"}), "We promised the islands"); strings.Contains(m.Text(), "corrected") {
		t.Errorf("another server sees the correction: %s", m.Text())
	}

	// Read again it stays; a moderator's own word needs no report; nobody; and back.
	again := whole(t, d.Slash(general, ada, "summarize", discordtest.Options{"url": s.site + "/ferries"}), "Tarnmouth", "Source")
	whole(t, d.Click(ben, again, "quotes:"+storyID(t, again)), "**Oskar Lindqvist** (corrected by moderators)")
	asks(t, s, mia, why, "Correct the speaker", "", "Corrected: **nobody**")
	list = whole(t, d.Click(ben, again, "quotes:"+storyID(t, again)), "nobody is named (corrected by moderators)")
	mias := whole(t, d.Click(mia, again, "quotes:"+storyID(t, again)), "nobody is named (corrected by moderators)")
	why = about(t, s, mia, mias, promised, "As newsdesk found it")
	whole(t, d.Click(mia, why, "As newsdesk found it"), "has the speaker again whom newsdesk found")
	whole(t, d.Slash(general, ben, "quotes", discordtest.Options{"speaker": "brandt"}), "We promised the islands")

	// A report that is rejected changes nothing; hostile names are shown as they are.
	why = about(t, s, ben, list, promised, "Wrong speaker")
	asks(t, s, ben, why, "Wrong speaker", "@everyone **x** <@1>", "Thank you")
	reports = whole(t, d.Slash(general, mia, "reports", nil), `said by **\@everyone \*\*x\*\* \<@1\>**`)
	whole(t, d.Click(mia, reports, "Reject"), "No report of a wrong speaker waits")
	whole(t, d.Slash(general, ben, "quotes", discordtest.Options{"speaker": "brandt"}), "We promised the islands")

	// A moderator who knows better than both says so.
	asks(t, s, ben, why, "Wrong speaker", "Tomas Reyl", "Thank you")
	reports = whole(t, d.Slash(general, mia, "reports", nil), "said by **Tomas Reyl**", "Somebody else")
	asks(t, s, mia, reports, "Somebody else", "Jonas Feld", "Corrected: **Jonas Feld**")
	whole(t, d.Slash(general, ben, "quotes", discordtest.Options{"speaker": "feld"}), "We promised the islands", "(corrected by moderators)")
}
