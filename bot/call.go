package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	// callTries is how often something is asked for that fails for reasons of the network or the server.
	callTries = 6
	// callTime is how long one try may take.
	callTime = 30 * time.Second
	// leastWait is before another try when Discord says that it is asked too often, but not for how long.
	leastWait = 50 * time.Millisecond
)

// rateLimited is the answer that Discord is asked too often.
type rateLimited struct{ wait time.Duration }

func (e *rateLimited) Error() string { return fmt.Sprintf("rate limited for %v", e.wait) }

// call asks Discord's API for something, and again when it is told to wait or the way is disturbed. What shares a
// bucket shares a rate limit. The answer is decoded into what into points to, unless that is nil.
func (b *Bot) call(ctx context.Context, method, url, bucket string, body any, files []*discordgo.File, into any) error {
	contentType, data, err := encode(body, files)
	if err != nil {
		return err
	}
	pause := 500 * time.Millisecond
	for try := 1; ; {
		answer, err := b.once(ctx, method, url, bucket, contentType, data)
		var limited *rateLimited
		switch {
		case err == nil && (into == nil || len(answer) == 0):
			return nil
		case err == nil:
			if err := json.Unmarshal(answer, into); err != nil {
				return fmt.Errorf("%w: %w", ErrUnusable, err)
			}
			return nil
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case errors.As(err, &limited):
			// As often as Discord says: it is the one who counts.
			b.log.InfoContext(ctx, "rate limited", "bucket", bucket, "wait", limited.wait)
			if err := sleep(ctx, max(limited.wait, leastWait)); err != nil {
				return err
			}
			continue
		case !errors.Is(err, ErrUnreachable), try == callTries:
			return err
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
		try, pause = try+1, pause*2
	}
}

// once makes one request and returns what Discord answers.
func (b *Bot) once(ctx context.Context, method, url, bucket, contentType string, data []byte) ([]byte, error) {
	done, err := b.limits.take(ctx, bucket)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(data))
	if err != nil {
		done(0, nil)
		return nil, err
	}
	req.Header.Set("Authorization", b.session.Token)
	req.Header.Set("User-Agent", b.session.UserAgent)
	if data != nil {
		req.Header.Set("Content-Type", contentType)
	}
	resp, err := b.session.Client.Do(req)
	if err != nil {
		done(0, nil)
		return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	defer func() { _ = resp.Body.Close() }()
	done(resp.StatusCode, resp.Header)
	answer, err := io.ReadAll(resp.Body)
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		return nil, &rateLimited{refill(resp.Header)}
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
	case resp.StatusCode < http.StatusMultipleChoices:
		return answer, nil
	}
	return nil, verdict(resp.StatusCode, answer)
}

// verdicts say what Discord's error codes mean for the bot (Discord: JSON error codes).
var verdicts = map[int]error{
	discordgo.ErrCodeUnknownMessage:                        errDeleted,
	discordgo.ErrCodeUnknownWebhook:                        errUnheard,
	discordgo.ErrCodeUnknownInteraction:                    errExpired,
	discordgo.ErrCodeInvalidWebhookTokenProvided:           errExpired,
	discordgo.ErrCodeInteractionHasAlreadyBeenAcknowledged: errAnswered,
	discordgo.ErrCodeUnknownChannel:                        errNowhere,
	codeUnknownMember:                                      errLeft,
	discordgo.ErrCodeUnknownGuild:                          errNowhere,
	discordgo.ErrCodeMissingAccess:                         errHidden,
	discordgo.ErrCodeMissingPermissions:                    errSilenced,
	codeReplyWithoutHistory:                                errNoHistory,
	discordgo.ErrCodeThreadAlreadyCreatedForThisMessage:    errHasThread,
	discordgo.ErrCodeCannotSendMessagesToThisUser:          errForbidden,
}

// Codes that discordgo does not name: of a reply where the bot may not read what it replies to, and of somebody who is
// not in the server.
const (
	codeReplyWithoutHistory = 160002
	codeUnknownMember       = 10007
)

// verdict says what it means that the API refuses something.
func verdict(status int, answer []byte) error {
	var said struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	}
	_ = json.Unmarshal(answer, &said) // a page of somebody before Discord says nothing
	kind := verdicts[said.Code]
	switch {
	case status >= http.StatusInternalServerError:
		kind = ErrUnreachable
	case kind != nil:
	case status == http.StatusUnauthorized:
		kind = ErrRefused
	default:
		kind = errRejected
	}
	return fmt.Errorf("%w: status %d, code %d, %.300s", kind, status, said.Code, said.Message)
}

// encode is a body as JSON, or as a form where files go with it. The files are read anew each time.
func encode(body any, files []*discordgo.File) (contentType string, data []byte, err error) {
	if len(files) == 0 {
		if body == nil {
			return "", nil, nil
		}
		data, err = json.Marshal(body)
		return "application/json", data, err
	}
	for _, f := range files {
		if s, ok := f.Reader.(io.Seeker); ok {
			if _, err := s.Seek(0, io.SeekStart); err != nil {
				return "", nil, err
			}
		}
	}
	return discordgo.MultipartBodyWithJSON(body, files)
}
