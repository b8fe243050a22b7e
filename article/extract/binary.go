package extract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

var (
	errOffice  = fmt.Errorf("%w: an office document or archive", ErrUnsupported)
	errArchive = fmt.Errorf("%w: an archive", ErrUnsupported)
	errRTF     = fmt.Errorf("%w: an RTF document", ErrUnsupported)
	errJSON    = fmt.Errorf("%w: JSON data", ErrUnsupported)
	errPDF     = fmt.Errorf("%w: a PDF document", ErrUnsupported)
)

// magics are the first bytes of documents that are no text.
var magics = []struct {
	magic string
	err   error
}{
	{"\x89PNG", ErrPictureFile}, {"\xff\xd8\xff", ErrPictureFile}, {"GIF8", ErrPictureFile}, {"\x00\x00\x01\x00", ErrPictureFile}, {"II*\x00", ErrPictureFile}, {"MM\x00*", ErrPictureFile},
	{"ID3", ErrSound}, {"OggS", ErrSound}, {"fLaC", ErrSound}, {"\x1aE\xdf\xa3", ErrFilm}, {"FLV", ErrFilm},
	{"PK\x03\x04", errOffice}, {"\xd0\xcf\x11\xe0", errOffice}, {"\x1f\x8b", errArchive}, {"{\\rtf", errRTF},
}

// noText tells what a document is that is no text, by its first bytes and its content type: an error that wraps
// [ErrUnsupported]. It returns nil for a text.
func noText(declared string, b []byte) error {
	for _, m := range magics {
		if bytes.HasPrefix(b, []byte(m.magic)) {
			return m.err
		}
	}
	if len(b) > 12 {
		switch format := string(b[8:12]); {
		case string(b[4:8]) == "ftyp" && (format == "avif" || format == "heic" || format == "mif1"), string(b[:4]) == "RIFF" && format == "WEBP":
			return ErrPictureFile
		case string(b[4:8]) == "ftyp" && strings.HasPrefix(format, "M4A"), string(b[:4]) == "RIFF" && format == "WAVE":
			return ErrSound
		case string(b[4:8]) == "ftyp", string(b[:4]) == "RIFF":
			return ErrFilm
		}
	}
	switch kind, _, _ := strings.Cut(declared, "/"); kind {
	case "image":
		if !strings.HasSuffix(declared, "svg+xml") || looksHTML(b) {
			return ErrPictureFile
		}
	case "audio":
		return ErrSound
	case "video":
		return ErrFilm
	}
	if declared == "application/pdf" {
		return errPDF
	}
	if bytes.HasPrefix(bytes.TrimSpace(b), []byte("{")) && json.Valid(b) {
		return errJSON
	}
	return nil
}
