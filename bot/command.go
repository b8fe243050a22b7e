package bot

import (
	"strconv"

	"newsdesk/digest"
	"newsdesk/words"

	"github.com/bwmarrin/discordgo"
)

// command is one as Discord is told of it.
type command struct {
	Type        discordgo.ApplicationCommandType `json:"type"`
	Name        string                           `json:"name"`
	Names       map[string]string                `json:"name_localizations,omitempty"`
	Description string                           `json:"description"`
	Described   map[string]string                `json:"description_localizations,omitempty"`
	Options     []option                         `json:"options,omitempty"`
	Permissions string                           `json:"default_member_permissions,omitempty"` // to whom Discord shows it; "" for everybody
	Contexts    []int                            `json:"contexts"`                             // where it is shown: servers, direct messages, others' messages
	Installs    []int                            `json:"integration_types"`                    // to whom it comes: servers, users
}

// option is what may be typed behind a command.
type option struct {
	Type         discordgo.ApplicationCommandOptionType `json:"type"`
	Name         string                                 `json:"name"`
	Names        map[string]string                      `json:"name_localizations,omitempty"`
	Description  string                                 `json:"description"`
	Described    map[string]string                      `json:"description_localizations,omitempty"`
	Required     bool                                   `json:"required,omitempty"`
	Autocomplete bool                                   `json:"autocomplete,omitempty"`
	MaxLength    int                                    `json:"max_length,omitempty"`
	Choices      []optionChoice                         `json:"choices,omitempty"`
	ChannelTypes []discordgo.ChannelType                `json:"channel_types,omitempty"`
	Options      []option                               `json:"options,omitempty"` // of a subcommand
}

type optionChoice struct {
	Name  string            `json:"name"`
	Names map[string]string `json:"name_localizations,omitempty"`
	Value string            `json:"value"`
}

// How long what is typed may be, in characters. A list's filters come back with its buttons, which hold
// 300 characters in all.
const (
	longestFilter   = 70
	longestFilters  = 300
	longestSource   = 40
	longestQuestion = 300
	longestClaim    = 1000
	longestURL      = maxAddress
)

// postable are the kinds of channels in which messages stand.
var postable = []discordgo.ChannelType{
	discordgo.ChannelTypeGuildText, discordgo.ChannelTypeGuildNews,
	discordgo.ChannelTypeGuildNewsThread, discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread,
}

// commands are all commands, in English, with what they are called in the other languages.
func commands() []command {
	w := words.For("en")
	say := func(key string) string { return label(w.Say(key), maxOption) }
	of := func(kind discordgo.ApplicationCommandOptionType, name, key string) option {
		return option{Type: kind, Name: name, Names: named(name), Description: say(key), Described: elsewhere(key, maxOption)}
	}
	text := func(name, key string, longest int) option {
		o := of(discordgo.ApplicationCommandOptionString, name, key)
		o.MaxLength = longest
		return o
	}
	required := func(o option) option { o.Required = true; return o }
	completed := func(o option) option { o.Autocomplete = true; return o }
	private := of(discordgo.ApplicationCommandOptionBoolean, "private", "bot.option.private")
	as := func(o option, key string) option {
		o.Description, o.Described = say(key), elsewhere(key, maxOption)
		return o
	}
	unshared := as(private, "bot.option.unshared")
	article := completed(text("article", "bot.option.article", maxOption))
	speaker := completed(text("speaker", "bot.option.speaker", longestFilter))
	about := text("about", "bot.option.about", longestFilter)
	source := text("source", "bot.option.source", longestSource)
	since := text("since", "bot.option.since", 20)
	sub := func(name, key string, options ...option) option {
		o := of(discordgo.ApplicationCommandOptionSubCommand, name, key)
		o.Options = options
		return o
	}
	length := text("length", "bot.option.length", 0)
	for _, l := range lengths {
		length.Choices = append(length.Choices, optionChoice{say(lengthWords[l]), elsewhere(lengthWords[l], maxOption), string(l)})
	}
	days := text("days", "bot.option.days", 0)
	for _, d := range digest.AllDays() {
		days.Choices = append(days.Choices, optionChoice{say(dayWords[d]), elsewhere(dayWords[d], maxOption), string(d)})
	}
	scheduled := completed(text("digest", "bot.option.digest", maxOption))
	channel := of(discordgo.ApplicationCommandOptionChannel, "channel", "bot.option.channel")
	channel.ChannelTypes = postable
	instead := as(scheduled, "bot.option.digest.instead")
	slash := func(name, key string, options ...option) command {
		return command{
			Type: discordgo.ChatApplicationCommand, Name: name, Names: named(name), Description: say(key), Described: elsewhere(key, maxOption),
			Options: options, Contexts: []int{0, 1, 2}, Installs: []int{0, 1},
		}
	}
	inServers := func(c command) command {
		c.Contexts, c.Installs = []int{0}, []int{0}
		return c
	}
	forManagers := func(c command) command {
		c.Permissions = strconv.Itoa(discordgo.PermissionManageGuild)
		return c
	}
	menu := func(key string) command {
		return command{
			Type: discordgo.MessageApplicationCommand, Name: menuName(w, key), Names: elsewhere(key, maxName),
			Contexts: []int{0, 1, 2}, Installs: []int{0, 1},
		}
	}
	feedChannel := of(discordgo.ApplicationCommandOptionChannel, "channel", "bot.option.feed.channel")
	feedChannel.ChannelTypes = postable
	return []command{
		slash("summarize", "bot.command.summarize",
			text("url", "bot.option.url", longestURL), of(discordgo.ApplicationCommandOptionAttachment, "file", "bot.option.file"),
			length, text("language", "bot.option.language", 3), unshared),
		slash("quotes", "bot.command.quotes",
			speaker, about, since, source, article, private),
		slash("ask", "bot.command.ask", required(text("question", "bot.option.question", longestQuestion)), article, private),
		slash("articles", "bot.command.articles", about, since, source,
			of(discordgo.ApplicationCommandOptionUser, "shared_by", "bot.option.shared_by"), private),
		slash("speakers", "bot.command.speakers", since, private),
		slash("verify", "bot.command.verify", text("claim", "bot.option.claim", longestClaim),
			text("quote", "bot.option.quote", longestClaim), speaker, article, private),
		slash("forget", "bot.command.forget",
			sub("article", "bot.forget.command.article", required(article)), sub("shares", "bot.forget.command.shares"),
			sub("speaker", "bot.forget.command.speaker", required(speaker)), sub("everything", "bot.forget.command.everything")),
		slash("digest", "bot.command.digest",
			sub("now", "bot.digest.command.now", since, length),
			sub("schedule", "bot.digest.command.schedule",
				required(text("time", "bot.option.time", 20)), required(completed(text("timezone", "bot.option.timezone", maxOption))),
				channel,
				days, length, text("language", "bot.option.wording", 3),
				of(discordgo.ApplicationCommandOptionBoolean, "empty", "bot.option.empty"), instead),
			sub("status", "bot.digest.command.status"),
			sub("off", "bot.digest.command.off", scheduled), sub("subscribe", "bot.digest.command.subscribe", scheduled)),
		inServers(slash("feed", "bot.command.feed",
			sub("add", "bot.feed.command.add", required(text("url", "bot.option.feed.url", longestURL)),
				feedChannel,
				text("words", "bot.option.feed.words", longestFilters), text("speakers", "bot.option.feed.speakers", longestFilters)),
			sub("list", "bot.feed.command.list"),
			sub("remove", "bot.feed.command.remove", required(completed(text("feed", "bot.option.feed", longestURL)))))),
		slash("follow", "bot.command.follow",
			sub("add", "bot.follow.command.add", speaker, about, as(channel, "bot.option.news")), sub("list", "bot.follow.command.list")),
		slash("help", "bot.command.help"),
		slash("privacy", "bot.command.privacy"),
		slash("status", "bot.command.status"),
		slash("reports", "bot.command.reports"),
		forManagers(inServers(slash("settings", "bot.command.settings"))),
		menu("bot.menu.summarize"),
		menu("bot.menu.quotes"),
	}
}

// menuName is what a message menu is called.
func menuName(w *words.Words, key string) string { return label(w.Say(key), maxName) }
