package llm

import (
	"strings"
	"testing"
)

func TestReadPoints(t *testing.T) {
	tests := map[string]int{ // answer → points in it, -1 for an error
		`{"points":[]}`: 0,
		`{"points":[{"text":"A","sentences":[1]}]}`:                                     1,
		"Sure! {\"points\":[{\"text\":\"A\",\"sentences\":[1],},],}":                    1,
		`<think>{"points":[{"text":"no"}]}</think>{"points":[{"text":"A"}]}`:            1,
		`{"points":[{"text":"A","sentences":[1]},{"text":"B","sentences":[2]},{"text":`: 2,
		`{"points":[{"text":"A","sentences":"1"},{"text":"B","sentences":[2]}]}`:        1,
		`{"points":"none"}`: -1,
		`null`:              -1,
		"":                  -1,
	}
	for answer, want := range tests {
		got, err := readPoints(answer)
		n := len(got.Points)
		if err != nil {
			n = -1
		}
		if n != want {
			t.Errorf("%s: %d points (%v), want %d", answer, n, err, want)
		}
	}
}

func FuzzReadPoints(f *testing.F) {
	f.Add(`{"headline":"H","points":[{"text":"A","sentences":[1],"translation":""}]}`)
	f.Add("```json\n{\"points\":[{\"text\":\"A\",},]}\n```")
	f.Add(strings.Repeat(`{"text":`, 50))
	f.Fuzz(func(t *testing.T, answer string) {
		got, err := readPoints(answer)
		if err != nil && len(got.Points) > 0 {
			t.Fatal("points and an error")
		}
	})
}
