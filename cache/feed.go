package cache

import "strings"

// byFeed opens the By of a share that no person made. It is no id of anybody's.
const byFeed = "feed "

// ByFeed is [Share.By] of what a feed brought.
func ByFeed(id string) string { return byFeed + id }

// Feed is the ID of the feed that brought what was shared; false if a person shared it.
func (s Share) Feed() (id string, brought bool) { return strings.CutPrefix(s.By, byFeed) }
