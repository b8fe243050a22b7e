package bot

import (
	"context"

	"github.com/bwmarrin/discordgo"
)

// field is a line or a box of a form.
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

// fieldsOf are the texts of a form by name.
func fieldsOf(components []discordgo.MessageComponent) map[string]string {
	fields := map[string]string{}
	for _, c := range components {
		switch c := c.(type) {
		case *discordgo.ActionsRow:
			for name, text := range fieldsOf(c.Components) {
				fields[name] = text
			}
		case *discordgo.TextInput:
			fields[c.CustomID] = c.Value
		}
	}
	return fields
}
