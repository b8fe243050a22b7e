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

// NewModel puts a model together. A claim's logarithm of odds must reach least, and lean more if it is surely joined.
func NewModel(borne *boost.Forest, joined *logistic.Model, least, lean float64) *Model {
	return &Model{borne: borne, joined: joined, threshold: &logistic.Model{Constant: least, Weights: []float64{lean}}}
}

// needed returns the logarithm of the odds that a claim with the vector x must have to be supported.
func (m *Model) needed(x []float64) float64 {
	return m.threshold.Log([]float64{logistic.Probability(m.joined.Log(x))})
}

// Margin returns the logarithm of the odds that a claim with the vector x is borne out, and by how much that is
// more than what supported takes.
func (m *Model) Margin(x []float64) (log, margin float64) {
	log = m.borne.Log(x)
	return log, log - m.needed(x)
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
