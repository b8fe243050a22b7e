package digest

import (
	"cmp"
	"math"
	"slices"
)

// rank orders groups of items: those of which a person shared any come before what only feeds brought; then by [heat], the
// hottest first; where it is the same, the story shared last comes first.
func rank(groups [][]int, items []Item, period Period) [][]int {
	type ranked struct {
		members []int
		fed     int // 1 for what only feeds brought
		heat    float64
		latest  int64
	}
	all := make([]ranked, 0, len(groups))
	for _, members := range groups {
		r := ranked{members: members, fed: 1, heat: heat(members, items, period)}
		for _, i := range members {
			if !items[i].fed() {
				r.fed = 0
			}
			r.latest = max(r.latest, items[i].latest().UnixMicro())
		}
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.fed, b.fed), cmp.Compare(b.heat, a.heat), cmp.Compare(b.latest, a.latest))
	})
	out := make([][]int, len(all))
	for i, r := range all {
		out[i] = r.members
	}
	return out
}

// What a story gains beside the people who shared it.
const (
	perOutlet = 0.5 // for every outlet but the first
	perReply  = 0.5 // for every doubling of what was said of it
	halving   = 0.5 // of the period: when so much of it has passed since a story was last shared, it counts half
)

// heat is how much a story is talked about: how many people shared it, more for several outlets and for what was asked
// of it, and half of that for every half period since it was last shared.
func heat(members []int, items []Item, period Period) float64 {
	people, outlets, replies := map[string]bool{}, map[string]bool{}, 0
	latest := items[members[0]].latest()
	for _, i := range members {
		for _, share := range items[i].Shares {
			if _, brought := share.Feed(); !brought {
				people[share.By] = true
			}
		}
		outlets[items[i].Outlet()] = true
		replies += items[i].Replies
		if at := items[i].latest(); at.After(latest) {
			latest = at
		}
	}
	sum := float64(max(1, len(people))) + perOutlet*float64(len(outlets)-1) + perReply*math.Log2(1+float64(replies))
	length := period.Until.Sub(period.Since)
	if age := period.Until.Sub(latest); age > 0 && length > 0 {
		sum *= math.Exp2(-age.Hours() / length.Hours() / halving)
	}
	return sum
}
