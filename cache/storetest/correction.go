package storetest

import (
	"bytes"
	"errors"
	"testing"

	"newsdesk/cache"
	"newsdesk/quote"
)

// correcting is a correction of the n-th quote of a story.
func correcting(st cache.Story, n int, speaker string) cache.Correction {
	return cache.Correction{
		Story: st.ID, Quote: cache.QuoteKeys(st.Quotes)[n], Words: st.Quotes[n].Text, Speaker: speaker, By: "moderator-1", At: noon,
	}
}

func correct(t *testing.T, s Store, guild string, c cache.Correction) {
	t.Helper()
	if err := s.Correct(t.Context(), guild, c); err != nil {
		t.Fatalf("Correct: %v", err)
	}
}

func corrections(t *testing.T, s Store, guild, id string) []cache.Correction {
	t.Helper()
	all, err := s.Corrections(t.Context(), guild, id)
	if err != nil {
		t.Fatalf("Corrections: %v", err)
	}
	return all
}

// whoSaid lists who says what in a guild, as its lists have it.
func whoSaid(t *testing.T, s Store, q cache.QuoteQuery) (lines []string) {
	t.Helper()
	quotes, _, err := s.Quotes(t.Context(), q)
	if err != nil {
		t.Fatalf("Quotes: %v", err)
	}
	for _, q := range quotes {
		line := q.Speaker + ": " + q.Text
		if q.Corrected != nil {
			line += " (was " + q.Corrected.Speaker + ")"
		}
		lines = append(lines, line)
	}
	return lines
}

func testCorrections(t *testing.T, d Driver) {
	s := d.Open(t)
	text := func() cache.Story {
		return story("https://example.org/1", "Dredging halts", said("Eva Holm", "We stop."), said("Eva Holm", "At last."), reported("Jo Falk", "it was late"))
	}
	st := put(t, s, text(), share("g1", 0))
	wrong := correcting(st, 1, "Jo Falk")
	correct(t, s, "g1", wrong)
	want := []string{"Eva Holm: We stop.", "Jo Falk: At last. (was Eva Holm)", "Jo Falk: it was late"}
	same(t, "quotes", want, whoSaid(t, s, cache.QuoteQuery{Guild: "g1"}))
	same(t, "quotes of the story", want, whoSaid(t, s, cache.QuoteQuery{Guild: "g1", StoryID: st.ID}))
	same(t, "quotes about", want[1:2], whoSaid(t, s, cache.QuoteQuery{Guild: "g1", About: "last"}))
	same(t, "quotes of Falk", want[1:], whoSaid(t, s, cache.QuoteQuery{Guild: "g1", Speakers: []string{"Jo Falk"}}))
	same(t, "quotes of Falk in the story", want[1:], whoSaid(t, s, cache.QuoteQuery{Guild: "g1", StoryID: st.ID, Speakers: []string{"Jo Falk"}}))
	same(t, "quotes of Holm", want[:1], whoSaid(t, s, cache.QuoteQuery{Guild: "g1", Speakers: []string{"Eva Holm"}}))
	same(t, "speakers", []cache.Speaker{{Name: "Jo Falk", Count: 2}, {Name: "Eva Holm", Count: 1}}, speakers(t, s, "g1"))
	if days, err := s.Days(t.Context(), "g1", "Jo Falk", noon, 1); err != nil || days[0] != 2 {
		t.Errorf("Falk is quoted %v times on the day: %v", days, err)
	}
	q := get(t, s, "g1", st.ID).Quotes[1]
	same(t, "what was found", &quote.Attribution{Speaker: "Eva Holm", Confidence: 0.875, Mention: st.Quotes[1].Mention}, q.Corrected)
	if q.Speaker != "Jo Falk" || q.Confidence != 1 || q.Mention != nil {
		t.Errorf("corrected: %+v", q)
	}
	stories, _, err := s.Stories(t.Context(), cache.StoryQuery{Guild: "g1"})
	if err != nil || stories[0].Quotes[1].Speaker != "Jo Falk" {
		t.Errorf("in a list of stories: %v, %v", stories, err)
	}
	found, err := s.Search(t.Context(), "g1", "dredging", 0)
	if err != nil || found[0].Quotes[1].Speaker != "Jo Falk" {
		t.Errorf("in a search: %v, %v", found, err)
	}

	// What is filed anew, also as the guild has it, is corrected again, and found as it was.
	again := put(t, s, get(t, s, "g1", st.ID), share("g1", 1))
	same(t, "filed again", "Jo Falk", again.Quotes[1].Speaker)
	changed := story("https://example.org/1", "Dredging halts", said("Eva Holm", "No."), said("Eva Holm", "At last."))
	put(t, s, changed, share("g1", 2))
	same(t, "a new version", []string{"Eva Holm: No.", "Jo Falk: At last. (was Eva Holm)"}, whoSaid(t, s, cache.QuoteQuery{Guild: "g1"}))
	put(t, s, story("https://example.org/1", "Dredging halts", said("Eva Holm", "No.")), share("g1", 3))
	same(t, "speakers without the quote", []cache.Speaker{{Name: "Eva Holm", Count: 1}}, speakers(t, s, "g1"))
	put(t, s, text(), share("g1", 4))
	same(t, "the words are back", want, whoSaid(t, s, cache.QuoteQuery{Guild: "g1"}))

	// Another word takes its place; nobody; and back.
	nobody := correcting(text(), 1, "")
	nobody.Story = st.ID
	correct(t, s, "g1", nobody)
	same(t, "nobody's", []cache.Speaker{{Name: "Eva Holm", Count: 1}, {Name: "Jo Falk", Count: 1}}, speakers(t, s, "g1"))
	same(t, "kept", []cache.Correction{nobody}, corrections(t, s, "g1", st.ID))
	if err := s.Uncorrect(t.Context(), "g1", nobody); err != nil {
		t.Fatal(err)
	}
	same(t, "taken back", []cache.Speaker{{Name: "Eva Holm", Count: 2}, {Name: "Jo Falk", Count: 1}}, speakers(t, s, "g1"))
	same(t, "kept", nil, corrections(t, s, "g1", ""))

	// A report changes nothing, the first one stays, and a correction ends it.
	report := wrong
	report.Open, report.By = true, "reader-1"
	correct(t, s, "g1", report)
	later := report
	later.By, later.Speaker = "reader-2", "Ann Lund"
	correct(t, s, "g1", later)
	same(t, "reported", []cache.Correction{report}, corrections(t, s, "g1", ""))
	same(t, "speakers", []cache.Speaker{{Name: "Eva Holm", Count: 2}, {Name: "Jo Falk", Count: 1}}, speakers(t, s, "g1"))
	correct(t, s, "g1", wrong)
	same(t, "decided", []cache.Correction{wrong}, corrections(t, s, "g1", ""))
	correct(t, s, "g1", report)
	if err := s.Uncorrect(t.Context(), "g1", report); err != nil {
		t.Fatal(err)
	}
	same(t, "a report dismissed", []cache.Correction{wrong}, corrections(t, s, "g1", ""))
	missing := wrong
	missing.Story = "aaaaaaaaaaaaaaaaaaaaaaaa"
	if err := errors.Join(s.Correct(t.Context(), "g1", missing)); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("what is not filed is corrected: %v", err)
	}
	if err := s.Uncorrect(t.Context(), "g1", missing); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("what is not filed is taken back: %v", err)
	}
}

func testCorrectionsAlike(t *testing.T, d Driver) {
	s := d.Open(t)
	st := put(t, s, story("https://example.org/1", "Votes", said("Eva Holm", "No."), said("Jo Falk", "No."), said("Eva Holm", "No.")), share("g1", 0))
	correct(t, s, "g1", correcting(st, 1, "Ann Lund"))
	same(t, "the second", []string{"Eva Holm: No.", "Ann Lund: No. (was Jo Falk)", "Eva Holm: No."}, whoSaid(t, s, cache.QuoteQuery{Guild: "g1"}))
	same(t, "of Lund", []string{"Ann Lund: No. (was Jo Falk)"}, whoSaid(t, s, cache.QuoteQuery{Guild: "g1", Speakers: []string{"Ann Lund"}}))
	same(t, "speakers", []cache.Speaker{{Name: "Eva Holm", Count: 2}, {Name: "Ann Lund", Count: 1}}, speakers(t, s, "g1"))
}

func testCorrectionsBelong(t *testing.T, d Driver) {
	s := d.Open(t)
	text := story("https://example.org/1", "Dredging halts", said("Eva Holm", "We stop."))
	st := put(t, s, text, share("g1", 0))
	put(t, s, text, share("g2", 1))
	secret := correcting(st, 0, "Somebody Unheard")
	correct(t, s, "g1", secret)
	theirs := []string{"Eva Holm: We stop."}
	same(t, "g2's quotes", theirs, whoSaid(t, s, cache.QuoteQuery{Guild: "g2"}))
	same(t, "g2's corrections", nil, corrections(t, s, "g2", st.ID))
	if err := s.Correct(t.Context(), "g3", secret); !errors.Is(err, cache.ErrNotFound) {
		t.Errorf("g3 corrects what it does not have: %v", err)
	}

	// What g1 files as it sees it is for others what was found.
	put(t, s, get(t, s, "g1", st.ID), share("g1", 2))
	same(t, "g2's quotes after g1 filed again", theirs, whoSaid(t, s, cache.QuoteQuery{Guild: "g2"}))
	same(t, "g2's speakers", []cache.Speaker{{Name: "Eva Holm", Count: 1}}, speakers(t, s, "g2"))

	// They go out and come in, and to import twice changes nothing.
	var out bytes.Buffer
	if _, err := cache.Export(t.Context(), s, "g1", &out); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := cache.Import(t.Context(), s, "g4", bytes.NewReader(out.Bytes())); err != nil {
			t.Fatal(err)
		}
		same(t, "g4's quotes", []string{"Somebody Unheard: We stop. (was Eva Holm)"}, whoSaid(t, s, cache.QuoteQuery{Guild: "g4"}))
		same(t, "g2's quotes", theirs, whoSaid(t, s, cache.QuoteQuery{Guild: "g2"}))
	}

	// They outlive who made them, without the name, and not the story.
	if _, err := cache.ForgetMember(t.Context(), s, "g1", "moderator-1"); err != nil {
		t.Fatal(err)
	}
	secret.By = ""
	same(t, "g1's corrections without the moderator", []cache.Correction{secret}, corrections(t, s, "g1", ""))
	for _, guild := range []string{"g1", "g4"} {
		if err := s.Forget(t.Context(), guild, st.ID); err != nil {
			t.Fatal(err)
		}
		same(t, guild+"'s corrections", nil, corrections(t, s, guild, ""))
	}
	if raw := d.Raw(t, s); bytes.Contains(raw, []byte("Unheard")) || bytes.Contains(raw, []byte("moderator-1")) {
		t.Error("a correction is left of a forgotten story")
	}
	put(t, s, text, share("g1", 5))
	same(t, "filed after it was forgotten", theirs, whoSaid(t, s, cache.QuoteQuery{Guild: "g1"}))
}
