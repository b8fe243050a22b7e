package embedded

import "testing"

// Each version has its step, so that a file of one is told from a file of the one before.
func TestEveryVersionHasItsStep(t *testing.T) {
	if len(steps()) != version {
		t.Errorf("%d steps lead to version %d", len(steps()), version)
	}
}
