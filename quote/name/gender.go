package name

// Gender is what "he" or "she" would say of somebody.
type Gender uint8

// The genders that a name or a title can tell.
const (
	Unknown Gender = iota // no telling, or either
	Female
	Male
)

// String returns "unknown", "female" or "male".
func (g Gender) String() string {
	switch g {
	case Female:
		return "female"
	case Male:
		return "male"
	case Unknown:
	}
	return "unknown"
}

// Conflicts reports whether g and other are both known and differ.
func (g Gender) Conflicts(other Gender) bool { return g != Unknown && other != Unknown && g != other }
