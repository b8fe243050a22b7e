package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/hex"
	"errors"
	"io"
	"slices"
)

const (
	maxObjects  = 200_000
	maxInflated = 64 << 20 // bytes of all streams together, once decompressed
)

// file gives a document's objects by their numbers. Where they stand is found by looking through the whole
// file, as readers do with damaged ones, and not by its own table of contents, which may lie or lead in
// circles.
type file struct {
	data     []byte
	where    map[ref]int // offset behind "12 0 obj"
	packed   map[ref]any // objects that stood in object streams
	known    map[ref]any
	inflated int
}

func open(data []byte) *file {
	f := &file{data: data, where: make(map[ref]int), packed: make(map[ref]any), known: make(map[ref]any)}
	for at := 0; len(f.where) < maxObjects; {
		i := bytes.Index(data[at:], []byte("obj"))
		if i < 0 {
			break
		}
		at += i
		if n, ok := numberBefore(data[:at]); ok {
			f.where[n] = at + 3 // the last one of a number is the one that counts
		}
		at += 3
	}
	for _, n := range f.numbers() {
		if s, ok := f.get(n).(stream); ok && s.dict["Type"] == name("ObjStm") {
			f.unpack(s)
		}
	}
	return f
}

// breaksOff reports whether nothing of what ends a document (7.5.5) stands behind the last of its objects.
func (f *file) breaksOff() bool {
	end := f.data[max(0, bytes.LastIndex(f.data, []byte("endobj"))):]
	for _, mark := range []string{"trailer", "startxref", "%%EOF"} {
		if bytes.Contains(end, []byte(mark)) {
			return false
		}
	}
	return true
}

// numbers returns the numbers of the objects that stand in the file itself, in order of their place.
func (f *file) numbers() []ref {
	all := make([]ref, 0, len(f.where))
	for n := range f.where {
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b ref) int { return f.where[a] - f.where[b] })
	return all
}

// numberBefore reads the "12 0 " that stands at the end of data.
func numberBefore(data []byte) (ref, bool) {
	data = data[max(0, len(data)-24):]
	_, data, ok := cutNumber(data)
	if !ok {
		return 0, false
	}
	n, _, ok := cutNumber(data)
	return n, ok
}

// cutNumber cuts a number and the space behind it off the end of data.
func cutNumber(data []byte) (n ref, rest []byte, ok bool) {
	trimmed := bytes.TrimRight(data, " \t\r\n")
	start := len(trimmed)
	for start > 0 && trimmed[start-1] >= '0' && trimmed[start-1] <= '9' {
		start--
	}
	if digits := len(trimmed) - start; digits == 0 || digits > 8 {
		return 0, nil, false
	}
	return atoi(trimmed[start:]), trimmed[:start], true
}

func atoi(digits []byte) ref {
	n := 0
	for _, c := range digits {
		n = n*10 + int(c-'0')
	}
	return ref(n)
}

// get returns an object, nil if there is none. An object that needs itself to be read is nil to itself.
func (f *file) get(n ref) any {
	if v, ok := f.known[n]; ok {
		return v
	}
	f.known[n] = nil
	at, ok := f.where[n]
	if !ok {
		f.known[n] = f.packed[n]
		return f.known[n]
	}
	l := &lexer{data: f.data, at: at}
	v, ok := l.next(0)
	if !ok {
		return nil
	}
	if d, isDict := v.(dict); isDict && l.skip() && bytes.HasPrefix(f.data[l.at:], []byte("stream")) {
		v = stream{d, f.body(l.at+len("stream"), d)}
	}
	if r, isRef := v.(ref); isRef {
		v = f.get(r)
	}
	f.known[n] = v
	return v
}

// body returns the bytes of a stream that begins at, as long as it says to be, or up to "endstream".
func (f *file) body(at int, d dict) []byte {
	if bytes.HasPrefix(f.data[at:], []byte("\r\n")) {
		at += 2
	} else if at < len(f.data) && (f.data[at] == '\n' || f.data[at] == '\r') {
		at++
	}
	if n, ok := f.resolve(d["Length"]).(float64); ok && n >= 0 && n <= float64(len(f.data)-at) {
		end := at + int(n)
		if bytes.HasPrefix(bytes.TrimLeft(f.data[end:min(end+12, len(f.data))], "\r\n "), []byte("endstr")) {
			return f.data[at:end]
		}
	}
	end := bytes.Index(f.data[at:], []byte("endstream"))
	if end < 0 {
		return f.data[at:]
	}
	return f.data[at : at+end]
}

// resolve follows a reference.
func (f *file) resolve(v any) any {
	if n, ok := v.(ref); ok {
		return f.get(n)
	}
	return v
}

func (f *file) dict(v any) dict {
	switch v := f.resolve(v).(type) {
	case dict:
		return v
	case stream:
		return v.dict
	}
	return nil
}

func (f *file) list(v any) []any {
	switch v := f.resolve(v).(type) {
	case []any:
		return v
	case nil:
		return nil
	default:
		return []any{v}
	}
}

func (f *file) number(v any) float64 {
	n, _ := f.resolve(v).(float64)
	return n
}

// unpack adds the objects of an object stream (7.5.7).
func (f *file) unpack(s stream) {
	data := f.decode(s)
	first := int(f.number(s.dict["First"]))
	if first <= 0 || first > len(data) {
		return
	}
	head := &lexer{data: data[:first]}
	for {
		n, ok1 := head.next(0)
		at, ok2 := head.next(0)
		number, isNumber := n.(float64)
		offset, isOffset := at.(float64)
		if !ok1 || !ok2 || !isNumber || !isOffset || len(f.packed) > maxObjects {
			return
		}
		if offset < 0 || offset >= float64(len(data)-first) {
			continue
		}
		l := &lexer{data: data, at: first + int(offset)}
		if v, ok := l.next(0); ok {
			f.packed[ref(number)] = v
			if _, plain := f.where[ref(number)]; !plain {
				delete(f.known, ref(number)) // asked for before it was unpacked
			}
		}
	}
}

// decode returns a stream's bytes without its filters; what cannot be decoded is empty.
func (f *file) decode(s stream) []byte {
	data := s.raw
	for _, filter := range f.list(s.dict["Filter"]) {
		var err error
		switch f.resolve(filter) {
		case name("FlateDecode"), name("Fl"):
			data, err = f.inflate(data)
		case name("ASCII85Decode"), name("A85"):
			data, err = io.ReadAll(ascii85.NewDecoder(bytes.NewReader(bytes.TrimSuffix(bytes.TrimSpace(data), []byte("~>")))))
		case name("ASCIIHexDecode"), name("AHx"):
			data, err = hex.DecodeString(string(bytes.Map(hexDigit, data)))
		default:
			return nil // pictures, and what nobody writes text with any more
		}
		if err != nil && len(data) == 0 {
			return nil
		}
	}
	return data
}

func hexDigit(r rune) rune {
	if r >= '0' && r <= '9' || r|0x20 >= 'a' && r|0x20 <= 'f' {
		return r
	}
	return -1
}

// errBomb is more than a document of this size can mean.
var errBomb = errors.New("pdf: unpacks to too much")

// inflate returns as much as can be decompressed.
func (f *file) inflate(data []byte) ([]byte, error) {
	room := maxInflated - f.inflated
	if room <= 0 {
		return nil, errBomb
	}
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(z, int64(room)))
	f.inflated += len(out)
	return out, err
}
