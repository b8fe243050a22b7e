package discordtest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// File is a file that a person attaches.
type File struct {
	Name  string `json:"name"`
	Type  string `json:"type"` // its media type; "" to guess
	Data  []byte `json:"data"`
	Field string `json:"field"` // the option or field that it is for, where that is not said otherwise
}

// Options are the options of a slash command, by name: string, int, float64, bool, *User, *Channel,
// *Role or [File].
type Options map[string]any

// Post writes a message as a person (or bot). Parts are a [File] each, an [Embed] each, and a *[Message]
// that it replies to.
func (d *Discord) Post(c *Channel, author *User, text string, parts ...any) *Message {
	d.mu.Lock()
	defer d.mu.Unlock()
	m := d.blank(author, c)
	if d.may(author, c)&sending(c) == 0 {
		_ = d.fail("%s may not write in %s", author.Username, c.Name)
		return m
	}
	m.Content = text
	for _, part := range parts {
		switch p := part.(type) {
		case File:
			m.Attachments = append(m.Attachments, d.store(c.ID, upload{name: p.Name, kind: p.Type, data: p.Data}, ""))
		case Embed:
			m.Embeds = append(m.Embeds, p)
		case *Message:
			if err := d.refer(m, &Reference{MessageID: p.ID}, c, d.may(author, c)); err != nil {
				_ = d.fail("reply: %w", err)
			}
		default:
			_ = d.fail("a message has no part of type %T", p)
		}
	}
	d.mention(m, nil)
	d.show(m)
	return copyOf(m)
}

// PostAs writes a message as a webhook of that name.
func (d *Discord) PostAs(c *Channel, webhook, text string) *Message {
	d.mu.Lock()
	defer d.mu.Unlock()
	m := d.blank(&User{ID: d.ids.next(d.now()), Username: webhook, Discriminator: "0000", Bot: true}, c)
	m.Content, m.WebhookID = text, m.Author.ID
	d.show(m)
	return copyOf(m)
}

// Edit changes the text of a person's message.
func (d *Discord) Edit(m *Message, text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	old := d.messages[m.ID]
	if old == nil {
		_ = d.fail("edit: message %s is gone", m.ID)
		return
	}
	next := copyOf(old)
	next.Content = text
	d.mention(next, nil)
	d.replace(old, next)
}

// SwitchContent switches the privileged Message Content intent on or off in the developer portal. Who asks for it where it
// is off is shut out when they next log in.
func (d *Discord) SwitchContent(on bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.config.NoMessageContent = !on
}

// Delete deletes a message, as a moderator could.
func (d *Discord) Delete(m *Message) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if old := d.messages[m.ID]; old != nil {
		d.remove(old)
	}
}

// React puts a person's reaction below a message.
func (d *Discord) React(u *User, m *Message, emoji string) { d.reaction(u, m, emoji, true) }

// Unreact takes it away.
func (d *Discord) Unreact(u *User, m *Message, emoji string) { d.reaction(u, m, emoji, false) }

func (d *Discord) reaction(u *User, m *Message, emoji string, add bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, err := emojiOf(emoji)
	now := d.messages[m.ID]
	if err != nil || now == nil || !seen(now, u) {
		_ = d.fail("%s cannot react with %s", u.Username, emoji)
		return
	}
	d.react(now, u, e, add)
}

func seen(m *Message, u *User) bool { return m.VisibleTo == "" || m.VisibleTo == u.ID }

// Messages are what everyone sees in a channel, oldest first.
func (d *Discord) Messages(c *Channel) []*Message { return d.messagesFor(c, nil) }

// MessagesFor are what this person sees in a channel, oldest first.
func (d *Discord) MessagesFor(c *Channel, u *User) []*Message { return d.messagesFor(c, u) }

func (d *Discord) messagesFor(c *Channel, u *User) []*Message {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []*Message
	for _, m := range d.order {
		if m.ChannelID == c.ID && (m.VisibleTo == "" || u != nil && m.VisibleTo == u.ID) {
			all = append(all, copyOf(m))
		}
	}
	return all
}

// Message is one message as it is now; false if it is gone.
func (d *Discord) Message(id string) (*Message, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	m := d.messages[id]
	if m == nil {
		return nil, false
	}
	return copyOf(m), true
}

// WaitMessage waits for a message of the bot in a channel that is as is says; nil for any. What only
// one person sees counts too.
func (d *Discord) WaitMessage(ctx context.Context, c *Channel, is func(*Message) bool) (*Message, error) {
	var found *Message
	err := d.Wait(ctx, "message in "+c.Name, func() bool {
		d.mu.Lock()
		defer d.mu.Unlock()
		for _, m := range d.order {
			if m.ChannelID == c.ID && m.Author == d.user && !m.Thinking() && (is == nil || is(m)) {
				found = copyOf(m)
				return true
			}
		}
		return false
	})
	return found, err
}

// Slash is a person's slash command; the name of a subcommand follows after a space.
func (d *Discord) Slash(c *Channel, u *User, name string, options Options) *Interaction {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.slash(c, u, name, options, "")
}

// Autocomplete types into an option of a slash command and waits for what the bot offers. The option's
// value so far is in options too.
func (d *Discord) Autocomplete(ctx context.Context, c *Channel, u *User, name string, options Options, focused string) ([]Choice, error) {
	d.mu.Lock()
	i := d.slash(c, u, name, options, focused)
	d.mu.Unlock()
	if _, err := i.WaitAck(ctx); err != nil {
		return nil, err
	}
	var choices []Choice
	i.state(func() { choices = i.choices })
	return choices, nil
}

func (d *Discord) slash(c *Channel, u *User, full string, options Options, focused string) *Interaction {
	words := strings.Fields(full)
	k, err := d.offered(c, u, CommandSlash, words[0])
	if err != nil {
		return d.impossible(u, c, full, err)
	}
	resolved := object{}
	given, err := d.options(k.Options, words[1:], options, focused, c, resolved)
	if err != nil {
		return d.impossible(u, c, full, d.fail("/%s: %w", full, err))
	}
	kind := KindCommand
	if focused != "" {
		kind = KindAutocomplete
	}
	data := object{"id": k.ID, "name": k.Name, "type": CommandSlash, "options": given}
	if len(resolved) > 0 {
		data["resolved"] = resolved
	}
	if k.GuildID != "" {
		data["guild_id"] = k.GuildID
	}
	i := d.begin(kind, full, c, u, d.ownersOf(k, c, u), data, nil)
	i.command = k
	what := []string{"slash", "/" + full}
	if focused != "" {
		what[0] = "type"
	}
	for _, name := range slices.Sorted(maps.Keys(options)) {
		what = append(what, name+":")
	}
	d.deliver(i, strings.Join(what, " "))
	return i
}

// Menu is a person's choice from the Apps menu of a message.
func (d *Discord) Menu(m *Message, u *User, name string) *Interaction {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.channels[m.ChannelID]
	k, err := d.offered(c, u, CommandMessage, name)
	if err != nil {
		return d.impossible(u, c, name, err)
	}
	now := d.messages[m.ID]
	if now == nil || !seen(now, u) {
		return d.impossible(u, c, name, d.fail("%s: message %s is gone", name, m.ID))
	}
	i := d.begin(KindCommand, name, c, u, d.ownersOf(k, c, u), object{
		"id": k.ID, "name": k.Name, "type": CommandMessage, "target_id": m.ID, "resolved": object{"messages": object{m.ID: copyOf(now)}},
	}, nil)
	i.command = k
	d.deliver(i, "menu "+name)
	return i
}

// Click presses a button of a message, by its custom id or its label.
func (d *Discord) Click(u *User, m *Message, button string) *Interaction {
	return d.use(u, m, button, []int{TypeButton}, nil)
}

// Select chooses from a menu of a message: values, or ids of users, roles or channels.
func (d *Discord) Select(u *User, m *Message, menu string, values ...string) *Interaction {
	return d.use(u, m, menu, []int{TypeStringSelect, TypeUserSelect, TypeRoleSelect, TypeMentionableSelect, TypeChannelSelect}, append([]string{}, values...))
}

func (d *Discord) use(u *User, m *Message, name string, kinds []int, values []string) *Interaction {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.channels[m.ChannelID]
	now := d.messages[m.ID]
	if now == nil || c == nil || !seen(now, u) || d.may(u, c) == 0 {
		return d.impossible(u, c, name, d.fail("%s does not see message %s", u.Username, m.ID))
	}
	part, ok := now.Find(name)
	if !ok || !slices.Contains(kinds, part.Type) || part.Disabled || part.CustomID == "" {
		return d.impossible(u, c, name, d.fail("message %s has no %q that can be used; it says: %s", m.ID, name, now.Text()))
	}
	data := object{"custom_id": part.CustomID, "component_type": part.Type, "id": part.ID}
	what := "press " + part.Label
	if part.Type != TypeButton {
		what = "choose " + part.CustomID
		if err := d.chosen(part, values, data); err != nil {
			return d.impossible(u, c, name, d.fail("menu %q: %w", name, err))
		}
	}
	i := d.begin(KindComponent, part.CustomID, c, u, d.broughtBy(now), data, now)
	d.deliver(i, what)
	return i
}

// chosen checks what was chosen of a menu and writes it into an interaction's data.
func (d *Discord) chosen(menu Component, values []string, data object) error {
	if n := len(values); n < valueOr(menu.MinValues, 1) || n > valueOr(menu.MaxValues, 1) {
		return fmt.Errorf("%d values chosen", n)
	}
	data["values"] = values
	resolved := object{}
	for _, v := range values {
		switch menu.Type {
		case TypeStringSelect:
			if !slices.ContainsFunc(menu.Options, func(o SelectOption) bool { return o.Value == v }) {
				return fmt.Errorf("no option %q", v)
			}
			continue
		case TypeChannelSelect:
			put(resolved, "channels", v, d.channels[v])
		case TypeRoleSelect:
			put(resolved, "roles", v, object{"id": v})
		default:
			put(resolved, "users", v, d.users[v])
		}
		data["resolved"] = resolved
	}
	return nil
}

func put(resolved object, kind, id string, what any) {
	all, ok := resolved[kind].(object)
	if !ok {
		all = object{}
		resolved[kind] = all
	}
	all[id] = what
}

// Submit fills in the form that the bot showed and sends it: text by custom id; []string for menus;
// [File] for uploads.
func (i *Interaction) Submit(values map[string]any) *Interaction {
	d := i.d
	d.mu.Lock()
	defer d.mu.Unlock()
	if i.modal == nil {
		return d.impossible(i.User, i.Channel, i.Name, d.fail("%s shows no form", i.Name))
	}
	resolved, used, rows := object{}, map[string]bool{}, []object{}
	for _, c := range i.modal.Components {
		switch c.Type {
		case TypeActionRow:
			filled, err := d.fillIn(c.Components[0], values, used, resolved, i.Channel)
			if err != nil {
				return d.impossible(i.User, i.Channel, i.Name, d.fail("form: %w", err))
			}
			rows = append(rows, object{"type": c.Type, "id": c.ID, "components": []object{filled}})
		case TypeLabel:
			filled, err := d.fillIn(*c.Inner, values, used, resolved, i.Channel)
			if err != nil {
				return d.impossible(i.User, i.Channel, i.Name, d.fail("form: %w", err))
			}
			rows = append(rows, object{"type": c.Type, "id": c.ID, "component": filled})
		}
	}
	for id := range values {
		if !used[id] {
			return d.impossible(i.User, i.Channel, i.Name, d.fail("form has no field %q", id))
		}
	}
	data := object{"custom_id": i.modal.CustomID, "components": rows}
	if len(resolved) > 0 {
		data["resolved"] = resolved
	}
	next := d.begin(KindModal, i.modal.CustomID, i.Channel, i.User, i.owners, data, i.source)
	d.deliver(next, "form "+i.modal.CustomID)
	return next
}

func (d *Discord) fillIn(field Component, values map[string]any, used map[string]bool, resolved object, c *Channel) (object, error) {
	used[field.CustomID] = true
	filled := object{"type": field.Type, "id": field.ID, "custom_id": field.CustomID}
	required := field.Required == nil || *field.Required
	switch v := values[field.CustomID].(type) {
	case nil:
		if field.Type == TypeTextInput {
			filled["value"] = field.Value
		} else {
			filled["values"] = []string{}
		}
		if required && field.Value == "" {
			return nil, fmt.Errorf("%q is required", field.CustomID)
		}
	case string:
		if n := length(v); required && n == 0 || n > 0 && (n < valueOr(field.MinLength, 0) || n > valueOr(field.MaxLength, maxInputValue)) {
			return nil, fmt.Errorf("%q may not be %d long", field.CustomID, n)
		}
		filled["value"] = v
	case []string:
		if err := d.chosen(field, v, filled); err != nil {
			return nil, err
		}
	case File:
		a := d.store(c.ID, upload{name: v.Name, kind: v.Type, data: v.Data}, "")
		put(resolved, "attachments", a.ID, a)
		filled["values"] = []string{a.ID}
	default:
		return nil, fmt.Errorf("%q cannot be a %T", field.CustomID, v)
	}
	return filled, nil
}

// offered is a command that this person can use there.
func (d *Discord) offered(c *Channel, u *User, kind int, name string) (*Command, error) {
	if c == nil {
		return nil, fmt.Errorf("%q: %w: the channel is gone", name, ErrNotOffered)
	}
	k := d.commandNamed(c.GuildID, kind, name)
	if k == nil {
		k = d.commandNamed("", kind, name)
	}
	if k == nil {
		return nil, d.fail("command %q is not registered", name)
	}
	in := c.context()
	if k.Contexts != nil && !slices.Contains(k.Contexts, in) || in == ContextBotDM && k.DMPermission != nil && !*k.DMPermission {
		return nil, fmt.Errorf("%q: %w: not in this context", name, ErrNotOffered)
	}
	owners := d.ownersOf(k, c, u)
	can := d.may(u, c)
	if len(owners) == 0 || can&UseApplicationCommands == 0 {
		return nil, fmt.Errorf("%q: %w: no commands there", name, ErrNotOffered)
	}
	if k.DefaultMemberPermissions != nil && in == ContextGuild && owners.has(InstallGuild) {
		need, _ := strconv.ParseUint(*k.DefaultMemberPermissions, 10, 64)
		if can != everything && (need == 0 || can&need != need) {
			return nil, fmt.Errorf("%q: %w: it needs permissions", name, ErrNotOffered)
		}
	}
	return k, nil
}

// impossible is an interaction that never came to be.
func (d *Discord) impossible(u *User, c *Channel, name string, err error) *Interaction {
	return &Interaction{Name: name, User: u, Channel: c, Created: d.now(), d: d, err: err}
}

// options writes options as an interaction carries them, subcommands around them.
func (d *Discord) options(defined []CommandOption, subcommands []string, values Options, focused string, c *Channel, resolved object) ([]object, error) {
	if len(subcommands) > 0 {
		i := slices.IndexFunc(defined, func(o CommandOption) bool { return o.Type <= OptionGroup && o.Name == subcommands[0] })
		if i < 0 {
			return nil, fmt.Errorf("no subcommand %q", subcommands[0])
		}
		below, err := d.options(defined[i].Options, subcommands[1:], values, focused, c, resolved)
		return []object{{"name": defined[i].Name, "type": defined[i].Type, "options": below}}, err
	}
	given, used := []object{}, 0
	for _, o := range defined {
		if o.Type <= OptionGroup {
			return nil, errors.New("needs a subcommand")
		}
		v, ok := values[o.Name]
		if !ok {
			if o.Required && focused == "" {
				return nil, fmt.Errorf("option %q is required", o.Name)
			}
			continue
		}
		used++
		value, err := d.optionValue(o, v, focused != "", c, resolved)
		if err != nil {
			return nil, fmt.Errorf("option %q: %w", o.Name, err)
		}
		entry := object{"name": o.Name, "type": o.Type, "value": value}
		if o.Name == focused {
			entry["focused"] = true
		}
		given = append(given, entry)
	}
	if used != len(values) {
		return nil, fmt.Errorf("options %v are not all among those of the command", slices.Sorted(maps.Keys(values)))
	}
	return given, nil
}

// optionValue is a value as its option carries it; partial while it is still being typed.
func (d *Discord) optionValue(o CommandOption, v any, partial bool, c *Channel, resolved object) (any, error) {
	mismatch := fmt.Errorf("a %T does not fit its type %d", v, o.Type)
	switch v := v.(type) {
	case string:
		if o.Type == OptionString {
			if n := utf8.RuneCountInString(v); !partial && (n < valueOr(o.MinLength, 0) || n > valueOr(o.MaxLength, 6000)) {
				return nil, fmt.Errorf("length %d is not allowed", n)
			}
			return v, oneOfChoices(o, v)
		}
		if partial && (o.Type == OptionInteger || o.Type == OptionNumber) {
			return v, nil
		}
	case int:
		if o.Type == OptionInteger || o.Type == OptionNumber {
			return v, inRange(o, float64(v))
		}
	case float64:
		if o.Type == OptionNumber {
			return v, inRange(o, v)
		}
	case bool:
		if o.Type == OptionBoolean {
			return v, nil
		}
	case *User:
		if o.Type == OptionUser || o.Type == OptionMentionable {
			put(resolved, "users", v.ID, v)
			if g := d.guilds[c.GuildID]; g != nil && g.members[v.ID] != nil {
				put(resolved, "members", v.ID, d.memberThere(g, v, c, false))
			}
			return v.ID, nil
		}
	case *Channel:
		if o.Type == OptionChannel && (len(o.ChannelTypes) == 0 || slices.Contains(o.ChannelTypes, v.Type)) {
			put(resolved, "channels", v.ID, object{"id": v.ID, "name": v.Name, "type": v.Type, "permissions": permissionString(d.may(d.user, v))})
			return v.ID, nil
		}
	case *Role:
		if o.Type == OptionRole || o.Type == OptionMentionable {
			put(resolved, "roles", v.ID, v)
			return v.ID, nil
		}
	case File:
		if o.Type == OptionAttachment {
			a := d.store(c.ID, upload{name: v.Name, kind: v.Type, data: v.Data}, "")
			a.Ephemeral = true
			put(resolved, "attachments", a.ID, a)
			return a.ID, nil
		}
	}
	return nil, mismatch
}

func oneOfChoices(o CommandOption, v any) error {
	if len(o.Choices) == 0 || slices.ContainsFunc(o.Choices, func(c Choice) bool { return c.Value == v }) {
		return nil
	}
	return fmt.Errorf("%v is none of the choices", v)
}

func inRange(o CommandOption, v float64) error {
	if o.MinValue != nil && v < *o.MinValue || o.MaxValue != nil && v > *o.MaxValue {
		return fmt.Errorf("%v is out of range", v)
	}
	return oneOfChoices(o, v)
}

// memberThere is a member as an interaction shows them, with what they may do in the channel.
func (d *Discord) memberThere(g *Guild, u *User, c *Channel, withUser bool) Member {
	m := *g.members[u.ID]
	m.Permissions = permissionString(d.may(u, c))
	if !withUser {
		m.User = nil
	}
	return m
}

// begin makes an interaction and what goes over the wire of it.
func (d *Discord) begin(kind int, name string, c *Channel, u *User, by owners, data object, source *Message) *Interaction {
	i := &Interaction{ID: d.ids.next(d.now()), Token: d.secret("interaction"), Kind: kind, Name: name, User: u, Channel: c, Created: d.now(), d: d, owners: by, source: source}
	can := d.may(d.user, c)
	if !by.has(InstallGuild) { // what the person may let it do
		can = d.may(u, c) & (EmbedLinks | AttachFiles | MentionEveryone | UseExternalEmojis)
	}
	locale := u.Locale
	if locale == "" {
		locale = "en-US"
	}
	i.wire = object{
		"id": i.ID, "application_id": d.user.ID, "type": kind, "token": i.Token, "version": 1, "channel_id": c.ID, "channel": c,
		"data": data, "locale": locale, "app_permissions": permissionString(can), "entitlements": []any{},
		"attachment_size_limit": maxFile, "context": c.context(), "authorizing_integration_owners": by,
	}
	if g := d.guilds[c.GuildID]; g != nil {
		brief := g.brief()
		i.wire["guild_id"], i.wire["guild_locale"] = g.ID, brief["preferred_locale"]
		i.wire["guild"] = object{"id": g.ID, "locale": brief["preferred_locale"], "features": []string{}}
		i.wire["member"] = d.memberThere(g, u, c, true)
	} else {
		i.wire["user"] = u
	}
	if source != nil {
		i.wire["message"] = copyOf(source)
	}
	d.interactions[i.Token] = i
	return i
}

// deliver tells the bot: over the gateway, or over HTTP where it has given an address for that.
func (d *Discord) deliver(i *Interaction, what string) {
	d.record(Event{Kind: "person", What: what})
	if d.webhook.url != "" {
		body := must(i.wire)
		d.wg.Go(func() { d.deliverOverHTTP(i, body) })
		return
	}
	d.dispatch(event{name: "INTERACTION_CREATE", guild: i.Channel.GuildID, data: i.wire})
	d.touch()
}
