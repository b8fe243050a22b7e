package name

import "testing"

func TestSoundIsSharedByTransliterations(t *testing.T) {
	for _, pair := range [][2]string{{"timoshenko", "tymoschenko"}, {"zelensky", "zelenskyy"}} {
		if a, b := Sound(pair[0]), Sound(pair[1]); a == "" || a != b {
			t.Errorf("Sound(%q) = %q, Sound(%q) = %q; want the same", pair[0], a, pair[1], b)
		}
	}
	for _, word := range []string{"", "li", "berg"} {
		if key := Sound(word); key != "" {
			t.Errorf("Sound(%q) = %q, want none", word, key)
		}
	}
	if a, b := Sound("hoffmann"), Sound("lindqvist"); a == b {
		t.Errorf("two names share %q", a)
	}
}
