package fetch

import (
	"fmt"
	"net"
	"net/netip"
	"syscall"

	"code.dny.dev/ssrf"
)

// guard judges every address that is about to be connected to.
type guard struct {
	allowed []netip.Prefix
	public  *ssrf.Guardian
	own     func() ([]net.Addr, error) // this machine's addresses, as they are now
}

func newGuard(allowed []netip.Prefix, ports []uint16) *guard {
	return &guard{
		allowed: allowed,
		own:     net.InterfaceAddrs,
		public:  ssrf.New(ssrf.WithPorts(append([]uint16{80, 443}, ports...)...)),
	}
}

// control is a net.Dialer's Control: it runs behind DNS, with the very address of the connection.
func (g *guard) control(network, address string, conn syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBlockedAddress, err)
	}
	ip := to.Addr().Unmap() // ::ffff:127.0.0.1 is 127.0.0.1
	for _, p := range g.allowed {
		if p.Contains(ip) {
			return nil
		}
	}
	if err := g.public.Safe(network, netip.AddrPortFrom(ip, to.Port()).String(), conn); err != nil {
		return fmt.Errorf("%w: %w", ErrBlockedAddress, err)
	}
	if g.isOwn(ip) {
		return fmt.Errorf("%w: %s is this machine", ErrBlockedAddress, ip)
	}
	return nil
}

// isOwn reports whether ip is an address of this machine, as a server with a public address has one. A public address that
// a router or a cloud keeps for the machine (NAT) is none of its interfaces' and is not recognised: what listens there listens
// to the whole internet.
func (g *guard) isOwn(ip netip.Addr) bool {
	addrs, err := g.own()
	if err != nil {
		return false
	}
	for _, a := range addrs {
		if p, err := netip.ParsePrefix(a.String()); err == nil && p.Addr().Unmap() == ip {
			return true
		}
	}
	return false
}
