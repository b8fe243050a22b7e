package redis

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"newsdesk/cache"
	"newsdesk/cache/redis/redistest"
)

// member is a process that divides something with others.
type member struct {
	*testing.T
	store *Store
	name  string
	has   []cache.Lease
}

// divide has it say that it is there; it gives back what is too much at once.
func (m *member) divide(of int) cache.Portion {
	m.Helper()
	p, err := m.store.Divide(m.Context(), "shards", m.name, of, m.has)
	if err != nil {
		m.Fatal(err)
	}
	m.has = p.Leases
	if p.Excess > 0 {
		over := m.has[len(m.has)-p.Excess:]
		for i := range over {
			over[i].State = "left by " + m.name
		}
		m.give(over, false)
	}
	return p
}

func (m *member) give(leases []cache.Lease, leaves bool) {
	m.Helper()
	if err := m.store.Return(m.Context(), "shards", m.name, leases, leaves); err != nil {
		m.Fatal(err)
	}
	m.has = m.has[:len(m.has)-len(leases)]
}

func (m *member) numbers() (numbers []int) {
	for _, l := range m.has {
		numbers = append(numbers, l.Nth)
	}
	return numbers
}

// is sees that members have what they should.
func is(t *testing.T, when string, want map[*member][]int) {
	t.Helper()
	for m, numbers := range want {
		if got := m.numbers(); !slices.Equal(got, numbers) {
			t.Errorf("%s, %s has %v, want %v", when, m.name, got, numbers)
		}
	}
}

func TestDivide(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	s := openStore(t, server.URL(), "")
	one, two, three := &member{T: t, store: s, name: "one"}, &member{T: t, store: s, name: "two"}, &member{T: t, store: s, name: "three"}

	if p := one.divide(5); p.Of != 5 || p.Excess != 0 {
		t.Errorf("the first has %+v", p)
	}
	is(t, "alone", map[*member][]int{one: {0, 1, 2, 3, 4}})
	if p := two.divide(7); p.Of != 5 {
		t.Errorf("the second sees %d", p.Of)
	}
	is(t, "with nothing free", map[*member][]int{two: nil})
	one.divide(5)
	two.divide(5)
	is(t, "with two", map[*member][]int{one: {0, 1, 2}, two: {3, 4}})
	if two.has[0].State != "left by one" {
		t.Errorf("it is left %q", two.has[0].State)
	}
	for _, m := range []*member{three, one, two, three, one, two} {
		m.divide(5)
	}
	is(t, "with three", map[*member][]int{one: {0, 1}, two: {3, 4}, three: {2}})

	// What a holder says is what the next finds; what who lost it says is not.
	stale := two.has[0]
	two.has[0].State, two.has[1].State = "three", "four"
	two.divide(5)
	two.give(two.has, true)
	stale.State = "stale"
	if err := s.Return(t.Context(), "shards", "two", []cache.Lease{stale}, false); err != nil {
		t.Fatal(err)
	}
	one.divide(5)
	three.divide(5)
	is(t, "after a goodbye", map[*member][]int{one: {0, 1, 3}, three: {2, 4}})
	if one.has[2].State != "three" || three.has[1].State != "four" {
		t.Errorf("they find %+v, %+v", one.has, three.has)
	}
	if one.has[2].Fence <= stale.Fence {
		t.Errorf("fence %d after %d", one.has[2].Fence, stale.Fence)
	}

	// A server that has forgotten all.
	if err := s.client.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	for _, m := range []*member{one, three, one, three} {
		m.divide(5)
	}
	is(t, "after the server forgot", map[*member][]int{one: {0, 1, 3}, three: {2, 4}})
	if three.has[0].State == "" {
		t.Error("what it said is not there any more")
	}
}

// What belongs to a process that is not heard of any more goes to the others, with what it said last.
func TestDivideDead(t *testing.T) {
	server := redistest.Start(t, "--appendonly", "no")
	s := openStore(t, server.URL(), "")
	s.memberLease = 200 * time.Millisecond
	dead, alive := &member{T: t, store: s, name: "dead"}, &member{T: t, store: s, name: "alive"}
	dead.divide(2)
	for i := range dead.has {
		dead.has[i].State = fmt.Sprint("last words of ", i)
	}
	dead.divide(2)
	deadline := time.Now().Add(time.Minute)
	for n := 0; len(alive.has) < 2; n++ {
		if time.Now().After(deadline) {
			t.Fatalf("it has %+v", alive.has)
		}
		if err := pause(t.Context(), n); err != nil {
			t.Fatal(err)
		}
		alive.divide(2)
	}
	if alive.has[1].State != "last words of 1" {
		t.Errorf("it finds %+v", alive.has)
	}
	if p := dead.divide(2); len(p.Leases) != 0 {
		t.Errorf("the dead one has %+v", p)
	}
}
