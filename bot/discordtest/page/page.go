// Package page shows messages as Discord does: a stylesheet and a script of our own that imitate its
// look in the dark and the light theme, embeds and components of both kinds included. The messages are
// those of discordtest, as JSON; nothing in them is ever taken for HTML.
package page

import (
	"embed"
	"html/template"
	"io"

	"newsdesk/bot/discordtest"
)

// Files are discord.css and discord.js.
//
//go:embed discord.css discord.js
var Files embed.FS

// Themes.
const (
	Dark  = "dark"
	Light = "light"
)

var still = template.Must(template.New("still").Parse(`<!doctype html>
<html lang="en" class="{{.Theme}}"><meta charset="utf-8"><title>Discord</title>
<style>{{.Style}}</style>
<body style="width:{{.Width}}px"><main id="messages" class="still"></main>
<script>{{.Script}}</script>
<script>
const main = document.getElementById("messages");
for (const m of {{.Messages}}) main.append(Discord.message(m, {{.Names}}));
const measure = () => document.documentElement.dataset.height = Math.ceil(main.getBoundingClientRect().bottom);
measure(); addEventListener("load", measure);
</script></body></html>`))

// Write writes a page that stands by itself with these messages, width CSS pixels wide. Its root element
// says in data-height how high it is. Names are whom and what messages may mention, by id ([discordtest.Discord.Names]).
func Write(w io.Writer, messages []*discordtest.Message, names map[string]string, theme string, width int) error {
	style, err := Files.ReadFile("discord.css")
	if err != nil {
		return err
	}
	script, err := Files.ReadFile("discord.js")
	if err != nil {
		return err
	}
	return still.Execute(w, map[string]any{
		"Theme": theme, "Width": width, "Messages": messages, "Names": names,
		"Style": template.CSS(style), "Script": template.JS(script), //nolint:gosec // our own files
	})
}
