package digest

import (
	"encoding/json"
	"errors"
	"testing"
	"time"
)

// times are those of a test, which knows them to be good.
func times(t testing.TB, clock, zone string, days Days) Times {
	t.Helper()
	ts, err := ParseTimes(clock, zone, string(days))
	if err != nil {
		t.Fatal(err)
	}
	return ts
}

func moment(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestNext(t *testing.T) {
	for _, test := range []struct {
		name, clock, zone string
		days              Days
		after             string
		want              []string
	}{
		{"the same day", "09:00", "Europe/Berlin", Daily, "2026-01-10T07:59:59Z", []string{"2026-01-10T08:00:00Z", "2026-01-11T08:00:00Z"}},
		{"the moment itself is over", "09:00", "Europe/Berlin", Daily, "2026-01-10T08:00:00Z", []string{"2026-01-11T08:00:00Z"}},
		{"winter to summer", "09:00", "Europe/Berlin", Daily, "2026-03-28T00:00:00Z", []string{"2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z"}},
		{"a time left out", "02:30", "Europe/Berlin", Daily, "2026-03-28T00:00:00Z", []string{"2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"}},
		{"a time shown twice", "02:30", "Europe/Berlin", Daily, "2026-10-24T12:00:00Z", []string{"2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"}},
		{"between the two", "02:30", "Europe/Berlin", Daily, "2026-10-25T01:00:00Z", []string{"2026-10-26T01:30:00Z"}},
		{"left out in New York", "02:15", "America/New_York", Daily, "2026-03-08T05:00:00Z", []string{"2026-03-08T07:00:00Z", "2026-03-09T06:15:00Z"}},
		{"shown twice in New York", "01:30", "America/New_York", Daily, "2026-11-01T00:00:00Z", []string{"2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"}},
		{"half an hour left out", "02:15", "Australia/Lord_Howe", Daily, "2026-10-02T20:00:00Z", []string{"2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z"}},
		{"half an hour shown twice", "01:45", "Australia/Lord_Howe", Daily, "2026-04-04T00:00:00Z", []string{"2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z"}},
		{"midnight left out", "00:00", "Africa/Cairo", Daily, "2026-04-22T22:00:00Z", []string{"2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z"}},
		{"the evening's last hour left out", "23:30", "America/Nuuk", Daily, "2026-03-28T01:30:00Z", []string{"2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"}},
		{"a day left out", "09:00", "Pacific/Apia", Daily, "2011-12-29T00:00:00Z", []string{"2011-12-29T19:00:00Z", "2011-12-30T19:00:00Z"}},
		{"weekly, on a day left out", "09:00", "Pacific/Apia", Weekly(time.Friday), "2011-12-20T00:00:00Z", []string{"2011-12-23T19:00:00Z", "2012-01-05T19:00:00Z"}},
		{"weekdays", "18:00", "Asia/Kolkata", Weekdays, "2026-07-02T13:00:00Z", []string{"2026-07-03T12:30:00Z", "2026-07-06T12:30:00Z"}},
		{"the weekday of the zone, not of UTC", "08:00", "Pacific/Auckland", Weekly(time.Monday), "2026-07-01T00:00:00Z", []string{"2026-07-05T20:00:00Z", "2026-07-12T20:00:00Z"}},
		{"quarters of an hour", "06:30", "Asia/Kathmandu", Daily, "2026-07-01T00:00:00Z", []string{"2026-07-01T00:45:00Z"}},
		{"a leap day", "12:00", "UTC", Daily, "2028-02-28T12:00:00Z", []string{"2028-02-29T12:00:00Z", "2028-03-01T12:00:00Z"}},
	} {
		ts, at := times(t, test.clock, test.zone, test.days), moment(t, test.after)
		for _, want := range test.want {
			next := ts.Next(at)
			if !next.Equal(moment(t, want)) {
				t.Errorf("%s: after %v comes %v, want %s", test.name, at, next.UTC(), want)
				break
			}
			at = next
		}
	}
}

func TestLast(t *testing.T) {
	for _, test := range []struct {
		days       Days
		due, since string
	}{
		{Daily, "2026-03-29T07:00:00Z", "2026-03-28T08:00:00Z"}, // 23 hours
		{Daily, "2026-10-25T08:00:00Z", "2026-10-24T07:00:00Z"}, // 25 hours
		{Weekdays, "2026-07-06T07:00:00Z", "2026-07-03T07:00:00Z"},
		{Weekly(time.Friday), "2026-07-10T07:00:00Z", "2026-07-03T07:00:00Z"},
	} {
		due := moment(t, test.due)
		ts := times(t, "09:00", "Europe/Berlin", test.days)
		if last := ts.Last(due.Add(-time.Nanosecond)); !last.Equal(moment(t, test.since)) || !ts.Last(due).Equal(due) {
			t.Errorf("%s, before %s: %v", test.days, test.due, last.UTC())
		}
	}
}

func TestParseTimes(t *testing.T) {
	for _, test := range []struct {
		clock, zone, days string
		want              error
	}{
		{"25:00", "UTC", "daily", ErrClock},
		{"nine", "UTC", "daily", ErrClock},
		{"", "UTC", "daily", ErrClock},
		{"09:00", "", "daily", ErrZone},
		{"09:00", "Local", "daily", ErrZone},
		{"09:00", "Mars/Olympus", "daily", ErrZone},
		{"09:00", "../../etc/passwd", "daily", ErrZone},
		{"09:00", "UTC", "", ErrDays},
		{"09:00", "UTC", "Monday", ErrDays},
	} {
		if _, err := ParseTimes(test.clock, test.zone, test.days); !errors.Is(err, test.want) {
			t.Errorf("%q %q %q: %v, want %v", test.clock, test.zone, test.days, err, test.want)
		}
	}
	for _, days := range AllDays() {
		ts := times(t, "9:05", "America/Argentina/Buenos_Aires", days)
		written, err := json.Marshal(ts)
		if err != nil {
			t.Fatal(err)
		}
		var read Times
		if err := json.Unmarshal(written, &read); err != nil || read.Clock() != "09:05" || read.Zone.String() != ts.Zone.String() || read.Days != days {
			t.Errorf("%s: %+v, %v", written, read, err)
		}
	}
	if (Times{}).Next(time.Now()) != (time.Time{}) {
		t.Error("no times at all are due")
	}
}

// zones are those in which something is unusual, and some in which nothing is.
var zones = []string{
	"UTC", "Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York", "America/St_Johns", "America/Nuuk", "America/Havana",
	"America/Santiago", "America/Asuncion", "Africa/Cairo", "Africa/Casablanca", "Asia/Beirut", "Asia/Gaza", "Asia/Kolkata", "Asia/Kathmandu",
	"Asia/Tehran", "Asia/Pyongyang", "Australia/Lord_Howe", "Australia/Adelaide", "Pacific/Apia", "Pacific/Fakaofo", "Pacific/Kwajalein",
	"Pacific/Chatham", "Pacific/Auckland", "Antarctica/Troll", "Pacific/Kiritimati",
}

// FuzzTimes: moments strictly increase; each day of the zone's calendar that is meant has one and no other has any; it
// is the first at which the clocks show the time or a later one; Last and Next agree.
func FuzzTimes(f *testing.F) {
	for i := range zones {
		for _, at := range []string{"1993-08-19T00:00:00Z", "2011-12-28T00:00:00Z", "2026-03-26T00:00:00Z", "2026-10-23T00:00:00Z", "2040-04-01T00:00:00Z"} {
			for _, minute := range []uint16{0, 15, 135, 150, 540, 1410, 1439} {
				f.Add(uint8(i), minute, uint8(i), moment(f, at).Unix())
			}
		}
	}
	f.Fuzz(func(t *testing.T, zone uint8, minute uint16, days uint8, unix int64) {
		in, err := time.LoadLocation(zones[int(zone)%len(zones)])
		if err != nil {
			t.Fatal(err)
		}
		from := time.Unix(unix%4e9, 0).In(in)
		ts := Times{Minute: int(minute) % 1440, Zone: in, Days: AllDays()[int(days)%len(AllDays())]}
		got := map[string]bool{}
		until := from.AddDate(0, 0, 20)
		for at := from; ; {
			next := ts.Next(at)
			if !next.After(at) {
				t.Fatalf("%v: after %v comes %v", ts, at, next)
			}
			if last := ts.Last(next); !last.Equal(next) {
				t.Fatalf("%v: the last until %v is %v", ts, next, last)
			}
			if last := ts.Last(next.Add(-1)); last.After(at) || !ts.Next(last).Equal(next) {
				t.Fatalf("%v: before %v was %v", ts, next, last)
			}
			if at = next; at.After(until) {
				break
			}
			got[dayOf(ts, next, in).Format(time.DateOnly)] = true
		}
		// By the hour, another way: which days there are, and whether one is due.
		for day, begins := range calendar(from.AddDate(0, 0, 1), until.AddDate(0, 0, -2)) {
			if want := ts.Days.include(begins.Weekday()); got[day] != want {
				t.Errorf("%v: due on %s: %v, want %v", ts, day, got[day], want)
			}
		}
	})
}

// dayOf is the day whose digest is due at a moment: that of the moment, unless a gap has put it behind its own.
func dayOf(ts Times, due time.Time, in *time.Location) time.Time {
	local := due.In(in)
	shown := local.Hour()*60 + local.Minute()
	if before := due.Add(-time.Minute).In(in); before.YearDay() != local.YearDay() && shown < ts.Minute && before.Hour()*60+before.Minute() < ts.Minute {
		return before
	}
	return local
}

// calendar is every day of a zone that begins between two moments.
func calendar(from, until time.Time) map[string]time.Time {
	days := map[string]time.Time{}
	for at := from; at.Before(until); at = at.Add(time.Hour) {
		if before := at.Add(-time.Hour); before.YearDay() != at.YearDay() {
			days[at.Format(time.DateOnly)] = at
		}
	}
	return days
}
