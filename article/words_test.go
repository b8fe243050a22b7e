package article_test

import (
	"testing"

	"newsdesk/article"
)

func TestCountWords(t *testing.T) {
	for s, want := range map[string]int{
		"":                    0,
		"  ":                  0,
		"The bridge fell.":    3,
		"다리가 무너졌다":            2,
		"大桥昨天倒塌":              3,
		"2024年5月3日，大桥倒塌。":     4,
		"a bridge 大桥 fell":    4,
		"สะพานพังลง":          5,
		"„Brücke“ – gefallen": 3,
	} {
		if got := article.CountWords(s); got != want {
			t.Errorf("%q: %d words, want %d", s, got, want)
		}
	}
}
