package bot

import (
	"cmp"
	"context"

	"github.com/bwmarrin/discordgo"

	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/words"
)

// This file lets readers say that a quote has the wrong speaker, and moderators decide. Whether somebody is a
// moderator is looked at whenever they press a button or send a form, by the permissions that Discord then says they
// have.

// corrects reports whether the word of the one who asked holds for the archive: in a server that of its moderators,
// and everybody's in their own.
func (in asked) corrects() bool { return in.moderates() || in.owns() }

// moderator is "true" for an errand of somebody whose word holds.
func (in asked) moderator() string {
	if in.corrects() {
		return "true"
	}
	return ""
}

// moderate promises what only moderators may have done; others are told so.
func (b *Bot) moderate(ctx context.Context, in asked, h how, do string, args map[string]string) {
	if !in.corrects() {
		b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.moderators"))))
		return
	}
	b.promise(ctx, in, h, do, args)
}

// longestSpeaker is how long the name of a speaker may be, in characters.
const longestSpeaker = 100

// wrongForm asks who said a quote instead.
func (b *Bot) wrongForm(ctx context.Context, in asked, id string) {
	b.form(ctx, in, customID("wrong", id), in.w.Say("bot.wrong.title"),
		field{"speaker", in.w.Say("bot.wrong.speaker"), in.w.Say("bot.wrong.hint"), discordgo.TextInputShort, false, longestSpeaker})
}

// wrongDeed takes a reader's word on a quote's speaker to the moderators, and a moderator's for what it is.
func wrongDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	id, ref := e.quote()
	r := desk.Remark{Guild: e.Guild, Story: id, Quote: ref, Speaker: e.Args["speaker"], By: e.By}
	if e.Args["moderator"] == "" {
		if _, err := b.desk.Report(ctx, r); err != nil {
			return message{}, err
		}
		return note(calm, w.Say("bot.wrong.reported")), nil
	}
	c, err := b.desk.Correct(ctx, r)
	if err != nil {
		return message{}, err
	}
	return note(calm, w.Say("bot.wrong.corrected", "Speaker", saidBy(c, w))), nil
}

// saidBy is whom a correction names.
func saidBy(c cache.Correction, w *words.Words) string {
	return cmp.Or(clip(c.Speaker, longestSpeaker), w.Say("bot.wrong.nobody"))
}

// uncorrectDeed takes a correction back.
func uncorrectDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	id, ref := e.quote()
	if err := b.desk.Uncorrect(ctx, e.Guild, id, ref); err != nil {
		return message{}, err
	}
	return note(calm, w.Say("bot.wrong.back")), nil
}

// reportsOnPage is how many reports a message shows: five components each.
const reportsOnPage = 6

// reportsDeed lists the reports that wait for a decision, after one that was just made.
func reportsDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	if key := e.Args["key"]; key != "" {
		if err := b.desk.Decide(ctx, e.Guild, e.Args["story"], key, e.Args["holds"] != "", e.By); err != nil {
			return message{}, err
		}
	}
	reports, err := b.desk.Reports(ctx, e.Guild)
	if err != nil {
		return message{}, err
	}
	return reportList(reports, w), nil
}

func reportList(reports []desk.Reported, w *words.Words) message {
	if len(reports) == 0 {
		return note(calm, w.Say("bot.reports.none"))
	}
	l := newLayout()
	l.say("### " + w.Say("bot.reports.title", "Count", len(reports)))
	shown := reports[:min(len(reports), reportsOnPage)]
	for i, r := range shown {
		q := r.In.Quotes[r.N]
		release := l.reserve(100, 0)
		tail := "\n" + w.Say("bot.reports.says", "Who", cmp.Or(memberName(r.By), w.Say("bot.somebody")), "Speaker", saidBy(r.Correction, w), "When", moment(r.At, "R"))
		l.say(fitted(r.In.Filed(q), w, listedText, l.text/(len(shown)-i)-size(tail), "") + tail)
		release()
		l.row(
			button(w.Say("bot.button.accept"), customID("decide", "yes", r.Story, r.Quote), discordgo.SuccessButton),
			button(w.Say("bot.button.reject"), customID("decide", "no", r.Story, r.Quote), discordgo.SecondaryButton),
			button(w.Say("bot.button.other"), customID("wrong", quoteID(r.Story, q)), discordgo.SecondaryButton),
		)
	}
	if more := len(reports) - len(shown); more > 0 {
		l.say("-# " + w.Say("bot.reports.more", "Count", more))
	}
	return l.message(calm)
}
