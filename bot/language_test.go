package bot

import (
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"newsdesk/bot/discordtest"
	"newsdesk/desk"
	"newsdesk/words"
)

// What Discord is told of a command is called as the program knows it in English, and otherwise in other languages; no
// two options of a command are called the same, and nothing is cut.
func TestCommandsHaveNamesInAllLanguages(t *testing.T) {
	check := func(name string, described map[string]string) {
		if said := called(name, words.For("en")); said != name {
			t.Errorf("bot.name.%s of words/bot.en.yaml is %s, not the name itself", name, said)
		}
		for locale, text := range described {
			if strings.HasSuffix(text, "…") {
				t.Errorf("%s, in %s, is described in more than %d characters: %s", name, locale, maxOption, text)
			}
		}
	}
	var options func(above string, all []option)
	options = func(above string, all []option) {
		taken := map[string]string{}
		for _, o := range all {
			check(o.Name, o.Described)
			for locale, name := range o.Names {
				if other, is := taken[locale+name]; is {
					t.Errorf("%s: in %s both %s and %s are called %s", above, locale, o.Name, other, name)
				}
				taken[locale+name] = o.Name
			}
			options(above+" "+o.Name, o.Options)
		}
	}
	taken := map[string]string{}
	for _, c := range commands() {
		if c.Type != discordgo.ChatApplicationCommand {
			continue
		}
		check(c.Name, c.Described)
		for locale, name := range c.Names {
			if other, is := taken[locale+name]; is {
				t.Errorf("in %s both %s and %s are called %s", locale, c.Name, other, name)
			}
			taken[locale+name] = c.Name
		}
		options(c.Name, c.Options)
	}
}

// Each of Discord's locales that is a language of ours has its names.
func TestLocales(t *testing.T) {
	names := named("summarize")
	for _, locale := range []string{"de", "fr", "es-ES", "es-419", "uk", "ar"} {
		if names[locale] == "" || names[locale] == "summarize" {
			t.Errorf("%s has no name for /summarize: %v", locale, names)
		}
	}
	if _, is := names["en-US"]; is {
		t.Error("English is what there is without localizations")
	}
}

// Everybody is answered in the language of their own Discord, and what an article says stays as it is.
func TestReadersAreAnsweredInTheirLanguage(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	for locale, wanted := range map[string]struct{ quote, button string }{
		"de":     {"„We close a gap tonight that we opened ourselves.“", "Löschen"},
		"es-419": {"«We close a gap tonight that we opened ourselves.»", "Eliminar"},
		"ar":     {"«\u2068We close a gap tonight that we opened ourselves.\u2069»", "حذف"},
		"ja":     {"“We close a gap tonight that we opened ourselves.”", "Delete"},
	} {
		n.ada.Locale = locale
		n.press.print <- struct{}{}
		m, err := n.summarize("page", nil).WaitFor(n.ctx, "card in "+locale, func(m *discordtest.Message) bool {
			_, ready := m.Find(wanted.button)
			return ready
		})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(m.Text(), wanted.quote) {
			t.Errorf("in %s the card says %s", locale, m.Text())
		}
	}
}

// What nobody asked for by a command is said in the language that the server has set, else in the one that it prefers.
func TestServersAreSpokenToInTheirLanguage(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	if _, err := n.bot.guildEvent("GUILD_CREATE", []byte(`{"id":"`+n.guild.ID+`","preferred_locale":"uk"}`)); err != nil {
		t.Fatal(err)
	}
	if said := n.bot.spoken(n.ctx, n.guild.ID); said != "uk" {
		t.Errorf("the server prefers %q", said)
	}
	if err := n.bot.desk.Set(n.ctx, n.guild.ID, desk.SetLanguage, "de"); err != nil {
		t.Fatal(err)
	}
	n.press.print <- struct{}{}
	card := n.whole(t, n.summarize("page", nil))
	n.Post(n.general, n.ada, "What did Brandt say about a waiting room?", card)
	answer, err := n.WaitMessage(n.ctx, n.general, func(m *discordtest.Message) bool { return m.Interaction == nil && m.Author.Bot && m.Type != 0 })
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := answer.Find("Weiter fragen"); !ok {
		t.Errorf("the reply is answered with %s", answer.Text())
	}
}
