package ground

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"newsdesk/summarize/terms"
)

// number is a quantity in a text.
type number struct {
	value       float64
	first, end  int // words[first:end]
	significant int // digits written: 2 for "3.5"
	small       bool
	year        bool
}

// spelled are number words and what they are worth.
var spelled = map[string]float64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
	"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
	"dozen": 12, "dozens": 12, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
	"elf": 11, "zwölf": 12, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
	"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
}

// scales are the words and letters that multiply the number before them.
var scales = map[string]float64{
	"hundred": 1e2, "hundreds": 1e2, "thousand": 1e3, "thousands": 1e3, "k": 1e3, "million": 1e6, "millions": 1e6, "m": 1e6, "mn": 1e6,
	"billion": 1e9, "billions": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12,
	"tausend": 1e3, "millionen": 1e6, "milliarde": 1e9, "milliarden": 1e9, "mille": 1e3, "milliard": 1e9, "milliards": 1e9,
	"mil": 1e3, "millón": 1e6, "millones": 1e6,
}

// numbersIn returns the quantities among words, written in digits or spelled out.
func numbersIn(words []terms.Word) []number {
	var out []number
	for i := 0; i < len(words); i++ {
		n, ok := numberAt(words, i)
		if !ok {
			continue
		}
		out = append(out, n)
		i = n.end - 1
	}
	return out
}

// numberAt reads the quantity that begins at words[i].
func numberAt(words []terms.Word, i int) (number, bool) {
	n := number{first: i, end: i + 1}
	w := words[i]
	if w.Number {
		var ok bool
		if n.value, n.significant, ok = parseDigits(w.Lower); !ok {
			return n, false
		}
		n.year = len(w.Lower) == 4 && n.value >= 1000 && n.value < 2100 && n.value == math.Trunc(n.value)
	} else if v, ok := spelledValue(w.Lower); ok {
		n.value, n.significant, n.small = v, 2, v <= 12
	} else {
		return n, false
	}
	for n.end < len(words) {
		next := words[n.end].Lower
		if scale, ok := scales[next]; ok && (len(next) > 2 || w.Number) {
			n.value *= scale
			n.small, n.year = false, false
		} else if v, ok := spelled[next]; ok && !w.Number && n.value >= 20 && v < 10 && math.Mod(n.value, 10) == 0 {
			n.value += v // "twenty five"
		} else {
			break
		}
		n.end++
	}
	return n, true
}

// spelledValue reads a number word: "four", "twenty-five".
func spelledValue(word string) (float64, bool) {
	if v, ok := spelled[word]; ok {
		return v, true
	}
	tens, ones, ok := strings.Cut(word, "-")
	t, okT := spelled[tens]
	o, okO := spelled[ones]
	if ok && okT && okO && t >= 20 && o < 10 {
		return t + o, true
	}
	return 0, false
}

// parseDigits reads "1,200", "3.5", "3.5m", "20th", "1.200.000". A word that only begins with a digit
// ("737-800", "4x4") is no quantity.
func parseDigits(word string) (value float64, significant int, ok bool) {
	end := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' && r != ',' })
	suffix := ""
	if end >= 0 {
		word, suffix = word[:end], word[end:]
	}
	scale := 1.0
	switch suffix {
	case "", "st", "nd", "rd", "th", "s", "er", "e":
	default:
		if scale, ok = scales[suffix]; !ok {
			return 0, 0, false
		}
	}
	plain := strings.TrimRight(word, ".,")
	if c := strings.LastIndexAny(plain, ".,"); c >= 0 {
		groups := len(plain)-c-1 == 3 && (plain[c] == ',' || strings.Count(plain, ".") > 1)
		whole, rest := strings.NewReplacer(".", "", ",", "").Replace(plain[:c]), plain[c+1:]
		if plain = whole + "." + rest; groups {
			plain = whole + rest
		}
	}
	value, err := strconv.ParseFloat(plain, 64)
	digits := strings.TrimLeft(strings.TrimRight(strings.ReplaceAll(plain, ".", ""), "0"), "0")
	return value * scale, max(1, len(digits)), err == nil
}

// hedges are words that own up to rounding.
var hedges = map[string]bool{
	"about": true, "around": true, "nearly": true, "almost": true, "over": true, "approximately": true, "roughly": true,
	"some": true, "than": true, "least": true, "up": true, "just": true, "under": true, "circa": true, "rund": true, "etwa": true,
	"fast": true, "knapp": true, "environ": true, "près": true, "casi": true, "unos": true,
}

// bears reports whether u, a number of the article, bears out v, a number of a claim: the same value, or
// u rounded or cut to the digits that v has. hedged says that the claim admits to rounding.
func bears(u, v number, hedged bool) bool {
	if u.value == v.value {
		return true
	}
	if v.year || v.value == 0 || u.value < 10 || v.significant < 2 && !hedged && v.value < 1e6 {
		return false
	}
	unit := math.Pow(10, math.Floor(math.Log10(v.value))-float64(v.significant-1))
	return math.Abs(math.Round(u.value/unit)*unit-v.value) < unit/1e3 || math.Abs(math.Trunc(u.value/unit)*unit-v.value) < unit/1e3
}
