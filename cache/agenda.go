package cache

import "time"

// Appointment is a moment at which something that a guild has set is to be looked after. A store keeps those of all
// guilds in one list by their time, the agenda, so that whoever asks what is due need not ask guild by guild. What is to
// be done then stands in the setting of that name; when the setting is taken away, so is its appointment. An
// appointment without its setting, or too early, is no more than a look for nothing.
type Appointment struct {
	Guild string
	Name  string // of the setting
	At    time.Time
}
