package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"newsdesk/bot"
	"newsdesk/cache"
	"newsdesk/cache/redis"
	"newsdesk/desk"
	"newsdesk/queue"
	"newsdesk/summarize/llm"
	"newsdesk/words"
)

// doctorCommand is `newsdesk doctor`.
type doctorCommand struct{}

// Help is what --help says beside the flags.
func (doctorCommand) Help() string {
	return "Changes nothing. The exit code is 1 if something that is set up does not work. For instance:\n\n  newsdesk doctor"
}

// errUnwell is for the exit code: the findings are on the screen.
var errUnwell = errors.New("something that is set up does not work")

// A finding is what was found out about one part.
type finding struct {
	mark string // well, idle or ill
	part string // "Store"
	text string // what was found, and what to do
}

const (
	well = "✓" // works
	warn = "!" // works, and may not for long
	idle = "–" // not set up, and not needed
	ill  = "✗" // set up, and does not work
)

func (doctorCommand) run(ctx context.Context, p *program) error {
	var unwell bool
	for _, check := range []func(context.Context, *program) finding{checkConfig, checkStore, checkModel, checkDiscord} {
		f := check(ctx, p)
		look := map[string]style{well: good, warn: bad, idle: faint, ill: bad}[f.mark]
		p.screen.line(4, run{f.mark + " ", look}, run{f.part + "  ", strong}, run{text: f.text})
		unwell = unwell || f.mark == ill
		// A network check may take seconds; what is known is shown before it.
		if err := p.screen.flush(); err != nil {
			return err
		}
	}
	if unwell {
		return errUnwell
	}
	return nil
}

func checkConfig(_ context.Context, p *program) finding {
	f := finding{mark: well, part: p.words.Say("cli.doctor.config")}
	f.text = p.words.Say("cli.config.none")
	if p.file != "" {
		f.text = p.words.Say("cli.config.good", "File", p.file)
	}
	return f
}

func checkStore(ctx context.Context, p *program) finding {
	f := finding{mark: ill, part: p.words.Say("cli.doctor.store")}
	store, err := p.dialStore(ctx)
	if err != nil {
		f.text = p.explain(desk.About(p.storeName(), err))
		return f
	}
	p.close = append(p.close, store.Close)
	stats, err := store.Stats(ctx, cache.Local)
	if err == nil {
		err = store.Writable(ctx)
	}
	if err != nil {
		f.text = p.explain(desk.About(p.storeName(), err))
		return f
	}
	f.mark = well
	name, remarks := p.storeName(), []string(nil)
	if shared, ok := store.(*redis.Store); ok {
		if name, remarks, err = p.examine(ctx, shared, &f); err != nil {
			f.mark, f.text = ill, p.explain(desk.About(p.storeName(), err))
			return f
		}
	}
	if remark, err := p.pending(ctx, store, &f); err == nil && remark != "" {
		remarks = append(remarks, remark)
	}
	f.text = name + ": " + p.words.Say("cli.stats.stories", "Count", stats.Stories) + ", " +
		p.words.Say("cli.stats.quotes", "Count", stats.Quotes) + ", " + size(stats.Bytes)
	if len(remarks) > 0 {
		f.text += ". " + strings.Join(remarks, " ")
	}
	return f
}

// pending says what work is in hand, "" where there is none; what was given up is a warning.
func (p *program) pending(ctx context.Context, store store, f *finding) (string, error) {
	work, err := p.queue(store).Stats(ctx)
	if err != nil || work == (queue.Stats{}) {
		return "", err
	}
	text := p.words.Say("cli.doctor.queue", "Waiting", work.Waiting, "Scheduled", work.Scheduled, "InHand", work.InHand)
	if work.GivenUp > 0 {
		f.mark = warn
		text += " " + p.words.Say("cli.doctor.queue.given_up", "Count", work.GivenUp)
	}
	return text, nil
}

// examine says what a Redis is, and remarks on what would lose what it keeps; the finding's mark is that of
// the worst.
func (p *program) examine(ctx context.Context, store *redis.Store, f *finding) (name string, remarks []string, err error) {
	health, err := store.Examine(ctx)
	if err != nil {
		return "", nil, err
	}
	kind := health.Kind
	if health.Masters > 1 {
		kind = fmt.Sprintf("%s Cluster of %d,", kind, health.Masters)
	}
	if health.Evicts {
		f.mark, remarks = warn, append(remarks, p.words.Say("cli.doctor.redis.evicts", "Policy", health.Policy))
	}
	if health.Forgets {
		f.mark, remarks = warn, append(remarks, p.words.Say("cli.doctor.redis.forgets"))
	}
	if health.Old {
		f.mark, remarks = ill, append(remarks, p.words.Say("cli.doctor.redis.old"))
	}
	return p.words.Say("cli.doctor.redis.good", "Kind", kind, "Version", health.Version, "Address", p.storeName()), remarks, nil
}

func checkModel(ctx context.Context, p *program) finding {
	f := finding{mark: idle, part: p.words.Say("cli.doctor.model")}
	model := p.model()
	if model == nil {
		f.text = p.words.Say("cli.doctor.model.none")
		return f
	}
	if err := model.Check(ctx); err != nil {
		f.mark, f.text = ill, p.modelProblem(model.Model(), err)
		return f
	}
	f.mark, f.text = well, p.words.Say("cli.doctor.model.good", "Model", model.Model())
	return f
}

// modelProblem says why a model cannot be asked.
func (p *program) modelProblem(model string, err error) string {
	var refusal *llm.Refusal
	switch {
	case errors.Is(err, llm.ErrRefused):
		return p.words.Say("cli.doctor.model.refused")
	case errors.Is(err, llm.ErrUnknown):
		return p.words.Say("cli.doctor.model.unknown", "Model", model)
	case errors.Is(err, llm.ErrNoCredit):
		return p.words.Say("model.no_credit")
	case errors.Is(err, llm.ErrRejected) && errors.As(err, &refusal):
		said := refusal.Message()
		if key := string(p.config.LLM.APIKey); key != "" {
			said = strings.ReplaceAll(said, key, "…")
		}
		return p.words.Say("cli.doctor.model.rejected", "Status", refusal.Status, "Said", words.Line(strings.ToValidUTF8(said[:min(len(said), 300)], "")))
	case errors.Is(err, llm.ErrUnusable):
		return p.words.Say("cli.doctor.model.unusable", "Model", model)
	}
	return p.words.Say("cli.doctor.model.unreachable")
}

func checkDiscord(ctx context.Context, p *program) finding {
	f := finding{mark: idle, part: p.words.Say("cli.doctor.discord")}
	c := p.config.Discord
	health, err := bot.Check(ctx, bot.CheckOptions{Token: string(c.Token), APIURL: c.APIURL})
	switch {
	case errors.Is(err, bot.ErrNoToken):
		f.text = p.words.Say("cli.doctor.discord.none")
		return f
	case errors.Is(err, bot.ErrRefused):
		f.mark, f.text = ill, p.words.Say("cli.doctor.discord.refused")
		return f
	case err != nil:
		f.mark, f.text = ill, p.words.Say("cli.doctor.discord.unreachable", "Address", c.APIURL, "Reason", words.Line(err.Error()))
		return f
	}
	f.mark = well
	f.text = p.words.Say("cli.doctor.discord.good", "Name", health.Name, "Count", health.Guilds)
	f.text += " " + p.words.Say("cli.doctor.discord.invite", "Address", bot.Invite(health.ApplicationID))
	f.text += " " + p.words.Say("cli.doctor.discord.shards", "Count", health.Shards, "Left", health.SessionsLeft)
	switch {
	case c.OverHTTP() && health.Endpoint == "":
		f.mark = warn
		f.text += " " + p.words.Say("cli.doctor.discord.endpoint.none", "Address", c.HTTPAddress)
	case c.OverHTTP():
		f.text += " " + p.words.Say("cli.doctor.discord.endpoint", "Address", words.Line(health.Endpoint))
	case health.Endpoint != "":
		f.mark = warn
		f.text += " " + p.words.Say("cli.doctor.discord.endpoint.unused", "Address", words.Line(health.Endpoint))
	}
	if !health.MessageContent {
		f.text += " " + p.words.Say("cli.doctor.discord.content")
	}
	return f
}
