package redis

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"newsdesk/cache"
)

// Put files story for the guild of share, and returns it as that guild now has it. The guild sees all of
// it or nothing; a filing that is broken off is finished by whoever writes in the guild next.
//
// A story of the same ID becomes a new version of it: article, quotes and summary are replaced, for
// every guild that shares it, and UpdatedAt is set if the text changed. A story of the same text under
// another name is filed as the one that is there: article and ID stay, quotes and summary are
// replaced, the new name finds it too. FiledAt is when the guild first shared it: share.At, else
// story.FiledAt, else now. What cache.Check refuses is cache.ErrInvalid.
func (s *Store) Put(ctx context.Context, story cache.Story, share cache.Share) (cache.Story, error) {
	if err := errors.Join(ctx.Err(), cache.Check(story, share)); err != nil {
		return cache.Story{}, s.mapped("write", err)
	}
	at := cache.FiledNow(story, share).UnixMicro()
	if err := s.mendNow(ctx, share.Guild); err != nil {
		return cache.Story{}, s.mapped("write", err)
	}
	story = cache.Uncorrected(story)
	f := filing{store: s, given: story, guild: share.Guild, share: sharing{share.By, at, share.Where}, fence: share.Fence,
		owner: cache.Owner(&story.Article, share.Guild), content: cache.ContentKey(&story.Article)}
	for n := 0; ; n++ {
		id, err := f.place(ctx)
		if err == nil {
			var done bool
			if done, err = f.again(ctx, id); err == nil && !done {
				err = f.fileAs(ctx, id)
			}
		}
		if err == nil {
			filed, err := s.Story(ctx, share.Guild, id)
			return filed, err
		}
		if !errors.Is(err, errMoved) || n == 20 {
			return cache.Story{}, s.mapped("write", err)
		}
		if err := pause(ctx, n); err != nil {
			return cache.Story{}, s.mapped("write", err)
		}
	}
}

// filing is one call of Put.
type filing struct {
	store          *Store
	given          cache.Story
	guild          string
	share          sharing
	fence          int64
	owner, content string
}

// place says under which ID the story is filed: its own, or that of the story whose text it is.
func (f *filing) place(ctx context.Context) (string, error) {
	own := cache.StoryID(&f.given.Article)
	c := f.store.client
	there, err := c.Exists(ctx, f.store.keys.story(f.owner, own).meta()).Result()
	if err != nil || there > 0 {
		return own, err
	}
	other, err := c.Get(ctx, f.store.keys.content(f.owner, f.content)).Result()
	if errors.Is(err, goredis.Nil) {
		return own, nil
	}
	if err != nil {
		return "", err
	}
	same, err := c.HGet(ctx, f.store.keys.story(f.owner, other).meta(), "c").Result()
	if err != nil && !errors.Is(err, goredis.Nil) {
		return "", err
	}
	if same == f.content {
		return other, nil
	}
	return own, nil
}

// again files a story that the guild sees just so already: then there is only the share to note, and nobody
// has to wait for anybody. done is false if there is more to do.
func (f *filing) again(ctx context.Context, id string) (done bool, err error) {
	s := f.store
	k, g := s.keys.story(f.owner, id), s.keys.guild(f.guild)
	_, e, found, err := entryOf(ctx, s.client, g, id)
	if err != nil || !found {
		return false, err
	}
	m, err := s.readMeta(ctx, k)
	if err != nil || m.content != f.content || m.version != e.Version || f.fence > 0 {
		return false, err
	}
	for _, ref := range cache.Refs(&f.given.Article) {
		if !slices.Contains(m.refs, ref) {
			return false, nil
		}
	}
	kept, err := s.version(ctx, k, e.Version)
	if errors.Is(err, errMoved) {
		return false, nil
	}
	given := f.given
	given.UpdatedAt = kept.UpdatedAt
	if id != cache.StoryID(&given.Article) {
		given.Article = kept.Article
	}
	if err != nil || !same(kept, given) {
		return false, err
	}
	if e.knows(f.share) {
		return true, nil
	}
	err = s.change(ctx, g, func(c *change) error {
		number, e, found, err := entryOf(ctx, c.tx, g, id)
		if done = err == nil && found; !done {
			return err
		}
		c.share(ctx, number, &e, f.share)
		c.keep(ctx, number, e)
		return nil
	})
	return done, err
}

// fileAs files the story under id. It is errMoved if that is no longer the place for it.
func (f *filing) fileAs(ctx context.Context, id string) error {
	s := f.store
	k := s.keys.story(f.owner, id)
	return s.locked(ctx, k, func() error {
		meta, err := s.readMeta(ctx, k)
		if err != nil {
			return err
		}
		if f.fence > 0 && f.fence < meta.fence {
			return fmt.Errorf("claim %d after %d: %w", f.fence, meta.fence, cache.ErrStale)
		}
		if err := f.claim(ctx, id, meta); err != nil {
			return err
		}
		if err := s.note(ctx, f.guild, k, note{ID: id, Owner: f.owner, By: f.share.by, At: f.share.at, Where: f.share.where}); err != nil {
			return err
		}
		if err := s.listGuild(ctx, f.guild); err != nil {
			return err
		}
		version, err := f.stage(ctx, k, id, meta)
		if err != nil {
			return err
		}
		if err := s.index(ctx, f.guild, k, f.entry(id), version, f.share); err != nil {
			return err
		}
		return s.settle(ctx, k, f.guild)
	})
}

func (f *filing) entry(id string) entry { return entry{ID: id, Owned: f.owner != ""} }

// meta is the meta hash of a story.
type meta struct {
	version, low, updated int64
	fence                 int64
	content, was          string           // was: that of the version before, until all is settled
	guilds                map[string]int64 // → the version that its lists speak of
	refs                  []string
}

// readMeta reads the meta hash; version is 0 where there is no story.
func (s *Store) readMeta(ctx context.Context, k storyKeys) (meta, error) {
	fields, err := s.client.HGetAll(ctx, k.meta()).Result()
	if err != nil {
		return meta{}, err
	}
	m := meta{guilds: map[string]int64{}, content: fields["c"], was: fields["was"]}
	for name, text := range fields {
		if ref, ok := strings.CutPrefix(name, "r:"); ok {
			m.refs = append(m.refs, ref)
			continue
		}
		if name == "c" || name == "was" {
			continue
		}
		number, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return m, fmt.Errorf("%s of %s: %w", name, k, cache.ErrCorrupt)
		}
		switch guild, ok := strings.CutPrefix(name, "g:"); {
		case ok:
			m.guilds[guild] = number
		case name == "v":
			m.version = number
		case name == "low":
			m.low = number
		case name == "fence":
			m.fence = number
		case name == "u":
			m.updated = number
		}
	}
	return m, nil
}

// claim makes the story the one that is found by its text, unless another is; then a new story is errMoved
// to that. Who has claimed the text and has not filed it by now has died.
func (f *filing) claim(ctx context.Context, id string, m meta) error {
	c := f.store.client
	key := f.store.keys.content(f.owner, f.content)
	for n := range 10 {
		err := c.SetArgs(ctx, key, id, goredis.SetArgs{Mode: "NX"}).Err()
		if err == nil || !errors.Is(err, goredis.Nil) {
			return err
		}
		holder, err := c.Get(ctx, key).Result()
		if errors.Is(err, goredis.Nil) {
			continue
		}
		if err != nil || holder == id || m.version > 0 {
			return err
		}
		there, err := c.Exists(ctx, f.store.keys.story(f.owner, holder).meta()).Result()
		if err != nil {
			return err
		}
		if there > 0 {
			return errMoved
		}
		if err := pause(ctx, n); err != nil {
			return err
		}
	}
	return c.Set(ctx, key, id, 0).Err()
}

// stage writes the new version of the story, seen by nobody yet, and returns its number.
func (f *filing) stage(ctx context.Context, k storyKeys, id string, m meta) (int64, error) {
	s := f.store
	story := f.given
	updated := m.updated
	if m.version == 0 {
		updated = micros(story.UpdatedAt) // when it comes from another store
	}
	story.UpdatedAt = time.Time{}
	if m.version > 0 {
		kept, err := s.version(ctx, k, m.version)
		if err != nil {
			return 0, err
		}
		if m.content == f.content && id != cache.StoryID(&f.given.Article) {
			story.Article = kept.Article // the same text under another name: it stays the story it is
		}
		if m.content != f.content {
			updated = f.share.at
		}
		if updated != 0 {
			story.UpdatedAt = moment(updated)
		}
		if same(kept, story) {
			return m.version, errors.Join(f.stageShare(ctx, k), f.point(ctx, id))
		}
	} else if id != cache.StoryID(&f.given.Article) {
		return 0, errMoved // the story whose text it was has been forgotten
	}
	if updated != 0 {
		story.UpdatedAt = moment(updated)
	}
	fields, err := versionFields(story)
	if err != nil {
		return 0, err
	}
	version := m.version + 1
	err = s.client.Watch(ctx, func(tx *goredis.Tx) error {
		now, err := tx.HGet(ctx, k.meta(), "v").Int64()
		if err != nil && !errors.Is(err, goredis.Nil) {
			return err
		}
		if now != m.version {
			return errMoved // the lock was lost
		}
		cmds, err := tx.TxPipelined(ctx, func(pipe goredis.Pipeliner) error {
			pipe.Del(ctx, k.version(version))
			pipe.HSet(ctx, k.version(version), fields...)
			pipe.HSet(ctx, k.meta(), "v", version, "c", f.content, "u", updated)
			if m.version == 0 {
				pipe.HSet(ctx, k.meta(), "low", version)
			}
			if m.version > 0 && m.content != f.content {
				pipe.HSet(ctx, k.meta(), "was", m.content) // its pointer goes when all is settled
			}
			f.writeShare(ctx, pipe, k)
			return writeSummary(ctx, pipe, k, story)
		})
		return reason(cmds, err)
	}, k.meta())
	if errors.Is(err, goredis.TxFailedErr) {
		return 0, errMoved
	}
	if err != nil {
		return 0, err
	}
	return version, f.point(ctx, id)
}

// same reports whether two versions of a story are one.
func same(a, b cache.Story) bool {
	a.ID, a.FiledAt = b.ID, b.FiledAt
	return reflect.DeepEqual(a, b)
}

// stageShare notes that a guild is about to see a story, and the names that lead to it.
func (f *filing) stageShare(ctx context.Context, k storyKeys) error {
	pipe := f.store.client.TxPipeline()
	f.writeShare(ctx, pipe, k)
	cmds, err := pipe.Exec(ctx)
	return reason(cmds, err)
}

func (f *filing) writeShare(ctx context.Context, pipe goredis.Pipeliner, k storyKeys) {
	pipe.HSetNX(ctx, k.meta(), "g:"+f.guild, 0)
	if f.fence > 0 {
		pipe.HSet(ctx, k.meta(), "fence", f.fence)
	}
	for _, ref := range cache.Refs(&f.given.Article) {
		pipe.HSet(ctx, k.meta(), "r:"+ref, 1)
	}
}

// point lets the names of the story lead to it.
func (f *filing) point(ctx context.Context, id string) error {
	pipe := f.store.client.Pipeline()
	for _, ref := range cache.Refs(&f.given.Article) {
		pipe.Set(ctx, f.store.keys.ref(f.owner, ref), id, 0)
	}
	_, err := pipe.Exec(ctx)
	return err
}

// index lets a guild see a version of a story; one that sees a later version already keeps it. Who
// shares it is noted either way.
func (s *Store) index(ctx context.Context, guild string, k storyKeys, blank entry, version int64, sh sharing) error {
	fresh, err := s.version(ctx, k, version)
	if err != nil {
		return err
	}
	g := s.keys.guild(guild)
	return s.change(ctx, g, func(c *change) error {
		number, e, found, err := entryOf(ctx, c.tx, g, blank.ID)
		if err != nil {
			return err
		}
		var old cache.Story
		if !found {
			e = blank
			if number, err = c.enter(ctx, &e, sh.at); err != nil {
				return err
			}
		}
		kept := e
		c.share(ctx, number, &e, sh)
		if e.Version < version {
			if found {
				if old, err = s.version(ctx, k, e.Version); err == nil {
					old, err = asSeen(ctx, c.tx, g, number, e, old)
				}
				if err != nil {
					return err
				}
			}
			seen, err := asSeen(ctx, c.tx, g, number, e, fresh)
			if err != nil {
				return err
			}
			if err := c.relist(ctx, number, e.FiledAt, old, seen); err != nil {
				return err
			}
			e.Version, e.Quotes = version, len(fresh.Quotes)
		}
		if !found || !reflect.DeepEqual(kept, e) {
			c.keep(ctx, number, e)
		}
		return nil
	})
}

// reindex brings a guild that shares a story to its present version, if it still does share it.
func (s *Store) reindex(ctx context.Context, guild string, k storyKeys, id string, version int64) error {
	_, e, found, err := entryOf(ctx, s.client, s.keys.guild(guild), id)
	if err != nil || !found {
		return err
	}
	for by, at := range e.Shares { // any will do, it is known
		return s.index(ctx, guild, k, e, version, sharing{by: by, at: at})
	}
	return nil
}

// settle ends a filing: every guild that shares the story comes to its present version, earlier ones go,
// and so does guild's note.
func (s *Store) settle(ctx context.Context, k storyKeys, guild string) error {
	m, err := s.readMeta(ctx, k)
	if err != nil {
		return err
	}
	n, _, err := s.noteOf(ctx, guild, k)
	if err != nil {
		return err
	}
	for other, seen := range m.guilds {
		if seen >= m.version || other == guild {
			continue
		}
		if err := s.reindex(ctx, other, k, n.ID, m.version); err != nil {
			return err
		}
	}
	if m.was != "" && m.was != m.content {
		if err := deleteIf.Run(ctx, s.client, []string{s.keys.content(n.Owner, m.was)}, n.ID).Err(); err != nil {
			return err
		}
	}
	pipe := s.client.TxPipeline()
	for other := range m.guilds {
		pipe.HSet(ctx, k.meta(), "g:"+other, m.version)
	}
	for v := m.low; v < m.version; v++ {
		pipe.Del(ctx, k.version(v))
	}
	pipe.HSet(ctx, k.meta(), "low", m.version)
	pipe.HDel(ctx, k.meta(), "was")
	if cmds, err := pipe.Exec(ctx); err != nil {
		return reason(cmds, err)
	}
	return s.client.HDel(ctx, s.keys.guild(guild).begun(), string(k)).Err()
}

// note says what a process is about to do to a story that guild shares, should it not come to do it.
type note struct {
	ID     string `json:"i"`
	Owner  string `json:"o,omitempty"`
	By     string `json:"b,omitempty"`
	At     int64  `json:"a,omitempty"`
	Where  string `json:"w,omitempty"`
	Forget bool   `json:"f,omitempty"`
}

func (s *Store) note(ctx context.Context, guild string, k storyKeys, n note) error {
	data, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return s.client.HSet(ctx, s.keys.guild(guild).begun(), string(k), data).Err()
}

func (s *Store) noteOf(ctx context.Context, guild string, k storyKeys) (n note, ok bool, err error) {
	data, err := s.client.HGet(ctx, s.keys.guild(guild).begun(), string(k)).Bytes()
	if errors.Is(err, goredis.Nil) {
		return note{}, false, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &n)
	}
	return n, err == nil, err
}
