package extract

import (
	"strings"

	"newsdesk/article"
	"newsdesk/article/extract/internal/meta"
)

// maxFrontMatter is the most, in bytes, that is taken for front matter.
const maxFrontMatter = 16 << 10

// frontMatter is what a Markdown file says of itself above its text, between two lines of "---" (YAML) or "+++"
// (TOML), as Jekyll, Hugo and note-taking programs write it. Only plain "key: value" lines are read.
type frontMatter struct {
	length int // bytes up to the end of the closing line; 0 for none
	values map[string][]string
}

func readFrontMatter(text string) frontMatter {
	rest := strings.TrimPrefix(text, "\ufeff")
	fence, separator := "---", ":"
	if strings.HasPrefix(rest, "+++") {
		fence, separator = "+++", "="
	}
	f := frontMatter{values: make(map[string][]string)}
	at, key := len(text)-len(rest), ""
	for i := 0; at < min(len(text), maxFrontMatter); i++ {
		line, _, _ := strings.Cut(text[at:], "\n")
		bare := strings.TrimSpace(line)
		at = min(at+len(line)+1, len(text))
		switch {
		case i == 0:
			if bare != fence {
				return frontMatter{}
			}
		case bare == fence || bare == "..." && fence == "---":
			if len(f.values) > 0 {
				f.length = at
			}
			return f
		case bare == "" || strings.HasPrefix(bare, "#"):
		case strings.HasPrefix(bare, "- ") && key != "":
			f.add(key, bare[2:])
		default:
			name, value, ok := strings.Cut(bare, separator)
			if !ok && line != strings.TrimLeft(line, " \t") && key != "" {
				continue // the rest of a value of several lines
			}
			if !ok || strings.ContainsAny(strings.TrimSpace(name), " \t\"") {
				return frontMatter{} // prose between two rules
			}
			key = strings.ToLower(strings.TrimSpace(name))
			f.add(key, value)
		}
	}
	return frontMatter{}
}

// add notes the values of key: one, or the list in "[a, b]".
func (f *frontMatter) add(key, value string) {
	value = strings.TrimSpace(value)
	if inner, ok := strings.CutPrefix(value, "["); ok {
		for part := range strings.SplitSeq(strings.TrimSuffix(inner, "]"), ",") {
			f.values[key] = append(f.values[key], strings.Trim(strings.TrimSpace(part), `"'`))
		}
		return
	}
	f.values[key] = append(f.values[key], strings.Trim(value, `"'`))
}

// first is the first value of the first of keys that has one.
func (f *frontMatter) first(keys ...string) string {
	for _, key := range keys {
		for _, v := range f.values[key] {
			if v != "" {
				return v
			}
		}
	}
	return ""
}

// fill gives a what the front matter says of it and the text does not.
func (f *frontMatter) fill(a *article.Article) {
	if title := f.first("title"); title != "" {
		a.Title = title
		withoutTitle(a)
	}
	if len(a.Byline) == 0 {
		for _, name := range append(f.values["author"], f.values["authors"]...) {
			if name != "" {
				a.Byline = append(a.Byline, name)
			}
		}
	}
	if a.Published == "" {
		a.Published = meta.Date(f.first("date", "published", "pubdate"))
	}
}
