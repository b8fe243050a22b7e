package discordtest

import "net/http"

// client sends what is asked of https://discord.com to the server.
type client struct {
	host string
	next *http.Transport
}

// Client is what a program that cannot be given another address asks with (discordgo's Session.Client):
// all that it asks, of whichever host, is asked here.
func (d *Discord) Client() *http.Client {
	return &http.Client{Transport: client{d.addr, d.outgoing}}
}

// RoundTrip does one request.
func (c client) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host, r.Host = "http", c.host, ""
	return c.next.RoundTrip(r)
}
