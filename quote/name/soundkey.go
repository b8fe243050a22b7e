package name

// Sound returns a key that the transliterations of a name share, for an index to find candidates by:
// "timoshenko" and "tymoschenko" have the same. word is one word as [Fold] returns it; "" is the key of
// words too short or too long to tell. Whether two names are one person is for [Same] to say.
func Sound(word string) string {
	if len(word) < minSound || len(word) > 40 {
		return ""
	}
	var buf [48]byte
	if key := appendSound(buf[:0], word); len(key) >= 4 {
		return string(key)
	}
	return ""
}
