package discordtest

import (
	"maps"
	"slices"
	"strconv"
	"time"
)

// Guild is a server.
type Guild struct {
	ID      string
	Name    string
	OwnerID string
	Locale  string // "" for en-US

	d           *Discord
	roles       []*Role
	members     map[string]*Member // by user id
	channels    []*Channel
	unavailable bool
	gone        bool // the bot was removed
}

// Role is a set of permissions that members have. The role that has the guild's id is everyone's.
type Role struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Permissions uint64 `json:"permissions,string"`
	Color       int    `json:"color"`
	Position    int    `json:"position"`
	Hoist       bool   `json:"hoist"`
	Managed     bool   `json:"managed"`
	Mentionable bool   `json:"mentionable"`
}

// Member is a user in a guild.
type Member struct {
	User        *User      `json:"user,omitempty"`
	Nick        *string    `json:"nick"`
	Roles       []string   `json:"roles"`
	JoinedAt    time.Time  `json:"joined_at"`
	Deaf        bool       `json:"deaf"`
	Mute        bool       `json:"mute"`
	Flags       int        `json:"flags"`
	Avatar      *string    `json:"avatar"`
	Pending     bool       `json:"pending"`
	Premium     *time.Time `json:"premium_since"`
	Permissions string     `json:"permissions,omitempty"` // only in interactions
}

// newUser makes a user. The caller holds the lock, or is the only one yet.
func (d *Discord) newUser(name string) *User {
	u := &User{ID: d.ids.next(d.now()), Username: name, Discriminator: "0", GlobalName: &name}
	d.users[u.ID] = u
	return u
}

// Names are those of all people and channels, by id: what a mention shows.
func (d *Discord) Names() map[string]string {
	d.mu.Lock()
	defer d.mu.Unlock()
	names := map[string]string{}
	for id, u := range d.users {
		names[id] = u.Username
	}
	for id, c := range d.channels {
		names[id] = c.Name
	}
	return names
}

// User makes a person who is in no guild.
func (d *Discord) User(name string) *User {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.newUser(name)
}

// Guild makes a server and puts the bot into it, with what [InvitePermissions] lists.
func (d *Discord) Guild(name string) *Guild {
	d.mu.Lock()
	defer d.mu.Unlock()
	g := d.newGuild(name)
	d.dispatch(event{name: "GUILD_CREATE", guild: g.ID, intent: IntentGuilds, data: g.full()})
	d.touch()
	return g
}

func (d *Discord) newGuild(name string) *Guild {
	owner := d.newUser(name + "'s owner")
	g := &Guild{ID: d.ids.nextMillisecond(d.now()), Name: name, OwnerID: owner.ID, d: d, members: map[string]*Member{}}
	g.roles = []*Role{{ID: g.ID, Name: "@everyone", Permissions: EveryonePermissions}}
	g.members[owner.ID] = &Member{User: owner, Roles: []string{}, JoinedAt: d.now()}
	role := g.role("Newsdesk", InvitePermissions)
	role.Managed = true
	g.members[d.user.ID] = &Member{User: d.user, Roles: []string{role.ID}, JoinedAt: d.now()}
	d.guilds[g.ID] = g
	return g
}

// Owner is whose server it is.
func (g *Guild) Owner() *User {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	return g.members[g.OwnerID].User
}

// Guilds are all servers that the bot is in.
func (d *Discord) Guilds() []*Guild {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.joined()
}

func (d *Discord) joined() []*Guild {
	var in []*Guild
	for _, id := range slices.Sorted(maps.Keys(d.guilds)) {
		if g := d.guilds[id]; !g.gone {
			in = append(in, g)
		}
	}
	return in
}

func (g *Guild) role(name string, permissions uint64) *Role {
	r := &Role{ID: g.d.ids.next(g.d.now()), Name: name, Permissions: permissions, Position: len(g.roles)}
	g.roles = append(g.roles, r)
	return r
}

// Channel makes a text channel, or returns the one of that name.
func (g *Guild) Channel(name string) *Channel {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	for _, c := range g.channels {
		if c.Name == name {
			return c
		}
	}
	c := g.d.newChannel(&Channel{Type: ChannelText, GuildID: g.ID, Name: name, Position: len(g.channels)})
	g.channels = append(g.channels, c)
	g.d.dispatch(event{name: "CHANNEL_CREATE", guild: g.ID, intent: IntentGuilds, data: c})
	return c
}

// Channels are the guild's channels and threads.
func (g *Guild) Channels() []*Channel {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	return slices.Clone(g.channels)
}

// Member makes a person of that name who is in the guild, with what everyone may do and these
// permissions besides.
func (g *Guild) Member(name string, permissions ...uint64) *User {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	u := g.d.newUser(name)
	g.join(u, permissions...)
	return u
}

// Join puts a user into the guild, with these permissions besides everyone's.
func (g *Guild) Join(u *User, permissions ...uint64) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	g.join(u, permissions...)
}

func (g *Guild) join(u *User, permissions ...uint64) {
	m := &Member{User: u, Roles: []string{}, JoinedAt: g.d.now()}
	if all := anyOf(permissions); all != 0 {
		m.Roles = append(m.Roles, g.role(u.Username+"'s role", all).ID)
	}
	g.members[u.ID] = m
}

// BotPermissions sets what the bot may do in the guild, besides what everyone may.
func (g *Guild) BotPermissions(permissions ...uint64) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	for _, r := range g.roles {
		if r.Managed {
			r.Permissions = anyOf(permissions)
			g.d.dispatch(event{name: "GUILD_ROLE_UPDATE", guild: g.ID, intent: IntentGuilds, data: object{"guild_id": g.ID, "role": r}})
		}
	}
}

// Everyone sets what everyone may do in the guild.
func (g *Guild) Everyone(permissions ...uint64) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	g.roles[0].Permissions = anyOf(permissions)
	g.d.dispatch(event{name: "GUILD_ROLE_UPDATE", guild: g.ID, intent: IntentGuilds, data: object{"guild_id": g.ID, "role": g.roles[0]}})
}

// Kick removes the bot from the guild.
func (g *Guild) Kick() {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	g.d.left(g)
}

// left ends the bot's stay in a guild.
func (d *Discord) left(g *Guild) {
	d.dispatch(event{name: "GUILD_DELETE", guild: g.ID, intent: IntentGuilds, data: object{"id": g.ID}})
	g.gone = true
	d.touch()
}

// Invite puts the bot back into a guild that it was removed from.
func (g *Guild) Invite() {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	g.gone = false
	g.d.dispatch(event{name: "GUILD_CREATE", guild: g.ID, intent: IntentGuilds, data: g.full()})
	g.d.touch()
}

// Unavailable is an outage of Discord's that the guild is hit by; false ends it.
func (g *Guild) Unavailable(is bool) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	g.unavailable = is
	if is {
		g.d.dispatch(event{name: "GUILD_DELETE", guild: g.ID, intent: IntentGuilds, data: object{"id": g.ID, "unavailable": true}})
	} else {
		g.d.dispatch(event{name: "GUILD_CREATE", guild: g.ID, intent: IntentGuilds, data: g.full()})
	}
}

// Delete removes a channel.
func (c *Channel) Delete() {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	c.d.removeChannel(c)
}

func (d *Discord) removeChannel(c *Channel) {
	delete(d.channels, c.ID)
	if g := d.guilds[c.GuildID]; g != nil {
		g.channels = slices.DeleteFunc(g.channels, func(o *Channel) bool { return o == c })
	}
	name := "CHANNEL_DELETE"
	if c.Type == ChannelThread {
		name = "THREAD_DELETE"
	}
	d.dispatch(event{name: name, guild: c.GuildID, intent: IntentGuilds, data: c})
	d.touch()
}

// DM is the place where a person and the bot write to each other alone.
func (d *Discord) DM(u *User) *Channel {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.dm(u)
}

func (d *Discord) dm(u *User) *Channel {
	for _, c := range d.channels {
		if c.Type == ChannelDM && c.Recipients[0].ID == u.ID {
			return c
		}
	}
	return d.newChannel(&Channel{Type: ChannelDM, Recipients: []*User{u}})
}

// newChannel gives a channel its id, unless it has one, and puts it where it is found.
func (d *Discord) newChannel(c *Channel) *Channel {
	if c.ID == "" {
		c.ID = d.ids.next(d.now())
	}
	c.Overwrites, c.d = []Overwrite{}, d
	d.channels[c.ID] = c
	return c
}

type object = map[string]any

// brief is the guild as REST shows it.
func (g *Guild) brief() object {
	locale := g.Locale
	if locale == "" {
		locale = "en-US"
	}
	return object{
		"id": g.ID, "name": g.Name, "owner_id": g.OwnerID, "icon": nil, "roles": g.roles, "emojis": []any{}, "stickers": []any{},
		"features": []string{}, "preferred_locale": locale, "verification_level": 0, "default_message_notifications": 0,
		"explicit_content_filter": 0, "mfa_level": 0, "premium_tier": 0, "nsfw_level": 0, "afk_timeout": 300,
		"system_channel_flags": 0, "approximate_member_count": len(g.members),
	}
}

// full is the guild as GUILD_CREATE shows it.
func (g *Guild) full() object {
	if g.unavailable {
		return object{"id": g.ID, "unavailable": true}
	}
	o := g.brief()
	o["joined_at"], o["large"], o["unavailable"], o["member_count"] = g.members[g.d.user.ID].JoinedAt, false, false, len(g.members)
	o["channels"], o["threads"] = g.withoutThreads(), g.activeThreads()["threads"]
	o["members"] = []*Member{g.members[g.d.user.ID]} // the others only with the members intent
	o["voice_states"], o["presences"], o["stage_instances"], o["guild_scheduled_events"] = []any{}, []any{}, []any{}, []any{}
	return o
}

// withoutThreads are the guild's channels as REST lists them.
func (g *Guild) withoutThreads() []*Channel {
	return slices.DeleteFunc(append([]*Channel{}, g.channels...), func(c *Channel) bool { return c.Type == ChannelThread })
}

// activeThreads are the threads that are not archived, as REST lists them.
func (g *Guild) activeThreads() object {
	threads := slices.DeleteFunc(append([]*Channel{}, g.channels...), func(c *Channel) bool {
		return c.Type != ChannelThread || c.ThreadMetadata.Archived
	})
	return object{"threads": threads, "members": []any{}}
}

func permissionString(p uint64) string { return strconv.FormatUint(p, 10) }
