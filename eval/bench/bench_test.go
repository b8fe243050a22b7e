// Package bench holds newsdesk's extraction against the two libraries that others use for it, over the same pages in
// one run. It is a module of its own, so that newsdesk does not depend on them.
//
//	make bench-pages SHARED=../shared
package bench

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"

	"newsdesk/article"
	"newsdesk/article/extract"
)

// sets are the files of pages, and how many of each are read: the measure is a mean over pages, and the sets differ
// in size.
var sets = []string{"scrapinghub", "fundus80", "fundusml", "wcxb"}

const ofEach = 40

// page is one page of the data.
type page struct {
	address *url.URL
	html    []byte
}

// pages reads the first pages of every set below the folder that SHARED names.
func pages(b *testing.B) []page {
	b.Helper()
	folder := os.Getenv("SHARED")
	if folder == "" {
		folder = "../../../shared"
	}
	var all []page
	for _, set := range sets {
		f, err := os.Open(filepath.Join(folder, "articles", set+".pages.jsonl.gz"))
		if err != nil {
			b.Skip("no pages to read: set SHARED to the folder that holds articles/*.pages.jsonl.gz")
		}
		defer func() { _ = f.Close() }() // nothing was written
		z, err := gzip.NewReader(f)
		if err != nil {
			b.Fatal(err)
		}
		lines := bufio.NewScanner(z)
		lines.Buffer(nil, 64<<20)
		for n := 0; n < ofEach && lines.Scan(); n++ {
			var p struct{ URL, HTML string }
			if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
				b.Fatal(err)
			}
			u, err := url.Parse(p.URL)
			if err != nil {
				b.Fatal(err)
			}
			all = append(all, page{u, []byte(p.HTML)})
		}
		if err := lines.Err(); err != nil {
			b.Fatal(err)
		}
	}
	return all
}

// processor is how long this program has had a processor, collecting garbage included: what else runs on the machine
// changes it little.
func processor(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkPages reports pages a second of processor time for each.
func BenchmarkPages(b *testing.B) {
	all := pages(b)
	bytesOfAll := 0
	for _, p := range all {
		bytesOfAll += len(p.html)
	}
	for _, with := range []struct {
		name string
		read func(page) error
	}{
		{"newsdesk", func(p page) error {
			_, err := extract.HTML(article.Page{URL: p.address.String(), ContentType: "text/html; charset=utf-8", Body: p.html})
			return err
		}},
		{"go-trafilatura", func(p page) error {
			_, err := trafilatura.Extract(bytes.NewReader(p.html), trafilatura.Options{EnableFallback: true, OriginalURL: p.address, ExcludeComments: true})
			return err
		}},
		{"go-readability", func(p page) error {
			_, err := readability.FromReader(bytes.NewReader(p.html), p.address)
			return err
		}},
	} {
		b.Run(with.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(bytesOfAll))
			failed, began := 0, processor(b)
			for b.Loop() {
				failed = 0
				for _, p := range all {
					if with.read(p) != nil {
						failed++
					}
				}
			}
			b.ReportMetric(float64(b.N*len(all))/(processor(b)-began).Seconds(), "pages/s")
			b.ReportMetric(float64(failed), "without-article")
		})
	}
}
