package queue

import (
	"context"
	"sync"
)

// Hands are the tasks that a process has in hand, for drivers: by whom they are worked, and how to end that. A shift
// is one call of Work, by the name that the driver gave it. The zero value is ready.
type Hands struct {
	mu sync.Mutex
	by map[string]hand // by the task's ID
}

type hand struct {
	shift string
	end   context.CancelCauseFunc
}

// Take notes that a shift has a task in hand; false says that somebody in this process has it already.
func (h *Hands) Take(id, shift string, end context.CancelCauseFunc) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, held := h.by[id]; held {
		return false
	}
	if h.by == nil {
		h.by = map[string]hand{}
	}
	h.by[id] = hand{shift, end}
	return true
}

// Leave notes that nobody has a task in hand any more.
func (h *Hands) Leave(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.by, id)
}

// End ends the work on a task, if somebody has it in hand.
func (h *Hands) End(id string, why error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if one, ok := h.by[id]; ok {
		one.end(why)
	}
}

// Of is what a shift has in hand, and how to end it.
func (h *Hands) Of(shift string) map[string]context.CancelCauseFunc {
	h.mu.Lock()
	defer h.mu.Unlock()
	theirs := map[string]context.CancelCauseFunc{}
	for id, one := range h.by {
		if one.shift == shift {
			theirs[id] = one.end
		}
	}
	return theirs
}

// EndAll ends all that a shift has in hand.
func (h *Hands) EndAll(shift string, why error) {
	for _, end := range h.Of(shift) {
		end(why)
	}
}
