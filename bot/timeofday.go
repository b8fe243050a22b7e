package bot

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// clockForms are the forms in which people write a time of day: 9, 9:00, 9am, 9.30 pm, 21.30, 21h30, 0930, 9 Uhr.
var clockForms = regexp.MustCompile(`^(\d{1,2})(?:[:.h]?(\d{2}))? ?(am|pm|h|uhr|o'clock)?$`)

// ownDigits are the digits of scripts that have their own for the time of day, as ASCII has them.
var ownDigits = strings.NewReplacer(
	"٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9",
	"۰", "0", "۱", "1", "۲", "2", "۳", "3", "۴", "4", "۵", "5", "۶", "6", "۷", "7", "۸", "8", "۹", "9",
	"：", ":", "a.m.", "am", "p.m.", "pm",
)

// timeOfDay reads a time of day as people type it, and writes it as 21:30; false if it is none.
func timeOfDay(typed string) (string, bool) {
	typed = ownDigits.Replace(strings.Join(strings.Fields(strings.ToLower(typed)), " "))
	found := clockForms.FindStringSubmatch(typed)
	if found == nil {
		return "", false
	}
	hour, err := strconv.Atoi(found[1])
	minute := 0
	if err == nil && found[2] != "" {
		minute, err = strconv.Atoi(found[2])
	}
	half := found[3] == "am" || found[3] == "pm"
	if err != nil || minute > 59 || hour > 24 || hour == 24 && minute > 0 || half && (hour < 1 || hour > 12) {
		return "", false
	}
	if half {
		if hour %= 12; found[3] == "pm" {
			hour += 12
		}
	}
	return fmt.Sprintf("%02d:%02d", hour%24, minute), true
}
