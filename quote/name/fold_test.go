package name

import "testing"

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"anna berg", "anna berg"},
		{"  Anna \t Berg\n", "anna berg"},
		{"Łukasz Żółw", "lukasz zolw"},
		{"Søren Weiß", "soren weiss"},
		{"Æthel Œuvre", "aethel oeuvre"},
		{"Şebnem Yıldız", "sebnem yildiz"},
		{"İnan", "inan"},
		{"Anna’s", "anna"},
		{"ANNA'S", "anna"},
		{"the Joneses' house", "the joneses house"},
		{"O’Neill", "oneill"},
		{"O'Shea", "oshea"}, // the s opens a word's rest, no possessive
		{"J.D. Marsh", "jd marsh"},
		{"J. D. Marsh", "j d marsh"},
		{"Ruiz-Ortega", "ruiz ortega"},
		{"Ruiz–Ortega", "ruiz ortega"},
		{"al-Ḥakīm", "al hakim"},
		{"Nguyễn Thị Hồng", "nguyen thi hong"},
		{"Ａｎｎａ", "anna"},
		{"김민준", "김민준"},
		{"Фёдор Ёлкин", "федор елкин"},
		{"مُحَمَّد", "محمد"},
		{"Berg?", "berg"},
		{"“Berg”", "berg"},
		{"An\u200bna", "anna"},
		{"A\u0301nna", "anna"},
		{"---", ""},
		{"\xff\xfe", ""},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestFoldKeepsFoldedTextWithoutAllocating(t *testing.T) {
	s := "maria del carmen ruiz ortega"
	if n := testing.AllocsPerRun(100, func() { _ = Fold(s) }); n != 0 {
		t.Errorf("Fold of folded text allocates %v times", n)
	}
}
