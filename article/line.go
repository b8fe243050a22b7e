package article

import "strings"

// Line is a stretch of an article's text as it is read on one line: white space between words becomes one space, and the
// marks by which mail programs quote a line are left out.
func Line(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if line = strings.TrimLeft(line, " \t"); strings.HasPrefix(line, ">") {
			lines[i] = strings.TrimLeft(line, "> \t")
		}
	}
	return strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
}
