package pdf

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// document builds a PDF document of pages' content streams, with the font F1.
func document(info string, pages ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n")
	var kids strings.Builder
	for i, content := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 10+2*i)
		fmt.Fprintf(&b, "%d 0 obj <</Type/Page/Parent 2 0 R/Contents %d 0 R>> endobj\n", 10+2*i, 11+2*i)
		z := deflate(content)
		fmt.Fprintf(&b, "%d 0 obj <</Filter/FlateDecode/Length %d>> stream\n%s\nendstream endobj\n", 11+2*i, len(z), z)
	}
	fmt.Fprintf(&b, "2 0 obj <</Type/Pages/Kids[%s]/Resources<</Font<</F1 3 0 R>>/XObject<</X1 4 0 R/X2 5 0 R>>>>>> endobj\n", kids.String())
	b.WriteString("3 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[1/fi/ffl]>>>> endobj\n")
	b.WriteString("4 0 obj <</Subtype/Form/Resources<</Font<</F1 3 0 R>>>>/Length 52>> stream\nBT /F1 10 Tf 72 500 Td (From within a form.) Tj ET  \nendstream endobj\n")
	b.WriteString("5 0 obj <</Subtype/Image/Length 3>> stream\nabc\nendstream endobj\n")
	b.WriteString("trailer <</Root 1 0 R" + info + ">>\n%%EOF")
	return b.Bytes()
}

func deflate(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.String()
}

// at shows a line at a place; a character is half as wide as it is high.
func at(x, y, size float64, s string) string {
	return fmt.Sprintf("BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n", size, x, y, strings.NewReplacer("(", `\(`, ")", `\)`).Replace(s))
}

func texts(t *testing.T, data []byte) []string {
	t.Helper()
	doc, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range doc.Paragraphs {
		out = append(out, p.Text)
	}
	return out
}

func TestRead(t *testing.T) {
	var columns, rowWise strings.Builder
	left := []string{"The ferry to the islands leaves", "an hour later from Monday, be-", "cause the tide has moved the", "sandbank. The pilots know it.", "They go ahead in a small boat", "and mark the way with lamps."}
	right := []string{"Nobody is worried on the isles", "for in the great frost no boat", "came for forty days, and the", "people had flour enough. Now", "they have a shop and a school", "and two spare rooms for it."}
	columns.WriteString(at(72, 740, 20, "Ferry leaves later than ever before"))
	rowWise.WriteString(columns.String())
	for i := range left {
		y := 700 - 14*float64(i)
		columns.WriteString(at(72, y, 10, left[i]))
		rowWise.WriteString(at(72, y, 10, left[i]) + at(300, y, 10, right[i]))
	}
	for i := range right {
		columns.WriteString(at(300, 700-14*float64(i), 10, right[i]))
	}
	inColumns := []string{"Ferry leaves later than ever before",
		"The ferry to the islands leaves an hour later from Monday, because the tide has moved the sandbank. The pilots know it. They go ahead in a small boat and mark the way with lamps.",
		"Nobody is worried on the isles for in the great frost no boat came for forty days, and the people had flour enough. Now they have a shop and a school and two spare rooms for it."}
	for _, tt := range []struct {
		name  string
		pages []string
		want  []string
	}{
		{"columns", []string{columns.String()}, inColumns},
		{"columns written row by row", []string{rowWise.String()}, inColumns},
		{"ligatures and quotation marks", []string{at(72, 700, 10, "\x93The \x01rst wa\x02e,\x94 he said.")}, []string{"“The first waffle,” he said."}},
		{"a word with a hyphen of its own", []string{at(72, 700, 10, "The well-known boat is what the well-") + at(72, 686, 10, "known pilot steers, as every year.")}, []string{"The well-known boat is what the well-known pilot steers, as every year."}},
		{"a name behind a hyphen", []string{at(72, 700, 10, "The train from Aachen goes to Baden-") + at(72, 686, 10, "Baden every day but on Sundays.")}, []string{"The train from Aachen goes to Baden-Baden every day but on Sundays."}},
		{"letters set apart", []string{"BT /F1 10 Tf 72 700 Td [(The)-300(fe)20(rry)-280(lea)-5(ves.)] TJ ET"}, []string{"The ferry leaves."}},
		{"lines by leading", []string{"BT /F1 10 Tf 12 TL 72 700 Td (The ferry leaves) Tj T* (on Monday.) Tj ET"}, []string{"The ferry leaves on Monday."}},
		{"within a form", []string{"/X1 Do"}, []string{"From within a form."}},
		{"headers, footers and page numbers", []string{
			at(72, 800, 8, "The Coastline, 3 May") + at(72, 700, 10, "The first page says this, and goes on with it at some length until") + at(72, 40, 8, "Page 1 of 3"),
			at(72, 800, 8, "The Coastline, 3 May") + at(72, 700, 10, "the second page, which has a little more of it to say than the first") + at(72, 40, 8, "Page 2 of 3"),
			at(72, 800, 8, "The Coastline, 3 May") + at(72, 700, 10, "and the third, which ends it.") + at(72, 40, 8, "Page 3 of 3"),
		}, []string{"The first page says this, and goes on with it at some length until the second page, which has a little more of it to say than the first and the third, which ends it."}},
		{"paragraphs by indentation", []string{at(72, 700, 10, "The ferry leaves later than it did last year.") + at(72, 686, 10, "Nobody minds that, as far as we can tell now.") + at(84, 672, 10, "The pilots go ahead in a small boat, and so") + at(72, 658, 10, "they mark the way with lamps, as of old times.")},
			[]string{"The ferry leaves later than it did last year. Nobody minds that, as far as we can tell now.", "The pilots go ahead in a small boat, and so they mark the way with lamps, as of old times."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := texts(t, document("", tt.pages...))
			if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	line := at(72, 700, 10, "The ferry leaves.")
	for _, tt := range []struct {
		name string
		data []byte
		want error
	}{
		{"nothing", nil, ErrDamaged},
		{"a head alone", []byte("%PDF-1.7\n"), ErrDamaged},
		{"encrypted", document("/Encrypt 9 0 R", line), ErrEncrypted},
		{"scanned", document("", "/X2 Do"), ErrScanned},
		{"a picture in the stream", document("", "BI /W 1 /H 1 ID \x00\x01 EI "), ErrScanned},
		{"blank", document("", " "), ErrEmpty},
	} {
		if _, err := Read(tt.data); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

// Documents that lead in circles or unpack to too much end like any other.
func TestHostile(t *testing.T) {
	line := at(72, 700, 10, "The ferry leaves.")
	bomb := deflate(strings.Repeat("q ", 40<<20))
	for name, data := range map[string]string{
		"pages in a circle":        "%PDF-1.7 1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]>>endobj 3 0 obj<</Type/Pages/Kids[2 0 R]>>endobj trailer<</Root 1 0 R>>",
		"an object that is itself": "%PDF-1.7 1 0 obj 1 0 R endobj trailer<</Root 1 0 R>>",
		"a length that is itself":  "%PDF-1.7 1 0 obj<</Type/Page/Contents 1 0 R/Length 1 0 R>>stream\nx\nendstream endobj",
		"brackets without end":     "%PDF-1.7 1 0 obj " + strings.Repeat("[", 1<<20),
		"a string without end":     "%PDF-1.7 1 0 obj (" + strings.Repeat("(", 1<<20),
		"a bomb":                   "%PDF-1.7 1 0 obj<</Type/Page/Contents 2 0 R>>endobj 2 0 obj<</Filter/FlateDecode>>stream\n" + bomb + "\nendstream endobj",
		"cut off":                  string(document("", line))[:80],
	} {
		if doc, err := Read([]byte(data)); err == nil {
			t.Errorf("%s: %+v", name, doc)
		}
	}
	form := "%PDF-1.7 1 0 obj<</Type/Page/Contents 2 0 R/Resources 3 0 R>>endobj 2 0 obj<<>>stream\n/X Do /X Do\nendstream endobj 3 0 obj<</XObject<</X 4 0 R>>>>endobj 4 0 obj<</Subtype/Form>>stream\n/X Do /X Do /X Do /X Do\nendstream endobj"
	if _, err := Read([]byte(form)); !errors.Is(err, ErrEmpty) {
		t.Errorf("a form that holds itself: %v", err)
	}
}

// Objects may stand packed in a stream, as most writers have them today.
func TestObjectStream(t *testing.T) {
	packed := "<</Type/Catalog/Pages 2 0 R>> <</Type/Pages/Kids[3 0 R]>> <</Type/Page/Contents 5 0 R/Resources<</Font<</F1 6 0 R>>>>>> <</Subtype/Type0/ToUnicode 7 0 R/DescendantFonts[<</DW 500>>]>>"
	offset := func(s string) int { return strings.Index(packed, s) }
	head := fmt.Sprintf("1 0 2 %d 3 %d 6 %d ", offset("<</Type/Pages/"), offset("<</Type/Page/C"), offset("<</Subtype"))
	content := "BT /F1 10 Tf 72 700 Td <000100020003> Tj ET"
	cmap := "1 beginbfrange <0001> <0003> <0041> endbfrange"
	data := fmt.Sprintf("%%PDF-1.7\n4 0 obj<</Type/ObjStm/N 4/First %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n5 0 obj<<>>stream\n%s\nendstream endobj\n7 0 obj<<>>stream\n%s\nendstream endobj\n8 0 obj<</Type/XRef/Root 1 0 R>>stream\n\nendstream endobj",
		len(head), deflate(head+packed), content, cmap)
	if got := texts(t, []byte(data)); len(got) != 1 || got[0] != "ABC" {
		t.Errorf("%q", got)
	}
}

// A document that broke off has lost objects: letters whose font is among them are not guessed, and what can be read of
// it is marked as cut.
func TestBrokenOff(t *testing.T) {
	lost := "BT /F9 10 Tf 72 %d Td <002400250026002700280029> Tj ET\n"
	line := at(72, 700, 10, "The ferry leaves.")
	whole := document("", line)
	whole = bytes.Replace(whole, []byte("/Font<</F1 3 0 R>>/XObject"), []byte("/Font<</F1 3 0 R/F9 99 0 R>>/XObject"), 1)
	if doc, err := Read(whole); err != nil || doc.Cut {
		t.Errorf("whole: %v, %+v", err, doc)
	}
	end := bytes.LastIndex(whole, []byte("trailer"))
	if doc, err := Read(whole[:end]); err != nil || !doc.Cut {
		t.Errorf("without its end: %v, %+v", err, doc)
	}
	for name, content := range map[string]string{"nearly all lost": fmt.Sprintf(lost, 600) + fmt.Sprintf(lost, 500), "half and more": line + fmt.Sprintf(lost, 600) + fmt.Sprintf(lost, 500)} {
		if doc, err := Read(document("", content)); !errors.Is(err, ErrIllegible) {
			t.Errorf("%s: %v, %+v", name, err, doc)
		}
	}
	if got := texts(t, document("", line+"BT /F9 10 Tf 72 600 Td <00240025> Tj ET")); len(got) != 1 || got[0] != "The ferry leaves." {
		t.Errorf("a little lost: %q", got)
	}
	unmapped := bytes.Replace(document("", line), []byte("/BaseFont/Helvetica"), []byte("/ToUnicode 98 0 R"), 1)
	if doc, err := Read(unmapped); !errors.Is(err, ErrIllegible) {
		t.Errorf("a map that is lost: %v, %+v", err, doc)
	}
}

func TestPageLimit(t *testing.T) {
	pages := make([]string, MaxPages+5)
	for i := range pages {
		pages[i] = at(72, 700, 10, fmt.Sprintf("Something new stands here: %c%c.", 'a'+i%26, 'a'+i/26))
	}
	doc, err := Read(document("/Info<</Title(A \\(long\\) report)/Author<feff00c100640061>>>", pages...))
	if err != nil || !doc.Cut || len(doc.Paragraphs) == 0 || doc.Paragraphs[len(doc.Paragraphs)-1].Page > MaxPages {
		t.Fatalf("%v %+v", err, doc)
	}
	if doc.Title != "A (long) report" || doc.Author != "Áda" {
		t.Errorf("title %q, author %q", doc.Title, doc.Author)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(document("", at(72, 700, 10, "The ferry leaves.")))
	f.Add([]byte("%PDF-1.7 1 0 obj<</Type/Page/Contents 2 0 R/Resources<</Font<</F<</ToUnicode 3 0 R>>>>>>>>endobj 2 0 obj<<>>stream\nBT /F 9 Tf (a) Tj ET\nendstream endobj"))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := Read(data)
		if err == nil && len(doc.Paragraphs) == 0 {
			t.Error("neither text nor an error")
		}
	})
}
