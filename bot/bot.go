// Package bot is newsdesk in Discord.
//
// A [Bot] hears what people ask ([Bot.Listen]): commands and message menus (command.go says which there are, a file
// each what they do), buttons, forms, replies. What takes a while it has the desk note as an errand, acknowledges it,
// and answers when the desk runs what was noted ([Bot.Run]), in this process or another. [Check] says, for
// `newsdesk doctor`, whether a token works, whose it is, what its application may see, and whether the gateway can be
// reached; [Invite] is how a bot comes into a server. It is the only room that knows of Discord; discordgo is imported
// nowhere else.
//
// What it promises: what was acknowledged is answered, once, also when processes die, connections break or Discord is
// overloaded; what somebody asked for privately only that person sees; nothing that it writes mentions anybody; and a
// request is made when Discord's rate limits allow it. What it cannot promise: an acknowledgement within Discord's
// three seconds where the store cannot note anything in that time, which is then said.
//
// Discord's address can be another one (a REST proxy, a test server): every request goes through a
// transport that puts it in the place of discordgo's own, so any number of bots with different
// addresses can run in one process.
package bot

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/bwmarrin/discordgo"

	"newsdesk/article/extract"
)

// DefaultAPIURL is the base address of Discord's API, without the version.
const DefaultAPIURL = "https://discord.com/api/"

// Why Discord cannot be used. Wrapped with what it concerns; never with the token.
var (
	ErrNoToken     = errors.New("no token is set")
	ErrRefused     = errors.New("token is refused by Discord")
	ErrUnreachable = errors.New("no way to reach Discord")
	ErrUnusable    = errors.New("answer of Discord makes no sense")
)

// maxAnswer is how much is read of one answer of the API, or of an upload, in bytes: what is longer cannot be read.
const maxAnswer = extract.MaxSize

// newSession returns a session whose requests go to apiURL.
func newSession(token, apiURL string) (*discordgo.Session, error) {
	s, err := discordgo.New("Bot " + token)
	if err != nil {
		return nil, fmt.Errorf("discord session: %w", err)
	}
	base, err := url.Parse(apiURL)
	if err != nil || base.Host == "" {
		return nil, fmt.Errorf("discord.api_url %q: %w", apiURL, ErrUnusable)
	}
	s.Client = &http.Client{Transport: &rebase{base: base, next: transport()}}
	s.ShouldRetryOnRateLimit = false
	return s, nil
}

// transport keeps enough connections open that many answers at once need not wait for new ones.
func transport() http.RoundTripper {
	t, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return http.DefaultTransport
	}
	t = t.Clone()
	t.MaxIdleConnsPerHost = 100
	return t
}

// rebase sends requests for Discord's API to another base address. discordgo's own is built from
// package variables, which all sessions share.
type rebase struct {
	base *url.URL
	next http.RoundTripper
}

// RoundTrip does one request.
func (t *rebase) RoundTrip(r *http.Request) (*http.Response, error) {
	if path, ok := strings.CutPrefix(r.URL.String(), discordgo.EndpointDiscord+"api/"); ok {
		target, err := t.base.Parse(strings.TrimSuffix(t.base.Path, "/") + "/" + path)
		if err != nil {
			return nil, err
		}
		r = r.Clone(r.Context())
		r.URL, r.Host = target, ""
	}
	resp, err := t.next.RoundTrip(r)
	if err == nil {
		resp.Body = http.MaxBytesReader(nil, resp.Body, maxAnswer) // an error, where an end would pass for the whole
	}
	return resp, err
}
