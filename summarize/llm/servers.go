package llm

import (
	"context"
	"errors"

	"newsdesk/article"
	"newsdesk/quote"
	"newsdesk/summarize"
)

// Servers are several models of which the next is asked when one fails. What a model says and the article does not
// bear out is no failure of a server: another one is not asked for it.
type Servers []*Client

// Model returns the name of the model that is asked first.
func (s Servers) Model() string { return s[0].Model() }

// Summarize is [Client.Summarize] of the first server that answers. The tokens are those of all that were asked.
func (s Servers) Summarize(ctx context.Context, a *article.Article, quotes []quote.Quote, r Request) (summarize.Summary, error) {
	var in, out int
	summary, err := first(ctx, s, func(c *Client) (summarize.Summary, error) {
		summary, err := c.Summarize(ctx, a, quotes, r)
		in, out = in+summary.TokensIn, out+summary.TokensOut
		return summary, err
	})
	summary.TokensIn, summary.TokensOut = in, out
	return summary, err
}

// Answer is [Client.Answer] of the first server that answers.
func (s Servers) Answer(ctx context.Context, question string, evidence []Evidence, language string) (Answer, error) {
	var in, out int
	answer, err := first(ctx, s, func(c *Client) (Answer, error) {
		answer, err := c.Answer(ctx, question, evidence, language)
		in, out = in+answer.TokensIn, out+answer.TokensOut
		return answer, err
	})
	answer.TokensIn, answer.TokensOut = in, out
	return answer, err
}

// Check is [Client.Check] of the first server that answers.
func (s Servers) Check(ctx context.Context) error {
	_, err := first(ctx, s, func(c *Client) (struct{}, error) { return struct{}{}, c.Check(ctx) })
	return err
}

// first asks one server after the other, as long as they fail and somebody waits. Of several errors it returns the
// first server's, which is the one that was meant to work.
func first[T any](ctx context.Context, servers Servers, ask func(*Client) (T, error)) (T, error) {
	var value T
	var failed error
	for _, c := range servers {
		got, err := ask(c)
		if err == nil || errors.Is(err, ErrUnsupported) || ctx.Err() != nil {
			return got, err
		}
		if failed == nil {
			value, failed = got, err
		}
	}
	return value, failed
}
