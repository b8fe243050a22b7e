package discordtest

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// emojiOf reads an emoji of a path: a character, or name:id.
func emojiOf(s string) (Emoji, error) {
	if plain, err := url.PathUnescape(s); err == nil {
		s = plain
	}
	if name, id, ok := strings.Cut(s, ":"); ok && numeric(id) {
		return Emoji{ID: &id, Name: name}, nil
	}
	for _, r := range s {
		if unicode.IsLetter(r) || r == ' ' || len(s) > 64 {
			return Emoji{}, errEmoji
		}
	}
	return Emoji{Name: s}, nil
}

// react adds or takes away a reaction; false if that changed nothing.
func (d *Discord) react(m *Message, u *User, e Emoji, add bool) bool {
	i := slices.IndexFunc(m.Reactions, func(r Reaction) bool { return r.Emoji.Name == e.Name })
	if i < 0 {
		if !add {
			return false
		}
		m.Reactions = append(m.Reactions, Reaction{Emoji: e})
		i = len(m.Reactions) - 1
	}
	r := &m.Reactions[i]
	if slices.Contains(r.Users, u.ID) == add {
		return false
	}
	name := "MESSAGE_REACTION_ADD"
	if add {
		r.Users = append(slices.Clone(r.Users), u.ID)
	} else {
		name = "MESSAGE_REACTION_REMOVE"
		r.Users = slices.DeleteFunc(slices.Clone(r.Users), func(id string) bool { return id == u.ID })
	}
	r.Count, r.Me = len(r.Users), slices.Contains(r.Users, d.user.ID)
	if r.Count == 0 {
		m.Reactions = slices.Delete(slices.Clone(m.Reactions), i, i+1)
	}
	guild := d.guildOf(m.ChannelID)
	what := object{"user_id": u.ID, "channel_id": m.ChannelID, "message_id": m.ID, "emoji": object{"id": e.ID, "name": e.Name}, "message_author_id": m.Author.ID, "burst": false, "type": 0}
	if g := d.guilds[guild]; g != nil {
		what["guild_id"] = guild
		if add {
			what["member"] = g.members[u.ID]
		}
	}
	if d.heard(m) {
		d.dispatch(event{name: name, guild: guild, intent: either(guild, IntentReactions, IntentDirectReactions), data: what})
	}
	d.touch()
	return true
}

// theReaction is the channel, the message and the emoji of a request.
func (d *Discord) theReaction(c *call, needs ...uint64) (*Channel, *Message, Emoji, error) {
	ch, m, err := d.messageThere(c, needs...)
	if err != nil {
		return nil, nil, Emoji{}, err
	}
	e, err := emojiOf(c.PathValue("emoji"))
	return ch, m, e, err
}

func (d *Discord) addReaction(c *call) (any, error) {
	ch, m, e, err := d.theReaction(c, ReadMessageHistory)
	if err != nil {
		return nil, err
	}
	there := slices.ContainsFunc(m.Reactions, func(r Reaction) bool { return r.Emoji.Name == e.Name })
	if !there && d.may(d.user, ch)&AddReactions == 0 {
		return nil, errPermissions
	}
	d.react(m, d.user, e, true)
	return nil, nil
}

func (d *Discord) removeReaction(c *call) (any, error) {
	ch, m, e, err := d.theReaction(c)
	if err != nil {
		return nil, err
	}
	who := d.user
	if id := c.PathValue("user"); id != "@me" && id != d.user.ID {
		if d.may(d.user, ch)&ManageMessages == 0 {
			return nil, errPermissions
		}
		if who = d.users[id]; who == nil {
			return nil, errUser
		}
	}
	d.react(m, who, e, false)
	return nil, nil
}

func (d *Discord) getReactions(c *call) (any, error) {
	_, m, e, err := d.theReaction(c, ReadMessageHistory)
	if err != nil {
		return nil, err
	}
	users := []*User{}
	for _, r := range m.Reactions {
		if r.Emoji.Name == e.Name {
			for _, id := range r.Users {
				users = append(users, d.users[id])
			}
		}
	}
	return users, nil
}
