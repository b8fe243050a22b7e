// Package rank scores candidates by their features: the small learnt part of package quote.
//
// A feature is a number, a hash of what it says. A [Model] keeps a short vector for each feature that
// it learnt; a candidate's vectors are summed, pass through one layer of rectified units, and give one
// score. The scores of all candidates of one question, through [Softmax], are the probability that each
// is the answer. Nothing of the text that it was learnt from is kept: a model is some ten thousand
// hashes with a few small integers each. It comes from [Train].
package rank

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Width is the length of a feature's vector.
const Width = 16

// vector is what a model knows of a feature: what it adds to each unit and, last, to the score itself.
type vector [Width + 1]float32

// Model is a scorer. It is safe for concurrent use.
type Model struct {
	features []uint32 // in the order of vectors
	vectors  []vector
	bias     [Width]float32
	out      [Width]float32

	slots []int32 // open addressing from a feature's hash to its place in vectors, -1 for none
	mask  uint32
}

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

// place returns where a feature's vector stands, or -1 if it was not learnt.
func (m *Model) place(f uint32) int32 {
	for at := f * 2654435761 & m.mask; ; at = (at + 1) & m.mask {
		i := m.slots[at]
		if i < 0 || m.features[i] == f {
			return i
		}
	}
}

// Score returns how well a candidate with these features answers; higher is better.
func (m *Model) Score(features []uint32) float32 {
	h := m.bias
	var s float32
	for _, f := range features {
		i := m.place(f)
		if i < 0 {
			continue
		}
		v := &m.vectors[i]
		for j := range h {
			h[j] += v[j]
		}
		s += v[Width]
	}
	return s + m.layer(&h)
}

// layer passes the summed vectors through the rectified units.
func (m *Model) layer(h *[Width]float32) float32 {
	var s float32
	for j, x := range h {
		if x > 0 {
			s += x * m.out[j]
		}
	}
	return s
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

const magic = "ndr2"

// MarshalBinary writes the model: magic, the number of features, the bias and output layers as float32,
// the features, the scales of the vectors' columns, and the vectors with one byte a number.
func (m *Model) MarshalBinary() ([]byte, error) {
	b := binary.LittleEndian.AppendUint32([]byte(magic), uint32(len(m.features)))
	for _, layer := range [][Width]float32{m.bias, m.out} {
		for _, x := range layer {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
		}
	}
	for _, f := range m.features {
		b = binary.LittleEndian.AppendUint32(b, f)
	}
	var scale vector
	for _, v := range m.vectors {
		for j, x := range v {
			scale[j] = max(scale[j], float32(math.Abs(float64(x)))/127)
		}
	}
	for j := range scale {
		scale[j] = max(scale[j], 1e-9)
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(scale[j]))
	}
	for _, v := range m.vectors {
		for j, x := range v {
			b = append(b, byte(int8(math.Round(float64(x/scale[j])))))
		}
	}
	return b, nil
}

// UnmarshalBinary reads what MarshalBinary wrote; ErrFormat for anything else.
func (m *Model) UnmarshalBinary(b []byte) error {
	const head = len(magic) + 4 + 8*Width
	if len(b) < head || string(b[:len(magic)]) != magic {
		return ErrFormat
	}
	n := int(binary.LittleEndian.Uint32(b[len(magic):]))
	if want := head + 4*n + 4*(Width+1) + n*(Width+1); len(b) != want {
		return fmt.Errorf("%w: %d bytes, not %d", ErrFormat, len(b), want)
	}
	b = b[len(magic)+4:]
	next := func() uint32 {
		x := binary.LittleEndian.Uint32(b)
		b = b[4:]
		return x
	}
	for _, layer := range []*[Width]float32{&m.bias, &m.out} {
		for i := range layer {
			layer[i] = math.Float32frombits(next())
		}
	}
	m.features = make([]uint32, n)
	for i := range m.features {
		m.features[i] = next()
	}
	var scale vector
	for j := range scale {
		scale[j] = math.Float32frombits(next())
	}
	m.vectors = make([]vector, n)
	for i := range m.vectors {
		for j := range m.vectors[i] {
			m.vectors[i][j] = float32(int8(b[i*(Width+1)+j])) * scale[j]
		}
	}
	m.index()
	return nil
}
