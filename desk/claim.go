package desk

import (
	"context"
	"strings"

	"newsdesk/article"
	"newsdesk/summarize/ground"
)

// CheckClaim tells whether an article bears a sentence out. It asks no model; see [ground] for how.
func (d *Desk) CheckClaim(_ context.Context, claim string, a *article.Article) (ground.Verdict, error) {
	if strings.TrimSpace(claim) == "" {
		return ground.Verdict{}, ErrNoClaim
	}
	return ground.Check(claim, a), nil
}
