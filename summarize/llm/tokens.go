package llm

import (
	"bytes"
	_ "embed" // vocabulary
	"io"
	"sync"
	"unicode"

	"github.com/andybalholm/brotli"
	"github.com/pkoukk/tiktoken-go"
)

// yardstick counts tokens as cl100k has them. Servers cut text each in their own way; this one is near enough to all of
// them to keep a budget, and needs no network. It is made when it is first asked.
var yardstick = sync.OnceValue(func() *tiktoken.Tiktoken {
	core, err := tiktoken.NewCoreBPE(ranks(), nil, pieces)
	if err != nil {
		panic(err) // what is embedded is no vocabulary; a test counts with it
	}
	return tiktoken.NewTiktoken(core, nil, nil)
})

// pieces cuts text before tokens are looked for; it belongs to the vocabulary.
const pieces = `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`

//go:embed vocabulary/cl100k.br
var vocabulary []byte

// ranks unpacks the vocabulary: what command vocabulary packed.
func ranks() map[string]int {
	list, err := io.ReadAll(brotli.NewReader(bytes.NewReader(vocabulary)))
	if err != nil {
		panic(err)
	}
	const tokens = 100256
	out := make(map[string]int, tokens)
	for rest := string(list); rest != ""; {
		end := 1 + int(rest[0])
		out[rest[1:end]] = len(out)
		rest = rest[end:]
	}
	return out
}

// Tokens returns how many tokens text is.
func Tokens(text string) int {
	n := 0
	for text != "" {
		end := stretch(text)
		n += len(yardstick().EncodeOrdinary(text[:end]))
		text = text[end:]
	}
	return n
}

// longest is how much is counted at once, in bytes: the time for a piece grows with its length squared, and a hostile
// text is one piece.
const longest = 2000

// stretch returns how far a text can be counted by itself. No token reaches from a letter over what is none, so nearly
// all texts can be cut there without changing the count; one that can't is cut between two characters, and counted
// with a token too many at most where two of its tokens would have met.
func stretch(text string) int {
	if len(text) <= longest {
		return len(text)
	}
	letter, exact, last := false, 0, 0
	for i, r := range text {
		if i > longest {
			break
		}
		is := unicode.IsLetter(r)
		if letter && !is {
			exact = i
		}
		letter, last = is, i
	}
	if exact > 0 {
		return exact
	}
	return last
}
