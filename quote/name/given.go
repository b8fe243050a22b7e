package name

import (
	_ "embed"
	"strings"
	"sync"
)

// givenTable holds some 65,000 given names in their folded form, without spaces, in byte order. It is
// written by quote/name/build, which documents the sources. A name is
//
//	1 byte   how many bytes it shares with the name before (0..15) << 4 | share of women, 0..15 of 15
//	n bytes  the letters it adds, a..z as 1..26; the last has bit 7 set, and in bits 5 and 6 how
//	         the name is borne: see the constants below
//
// Every blockSize-th name shares nothing, so that a search can start there.
//
//go:embed given.bin
var givenTable []byte

// blockSize is the number of names in a block of the table.
const blockSize = 32

// How a name is borne.
const (
	bearGiven  = iota // as a given name
	bearBoth          // as a given and as a family name, both often
	bearFamily        // as a family name in most cases
	bearRare          // seldom as either
)

// givenBlocks holds where each block of the table begins.
var givenBlocks = sync.OnceValue(readGivenBlocks)

func readGivenBlocks() []int {
	var starts []int
	for at, n := 0, 0; at < len(givenTable); n++ {
		if n%blockSize == 0 {
			starts = append(starts, at)
		}
		at++
		for givenTable[at]&0x80 == 0 {
			at++
		}
		at++
	}
	return starts
}

// givenEntry is what the table says of one name.
type givenEntry struct {
	female uint8 // share of women, 0..15 of 15
	bears  uint8
}

// findGiven looks a folded name without spaces up.
func findGiven(key []byte) (givenEntry, bool) {
	if len(key) == 0 || len(key) > 40 {
		return givenEntry{}, false
	}
	blocks := givenBlocks()
	// The last block whose first name is not above key.
	lo, hi := 0, len(blocks)
	for lo < hi {
		mid := (lo + hi) / 2
		if compareFirst(blocks[mid], key) <= 0 {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return givenEntry{}, false
	}
	return scanBlock(blocks[lo-1], key)
}

// compareFirst compares the first name of the block at with key, like bytes.Compare.
func compareFirst(at int, key []byte) int {
	for i := 0; ; i++ {
		b := givenTable[at+1+i]
		switch c := b&0x1f + 'a' - 1; {
		case i == len(key):
			return 1
		case c != key[i]:
			return int(c) - int(key[i])
		}
		if b&0x80 != 0 {
			return i + 1 - len(key)
		}
	}
}

// scanBlock looks for key among the names of the block at.
func scanBlock(at int, key []byte) (givenEntry, bool) {
	same := 0 // bytes that the name before has in common with key
	for n := 0; n < blockSize && at < len(givenTable); n++ {
		header := givenTable[at]
		at++
		shared := int(header >> 4)
		// A name that shares less with the one before than that did with key has left key behind;
		// one that shares more cannot be key.
		i := shared
		matches := shared <= same
		if matches {
			same = shared
		}
		for {
			b := givenTable[at]
			at++
			if matches && i == same && i < len(key) && b&0x1f+'a'-1 == key[i] {
				same++
			}
			i++
			if b&0x80 == 0 {
				continue
			}
			if matches && same == len(key) && i == len(key) {
				return givenEntry{female: header & 0xf, bears: b >> 5 & 3}, true
			}
			break
		}
	}
	return givenEntry{}, false
}

// lookUpGiven finds a given name as it is written: whole ("Jean-Luc", "Jae-myung"), else its first
// part.
func lookUpGiven(given string) (givenEntry, bool) {
	if len(given) > maxPhrase {
		return givenEntry{}, false
	}
	var buf [64]byte
	folded := appendFold(buf[:0], given)
	first, joined := len(folded), folded[:0]
	for i, c := range folded {
		if c == ' ' {
			first = min(first, i)
			continue
		}
		joined = append(joined, c) // never overtakes i
	}
	if first == len(folded) {
		return findGiven(joined)
	}
	if e, ok := findGiven(joined); ok {
		return e, true
	}
	return findGiven(joined[:first])
}

// IsGiven reports whether s is known as a given name, written whole ("Jean-Luc") or with its first
// part ("Anna-Lou"). A name that is a family name in most cases ("Lewis") is not; names that are both
// ("Scott", "Martin") are. A title is none ("Sir", "Major-General"), unless its table says that it is a
// name too.
func IsGiven(s string) bool {
	if !startsWithLetter(s) {
		return false
	}
	e, ok := lookUpGiven(s)
	return ok && e.bears != bearFamily && !isMereTitle(s)
}

// isMereTitle reports whether s, or the part of it before a hyphen, is a title and no name.
func isMereTitle(s string) bool {
	first, _, _ := strings.Cut(s, "-")
	c := lookUp(first).class
	return c&classTitle != 0 && c&classNameToo == 0
}

// startsWithLetter spares most look-ups of marks and numbers.
func startsWithLetter(s string) bool {
	return s != "" && (s[0] >= 0x80 || s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z')
}

// GenderOf returns the share of women among the bearers of a given name, 0..1 in steps of 1/15, as
// far as the sources count them; known is false for a name that they do not have. Of "Anna Maria" or
// "Jean-Luc" the whole counts where it is known, else the first name.
func GenderOf(given string) (female float32, known bool) {
	e, ok := lookUpGiven(strings.TrimSpace(given))
	if !ok {
		return 0, false
	}
	return float32(e.female) / 15, true
}

// GivenGender returns the gender that at least six in seven bearers of a given name have, else Unknown.
func GivenGender(given string) Gender {
	switch p, known := GenderOf(given); {
	case !known:
		return Unknown
	case p >= 0.86:
		return Female
	case p <= 0.14:
		return Male
	}
	return Unknown
}
