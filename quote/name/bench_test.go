package name

import "testing"

// One operation is one call for each of a handful of inputs, as running text has them.

var benchWords = []string{"said", "President", "Berg", "Ministerin", "However", "Kyiv", "spokeswoman", "officials"}

func BenchmarkLook(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, w := range benchWords {
			Look(w, "")
		}
	}
}

func BenchmarkGivenGender(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, w := range benchWords {
			GivenGender(w)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, w := range benchWords {
			Fold(w)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Parse("former Secretary of State Anna M. Berg (D-NY)")
	}
}

func BenchmarkFits(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Fits("president berg", "Anna M. Berg")
	}
}

func BenchmarkSameOfStrangers(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Same("Anna Berg", "Oleh Kravchuk")
	}
}

func BenchmarkSameOfNamesakes(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Same("Anna Berg", "Hanna M. Berg")
	}
}

// BenchmarkTables reads all tables, as the first call of a program does.
func BenchmarkTables(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		readLexicon()
		readGivenBlocks()
	}
}

// BenchmarkFitsLoosely looks among strangers for one who is written with a slip.
func BenchmarkFitsLoosely(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		query := Asked("Xyzzy")
		for _, full := range []string{"Anna M. Berg", "Oleh Kravchuk", "US officials", "Mohammed al-Rashid", "Juana García Ortega"} {
			query.FitsLoosely(full)
		}
	}
}
