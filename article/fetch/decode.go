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
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// acceptEncoding names what decode understands.
const acceptEncoding = "gzip, br, zstd, deflate"

// maxWindow bounds, in bytes, what a zstd stream may make us keep (RFC 9659 asks for 8 MB).
const maxWindow = 8 << 20

// decode returns a reader of body without the content encoding that its header names. The caller
// bounds what it reads; a decompression bomb then costs no more than that.
func decode(encoding string, body io.Reader) (io.ReadCloser, error) {
	var r io.ReadCloser
	var err error
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "identity":
		return io.NopCloser(body), nil
	case "gzip", "x-gzip":
		r, err = gzip.NewReader(body)
	case "br":
		r = io.NopCloser(brotli.NewReader(body))
	case "zstd":
		var z *zstd.Decoder
		if z, err = zstd.NewReader(body, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow)); err == nil {
			r = z.IOReadCloser()
		}
	case "deflate":
		r, err = inflate(body)
	default:
		return nil, fmt.Errorf("%w: content encoding %q", ErrEncoding, shorten(encoding))
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrEncoding, err)
	}
	return &decoded{r}, nil
}

// inflate reads "deflate" both as the standard has it (with zlib's header) and as some servers send
// it (without).
func inflate(body io.Reader) (io.ReadCloser, error) {
	b := bufio.NewReader(body)
	head, err := b.Peek(2)
	if err != nil {
		return nil, err
	}
	if head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		return zlib.NewReader(b)
	}
	return flate.NewReader(b), nil
}

// decoded says ErrEncoding of what the decoder stumbles over. What the connection is to blame for
// stays what it is.
type decoded struct{ io.ReadCloser }

func (d *decoded) Read(p []byte) (int, error) {
	n, err := d.ReadCloser.Read(p)
	var network net.Error
	switch {
	case err == nil, err == io.EOF, errors.As(err, &network), errors.Is(err, context.Canceled), errors.Is(err, io.ErrUnexpectedEOF):
		return n, err
	}
	return n, fmt.Errorf("%w: %w", ErrEncoding, err)
}
