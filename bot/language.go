package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"newsdesk/words"
)

// locales are Discord's names of a language that is not English, where they are not its tag (Discord: locales).
var locales = map[string][]string{"es": {"es-ES", "es-419"}}

// elsewhere is what a sentence is in the languages other than English that have it, by Discord's locales.
func elsewhere(key string, limit int) map[string]string {
	said := map[string]string{}
	for _, tag := range words.Languages()[1:] {
		w := words.For(tag)
		if !w.Translates(key) {
			continue
		}
		names, several := locales[tag]
		if !several {
			names = []string{tag}
		}
		for _, name := range names {
			said[name] = label(w.Say(key), limit)
		}
	}
	return said
}

// named is what a command or an option is called in the other languages. What comes back from Discord has its
// English name.
func named(name string) map[string]string { return elsewhere("bot.name."+name, maxName) }

// spoken is the language of what the bot writes in a server without having been asked by a command: the one that is set
// there, else the one that the server's owner prefers, as far as this process has heard of it; "" for not known.
func (b *Bot) spoken(ctx context.Context, server string) string {
	if server == "" {
		return ""
	}
	preferred := ""
	if heard, ok := b.preferred.Load(server); ok {
		preferred, _ = heard.(string)
	}
	set, err := b.desk.Settings(ctx, server)
	if err != nil {
		return preferred
	}
	return cmp.Or(set.Language, preferred)
}

// called is a command or an option as the reader's Discord shows it.
func called(name string, w *words.Words) string { return w.Say("bot.name." + name) }

// dotted is a line of several things, those that are empty left out, each in its own direction.
func dotted(w *words.Words, parts ...string) string {
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	for i, part := range parts {
		parts[i] = w.Isolate(part)
	}
	return strings.Join(parts, " · ")
}
