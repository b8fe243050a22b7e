package desk

import (
	"regexp"
	"strings"

	"newsdesk/cache"
	"newsdesk/desk/evidence"
)

// Thread is what a follow-up question goes on from. Whoever converses keeps the thread of the last answer and gives
// it back with the next question ([Question.After]).
type Thread struct {
	Story   *cache.Story // the article in hand: what the last answer rests on; nil if it rests on none
	Speaker string       // who was asked about, or whose words were the answer; "" if nobody
}

// pronouns stand for whoever the conversation is about.
var pronouns = regexp.MustCompile(`(?i)\b(he|she|they|er|sie|il|elle|ils|elles|él|ella|ellos)\b`)

// onward opens a question that only names a further topic ("And about the budget?").
var onward = regexp.MustCompile(`(?i)^(?:and )?(?:what|how) (?:else )?about (.+)$|^and (?:what )?(?:about|on) (.+)$|^und (?:was ist mit|über|zu|zum|zur) (.+)$|^et (?:sur|à propos de) (.+)$|^y (?:sobre|de) (.+)$`)

// goOn reads a question as one that follows upon the thread.
func (t *Thread) goOn(text string, asked evidence.Question) evidence.Question {
	if t == nil || t.Speaker == "" {
		return asked
	}
	trimmed := strings.Trim(strings.TrimSpace(text), "?!.¿¡ ")
	if m := onward.FindStringSubmatch(trimmed); m != nil {
		return evidence.Question{Kind: evidence.WhatSaid, Speaker: t.Speaker, Topic: strings.Join(m[1:], ""), Since: asked.Since, Language: asked.Language}
	}
	if asked.Kind == evidence.WhatSaid && asked.Speaker == "" && pronouns.MatchString(trimmed) {
		asked.Speaker = t.Speaker
	}
	return asked
}

// thread returns what a question may go on from behind an answer.
func thread(asked evidence.Question, a Answer, stories []cache.Story, before *Thread) *Thread {
	t := &Thread{}
	if before != nil {
		*t = *before // a question without an answer ends no conversation
	}
	switch {
	case len(a.Quotes) > 0:
		t.Speaker = a.Quotes[0].Speaker
		t.hold(stories, a.Quotes[0].Article)
	case len(a.Sources) > 0:
		t.hold(stories, a.Sources[0].Article)
	}
	if asked.Speaker != "" && t.Speaker == "" {
		t.Speaker = asked.Speaker
	}
	return t
}

// hold takes an article in hand.
func (t *Thread) hold(stories []cache.Story, article string) {
	for i := range stories {
		if cache.Name(&stories[i].Article) == article {
			t.Story = &stories[i]
			return
		}
	}
}
