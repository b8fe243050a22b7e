package name

// IsRole reports whether word says what one person is: "minister", "spokeswoman", "Trainerin",
// "porte-parole". It may be a phrase, in any case.
func IsRole(word string) bool { return is(word, classRole) }

// isOrganisationWords reports whether a word of s makes it the name of an organisation.
func isOrganisationWords(s string) bool { return IsOrganisation(s) }

// IsOrganisation reports whether s, a capitalised phrase, is the name of an organisation and not of a
// person.
func IsOrganisation(s string) bool { return is(s, classOrganisation) }
