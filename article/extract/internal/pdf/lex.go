package pdf

import (
	"bytes"
	"strconv"
)

// The kinds of object (ISO 32000-2, 7.3). Numbers are float64, strings are text, null is nil.
type (
	name string
	text string
	dict map[name]any
	ref  int // an object's number; its generation plays no part here

	// operator is a bare word: an operator of a content stream, or a keyword of the file.
	operator string

	stream struct {
		dict
		raw []byte
	}
)

// maxNesting bounds how deep arrays and dictionaries may lie in each other.
const maxNesting = 40

// lexer reads objects one after the other.
type lexer struct {
	data []byte
	at   int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

// skip goes on to the next token and reports whether there is one.
func (l *lexer) skip() bool {
	for l.at < len(l.data) {
		switch c := l.data[l.at]; {
		case isSpace(c):
			l.at++
		case c == '%':
			for l.at < len(l.data) && l.data[l.at] != '\n' && l.data[l.at] != '\r' {
				l.at++
			}
		default:
			return true
		}
	}
	return false
}

// next returns the next object, or an operator for a word that is none; false at the end. What cannot be
// read is passed over.
func (l *lexer) next(depth int) (any, bool) {
	if !l.skip() || depth > maxNesting {
		return nil, false
	}
	switch c := l.data[l.at]; c {
	case '/':
		return l.name(), true
	case '(':
		return l.literal(), true
	case '<':
		if l.at+1 < len(l.data) && l.data[l.at+1] == '<' {
			l.at += 2
			return l.dict(depth), true
		}
		return l.hex(), true
	case '[':
		l.at++
		var list []any
		for {
			v, ok := l.next(depth + 1)
			if !ok || v == operator("]") {
				return list, true
			}
			list = l.push(list, v)
		}
	case ']', '{', '}', ')':
		l.at++
		return operator(c), true
	case '>':
		l.at++
		if l.at < len(l.data) && l.data[l.at] == '>' {
			l.at++
		}
		return operator(">>"), true
	}
	return l.word(), true
}

// push adds v to list, or makes a reference of "12 0 R".
func (l *lexer) push(list []any, v any) []any {
	if v == operator("R") && len(list) >= 2 {
		if n, ok := list[len(list)-2].(float64); ok {
			return append(list[:len(list)-2], ref(n))
		}
	}
	if _, ok := v.(operator); ok {
		return list
	}
	return append(list, v)
}

func (l *lexer) dict(depth int) dict {
	var list []any
	for {
		v, ok := l.next(depth + 1)
		if !ok || v == operator(">>") {
			break
		}
		list = l.push(list, v)
	}
	d := make(dict)
	for i := 0; i+1 < len(list); {
		key, ok := list[i].(name)
		if !ok {
			i++
			continue
		}
		d[key] = list[i+1]
		i += 2
	}
	return d
}

func (l *lexer) name() name {
	l.at++
	start := l.at
	for l.at < len(l.data) && !isSpace(l.data[l.at]) && !isDelimiter(l.data[l.at]) {
		l.at++
	}
	raw := l.data[start:l.at]
	if bytes.IndexByte(raw, '#') < 0 {
		return name(raw)
	}
	var out []byte
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) {
			if n, err := strconv.ParseUint(string(raw[i+1:i+3]), 16, 8); err == nil {
				out = append(out, byte(n))
				i += 2
				continue
			}
		}
		out = append(out, raw[i])
	}
	return name(out)
}

// literal reads a string in brackets.
func (l *lexer) literal() text {
	var out []byte
	depth := 0
	for ; l.at < len(l.data); l.at++ {
		c := l.data[l.at]
		switch c {
		case '(':
			if depth++; depth == 1 {
				continue
			}
		case ')':
			if depth--; depth == 0 {
				l.at++
				return text(out)
			}
		case '\\':
			out = l.escape(out)
			continue
		}
		out = append(out, c)
	}
	return text(out)
}

// escape reads what a backslash in a literal string introduces, and stops at its last byte.
func (l *lexer) escape(out []byte) []byte {
	l.at++
	if l.at >= len(l.data) {
		return out
	}
	switch c := l.data[l.at]; c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b', 'f':
		return append(out, ' ')
	case '\r':
		if l.at+1 < len(l.data) && l.data[l.at+1] == '\n' {
			l.at++
		}
		return out
	case '\n':
		return out
	case '0', '1', '2', '3', '4', '5', '6', '7':
		n := 0
		for i := 0; i < 3 && l.at < len(l.data) && l.data[l.at] >= '0' && l.data[l.at] <= '7'; i++ {
			n = n*8 + int(l.data[l.at]-'0')
			l.at++
		}
		l.at--
		return append(out, byte(n))
	default:
		return append(out, c)
	}
}

// hex reads a string of hexadecimal digits.
func (l *lexer) hex() text {
	l.at++
	var out []byte
	high, half := byte(0), false
	for ; l.at < len(l.data); l.at++ {
		c := l.data[l.at]
		var digit byte
		switch {
		case c == '>':
			l.at++
			if half {
				out = append(out, high<<4)
			}
			return text(out)
		case c >= '0' && c <= '9':
			digit = c - '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			digit = c | 0x20 - 'a' + 10
		default:
			continue
		}
		if half {
			out = append(out, high<<4|digit)
		}
		high, half = digit, !half
	}
	return text(out)
}

// word reads a number, true, false, null or an operator.
func (l *lexer) word() any {
	start := l.at
	for l.at < len(l.data) && !isSpace(l.data[l.at]) && !isDelimiter(l.data[l.at]) {
		l.at++
	}
	word := string(l.data[start:l.at])
	if c := word[0]; c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' {
		if n, err := strconv.ParseFloat(word, 64); err == nil {
			return n
		}
		return 0.0
	}
	switch word {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	return operator(word)
}
