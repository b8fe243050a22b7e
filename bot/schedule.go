package bot

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/desk"
	"newsdesk/digest"
	"newsdesk/summarize"
	"newsdesk/words"
)

// This file is where people say when and where the digest is posted, and whether they want it by direct message.

// dayWords are the sentences that say on which days a digest comes.
var dayWords = map[digest.Days]string{
	digest.Daily: "bot.days.daily", digest.Weekdays: "bot.days.weekdays",
	digest.Weekly(time.Monday): "bot.days.monday", digest.Weekly(time.Tuesday): "bot.days.tuesday", digest.Weekly(time.Wednesday): "bot.days.wednesday",
	digest.Weekly(time.Thursday): "bot.days.thursday", digest.Weekly(time.Friday): "bot.days.friday", digest.Weekly(time.Saturday): "bot.days.saturday",
	digest.Weekly(time.Sunday): "bot.days.sunday",
}

// inServer reports whether the archive that is meant is that of the server where something is asked.
func (in asked) inServer() bool { return in.GuildID != "" && in.guild == in.GuildID }

// digestCommand takes what is to be done about digests. Who may is decided here, and what was typed is read, so that who
// typed it hears at once what is wrong with it.
func (b *Bot) digestCommand(ctx context.Context, in asked, args map[string]string) {
	what, wrong := args[subcommand], ""
	switch {
	case what == "now":
		b.listCommand(ctx, in, privately, "digest", args)
		return
	case !in.inServer():
		wrong = in.w.Say("bot.digest.servers")
	case (what == "schedule" || what == "off") && !in.manages():
		wrong = in.w.Say("bot.digest.manage")
	case what == "schedule":
		wrong = readSchedule(args, in)
	}
	if wrong != "" {
		b.answer(ctx, in, answerMessage, private(note(amiss, wrong)))
		return
	}
	b.promise(ctx, in, privately, "digest "+what, args)
}

// readSchedule puts what was typed for a schedule into the form in which it is kept, or says what cannot be read.
func readSchedule(args map[string]string, in asked) (wrong string) {
	at, ok := timeOfDay(args["time"])
	if !ok {
		return in.w.Say("bot.digest.time.unclear", "Text", clip(args["time"], 50))
	}
	zone, ok := digest.ZoneNamed(args["timezone"])
	if !ok {
		return in.w.Say("bot.digest.zone.unclear", "Text", clip(args["timezone"], 50))
	}
	language := ""
	if typed := args["language"]; typed != "" {
		if language, ok = words.Language(typed); !ok {
			return in.w.Say("bot.language.unknown", "Text", clip(typed, 20))
		}
	}
	args["time"], args["timezone"], args["language"] = at, zone, language
	args["days"], args["channel"] = cmp.Or(args["days"], string(digest.Daily)), cmp.Or(args["channel"], in.ChannelID)
	return ""
}

// scheduleDeed sets a schedule, unless the bot may not post there.
func scheduleDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	times, err := digest.ParseTimes(e.Args["time"], e.Args["timezone"], e.Args["days"])
	if err != nil {
		return message{}, err
	}
	channel := e.Args["channel"]
	if why, err := b.unpostable(ctx, e.Guild, channel, toPost, w); why != "" || err != nil {
		return note(amiss, why), err
	}
	set, err := b.desk.SetSchedule(ctx, e.Guild, desk.Schedule{
		ID: e.Args["digest"], Channel: channel, Times: times, By: e.By, Empty: e.Args["empty"] != "",
		Length: summarize.Length(e.Args["length"]), Language: e.Args["language"],
	})
	if err != nil {
		return message{}, err
	}
	l := newLayout()
	l.say("### " + w.Say("bot.digest.set"))
	l.say(scheduleShown(set, e.Guild, w))
	l.say("-# " + w.Say("bot.digest.set.next"))
	return l.message(calm), nil
}

// unpostable says why the bot may not post in a channel of a server, "" if it may.
func (b *Bot) unpostable(ctx context.Context, guild, channel string, needed []permission, w *words.Words) (why string, err error) {
	lacks, err := b.lacks(ctx, guild, channel, needed)
	switch {
	case errors.Is(err, errNowhere):
		return w.Say("bot.digest.nowhere"), nil
	case err != nil || len(lacks) == 0:
		return "", err
	}
	for i, name := range lacks {
		lacks[i] = w.Say(name)
	}
	return w.Say("bot.digest.forbidden", "Channel", channelName(channel), "Permissions", strings.Join(lacks, ", ")), nil
}

// channelName shows a channel by the name that each reader knows, "" for none.
func channelName(id string) string {
	if !members.MatchString(id) {
		return ""
	}
	return "<#" + id + ">"
}

// scheduleShown is a schedule with what became of it.
func scheduleShown(s desk.Scheduled, guild string, w *words.Words) string {
	var set, became []string
	set = append(set, w.Say("bot.digest.when", "Days", w.Say(dayWords[s.Times.Days]), "Time", s.Times.Clock(), "Zone", clip(s.Times.Zone.String(), 60)))
	if key := lengthWords[s.Length]; key != "" {
		set = append(set, w.Say(key))
	}
	if s.Language != "" {
		set = append(set, clip(s.Language, 20))
	}
	if s.Empty {
		set = append(set, w.Say("bot.digest.empty"))
	}
	if s.Stopped {
		became = append(became, "⚠ "+w.Say("bot.digest.stopped"))
	} else if !s.Next.IsZero() {
		became = append(became, w.Say("bot.digest.next", "When", moment(s.Next, "F")))
	}
	if !s.Told.IsZero() {
		to := ""
		if s.Message != "" {
			to = jump(strings.Join([]string{guild, s.Channel, s.Message}, "/"))
		}
		became = append(became, link(w.Say("bot.digest.last", "When", moment(s.Told, "f")), to))
	}
	if s.Readers > 0 {
		became = append(became, w.Say("bot.digest.readers", "Count", s.Readers))
	}
	return dotted(w, append([]string{"**" + channelName(s.Channel) + "**"}, set...)...) + "\n-# " + cmp.Or(dotted(w, became...), w.Say("bot.digest.set"))
}

// digestStatusDeed answers which digests are scheduled, and which of them the one who asks gets by direct message.
func digestStatusDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	all, err := b.desk.Schedules(ctx, e.Guild)
	if err != nil {
		return message{}, err
	}
	own, err := b.desk.Subscriptions(ctx, e.Guild, e.By)
	if err != nil {
		return message{}, err
	}
	return digestStatus(all, own, e.Guild, w), nil
}

func digestStatus(all []desk.Scheduled, own []string, guild string, w *words.Words) message {
	if len(all) == 0 {
		return note(calm, w.Say("bot.digest.unscheduled"))
	}
	l := newLayout()
	l.say("### " + w.Say("bot.digest.title"))
	for _, s := range all {
		text := scheduleShown(s, guild, w)
		if slices.Contains(own, s.ID) {
			l.beside(text+"\n-# "+w.Say("bot.digest.yours"), stopButton(guild, s.ID, w))
		} else {
			l.say(text)
		}
	}
	l.say("-# " + w.Say("bot.digest.status.next"))
	return l.message(calm)
}

// stopButton ends somebody's subscription.
func stopButton(guild, id string, w *words.Words) discordgo.Button {
	return button(w.Say("bot.button.unsubscribe"), customID("digest", "stop", id, "", guild), discordgo.SecondaryButton)
}

// meant is the schedule that a command means: the one that was chosen, or the only one there is. Where there is none
// such, why says so.
func (b *Bot) meant(ctx context.Context, e errand, w *words.Words) (meant desk.Scheduled, why message, err error) {
	all, err := b.desk.Schedules(ctx, e.Guild)
	if err != nil {
		return meant, why, err
	}
	id := e.Args["digest"]
	at := slices.IndexFunc(all, func(s desk.Scheduled) bool { return s.ID == id })
	switch {
	case len(all) == 0:
		return meant, note(amiss, w.Say("bot.digest.unscheduled")), nil
	case id == "" && len(all) == 1:
		return all[0], why, nil
	case id == "":
		return meant, note(amiss, w.Say("bot.digest.which")), nil
	case at < 0:
		return meant, why, desk.ErrNoSchedule
	}
	return all[at], why, nil
}

// digestOffDeed takes a schedule away.
func digestOffDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	s, why, err := b.meant(ctx, e, w)
	if err != nil || s.ID == "" {
		return why, err
	}
	if err := b.desk.RemoveSchedule(ctx, e.Guild, s.ID); err != nil {
		return message{}, err
	}
	return note(calm, w.Say("bot.digest.off", "Channel", channelName(s.Channel))), nil
}

// subscribeDeed has a schedule's digests sent to whoever asks as well, and sends the first message at once: if Discord
// takes none, that is said now and not in the morning.
func subscribeDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	s, why, err := b.meant(ctx, e, w)
	if err != nil || s.ID == "" {
		return why, err
	}
	if s.Stopped {
		return note(amiss, w.Say("bot.digest.stopped")), nil
	}
	language, _, _ := strings.Cut(e.Reply.Locale, "-")
	fresh, err := b.desk.Subscribe(ctx, e.Guild, s.ID, e.By, language)
	switch {
	case err != nil:
		return message{}, err
	case !fresh:
		l := newLayout()
		l.beside(w.Say("bot.digest.subscribed.before"), stopButton(e.Guild, s.ID, w))
		return l.message(calm), nil
	}
	l := newLayout()
	l.beside(w.Say("bot.digest.welcome", "Channel", channelName(s.Channel), "When", moment(s.Next, "F")), stopButton(e.Guild, s.ID, w))
	err = b.tell(ctx, e.By, e.Reply.name(), l.message(calm))
	if errors.Is(err, errForbidden) {
		if _, err := b.desk.Unsubscribe(ctx, e.Guild, s.ID, e.By); err != nil {
			return message{}, err
		}
		return note(amiss, w.Say("bot.digest.closed")), nil
	}
	return note(calm, w.Say("bot.digest.subscribed")), err
}

// digestStopDeed ends a subscription.
func digestStopDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	ended, err := b.desk.Unsubscribe(ctx, e.Args["guild"], e.Args["digest"], e.By)
	switch {
	case err != nil:
		return message{}, err
	case !ended:
		return note(calm, w.Say("bot.digest.ended.before")), nil
	}
	return note(calm, w.Say("bot.digest.ended")), nil
}

// zoneChoices offers time zones, with what their clocks show.
func zoneChoices(typed string, now time.Time) []optionChoice {
	choices := []optionChoice{}
	for _, z := range digest.Zones(typed, maxOptions) {
		name := z.Name
		if in, err := time.LoadLocation(z.Name); err == nil {
			name += " · " + now.In(in).Format("15:04")
		}
		choices = append(choices, optionChoice{Name: label(name+" · "+z.Country, maxOption), Value: z.Name})
	}
	return choices
}

// scheduleChoices offers the schedules of a server, by the names of their channels.
func (b *Bot) scheduleChoices(ctx context.Context, in asked, typed string) []optionChoice {
	choices := []optionChoice{}
	if !in.inServer() {
		return choices
	}
	all, err := b.desk.Schedules(ctx, in.guild)
	if err != nil {
		b.log.WarnContext(ctx, "no choices", "error", err)
	}
	names := map[string]string{}
	if len(all) > 0 {
		var channels []struct{ ID, Name string }
		if err := b.call(ctx, http.MethodGet, discordgo.EndpointGuildChannels(in.guild), "guild "+in.guild, nil, nil, &channels); err != nil {
			b.log.InfoContext(ctx, "no names of channels", "error", err)
		}
		for _, c := range channels {
			names[c.ID] = "#" + c.Name + " · "
		}
	}
	for _, s := range all {
		when := in.w.Say("bot.digest.when", "Days", in.w.Say(dayWords[s.Times.Days]), "Time", s.Times.Clock(), "Zone", s.Times.Zone.String())
		if name := label(names[s.Channel]+when, maxOption); strings.Contains(strings.ToLower(name), strings.ToLower(typed)) {
			choices = append(choices, optionChoice{Name: name, Value: s.ID})
		}
	}
	return choices
}
