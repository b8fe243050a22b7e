package words

import (
	"strconv"
	"time"
)

var months = [...]string{
	"month.january", "month.february", "month.march", "month.april", "month.may", "month.june",
	"month.july", "month.august", "month.september", "month.october", "month.november", "month.december",
}

// Day is a day as the language writes it ("3 March 2026", "3. März 2026").
func (w *Words) Day(t time.Time) string {
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		day = w.Say("day.first")
	}
	return w.Say("day.date", "Day", day, "Month", w.Say(months[t.Month()-1]), "Year", t.Format("2006"))
}

// Moment is a day with its time ("3 March 2026, 15:04").
func (w *Words) Moment(t time.Time) string {
	return w.Say("day.moment", "Day", w.Day(t), "Time", t.Format("15:04"))
}
