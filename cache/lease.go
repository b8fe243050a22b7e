package cache

// Lease is a process's sole right to one of the things that the processes which share a store divide among
// themselves. It lasts as long as its holder is heard of.
type Lease struct {
	Nth   int    // which of them, from 0
	Fence int64  // higher than that of every lease of it before: by it who lost it is told from who has it
	State string // what the next holder goes on with; see [Portion]
}

// Portion is what a process has of what is divided.
type Portion struct {
	Of     int     // how many there are in all
	Leases []Lease // what is its own, each with the state that it was left in
	Excess int     // how many of them are more than its share: it is to give so many back
}
