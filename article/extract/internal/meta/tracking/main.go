// Command tracking writes the list of query parameters that only track, as package meta embeds it, from the npm package
// tidy-url unpacked in a folder: of its rules (data/rules.js) those for all sites, under its licence. `make tracking` runs it.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: tracking FOLDER")
		os.Exit(2)
	}
	list, err := read(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "tracking:", err)
		os.Exit(1)
	}
	fmt.Print(list)
}

var (
	comment = regexp.MustCompile(`(?m)//.*$`)
	all     = regexp.MustCompile(`(?s)name: 'Global',\s*match: /\.\*/,\s*rules: \[(.*?)\]`)
	name    = regexp.MustCompile(`'([^'\s]+)'`)
)

func read(folder string) (string, error) {
	about, err := os.ReadFile(filepath.Join(folder, "package.json"))
	if err != nil {
		return "", err
	}
	var p struct{ Name, Version string }
	if err := json.Unmarshal(about, &p); err != nil {
		return "", err
	}
	licence, err := os.ReadFile(filepath.Join(folder, "LICENSE"))
	if err != nil {
		return "", err
	}
	rules, err := os.ReadFile(filepath.Join(folder, "data", "rules.js"))
	if err != nil {
		return "", err
	}
	global := all.FindStringSubmatch(comment.ReplaceAllString(string(rules), ""))
	if global == nil {
		return "", errors.New("data/rules.js has no rules for all sites where they used to be")
	}
	var names []string
	for _, m := range name.FindAllStringSubmatch(global[1], -1) {
		names = append(names, strings.ToLower(m[1]))
	}
	slices.Sort(names)
	names = slices.Compact(names)
	head := fmt.Sprintf("Query parameters that track, from %s %s (npm).\n\n%s", p.Name, p.Version, licence)
	head = "# " + strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(head), "\r", ""), "\n", "\n# ")
	return strings.ReplaceAll(head, "# \n", "#\n") + "\n\n" + strings.Join(names, "\n") + "\n", nil
}
