package redis

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// calm is a client whose scripts wait a moment when the server is away: asynq asks again at once, as often as a
// processor can.
type calm struct{ goredis.UniversalClient }

// EvalSha runs a script by its digest, as all of asynq's are.
func (c calm) EvalSha(ctx context.Context, sha string, keys []string, args ...any) *goredis.Cmd {
	cmd := c.UniversalClient.EvalSha(ctx, sha, keys, args...)
	var network net.Error
	if err := cmd.Err(); errors.As(err, &network) || goredis.IsLoadingError(err) {
		timer := time.NewTimer(Poll)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
	}
	return cmd
}

// logger is asynq's log, a level below what it thinks of itself: what matters of its work is logged here.
type logger struct{ log *slog.Logger }

func (l logger) Debug(...any)      {}
func (l logger) Info(args ...any)  { l.log.Debug("asynq: " + fmt.Sprint(args...)) }
func (l logger) Warn(args ...any)  { l.log.Debug("asynq: " + fmt.Sprint(args...)) }
func (l logger) Error(args ...any) { l.log.Warn("asynq: " + fmt.Sprint(args...)) }

// Fatal ends nothing: that is for the program to decide.
func (l logger) Fatal(args ...any) { l.log.Error("asynq: " + fmt.Sprint(args...)) }
