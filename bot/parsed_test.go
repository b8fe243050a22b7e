package bot

import (
	"encoding/json"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// parsed is a message as Discord gives it back.
func parsed(t *testing.T, m message) *discordgo.Message {
	t.Helper()
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
