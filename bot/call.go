package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
)

// call asks Discord's API for something, and again when it is told to wait or the way is disturbed. The
// answer is decoded into what into points to, unless that is nil.
func (b *Bot) call(ctx context.Context, method, url, bucket string, body any, files []*discordgo.File, into any) error {
	contentType, data, err := encode(body, files)
	if err != nil {
		return err
	}
	wait := 500 * time.Millisecond
	for try := 1; ; {
		answer, err := b.session.RequestRaw(method, url, contentType, data, bucket, 0,
			discordgo.WithContext(ctx), discordgo.WithRestRetries(0), discordgo.WithRetryOnRatelimit(false))
		if err == nil {
			if into == nil || len(answer) == 0 {
				return nil
			}
			if err := json.Unmarshal(answer, into); err != nil {
				return fmt.Errorf("%w: %w", ErrUnusable, err)
			}
			return nil
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		var limited *discordgo.RateLimitError
		if errors.As(err, &limited) {
			// As often as Discord says: it is the one who counts.
			b.log.InfoContext(ctx, "rate limited", "bucket", bucket, "wait", limited.RetryAfter)
			if err := sleep(ctx, max(limited.RetryAfter, 50*time.Millisecond)); err != nil {
				return err
			}
			continue
		}
		if err, final := verdict(err); final || try == sendTries {
			return err
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
		try, wait = try+1, wait*2
	}
}

// verdict says what an error of the API means, and whether it is of no use to try again.
func verdict(err error) (error, bool) { //nolint:revive // the error is what is returned, not a failure
	var rest *discordgo.RESTError
	if !errors.As(err, &rest) {
		return fmt.Errorf("%w: %w", ErrUnreachable, err), false
	}
	code, status := 0, rest.Response.StatusCode
	text := ""
	if rest.Message != nil {
		code, text = rest.Message.Code, rest.Message.Message
	}
	about := fmt.Sprintf("status %d, code %d, %.300s", status, code, text)
	switch {
	case status >= http.StatusInternalServerError:
		return fmt.Errorf("%w: %s", ErrUnreachable, about), false
	case code == discordgo.ErrCodeUnknownMessage:
		return fmt.Errorf("%w: %s", errDeleted, about), true
	case code == discordgo.ErrCodeUnknownInteraction, code == discordgo.ErrCodeUnknownWebhook, code == discordgo.ErrCodeInvalidWebhookTokenProvided:
		return fmt.Errorf("%w: %s", errExpired, about), true
	case code == discordgo.ErrCodeMissingPermissions, code == discordgo.ErrCodeMissingAccess, code == discordgo.ErrCodeUnknownChannel,
		code == discordgo.ErrCodeCannotSendMessagesToThisUser:
		return fmt.Errorf("%w: %s", errForbidden, about), true
	case status == http.StatusUnauthorized:
		return fmt.Errorf("%w: %s", ErrRefused, about), true
	}
	return fmt.Errorf("%w: %s", errRejected, about), true
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
