package extract

import (
	"strings"

	"newsdesk/article"
)

// maxFrontMatter is the most, in bytes, that is taken for front matter.
const maxFrontMatter = 16 << 10

// frontMatter is what stands above a text and speaks of it: what a Markdown file says of itself, or the head of a letter.
type frontMatter struct {
	length int                 // bytes up to the end of the last line of it; 0 for none
	values map[string][]string // by the names that the author of the text used, for a letter those of mailFields
}

// readFrontMatter reads what a Markdown file says of itself above its text, between two lines of "---" (YAML) or "+++"
// (TOML), as Jekyll, Hugo and note-taking programs write it; only plain "key: value" lines are read. Where there is nothing of
// that, it reads the head of a letter.
func readFrontMatter(text string) frontMatter {
	if f := readFence(text); f.length > 0 {
		return f
	}
	return readLetterHead(text)
}

func readFence(text string) frontMatter {
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
	title := f.first("title")
	if title == "" {
		title = withoutReply(f.first("subject"))
	}
	if title != "" {
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
		a.Published = letterDate(f.first("date", "published", "pubdate"))
	}
	if a.Site == "" && isNewsletter(a) { // of another letter, it says who passed the text on
		a.Site = sender(f.first("from"))
	}
}

// paragraphs are those of the front matter: what white space parts.
func (f *frontMatter) paragraphs(text string) []article.Paragraph {
	var out []article.Paragraph
	for _, l := range splitLines(text[:f.length]) {
		if l.blankBefore {
			out = append(out, article.Paragraph{Span: l.Span, Kind: article.Other})
			continue
		}
		out[len(out)-1].End = l.End
	}
	return out
}
