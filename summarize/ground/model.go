package ground

import (
	_ "embed"
	"fmt"
	"io"
	"strings"
	"sync"

	"newsdesk/summarize/ground/internal/boost"
	"newsdesk/summarize/logistic"
)

//go:embed model.txt
var learnt string

// model returns what was learnt.
var model = sync.OnceValue(func() *Model {
	m, err := parseModel(learnt)
	if err != nil {
		panic("ground: " + err.Error()) // the file is part of the program, and a test reads it
	}
	return m
})

// Model is what is learnt from judged claims, by the command in train.
type Model struct {
	borne     *boost.Forest   // that the article bears a claim out
	joined    *logistic.Model // that a claim is cut out of the article and joined, whether rightly or not
	threshold *logistic.Model // what a claim's odds must reach, by how far it is joined
}

// NewModel puts a model together. A claim's logarithm of odds must reach least, and lean more if it is surely joined and names can't be told.
func NewModel(borne *boost.Forest, joined *logistic.Model, least, lean float64) *Model {
	return &Model{borne: borne, joined: joined, threshold: &logistic.Model{Constant: least, Weights: []float64{lean}}}
}

// joinedFrom is the probability of being cut and joined from which a claim counts as that altogether.
const joinedFrom = 0.3

// needed returns the logarithm of the odds that a claim with the vector x must have to be supported. Where names are
// written without capitals they can't be told from other words, so that nothing but the score speaks against a
// wrong one: there a claim must reach more, if it is made of the article's words at all.
func (m *Model) needed(x []float64, nameless bool) float64 {
	lean := 0.0
	if nameless {
		lean = min(1, logistic.Probability(m.joined.Log(x))/joinedFrom)
	}
	return m.threshold.Log([]float64{lean})
}

// What a claim's odds must reach to be printed, in logarithms, and how much more if it is cut and joined. Of
// statements in articles not seen that are cut and joined one in six of the unsupported and three in four of the
// supported are printed, of freely written ones one in fifty and one in eight: a point that is dropped costs little.
const (
	printLeast = 1
	printMore  = 1.25
)

// printed returns the logarithm of the odds that a claim with the vector x must have to be printed.
func (m *Model) printed(x []float64) float64 {
	return printLeast + printMore*min(1, logistic.Probability(m.joined.Log(x))/joinedFrom)
}

// Printed reports whether the odds of a claim with the vector x are enough to print it.
func (m *Model) Printed(x []float64) bool { return m.borne.Log(x) >= m.printed(x) }

// Margin returns the logarithm of the odds that a claim with the vector x is borne out, and by how much that is
// more than what supported takes.
func (m *Model) Margin(x []float64, nameless bool) (log, margin float64) {
	log = m.borne.Log(x)
	return log, log - m.needed(x, nameless)
}

// parting stands between the parts of a model's file.
const parting = "\n---\n"

// thresholds are the names of what the threshold depends on.
var thresholds = []string{"joined"}

// Write writes m as the program reads it.
func (m *Model) Write(w io.Writer) error {
	var b strings.Builder
	if err := m.threshold.Write(&b, thresholds, "Learnt by summarize/ground/train.\nLogarithmic odds that a claim must reach, by how far it is cut and joined."); err != nil {
		return err
	}
	b.WriteString(parting)
	if err := m.joined.Write(&b, Features(), "Logarithmic odds that a claim is cut and joined; see feature.go."); err != nil {
		return err
	}
	b.WriteString(parting)
	if err := m.borne.Write(&b); err != nil {
		return err
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// parseModel reads what Write wrote.
func parseModel(text string) (*Model, error) {
	parts := strings.Split(text, parting)
	if len(parts) != 3 {
		return nil, fmt.Errorf("model: %d parts, want 3", len(parts))
	}
	var m Model
	var err error
	if m.threshold, err = logistic.Parse(parts[0], thresholds); err != nil {
		return nil, err
	}
	if m.joined, err = logistic.Parse(parts[1], Features()); err != nil {
		return nil, err
	}
	m.borne, err = boost.Parse(parts[2], len(list))
	return &m, err
}
