package bot

import (
	"slices"

	"newsdesk/summarize"
)

// lengths are the lengths of a summary from the shortest to the longest.
var lengths = []summarize.Length{summarize.Brief, summarize.Standard, summarize.Detailed}

var lengthWords = map[summarize.Length]string{
	summarize.Brief: "bot.length.brief", summarize.Standard: "bot.length.standard", summarize.Detailed: "bot.length.detailed",
}

// beside is the lengths next to one, "" where there is none.
func beside(l summarize.Length) (shorter, longer summarize.Length) {
	i := max(0, slices.Index(lengths, l))
	if i > 0 {
		shorter = lengths[i-1]
	}
	if i < len(lengths)-1 {
		longer = lengths[i+1]
	}
	return shorter, longer
}
