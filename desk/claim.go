package desk

import (
	"context"
	"fmt"
	"strings"

	"newsdesk/article"
	"newsdesk/cache"
	"newsdesk/summarize"
	"newsdesk/summarize/ground"
	"newsdesk/words"
)

// Claim is a sentence that is held against what is filed.
type Claim struct {
	Text  string
	Guild string       // whose filed stories are looked through, unless Story is set
	Story *cache.Story // the only story to look into; nil for everything filed
}

// ClaimVerdict is what became of a [Claim].
type ClaimVerdict struct {
	ground.Verdict
	Story   *cache.Story       // the one that bears it out, or comes nearest to that; nil if none has a word of it
	Sources []summarize.Source // the sentences of that story that hold most of it, two at most; none where its title does
}

// claimStories is how many filed stories a claim is held against: those that share most of its words.
const claimStories = 12

// CheckClaim tells whether an article bears a sentence out. It asks no model; see [ground] for how.
func (d *Desk) CheckClaim(_ context.Context, claim string, a *article.Article) (ground.Verdict, error) {
	if strings.TrimSpace(claim) == "" {
		return ground.Verdict{}, ErrNoClaim
	}
	return ground.Check(claim, a), nil
}

// TraceClaim is [Desk.CheckClaim] against what is filed, and says which story and which of its sentences a claim
// rests on. One story that bears it out is enough.
func (d *Desk) TraceClaim(ctx context.Context, c Claim) (ClaimVerdict, error) {
	if strings.TrimSpace(c.Text) == "" {
		return ClaimVerdict{}, ErrNoClaim
	}
	stories, err := d.storiesOn(ctx, c)
	if err != nil {
		return ClaimVerdict{}, err
	}
	var best ClaimVerdict
	for i := range stories {
		a := &stories[i].Article
		source := ground.Prepare(a)
		v := ClaimVerdict{Verdict: source.Check(c.Text), Story: &stories[i]}
		if best.Story != nil && !v.better(best) {
			continue
		}
		for _, span := range source.Bearing(c.Text) {
			v.Sources = append(v.Sources, summarize.Source{Span: span, Text: a.Slice(span), Article: cache.Name(a)})
		}
		best = v
	}
	return best, nil
}

// better reports whether v says more for a claim than w does.
func (v ClaimVerdict) better(w ClaimVerdict) bool {
	if v.Supported != w.Supported {
		return v.Supported
	}
	return v.Score > w.Score
}

// storiesOn are the stories that a claim is held against.
func (d *Desk) storiesOn(ctx context.Context, c Claim) ([]cache.Story, error) {
	if c.Story != nil {
		return []cache.Story{*c.Story}, nil
	}
	if d.store == nil {
		return nil, ErrNoStore
	}
	stories, err := d.store.Search(ctx, c.Guild, c.Text, claimStories)
	if err != nil {
		return nil, fmt.Errorf("search the store: %w", err)
	}
	return stories, nil
}

// reasons are the sentences for what is wrong with a claim.
var reasons = map[ground.Kind]string{
	ground.Quotation: "reason.quotation",
	ground.Number:    "reason.number",
	ground.Name:      "reason.name",
	ground.Role:      "reason.role",
	ground.Speaker:   "reason.speaker",
	ground.Voice:     "reason.voice",
	ground.Surer:     "reason.surer",
	ground.Negation:  "reason.negation",
	ground.Unborne:   "reason.unborne",
	ground.Stitched:  "reason.stitched",
	ground.Elsewhere: "reason.elsewhere",
}

// SayReason puts into words what is wrong with a claim.
func SayReason(w *words.Words, r ground.Reason) string {
	return w.Say(reasons[r.Kind], "Words", r.Words)
}
