package desk

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"newsdesk/cache"
	"newsdesk/digest"
	"newsdesk/queue"
	queuefile "newsdesk/queue/embedded"
)

func parsed(t *testing.T, clock, zone, days string) digest.Times {
	t.Helper()
	times, err := digest.ParseTimes(clock, zone, days)
	if err != nil {
		t.Fatal(err)
	}
	return times
}

func TestSchedules(t *testing.T) {
	store := openStore(t)
	now := time.Date(2026, 3, 28, 12, 0, 0, 0, time.UTC)
	d := New(Options{Store: store, Now: func() time.Time { return now }})
	ctx := t.Context()
	morning, err := d.SetSchedule(ctx, "g1", Schedule{Channel: "c1", Times: parsed(t, "09:00", "Europe/Berlin", "daily"), By: "ada"})
	if err != nil || morning.ID == "" || !morning.Next.Equal(time.Date(2026, 3, 29, 7, 0, 0, 0, time.UTC)) {
		t.Fatalf("%+v, %v", morning, err)
	}
	now = now.Add(time.Minute)
	weekly, err := d.SetSchedule(ctx, "g1", Schedule{Channel: "c2", Times: parsed(t, "18:30", "Asia/Tokyo", "friday"), By: "ben", Language: "de", Empty: true})
	if err != nil {
		t.Fatal(err)
	}
	all, err := d.Schedules(ctx, "g1")
	if err != nil || len(all) != 2 || all[0].ID != morning.ID || all[1].ID != weekly.ID || all[1].Times.Days != "friday" || !all[1].Empty || all[1].Language != "de" {
		t.Fatalf("%+v, %v", all, err)
	}
	if other, err := d.Schedules(ctx, "g2"); err != nil || len(other) != 0 {
		t.Errorf("another guild has %+v, %v", other, err)
	}

	for _, want := range []bool{true, false} {
		if fresh, err := d.Subscribe(ctx, "g1", morning.ID, "eve", "fr"); err != nil || fresh != want {
			t.Errorf("subscribed: %v, %v, want %v", fresh, err, want)
		}
	}
	// Another time: the subscribers stay, and so does its place on the agenda.
	s := morning.Schedule
	s.Times = parsed(t, "10:00", "Europe/Berlin", "daily")
	if changed, err := d.SetSchedule(ctx, "g1", s); err != nil || changed.ID != morning.ID || changed.Readers != 1 || changed.Next.UTC().Hour() != 8 {
		t.Errorf("%+v, %v", changed, err)
	}
	agenda, err := store.Agenda(ctx, "digest", now.AddDate(1, 0, 0), 0)
	want := cache.Appointment{Guild: "g1", Name: "digest." + morning.ID, At: time.Date(2026, 3, 29, 8, 0, 0, 0, time.UTC)}
	if err != nil || len(agenda) != 2 || agenda[0] != want {
		t.Errorf("agenda %+v, %v", agenda, err)
	}
	if ids, err := d.Subscriptions(ctx, "g1", "eve"); err != nil || len(ids) != 1 || ids[0] != morning.ID {
		t.Errorf("eve gets %v, %v", ids, err)
	}
	for _, want := range []bool{true, false} {
		if ended, err := d.Unsubscribe(ctx, "g1", morning.ID, "eve"); err != nil || ended != want {
			t.Errorf("unsubscribed: %v, %v, want %v", ended, err, want)
		}
	}

	// What is taken away leaves nothing.
	if _, err := d.Subscribe(ctx, "g1", weekly.ID, "eve", ""); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{morning.ID, weekly.ID} {
		if err := d.RemoveSchedule(ctx, "g1", id); err != nil {
			t.Fatal(err)
		}
	}
	settings, err := store.Settings(ctx, "g1")
	if err != nil || len(settings) != 0 {
		t.Errorf("left: %v, %v", settings, err)
	}
	if agenda, err := store.Agenda(ctx, "digest", now.AddDate(1, 0, 0), 0); err != nil || len(agenda) != 0 {
		t.Errorf("left: %v, %v", agenda, err)
	}
	if err := d.RemoveSchedule(ctx, "g1", weekly.ID); !errors.Is(err, ErrNoSchedule) {
		t.Errorf("removed twice: %v", err)
	}
	if _, err := d.SetSchedule(ctx, "g1", s); !errors.Is(err, ErrNoSchedule) {
		t.Errorf("set again: %v", err)
	}
	if _, err := d.Subscribe(ctx, "g1", weekly.ID, "eve", ""); !errors.Is(err, ErrNoSchedule) {
		t.Errorf("subscribed to nothing: %v", err)
	}
}

func TestManySchedules(t *testing.T) {
	d := New(Options{Store: openStore(t)})
	s := Schedule{Channel: "c", Times: parsed(t, "09:00", "UTC", "daily"), By: "ada"}
	for range MostSchedules {
		if _, err := d.SetSchedule(t.Context(), "g", s); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.SetSchedule(t.Context(), "g", s); !errors.Is(err, ErrManySchedules) {
		t.Errorf("one more: %v", err)
	}
}

// Schedules that were exported and imported are due as before, and a member who is forgotten neither set nor gets any.
func TestSchedulesMove(t *testing.T) {
	from, to := openStore(t), openStore(t)
	now := time.Date(2026, 3, 28, 12, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	d := New(Options{Store: from, Now: clock})
	set, err := d.SetSchedule(t.Context(), "g", Schedule{Channel: "c", Times: parsed(t, "09:00", "Europe/Berlin", "daily"), By: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	for _, user := range []string{"ada", "eve"} {
		if _, err := d.Subscribe(t.Context(), "g", set.ID, user, ""); err != nil {
			t.Fatal(err)
		}
	}
	var moved bytes.Buffer
	if _, err := cache.Export(t.Context(), from, "g", &moved); err != nil {
		t.Fatal(err)
	}
	if _, err := cache.Import(t.Context(), to, "g", &moved); err != nil {
		t.Fatal(err)
	}
	d = New(Options{Store: to, Queue: queuefile.New(to, queue.Options{}), Now: clock})
	if err := errors.Join(d.Reappoint(t.Context(), "g"), d.Look(t.Context())); err != nil {
		t.Fatal(err)
	}
	agenda, err := to.Agenda(t.Context(), Digests, now.AddDate(1, 0, 0), 0)
	if err != nil || len(agenda) != 1 || !agenda[0].At.Equal(set.Next) {
		t.Errorf("agenda %+v, %v", agenda, err)
	}
	if _, err := d.ForgetMember(t.Context(), "g", "ada"); err != nil {
		t.Fatal(err)
	}
	all, err := d.Schedules(t.Context(), "g")
	if err != nil || len(all) != 1 || all[0].By != "" || all[0].Readers != 1 || !all[0].Next.Equal(set.Next) {
		t.Errorf("%+v, %v", all, err)
	}
}
