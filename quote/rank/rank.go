// Package rank scores candidates by their features: the small learnt part of package quote.
//
// A feature is a number, a hash of what it says. A [Model] keeps a short vector for each feature that
// it learnt; a candidate's vectors are summed, pass through one layer of rectified units, and give one
// score. The layer is that of several models learnt apart, side by side: they err in different places. The
// scores of all candidates of one question, through [Softmax], are the probability that each is the answer.
// Nothing of the text that it was learnt from is kept: a model is some thousand hashes with a few bytes
// each. It comes from [Train].
package rank

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Model is a scorer. It is safe for concurrent use. The zero Model gives every candidate the same score.
type Model struct {
	width    int       // units of the layer
	features []uint32  // in the order of the vectors
	packed   []uint64  // the vectors; see pack
	scale    []float32 // of each of a vector's numbers
	bias     []float32 // of the units
	out      []float32 // their weights in the score

	table
}

// maxWidth bounds the units of a model.
const maxWidth = 64

// A vector has width+1 numbers, what its feature adds to each unit and, last, to the score itself. Each is a
// byte, 0 to 255, of which 128 is nought, eight to a word. They are added up in words of four numbers of sixteen bits,
// one for the even bytes and one for the odd: so one addition adds four numbers, and mostAdded vectors fit before one of them
// could run over.
const (
	bytesInWord = 8
	laneBits    = 16
	evenBytes   = 0x00ff00ff00ff00ff
	nought      = 128
	mostAdded   = (1<<laneBits - 1) / 255
	mostWords   = (maxWidth + 1 + bytesInWord - 1) / bytesInWord
)

// sum is the sums of a word's eight numbers.
type sum struct{ even, odd uint64 }

// steps is how many values a number has to either side of nought. Compressed, a model of 31 is a quarter smaller
// than one of 127, and answers as well.
const steps = 31

// words is how many words a vector takes.
func (m *Model) words() int { return (m.width + bytesInWord) / bytesInWord }

// pack keeps vectors of float numbers, one after the other, in bytes. Each column has a scale of its own.
func (m *Model) pack(vectors []float32) {
	n, words := m.width+1, m.words()
	m.scale = make([]float32, n)
	for i, x := range vectors {
		m.scale[i%n] = max(m.scale[i%n], float32(math.Abs(float64(x)))/steps, 1e-9)
	}
	m.packed = make([]uint64, len(m.features)*words)
	for i, x := range vectors {
		m.set(i/n, i%n, byte(nought+math.Round(float64(x/m.scale[i%n]))))
	}
}

// set puts number j of vector i, which was 0.
func (m *Model) set(i, j int, b byte) {
	m.packed[i*m.words()+j/bytesInWord] |= uint64(b) << (8 * (j % bytesInWord))
}

// number returns number j of vector i.
func (m *Model) number(i, j int) byte {
	return byte(m.packed[i*m.words()+j/bytesInWord] >> (8 * (j % bytesInWord)))
}

// Score returns how well a candidate with these features answers; higher is better.
func (m *Model) Score(features []uint32) float32 {
	if len(m.slots) == 0 {
		return 0 // nothing was learnt
	}
	var sums [maxWidth + 1]float32
	var room [mostWords]sum
	added := room[:m.words()]
	h := sums[:m.width+1]
	copy(h, m.bias)
	var places [mostAdded]int32
	n := 0
	for _, f := range features {
		i := m.place(f)
		if i < 0 {
			continue
		}
		places[n] = i * int32(len(added))
		if n++; n == mostAdded {
			m.add(added, places[:n])
			m.unpack(h, added, n)
			n = 0
		}
	}
	m.add(added, places[:n])
	m.unpack(h, added, n)
	return layer(h, m.out)
}

// add adds up the vectors that begin at the places, some words at a time, whose sums a processor can keep at hand.
func (m *Model) add(added []sum, places []int32) {
	w := 0
	for ; w+3 <= len(added); w += 3 {
		var a, b, c sum
		from := m.packed[w:]
		for _, p := range places {
			v := from[p:][:3]
			a.even += v[0] & evenBytes
			a.odd += v[0] >> 8 & evenBytes
			b.even += v[1] & evenBytes
			b.odd += v[1] >> 8 & evenBytes
			c.even += v[2] & evenBytes
			c.odd += v[2] >> 8 & evenBytes
		}
		added[w], added[w+1], added[w+2] = a, b, c
	}
	for ; w < len(added); w++ {
		from := m.packed[w:]
		for _, p := range places {
			added[w].even += from[p] & evenBytes
			added[w].odd += from[p] >> 8 & evenBytes
		}
	}
}

// unpack adds the numbers of n vectors that were added up to h, and empties added.
func (m *Model) unpack(h []float32, added []sum, n int) {
	none := int32(nought * n)
	for j := range h {
		of := added[j/bytesInWord].even
		if j%2 == 1 {
			of = added[j/bytesInWord].odd
		}
		h[j] += float32(int32(of>>(laneBits*(j/2%4))&(1<<laneBits-1))-none) * m.scale[j]
	}
	clear(added)
}

// layer passes the summed vectors through the rectified units.
func layer(h, out []float32) float32 {
	s := h[len(out)]
	for j, w := range out {
		if h[j] > 0 {
			s += h[j] * w
		}
	}
	return s
}

// table finds a feature's place among the features.
type table struct {
	slots []slot // open addressing by a feature's hash
	mask  uint32
}

// slot has a feature beside its place, so that a look-up reads one place of memory.
type slot struct {
	feature uint32
	place   int32 // -1 for an empty slot
}

func newTable(features []uint32) table {
	n := 8
	for n < 2*len(features) {
		n *= 2
	}
	t := table{slots: make([]slot, n), mask: uint32(n - 1)}
	for i := range t.slots {
		t.slots[i].place = -1
	}
	for i, f := range features {
		at := f * 2654435761 & t.mask
		for t.slots[at].place >= 0 {
			at = (at + 1) & t.mask
		}
		t.slots[at] = slot{f, int32(i)}
	}
	return t
}

// place returns where a feature stands, or -1 if it was not learnt.
func (t *table) place(f uint32) int32 {
	for at := f * 2654435761 & t.mask; ; at = (at + 1) & t.mask {
		if s := t.slots[at]; s.place < 0 || s.feature == f {
			return s.place
		}
	}
}

// Softmax turns scores into probabilities, in place.
func Softmax(scores []float32) {
	top := float32(math.Inf(-1))
	for _, s := range scores {
		top = max(top, s)
	}
	var sum float32
	for i, s := range scores {
		scores[i] = float32(math.Exp(float64(s - top)))
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}

// ErrFormat says that bytes are no model of this version.
var ErrFormat = errors.New("not a model of this version: rebuild it")

const magic = "ndr4"

// MarshalBinary writes the model: magic, the width, the number of features, the bias and output layers
// as float32, the features, the scales of the vectors' columns, and the vectors with one byte a number.
func (m *Model) MarshalBinary() ([]byte, error) {
	b := binary.LittleEndian.AppendUint32([]byte(magic), uint32(m.width))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(m.features)))
	for _, x := range slices.Concat(m.bias, m.out) {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	for _, f := range m.features {
		b = binary.LittleEndian.AppendUint32(b, f)
	}
	for _, x := range m.scale {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	for i := range m.features {
		for j := range m.scale {
			b = append(b, m.number(i, j))
		}
	}
	return b, nil
}

// UnmarshalBinary reads what MarshalBinary wrote; ErrFormat for anything else.
func (m *Model) UnmarshalBinary(b []byte) error {
	if len(b) < len(magic)+8 || string(b[:len(magic)]) != magic {
		return ErrFormat
	}
	b = b[len(magic):]
	next := func() uint32 {
		x := binary.LittleEndian.Uint32(b)
		b = b[4:]
		return x
	}
	width, n := int(next()), int(next())
	if want := 4*(2*width+n+width+1) + n*(width+1); width > maxWidth || n > 1<<24 || len(b) != want {
		return fmt.Errorf("%w: %d features of %d units do not fit %d bytes", ErrFormat, n, width, len(b))
	}
	floats := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = math.Float32frombits(next())
		}
		return x
	}
	m.width, m.bias, m.out = width, floats(width), floats(width)
	m.features = make([]uint32, n)
	for i := range m.features {
		m.features[i] = next()
	}
	m.scale = floats(width + 1)
	m.packed = make([]uint64, n*m.words())
	for i, x := range b {
		m.set(i/(width+1), i%(width+1), x)
	}
	m.table = newTable(m.features)
	return nil
}
