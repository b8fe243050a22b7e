package meta

import (
	"strconv"
	"strings"
)

// Access is what a page says about who may read how much of it.
type Access struct {
	Paid   bool     // the page says that it is not free to read (schema.org isAccessibleForFree)
	Locked []string // classes (".name") and ids ("#name") of the elements that are not free
	Words  int      // how long the article is said to be; 0 if nothing is said
}

// maxLocked bounds how many locked elements are looked for.
const maxLocked = 8

func (p *page) access() Access {
	var a Access
	known := false
	for _, o := range p.linked {
		if free, ok := truth(o["isAccessibleForFree"]); ok && !known {
			a.Paid, known = !free, true
		}
		for _, part := range objects(o["hasPart"]) {
			if free, ok := truth(part["isAccessibleForFree"]); ok && !free {
				a.Paid = a.Paid || !known
				a.Locked = append(a.Locked, texts(part["cssSelector"])...)
			}
		}
		if a.Words == 0 {
			a.Words = number(o["wordCount"])
		}
	}
	a.Locked = a.Locked[:min(len(a.Locked), maxLocked)]
	if !known && strings.EqualFold(p.meta("article:content_tier"), "locked") {
		a.Paid = true
	}
	return a
}

// truth reads a boolean as it is found in JSON-LD: true, "False", "http://schema.org/True".
func truth(v any) (value, ok bool) {
	switch v := v.(type) {
	case bool:
		return v, true
	case string:
		s := strings.ToLower(v[strings.LastIndexByte(v, '/')+1:])
		return s == "true", s == "true" || s == "false"
	}
	return false, false
}

// number reads a whole number, given as a number or a text.
func number(v any) int {
	switch v := v.(type) {
	case float64:
		if v > 0 && v < 1e6 {
			return int(v)
		}
	case string:
		n, err := strconv.Atoi(strings.TrimSpace(v))
		if err == nil && n > 0 && n < 1e6 {
			return n
		}
	}
	return 0
}

// objects returns the objects of a value that is one or a list of them.
func objects(v any) []object {
	switch v := v.(type) {
	case object:
		return []object{v}
	case []any:
		var out []object
		for _, e := range v {
			if o, ok := e.(object); ok {
				out = append(out, o)
			}
		}
		return out
	}
	return nil
}
