package desk

import (
	"crypto/sha256"
	"encoding/json"
	"sync"

	"newsdesk/summarize/llm"
)

// maxRemembered is how many of a model's answers are kept.
const maxRemembered = 500

// remembered keeps what a model answered, as long as the process lives, so that nobody pays twice for one question
// about the same passages. The oldest goes first. The zero value is ready.
type remembered struct {
	mu      sync.Mutex
	answers map[[sha256.Size]byte]llm.Answer
	order   [][sha256.Size]byte
}

// answerKey is the same for questions that one answer of a model is the answer to.
func answerKey(model, question, language string, passages []llm.Evidence) [sha256.Size]byte {
	text, _ := json.Marshal([]any{model, llm.PromptVersion, question, language, passages}) // strings only: cannot fail
	return sha256.Sum256(text)
}

// get returns the answer that is kept under key.
func (r *remembered) get(key [sha256.Size]byte) (llm.Answer, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a, ok := r.answers[key]
	return a, ok
}

// keep keeps an answer under key.
func (r *remembered) keep(key [sha256.Size]byte, a llm.Answer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.answers == nil {
		r.answers = map[[sha256.Size]byte]llm.Answer{}
	}
	if _, there := r.answers[key]; !there {
		r.order = append(r.order, key)
	}
	r.answers[key] = a
	if len(r.order) > maxRemembered {
		delete(r.answers, r.order[0])
		r.order = r.order[1:]
	}
}
