package rank

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Question is one choice to learn from: the features of each candidate, and which of them are right.
// A question without a right candidate is passed over.
type Question struct {
	Candidates [][]uint32
	Right      []bool
}

// Options of Train. The zero value of a field means its default.
type Options struct {
	Epochs  int     // passes over the questions; 8
	Rate    float32 // of learning; 0.05
	Decay   float32 // pull of each weight towards zero, by step; 1e-6
	Drop    float32 // share of features left out at each step, against learning by heart; 0.4
	AtLeast int     // a feature is learnt if this many questions have it; 3
	Seed    uint64
}

func (o Options) withDefaults() Options {
	def := func(x *float32, v float32) {
		if *x == 0 {
			*x = v
		}
	}
	def(&o.Rate, 0.05)
	def(&o.Decay, 1e-6)
	def(&o.Drop, 0.4)
	if o.Epochs == 0 {
		o.Epochs = 8
	}
	if o.AtLeast == 0 {
		o.AtLeast = 3
	}
	return o
}

// trainer is a model that learns, with the sums of squares by which AdaGrad scales its steps.
type trainer struct {
	*Model
	o          Options
	sums       []vector
	sBias      [Width]float32
	sOut       [Width]float32
	rnd        *rand.Rand
	hidden     [][Width]float32
	scores     []float32
	kept       [][]int32
	candidates [][][]int32 // of each question, the places of its candidates' features
}

// Train learns a model that gives right candidates the highest scores: it maximises the log of their
// summed softmax probability by AdaGrad. The same questions and options give the same model.
func Train(questions []Question, o Options) *Model {
	t := newTrainer(questions, o.withDefaults())
	order := make([]int, len(questions))
	for i := range order {
		order[i] = i
	}
	for e := range t.o.Epochs {
		t.rnd.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		rate := t.o.Rate * (1 - 0.8*float32(e)/float32(t.o.Epochs))
		for _, i := range order {
			if slices.Contains(questions[i].Right, true) {
				t.step(t.candidates[i], questions[i].Right, rate)
			}
		}
	}
	// At rest nothing is left out, so what the trainer summed over fewer features is scaled back.
	for i := range t.vectors {
		for j := range t.vectors[i] {
			t.vectors[i][j] *= 1 - t.o.Drop
		}
	}
	return t.Model
}

func newTrainer(questions []Question, o Options) *trainer {
	t := &trainer{o: o, rnd: rand.New(rand.NewPCG(o.Seed, 1))}
	t.Model = &Model{features: common(questions, o.AtLeast)}
	t.index()
	t.vectors, t.sums = make([]vector, len(t.features)), make([]vector, len(t.features))
	for i := range t.vectors {
		for j := range Width {
			t.vectors[i][j] = float32(t.rnd.NormFloat64()) * 0.05
		}
	}
	for j := range t.out {
		t.out[j] = float32(t.rnd.NormFloat64()) * 0.3
	}
	for _, q := range questions {
		places := make([][]int32, len(q.Candidates))
		for i, c := range q.Candidates {
			for _, f := range c {
				if p := t.place(f); p >= 0 {
					places[i] = append(places[i], p)
				}
			}
		}
		t.candidates = append(t.candidates, places)
	}
	return t
}

// common returns the features that at least n questions have, in ascending order.
func common(questions []Question, n int) []uint32 {
	count, last := map[uint32]int{}, map[uint32]int{}
	for i, q := range questions {
		for _, c := range q.Candidates {
			for _, f := range c {
				if last[f] != i+1 {
					last[f] = i + 1
					count[f]++
				}
			}
		}
	}
	var out []uint32
	for f, k := range count {
		if k >= n {
			out = append(out, f)
		}
	}
	slices.Sort(out)
	return out
}

// step learns from one question.
func (t *trainer) step(candidates [][]int32, right []bool, rate float32) {
	t.hidden, t.scores = t.hidden[:0], t.scores[:0]
	for len(t.kept) < len(candidates) {
		t.kept = append(t.kept, nil)
	}
	for i, c := range candidates {
		h, s := t.bias, float32(0)
		t.kept[i] = t.kept[i][:0]
		for _, p := range c {
			if t.rnd.Float32() < t.o.Drop {
				continue
			}
			t.kept[i] = append(t.kept[i], p)
			v := &t.vectors[p]
			for j := range h {
				h[j] += v[j]
			}
			s += v[Width]
		}
		t.hidden, t.scores = append(t.hidden, h), append(t.scores, s+t.layer(&h))
	}
	Softmax(t.scores)
	sum := float32(1e-9)
	for i, ok := range right {
		if ok {
			sum += t.scores[i]
		}
	}
	for i := range candidates {
		g := t.scores[i] // the gradient of the loss by this score
		if right[i] {
			g -= t.scores[i] / sum
		}
		if g > 1e-4 || g < -1e-4 {
			t.back(i, g, rate)
		}
	}
}

// back passes the gradient of candidate i's score down to the weights.
func (t *trainer) back(i int, g, rate float32) {
	var gh [Width]float32
	for j, x := range t.hidden[i] {
		if x <= 0 {
			continue
		}
		gh[j] = g * t.out[j]
		descend(&t.out[j], &t.sOut[j], g*x, rate)
		descend(&t.bias[j], &t.sBias[j], gh[j], rate)
	}
	for _, p := range t.kept[i] {
		v, s := &t.vectors[p], &t.sums[p]
		descend(&v[Width], &s[Width], g+t.o.Decay*v[Width], rate)
		for j, x := range gh {
			if x != 0 {
				descend(&v[j], &s[j], x+t.o.Decay*v[j], rate)
			}
		}
	}
}

func descend(w, sum *float32, g, rate float32) {
	*sum += g * g
	*w -= rate * g / (float32(math.Sqrt(float64(*sum))) + 1e-3)
}
