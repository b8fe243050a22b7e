package discordtest

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// webhook is how interactions reach a bot that takes them over HTTP.
type webhook struct {
	url string
	key ed25519.PrivateKey
}

func newWebhook() (webhook, error) {
	_, key, err := ed25519.GenerateKey(nil)
	return webhook{key: key}, err
}

// verifyKey is what the bot checks signatures with, in hex.
func (w webhook) verifyKey() string {
	return hex.EncodeToString(w.key.Public().(ed25519.PublicKey))
}

func (w webhook) endpoint() any {
	if w.url == "" {
		return nil
	}
	return w.url
}

// PublicKey is what the bot checks the signatures of interactions with, in hex.
func (d *Discord) PublicKey() string { return d.webhook.verifyKey() }

// ErrEndpoint wraps why an address for interactions is not accepted.
var ErrEndpoint = errors.New("the specified interactions endpoint url could not be verified")

// InteractionsURL sends interactions to an address instead of the gateway. As Discord does, it first
// sends a ping that must be answered and one with a wrong signature that must be refused with 401. ""
// goes back to the gateway.
func (d *Discord) InteractionsURL(ctx context.Context, url string) error {
	if url != "" {
		ping := []byte(`{"id":"1","application_id":"` + d.user.ID + `","type":1,"token":"ping","version":1}`)
		status, body, err := d.post(ctx, url, ping, true)
		if err != nil || status != http.StatusOK || !bytes.Contains(bytes.ReplaceAll(body, []byte(" "), nil), []byte(`"type":1`)) {
			return errors.Join(fmt.Errorf("%w: a ping is answered with %d %s", ErrEndpoint, status, body), err)
		}
		if status, _, err = d.post(ctx, url, ping, false); err != nil || status != http.StatusUnauthorized {
			return errors.Join(fmt.Errorf("%w: a wrong signature is answered with %d, not 401", ErrEndpoint, status), err)
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.webhook.url = url
	return nil
}

// post sends a body with its signature, or with a wrong one.
func (d *Discord) post(ctx context.Context, url string, body []byte, right bool) (status int, answer []byte, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	timestamp := strconv.FormatInt(d.now().Unix(), 10)
	signature := ed25519.Sign(d.webhook.key, append([]byte(timestamp), body...))
	if !right {
		signature[0] ^= 1
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Discord-Interactions/1.0 (+https://discord.com)")
	r.Header.Set("X-Signature-Timestamp", timestamp)
	r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(signature))
	resp, err := (&http.Client{Transport: d.outgoing}).Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err = io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	return resp.StatusCode, answer, err
}

// deliverOverHTTP posts an interaction; its first answer is the answer to that, unless the bot sent it
// through the API, which it may too (then with 202).
func (d *Discord) deliverOverHTTP(i *Interaction, body []byte) {
	ctx, cancel := context.WithCancel(d.ctx)
	defer cancel()
	d.wg.Go(func() { // hang up when it is too late, by this Discord's clock
		for left := AnswerWithin; left > 0 && ctx.Err() == nil; left = i.Created.Add(AnswerWithin).Sub(d.now()) {
			select {
			case <-time.After(left):
			case <-ctx.Done():
			}
		}
		cancel()
	})
	status, answer, err := d.post(ctx, d.webhook.url, body, true)
	e := Event{Kind: "rest", What: "answer to an interaction", Status: status, Body: answer}
	if err == nil && status == http.StatusOK {
		c := &call{body: answer}
		if err = d.schema.check("POST /interactions/{}/{}/callback", answer); err == nil {
			d.mu.Lock()
			if i.answered == 0 {
				err = d.first(i, c)
			}
			d.mu.Unlock()
		}
	}
	if err != nil {
		e.Refused, e.Body = err.Error(), nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.record(e)
	d.touch()
}
