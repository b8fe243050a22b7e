package desk

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"newsdesk/cache"
	"newsdesk/summarize"
)

// What is set is read back, by this desk at once and by another that shares the store within seconds; what cannot be set
// is refused, and a store that holds such a thing is read as if it did not.
func TestSettings(t *testing.T) {
	store := openStore(t)
	now := time.Now()
	clock := func() time.Time { return now }
	one, other := New(Options{Store: store, Now: clock}), New(Options{Store: store, Now: clock})
	settings := func(d *Desk) Settings {
		t.Helper()
		s, err := d.Settings(t.Context(), "9")
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if s := settings(other); len(s.Watched) > 0 || s.Length != summarize.Standard || s.Retention != cache.DefaultRetention || s.NoModel || s.Bots || s.Anywhere || s.Tokens != 0 || s.Language != "" {
		t.Errorf("before anything is set: %+v", s)
	}
	for _, set := range []struct {
		setting Setting
		value   string
		holds   func(Settings) bool
	}{
		{SetLength, "brief", func(s Settings) bool { return s.Length == summarize.Brief }},
		{SetLanguage, "de", func(s Settings) bool { return s.Language == "de" }},
		{SetRetention, "30", func(s Settings) bool { return s.Retention == 30*24*time.Hour }},
		{SetRetention, "forever", func(s Settings) bool { return s.Retention == 0 }},
		{SetNoModel, "true", func(s Settings) bool { return s.NoModel }},
		{SetTokens, "5000", func(s Settings) bool { return s.Tokens == 5000 }},
		{SetBots, "true", func(s Settings) bool { return s.Bots }},
		{SetAnywhere, "true", func(s Settings) bool { return s.Anywhere }},
		{Watch("5"), "reply", func(s Settings) bool { return s.Watched["5"] == WatchReply }},
		{Watch("5"), "thread", func(s Settings) bool { return s.Watched["5"] == WatchThread && len(s.Watched) == 1 }},
		{Watch("5"), "", func(s Settings) bool { return len(s.Watched) == 0 }},
		{SetLength, "", func(s Settings) bool { return s.Length == summarize.Standard }},
	} {
		if err := one.Set(t.Context(), "9", set.setting, set.value); err != nil {
			t.Fatal(err)
		}
		if s := settings(one); !set.holds(s) {
			t.Errorf("%s is %q: %+v", set.setting, set.value, s)
		}
		if s := settings(other); !set.holds(s) {
			t.Errorf("%s is %q, to another: %+v", set.setting, set.value, s)
		}
		now = now.Add(settingsFresh)
		if s, err := other.SettingsLately(t.Context(), "9"); err != nil || !set.holds(s) {
			t.Errorf("%s is %q, to another a moment later: %+v, %v", set.setting, set.value, s, err)
		}
	}
	for setting, value := range map[Setting]string{
		SetLength: "endless", SetLanguage: "xx-yy", SetRetention: "0", SetTokens: "-1", SetNoModel: "yes", "server.colour": "red", Watch("5"): "shout", Watch(""): "reply",
	} {
		if err := one.Set(t.Context(), "9", setting, value); !errors.Is(err, ErrSetting) {
			t.Errorf("%s is %q: %v", setting, value, err)
		}
		if err := store.Set(t.Context(), "8", string(setting), fmt.Sprintf("%q", value)); err != nil {
			t.Fatal(err)
		}
	}
	if s, err := one.Settings(t.Context(), "8"); err != nil || len(s.Watched) > 0 || s.Length != summarize.Standard || s.NoModel || s.Tokens != 0 {
		t.Errorf("of what cannot be set: %+v, %v", s, err)
	}
	for i := range mostWatched {
		if err := one.Set(t.Context(), "9", Watch(fmt.Sprint(i)), "offer"); err != nil {
			t.Fatal(err)
		}
	}
	if err := one.Set(t.Context(), "9", Watch("one more"), "offer"); !errors.Is(err, ErrManyWatched) {
		t.Errorf("a channel more than may be watched: %v", err)
	}
	if err := one.Set(t.Context(), "9", Watch("7"), "reply"); err != nil {
		t.Errorf("one of them, done otherwise: %v", err)
	}
}

// What a guild has set holds for what it shares: no model is asked where it wants none, nor one that has cost it as many
// tokens as it allows, and its length and language are those of a summary that nobody gives others.
func TestSettingsHold(t *testing.T) {
	asked := 0
	m := model{summary: summarize.Summary{Method: summarize.LLM, TokensIn: 60, TokensOut: 40}, during: func(context.Context) { asked++ }}
	d := New(Options{Store: openStore(t), Model: m})
	set := func(s Setting, value string) {
		t.Helper()
		if err := d.Set(t.Context(), "9", s, value); err != nil {
			t.Fatal(err)
		}
	}
	file := func(guild, text string) summarize.Summary {
		t.Helper()
		story, err := d.File(t.Context(), Request{Source: FromText("", text), Guild: guild}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return story.Summary
	}
	set(SetNoModel, "true")
	if s := file("9", report); s.Method != summarize.Extractive || s.Fallback != "" || asked != 0 {
		t.Errorf("asked %d times, %+v", asked, s)
	}
	if s, err := d.Status(t.Context(), "9"); !errors.Is(err, ErrNoQueue) || !s.Off || s.Spent {
		t.Errorf("status %+v, %v", s, err)
	}
	if s := file("8", report); s.Method != summarize.LLM {
		t.Errorf("where nothing is set: %+v", s)
	}
	set(SetNoModel, "")
	set(SetTokens, "150")
	for i, want := range []string{"", "", overBudget} {
		if s := file("9", report+"\n\n"+fmt.Sprint("A paragraph more, number ", i, ".")); s.Fallback != want {
			t.Errorf("story %d: %+v", i, s)
		}
	}
	set(SetNoModel, "true")
	set(SetLength, "brief")
	brief := len(file("9", report+"\n\nAnd yet another paragraph.").Points)
	set(SetLength, "detailed")
	if detailed := len(file("9", report+"\n\nAnd yet another paragraph.").Points); brief >= detailed {
		t.Errorf("%d points in brief, %d in detail", brief, detailed)
	}
}
