package digest

import (
	"cmp"
	_ "embed" // the table of zones
	"slices"
	"strings"
	"sync"

	"newsdesk/quote/name"
)

// Zone is a time zone as people choose it.
type Zone struct {
	Name    string // in the IANA database: "Europe/Berlin"
	Country string // in English: "Germany"
}

//go:embed zones.txt
var zoneTable string

// zoneEntry is a zone with what it may be called, folded: its own name and city, its countries, its towns.
type zoneEntry struct {
	Zone
	names, countries, towns []string
}

var zoneEntries = sync.OnceValue(func() (all []zoneEntry) {
	for line := range strings.Lines(zoneTable) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(fields) < 2 {
			continue
		}
		folded := func(list string) (out []string) {
			for part := range strings.SplitSeq(list, ", ") {
				out = append(out, name.Fold(part))
			}
			return out
		}
		country, _, _ := strings.Cut(fields[1], ", ")
		e := zoneEntry{Zone: Zone{fields[0], country}, countries: folded(fields[1])}
		spoken := strings.ReplaceAll(fields[0], "_", " ")
		e.names = []string{name.Fold(fields[0]), name.Fold(spoken), name.Fold(spoken[strings.LastIndexByte(spoken, '/')+1:])}
		if len(fields) > 2 {
			e.towns = folded(fields[2])
		}
		all = append(all, e)
	}
	return all
})

// How well what was typed fits a zone, the best first.
const (
	fitsCity    = iota // it is the zone's name, its city or a town in it
	fitsCountry        // it is a country
	beginsCity
	beginsCountry
	fitsNot
)

func (e *zoneEntry) fit(typed string) int {
	begins := func(s string) bool { return strings.HasPrefix(s, typed) || strings.Contains(s, " "+typed) }
	switch {
	case slices.Contains(e.names, typed), slices.Contains(e.towns, typed):
		return fitsCity
	case slices.Contains(e.countries, typed):
		return fitsCountry
	case slices.ContainsFunc(e.names, begins), slices.ContainsFunc(e.towns, begins):
		return beginsCity
	case slices.ContainsFunc(e.countries, begins):
		return beginsCountry
	}
	return fitsNot
}

// Zones lists the time zones that somebody may mean who typed the beginning of a city, a country or a zone's name, the
// likeliest first, no more than limit; well-known ones where nothing was typed.
func Zones(typed string, limit int) []Zone {
	found, _ := zonesFitting(typed)
	return found[:min(len(found), limit)]
}

// zonesFitting are all zones that fit, and how well the first does.
func zonesFitting(typed string) (found []Zone, best int) {
	typed = strings.Join(strings.Fields(name.Fold(typed)), " ")
	type fitting struct {
		Zone
		fit int
	}
	var all []fitting
	for _, e := range zoneEntries() {
		if fit := e.fit(typed); fit < fitsNot {
			all = append(all, fitting{e.Zone, fit})
		}
	}
	slices.SortStableFunc(all, func(a, b fitting) int { return cmp.Compare(a.fit, b.fit) })
	best = fitsNot
	for i, f := range all {
		if found = append(found, f.Zone); i == 0 {
			best = f.fit
		}
	}
	return found, best
}

// ZoneNamed is the name of the time zone that was typed without choosing it from [Zones]: where what was typed is the
// name of a zone, city or town, or fits one zone alone. Other names of the IANA database ("US/Eastern") it returns as
// they are.
func ZoneNamed(typed string) (zone string, ok bool) {
	found, best := zonesFitting(typed)
	switch {
	case strings.TrimSpace(typed) == "":
		return "", false
	case len(found) > 0 && (best == fitsCity || len(found) == 1):
		return found[0].Name, true
	}
	if _, err := ParseTimes("00:00", typed, string(Daily)); err != nil {
		return "", false
	}
	return typed, true
}
