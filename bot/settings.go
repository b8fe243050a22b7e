package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/cache"
	"newsdesk/desk"
	"newsdesk/summarize"
	"newsdesk/words"
)

// This file is the panel of a server's settings. What is chosen on it is set by an errand, which shows the panel again.

// option is what can be chosen of a setting: its value, and the sentences for what it is called and what it means.
type settingOption struct{ value, name, means string }

// setting is one with a menu of its own on the panel.
type setting struct {
	set     desk.Setting
	title   string // the sentence above its menu
	options func(*words.Words) []settingOption
	now     func(desk.Settings) string // the value that holds
}

// ways are what can be done with the links of a channel.
func ways(w *words.Words) []settingOption {
	return []settingOption{
		{"", w.Say("bot.settings.watch.off"), w.Say("bot.settings.watch.off.means")},
		{string(desk.WatchOffer), w.Say("bot.settings.watch.offer", "Emoji", offered), w.Say("bot.settings.watch.offer.means")},
		{string(desk.WatchReply), w.Say("bot.settings.watch.reply"), w.Say("bot.settings.watch.reply.means")},
		{string(desk.WatchThread), w.Say("bot.settings.watch.thread"), w.Say("bot.settings.watch.thread.means")},
	}
}

// languages are those that the panel offers, each by the name that it has for itself.
var languages = []settingOption{
	{value: "ar", name: "العربية"}, {value: "zh", name: "中文"}, {value: "cs", name: "Čeština"}, {value: "da", name: "Dansk"},
	{value: "de", name: "Deutsch"}, {value: "en", name: "English"}, {value: "es", name: "Español"}, {value: "fr", name: "Français"},
	{value: "hi", name: "हिन्दी"}, {value: "it", name: "Italiano"}, {value: "ja", name: "日本語"}, {value: "ko", name: "한국어"},
	{value: "nl", name: "Nederlands"}, {value: "nb", name: "Norsk bokmål"}, {value: "pl", name: "Polski"}, {value: "pt", name: "Português"},
	{value: "ro", name: "Română"}, {value: "fi", name: "Suomi"}, {value: "sv", name: "Svenska"}, {value: "tr", name: "Türkçe"},
	{value: "el", name: "Ελληνικά"}, {value: "uk", name: "Українська"},
}

// either are the options of what is on or off.
func either(off, on string) func(*words.Words) []settingOption {
	return func(w *words.Words) []settingOption {
		return []settingOption{{"", w.Say(off), ""}, {"true", w.Say(on), ""}}
	}
}

// onOff is the value of what is on or off.
func onOff(on bool) string {
	if on {
		return "true"
	}
	return ""
}

// panelSettings are the settings on the panel, in their order.
var panelSettings = []setting{
	{desk.SetLength, "bot.settings.length", func(w *words.Words) (all []settingOption) {
		for _, l := range lengths {
			all = append(all, settingOption{string(l), w.Say(lengthWords[l]), ""})
		}
		return all
	}, func(s desk.Settings) string { return string(s.Length) }},
	{desk.SetLanguage, "bot.settings.language", func(w *words.Words) []settingOption {
		return append([]settingOption{{"", w.Say("bot.settings.language.own"), ""}}, languages...)
	}, func(s desk.Settings) string { return s.Language }},
	{desk.SetNoModel, "bot.settings.model", either("bot.settings.model.on", "bot.settings.model.off"), func(s desk.Settings) string { return onOff(s.NoModel) }},
	{desk.SetTokens, "bot.settings.tokens", func(w *words.Words) []settingOption {
		all := []settingOption{{"", w.Say("bot.settings.tokens.any"), ""}}
		for _, n := range []int{10_000, 50_000, 100_000, 500_000, 1_000_000, 5_000_000} {
			all = append(all, settingOption{strconv.Itoa(n), w.Say("bot.settings.tokens.most", "Count", n), ""})
		}
		return all
	}, func(s desk.Settings) string {
		if s.Tokens == 0 {
			return ""
		}
		return strconv.Itoa(s.Tokens)
	}},
	{desk.SetRetention, "bot.settings.retention", func(w *words.Words) (all []settingOption) {
		for _, days := range []int{7, 30, 90, 180, 365, 730} {
			all = append(all, settingOption{strconv.Itoa(days), w.Say("bot.settings.retention.days", "Count", days), ""})
		}
		return append(all, settingOption{cache.Forever, w.Say("bot.settings.retention.forever"), ""})
	}, func(s desk.Settings) string {
		if s.Retention == 0 {
			return cache.Forever
		}
		return strconv.Itoa(int(s.Retention / (24 * time.Hour)))
	}},
	{desk.SetBots, "bot.settings.bots", either("bot.settings.bots.no", "bot.settings.bots.yes"), func(s desk.Settings) string { return onOff(s.Bots) }},
	{desk.SetAnywhere, "bot.settings.anywhere", either("bot.settings.anywhere.no", "bot.settings.anywhere.yes"), func(s desk.Settings) string { return onOff(s.Anywhere) }},
}

// settingsCommand opens the panel.
func (b *Bot) settingsCommand(ctx context.Context, in asked) {
	if b.mayset(ctx, in) {
		b.promise(ctx, in, privately, "settings", nil)
	}
}

// settingChosen takes what was chosen on the panel: a channel, or the value of a setting.
func (b *Bot) settingChosen(ctx context.Context, in asked, what, channel string, values []string) {
	if len(values) != 1 || !b.mayset(ctx, in) {
		return
	}
	args := map[string]string{"set": what, "value": values[0]}
	switch what {
	case "channel":
		args = map[string]string{"channel": values[0]}
	case "watch":
		args["channel"] = channel
	}
	if args["value"] == nothing {
		args["value"] = ""
	}
	b.promise(ctx, in, inPlace, "settings", args)
}

// nothing is the value of an option of a menu that takes a setting back; Discord's may not be empty.
const nothing = "-"

// mayset reports whether the one who asked may change the server's settings, and tells them if not.
func (b *Bot) mayset(ctx context.Context, in asked) bool {
	if in.inServer() && in.manages() {
		return true
	}
	b.answer(ctx, in, answerMessage, private(note(amiss, in.w.Say("bot.forget.manage"))))
	return false
}

// settingsDeed sets what was chosen, and shows how the server is set.
func settingsDeed(ctx context.Context, b *Bot, e errand, w *words.Words, _ func(message)) (message, error) {
	p := panel{content: b.readsContent()}
	var err error
	switch {
	case e.Args["set"] == "watch":
		p.said, err = b.watchChannel(ctx, e, w)
	case e.Args["set"] != "":
		p.said, err = b.set(ctx, e, w)
	default:
		p.channel = e.Args["channel"]
	}
	if err != nil {
		return message{}, err
	}
	if p.Settings, err = b.desk.SettingsNow(ctx, e.Guild); err != nil {
		return message{}, err
	}
	return p.message(w), nil
}

// set sets what an errand says, and says so.
func (b *Bot) set(ctx context.Context, e errand, w *words.Words) (said string, err error) {
	i := slices.IndexFunc(panelSettings, func(s setting) bool { return string(s.set) == e.Args["set"] })
	if i < 0 {
		return "", fmt.Errorf("%w: %.40q", desk.ErrSetting, e.Args["set"])
	}
	s := panelSettings[i]
	options := s.options(w)
	chosen := slices.IndexFunc(options, func(o settingOption) bool { return o.value == e.Args["value"] })
	if chosen < 0 {
		return "", fmt.Errorf("%w: %s to %.40q", desk.ErrSetting, s.set, e.Args["value"])
	}
	if err := b.desk.Set(ctx, e.Guild, s.set, e.Args["value"]); err != nil {
		return "", err
	}
	return well + " " + w.Say("bot.settings.done", "What", w.Say(s.title), "Value", options[chosen].name), nil
}

// watchChannel has a channel watched as an errand says, where the bot may do there what that takes, and says so.
func (b *Bot) watchChannel(ctx context.Context, e errand, w *words.Words) (said string, err error) {
	channel, do := e.Args["channel"], desk.Watching(e.Args["value"])
	if !members.MatchString(channel) {
		return "", fmt.Errorf("%w: channel %.40q", desk.ErrSetting, channel)
	}
	if do != "" {
		if why, err := b.unpostable(ctx, e.Guild, channel, toWatch(do), w); err != nil || why != "" {
			return warning + " " + why, err
		}
	}
	if err = b.beginWatch(ctx, e, channel, do); errors.Is(err, desk.ErrManyWatched) {
		return warning + " " + w.Say("bot.settings.many"), nil
	}
	if err != nil {
		return "", err
	}
	options := ways(w)
	i := slices.IndexFunc(options, func(o settingOption) bool { return o.value == string(do) })
	return well + " " + w.Say("bot.settings.done", "What", channelName(channel), "Value", options[max(i, 0)].name), nil
}

// panel is how a server is set.
type panel struct {
	desk.Settings
	channel string // of which it is asked what is done there; "" for none
	said    string // of what was just chosen
	content bool   // the bot may read what people write
}

// shownWatched is how many watched channels are listed.
const shownWatched = 25

func (p panel) message(w *words.Words) message {
	l := newLayout()
	l.say("### " + w.Say("bot.settings.title") + "\n" + p.said)
	if !p.content {
		l.say(warning + " " + w.Say("bot.settings.blind"))
	}
	l.say(p.channels(w))
	choose := discordgo.SelectMenu{
		MenuType: discordgo.ChannelSelectMenu, CustomID: customID("set", "channel"), Placeholder: label(w.Say("bot.settings.channel"), maxPlaceholder),
		ChannelTypes: []discordgo.ChannelType{discordgo.ChannelTypeGuildText, discordgo.ChannelTypeGuildNews},
	}
	if p.channel != "" {
		choose.DefaultValues = []discordgo.SelectMenuDefaultValue{{ID: p.channel, Type: discordgo.SelectMenuDefaultValueChannel}}
	}
	l.menu(choose)
	if p.channel != "" {
		l.say(w.Say("bot.settings.watch", "Channel", channelName(p.channel)))
		l.menu(optionMenu(customID("set", "watch", p.channel), w.Say("bot.settings.watch.hint"), ways(w), string(p.Watched[p.channel])))
	}
	l.rule()
	for _, s := range panelSettings {
		l.say("**" + w.Say(s.title) + "**")
		l.menu(optionMenu(customID("set", string(s.set)), w.Say(s.title), s.options(w), s.now(p.Settings)))
	}
	return l.message(calm)
}

// channels are the watched channels as a list.
func (p panel) channels(w *words.Words) string {
	if len(p.Watched) == 0 {
		return "**" + w.Say("bot.settings.watched") + "**\n" + w.Say("bot.settings.watched.none")
	}
	names := map[desk.Watching]string{}
	for _, o := range ways(w) {
		names[desk.Watching(o.value)] = o.name
	}
	lines := []string{"**" + w.Say("bot.settings.watched") + "**"}
	for i, id := range slices.Sorted(maps.Keys(p.Watched)) {
		if i == shownWatched {
			lines = append(lines, w.Say("bot.settings.watched.more", "Count", len(p.Watched)-i))
			break
		}
		lines = append(lines, "- "+dotted(w, channelName(id), names[p.Watched[id]]))
	}
	return strings.Join(lines, "\n")
}

// optionMenu is a menu of options, one of which holds; where another value does, that stands beside the menu's title.
func optionMenu(id, title string, options []settingOption, now string) discordgo.SelectMenu {
	menu := discordgo.SelectMenu{MenuType: discordgo.StringSelectMenu, CustomID: id, Placeholder: label(title, maxPlaceholder)}
	listed := false
	for _, o := range options {
		value := o.value
		if value == "" {
			value = nothing
		}
		listed = listed || o.value == now
		menu.Options = append(menu.Options, discordgo.SelectMenuOption{
			Label: label(o.name, maxOption), Value: value, Description: label(o.means, maxOption), Default: o.value == now,
		})
	}
	if !listed { // it was set in another way
		menu.Placeholder = label(title+" · "+now, maxPlaceholder)
	}
	return menu
}

// settings are those that hold where an errand came from: the server's, also for what only one person sees there.
func (b *Bot) settings(ctx context.Context, e errand) desk.Settings {
	guild := e.Guild
	if e.Reply.Server != "" {
		guild = e.Reply.Server
	}
	set, err := b.desk.Settings(ctx, guild)
	if err != nil {
		b.log.WarnContext(ctx, "settings not read", "error", err)
		return desk.Settings{Length: summarize.Standard, NoModel: true}
	}
	return set
}
