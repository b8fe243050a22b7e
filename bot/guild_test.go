package bot

import (
	"errors"
	"testing"

	"newsdesk/bot/discordtest"
	"newsdesk/cache"
	"newsdesk/desk"
)

// scheduled is how much is to be done later.
func (n *newsroom) scheduled() int {
	pending, err := n.bot.desk.Pending(n.ctx)
	if err != nil {
		return -1
	}
	return pending.Scheduled
}

// remembered reports whether anything is remembered of the server.
func (n *newsroom) remembered(t *testing.T) bool {
	t.Helper()
	stories, _, err := n.bot.desk.Stories(n.ctx, cache.StoryQuery{Guild: n.guild.ID})
	if err != nil {
		t.Fatal(err)
	}
	set, err := n.bot.desk.SettingsNow(n.ctx, n.guild.ID)
	if err != nil {
		t.Fatal(err)
	}
	return len(stories) > 0 || len(set.Watched) > 0
}

// Who removes the bot has a week to think better of it; then what it had there is forgotten. An outage is no removal.
func TestRemovedFromServer(t *testing.T) {
	n := watched(t, desk.WatchReply)
	n.prints(1)
	m := n.Post(n.general, n.ada, "https://example.org/page")
	n.answersTo(t, m, n.general, 1)
	n.guild.Unavailable(true)
	n.guild.Kick()
	n.until(t, "errand", func() bool { return n.scheduled() == 1 })
	n.guild.Unavailable(false)
	n.guild.Invite()
	n.until(t, "its end", func() bool { return n.scheduled() == 0 })
	if !n.remembered(t) {
		t.Fatal("what comes back is forgotten")
	}

	left := func() error {
		_, err := leftDeed(n.ctx, n.bot, errand{Args: map[string]string{"server": n.guild.ID}}, nil, nil)
		return err
	}
	if err := left(); err != nil || !n.remembered(t) {
		t.Errorf("where it is: %v", err)
	}
	n.guild.Kick()
	n.until(t, "another errand", func() bool { return n.scheduled() == 1 })
	if err := left(); err != nil || n.remembered(t) {
		t.Errorf("where it is not: %v, and it is remembered: %v", err, n.remembered(t))
	}
	if cards, err := n.bot.desk.Cards(n.ctx, n.guild.ID, m.ID); err != nil || len(cards) > 0 {
		t.Errorf("cards that are remembered: %v, %v", cards, err)
	}
}

// A server that was left while nobody listened is found missing when the next session begins; no other is.
func TestRemovedMeanwhile(t *testing.T) {
	n := watched(t, desk.WatchReply)
	other := n.Guild("Another")
	if err := errors.Join(n.bot.desk.Set(n.ctx, other.ID, desk.SetLength, "brief"), n.bot.desk.Set(n.ctx, "user-5", desk.SetLength, "brief")); err != nil {
		t.Fatal(err)
	}
	n.Forget()
	n.guild.Kick()
	n.until(t, "errand", func() bool { return n.scheduled() == 1 })
}

// A channel that is deleted is watched no more.
func TestWatchedChannelDeleted(t *testing.T) {
	n := watched(t, desk.WatchReply)
	n.general.Delete()
	n.until(t, "end of the watch", func() bool { return !n.remembered(t) })
}

// Each server is of one shard, by its id.
func TestOfShard(t *testing.T) {
	n := discordtest.ShardOf("1575642333070753793", 16)
	for shard := range 16 {
		if ofShard("1575642333070753793", []int{shard, 16}) != (shard == n) {
			t.Errorf("shard %d of 16, and Discord has it on %d", shard, n)
		}
	}
	if !ofShard("1575642333070753793", nil) || ofShard("local", nil) {
		t.Error("without shards, all servers are of one, and nothing else is")
	}
}
