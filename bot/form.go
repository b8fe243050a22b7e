package bot

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// field is a line or a box of a form. Where one box does not hold a text, others go on with it: what stands before a
// "+" in their ids is that of the first.
type field struct {
	id, name, hint string
	style          discordgo.TextInputStyle
	required       bool
	longest        int
}

// form asks for text.
func (b *Bot) form(ctx context.Context, in asked, id, title string, fields ...field) {
	var rows []discordgo.MessageComponent
	for _, f := range fields {
		rows = append(rows, discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.TextInput{
			CustomID: f.id, Label: label(f.name, maxModalTitle), Placeholder: label(f.hint, 100), Style: f.style, Required: f.required, MaxLength: f.longest,
		}}})
	}
	b.callback(ctx, in, answerWithForm, map[string]any{"custom_id": id, "title": label(title, maxModalTitle), "components": rows}, nil)
}

// fieldsOf are the texts of a form by name. Of several boxes each begins a line.
func fieldsOf(components []discordgo.MessageComponent) map[string]string {
	fields := map[string]string{}
	add := func(id, text string) {
		name, _, _ := strings.Cut(id, "+")
		if fields[name] != "" && text != "" {
			text = "\n" + text
		}
		fields[name] += text
	}
	for _, c := range components {
		switch c := c.(type) {
		case *discordgo.ActionsRow:
			for name, text := range fieldsOf(c.Components) {
				add(name, text)
			}
		case *discordgo.TextInput:
			add(c.CustomID, c.Value)
		}
	}
	return fields
}
