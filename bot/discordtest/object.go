package discordtest

import (
	"encoding/json"
	"strings"
	"time"
)

// User is a person, or the bot.
type User struct {
	ID            string  `json:"id"`
	Username      string  `json:"username"`
	Discriminator string  `json:"discriminator"`
	GlobalName    *string `json:"global_name"`
	Avatar        *string `json:"avatar"`
	Bot           bool    `json:"bot,omitempty"`
	PublicFlags   int     `json:"public_flags"`

	// Locale is the language that their Discord speaks; "" for en-US.
	Locale string `json:"-"`
	// NoDMs refuses direct messages of the bot.
	NoDMs bool `json:"-"`

	installed bool // has the bot among their apps
}

// Kinds of channels (Discord: channel object, channel types).
const (
	ChannelText         = 0
	ChannelDM           = 1
	ChannelGroupDM      = 3
	ChannelAnnouncement = 5
	ChannelThread       = 11
)

// Channel is a place for messages: a channel of a guild, a thread, a person's direct messages.
type Channel struct {
	ID             string          `json:"id"`
	Type           int             `json:"type"`
	GuildID        string          `json:"guild_id,omitempty"`
	Name           string          `json:"name,omitempty"`
	ParentID       string          `json:"parent_id,omitempty"`
	OwnerID        string          `json:"owner_id,omitempty"`
	LastMessageID  string          `json:"last_message_id,omitempty"`
	Position       int             `json:"position"`
	NSFW           bool            `json:"nsfw"`
	Overwrites     []Overwrite     `json:"permission_overwrites"`
	Recipients     []*User         `json:"recipients,omitempty"`
	ThreadMetadata *ThreadMetadata `json:"thread_metadata,omitempty"`
	MessageCount   int             `json:"message_count,omitempty"`

	d *Discord
}

// ThreadMetadata is what only threads have.
type ThreadMetadata struct {
	Archived            bool      `json:"archived"`
	AutoArchiveDuration int       `json:"auto_archive_duration"`
	ArchiveTimestamp    time.Time `json:"archive_timestamp"`
	Locked              bool      `json:"locked"`
}

// Message is what people read. Messages that this package hands out are copies of how they were then.
type Message struct {
	ID              string          `json:"id"`
	ChannelID       string          `json:"channel_id"`
	GuildID         string          `json:"guild_id,omitempty"` // only in events
	Member          *Member         `json:"member,omitempty"`   // only in events
	Type            int             `json:"type"`
	Author          *User           `json:"author"`
	Content         string          `json:"content"`
	Timestamp       time.Time       `json:"timestamp"`
	EditedTimestamp *time.Time      `json:"edited_timestamp"`
	Flags           int             `json:"flags"`
	Embeds          []Embed         `json:"embeds"`
	Components      []Component     `json:"components"`
	Attachments     []Attachment    `json:"attachments"`
	Mentions        []*User         `json:"mentions"`
	MentionRoles    []string        `json:"mention_roles"`
	MentionEveryone bool            `json:"mention_everyone"`
	TTS             bool            `json:"tts"`
	Pinned          bool            `json:"pinned"`
	Nonce           json.RawMessage `json:"nonce,omitempty"`
	Reactions       []Reaction      `json:"reactions,omitempty"`
	Reference       *Reference      `json:"message_reference,omitempty"`
	Referenced      *Message        `json:"referenced_message,omitempty"`
	Thread          *Channel        `json:"thread,omitempty"`
	WebhookID       string          `json:"webhook_id,omitempty"`
	ApplicationID   string          `json:"application_id,omitempty"`
	Interaction     *Cause          `json:"interaction_metadata,omitempty"`

	VisibleTo string `json:"-"` // the only user who sees it, by id; "" for everyone in the channel
	Deleted   bool   `json:"-"`
	Edits     int    `json:"-"` // how often it was changed

	interaction *Interaction // that it answers
}

// Flags of messages (Discord: message object, message flags).
const (
	FlagSuppressEmbeds = 1 << 2
	FlagEphemeral      = 1 << 6
	FlagLoading        = 1 << 7 // "… is thinking"
	FlagSilent         = 1 << 12
	FlagComponentsV2   = 1 << 15
)

// Cause is the interaction that a message came of.
type Cause struct {
	ID     string `json:"id"`
	Type   int    `json:"type"`
	Name   string `json:"name,omitempty"`
	User   *User  `json:"user"`
	Owners owners `json:"authorizing_integration_owners"`
}

// Reference is the message that another replies to.
type Reference struct {
	Type            int    `json:"type"`
	MessageID       string `json:"message_id,omitempty"`
	ChannelID       string `json:"channel_id,omitempty"`
	GuildID         string `json:"guild_id,omitempty"`
	FailIfNotExists *bool  `json:"fail_if_not_exists,omitempty"`
}

// Reaction is an emoji below a message.
type Reaction struct {
	Emoji Emoji    `json:"emoji"`
	Count int      `json:"count"`
	Me    bool     `json:"me"`
	Users []string `json:"-"` // who, by id
}

// Emoji is a character, or an emoji of a guild.
type Emoji struct {
	ID       *string `json:"id,omitempty"`
	Name     string  `json:"name,omitempty"`
	Animated bool    `json:"animated,omitempty"`
}

// Attachment is a file of a message.
type Attachment struct {
	ID          string `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
	ContentType string `json:"content_type,omitempty"`
	Size        int    `json:"size"`
	URL         string `json:"url"`
	ProxyURL    string `json:"proxy_url"`
	Width       int    `json:"width,omitempty"`
	Height      int    `json:"height,omitempty"`
	Ephemeral   bool   `json:"ephemeral,omitempty"`
}

// Embed is a box below a message's text.
type Embed struct {
	Type        string       `json:"type,omitempty"`
	Title       string       `json:"title,omitempty"`
	Description string       `json:"description,omitempty"`
	URL         string       `json:"url,omitempty"`
	Timestamp   string       `json:"timestamp,omitempty"`
	Color       int          `json:"color,omitempty"`
	Footer      *EmbedFooter `json:"footer,omitempty"`
	Image       *Media       `json:"image,omitempty"`
	Thumbnail   *Media       `json:"thumbnail,omitempty"`
	Author      *EmbedAuthor `json:"author,omitempty"`
	Fields      []EmbedField `json:"fields,omitempty"`
}

// EmbedFooter is the last line of an embed.
type EmbedFooter struct {
	Text    string `json:"text"`
	IconURL string `json:"icon_url,omitempty"`
}

// EmbedAuthor is the first line of an embed.
type EmbedAuthor struct {
	Name    string `json:"name"`
	URL     string `json:"url,omitempty"`
	IconURL string `json:"icon_url,omitempty"`
}

// EmbedField is a part of an embed with a heading.
type EmbedField struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline,omitempty"`
}

// Media is a picture or file by its address.
type Media struct {
	URL         string `json:"url"`
	ContentType string `json:"content_type,omitempty"`
	Width       int    `json:"width,omitempty"`
	Height      int    `json:"height,omitempty"`
}

// Kinds of components (Discord: components reference).
const (
	TypeActionRow         = 1
	TypeButton            = 2
	TypeStringSelect      = 3
	TypeTextInput         = 4
	TypeUserSelect        = 5
	TypeRoleSelect        = 6
	TypeMentionableSelect = 7
	TypeChannelSelect     = 8
	TypeSection           = 9
	TypeTextDisplay       = 10
	TypeThumbnail         = 11
	TypeMediaGallery      = 12
	TypeFile              = 13
	TypeSeparator         = 14
	TypeContainer         = 17
	TypeLabel             = 18
	TypeFileUpload        = 19
)

// Component is a part of a message or form; which fields it has depends on its Type.
type Component struct {
	Type         int            `json:"type"`
	ID           int            `json:"id,omitempty"`
	CustomID     string         `json:"custom_id,omitempty"`
	Components   []Component    `json:"components,omitempty"`
	Style        int            `json:"style,omitempty"`
	Label        string         `json:"label,omitempty"`
	Emoji        *Emoji         `json:"emoji,omitempty"`
	URL          string         `json:"url,omitempty"`
	SKUID        string         `json:"sku_id,omitempty"`
	Disabled     bool           `json:"disabled,omitempty"`
	Placeholder  string         `json:"placeholder,omitempty"`
	Options      []SelectOption `json:"options,omitempty"`
	MinValues    *int           `json:"min_values,omitempty"`
	MaxValues    *int           `json:"max_values,omitempty"`
	ChannelTypes []int          `json:"channel_types,omitempty"`
	Defaults     []DefaultValue `json:"default_values,omitempty"`
	Required     *bool          `json:"required,omitempty"`
	MinLength    *int           `json:"min_length,omitempty"`
	MaxLength    *int           `json:"max_length,omitempty"`
	Value        string         `json:"value,omitempty"`
	Content      string         `json:"content,omitempty"`
	Accessory    *Component     `json:"accessory,omitempty"`
	Inner        *Component     `json:"component,omitempty"` // of a label
	Description  string         `json:"description,omitempty"`
	Media        *Media         `json:"media,omitempty"`
	Items        []GalleryItem  `json:"items,omitempty"`
	File         *Media         `json:"file,omitempty"`
	Name         string         `json:"name,omitempty"`
	Size         int            `json:"size,omitempty"`
	Spoiler      bool           `json:"spoiler,omitempty"`
	Divider      *bool          `json:"divider,omitempty"`
	Spacing      int            `json:"spacing,omitempty"`
	AccentColor  *int           `json:"accent_color,omitempty"`
}

// SelectOption is a line of a menu.
type SelectOption struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Emoji       *Emoji `json:"emoji,omitempty"`
	Default     bool   `json:"default,omitempty"`
}

// DefaultValue is what a menu of users, roles or channels shows as chosen.
type DefaultValue struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

// GalleryItem is a picture of a gallery.
type GalleryItem struct {
	Media       Media  `json:"media"`
	Description string `json:"description,omitempty"`
	Spoiler     bool   `json:"spoiler,omitempty"`
}

// walk calls visit for each component and all below it, parents first.
func walk(components []Component, visit func(*Component)) {
	for i := range components {
		c := &components[i]
		visit(c)
		walk(c.Components, visit)
		for _, below := range []*Component{c.Accessory, c.Inner} {
			if below != nil {
				one := []Component{*below}
				walk(one, visit)
				*below = one[0]
			}
		}
	}
}

// Walk calls visit for each component of the message, parents first.
func (m *Message) Walk(visit func(Component)) {
	walk(m.Components, func(c *Component) { visit(*c) })
}

// Text is all that can be read in the message, in its order, a line each.
func (m *Message) Text() string {
	var lines []string
	add := func(words ...string) {
		for _, w := range words {
			if w != "" {
				lines = append(lines, w)
			}
		}
	}
	add(m.Content)
	for _, e := range m.Embeds {
		if e.Author != nil {
			add(e.Author.Name)
		}
		add(e.Title, e.Description)
		for _, f := range e.Fields {
			add(f.Name, f.Value)
		}
		if e.Footer != nil {
			add(e.Footer.Text)
		}
	}
	m.Walk(func(c Component) { add(c.Content, c.Label, c.Placeholder, c.Description) })
	return strings.Join(lines, "\n")
}

// Ephemeral reports whether only one person sees it.
func (m *Message) Ephemeral() bool { return m.Flags&FlagEphemeral != 0 }

// Thinking reports whether it still says "… is thinking".
func (m *Message) Thinking() bool { return m.Flags&FlagLoading != 0 }

// Find returns the component with this custom id, or with this label.
func (m *Message) Find(customIDOrLabel string) (Component, bool) {
	var found Component
	var ok bool
	m.Walk(func(c Component) {
		if !ok && customIDOrLabel != "" && (c.CustomID == customIDOrLabel || c.Label == customIDOrLabel) {
			found, ok = c, true
		}
	})
	return found, ok
}

// copyOf is a message as it is now, of which nothing changes later.
func copyOf(m *Message) *Message {
	c := *m
	c.Embeds = append([]Embed{}, m.Embeds...)
	c.Components = append([]Component{}, m.Components...)
	c.Attachments = append([]Attachment{}, m.Attachments...)
	c.Reactions = append([]Reaction(nil), m.Reactions...)
	return &c
}
