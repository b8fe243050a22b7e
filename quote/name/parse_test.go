package name

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Name
	}{
		{"", Name{}},
		{"Anna Berg", Name{Given: []string{"Anna"}, Family: "Berg"}},
		{"Berg", Name{Family: "Berg"}},
		{"Giorgia", Name{Given: []string{"Giorgia"}}},
		{"Mr. Berg", Name{Titles: []string{"Mr."}, Family: "Berg"}},
		{"President Berg", Name{Titles: []string{"President"}, Family: "Berg"}},
		{"Sen. Anna M. Berg (R-IN)", Name{Titles: []string{"Sen."}, Given: []string{"Anna", "M."}, Family: "Berg"}},
		{"former Secretary of State Anna Berg", Name{Titles: []string{"former", "Secretary", "of", "State"}, Given: []string{"Anna"}, Family: "Berg"}},
		{"Minister for Health and Sport Anna Berg", Name{Titles: []string{"Minister", "for", "Health", "and", "Sport"}, Given: []string{"Anna"}, Family: "Berg"}},
		{"Bundeskanzler Karl Berg", Name{Titles: []string{"Bundeskanzler"}, Given: []string{"Karl"}, Family: "Berg"}},
		{"der frühere Außenminister Karl Berg", Name{Titles: []string{"der", "frühere", "Außenminister"}, Given: []string{"Karl"}, Family: "Berg"}},
		{"le président Luc Petit", Name{Titles: []string{"le", "président"}, Given: []string{"Luc"}, Family: "Petit"}},
		{"la ministre de la Santé Anne Petit", Name{Titles: []string{"la", "ministre", "de", "la", "Santé"}, Given: []string{"Anne"}, Family: "Petit"}},
		{"el presidente Pablo Soto", Name{Titles: []string{"el", "presidente"}, Given: []string{"Pablo"}, Family: "Soto"}},
		{"Prof. Dr. Karl Berg", Name{Titles: []string{"Prof.", "Dr."}, Given: []string{"Karl"}, Family: "Berg"}},
		{"NATO Secretary General Anna Berg", Name{Titles: []string{"NATO", "Secretary", "General"}, Given: []string{"Anna"}, Family: "Berg"}},
		{"U.S. District Judge Anna Berg", Name{Titles: []string{"U.S.", "District", "Judge"}, Given: []string{"Anna"}, Family: "Berg"}},
		{"Anna van der Berg", Name{Given: []string{"Anna"}, Family: "van der Berg"}},
		{"von der Berg", Name{Family: "von der Berg"}},
		{"Omar bin Rashid", Name{Given: []string{"Omar"}, Family: "bin Rashid"}},
		{"Bashar al-Hakim", Name{Given: []string{"Bashar"}, Family: "al-Hakim"}},
		{"Al Berg", Name{Given: []string{"Al"}, Family: "Berg"}},
		{"Conor O'Shea", Name{Given: []string{"Conor"}, Family: "O'Shea"}},
		{"J.D. Marsh", Name{Given: []string{"J.D."}, Family: "Marsh"}},
		{"Karl Berg Jr.", Name{Given: []string{"Karl"}, Family: "Berg", Suffix: "Jr."}},
		{"Karl Berg, Jr.", Name{Given: []string{"Karl"}, Family: "Berg", Suffix: "Jr."}},
		{"Karl Berg III", Name{Given: []string{"Karl"}, Family: "Berg", Suffix: "III"}},
		{"Anna Berg, PhD", Name{Given: []string{"Anna"}, Family: "Berg"}},
		{"Berg, Anna", Name{Given: []string{"Anna"}, Family: "Berg"}},
		{"Anna Berg, the group's director", Name{Given: []string{"Anna"}, Family: "Berg"}},
		{`Karl "Kalle" Berg`, Name{Given: []string{"Karl"}, Family: "Berg"}},
		{"Inés Ruiz-Ortega", Name{Given: []string{"Inés"}, Family: "Ruiz-Ortega"}},
		{"Inés Díaz Soto", Name{Given: []string{"Inés"}, Family: "Díaz Soto"}},
		{"José Ortega y Gasset", Name{Given: []string{"José"}, Family: "Ortega y Gasset"}},
		{"Xi Jinping", Name{Given: []string{"Jinping"}, Family: "Xi"}},
		{"Lee Jae-myung", Name{Given: []string{"Jae-myung"}, Family: "Lee"}},
		{"President Lee Jae-myung", Name{Titles: []string{"President"}, Given: []string{"Jae-myung"}, Family: "Lee"}},
		{"Kim Jong Un", Name{Given: []string{"Jong", "Un"}, Family: "Kim"}},
		{"Nguyễn Phú Trọng", Name{Given: []string{"Phú", "Trọng"}, Family: "Nguyễn"}},
		{"Kim Petersen", Name{Given: []string{"Kim"}, Family: "Petersen"}},
		{"Lee Marlow", Name{Given: []string{"Lee"}, Family: "Marlow"}},
		{"Horváth Viktor", Name{Given: []string{"Viktor"}, Family: "Horváth"}},
		{"Viktor Horváth", Name{Given: []string{"Viktor"}, Family: "Horváth"}},
		{"習近平", Name{Given: []string{"近平"}, Family: "習"}},
		{"Pope Francis", Name{Titles: []string{"Pope"}, Family: "Francis"}},
		{"President", Name{Family: "President"}},
		{"Hunter Marsh", Name{Given: []string{"Hunter"}, Family: "Marsh"}},
		{"actor Karl Berg", Name{Titles: []string{"actor"}, Given: []string{"Karl"}, Family: "Berg"}},
	} {
		if diff := cmp.Diff(c.want, Parse(c.in)); diff != "" {
			t.Errorf("Parse(%q) (-want +got):\n%s", c.in, diff)
		}
	}
}

func TestNameKnowsItsGenderAndItself(t *testing.T) {
	for _, c := range []struct {
		in, full string
		gender   Gender
	}{
		{"Ms. Kim Berg", "Kim Berg", Female},
		{"Dr. Anna Berg", "Anna Berg", Female},
		{"Kim Berg", "Kim Berg", Unknown},
		{"Berg, Karl", "Karl Berg", Male},
		{"President Karl Berg Jr.", "Karl Berg Jr.", Male},
		{"Berg", "Berg", Unknown},
	} {
		n := Parse(c.in)
		if n.Full() != c.full || n.Gender() != c.gender {
			t.Errorf("Parse(%q) is %q, %v; want %q, %v", c.in, n.Full(), n.Gender(), c.full, c.gender)
		}
	}
}
