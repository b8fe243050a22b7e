// Package rank scores candidates by their features: the small learnt part of package quote.
//
// A feature is a number, a hash of what it says. A [Model] keeps a short vector for each feature that
// it learnt; a candidate's vectors are summed, pass through one layer of rectified units, and give one
// score. (The layer is that of several models learnt apart, side by side: they err in different places.) The scores of all candidates of one question, through [Softmax], are the probability that each
// is the answer. Nothing of the text that it was learnt from is kept: a model is some ten thousand
// hashes with a few small integers each. It comes from [Train].
package rank

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Model is a scorer. It is safe for concurrent use.
type Model struct {
	width    int       // units of the layer
	features []uint32  // in the order of vectors
	vectors  []float32 // width+1 numbers a feature: what it adds to each unit and, last, to the score itself
	bias     []float32 // of the units
	out      []float32 // their weights in the score

	slots []int32 // open addressing from a feature's hash to its place in features, -1 for none
	mask  uint32
}

// maxWidth bounds the units of a model.
const maxWidth = 64

// index builds the table that finds a feature's vector.
func (m *Model) index() {
	n := 8
	for n < 2*len(m.features) {
		n *= 2
	}
	m.mask = uint32(n - 1)
	m.slots = make([]int32, n)
	for i := range m.slots {
		m.slots[i] = -1
	}
	for i, f := range m.features {
		at := f * 2654435761 & m.mask
		for m.slots[at] >= 0 {
			at = (at + 1) & m.mask
		}
		m.slots[at] = int32(i)
	}
}

// place returns where a feature stands, or -1 if it was not learnt.
func (m *Model) place(f uint32) int32 {
	for at := f * 2654435761 & m.mask; ; at = (at + 1) & m.mask {
		i := m.slots[at]
		if i < 0 || m.features[i] == f {
			return i
		}
	}
}

// vector returns the numbers of the feature at place i.
func (m *Model) vector(i int32) []float32 {
	n := m.width + 1
	return m.vectors[int(i)*n : (int(i)+1)*n]
}

// Score returns how well a candidate with these features answers; higher is better.
func (m *Model) Score(features []uint32) float32 {
	var sums [maxWidth + 1]float32
	h := sums[:m.width+1]
	copy(h, m.bias)
	for _, f := range features {
		i := m.place(f)
		if i < 0 {
			continue
		}
		for j, x := range m.vector(i) {
			h[j] += x
		}
	}
	return m.layer(h)
}

// layer passes the summed vectors through the rectified units.
func (m *Model) layer(h []float32) float32 {
	s := h[m.width]
	for j, w := range m.out {
		if h[j] > 0 {
			s += h[j] * w
		}
	}
	return s
}

// beside puts models that were learnt from the same features side by side: one whose score is the
// mean of theirs.
func beside(models []*Model) *Model {
	k := float32(len(models))
	all := &Model{features: models[0].features}
	for _, m := range models {
		all.width += m.width
		all.bias = append(all.bias, m.bias...)
		for _, w := range m.out {
			all.out = append(all.out, w/k)
		}
	}
	for i := range all.features {
		var direct float32
		for _, m := range models {
			v := m.vector(int32(i))
			all.vectors = append(all.vectors, v[:m.width]...)
			direct += v[m.width] / k
		}
		all.vectors = append(all.vectors, direct)
	}
	all.index()
	return all
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

const magic = "ndr3"

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
	scale := make([]float32, m.width+1)
	for i, x := range m.vectors {
		j := i % (m.width + 1)
		scale[j] = max(scale[j], float32(math.Abs(float64(x)))/127, 1e-9)
	}
	for _, x := range scale {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	for i, x := range m.vectors {
		b = append(b, byte(int8(math.Round(float64(x/scale[i%(m.width+1)])))))
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
	scale := floats(width + 1)
	m.vectors = make([]float32, n*(width+1))
	for i := range m.vectors {
		m.vectors[i] = float32(int8(b[i])) * scale[i%(width+1)]
	}
	m.index()
	return nil
}
