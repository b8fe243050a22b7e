package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"

	"newsdesk/article/internal/challenge"
)

// Why a page could not be fetched. [Client.Get] wraps one of them, and tells which by [Reason]; a cancelled context
// gives context.Canceled instead.
var (
	ErrBadURL         = errors.New("not a web address that can be read")   // scheme, user info, spelling of the host
	ErrBlockedAddress = errors.New("address is not public")                // or its port is not allowed
	ErrDNS            = errors.New("no such host")                         // or nobody answers for it
	ErrConnect        = errors.New("no connection")                        // refused, or one that broke
	ErrTLS            = errors.New("no secure connection")                 // no protocol or cipher that both know
	ErrTimeout        = errors.New("took too long")                        // the whole of it
	ErrTooLarge       = errors.New("page too large")                       // once decompressed
	ErrRedirects      = errors.New("too many redirects")                   // or a circle
	ErrEncoding       = errors.New("page arrived garbled")                 // a content encoding that cannot be read
	ErrNotFound       = errors.New("page not found")                       // 404
	ErrGone           = errors.New("page is gone")                         // 410
	ErrBotWall        = errors.New("page lets only browsers in")           // a challenge instead of the page
	ErrRobots         = errors.New("site asks not to be read by programs") // in its robots.txt; see Options.Robots
	ErrHeaders        = errors.New("too long a header")                    // more than 64 kB before the page begins
	ErrHTTP           = errors.New("server answered with an error status") // any other; see StatusError

	ErrCut         = fmt.Errorf("%w: it broke before the page was whole", ErrConnect)
	ErrCertificate = fmt.Errorf("%w: the certificate is not in order", ErrTLS) // expired, of another host, signed by nobody known
	ErrNoTLS       = fmt.Errorf("%w: the server does not speak TLS", ErrTLS)   // https:// where http:// is served
)

// Statuses that say more than that something went wrong. Each is an [ErrHTTP] to errors.Is.
var (
	ErrSignIn    = fmt.Errorf("%w: it asks for a password", ErrHTTP)         // 401
	ErrForbidden = fmt.Errorf("%w: it is not for everybody", ErrHTTP)        // 403
	ErrTooOften  = fmt.Errorf("%w: it was asked too often", ErrHTTP)         // 429
	ErrLegal     = fmt.Errorf("%w: it must not show it by law", ErrHTTP)     // 451
	ErrDown      = fmt.Errorf("%w: it cannot answer at the moment", ErrHTTP) // 500 to 504
)

// failures are all sentinels, the more exact before what they wrap. What the link or robots.txt is to blame for costs little
// to find out again, and is not remembered.
var failures = []struct {
	err      error
	reason   string
	remember bool
}{
	{ErrBadURL, "page.bad_url", false},
	{ErrBlockedAddress, "page.blocked_address", false},
	{ErrDNS, "page.unknown_host", true},
	{ErrCut, "page.cut", true},
	{ErrConnect, "page.no_connection", true},
	{ErrCertificate, "page.certificate", true},
	{ErrNoTLS, "page.no_tls", true},
	{ErrTLS, "page.not_secure", true},
	{ErrTimeout, "page.too_slow", true},
	{ErrTooLarge, "page.too_large", true},
	{ErrRedirects, "page.redirects", true},
	{ErrEncoding, "page.garbled", true},
	{ErrNotFound, "page.not_found", true},
	{ErrGone, "page.gone", true},
	{ErrBotWall, "page.bot_wall", true},
	{ErrRobots, "page.robots", false},
	{ErrHeaders, "page.headers", true},
	{ErrSignIn, "page.sign_in", true},
	{ErrForbidden, "page.forbidden", true},
	{ErrTooOften, "page.too_often", true},
	{ErrLegal, "page.legal", true},
	{ErrDown, "page.down", true},
	{ErrHTTP, "page.status", true},
}

// Reason names the most exact sentinel that err wraps, by the key of the sentence that puts it into words
// ("page.not_found"); "" for none.
func Reason(err error) string {
	for _, f := range failures {
		if errors.Is(err, f.err) {
			return f.reason
		}
	}
	return ""
}

// statuses are the sentinels of statuses.
var statuses = map[int]error{
	http.StatusNotFound: ErrNotFound, http.StatusGone: ErrGone,
	http.StatusUnauthorized: ErrSignIn, http.StatusForbidden: ErrForbidden, http.StatusTooManyRequests: ErrTooOften, http.StatusUnavailableForLegalReasons: ErrLegal,
	http.StatusInternalServerError: ErrDown, http.StatusBadGateway: ErrDown, http.StatusServiceUnavailable: ErrDown, http.StatusGatewayTimeout: ErrDown,
}

// StatusError is a status other than 200 and 203. It is ErrNotFound, ErrGone, or ErrHTTP and what that may be more exactly to errors.Is.
type StatusError struct {
	Code int
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("%v (%d %s)", e.Unwrap(), e.Code, http.StatusText(e.Code))
}

// Unwrap names the sentinel of the status.
func (e *StatusError) Unwrap() error {
	if known := statuses[e.Code]; known != nil {
		return known
	}
	return ErrHTTP
}

// statusError tells what a response that is no page means; head is the beginning of its body.
func statusError(resp *http.Response, head []byte) error {
	status := &StatusError{Code: resp.StatusCode}
	switch resp.StatusCode {
	case http.StatusAccepted, http.StatusMethodNotAllowed, // as AWS WAF sends its challenge and its captcha
		http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, http.StatusServiceUnavailable:
		if isChallenge(resp.Header, head) {
			return fmt.Errorf("%w (%d)", ErrBotWall, resp.StatusCode)
		}
	}
	return status
}

func isChallenge(h http.Header, head []byte) bool {
	return h.Get("Cf-Mitigated") != "" || h.Get("X-Datadome") != "" || h.Get("X-Amzn-Waf-Action") != "" || challenge.Sent(head)
}

// classify wraps err with the sentinel that names it.
func classify(ctx context.Context, err error) error {
	if Reason(err) != "" {
		return err
	}
	var (
		dns     *net.DNSError
		netErr  net.Error
		cert    *tls.CertificateVerificationError
		record  tls.RecordHeaderError
		alert   tls.AlertError
		unknown x509.UnknownAuthorityError
		host    x509.HostnameError
		invalid x509.CertificateInvalidError
		broken  brokenOff
	)
	sentinel := ErrConnect
	switch {
	case strings.Contains(err.Error(), "server response headers exceeded"), strings.Contains(err.Error(), "response header list larger"): // net/http has no type for them
		sentinel = ErrHeaders
	case errors.Is(ctx.Err(), context.Canceled):
		return context.Canceled
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &netErr) && netErr.Timeout():
		sentinel = ErrTimeout
	case errors.As(err, &dns):
		sentinel = ErrDNS
	case errors.As(err, &cert), errors.As(err, &unknown), errors.As(err, &host), errors.As(err, &invalid):
		sentinel = ErrCertificate
	case errors.As(err, &record):
		sentinel = ErrNoTLS
	case errors.As(err, &alert), strings.Contains(err.Error(), "tls: "):
		sentinel = ErrTLS
	case errors.As(err, &broken), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		sentinel = ErrCut
	}
	return fmt.Errorf("%w: %w", sentinel, err)
}

// brokenOff is an error of a connection on which a page had begun to arrive.
type brokenOff struct{ error }

func (b brokenOff) Unwrap() error { return b.error }
