package evidence

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dates fits the ways of saying from when on, at the end or the beginning of a question or inside it.
var dates = regexp.MustCompile(`(?i)(?:^|[ ,])(?:` +
	`(?:since|after|seit|depuis|desde) (?P<day>` + dayNames + `|yesterday|gestern|hier|ayer)` +
	`|(?:since|seit|depuis|desde)(?: el| le)? (?P<date>\d{4}-\d{2}-\d{2})` +
	`|(?P<relative>today|yesterday|this week|heute|gestern|diese woche|aujourd'hui|cette semaine|hoy|ayer|esta semana)` +
	`|(?:in|over|during|for) the (?:last|past) (?P<count>\d{1,3})? ?(?P<unit>hours?|days?|weeks?|months?)` +
	`)(?:[ ,]|$)`)

const dayNames = `monday|tuesday|wednesday|thursday|friday|saturday|sunday` +
	`|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag` +
	`|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche` +
	`|lunes|martes|miércoles|jueves|viernes|sábado|domingo`

// cutDate takes a date out of a question and returns what is left and from when on is asked; the zero
// time if the question names none.
func cutDate(text string, now time.Time) (string, time.Time) {
	m := dates.FindStringSubmatchIndex(text)
	if m == nil {
		return text, time.Time{}
	}
	group := func(name string) string {
		i := dates.SubexpIndex(name) * 2
		if m[i] < 0 {
			return ""
		}
		return strings.ToLower(text[m[i]:m[i+1]])
	}
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	var since time.Time
	switch {
	case group("day") != "":
		since = lastDay(group("day"), midnight)
	case group("date") != "":
		// A day that no calendar has (2025-02-31) leaves since zero: it limits nothing.
		since, _ = time.ParseInLocation(time.DateOnly, group("date"), now.Location())
	case group("relative") != "":
		since = relativeDay(group("relative"), midnight)
	default:
		since = ago(group("count"), group("unit"), now)
	}
	left := strings.TrimSpace(text[:m[0]] + " " + text[m[1]:])
	if left == "" { // "today?" is a question about today, not about nothing
		return text, time.Time{}
	}
	return left, since
}

// lastDay is the start of the most recent day of that name before today, or of yesterday.
func lastDay(day string, midnight time.Time) time.Time {
	for i, named := range strings.Split(dayNames, "|") {
		if named == day {
			weekday := time.Weekday((i + 1) % 7) // the names begin with Monday in each language
			back := (int(midnight.Weekday())-int(weekday)+6)%7 + 1
			return midnight.AddDate(0, 0, -back)
		}
	}
	return midnight.AddDate(0, 0, -1)
}

func relativeDay(word string, midnight time.Time) time.Time {
	switch word {
	case "today", "heute", "aujourd'hui", "hoy":
		return midnight
	case "yesterday", "gestern", "ayer":
		return midnight.AddDate(0, 0, -1)
	}
	return midnight.AddDate(0, 0, -(int(midnight.Weekday())+6)%7) // this week: since Monday
}

func ago(count, unit string, now time.Time) time.Time {
	n, err := strconv.Atoi(count)
	if err != nil {
		n = 1 // "in the last week"
	}
	switch strings.TrimSuffix(unit, "s") {
	case "hour":
		return now.Add(-time.Duration(n) * time.Hour)
	case "day":
		return now.AddDate(0, 0, -n)
	case "week":
		return now.AddDate(0, 0, -7*n)
	}
	return now.AddDate(0, -n, 0)
}
