package embedded

import (
	"strings"

	"newsdesk/cache"
)

// matchAll is the FTS5 expression for rows that hold every word of query in some language's reading,
// "" if it has no words. Terms are quoted, for "and" and "near" may be words too.
func matchAll(query string) string {
	read := cache.QueryTerms(query)
	readings := make([]string, 0, len(read))
	for _, terms := range read {
		readings = append(readings, `("`+strings.Join(terms, `" AND "`)+`")`)
	}
	return strings.Join(readings, " OR ")
}
