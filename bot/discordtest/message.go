package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	_ "image/gif"  // sizes of pictures
	_ "image/jpeg" // sizes of pictures
	_ "image/png"  // sizes of pictures
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// draft is the body of a message that is created or changed.
type draft struct {
	Content         *string          `json:"content"`
	Embeds          []Embed          `json:"embeds"`
	Components      []Component      `json:"components"`
	Attachments     []attachmentRef  `json:"attachments"`
	AllowedMentions *AllowedMentions `json:"allowed_mentions"`
	Flags           int              `json:"flags"`
	TTS             bool             `json:"tts"`
	Nonce           json.RawMessage  `json:"nonce"`
	EnforceNonce    bool             `json:"enforce_nonce"`
	Reference       *Reference       `json:"message_reference"`

	sets  map[string]bool // which fields there are, be they null
	files []upload
}

// attachmentRef keeps a file, or describes one that comes with the request.
type attachmentRef struct {
	ID          json.RawMessage `json:"id"`
	Filename    string          `json:"filename"`
	Description string          `json:"description"`
}

// draft decodes a message from raw; its files are those of the request.
func (c *call) draft(raw json.RawMessage) (draft, error) {
	d := draft{sets: map[string]bool{}, files: c.files}
	if len(raw) == 0 || string(raw) == "null" {
		return d, nil
	}
	part := &call{body: raw}
	if err := part.into(&d); err != nil {
		return d, err
	}
	var fields map[string]json.RawMessage
	if err := part.into(&fields); err != nil {
		return d, err
	}
	for name := range fields {
		d.sets[name] = true
	}
	return d, nil
}

// apply makes m what the draft says; m is a new message, or a copy of one that is changed. The caller
// puts it in its place if there was no error.
func (d *Discord) apply(m *Message, b draft, settable int) error {
	var f form
	m.Flags = m.Flags&^(settable&FlagSuppressEmbeds) | b.Flags&settable
	v2 := m.Flags&FlagComponentsV2 != 0
	if b.sets["content"] {
		m.Content = ""
		if b.Content != nil {
			m.Content = strings.TrimSpace(*b.Content)
		}
		f.between(m.Content, 0, maxContent, "content")
	}
	if b.sets["embeds"] {
		m.Embeds = append([]Embed{}, b.Embeds...)
		f.embeds(m.Embeds)
	}
	if b.sets["components"] || b.Flags&FlagComponentsV2 != 0 {
		if b.sets["components"] {
			m.Components = append([]Component{}, b.Components...)
		}
		f.components(m.Components, v2)
		number(m.Components)
	}
	if v2 {
		const legacy = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
		if m.Content != "" {
			f.wrong(legacy, "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2", "content")
		}
		if len(m.Embeds) > 0 {
			f.wrong(legacy, "The 'embeds' field cannot be used when using MessageFlags.IS_COMPONENTS_V2", "embeds")
		}
	}
	f.mentions(b.AllowedMentions)
	if n := len(b.Nonce); n > 27 { // 25 and its quotation marks
		f.wrong("NONCE_TYPE_TOO_LONG", "Nonce must be 25 characters or fewer.", "nonce")
	}
	d.attach(m, b, &f)
	if err := f.err(); err != nil {
		return err
	}
	if m.Content == "" && len(m.Embeds) == 0 && len(m.Components) == 0 && len(m.Attachments) == 0 {
		return errEmpty
	}
	if b.sets["content"] || b.sets["components"] || b.sets["allowed_mentions"] {
		d.mention(m, b.AllowedMentions)
	}
	return nil
}

// number gives components without an id the next one, as Discord does.
func number(all []Component) {
	taken, next := map[int]bool{}, 0
	walk(all, func(c *Component) { taken[c.ID] = true })
	walk(all, func(c *Component) {
		if c.ID == 0 {
			for next++; taken[next]; next++ {
			}
			c.ID = next
		}
	})
}

// attach adds the files of a draft, drops those that it does not keep, and lets attachment:// mean them.
func (d *Discord) attach(m *Message, b draft, f *form) {
	described := map[string]attachmentRef{}
	if b.sets["attachments"] {
		for _, ref := range b.Attachments {
			described[strings.Trim(string(ref.ID), `"`)] = ref
		}
		m.Attachments = slices.DeleteFunc(slices.Clone(m.Attachments), func(a Attachment) bool { _, kept := described[a.ID]; return !kept })
	}
	for _, u := range b.files {
		ref := described[u.number]
		if ref.Filename != "" {
			u.name = ref.Filename
		}
		f.between(ref.Description, 0, maxMediaText, "attachments", u.number, "description")
		m.Attachments = append(m.Attachments, d.store(m.ChannelID, u, ref.Description))
	}
	f.atMost(len(m.Attachments), maxFiles, "attachments")
	resolve := func(media *Media, at ...string) {
		name, ok := "", false
		if media != nil {
			name, ok = strings.CutPrefix(media.URL, "attachment://")
		}
		if !ok {
			return
		}
		i := slices.IndexFunc(m.Attachments, func(a Attachment) bool { return a.Filename == name })
		if i < 0 {
			f.wrong("UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", fmt.Sprintf("The referenced attachment %q was not found", name), at...)
			return
		}
		a := m.Attachments[i]
		*media = Media{URL: a.URL, ContentType: a.ContentType, Width: a.Width, Height: a.Height}
	}
	for i := range m.Embeds {
		resolve(m.Embeds[i].Image, "embeds", index(i), "image", "url")
		resolve(m.Embeds[i].Thumbnail, "embeds", index(i), "thumbnail", "url")
	}
	walk(m.Components, func(c *Component) {
		resolve(c.Media, "components")
		resolve(c.File, "components")
		for i := range c.Items {
			resolve(&c.Items[i].Media, "components")
		}
	})
}

// store puts a file where its address finds it.
func (d *Discord) store(channelID string, u upload, description string) Attachment {
	id := d.ids.next(d.now())
	name := path.Base(strings.ReplaceAll(u.name, " ", "_"))
	a := Attachment{ID: id, Filename: name, Description: description, ContentType: u.kind, Size: len(u.data)}
	if a.ContentType == "" || a.ContentType == "application/octet-stream" {
		a.ContentType = http.DetectContentType(u.data)
	}
	u.kind = a.ContentType
	if size, _, err := image.DecodeConfig(bytes.NewReader(u.data)); err == nil {
		a.Width, a.Height = size.Width, size.Height
	}
	at := "/attachments/" + channelID + "/" + id + "/" + name
	d.files[at] = u
	a.URL = d.URL() + "/attachments/" + channelID + "/" + id + "/" + url.PathEscape(name)
	a.ProxyURL = a.URL
	return a
}

// mention works out who is pinged.
func (d *Discord) mention(m *Message, allowed *AllowedMentions) {
	text := m.Content
	m.Walk(func(c Component) {
		if c.Type == TypeTextDisplay {
			text += "\n" + c.Content
		}
	})
	may := func(kind, id string, listed []string) bool {
		return allowed == nil || slices.Contains(allowed.Parse, kind) || slices.Contains(listed, id)
	}
	var users, roles []string
	if allowed != nil {
		users, roles = allowed.Users, allowed.Roles
	}
	m.Mentions, m.MentionRoles, m.MentionEveryone = []*User{}, []string{}, false
	add := func(u *User) {
		if u != nil && !slices.Contains(m.Mentions, u) {
			m.Mentions = append(m.Mentions, u)
		}
	}
	for _, found := range mentionUser.FindAllStringSubmatch(text, -1) {
		if may("users", found[1], users) {
			add(d.users[found[1]])
		}
	}
	for _, found := range mentionRole.FindAllStringSubmatch(text, -1) {
		if may("roles", found[1], roles) && !slices.Contains(m.MentionRoles, found[1]) {
			m.MentionRoles = append(m.MentionRoles, found[1])
		}
	}
	if c := d.channels[m.ChannelID]; c != nil && mentionAll.MatchString(text) && may("everyone", "", nil) {
		m.MentionEveryone = d.may(m.Author, c)&MentionEveryone != 0
	}
	if m.Referenced != nil && (allowed == nil || allowed.RepliedUser != nil && *allowed.RepliedUser) {
		add(m.Referenced.Author)
	}
}

// blank is a message without anything in it.
func (d *Discord) blank(author *User, c *Channel) *Message {
	return &Message{
		ID: d.ids.next(d.now()), ChannelID: c.ID, Author: author, Timestamp: d.now(), Embeds: []Embed{}, Components: []Component{},
		Attachments: []Attachment{}, Mentions: []*User{}, MentionRoles: []string{},
	}
}

// show puts a new message where people see it and tells the bot.
func (d *Discord) show(m *Message) {
	d.messages[m.ID] = m
	d.order = append(d.order, m)
	if c := d.channels[m.ChannelID]; c != nil && m.VisibleTo == "" {
		c.LastMessageID = m.ID
	}
	d.record(Event{Kind: "shown", What: "new", Message: copyOf(m)})
	d.announce("MESSAGE_CREATE", m)
	d.touch()
}

// replace puts the new version of a message in the place of the old.
func (d *Discord) replace(old, m *Message) {
	if old.Thinking() && !m.Thinking() {
		m.Timestamp = old.Timestamp
	} else {
		now := d.now()
		m.EditedTimestamp = &now
	}
	m.Edits = old.Edits + 1
	*old = *m
	d.record(Event{Kind: "shown", What: "edit", Message: copyOf(old)})
	d.announce("MESSAGE_UPDATE", old)
	d.touch()
}

// remove takes a message away.
func (d *Discord) remove(m *Message) {
	m.Deleted = true
	delete(d.messages, m.ID)
	d.order = slices.DeleteFunc(d.order, func(o *Message) bool { return o == m })
	d.record(Event{Kind: "shown", What: "delete", Message: copyOf(m)})
	if d.heard(m) {
		gone := object{"id": m.ID, "channel_id": m.ChannelID}
		guild := d.guildOf(m.ChannelID)
		if guild != "" {
			gone["guild_id"] = guild
		}
		d.dispatch(event{name: "MESSAGE_DELETE", guild: guild, intent: either(guild, IntentMessages, IntentDirectMessages), data: gone})
	}
	d.touch()
}

func (d *Discord) guildOf(channelID string) string {
	if c := d.channels[channelID]; c != nil {
		return c.GuildID
	}
	return ""
}

// either is a guild's intent, or that of direct messages.
func either(guild string, inGuild, direct int) int {
	if guild == "" {
		return direct
	}
	return inGuild
}

// heard reports whether the bot hears of a message; of what only one person sees, only that person's Discord is told.
func (d *Discord) heard(m *Message) bool {
	c := d.channels[m.ChannelID]
	return m.VisibleTo == "" && c != nil && d.may(d.user, c)&ViewChannel != 0
}

// announce tells the bot of a message, as far as its intents let it see.
func (d *Discord) announce(name string, m *Message) {
	if !d.heard(m) {
		return
	}
	c := d.channels[m.ChannelID]
	full := *m
	full.GuildID = c.GuildID
	if g := d.guilds[c.GuildID]; g != nil {
		if member := g.members[m.Author.ID]; member != nil {
			partial := *member
			partial.User = nil
			full.Member = &partial
		}
	}
	e := event{name: name, guild: c.GuildID, intent: either(c.GuildID, IntentMessages, IntentDirectMessages), data: &full}
	if c.GuildID != "" && m.Author != d.user && !slices.Contains(m.Mentions, d.user) {
		hidden := full
		hidden.Content, hidden.Embeds, hidden.Components, hidden.Attachments = "", []Embed{}, []Component{}, []Attachment{}
		e.hidden = &hidden
	}
	d.dispatch(e)
}

// reply is a message that replies to one that is gone: null says so (Discord: message object, referenced_message).
type reply struct {
	*Message
	Referenced *Message `json:"referenced_message"`
}

// asFetched is a message as REST shows it to the bot, with what it replies to as that is now.
func (d *Discord) asFetched(m *Message) any {
	seen := d.asSeen(m)
	if seen.Reference == nil {
		return seen
	}
	to := d.messages[seen.Reference.MessageID]
	if to != nil {
		to = copyOf(d.asSeen(to))
		to.Referenced = nil
	}
	return reply{seen, to}
}

// asSeen is a message as the bot may see it.
func (d *Discord) asSeen(m *Message) *Message {
	if d.config.NoMessageContent && m.Author != d.user && d.guildOf(m.ChannelID) != "" && !slices.Contains(m.Mentions, d.user) {
		hidden := *m
		hidden.Content, hidden.Embeds, hidden.Components, hidden.Attachments = "", []Embed{}, []Component{}, []Attachment{}
		return &hidden
	}
	return m
}

// place is the channel of a request, if the bot may do all this there.
func (d *Discord) place(c *call, needs ...uint64) (*Channel, error) {
	ch := d.channels[c.PathValue("channel")]
	if ch == nil {
		return nil, errChannel
	}
	can := d.may(d.user, ch)
	if can&ViewChannel == 0 {
		return nil, errAccess
	}
	if can&anyOf(needs) != anyOf(needs) {
		return nil, errPermissions
	}
	return ch, nil
}

// theMessage is the message of a request; what only one person sees is found by nobody.
func (d *Discord) theMessage(c *call) (*Message, error) {
	m := d.messages[c.PathValue("message")]
	if m == nil || m.ChannelID != c.PathValue("channel") || m.VisibleTo != "" {
		return nil, errMessage
	}
	return m, nil
}

// messageThere is the channel of a request, if the bot may do all this there, and the message.
func (d *Discord) messageThere(c *call, needs ...uint64) (*Channel, *Message, error) {
	ch, err := d.place(c, needs...)
	if err != nil {
		return nil, nil, err
	}
	m, err := d.theMessage(c)
	return ch, m, err
}

// sending is the permission to send that a channel asks for.
func sending(c *Channel) uint64 {
	if c.Type == ChannelThread {
		return SendMessagesInThreads
	}
	return SendMessages
}

// nonced remembers a message by its nonce for a few minutes.
type nonced struct {
	message *Message
	at      time.Time
}

const nonceHolds = 5 * time.Minute

func (d *Discord) createMessage(c *call) (any, error) {
	ch, err := d.place(c)
	if err != nil {
		return nil, err
	}
	can := d.may(d.user, ch)
	if can&sending(ch) == 0 {
		return nil, errPermissions
	}
	if ch.Type == ChannelDM && ch.Recipients[0].NoDMs {
		return nil, errNoDMs
	}
	b, err := c.draft(c.body)
	if err != nil {
		return nil, err
	}
	key := ch.ID + " " + string(b.Nonce)
	if b.EnforceNonce && len(b.Nonce) > 0 {
		if old, ok := d.nonces[key]; ok && d.now().Sub(old.at) < nonceHolds {
			return old.message, nil
		}
	}
	if len(b.files) > 0 && can&AttachFiles == 0 {
		return nil, errPermissions
	}
	m := d.blank(d.user, ch)
	if can&EmbedLinks == 0 && len(b.Embeds) > 0 {
		return nil, errPermissions
	}
	if err := d.refer(m, b.Reference, ch, can); err != nil {
		return nil, err
	}
	if err := d.apply(m, b, FlagSuppressEmbeds|FlagSilent|FlagComponentsV2); err != nil {
		return nil, err
	}
	m.Nonce = b.Nonce
	if ch.ThreadMetadata != nil && ch.ThreadMetadata.Archived {
		ch.ThreadMetadata.Archived = false // sending opens it again
	}
	d.show(m)
	if b.EnforceNonce && len(b.Nonce) > 0 {
		d.nonces[key] = nonced{m, d.now()}
	}
	return m, nil
}

// refer makes m a reply.
func (d *Discord) refer(m *Message, r *Reference, ch *Channel, can uint64) error {
	if r == nil || r.MessageID == "" {
		return nil
	}
	if ch.Type != ChannelDM && can&ReadMessageHistory == 0 {
		return errReplyNoHistory
	}
	to := d.messages[r.MessageID]
	if to == nil || to.ChannelID != ch.ID || to.VisibleTo != "" {
		if r.FailIfNotExists == nil || *r.FailIfNotExists {
			var f form
			f.wrong("REPLIES_UNKNOWN_MESSAGE", "Unknown message", "message_reference")
			return f.err()
		}
		return nil
	}
	const reply = 19
	m.Type, m.Referenced = reply, copyOf(to)
	m.Referenced.Referenced = nil
	m.Reference = &Reference{MessageID: to.ID, ChannelID: ch.ID, GuildID: ch.GuildID}
	return nil
}

func (d *Discord) getMessage(c *call) (any, error) {
	_, m, err := d.messageThere(c, ReadMessageHistory)
	if err != nil {
		return nil, err
	}
	return d.asFetched(m), nil
}

func (d *Discord) listMessages(c *call) (any, error) {
	ch, err := d.place(c)
	if err != nil {
		return nil, err
	}
	query := c.URL.Query()
	limit := 50
	if s := query.Get("limit"); s != "" {
		if limit, err = strconv.Atoi(s); err != nil || limit < 1 || limit > 100 {
			var f form
			f.wrong("NUMBER_TYPE_COERCE", "Value must be between 1 and 100.", "limit")
			return nil, f.err()
		}
	}
	list := []*Message{}
	if d.may(d.user, ch)&ReadMessageHistory == 0 {
		return list, nil // Discord's answer too
	}
	for _, m := range d.order {
		if m.ChannelID == ch.ID && m.VisibleTo == "" {
			list = append(list, m)
		}
	}
	slices.Reverse(list) // newest first
	older := func(m *Message, than string) bool {
		return len(m.ID) < len(than) || len(m.ID) == len(than) && m.ID < than
	}
	if before := query.Get("before"); before != "" {
		list = slices.DeleteFunc(list, func(m *Message) bool { return !older(m, before) })
	}
	if after := query.Get("after"); after != "" { // the oldest of those after it
		list = slices.DeleteFunc(list, func(m *Message) bool { return older(m, after) || m.ID == after })
		return d.fetched(list[max(len(list)-limit, 0):]), nil
	}
	return d.fetched(list[:min(limit, len(list))]), nil
}

func (d *Discord) fetched(list []*Message) []any {
	all := []any{}
	for _, m := range list {
		all = append(all, d.asFetched(m))
	}
	return all
}

func (d *Discord) editMessage(c *call) (any, error) {
	_, m, err := d.messageThere(c)
	if err != nil {
		return nil, err
	}
	if m.Author != d.user {
		return nil, errOthersMessage
	}
	return d.edit(c, m, c.body)
}

// edit changes a message as the body says.
func (d *Discord) edit(c *call, m *Message, body json.RawMessage) (any, error) {
	b, err := c.draft(body)
	if err != nil {
		return nil, err
	}
	next := copyOf(m)
	settable := FlagComponentsV2
	if b.sets["flags"] {
		settable |= FlagSuppressEmbeds
	}
	if err := d.apply(next, b, settable); err != nil {
		return nil, err
	}
	next.Flags &^= FlagLoading
	d.replace(m, next)
	return m, nil
}

func (d *Discord) deleteMessage(c *call) (any, error) {
	ch, m, err := d.messageThere(c)
	if err != nil {
		return nil, err
	}
	if m.Author != d.user && d.may(d.user, ch)&ManageMessages == 0 {
		return nil, errPermissions
	}
	d.remove(m)
	return nil, nil
}
