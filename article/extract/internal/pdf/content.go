package pdf

import (
	"math"
	"strings"
	"unicode/utf8"
)

// matrix is a transformation [a b c d e f] (8.3.3).
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// times is m followed by n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// run is a string shown in one go.
type run struct {
	said      string
	left, top float64 // of its baseline's start, in points; up is more
	right     float64
	size      float64
}

const (
	maxOperations = 2_000_000 // of all content streams together
	maxForms      = 8         // forms within forms
	maxRuns       = 400_000
	maxFonts      = 2_000
)

// painter reads content streams and keeps the text that they show.
type painter struct {
	file       *file
	fonts      map[string]*font
	runs       []run
	operations int
	read       int // fonts
	shown      int // codes
	unread     int // codes that cannot be read
	pictures   int
}

// graphics is the state that operators change.
type graphics struct {
	ctm                                 matrix
	font                                *font
	size, spacing, wordSpacing, leading float64
	stretch, rise                       float64
}

// paint reads one content stream with its resources.
func (p *painter) paint(data []byte, resources dict, ctm matrix, depth int) {
	s := &session{painter: p, resources: resources, depth: depth, g: graphics{ctm: ctm, stretch: 1}, text: identity, line: identity}
	l := &lexer{data: data}
	var args []any
	for p.operations < maxOperations && len(p.runs) < maxRuns {
		v, ok := l.next(0)
		if !ok {
			return
		}
		op, isOp := v.(operator)
		if !isOp {
			if len(args) < 64 {
				args = append(args, v)
			}
			continue
		}
		p.operations++
		if op == "BI" {
			l.skipPicture()
			p.pictures++
		} else {
			s.do(op, args)
		}
		args = args[:0]
	}
}

// skipPicture goes on behind a picture within the stream.
func (l *lexer) skipPicture() {
	for ; l.at+3 < len(l.data); l.at++ {
		if isSpace(l.data[l.at]) && l.data[l.at+1] == 'E' && l.data[l.at+2] == 'I' && isSpace(l.data[l.at+3]) {
			l.at += 3
			return
		}
	}
	l.at = len(l.data)
}

// session is the reading of one content stream.
type session struct {
	*painter
	resources  dict
	depth      int
	g          graphics
	saved      []graphics
	text, line matrix
}

// number returns the i-th argument, 0 where there is none.
func number(args []any, i int) float64 {
	if i >= len(args) {
		return 0
	}
	n, _ := args[i].(float64)
	return n
}

func toMatrix(args []any) matrix {
	var m matrix
	for i := range m {
		m[i] = number(args, i)
	}
	return m
}

func (s *session) do(op operator, args []any) {
	switch op {
	case "q":
		if len(s.saved) < 256 {
			s.saved = append(s.saved, s.g)
		}
	case "Q":
		if n := len(s.saved); n > 0 {
			s.g, s.saved = s.saved[n-1], s.saved[:n-1]
		}
	case "cm":
		s.g.ctm = toMatrix(args).times(s.g.ctm)
	case "Do":
		s.object(args)
	case "BT":
		s.text, s.line = identity, identity
	case "Tf":
		s.setFont(args)
	case "Tc":
		s.g.spacing = number(args, 0)
	case "Tw":
		s.g.wordSpacing = number(args, 0)
	case "Tz":
		s.g.stretch = number(args, 0) / 100
	case "TL":
		s.g.leading = number(args, 0)
	case "Ts":
		s.g.rise = number(args, 0)
	case "Tm":
		s.text = toMatrix(args)
		s.line = s.text
	case "TD":
		s.g.leading = -number(args, 1)
		s.move(number(args, 0), number(args, 1))
	case "Td":
		s.move(number(args, 0), number(args, 1))
	case "T*":
		s.move(0, -s.g.leading)
	case "Tj":
		s.showFirst(args, 0)
	case "'":
		s.move(0, -s.g.leading)
		s.showFirst(args, 0)
	case "\"":
		s.g.wordSpacing, s.g.spacing = number(args, 0), number(args, 1)
		s.move(0, -s.g.leading)
		s.showFirst(args, 2)
	case "TJ":
		s.showList(args)
	}
}

func (s *session) move(x, y float64) {
	s.line = matrix{1, 0, 0, 1, x, y}.times(s.line)
	s.text = s.line
}

func (s *session) setFont(args []any) {
	s.g.size = number(args, 1)
	if len(args) == 0 {
		return
	}
	n, _ := args[0].(name)
	v := s.file.dict(s.resources["Font"])[n]
	key := string(n)
	if r, ok := v.(ref); ok {
		key = "\x00" + string(rune(r)) // the same font under any name
	}
	ft := s.fonts[key]
	if _, isRef := v.(ref); ft == nil || !isRef {
		if s.read++; s.read > maxFonts {
			return
		}
		ft = s.file.newFont(s.file.dict(v))
		s.fonts[key] = ft
	}
	s.g.font = ft
}

// object paints a form; a picture is only counted.
func (s *session) object(args []any) {
	if len(args) == 0 || s.depth >= maxForms {
		return
	}
	n, _ := args[0].(name)
	form, ok := s.file.resolve(s.file.dict(s.resources["XObject"])[n]).(stream)
	if !ok {
		return
	}
	if form.dict["Subtype"] != name("Form") {
		s.pictures++
		return
	}
	ctm := s.g.ctm
	if m := s.file.list(form.dict["Matrix"]); len(m) == 6 {
		ctm = toMatrix(m).times(ctm)
	}
	resources := s.file.dict(form.dict["Resources"])
	if resources == nil {
		resources = s.resources
	}
	s.paint(s.file.decode(form), resources, ctm, s.depth+1)
}

func (s *session) showFirst(args []any, i int) {
	if i < len(args) {
		if t, ok := args[i].(text); ok {
			s.show(t)
		}
	}
}

func (s *session) showList(args []any) {
	if len(args) == 0 {
		return
	}
	list, _ := args[0].([]any)
	for _, v := range list {
		switch v := v.(type) {
		case text:
			s.show(v)
		case float64:
			s.advance(-v / 1000 * s.g.size * s.g.stretch)
		}
	}
}

func (s *session) advance(x float64) {
	s.text = matrix{1, 0, 0, 1, x, 0}.times(s.text)
}

// show keeps a string with its place on the page.
func (s *session) show(t text) {
	if s.g.font == nil {
		return
	}
	said, width, codes, spaces := s.g.font.decode(t)
	s.shown += codes
	s.unread += strings.Count(said, string(utf8.RuneError))
	at := matrix{1, 0, 0, 1, 0, s.g.rise}.times(s.text).times(s.g.ctm)
	s.advance((width/1000*s.g.size + float64(codes)*s.g.spacing + float64(spaces)*s.g.wordSpacing) * s.g.stretch)
	end := s.text.times(s.g.ctm)
	size := math.Abs(s.g.size) * math.Hypot(at[2], at[3])
	if said == "" || math.Abs(at[1]) > math.Abs(at[0]) || !finite(at[4], at[5], end[4], size) {
		return // nothing, or written upwards: a margin note
	}
	s.runs = append(s.runs, run{said: said, left: at[4], top: at[5], right: max(end[4], at[4]), size: max(size, 1)})
}

func finite(all ...float64) bool {
	for _, v := range all {
		if math.IsNaN(v) || math.Abs(v) > 1e6 {
			return false
		}
	}
	return true
}
