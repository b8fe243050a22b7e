package llm

import (
	"sync"

	"github.com/tiktoken-go/tokenizer/codec"
)

// yardstick counts tokens. Servers cut text each in their own way; this one is near enough to all of them to keep a
// budget, and needs no network.
var yardstick = sync.OnceValue(codec.NewCl100kBase)

// Tokens returns how many tokens text is.
func Tokens(text string) int {
	n, err := yardstick().Count(text)
	if err != nil {
		return len(text) // never fewer tokens than bytes
	}
	return n
}
