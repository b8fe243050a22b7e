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
	var list, spoken strings.Builder
	counts := make([]int, 0, len(shown))
	for i, s := range shown {
		fmt.Fprintf(&list, "%d. **%s** · %s\n", i+1, clip(s.Name, 120), w.Say("bot.count.quotes", "Count", s.Count))
		fmt.Fprintf(&spoken, " %d. %s: %d.", i+1, label(s.Name, 60), s.Count)
		counts = append(counts, s.Count)
	}
	chart, err := barChart(counts)
	if err != nil {
		return message{}, fmt.Errorf("draw the chart: %w", err)
	}
	l := newLayout()
	l.say(head)
	l.say(list.String())
	l.picture(chartFile, label(w.Say("bot.speakers.chart")+spoken.String(), maxDescribed))
	l.say("-# " + w.Say("bot.speakers.numbers"))
	m := l.message(calm)
	m.files = []*discordgo.File{{Name: chartFile, ContentType: "image/png", Reader: bytes.NewReader(chart)}}
	return m, nil
}
