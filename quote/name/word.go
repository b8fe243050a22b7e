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

// Look returns what the tables say of word in a text of the language, in any case: what the functions of the
// same names say, in one look-up and without allocating, for running text. A role or a group of another language
// is none ("held" is no German hero), a title is one everywhere. Acronyms, compounds and the capital that a
// place must have are not looked at, and of plurals only those in -s. An empty language is all of them.
func Look(word, language string) Word {
	e := lookUp(word)
	if e.class == 0 {
		return Word{Group: IsGroup(word)}
	}
	known := e.class
	if l := tongueOf(language); l != 0 && e.spoken != 0 && e.spoken&l == 0 {
		known &^= classRole | classGroup
	}
	return Word{
		Title: known&classTitle != 0, Role: known&classRole != 0, Group: known&classGroup != 0 || known == 0 && IsGroup(word),
		Organisation: known&classOrganisation != 0, Place: IsPlace(word),
		Nationality: known&classNationality != 0, NeverName: e.neverName(),
		Gender: e.gender,
	}
}
