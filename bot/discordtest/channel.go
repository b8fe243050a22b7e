package discordtest

import "slices"

func (d *Discord) application(*call) (any, error) {
	return object{
		"id": d.user.ID, "name": d.user.Username, "icon": nil, "description": "", "bot_public": true, "bot_require_code_grant": false,
		"bot": d.user, "flags": d.flags(), "verify_key": d.webhook.verifyKey(), "approximate_guild_count": len(d.joined()),
		"interactions_endpoint_url": d.webhook.endpoint(), "owner": object{"id": "1", "username": "owner", "discriminator": "0", "avatar": nil},
		"integration_types_config": object{"0": object{}, "1": object{}}, "summary": "", "team": nil,
	}, nil
}

func (d *Discord) getUser(c *call) (any, error) {
	if u := d.users[c.PathValue("user")]; u != nil {
		return u, nil
	}
	return nil, errUser
}

func (d *Discord) ownGuilds(*call) (any, error) {
	all := []object{}
	for _, g := range d.joined() {
		all = append(all, object{"id": g.ID, "name": g.Name, "icon": nil, "owner": false, "features": []string{}, "permissions": permissionString(g.permissions(g.members[d.user.ID]))})
	}
	return all, nil
}

func (d *Discord) leaveGuild(c *call) (any, error) {
	g, err := d.theGuild(c)
	if err != nil {
		return nil, err
	}
	d.left(g)
	return nil, nil
}

func (d *Discord) openDM(c *call) (any, error) {
	var body struct {
		RecipientID string `json:"recipient_id"`
	}
	if err := c.into(&body); err != nil {
		return nil, err
	}
	u := d.users[body.RecipientID]
	if u == nil || u == d.user {
		return nil, errOwnDM
	}
	return d.dm(u), nil
}

func (d *Discord) editChannel(c *call) (any, error) {
	ch, err := d.place(c)
	if err != nil {
		return nil, err
	}
	can := d.may(d.user, ch)
	if ch.Type == ChannelThread && can&ManageThreads == 0 && ch.OwnerID != d.user.ID || ch.Type != ChannelThread && can&ManageChannels == 0 {
		return nil, errPermissions
	}
	var body struct {
		Name     *string `json:"name"`
		Archived *bool   `json:"archived"`
	}
	if err := c.into(&body); err != nil {
		return nil, err
	}
	var f form
	if body.Name != nil {
		f.between(*body.Name, 1, 100, "name")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	if body.Name != nil {
		ch.Name = *body.Name
	}
	name := "CHANNEL_UPDATE"
	if ch.ThreadMetadata != nil {
		name = "THREAD_UPDATE"
		if body.Archived != nil {
			ch.ThreadMetadata.Archived = *body.Archived
		}
	}
	d.dispatch(event{name: name, guild: ch.GuildID, intent: IntentGuilds, data: ch})
	return ch, nil
}

func (d *Discord) deleteChannel(c *call) (any, error) {
	ch, err := d.place(c)
	if err != nil {
		return nil, err
	}
	if need := either(ch.GuildID, 1, 0); need == 1 {
		permission := ManageChannels
		if ch.Type == ChannelThread {
			permission = ManageThreads
		}
		if d.may(d.user, ch)&permission == 0 {
			return nil, errPermissions
		}
	}
	d.removeChannel(ch)
	return ch, nil
}

func (d *Discord) typing(c *call) (any, error) {
	ch, err := d.place(c)
	if err != nil {
		return nil, err
	}
	if d.may(d.user, ch)&sending(ch) == 0 {
		return nil, errPermissions
	}
	return nil, nil
}

func (d *Discord) threadOfMessage(c *call) (any, error) {
	ch, m, err := d.messageThere(c, CreatePublicThreads)
	if err != nil {
		return nil, err
	}
	if m.Thread != nil {
		return nil, errHasThread
	}
	t, err := d.newThread(c, ch, m.ID) // a message's thread has its id
	if err != nil {
		return nil, err
	}
	m.Thread = t
	return t, nil
}

func (d *Discord) thread(c *call) (any, error) {
	ch, err := d.place(c, CreatePublicThreads)
	if err != nil {
		return nil, err
	}
	return d.newThread(c, ch, d.ids.next(d.now()))
}

func (d *Discord) newThread(c *call, parent *Channel, id string) (*Channel, error) {
	body := struct {
		Name    string `json:"name"`
		Archive int    `json:"auto_archive_duration"`
	}{Archive: 4320}
	if err := c.into(&body); err != nil {
		return nil, err
	}
	var f form
	f.between(body.Name, 1, 100, "name")
	if !slices.Contains([]int{60, 1440, 4320, 10080}, body.Archive) {
		f.wrong("BASE_TYPE_CHOICES", "Value must be one of {60, 1440, 4320, 10080}.", "auto_archive_duration")
	}
	if parent.Type == ChannelThread || parent.GuildID == "" {
		return nil, refuse(400, 50024, "Cannot execute action on this channel type")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	t := d.newChannel(&Channel{
		ID: id, Type: ChannelThread, GuildID: parent.GuildID, ParentID: parent.ID, Name: body.Name, OwnerID: d.user.ID,
		ThreadMetadata: &ThreadMetadata{AutoArchiveDuration: body.Archive, ArchiveTimestamp: d.now()},
	})
	g := d.guilds[parent.GuildID]
	g.channels = append(g.channels, t)
	d.dispatch(event{name: "THREAD_CREATE", guild: t.GuildID, intent: IntentGuilds, data: t})
	return t, nil
}

func (d *Discord) joinThread(c *call) (any, error) {
	_, err := d.place(c)
	return nil, err
}

// theGuild is the guild of a request, if the bot is in it.
func (d *Discord) theGuild(c *call) (*Guild, error) {
	g := d.guilds[c.PathValue("guild")]
	if g == nil {
		return nil, errGuild
	}
	if g.gone {
		return nil, errAccess
	}
	return g, nil
}

func (d *Discord) guildMember(c *call) (any, error) {
	g, err := d.theGuild(c)
	if err != nil {
		return nil, err
	}
	id := c.PathValue("user")
	if id == "@me" {
		id = d.user.ID
	}
	m := g.members[id]
	if m == nil {
		return nil, errMember
	}
	return m, nil
}
