package evidence

import (
	"testing"
	"time"
)

// now is a Wednesday.
var now = time.Date(2026, time.March, 11, 15, 30, 0, 0, time.UTC)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text, speaker, topic string
		kind                 Kind
	}{
		{"Who said the bridge is late?", "", "the bridge is late", WhoSaid},
		{"who said that “the bridge is late”", "", "the bridge is late", WhoSaid},
		{"Who is ready to rebuild the harbour?", "", "ready to rebuild the harbour", WhoSaid},
		{"Who wants a new bridge", "", "wants a new bridge", WhoSaid},
		{"Who is Ida Kern?", "", "Who is Ida Kern", Other},
		{"What did Ida Kern say?", "Ida Kern", "", WhatSaid},
		{"What did Kern say about the bridge?", "Kern", "the bridge", WhatSaid},
		{"what did the mayor tell reporters about ferries?", "the mayor", "ferries", WhatSaid},
		{"What has the guild’s head said on pay?", "the guild's head", "pay", WhatSaid},
		{"What did they say about the bridge?", "", "the bridge", WhatSaid},
		{"Did Hale say anything about the cost?", "Hale", "the cost", WhatSaid},
		{"How did Oday react to the vote?", "Oday", "the vote", WhatSaid},
		{"What is Kern's position on tolls?", "Kern", "tolls", WhatSaid},
		{"Quotes by Tom Hale about money", "Tom Hale", "money", WhatSaid},
		{"How many people live in Port Ann?", "", "people live in Port Ann", Other},
		{"When does the ferry stop running", "", "does the ferry stop running", Other},
		{"Wer sagte, dass die Brücke zu spät kommt?", "", "die Brücke zu spät kommt", WhoSaid},
		{"Was sagte die Bürgermeisterin über die Fähre?", "die Bürgermeisterin", "die Fähre", WhatSaid},
		{"Was hat Kern zum Haushalt gesagt?", "Kern", "Haushalt", WhatSaid},
		{"Qui a dit que le pont est en retard ?", "", "le pont est en retard", WhoSaid},
		{"Qu’a dit Ida Kern sur le pont ?", "Ida Kern", "le pont", WhatSaid},
		{"¿Quién dijo que el puente llega tarde?", "", "el puente llega tarde", WhoSaid},
		{"¿Qué dijo Ida Kern sobre el puente?", "Ida Kern", "el puente", WhatSaid},
		{"", "", "", Other},
		{"???", "", "", Other},
	} {
		q := Parse(c.text, now)
		if q.Kind != c.kind || q.Speaker != c.speaker || q.Topic != c.topic {
			t.Errorf("%q is kind %d, speaker %q, topic %q", c.text, q.Kind, q.Speaker, q.Topic)
		}
	}
}

func TestParseDates(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, time.March, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		text  string
		since time.Time
		topic string
	}{
		{"What did Kern say since Monday?", day(9), ""},
		{"What did Kern say about tolls since Wednesday?", day(4), "tolls"},
		{"What did Kern say about tolls today?", day(11), "tolls"},
		{"What did Kern say yesterday about tolls?", day(10), "tolls"},
		{"What did Kern say about tolls this week?", day(9), "tolls"},
		{"What did Kern say since 2026-02-03 about tolls?", time.Date(2026, 2, 3, 0, 0, 0, 0, time.UTC), "tolls"},
		{"What did Kern say about tolls in the last 3 days?", now.AddDate(0, 0, -3), "tolls"},
		{"What did Kern say about tolls over the past week?", now.AddDate(0, 0, -7), "tolls"},
		{"Was sagte Kern über die Maut seit Dienstag?", day(10), "die Maut"},
		{"What did Kern say about Monday?", time.Time{}, "Monday"},
		{"What did Kern say since 2026-02-31 about tolls?", time.Time{}, "tolls"},
	} {
		q := Parse(c.text, now)
		if !q.Since.Equal(c.since) {
			t.Errorf("%q counts from %v, want %v", c.text, q.Since, c.since)
		}
		if q.Topic != c.topic {
			t.Errorf("%q is about %q, want %q", c.text, q.Topic, c.topic)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("What did Kern say about tolls since Monday?")
	f.Add("Who is \xff?")
	f.Add("in the last 999999999999999 months")
	f.Fuzz(func(t *testing.T, text string) {
		q := Parse(text, now)
		if q.Kind == WhoSaid && q.Topic == "" {
			t.Errorf("%q asks who said nothing", text)
		}
		if q.Since.After(now) {
			t.Errorf("%q counts from the future: %v", text, q.Since)
		}
		Rank(q, []Passage{{Text: text, Around: text, Title: text}})
	})
}
