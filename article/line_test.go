package article

import "testing"

func TestLine(t *testing.T) {
	for s, want := range map[string]string{
		"We have\n> no  other\r\n>> choice": "We have no other choice",
		"> The quay\n>\n> is closed.":       "The quay is closed.",
		"a > b, 3\t>2":                      "a > b, 3 >2",
		"":                                  "",
	} {
		if got := Line(s); got != want {
			t.Errorf("%q is read %q, not %q", s, got, want)
		}
	}
}
