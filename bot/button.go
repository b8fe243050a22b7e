package bot

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// customID is what a button or a form sends back: a verb and what it needs, parted by colons.
func customID(verb string, args ...string) string {
	return verb + ":" + strings.Join(args, ":")
}

// parseID takes a custom id apart; at least n arguments are returned.
func parseID(id string, n int) (verb string, args []string) {
	verb, rest, _ := strings.Cut(id, ":")
	args = strings.Split(rest, ":")
	for len(args) < n {
		args = append(args, "")
	}
	return verb, args
}

// button is one that sends id back. Ids that are too long are a fault of the program.
func button(text, id string, style discordgo.ButtonStyle) discordgo.Button {
	return discordgo.Button{Label: label(text, maxLabel), CustomID: id, Style: style}
}

// linkButton is one that leads to an address; false where Discord takes none that is so long.
func linkButton(text, to string) (b discordgo.Button, ok bool) {
	return discordgo.Button{Label: label(text, maxLabel), Style: discordgo.LinkButton, URL: to}, to != "" && size(to) <= maxLink
}

// each shows do every component of a message that Discord gave back, however deep, in the order of the screen.
func each(components []discordgo.MessageComponent, do func(discordgo.MessageComponent)) {
	for _, c := range components {
		do(c)
		switch c := c.(type) {
		case *discordgo.Container:
			each(c.Components, do)
		case *discordgo.ActionsRow:
			each(c.Components, do)
		case *discordgo.Section:
			each(append(slices.Clone(c.Components), c.Accessory), do)
		}
	}
}

// buttonsOf are all buttons of a message.
func buttonsOf(m *discordgo.Message) (all []*discordgo.Button) {
	each(m.Components, func(c discordgo.MessageComponent) {
		if b, is := c.(*discordgo.Button); is {
			all = append(all, b)
		}
	})
	return all
}

// before is what a message shows, to be put back; nil for one that says no more than that something failed, whose
// place another may take.
func before(m *discordgo.Message) json.RawMessage {
	if m == nil || slices.ContainsFunc(buttonsOf(m), func(b *discordgo.Button) bool {
		verb, _ := parseID(b.CustomID, 0)
		return verb == "again"
	}) {
		return nil
	}
	shown, err := json.Marshal(m.Components)
	if err != nil {
		return nil
	}
	return shown
}

// storyOf is the story that a message of the bot can be asked about, "" if there is none: that of its button to ask. A
// list of articles has none.
func storyOf(m *discordgo.Message) string {
	for _, b := range buttonsOf(m) {
		if verb, args := parseID(b.CustomID, 1); verb == "ask" {
			return args[0]
		}
	}
	return ""
}

// ownLink is a link that the bot wrote: what others bring is defused.
var ownLink = regexp.MustCompile(`\]\((https?://[^)\s]+)\)`)

// sourceOf is the address that a message leads to, by its button or else by a link in its words.
func sourceOf(m *discordgo.Message) (address string) {
	if m == nil {
		return ""
	}
	inWords := ""
	each(m.Components, func(c discordgo.MessageComponent) {
		switch c := c.(type) {
		case *discordgo.Button:
			address = cmp.Or(address, c.URL)
		case *discordgo.TextDisplay:
			if found := ownLink.FindStringSubmatch(c.Content); found != nil {
				inWords = cmp.Or(inWords, found[1])
			}
		}
	})
	return cmp.Or(address, inWords)
}
