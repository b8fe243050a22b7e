package redis

import (
	"regexp"
	"strconv"
	"strings"

	"newsdesk/cache"
)

// version of what the keys hold, the layout. Keys of another layout are other keys.
const (
	version = 1
	layout  = "1"
)

// keys names what is kept: the prefix and the layout, "newsdesk:1:".
type keys string

// guildKeys names what one guild sees. Its hash tag puts all of it into one Cluster slot.
//
//	m          hash: rev (one more with every change), seq (the last story's number), quotes (how many)
//	id         hash: a story's ID → its number here
//	entry      hash: a story's number → entry
//	newest     zset: member of a story, by when it was filed
//	site:…     zset: the same, of one site's stories
//	by:…       zset: the same, of what one member shared
//	spelling   hash: a name as articles write it → speaker's number
//	speaker:N  hash: the spellings of a speaker → how often each
//	name       hash: speaker's number → the name shown
//	most       zset: speaker's number, by how many quotes
//	part       zset, all of one score: "word NUL speaker's number", for each of cache.SpeakerWords
//	begin:P    zset: speaker's number, by how many quotes, of those of whose name a part begins with the one or
//	           two letters P
//	said:N     zset: member of a quote, by when its story was filed
//	words:B    hash: the topic index of the stories of block B, see posting.go
//	blocks     hash: B → when its stories were filed, "first last mixed"
//	correction:N hash: of a story's number, cache.QuoteKeys → cache.Correction; with " open" behind the key, a report
//	corrected  set: numbers of the stories that have any
//	setting    hash: name → value
//	meter:…    string, with a TTL: a counter, or when a bucket is full again, in microseconds
//	begun      hash: storyKeys of what is being filed or forgotten → note
type guildKeys string

// storyKeys names what is kept of one story, all in one slot: its own, or that of the guild that it
// belongs to.
//
//	m     hash: v (the version that is filed), low (the oldest that is kept), c (cache.ContentKey),
//	      was (that of the version before, while it is being filed), u (when the text last changed), g:GUILD → the version that GUILD sees, r:REF → 1,
//	      fence (the highest claim under which it was filed)
//	v:N   hash, never changed: r (cache.MarshalRecord), q (number of quotes), n → cache.MarshalQuote,
//	      and what lists show: name, title, site, u
//	sum   hash, with a TTL: cache.SummaryKey → cache.MarshalSummary, of what models wrote of it
//	lock  string: who is filing or forgetting it
type storyKeys string

func (k keys) guild(guild string) guildKeys { return guildKeys(string(k) + "{g." + safe(guild) + "}:") }

// story names the story filed under id that belongs to owner, "" for one of the web.
func (k keys) story(owner, id string) storyKeys {
	if owner == "" {
		return storyKeys(string(k) + "{s." + safe(id) + "}:")
	}
	return storyKeys(string(k.guild(owner)) + "s." + safe(id) + ":")
}

// meter is the string of a bucket or a counter, in guild's slot; guild may be "" for all of them.
func (k keys) meter(guild, name string) string {
	return string(k.guild(guild)) + "meter:" + safe(name)
}

// guilds is the set of all guilds that have anything.
func (k keys) guilds() string { return string(k) + "guilds" }

// agenda is the zset of all appointments of a kind: "guild NUL name of the setting", by when, in microseconds.
func (k keys) agenda(kind string) string { return string(k) + "agenda:" + safe(kind) }

// claim is the string that holds the token of who works on what name means, result what came of it.
func (k keys) claim(name string) string  { return string(k) + "{w." + cache.Digest("claim", name) + "}" }
func (k keys) result(name string) string { return k.claim(name) + ":result" }

// pool is the hash of what processes divide among themselves; see divideScript.
func (k keys) pool(name string) string { return string(k) + "{d." + safe(name) + "}" }

// fence is the number of the last claim that was given.
func (k keys) fence() string { return string(k) + "fence" }

// ref is the string that holds the ID of the story to which ref leads.
func (k keys) ref(owner, ref string) string { return k.pointer("r", owner, cache.Digest("ref", ref)) }

// content is the string that holds the ID of the story whose text it is.
func (k keys) content(owner, content string) string { return k.pointer("c", owner, content) }

func (k keys) pointer(kind, owner, to string) string {
	if owner == "" {
		return string(k) + "{" + kind + "." + to + "}"
	}
	return string(k.guild(owner)) + kind + "." + to
}

func (k guildKeys) meta() string            { return string(k) + "m" }
func (k guildKeys) ids() string             { return string(k) + "id" }
func (k guildKeys) entries() string         { return string(k) + "entry" }
func (k guildKeys) newest() string          { return string(k) + "newest" }
func (k guildKeys) site(site string) string { return string(k) + "site:" + safe(lower(site)) }
func (k guildKeys) sharer(by string) string { return string(k) + "by:" + safe(by) }
func (k guildKeys) spellings() string       { return string(k) + "spelling" }
func (k guildKeys) speaker(n int64) string  { return string(k) + "speaker:" + strconv.FormatInt(n, 10) }
func (k guildKeys) names() string           { return string(k) + "name" }
func (k guildKeys) most() string            { return string(k) + "most" }
func (k guildKeys) parts() string           { return string(k) + "part" }
func (k guildKeys) begin(p string) string   { return string(k) + "begin:" + safe(p) }
func (k guildKeys) said(n int64) string     { return string(k) + "said:" + strconv.FormatInt(n, 10) }
func (k guildKeys) words(block int64) string {
	return string(k) + "words:" + strconv.FormatInt(block, 10)
}
func (k guildKeys) blocks() string   { return string(k) + "blocks" }
func (k guildKeys) settings() string { return string(k) + "setting" }
func (k guildKeys) begun() string    { return string(k) + "begun" }

// kept is the hash of what is kept about something, allKept the sorted set of what there is such a hash about.
func (k guildKeys) kept(about string) string { return string(k) + "kept:" + safe(about) }
func (k guildKeys) allKept() string          { return string(k) + "kept" }

func (k storyKeys) meta() string           { return string(k) + "m" }
func (k storyKeys) version(v int64) string { return string(k) + "v:" + strconv.FormatInt(v, 10) }
func (k storyKeys) summaries() string      { return string(k) + "sum" }
func (k storyKeys) lock() string           { return string(k) + "lock" }

var plain = regexp.MustCompile(`^[0-9A-Za-z_-]{1,64}$`)

// safe is s where it can stand in a key as it is, as Discord's numbers can, else a digest of it: no
// braces, no blanks, no length without end.
func safe(s string) string {
	if plain.MatchString(s) {
		return s
	}
	return "~" + cache.Digest("key", s)
}

// lower folds the letters A to Z, as the embedded store does: sites are compared so.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, s)
}
