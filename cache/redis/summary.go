package redis

import (
	"context"
	"errors"
	"fmt"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/summarize"
)

// Summary returns what a model wrote of an article that was filed, in whatever guild may see it, under a summary's key;
// else cache.ErrNotFound. It is kept for cache.KeepSummaries after the last that was written of the article.
func (s *Store) Summary(ctx context.Context, guild string, a *article.Article, key string) (summarize.Summary, error) {
	if err := ctx.Err(); err != nil {
		return summarize.Summary{}, s.mapped("read", err)
	}
	k := s.keys.story(cache.Owner(a, guild), cache.StoryID(a))
	data, err := s.client.HGet(ctx, k.summaries(), cache.SummaryKey(a.Text, key)).Bytes()
	if errors.Is(err, goredis.Nil) {
		err = fmt.Errorf("summary: %w", cache.ErrNotFound)
	}
	if err != nil {
		return summarize.Summary{}, s.mapped("read", err)
	}
	written, err := cache.UnmarshalSummary(data)
	return written, s.mapped("read", err)
}

// writeSummary keeps the summary of a story if a model wrote it.
func writeSummary(ctx context.Context, pipe goredis.Pipeliner, k storyKeys, story cache.Story) error {
	if !cache.Written(story) {
		return nil
	}
	data, err := cache.MarshalSummary(story.Summary)
	if err != nil {
		return err
	}
	pipe.HSet(ctx, k.summaries(), cache.SummaryKey(story.Article.Text, story.Summary.Key), data)
	pipe.Expire(ctx, k.summaries(), cache.KeepSummaries)
	return nil
}
