package digest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // where the system has no time zones, and so that all replicas have the same
)

// What is wrong with the parts of [Times].
var (
	ErrClock = errors.New("not a time of day")
	ErrZone  = errors.New("not a time zone")
	ErrDays  = errors.New("not days of the week")
)

// Days says on which days a digest is due: [Daily], [Weekdays], or one day of the week by its English name in small
// letters, see [Weekly].
type Days string

// The days that are not a single one.
const (
	Daily    Days = "daily"
	Weekdays Days = "weekdays" // Monday to Friday
)

// Weekly is one day of each week.
func Weekly(day time.Weekday) Days { return Days(strings.ToLower(day.String())) }

// AllDays are the days that there are to choose from: daily, weekdays, monday to sunday.
func AllDays() []Days {
	all := []Days{Daily, Weekdays}
	for day := time.Monday; day <= time.Saturday; day++ {
		all = append(all, Weekly(day))
	}
	return append(all, Weekly(time.Sunday))
}

func (d Days) include(day time.Weekday) bool {
	switch d {
	case Daily:
		return true
	case Weekdays:
		return day != time.Saturday && day != time.Sunday
	}
	return d == Weekly(day)
}

// Times say when a digest is due: at a time of day, by the clocks of a zone, on some days of the week. There is one
// moment on each such day of the zone's calendar. A time that clocks leave out (in spring) is taken at the first moment
// after the gap, one that they show twice (in autumn) at the first of both; a day that a calendar leaves out, as Samoa
// did with 30 December 2011, has none. In JSON: {"time":"09:00","zone":"Europe/Berlin","days":"daily"}.
//
// Make them with [ParseTimes]; the zero value is never due.
type Times struct {
	Minute int            // of the day: 0 to 1439
	Zone   *time.Location // of the IANA database
	Days   Days
}

// ParseTimes reads a time of day ("09:00", "9:00"), the name of a time zone as the IANA database has it
// ("Europe/Berlin") and the days. Errors: [ErrClock], [ErrZone], [ErrDays].
func ParseTimes(clock, zone, days string) (Times, error) {
	at, err := time.Parse("15:04", clock)
	if err != nil {
		return Times{}, fmt.Errorf("%w: %q", ErrClock, clock)
	}
	in, err := time.LoadLocation(zone)
	if err != nil || zone == "" || zone == "Local" { // these two are UTC, and wherever the program runs
		return Times{}, fmt.Errorf("%w: %q", ErrZone, zone)
	}
	if !slices.Contains(AllDays(), Days(days)) {
		return Times{}, fmt.Errorf("%w: %q", ErrDays, days)
	}
	return Times{Minute: at.Hour()*60 + at.Minute(), Zone: in, Days: Days(days)}, nil
}

// Clock is the time of day, as 09:00.
func (t Times) Clock() string { return fmt.Sprintf("%02d:%02d", t.Minute/60, t.Minute%60) }

// timesRecord is how Times are written.
type timesRecord struct {
	Time string `json:"time"`
	Zone string `json:"zone"`
	Days string `json:"days"`
}

// MarshalJSON writes what UnmarshalJSON reads.
func (t Times) MarshalJSON() ([]byte, error) {
	return json.Marshal(timesRecord{t.Clock(), t.Zone.String(), string(t.Days)})
}

// UnmarshalJSON reads as [ParseTimes] does, with its errors.
func (t *Times) UnmarshalJSON(data []byte) error {
	var r timesRecord
	err := json.Unmarshal(data, &r)
	if err == nil {
		*t, err = ParseTimes(r.Time, r.Zone, r.Days)
	}
	return err
}

// Next is the first moment after another at which a digest is due; zero for the zero value.
func (t Times) Next(after time.Time) time.Time {
	return t.seek(after, 1, time.Time.After)
}

// Last is the last moment, no later than another, at which a digest is due; zero for the zero value.
func (t Times) Last(at time.Time) time.Time {
	return t.seek(at, -1, func(due, at time.Time) bool { return !due.After(at) })
}

// seekDays is more than lie between two moments: a week, and one day in it that the calendar left out.
const seekDays = 20

// seek is the first moment of which is holds, from the far side of another on in steps of days.
func (t Times) seek(from time.Time, step int, is func(due, from time.Time) bool) time.Time {
	if t.Zone == nil {
		return time.Time{}
	}
	year, month, day := from.In(t.Zone).Date()
	for n := -2; n < seekDays; n++ { // a gap may put a moment on the day after its own
		on := time.Date(year, month, day+step*n, 0, 0, 0, 0, time.UTC)
		if due, ok := t.on(on); ok && is(due, from) {
			return due
		}
	}
	return time.Time{}
}

// on is when the digest of a day is due, if on that day one is. The day is given by its midnight in UTC.
func (t Times) on(day time.Time) (due time.Time, ok bool) {
	if !t.Days.include(day.Weekday()) {
		return time.Time{}, false
	}
	year, month, d := day.Date()
	if y, m, first := first(day, t.Zone).Date(); y != year || m != month || first != d {
		return time.Time{}, false
	}
	return first(day.Add(time.Duration(t.Minute)*time.Minute), t.Zone), true
}

// farthest is more than local time differs from UTC anywhere.
const farthest = 26 * time.Hour

// first is the first moment at which the clocks of a zone show a time or, where they never do, a later one. The time is
// given as UTC shows it.
func first(wall time.Time, zone *time.Location) time.Time {
	for at := wall.Add(-farthest).In(zone); ; {
		_, offset := at.Zone()
		begin, end := at.ZoneBounds() // of the time in which the offset holds
		shown := wall.Add(-time.Duration(offset) * time.Second).In(zone)
		switch {
		case !begin.IsZero() && shown.Before(begin):
			return begin
		case end.IsZero() || shown.Before(end):
			return shown
		}
		at = end
	}
}
