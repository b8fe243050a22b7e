package digest

import (
	"testing"
)

// Every zone of the table is one, and can be found by its name.
func TestZonesAreZones(t *testing.T) {
	entries := zoneEntries()
	if len(entries) < 400 {
		t.Fatalf("%d zones", len(entries))
	}
	for _, e := range entries {
		if _, err := ParseTimes("09:00", e.Name, "daily"); err != nil {
			t.Error(err)
		}
		if got, ok := ZoneNamed(e.Name); !ok || got != e.Name {
			t.Errorf("%s is taken for %q", e.Name, got)
		}
	}
}

func TestZonesByWhatPeopleType(t *testing.T) {
	for typed, want := range map[string]string{
		"": "UTC", "berlin": "Europe/Berlin", "Berl": "Europe/Berlin", "munich": "Europe/Berlin", "MÜNCHEN": "Europe/Berlin", "germany": "Europe/Berlin",
		"new york": "America/New_York", "New_York": "America/New_York", "san fran": "America/Los_Angeles", "sao paulo": "America/Sao_Paulo",
		"São Paulo": "America/Sao_Paulo", "kiev": "Europe/Kyiv", "mumbai": "Asia/Kolkata", "utc": "UTC", "gmt": "UTC", "europe/vie": "Europe/Vienna",
		"scotland": "Europe/London", "buenos": "America/Argentina/Buenos_Aires", " tokyo ": "Asia/Tokyo",
	} {
		if found := Zones(typed, 25); len(found) == 0 || len(found) > 25 || found[0].Name != want {
			t.Errorf("%q finds %v, not %s", typed, found, want)
		}
	}
	if found := Zones("nowhere at all", 25); len(found) != 0 {
		t.Errorf("nowhere is in %v", found)
	}
}

func TestZoneTypedWithoutChoosing(t *testing.T) {
	for typed, want := range map[string]string{
		"Europe/Berlin": "Europe/Berlin", "europe/berlin": "Europe/Berlin", "Berlin": "Europe/Berlin", "munich": "Europe/Berlin", "Germany": "",
		"US/Eastern": "US/Eastern", "Reykjav": "Atlantic/Reykjavik", "": "", "Local": "", "a": "", "Atlantis": "", "utc": "UTC",
	} {
		if got, ok := ZoneNamed(typed); got != want || ok != (want != "") {
			t.Errorf("%q is taken for %q, not %q", typed, got, want)
		}
	}
}
