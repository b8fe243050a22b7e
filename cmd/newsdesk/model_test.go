package main

import (
	"os"
	"path/filepath"
	"testing"
)

// What was learnt of a server outlives the program, and a file that is damaged is as good as none.
func TestDialectsAreKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "newsdesk", "dialects.json")
	d := readDialects(path)
	if got := d.of("m@http://a/v1"); got != "" {
		t.Errorf("of a server never asked %q is known", got)
	}
	d.learn("m@http://a/v1", "120")
	d.learn("n@http://b/v1", "001")
	again := readDialects(path)
	if again.of("m@http://a/v1") != "120" || again.of("n@http://b/v1") != "001" {
		t.Errorf("read back %v", again.all)
	}
	for _, damaged := range []string{"", "{", "null", "[1]"} {
		if err := os.WriteFile(path, []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		d := readDialects(path)
		if d.of("m@http://a/v1") != "" {
			t.Errorf("%q is read as %v", damaged, d.all)
		}
		d.learn("x", "000") // and does not panic
	}
}
