package cache

import "testing"

func TestJoins(t *testing.T) {
	for _, test := range []struct {
		name      string
		spellings []Spelling
		want      bool
	}{
		{"Martin J. Oakley", []Spelling{{"Martin Oakley", 1}}, true},
		{"Martin Oakley Jr.", []Spelling{{"Martin Oakley", 1}}, false},
		{"Martin B. Oakley", []Spelling{{"Martin Oakley", 5}, {"Martin A. Oakley", 1}}, false},
		{"US officials", []Spelling{{"officials", 1}}, false},
		{"Martin Oakley", nil, false},
	} {
		if got := Joins(test.name, test.spellings); got != test.want {
			t.Errorf("Joins(%q, %v) = %v", test.name, test.spellings, got)
		}
	}
}

func TestShown(t *testing.T) {
	for _, test := range []struct {
		want      string
		spellings []Spelling
	}{
		{"", nil},
		{"Oakley", []Spelling{{"Oakley", 1}}},
		{"Martin J. Oakley", []Spelling{{"Martin Oakley", 3}, {"Martin J. Oakley", 1}}},
		{"Martin Oakley", []Spelling{{"Martin Oakley", 4}, {"Martin J. Oakley", 1}}},
		{"Olha Timoschenko", []Spelling{{"Olha Tymoshenko", 2}, {"Olha Timoschenko", 3}}},
		{"Ana", []Spelling{{"Eva", 1}, {"Ana", 1}}},
	} {
		if got := Shown(test.spellings); got != test.want {
			t.Errorf("Shown(%v) = %q, want %q", test.spellings, got, test.want)
		}
	}
}
