// Command vocabulary packs a list of tokens as tiktoken has it (a line each: the token in base64, its rank, from 0 on)
// into what package llm embeds: each token behind a byte that says how long it is, by rank, compressed with Brotli. `make
// vocabulary` runs it on cl100k's list.
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
)

func main() {
	if err := pack(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "vocabulary:", err)
		os.Exit(1)
	}
}

func pack(in io.Reader, out io.Writer) error {
	w := brotli.NewWriterOptions(out, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24})
	lines := bufio.NewScanner(in)
	for rank := 0; lines.Scan(); rank++ {
		word, number, _ := strings.Cut(lines.Text(), " ")
		token, err := base64.StdEncoding.DecodeString(word)
		if err != nil || number != strconv.Itoa(rank) || len(token) == 0 || len(token) > 255 {
			return fmt.Errorf("line %d is not a token and the rank %d: %q", rank+1, rank, lines.Text())
		}
		if _, err := w.Write(append([]byte{byte(len(token))}, token...)); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	return w.Close()
}
