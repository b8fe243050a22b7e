package discordtest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Kinds of commands and of their options (Discord: application commands).
const (
	CommandSlash   = 1
	CommandUser    = 2
	CommandMessage = 3

	OptionSubcommand  = 1
	OptionGroup       = 2
	OptionString      = 3
	OptionInteger     = 4
	OptionBoolean     = 5
	OptionUser        = 6
	OptionChannel     = 7
	OptionRole        = 8
	OptionMentionable = 9
	OptionNumber      = 10
	OptionAttachment  = 11
)

// Command is what the bot registered.
type Command struct {
	ID                       string            `json:"id"`
	ApplicationID            string            `json:"application_id"`
	GuildID                  string            `json:"guild_id,omitempty"`
	Version                  string            `json:"version"`
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations"`
	Options                  []CommandOption   `json:"options,omitempty"`
	DefaultMemberPermissions *string           `json:"default_member_permissions"`
	DMPermission             *bool             `json:"dm_permission,omitempty"`
	Contexts                 []int             `json:"contexts"`
	IntegrationTypes         []int             `json:"integration_types,omitempty"`
	NSFW                     bool              `json:"nsfw"`
}

// CommandOption is an option of a command.
type CommandOption struct {
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations,omitempty"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations,omitempty"`
	Required                 bool              `json:"required,omitempty"`
	Autocomplete             bool              `json:"autocomplete,omitempty"`
	Choices                  []Choice          `json:"choices,omitempty"`
	Options                  []CommandOption   `json:"options,omitempty"`
	ChannelTypes             []int             `json:"channel_types,omitempty"`
	MinValue                 *float64          `json:"min_value,omitempty"`
	MaxValue                 *float64          `json:"max_value,omitempty"`
	MinLength                *int              `json:"min_length,omitempty"`
	MaxLength                *int              `json:"max_length,omitempty"`
}

// Choice is a value that is offered.
type Choice struct {
	Name              string            `json:"name"`
	NameLocalizations map[string]string `json:"name_localizations,omitempty"`
	Value             any               `json:"value"`
}

// Limits of commands (Discord: application command object).
const (
	maxCommands       = 100
	maxMenuCommands   = 15
	maxOptions        = 25
	maxChoices        = 25
	maxChoiceText     = 100
	maxDescription    = 100
	maxCommandSize    = 8000
	commandNameLength = 32
)

var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// command checks one command.
func (f *form) command(c Command, path ...string) {
	size := 0
	if c.Type == CommandSlash {
		f.slashName(c.Name, at(path, "name"))
		f.between(c.Description, 1, maxDescription, at(path, "description")...)
	} else {
		f.between(c.Name, 1, commandNameLength, at(path, "name")...)
		if c.Description != "" || len(c.Options) > 0 {
			f.wrong("APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", "Context menu commands cannot have description or options", at(path, "description")...)
		}
	}
	size += length(c.Name) + length(c.Description)
	for locale, name := range c.NameLocalizations {
		if c.Type == CommandSlash {
			f.slashName(name, at(path, "name_localizations", locale))
		} else {
			f.between(name, 1, commandNameLength, at(path, "name_localizations", locale)...)
		}
	}
	for locale, text := range c.DescriptionLocalizations {
		f.between(text, 1, maxDescription, at(path, "description_localizations", locale)...)
	}
	f.among(c.Contexts, ContextPrivateChannel, at(path, "contexts"))
	f.among(c.IntegrationTypes, InstallUser, at(path, "integration_types"))
	size += f.options(c.Options, 0, path)
	if size > maxCommandSize {
		f.wrong("APPLICATION_COMMAND_TOO_LARGE", fmt.Sprintf("Command exceeds maximum size (%d)", maxCommandSize), path...)
	}
}

// among notes what is not one of the kinds from 0 to last, or is named twice.
func (f *form) among(kinds []int, last int, path []string) {
	for i, k := range kinds {
		if k < 0 || k > last || slices.Contains(kinds[:i], k) {
			f.wrong("BASE_TYPE_CHOICES", fmt.Sprintf("Value must be one of 0 to %d, once.", last), at(path, index(i))...)
		}
	}
}

func (f *form) slashName(name string, path []string) {
	switch {
	case !commandName.MatchString(name):
		f.wrong("STRING_TYPE_REGEX", "String value did not match validation regex.", path...)
	case strings.ToLower(name) != name:
		f.wrong("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid", path...)
	}
}

// options checks the options of a command or subcommand and returns how large they are.
func (f *form) options(options []CommandOption, depth int, path []string) (size int) {
	f.atMost(len(options), maxOptions, at(path, "options")...)
	names, optional := map[string]bool{}, false
	for i, o := range options {
		path := at(path, "options", index(i))
		f.slashName(o.Name, at(path, "name"))
		f.between(o.Description, 1, maxDescription, at(path, "description")...)
		size += length(o.Name) + length(o.Description)
		if names[o.Name] {
			f.wrong("APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists in these options", path...)
		}
		names[o.Name] = true
		if o.Required && optional {
			f.wrong("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options", path...)
		}
		optional = optional || !o.Required
		if o.Type < OptionSubcommand || o.Type > OptionAttachment || o.Type <= OptionGroup && depth+o.Type > 2 {
			f.wrong("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Invalid option type", at(path, "type")...)
		}
		for locale, name := range o.NameLocalizations {
			f.slashName(name, at(path, "name_localizations", locale))
		}
		for locale, text := range o.DescriptionLocalizations {
			f.between(text, 1, maxDescription, at(path, "description_localizations", locale)...)
		}
		if o.Autocomplete && (len(o.Choices) > 0 || !slices.Contains([]int{OptionString, OptionInteger, OptionNumber}, o.Type)) {
			f.wrong("APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", "Autocomplete needs a string, integer or number without choices", at(path, "autocomplete")...)
		}
		size += f.choices(o.Choices, at(path, "choices"))
		size += f.options(o.Options, depth+1, path)
	}
	return size
}

// choices checks what is offered for an option and returns how large it is.
func (f *form) choices(choices []Choice, path []string) (size int) {
	f.atMost(len(choices), maxChoices, path...)
	names := map[string]bool{}
	for i, c := range choices {
		path := at(path, index(i))
		f.between(c.Name, 1, maxChoiceText, at(path, "name")...)
		size += length(c.Name)
		if names[c.Name] {
			f.wrong("APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS", "Option choice name already exists", at(path, "name")...)
		}
		names[c.Name] = true
		switch v := c.Value.(type) {
		case string:
			f.between(v, 1, maxChoiceText, at(path, "value")...)
			size += length(v)
		case float64:
		default:
			f.wrong("BASE_TYPE_REQUIRED", "This field is required", at(path, "value")...)
		}
	}
	return size
}

// complete fills in what the bot left out and what only Discord knows.
func (d *Discord) complete(c *Command, guild string, old *Command) {
	if c.Type == 0 {
		c.Type = CommandSlash
	}
	c.ApplicationID, c.GuildID = d.user.ID, guild
	if c.ID = d.ids.next(d.now()); old != nil {
		c.ID = old.ID
	}
	c.Version = d.ids.next(d.now())
	if old != nil {
		was, is := *old, *c
		was.Version, is.Version = "", ""
		if string(must(was)) == string(must(is)) {
			c.Version = old.Version
		}
	}
	if c.IntegrationTypes == nil {
		c.IntegrationTypes = []int{0}
	}
}

// own is the application in the path, if it is the bot's.
func (d *Discord) own(c *call) (guild string, err error) {
	if c.PathValue("application") != d.user.ID {
		return "", refuse(403, 20012, "You are not authorized to perform this action on this application")
	}
	if guild = c.PathValue("guild"); guild != "" {
		if _, err := d.theGuild(c); err != nil {
			return "", err
		}
	}
	return guild, nil
}

func (d *Discord) listCommands(c *call) (any, error) {
	guild, err := d.own(c)
	if err != nil {
		return nil, err
	}
	all := []Command{}
	for _, k := range d.commands {
		if k.GuildID == guild {
			all = append(all, localized(*k, c.URL.Query().Get("with_localizations") == "true"))
		}
	}
	return all, nil
}

// localized is a command as lists show it: the words of other languages only to who asks for them.
func localized(c Command, with bool) Command {
	if with {
		return c
	}
	c.NameLocalizations, c.DescriptionLocalizations = nil, nil
	var strip func([]CommandOption) []CommandOption
	strip = func(options []CommandOption) []CommandOption {
		options = slices.Clone(options)
		for i := range options {
			o := &options[i]
			o.NameLocalizations, o.DescriptionLocalizations, o.Options = nil, nil, strip(o.Options)
			o.Choices = slices.Clone(o.Choices)
			for j := range o.Choices {
				o.Choices[j].NameLocalizations = nil
			}
		}
		return options
	}
	c.Options = strip(c.Options)
	return c
}

func (d *Discord) setCommands(c *call) (any, error) {
	guild, err := d.own(c)
	if err != nil {
		return nil, err
	}
	var next []*Command
	if err := c.into(&next); err != nil {
		return nil, err
	}
	var f form
	count, names := map[int]int{}, map[string]bool{}
	for i, k := range next {
		d.complete(k, guild, d.commandNamed(guild, max(k.Type, 1), k.Name))
		f.command(*k, index(i))
		count[k.Type]++
		key := fmt.Sprint(k.Type, k.Name)
		if names[key] {
			f.wrong("APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique", index(i))
		}
		names[key] = true
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	if count[CommandSlash] > maxCommands || count[CommandUser] > maxMenuCommands || count[CommandMessage] > maxMenuCommands {
		return nil, refuse(400, 30032, "Maximum number of application commands reached (100)")
	}
	d.commands = slices.DeleteFunc(d.commands, func(k *Command) bool { return k.GuildID == guild })
	d.commands = append(d.commands, next...)
	if next == nil {
		next = []*Command{}
	}
	return next, nil
}

func (d *Discord) commandNamed(guild string, kind int, name string) *Command {
	for _, k := range d.commands {
		if k.GuildID == guild && k.Type == kind && k.Name == name {
			return k
		}
	}
	return nil
}

func (d *Discord) addCommand(c *call) (any, error) {
	guild, err := d.own(c)
	if err != nil {
		return nil, err
	}
	var k Command
	if err := c.into(&k); err != nil {
		return nil, err
	}
	old := d.commandNamed(guild, max(k.Type, 1), k.Name)
	d.complete(&k, guild, old)
	var f form
	f.command(k)
	if err := f.err(); err != nil {
		return nil, err
	}
	d.commands = append(slices.DeleteFunc(d.commands, func(o *Command) bool { return o == old }), &k)
	return k, nil
}

func (d *Discord) theCommand(c *call) (*Command, error) {
	guild, err := d.own(c)
	if err != nil {
		return nil, err
	}
	for _, k := range d.commands {
		if k.GuildID == guild && k.ID == c.PathValue("command") {
			return k, nil
		}
	}
	return nil, errCommand
}

func (d *Discord) editCommand(c *call) (any, error) {
	k, err := d.theCommand(c)
	if err != nil {
		return nil, err
	}
	next := *k
	if err := json.Unmarshal(c.body, &next); err != nil {
		return nil, errJSON
	}
	next.ID, next.Type = k.ID, k.Type
	var f form
	f.command(next)
	if err := f.err(); err != nil {
		return nil, err
	}
	next.Version = d.ids.next(d.now())
	*k = next
	return k, nil
}

func (d *Discord) deleteCommand(c *call) (any, error) {
	k, err := d.theCommand(c)
	if err != nil {
		return nil, err
	}
	d.commands = slices.DeleteFunc(d.commands, func(o *Command) bool { return o == k })
	return nil, nil
}

// Commands are what the bot registered, in all guilds and in each.
func (d *Discord) Commands() []Command {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []Command
	for _, k := range d.commands {
		all = append(all, *k)
	}
	return all
}
