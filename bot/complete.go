package bot

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"

	"newsdesk/cache"
	"newsdesk/words"
)

// complete offers what the option that is being typed may be, with counts.
func (b *Bot) complete(ctx context.Context, in asked, data discordgo.ApplicationCommandInteractionData) {
	choices := []optionChoice{}
	for _, o := range given(data.Options) {
		text, ok := o.Value.(string)
		if !o.Focused || !ok {
			continue
		}
		switch o.Name {
		case "speaker":
			choices = b.speakerChoices(ctx, in, text)
		case "timezone":
			choices = zoneChoices(text, b.now())
		case "digest":
			choices = b.scheduleChoices(ctx, in, text)
		case "feed":
			choices = b.feedChoices(ctx, in.guild, text)
		case "article":
			choices = b.articleChoices(ctx, in.guild, text, in.w)
			if own := archive("", in.by); data.Name == "forget" && own != in.guild { // also what was summarized in private
				choices = append(choices, b.articleChoices(ctx, own, text, in.w)...)
				choices = choices[:min(len(choices), maxOptions)]
			}
		}
	}
	b.callback(ctx, in, answerChoices, map[string]any{"choices": choices}, nil)
}

func (b *Bot) speakerChoices(ctx context.Context, in asked, typed string) []optionChoice {
	choices := []optionChoice{}
	speakers, err := b.desk.CompleteSpeaker(ctx, in.guild, typed, maxOptions)
	if err != nil {
		b.log.WarnContext(ctx, "no choices", "error", err)
	}
	for _, s := range speakers {
		if name := label(s.Name, longestFilter); name == s.Name { // a name that is cut would find nobody
			count := " · " + in.w.Say("bot.count.quotes", "Count", s.Count)
			choices = append(choices, optionChoice{Name: label(name, maxOption-size(count)) + count, Value: name})
		}
	}
	return choices
}

func (b *Bot) articleChoices(ctx context.Context, guild, typed string, w *words.Words) []optionChoice {
	choices := []optionChoice{}
	stories, _, err := b.desk.Stories(ctx, cache.StoryQuery{Guild: guild, About: strings.TrimSpace(typed), Limit: maxOptions})
	if err != nil {
		b.log.WarnContext(ctx, "no choices", "error", err)
	}
	for _, s := range stories {
		name := s.Article.Title
		if name == "" {
			name = cache.Name(&s.Article)
		}
		if name = label(name, maxOption); name == "" {
			name = w.Say("bot.untitled")
		}
		choices = append(choices, optionChoice{Name: name, Value: s.ID})
	}
	return choices
}
