package bot

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// parsed is a message as Discord gives it back.
func parsed(t *testing.T, m message) *discordgo.Message {
	t.Helper()
	m.files = nil // which have other ids on their way there than on their way back
	data, err := json.Marshal(m.wire())
	if err != nil {
		t.Fatal(err)
	}
	var back discordgo.Message
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	return &back
}

// texts are all texts of a message, in their order.
func texts(m *discordgo.Message) string {
	var all []string
	each(m.Components, func(c discordgo.MessageComponent) {
		if text, is := c.(*discordgo.TextDisplay); is {
			all = append(all, text.Content)
		}
	})
	return strings.Join(all, "\n")
}

// menuOf is the menu of a message, nil if it has none.
func menuOf(m *discordgo.Message) (menu *discordgo.SelectMenu) {
	each(m.Components, func(c discordgo.MessageComponent) {
		if found, is := c.(*discordgo.SelectMenu); is {
			menu = found
		}
	})
	return menu
}
