package queue

import (
	"context"
	"maps"
	"slices"
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
	begun bool
}

// Take notes that a shift has a task in hand; false says that somebody in this process has it already, be it that its
// end is still being noted.
func (h *Hands) Take(id, shift string, end context.CancelCauseFunc) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, held := h.by[id]; held {
		return false
	}
	if h.by == nil {
		h.by = map[string]hand{}
	}
	h.by[id] = hand{shift: shift, end: end}
	return true
}

// Begun notes that the queue knows by now who has a task in hand.
func (h *Hands) Begun(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if one, ok := h.by[id]; ok {
		one.begun = true
		h.by[id] = one
	}
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

// Of is what a shift has begun, and how to end it.
func (h *Hands) Of(shift string) map[string]context.CancelCauseFunc {
	h.mu.Lock()
	defer h.mu.Unlock()
	theirs := map[string]context.CancelCauseFunc{}
	for id, one := range h.by {
		if one.shift == shift && one.begun {
			theirs[id] = one.end
		}
	}
	return theirs
}

// EndAll ends all that a shift has in hand.
func (h *Hands) EndAll(shift string, why error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, one := range h.by {
		if one.shift == shift {
			one.end(why)
		}
	}
}

// All are the tasks that anybody in this process has in hand, never nil.
func (h *Hands) All() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.AppendSeq([]string{}, maps.Keys(h.by))
}
