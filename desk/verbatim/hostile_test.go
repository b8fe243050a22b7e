package verbatim

import (
	"strings"
	"testing"
)

// A claim and a statement of any shape cost no more than their length; what takes the machine seconds
// here would be a way to stop it.
func TestHostileShapesAreBounded(t *testing.T) {
	for _, shape := range []string{"[", "[abc]", "...", "[…] a ", "a ", "(", "\xe2", "…a", "[h]", "é-", "’"} {
		text := strings.Repeat(shape, 200_000/len(shape))
		c := Parse(text, "en")
		if len(c.words) > MaxWords+1 {
			t.Errorf("%q: %d words of the claim are read", shape, len(c.words))
		}
		if m := c.Compare(text); len(m.Said) != len(c.words) {
			t.Errorf("%q: %d of %d words are judged", shape, len(m.Said), len(c.words))
		}
	}
}
