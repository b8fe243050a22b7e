package storetest

import (
	"testing"
	"time"

	"newsdesk/cache"
)

// testAgenda: what is due is listed by its time, over all guilds; a setting that goes takes its appointment with it.
func testAgenda(t *testing.T, d Driver) {
	s := d.Open(t)
	at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
	list := func(s Store, minutes, limit int) []cache.Appointment {
		t.Helper()
		all, err := s.Agenda(t.Context(), "visit", at(minutes), limit)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	appoint := func(guild, name string, at time.Time) {
		t.Helper()
		if err := s.Appoint(t.Context(), guild, name, at); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "an empty agenda", nil, list(s, 1000, 0))
	appoint("g2", "visit.another", at(20))
	appoint("g1", "visit.first", at(30))
	appoint("g1", "visit.another", at(10))
	appoint("g1", "other.b", at(10))
	one, two, three := cache.Appointment{Guild: "g1", Name: "visit.another", At: at(10)}, cache.Appointment{Guild: "g2", Name: "visit.another", At: at(20)},
		cache.Appointment{Guild: "g1", Name: "visit.first", At: at(30)}
	same(t, "before any", nil, list(s, 9, 0))
	same(t, "the moment itself", []cache.Appointment{one}, list(s, 10, 0))
	same(t, "all", []cache.Appointment{one, two, three}, list(d.Beside(t, s), 30, 0))
	same(t, "no more than", []cache.Appointment{one, two}, list(s, 30, 2))

	appoint("g1", "visit.another", at(40)) // it moves
	one.At = at(40)
	same(t, "moved", []cache.Appointment{two, three, one}, list(s, 50, 0))
	appoint("g2", "visit.another", time.Time{})
	appoint("g2", "visit.never there", time.Time{})
	same(t, "taken away", []cache.Appointment{three, one}, list(s, 50, 0))
	if err := s.Set(t.Context(), "g1", "visit.first", "set"); err != nil {
		t.Fatal(err)
	}
	same(t, "its setting is there", []cache.Appointment{three, one}, list(s, 50, 0))
	if err := s.Set(t.Context(), "g1", "visit.first", ""); err != nil {
		t.Fatal(err)
	}
	same(t, "its setting is gone", []cache.Appointment{one}, list(s, 50, 0))
	if s.Appoint(t.Context(), "", "a", at(1)) == nil || s.Appoint(t.Context(), "g1", "", at(1)) == nil {
		t.Error("an appointment without a guild or a name is taken")
	}
	isEmpty(t, s, "g1")
}
