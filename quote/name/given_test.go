package name

import "testing"

func TestGenderOfGivenNames(t *testing.T) {
	for _, c := range []struct {
		want  Gender
		names []string
	}{
		{Female, []string{"Anna", "MARIA", "Siobhán", "Giorgia", "Ursula", "Olena", "Fatima", "Ayşe", "Aigerim", "Yuki-ko", "Priyanka", "Ximena", "Agnieszka", "Marie-Claude", "Aoife", "Nadezhda", "Shirin", "Tzipi", "Chioma", "Melania"}},
		{Male, []string{"Donald", "Volodymyr", "Grzegorz", "Recep", "Itzhak", "Narendra", "Jean-Luc", "Friedrich", "Takeshi", "Mohammed", "Dmitri", "Keir", "Emmanuel", "Pedro", "Hamid", "Björn", "Paolo"}},
		{Unknown, []string{"Kim", "Robin", "Jean", "Xqzt", "", "Jinping"}},
	} {
		for _, n := range c.names {
			if got := GivenGender(n); got != c.want {
				p, known := GenderOf(n)
				t.Errorf("GivenGender(%q) = %v, want %v (%.2f, %v)", n, got, c.want, p, known)
			}
		}
	}
}

// Every name of the table is found again, and the names are in order: the search relies on it.
func TestGivenTableIsSound(t *testing.T) {
	var name []byte
	var before string
	count := 0
	for at := 0; at < len(givenTable); count++ {
		header := givenTable[at]
		at++
		name = name[:header>>4]
		for {
			b := givenTable[at]
			at++
			name = append(name, b&0x1f+'a'-1)
			if b&0x80 != 0 {
				break
			}
		}
		if string(name) <= before {
			t.Fatalf("%q stands behind %q", name, before)
		}
		before = string(name)
		if e, ok := findGiven(name); !ok || e.female != header&0xf {
			t.Fatalf("findGiven(%q) = %+v, %v", name, e, ok)
		}
		if e, ok := findGiven(append(name[:len(name):len(name)], "qqx"...)); ok {
			t.Fatalf("found %qqqx: %+v", name, e)
		}
	}
	if count < 50_000 {
		t.Errorf("the table has %d names", count)
	}
}
