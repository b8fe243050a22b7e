package fetch

import (
	"bufio"
	"context"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"

	"golang.org/x/net/proxy"
)

// dialFunc connects to an address, "host:port".
type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// throughProxy returns what connects by way of a proxy. Names are looked up here, and the proxy is asked for the one
// address that guard let pass: what it is told leads nowhere that a connection of our own would not.
func throughProxy(at *url.URL, guard *guard, resolver *net.Resolver) dialFunc {
	if resolver == nil {
		resolver = net.DefaultResolver
	}
	dialer := &net.Dialer{Timeout: connectTimeout}
	var connect dialFunc
	if at.Scheme == "socks5" {
		connect = socks(at, dialer)
	} else {
		connect = func(ctx context.Context, _, address string) (net.Conn, error) {
			return tunnel(ctx, at, dialer, address)
		}
	}
	return func(ctx context.Context, _, address string) (net.Conn, error) {
		ctx, cancel := context.WithTimeout(ctx, connectTimeout)
		defer cancel()
		to, err := guard.resolve(ctx, resolver, address)
		if err != nil {
			return nil, err
		}
		return connect(ctx, "tcp", to.String())
	}
}

// resolve looks up the host of address, "host:port", and returns the first of its addresses, of IPv4 where there is one, if
// all of them may be connected to.
func (g *guard) resolve(ctx context.Context, resolver *net.Resolver, address string) (netip.AddrPort, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("%w: %w", ErrBadURL, err)
	}
	ips, err := resolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return netip.AddrPort{}, err
	}
	var first netip.AddrPort
	for _, ip := range ips {
		to, err := netip.ParseAddrPort(net.JoinHostPort(ip.Unmap().String(), port))
		if err != nil {
			return netip.AddrPort{}, fmt.Errorf("%w: %w", ErrBadURL, err)
		}
		network := "tcp4"
		if to.Addr().Is6() {
			network = "tcp6"
		}
		if err := g.control(network, to.String(), nil); err != nil {
			return netip.AddrPort{}, err
		}
		if !first.IsValid() || first.Addr().Is6() && to.Addr().Is4() {
			first = to
		}
	}
	if !first.IsValid() {
		return first, &net.DNSError{Err: "no address", Name: host, IsNotFound: true}
	}
	return first, nil
}

// socks connects through a SOCKS5 proxy (RFC 1928).
func socks(at *url.URL, dialer *net.Dialer) dialFunc {
	var auth *proxy.Auth
	if at.User != nil {
		password, _ := at.User.Password()
		auth = &proxy.Auth{User: at.User.Username(), Password: password}
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		d, err := proxy.SOCKS5("tcp", at.Host, auth, dialer)
		if err != nil {
			return nil, err
		}
		return d.(proxy.ContextDialer).DialContext(ctx, network, address) //nolint:forcetypeassert // documented by x/net/proxy
	}
}

// tunnel connects through an HTTP proxy (RFC 9110, CONNECT).
func tunnel(ctx context.Context, at *url.URL, dialer *net.Dialer, address string) (net.Conn, error) {
	conn, err := dialer.DialContext(ctx, "tcp", at.Host)
	if err != nil {
		return nil, err
	}
	if err := openTunnel(ctx, conn, at, address); err != nil {
		_ = conn.Close() // the error before tells more
		return nil, err
	}
	return conn, nil
}

// openTunnel asks the proxy on conn for a tunnel.
func openTunnel(ctx context.Context, conn net.Conn, at *url.URL, address string) error {
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	req := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: address}, Host: address, Header: make(http.Header)}
	if at.User != nil {
		password, _ := at.User.Password()
		req.Header.Set("Proxy-Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(at.User.Username()+":"+password)))
	}
	if err := req.Write(conn); err != nil {
		return fmt.Errorf("proxy: %w", err)
	}
	// A server behind the tunnel is silent until it is spoken to, so nothing of it is read too early.
	resp, err := http.ReadResponse(bufio.NewReader(conn), req)
	if err != nil {
		return fmt.Errorf("proxy: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%w: the proxy answered %d", ErrConnect, resp.StatusCode)
	}
	return nil
}
