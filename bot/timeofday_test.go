package bot

import "testing"

func TestTimesOfDayAsPeopleTypeIt(t *testing.T) {
	for typed, want := range map[string]string{
		"9": "09:00", "09": "09:00", "9:00": "09:00", "9am": "09:00", "9 AM": "09:00", "9 a.m.": "09:00", "9pm": "21:00", "12am": "00:00", "12 pm": "12:00",
		"21.30": "21:30", "21:30": "21:30", "21h30": "21:30", "21h": "21:00", "2130": "21:30", "930": "09:30", "0:05": "00:05", "24:00": "00:00", "9.30 pm": "21:30",
		" 9 Uhr ": "09:00", "18 uhr": "18:00", "٩:٣٠": "09:30", "۲۱:۳۰": "21:30", "７": "", "12:60": "", "25": "", "24:01": "", "13pm": "", "0am": "",
		"": "", "noon": "", "-9": "", "9:5": "", "9:00:00": "", "nine": "",
	} {
		if got, ok := timeOfDay(typed); got != want || ok != (want != "") {
			t.Errorf("%q is read as %q, not %q", typed, got, want)
		}
	}
}
