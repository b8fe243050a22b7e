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

// Look returns what the tables say of word, in any case. It does not allocate.
func Look(word string) Word {
	e := lookUp(word)
	if e.class == 0 {
		return Word{Group: len(word) > 3 && word[len(word)-1] == 's' && is(word[:len(word)-1], classRole)}
	}
	return Word{
		Title: e.class&classTitle != 0, Role: e.class&classRole != 0, Group: e.class&classGroup != 0,
		Organisation: e.class&classOrganisation != 0, Place: e.class&classPlace != 0,
		Nationality: e.class&classNationality != 0, NeverName: e.class&classNever != 0,
		Gender: e.gender,
	}
}
