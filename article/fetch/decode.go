package fetch

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// acceptEncoding names what decode understands.
const acceptEncoding = "gzip, br, zstd, deflate"

// maxWindow bounds, in bytes, what a zstd stream may make us keep (RFC 9659 asks for 8 MB).
const maxWindow = 8 << 20

// maxEncodings bounds how many encodings may be laid over one another.
const maxEncodings = 4

// decode returns a reader of body without the content encodings that its header lists, in the order in which they were
// applied (RFC 9110, 8.4). The caller bounds what it reads; a decompression bomb then costs no more than that.
func decode(encodings string, body io.Reader) (io.ReadCloser, error) {
	r := io.NopCloser(body)
	list := strings.Split(strings.ToLower(encodings), ",")
	if len(list) > maxEncodings {
		return nil, fmt.Errorf("%w: %d content encodings", ErrEncoding, len(list))
	}
	for _, encoding := range slices.Backward(list) {
		layer := decoders[strings.TrimSpace(encoding)]
		if layer == nil {
			return nil, fmt.Errorf("%w: content encoding %q", ErrEncoding, shorten(encoding))
		}
		under := bufio.NewReader(r)
		if _, err := under.Peek(1); err == io.EOF {
			return io.NopCloser(under), nil // nothing, which no encoding makes more
		} else if err != nil {
			return nil, brokenOff{err}
		}
		next, err := layer(under)
		if err != nil {
			return nil, garbled(err)
		}
		r = &decoded{next}
	}
	return r, nil
}

// decoders return readers without one encoding.
var decoders = map[string]func(*bufio.Reader) (io.ReadCloser, error){
	"": plain, "identity": plain, "utf-8": plain, // the last is no encoding of content, but sent
	"gzip": gunzip, "x-gzip": gunzip,
	"br":      func(b *bufio.Reader) (io.ReadCloser, error) { return io.NopCloser(brotli.NewReader(b)), nil },
	"zstd":    unzstd,
	"deflate": inflate,
}

func plain(b *bufio.Reader) (io.ReadCloser, error) { return io.NopCloser(b), nil }

func gunzip(b *bufio.Reader) (io.ReadCloser, error) { return gzip.NewReader(b) }

func unzstd(b *bufio.Reader) (io.ReadCloser, error) {
	z, err := zstd.NewReader(b, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return nil, err
	}
	return z.IOReadCloser(), nil
}

// inflate reads "deflate" both as the standard has it (with zlib's header) and as some servers send
// it (without).
func inflate(b *bufio.Reader) (io.ReadCloser, error) {
	head, err := b.Peek(2)
	if err != nil {
		return nil, err
	}
	if head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		return zlib.NewReader(b)
	}
	return flate.NewReader(b), nil
}

// decoded says ErrEncoding of what the decoder stumbles over.
type decoded struct{ io.ReadCloser }

func (d *decoded) Read(p []byte) (int, error) {
	n, err := d.ReadCloser.Read(p)
	return n, garbled(err)
}

// garbled wraps a decoder's error with ErrEncoding. What the connection is to blame for stays what it is.
func garbled(err error) error {
	var network net.Error
	var broken brokenOff
	switch {
	case err == nil, errors.Is(err, io.EOF), errors.As(err, &network), errors.As(err, &broken), errors.Is(err, context.Canceled), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, ErrEncoding): // or of the encoding below
		return err
	}
	return fmt.Errorf("%w: %w", ErrEncoding, err)
}
