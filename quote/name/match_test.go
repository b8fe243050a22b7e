package name

import "testing"

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Donald Trump", "Donald J. Trump", true},
		{"Donald Trump", "President Donald Trump", true},
		{"Donald Trump", "former President Donald J. Trump (R)", true},
		{"Donald Trump", "Donald Trump Jr.", false},
		{"Donald Trump Jr.", "Donald Trump, Jr.", true},
		{"Donald Trump", "Trump", false},
		{"Donald Trump", "President Trump", false},
		{"Donald Trump", "Melania Trump", false},
		{"US officials", "US officials", true},
		{"US officials", "officials", false},
		{"US officials", "UN officials", false},
		{"the White House", "White House", true},
		{"Robert Berg", "Bob Berg", true},
		{"Robert Berg", "Robin Berg", false},
		{"Anna Berg", "A. Berg", false},
		{"Anna Berg", "Hanna Berg", false},
		{"George H.W. Marsh", "George W. Marsh", false},
		{"George W. Marsh", "George Walker Marsh", true},
		{"J.D. Marsh", "JD Marsh", true},
		{"J.D. Marsh", "James David Marsh", true},
		{"J. D. Marsh", "James David Marsh", false},
		{"Volodymyr Zelensky", "Volodymyr Zelenskyy", true},
		{"Volodymyr Zelensky", "Wolodymyr Selenskyj", true},
		{"Volodymyr Zelensky", "Olena Zelenska", false},
		{"Muammar Gaddafi", "Moammar Kadhafi", true},
		{"Mohammed bin Salman", "Mohammad bin Salman", true},
		{"Francis Odell", "Frances Odell", false},
		{"Christian Odell", "Christina Odell", false},
		{"Martin Odell", "Martina Odell", false},
		{"Lee Jae-myung", "Lee Jae Myung", true},
		{"Lee Jae-myung", "Jae-myung Lee", true},
		{"Paul James", "James Paul", false},
		{"Pedro Sánchez", "Pedro Sánchez Castejón", true},
		{"Hillary Clinton", "Hillary Rodham Clinton", true},
		{"Mary Ann", "Mary Ann Odell", false},
		{"Ursula von der Leyen", "Ursula Von Der Leyen", true},
		{"Marie-Claude Petit", "Marie Claude Petit", true},
		{"Mr. Berg", "Ms. Berg", false},
		{"Berg", "Berg", true},
		{"Berg", "BERG", true},
		{"", "", true},
		{"?", "!", false},
		{"Nordbank", "Nordbank AG", false},
		{"a friend of Anna Berg", "a friend of Anna M. Berg", false},
		{"Anna Berg's office", "Anna M. Berg's office", false},
		{"Anna Berg (CDU)", "Anna Berg", true},
		{"Don Winterbourne", "Donald Winterbourne", true},
	} {
		if got := Same(c.a, c.b); got != c.want {
			t.Errorf("Same(%q, %q) = %v", c.a, c.b, got)
		}
		if Same(c.a, c.b) != Same(c.b, c.a) {
			t.Errorf("Same(%q, %q) depends on the order", c.a, c.b)
		}
	}
}

func TestFits(t *testing.T) {
	for _, c := range []struct {
		query, full string
		want        bool
	}{
		{"Trump", "Donald Trump", true},
		{"trump", "Donald Trump", true},
		{"donald trump", "Donald Trump", true},
		{"President Trump", "Donald Trump", true},
		{"trump donald?", "Donald Trump", true},
		{"Trump's", "Donald Trump", true},
		{"Trump", "Donald Trump Jr.", true},
		{"Trump", "Melania Trump", true},
		{"Melania", "Melania Trump", true},
		{"Donald Trump", "Donald Trump Jr.", false},
		{"Trump Jr", "Donald Trump Jr.", true},
		{"Trump Jr", "Donald Trump", false},
		{"Donald Trump", "Melania Trump", false},
		{"Donald J. Trump", "Donald Trump", true},
		{"Donald John Trump", "Donald J. Trump", true},
		{"Zelensky", "Volodymyr Zelenskyy", true},
		{"Zelenskiy", "Volodymyr Zelenskyy", true},
		{"Selenskyj", "Volodymyr Zelensky", true},
		{"Gaddafi", "Muammar Qaddafi", true},
		{"kadafi", "Muammar Gaddafi", true},
		{"Mueller", "Jana Müller", true},
		{"ruiz ortega", "Inés Ruiz-Ortega", true},
		{"ortega", "Inés Ruiz-Ortega", true},
		{"jaemyung", "Lee Jae-myung", true},
		{"jae myung", "Lee Jae-myung", true},
		{"bob berg", "Robert Berg", true},
		{"amb", "Anna Maria Berg", true},
		{"ab", "Anna Berg", false},
		{"a", "Anna Berg", false},
		{"officials", "US officials", true},
		{"King Charles", "King Charles III", true},
		{"the president", "the president", true},
		{"president", "the president", true},
		{"president", "Anna Berg", false},
		{"", "Anna Berg", false},
		{"?", "Anna Berg", false},
		{"Tromp", "Donald Trump", false},
		{"trump jr", "Donald Trump Jr.", true},
		{"trump jr", "Donald Trump", false},
		{"dr. berg", "Anna Berg", true},
		{"sen berg", "Anna Berg", true},
		{"karl berg iii", "Karl Berg III", true},
		{"karl berg iii", "Karl Berg", false},
		{"sr. soto", "Pablo Soto", true},
		{"don winterbourne", "Donald Winterbourne", true},
		{"Macron", "Donald Trump", false},
	} {
		if got := Fits(c.query, c.full); got != c.want {
			t.Errorf("Fits(%q, %q) = %v", c.query, c.full, got)
		}
	}
}

func TestFitsLoosely(t *testing.T) {
	for _, c := range []struct {
		query, full string
		want        bool
	}{
		{"Tromp", "Donald Trump", true},
		{"Trmup", "Donald Trump", true},
		{"Trum", "Donald Trump", true},
		{"Trumpp", "Donald Trump", true},
		{"Donald Trump", "Donald Trump Jr.", true},
		{"Trump Jr", "Donald Trump", false},
		{"Crump", "Donald Trump", false},
		{"Berk", "Anna Berg", false},
		{"Macron", "Donald Trump", false},
	} {
		if got := FitsLoosely(c.query, c.full); got != c.want {
			t.Errorf("FitsLoosely(%q, %q) = %v", c.query, c.full, got)
		}
	}
}
