package rank

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
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
	Drop    float32 // share of features left out at each step, against learning by heart; 0.5
	AtLeast int     // a feature is learnt if this many questions have it; 8
	Width   int     // units of each model; 8
	Models  int     // models learnt apart, each from its own random start; 4. Width × Models is at most 64
}

func (o Options) withDefaults() Options {
	def := func(x *float32, v float32) {
		if *x == 0 {
			*x = v
		}
	}
	def(&o.Rate, 0.05)
	def(&o.Decay, 1e-6)
	def(&o.Drop, 0.5)
	if o.Epochs == 0 {
		o.Epochs = 8
	}
	if o.AtLeast == 0 {
		o.AtLeast = 8
	}
	if o.Width == 0 {
		o.Width = 8
	}
	if o.Models == 0 {
		o.Models = 4
	}
	return o
}

// Train learns a model that gives right candidates the highest scores: it maximises the log of their
// summed softmax probability by AdaGrad. The same questions and options give the same model.
func Train(questions []Question, o Options) *Model {
	o = o.withDefaults()
	if o.Width*o.Models > maxWidth {
		panic(fmt.Sprintf("rank: %d models of %d units are more than %d units", o.Models, o.Width, maxWidth))
	}
	features := common(questions, o.AtLeast)
	places := placesOf(features, questions)
	learners := make([]*trainer, o.Models)
	var wg sync.WaitGroup
	for i := range learners {
		wg.Go(func() {
			learners[i] = newTrainer(len(features), o, uint64(i))
			learners[i].learn(questions, places)
		})
	}
	wg.Wait()
	return beside(learners, features)
}

// beside puts models that were learnt from the same features side by side: one whose score is the
// mean of theirs.
func beside(learners []*trainer, features []uint32) *Model {
	k := float32(len(learners))
	all := &Model{features: features, table: newTable(features)}
	for _, t := range learners {
		all.width += t.o.Width
		all.bias = append(all.bias, t.bias...)
		for _, w := range t.out {
			all.out = append(all.out, w/k)
		}
	}
	var vectors []float32
	for i := range features {
		var direct float32
		for _, t := range learners {
			v := t.vector(int32(i))
			vectors = append(vectors, v[:t.o.Width]...)
			direct += v[t.o.Width] / k
		}
		vectors = append(vectors, direct)
	}
	all.pack(vectors)
	return all
}

// placesOf returns, for each candidate of each question, the places of its features.
func placesOf(features []uint32, questions []Question) [][][]int32 {
	known := newTable(features)
	out := make([][][]int32, len(questions))
	for i, q := range questions {
		out[i] = make([][]int32, len(q.Candidates))
		for j, c := range q.Candidates {
			for _, f := range c {
				if p := known.place(f); p >= 0 {
					out[i][j] = append(out[i][j], p)
				}
			}
		}
	}
	return out
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

// trainer is a model that learns, with the sums of squares by which AdaGrad scales its steps.
type trainer struct {
	vectors, bias, out []float32 // as those of a Model, not packed
	o                  Options
	sums, sBias, sOut  []float32
	rnd                *rand.Rand
	hidden             [][]float32
	scores             []float32
	kept               [][]int32
}

// vector returns the numbers of the feature at place i.
func (t *trainer) vector(i int32) []float32 {
	n := t.o.Width + 1
	return t.vectors[int(i)*n : (int(i)+1)*n]
}

func newTrainer(features int, o Options, seed uint64) *trainer {
	n := features * (o.Width + 1)
	t := &trainer{o: o, rnd: rand.New(rand.NewPCG(seed, 1)), sums: make([]float32, n), sBias: make([]float32, o.Width), sOut: make([]float32, o.Width),
		vectors: make([]float32, n), bias: make([]float32, o.Width), out: make([]float32, o.Width)}
	for i := range t.vectors {
		if (i+1)%(o.Width+1) != 0 {
			t.vectors[i] = float32(t.rnd.NormFloat64()) * 0.05
		}
	}
	for j := range t.out {
		t.out[j] = float32(t.rnd.NormFloat64()) * 0.3
	}
	return t
}

func (t *trainer) learn(questions []Question, places [][][]int32) {
	order := make([]int, len(questions))
	for i := range order {
		order[i] = i
	}
	for e := range t.o.Epochs {
		t.rnd.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		rate := t.o.Rate * (1 - 0.8*float32(e)/float32(t.o.Epochs))
		for _, i := range order {
			if slices.Contains(questions[i].Right, true) {
				t.step(places[i], questions[i].Right, rate)
			}
		}
	}
	for i := range t.vectors { // at rest nothing is left out, so the sums are larger: scaled back
		t.vectors[i] *= 1 - t.o.Drop
	}
}

// step learns from one question.
func (t *trainer) step(candidates [][]int32, right []bool, rate float32) {
	t.scores = t.scores[:0]
	for len(t.kept) < len(candidates) {
		t.kept = append(t.kept, nil)
		t.hidden = append(t.hidden, make([]float32, t.o.Width+1))
	}
	for i, c := range candidates {
		h := t.hidden[i]
		copy(h, t.bias)
		h[t.o.Width] = 0
		t.kept[i] = t.kept[i][:0]
		for _, p := range c {
			if t.rnd.Float32() < t.o.Drop {
				continue
			}
			t.kept[i] = append(t.kept[i], p)
			for j, x := range t.vector(p) {
				h[j] += x
			}
		}
		t.scores = append(t.scores, layer(h, t.out))
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
	var gradients [maxWidth]float32
	gh := gradients[:t.o.Width]
	for j, x := range t.hidden[i][:t.o.Width] {
		if x <= 0 {
			continue
		}
		gh[j] = g * t.out[j]
		descend(&t.out[j], &t.sOut[j], g*x, rate)
		descend(&t.bias[j], &t.sBias[j], gh[j], rate)
	}
	n := t.o.Width + 1
	for _, p := range t.kept[i] {
		v, s := t.vector(p), t.sums[int(p)*n:(int(p)+1)*n]
		descend(&v[t.o.Width], &s[t.o.Width], g+t.o.Decay*v[t.o.Width], rate)
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
