package main

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"newsdesk/quote/name"
)

// What a name must have to be kept: it is in so many lists and was counted so often, or in so many
// more lists and counted a little.
const (
	minSources, minCount         = 4, 20
	minSourcesRare, minCountRare = 5, 10
)

// readGiven reads name_data.json of nomquamgender: {"anna":[lists, people, share of women, …]}.
func readGiven(dir string) (map[string]bearers, error) {
	data, err := readPackaged(dir, "nomquamgender-*.whl", "name_data.json")
	if err != nil {
		return nil, err
	}
	var rows map[string][]any
	if err := json.Unmarshal(data, &rows); err != nil {
		return nil, fmt.Errorf("name_data.json: %w", err)
	}
	given := make(map[string]bearers)
	for spelling, row := range rows {
		if len(row) < 3 {
			return nil, fmt.Errorf("name_data.json: %q has %d columns", spelling, len(row))
		}
		sources, count, female := number(row[0]), number(row[1]), number(row[2])
		kept := sources >= minSources && count >= minCount || sources >= minSourcesRare && count >= minCountRare
		if key := key(spelling); kept && key != "" {
			g := given[key]
			g.sources = max(g.sources, int(sources))
			g.count += count
			g.female += count * female
			given[key] = g
		}
	}
	return given, nil
}

// number returns a JSON number, or 0 for anything else.
func number(v any) float64 {
	f, _ := v.(float64)
	return f
}

// key is the form under which a name stands in the table: folded, without spaces, Latin letters
// alone; "" if it has others or is too short.
func key(spelling string) string {
	k := strings.ReplaceAll(name.Fold(spelling), " ", "")
	for i := range len(k) {
		if k[i] < 'a' || k[i] > 'z' {
			return ""
		}
	}
	if len(k) < 2 || len(k) > 24 {
		return ""
	}
	return k
}

// addJapanese adds the given names, in Latin letters, that readGiven did not bring.
func addJapanese(dir string, given map[string]bearers) error {
	found := make(map[string]bearers)
	for file, female := range map[string]float64{"first_name_woman_opti.csv": 1, "first_name_man_opti.csv": 0} {
		data, err := readPackaged(dir, "japanese_personal_name_dataset-*.whl", file)
		if err != nil {
			return err
		}
		rows := csv.NewReader(bytes.NewReader(data))
		rows.FieldsPerRecord = -1
		for {
			row, err := rows.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			// kana, Latin letters, then every way to write it: the more, the more common
			if len(row) < 5 || key(row[1]) == "" {
				continue
			}
			b := found[key(row[1])]
			b.count += float64(len(row) - 2)
			b.female += female * float64(len(row)-2)
			found[key(row[1])] = b
		}
	}
	for k, b := range found {
		if _, ok := given[k]; !ok && len(k) > 3 {
			given[k] = b
		}
	}
	return nil
}

// readFamilies reads dist.all.last of the package names, the US census of 1990: "SMITH 1.006 1.006 1",
// the first number being per cent of the population. It returns people.
func readFamilies(dir string) (map[string]float64, error) {
	const population = 248.7e6
	data, err := readPackaged(dir, "names-*.tar.gz", "dist.all.last")
	if err != nil {
		return nil, err
	}
	families := make(map[string]float64)
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 2 {
			continue
		}
		share, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			return nil, fmt.Errorf("dist.all.last: %w", err)
		}
		families[key(fields[0])] += share / 100 * population
	}
	return families, lines.Err()
}

// readPackaged reads the file called base out of the package in dir that pattern matches.
func readPackaged(dir, pattern, base string) ([]byte, error) {
	found, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("no %s in %s: see quote/name/SOURCES.md", pattern, dir)
	}
	if strings.HasSuffix(found[0], ".tar.gz") {
		return readTar(found[0], base)
	}
	return readZip(found[0], base)
}

func readZip(file, base string) ([]byte, error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	for _, f := range z.File {
		if path.Base(f.Name) != base {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return io.ReadAll(r)
	}
	return nil, fmt.Errorf("%s: no %s in it", file, base)
}

func readTar(file, base string) ([]byte, error) {
	f, err := os.Open(file) //nolint:gosec // in the folder that whoever builds has named
	if err != nil {
		return nil, err
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	for t := tar.NewReader(unzipped); ; {
		h, err := t.Next()
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", file, base, err)
		}
		if path.Base(h.Name) == base {
			return io.ReadAll(t)
		}
	}
}
