package bot

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/cache"
	"newsdesk/words"
)

// mostSpeakers is how many of the most quoted are shown.
const mostSpeakers = 10

// speakerText is how much of a name a ranking has, in characters.
const speakerText = 80

// chartFile is what the chart is called.
const chartFile = "speakers.png"

// speakersDeed answers who was quoted most, as a list and as a chart.
func speakersDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	since, err := parseSince(e.Args["since"], e.Reply.At)
	if err != nil { // it was looked at before it was noted
		return message{}, err
	}
	speakers, err := b.desk.Speakers(ctx, e.Guild, since)
	if err != nil {
		return message{}, err
	}
	return speakerList(speakers, since, w)
}

func speakerList(speakers []cache.Speaker, since time.Time, w *words.Words) (message, error) {
	if len(speakers) == 0 {
		return note(calm, w.Say("bot.speakers.none")), nil
	}
	shown := speakers[:min(len(speakers), mostSpeakers)]
	head := "### " + w.Say("bot.speakers.title")
	if !since.IsZero() {
		head += "\n-# " + w.Say("bot.speakers.since", "When", moment(since, "f"))
	}
	ranks, err := rank(shown, w)
	if err != nil {
		return message{}, err
	}
	l := newLayout()
	l.say(head)
	l.say(ranks.list)
	l.picture(chartFile, ranks.described)
	l.say("-# " + w.Say("bot.speakers.numbers"))
	m := l.message(calm)
	m.files = []*discordgo.File{ranks.chart}
	return m, nil
}

// ranking is who was quoted how often: a list, and a chart whose bars have the numbers of the list.
type ranking struct {
	list, described string
	chart           *discordgo.File // called chartFile
}

// rank makes the ranking of some speakers, in their order.
func rank(speakers []cache.Speaker, w *words.Words) (ranking, error) {
	var list, spoken strings.Builder
	counts := make([]int, 0, len(speakers))
	for i, s := range speakers {
		fmt.Fprintf(&list, "%d. **%s** · %s\n", i+1, w.Isolate(clip(s.Name, speakerText)), w.Say("bot.count.quotes", "Count", s.Count))
		fmt.Fprintf(&spoken, " %d. %s: %d.", i+1, label(s.Name, speakerText), s.Count)
		counts = append(counts, s.Count)
	}
	chart, err := barChart(counts)
	if err != nil {
		return ranking{}, fmt.Errorf("draw the chart: %w", err)
	}
	return ranking{
		list: strings.TrimSpace(list.String()), described: label(w.Say("bot.speakers.chart")+spoken.String(), maxDescribed),
		chart: &discordgo.File{Name: chartFile, ContentType: "image/png", Reader: bytes.NewReader(chart)},
	}, nil
}
