package redis

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsdesk/cache"
)

func TestEntryRoundTrip(t *testing.T) {
	for _, want := range []entry{
		{ID: "abc", Version: 3, Quotes: 12, FiledAt: 1772359200000000, Shares: map[string]int64{}},
		{ID: "abc", Owned: true, Version: 1, FiledAt: 1, Shares: map[string]int64{"": 1, "a b{%\x00é+": 2, "80351110224678912": 3}},
	} {
		old, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range map[string]string{"now": want.String(), "as the first versions wrote it": string(old)} {
			got, err := parseEntry(data)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
			}
		}
	}
	for _, damaged := range []string{"", "{", "abc", "abc 1 2", "abc 1 2 x", "abc 1 2 3 by", "abc 1 2 3 %zz 4", "abc 1 2 3 by x"} {
		if e, err := parseEntry(damaged); !errors.Is(err, cache.ErrCorrupt) {
			t.Errorf("%q is %+v, %v; want ErrCorrupt", damaged, e, err)
		}
	}
}
