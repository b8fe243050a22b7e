package rank

import (
	"errors"
	"math"
	"testing"
)

// questions that a model can learn: of two candidates the one with an odd feature is right.
func questions() []Question {
	var out []Question
	for i := range uint32(60) {
		out = append(out, Question{Candidates: [][]uint32{{2, 100 + i%7}, {3, 100 + i%7}}, Right: []bool{false, true}})
	}
	return out
}

func TestTrainLearns(t *testing.T) {
	m := Train(questions(), Options{})
	if even, odd := m.Score([]uint32{2, 101}), m.Score([]uint32{3, 101}); odd <= even {
		t.Errorf("the right candidate scores %v, the wrong one %v", odd, even)
	}
	if again := Train(questions(), Options{}); again.Score([]uint32{3}) != m.Score([]uint32{3}) {
		t.Error("the same questions gave another model")
	}
}

func TestMarshal(t *testing.T) {
	m := Train(questions(), Options{Models: 3})
	b, err := m.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var back Model
	if err := back.UnmarshalBinary(b); err != nil {
		t.Fatal(err)
	}
	for _, f := range [][]uint32{{2}, {3, 104}, {5}, nil} {
		if a, b := m.Score(f), back.Score(f); a != b {
			t.Errorf("%v scores %v, and %v when read back", f, a, b)
		}
	}
	for _, broken := range [][]byte{nil, b[:5], b[:len(b)-1], append([]byte("ndr3"), b[4:]...)} {
		if err := back.UnmarshalBinary(broken); !errors.Is(err, ErrFormat) {
			t.Errorf("%d bytes: %v, want ErrFormat", len(broken), err)
		}
	}
}

// The sums of a word's four numbers stay apart, however many features a candidate has.
func TestScoreOfManyFeatures(t *testing.T) {
	m := &Model{width: 8, features: []uint32{7}, bias: make([]float32, 8), out: []float32{1, 1, 1, 1, 1, 1, 1, 1}, table: newTable([]uint32{7})}
	m.pack([]float32{1, 2, 3, 4, 5, 6, 7, 8, -9})
	one := m.Score([]uint32{7})
	many := make([]uint32, 3*mostAdded+5)
	for i := range many {
		many[i] = 7
	}
	if got, want := m.Score(many), one*float32(len(many)); math.Abs(float64(got-want)) > math.Abs(float64(want))/1000 {
		t.Errorf("%d features score %v, want %v", len(many), got, want)
	}
}

func TestNothingLearnt(t *testing.T) {
	if s := new(Model).Score([]uint32{1, 2}); s != 0 {
		t.Errorf("a model that learnt nothing scores %v", s)
	}
}

func FuzzUnmarshal(f *testing.F) {
	b, err := Train(questions(), Options{}).MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		var m Model
		if m.UnmarshalBinary(b) == nil {
			m.Score([]uint32{2, 3})
		}
	})
}
