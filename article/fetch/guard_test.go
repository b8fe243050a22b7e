package fetch

import (
	"errors"
	"net"
	"net/netip"
	"testing"
)

// A public address that is this machine's own is refused like one inside, in either spelling, and no other one.
func TestOwnAddresses(t *testing.T) {
	g := newGuard([]netip.Prefix{netip.MustParsePrefix("198.41.0.0/24")}, nil)
	g.own = func() ([]net.Addr, error) {
		return []net.Addr{
			&net.IPNet{IP: net.ParseIP("8.8.4.4"), Mask: net.CIDRMask(24, 32)},
			&net.IPNet{IP: net.ParseIP("2606:4700::1"), Mask: net.CIDRMask(64, 128)},
			&net.IPNet{IP: net.ParseIP("198.41.0.4"), Mask: net.CIDRMask(24, 32)},
		}, nil
	}
	for address, refused := range map[string]bool{
		"8.8.4.4:443": true, "[::ffff:8.8.4.4]:443": true, "[2606:4700::1]:443": true,
		"8.8.4.5:443": false, "[2606:4700::2]:443": false,
		"198.41.0.4:443": false, // allowed by name
	} {
		network := "tcp4"
		if address[0] == '[' && address != "[::ffff:8.8.4.4]:443" {
			network = "tcp6"
		}
		if err := g.control(network, address, nil); errors.Is(err, ErrBlockedAddress) != refused {
			t.Errorf("%s: %v", address, err)
		}
	}
}
