package fetch_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsdesk/article/fetch"
)

// authority signs the certificates of the tests' servers. It is the only one that the tests' process knows.
var authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// TestMain makes the authority known, as an operator would: the system's certificates are read once, with the first
// connection.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "fetch")
		if err != nil {
			log.Fatal(err)
		}
		defer os.RemoveAll(dir)
		authority.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			log.Fatal(err)
		}
		der, err := x509.CreateCertificate(rand.Reader, certificate(nil), certificate(nil), authority.key.Public(), authority.key)
		if err != nil {
			log.Fatal(err)
		}
		if authority.certificate, err = x509.ParseCertificate(der); err != nil {
			log.Fatal(err)
		}
		file := filepath.Join(dir, "authority.pem")
		if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
			log.Fatal(err)
		}
		os.Setenv("SSL_CERT_FILE", file)
		return m.Run()
	}())
}

// certificate is one that is in order for a server on loopback, and an authority's, once change has been at it.
func certificate(change func(*x509.Certificate)) *x509.Certificate {
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "coast.example"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-24 * time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	if change != nil {
		change(c)
	}
	return c
}

// secure is a server with a certificate that signer signed, itself where that is nil.
func secure(t *testing.T, c *x509.Certificate, signer *x509.Certificate, change func(*tls.Config)) *httptest.Server {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signing := authority.key
	if signer == nil {
		signer, signing = c, key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, signer, key.Public(), signing)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<p>secret</p>") }))
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // handshakes are meant to fail
	s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	if change != nil {
		change(s.TLS)
	}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

// silent listens and ends every connection with the words given.
func silent(t *testing.T, words string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Read(make([]byte, 4096)) // what answers before it was asked is an idle connection's noise
			_, _ = io.WriteString(conn, words)
			conn.Close()
		}
	}()
	return l.Addr().String()
}

func TestConnectionErrors(t *testing.T) {
	plain := serve(t, func(http.ResponseWriter, *http.Request) {})
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	signed := func(change func(*x509.Certificate)) string {
		return secure(t, certificate(change), authority.certificate, nil).URL
	}
	c := inside(t)
	for _, tt := range []struct {
		name, url, says string
		want            error
	}{
		{"a certificate that is in order", signed(nil), "", nil},
		{"signed by itself", secure(t, certificate(nil), nil, nil).URL, "unknown authority", fetch.ErrCertificate},
		{"expired", signed(func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Hour) }), "expired", fetch.ErrCertificate},
		{"not valid yet", signed(func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Hour) }), "not yet valid", fetch.ErrCertificate},
		{"of another address", signed(func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 2)} }), "not 127.0.0.1", fetch.ErrCertificate},
		{"of a name", signed(func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"coast.example"} }), "127.0.0.1", fetch.ErrCertificate},
		{"too old a protocol", secure(t, certificate(nil), authority.certificate, func(c *tls.Config) {
			c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS10 //nolint:gosec // that it is refused is what is tested
		}).URL, "protocol version", fetch.ErrTLS},
		{"https where http is served", "https://" + strings.TrimPrefix(plain.URL, "http://"), "", fetch.ErrNoTLS},
		{"https where mail is served", "https://" + silent(t, "220 coast.example ESMTP ready\r\n"), "", fetch.ErrNoTLS},
		{"https, and the connection ends", "https://" + silent(t, ""), "", fetch.ErrCut},
		{"http, and the connection ends", "http://" + silent(t, ""), "", fetch.ErrCut},
		{"http, and the header breaks off", "http://" + silent(t, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"), "", fetch.ErrCut},
		{"nobody listens", "http://" + closed.Addr().String(), "refused", fetch.ErrConnect},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := c.Get(context.Background(), tt.url)
			if !errors.Is(err, tt.want) || err != nil && !strings.Contains(err.Error(), tt.says) {
				t.Fatalf("%v, want %v and %q", err, tt.want, tt.says)
			}
			if tt.want != nil && fetch.Reason(err) != fetch.Reason(tt.want) {
				t.Errorf("told as %s, want %s", fetch.Reason(err), fetch.Reason(tt.want))
			}
			again, known := c.Get(context.Background(), tt.url)
			if fetch.Reason(known) != fetch.Reason(err) {
				t.Errorf("a moment later: %v, %v", fmt.Sprint(again.URL), known)
			}
		})
	}
}
