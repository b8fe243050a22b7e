package llm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// points is what a model answers.
type points struct {
	Headline string   `json:"headline"`
	Points   []point  `json:"points"`
	Quotes   []quoted `json:"quotes"`
}

// quoted is a quotation that is pointed at.
type quoted struct {
	Sentence    int    `json:"sentence"`
	Translation string `json:"translation"`
}

// point is one statement, as it came.
type point struct {
	Text        string `json:"text"`
	Sentences   []int  `json:"sentences"`
	Translation string `json:"translation"`
}

// maxContent is how much of an answer is looked at, in bytes, and maxObjects bounds how many places of an answer are tried as the beginning of its JSON.
const (
	maxContent = 256 << 10
	maxObjects = 200
)

// trailing is a comma before a closing bracket, which JSON forbids and models write.
var trailing = regexp.MustCompile(`,(\s*[}\]])`)

// readPoints finds the JSON in an answer: alone, between fences or prose, after reasoning, with trailing
// commas. Of an answer that was cut off it takes the points that are whole.
func readPoints(content string) (points, error) {
	content = content[:min(len(content), maxContent)]
	if i := strings.LastIndex(content, "</think>"); i >= 0 {
		content = content[i+len("</think>"):]
	}
	var out points
	for i, tries := 0, 0; i < len(content) && tries < maxObjects; i, tries = i+1, tries+1 {
		next := strings.IndexByte(content[i:], '{')
		if next < 0 {
			break
		}
		i += next
		var fields struct {
			Headline string           `json:"headline"`
			Points   *json.RawMessage `json:"points"`
			Quotes   json.RawMessage  `json:"quotes"`
		}
		if size := decode(content[i:], &fields); size > 0 && fields.Points != nil {
			var list []json.RawMessage
			if json.Unmarshal(*fields.Points, &list) != nil {
				continue
			}
			out.Headline = fields.Headline
			_ = json.Unmarshal(fields.Quotes, &out.Quotes) // what points at nothing is not missed
			for _, raw := range list {
				var p point
				if json.Unmarshal(raw, &p) == nil {
					out.Points = append(out.Points, p)
				}
			}
			return out, nil
		}
		var p point
		if size := decode(content[i:], &p); size > 0 && p.Text != "" {
			out.Points = append(out.Points, p)
			i += size - 1
		}
	}
	if len(out.Points) == 0 {
		return points{}, fmt.Errorf("%w: no points in it", ErrUnusable)
	}
	return out, nil
}

// decode reads one JSON value at the start of s into v, as it is or else without trailing commas, and
// returns how many bytes it took; 0 if there is none.
func decode(s string, v any) int {
	d := json.NewDecoder(strings.NewReader(s))
	if d.Decode(v) == nil {
		return int(d.InputOffset())
	}
	if !trailing.MatchString(s) {
		return 0
	}
	d = json.NewDecoder(bytes.NewReader(trailing.ReplaceAll([]byte(s), []byte("$1"))))
	if d.Decode(v) == nil {
		return int(d.InputOffset())
	}
	return 0
}
