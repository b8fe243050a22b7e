package body

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"sync"
)

// Model is what was learnt.
type Model struct {
	words         *worth
	first, second *forest
}

//go:embed model.bin
var packed []byte

// learnt returns the model of this package, read once.
var learnt = sync.OnceValue(func() *Model {
	m, err := ReadModel(bytes.NewReader(packed))
	if err != nil {
		panic("model.bin: " + err.Error()) // the file is part of the program; a test reads it
	}
	return m
})

// Select judges every block of p, from 0 (surely not) to 1 (surely the article), and puts the judgement
// into its Score.
func (m *Model) Select(p *Page) {
	if len(p.Blocks) == 0 {
		return
	}
	rows := p.features(m.words, "")
	first := judge(m.first, rows)
	for i, row := range p.context(rows, first) {
		p.Blocks[i].Score = m.second.predict(row)
	}
}

// Select judges every block of p with the model that this package carries.
func Select(p *Page) { learnt().Select(p) }

// The file: gzip of two tables of words and two forests, little endian.

// Write writes the model.
func (m *Model) Write(w io.Writer) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	for _, table := range []map[string]count{m.words.name, m.words.word} {
		err = errors.Join(err, binary.Write(z, binary.LittleEndian, uint32(len(table))))
		for _, word := range slices.Sorted(maps.Keys(table)) {
			c := table[word]
			_, e := z.Write(append([]byte{byte(len(word))}, word...))
			err = errors.Join(err, e, binary.Write(z, binary.LittleEndian, []float32{c.share, c.hosts}))
		}
	}
	for _, f := range []*forest{m.first, m.second} {
		err = errors.Join(err, binary.Write(z, binary.LittleEndian, f.base), binary.Write(z, binary.LittleEndian, uint32(len(f.trees))))
		for _, t := range f.trees {
			err = errors.Join(err, binary.Write(z, binary.LittleEndian, uint32(len(t))))
			for _, n := range t {
				err = errors.Join(err, binary.Write(z, binary.LittleEndian, []int16{n.feature, n.left, n.right}), binary.Write(z, binary.LittleEndian, n.threshold))
			}
		}
	}
	return errors.Join(err, z.Close())
}

// maxCount bounds what a damaged file may ask for.
const maxCount = 1 << 20

// ReadModel reads what Write wrote.
func ReadModel(r io.Reader) (*Model, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	all, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	d := &decoder{data: all}
	m := &Model{words: &worth{name: d.table(), word: d.table()}, first: d.forest(), second: d.forest()}
	if d.err != nil {
		return nil, d.err
	}
	return m, nil
}

// decoder reads numbers one after the other; after an error it returns zeros.
type decoder struct {
	data []byte
	err  error
}

func (d *decoder) take(n int) []byte {
	if d.err != nil || n > len(d.data) {
		if d.err == nil {
			d.err = fmt.Errorf("cut short: %w", io.ErrUnexpectedEOF)
		}
		return make([]byte, n)
	}
	out := d.data[:n]
	d.data = d.data[n:]
	return out
}

func (d *decoder) count() int {
	n := binary.LittleEndian.Uint32(d.take(4))
	if n > maxCount {
		d.err = errors.New("damaged")
		return 0
	}
	return int(n)
}

func (d *decoder) float32() float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32(d.take(4)))
}

func (d *decoder) int16() int16 { return int16(binary.LittleEndian.Uint16(d.take(2))) }

func (d *decoder) table() map[string]count {
	n := d.count()
	m := make(map[string]count, n)
	for range n {
		word := string(d.take(int(d.take(1)[0])))
		m[word] = count{d.float32(), d.float32()}
	}
	return m
}

func (d *decoder) forest() *forest {
	f := &forest{base: math.Float64frombits(binary.LittleEndian.Uint64(d.take(8)))}
	f.trees = make([]tree, d.count())
	for i := range f.trees {
		f.trees[i] = make(tree, d.count())
		for j := range f.trees[i] {
			f.trees[i][j] = node{feature: d.int16(), left: d.int16(), right: d.int16(), threshold: d.float32()}
		}
	}
	return f
}
