package cache

import (
	"strings"
	"time"
)

// Appointment is a moment at which something that a guild has set is to be looked after. A store keeps those of all
// guilds in one list for each kind by their time, the agenda, so that whoever asks what is due need not ask guild by
// guild. What is to be done then stands in the setting of that name; when the setting is taken away, so is its
// appointment. An appointment without its setting, or too early, is no more than a look for nothing.
type Appointment struct {
	Guild string
	Name  string // of the setting; what stands before its first point is its kind
	At    time.Time
}

// AppointmentKind is the kind of what is appointed under a name.
func AppointmentKind(name string) string {
	kind, _, _ := strings.Cut(name, ".")
	return kind
}
