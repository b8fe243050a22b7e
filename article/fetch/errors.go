package fetch

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
)

// Why a page could not be fetched. [Client.Get] wraps exactly one of them; a cancelled context
// gives context.Canceled instead.
var (
	ErrBadURL         = errors.New("not a web address that can be read")   // scheme, user info, spelling of the host
	ErrBlockedAddress = errors.New("address is not public")                // or its port is not allowed
	ErrDNS            = errors.New("no such host")                         // or nobody answers for it
	ErrConnect        = errors.New("no connection")                        // refused, reset, cut off
	ErrTLS            = errors.New("no secure connection")                 // certificate or protocol
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
)

// Statuses that say more than that something went wrong. Each is an [ErrHTTP] to errors.Is.
var (
	ErrSignIn    = fmt.Errorf("%w: it asks for a password", ErrHTTP)         // 401
	ErrForbidden = fmt.Errorf("%w: it is not for everybody", ErrHTTP)        // 403
	ErrTooOften  = fmt.Errorf("%w: it was asked too often", ErrHTTP)         // 429
	ErrLegal     = fmt.Errorf("%w: it must not show it by law", ErrHTTP)     // 451
	ErrDown      = fmt.Errorf("%w: it cannot answer at the moment", ErrHTTP) // 500 to 504
)

// statuses are the sentinels of statuses.
var statuses = map[int]error{
	http.StatusNotFound: ErrNotFound, http.StatusGone: ErrGone,
	http.StatusUnauthorized: ErrSignIn, http.StatusForbidden: ErrForbidden, http.StatusTooManyRequests: ErrTooOften, http.StatusUnavailableForLegalReasons: ErrLegal,
	http.StatusInternalServerError: ErrDown, http.StatusBadGateway: ErrDown, http.StatusServiceUnavailable: ErrDown, http.StatusGatewayTimeout: ErrDown,
}

// StatusError is a status other than 200. It is ErrNotFound, ErrGone, or ErrHTTP and what that may be more exactly to errors.Is.
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
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, http.StatusServiceUnavailable:
		if isChallenge(resp.Header, head) {
			return fmt.Errorf("%w (%d)", ErrBotWall, resp.StatusCode)
		}
	}
	return status
}

// challengeMarks stand in the pages that bot walls send instead of the page: makers' names, and what they say to people.
var challengeMarks = [][]byte{
	[]byte("cdn-cgi/challenge-platform"), []byte("captcha-delivery.com"), []byte("px-captcha"), []byte("_Incapsula_Resource"),
	[]byte("awswaf.com"), []byte("id=\"challenge-form\""), []byte("enable javascript and cookies to continue"),
	[]byte("checking your browser"), []byte("<title>just a moment"), []byte("ddos protection by"), []byte("you are human"), []byte("you are not a robot"), []byte("you're not a robot"),
	[]byte("are you a robot"), []byte("g-recaptcha"), []byte("h-captcha"), []byte("cf-turnstile"), []byte("unusual traffic"), []byte("please enable javascript"), []byte("please enable cookies"),
	[]byte("pardon our interruption"), []byte("automated access"), []byte("überprüfen ihren browser"), []byte("ihr browser wird überprüft"), []byte("vérification de votre navigateur"), []byte("comprobando su navegador"),
}

func isChallenge(h http.Header, head []byte) bool {
	if h.Get("Cf-Mitigated") != "" || h.Get("X-Datadome") != "" || strings.EqualFold(h.Get("X-Amzn-Waf-Action"), "challenge") {
		return true
	}
	lower := bytes.ToLower(head)
	for _, mark := range challengeMarks {
		if bytes.Contains(lower, bytes.ToLower(mark)) {
			return true
		}
	}
	return false
}

// classify wraps err with the sentinel that names it.
func classify(ctx context.Context, err error) error {
	for _, known := range []error{ErrBadURL, ErrBlockedAddress, ErrTooLarge, ErrRedirects, ErrEncoding, ErrNotFound, ErrGone, ErrBotWall, ErrHTTP} {
		if errors.Is(err, known) {
			return err
		}
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
	case errors.As(err, &cert), errors.As(err, &record), errors.As(err, &alert), errors.As(err, &unknown), errors.As(err, &host),
		errors.As(err, &invalid), strings.Contains(err.Error(), "tls: "):
		sentinel = ErrTLS
	}
	return fmt.Errorf("%w: %w", sentinel, err)
}
