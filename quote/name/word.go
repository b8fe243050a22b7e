package name

// Word is what the tables say of one word or phrase, in one look.
type Word struct {
	Title        bool // stands before a name: "Senator"
	Role         bool // what one person is: "spokeswoman"
	Group        bool // what several people are: "officials"
	Organisation bool // makes a capitalised phrase an organisation: "Ministry"
	Place        bool
	Nationality  bool // "German"
	NeverName    bool // capitalised, but never a person's name: "Monday"
	Gender       Gender
}

// Look returns what the tables say of word, in any case: what the functions of the same names say, in
// one look-up and without allocating, for running text. Acronyms, compounds and the capital that a place
// must have are not looked at, and of plurals only those in -s.
func Look(word string) Word {
	e := lookUp(word)
	if e.class == 0 {
		return Word{Group: IsGroup(word)}
	}
	return Word{
		Title: e.class&classTitle != 0, Role: e.class&classRole != 0, Group: e.class&classGroup != 0,
		Organisation: e.class&classOrganisation != 0, Place: IsPlace(word),
		Nationality: e.class&classNationality != 0, NeverName: e.neverName(),
		Gender: e.gender,
	}
}
