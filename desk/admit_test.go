package desk

import (
	"errors"
	"testing"
	"time"

	"newsdesk/cache"
	"newsdesk/cache/redis/redistest"
	"newsdesk/words"
)

func TestAdmit(t *testing.T) {
	limits := Limits{Member: cache.Rate{Burst: 2, Every: time.Hour}, Guild: cache.Rate{Burst: 3, Every: time.Hour}}
	store := openStore(t)
	d := New(Options{Store: store, Limits: limits})
	for i, step := range []struct {
		guild, member string
		admitted      bool
	}{
		{"g1", "anna", true}, {"g1", "anna", true}, {"g1", "anna", false},
		{"g2", "anna", true},
		{"g1", "ben", true},
		{"g1", "ben", false}, {"g1", "carla", false}, // the guild's three
	} {
		err := d.Admit(t.Context(), step.guild, step.member)
		var wait *WaitError
		if (err == nil) != step.admitted || err != nil && (!errors.As(err, &wait) || wait.Wait <= 0 || wait.Wait > time.Hour) {
			t.Errorf("step %d: %v", i, err)
		}
	}
	// Another process goes on where this one was.
	again := New(Options{Store: store, Limits: limits})
	err := again.Admit(t.Context(), "g1", "anna")
	if !errors.Is(err, ErrTooOften) {
		t.Errorf("after a restart: %v", err)
	}
	if said := Explain(words.For("en"), err); said != "You have asked often in a short time. Try again in 60 minutes." {
		t.Errorf("it says %q", said)
	}
	if said := Explain(words.For("en"), again.Admit(t.Context(), "g1", "carla")); said != "Everybody in this server together has asked often in a short time. Try again in 60 minutes." {
		t.Errorf("of the server it says %q", said)
	}
	if err := New(Options{Limits: limits}).Admit(t.Context(), "g1", "anna"); err != nil {
		t.Errorf("without a store: %v", err)
	}
}

// TestAdmitWithoutRedis: a store that is away refuses nobody.
func TestAdmitWithoutRedis(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	d := New(Options{Store: onRedis(t, server.URL()), Limits: Limits{Member: cache.Rate{Burst: 1, Every: time.Hour}}})
	if err := d.Admit(t.Context(), "g", "anna"); err != nil {
		t.Fatal(err)
	}
	if err := d.Admit(t.Context(), "g", "anna"); !errors.Is(err, ErrTooOften) {
		t.Errorf("the second: %v", err)
	}
	server.Kill()
	if err := d.Admit(t.Context(), "g", "anna"); err != nil {
		t.Errorf("when it is away: %v", err)
	}
}
