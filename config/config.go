// Package config says how newsdesk is set up.
//
// Nothing needs a configuration: [Default] is complete. What a person sets stands in a YAML file, in
// the environment, or both, and [Load] puts it together:
//
//	the environment  over  the file  over  the defaults
//
// (flags of the command line win over all of it; the command applies them to the Config it gets).
//
// The file is the one named by --config, else by NEWSDESK_CONFIG, else ./config.yaml, else
// newsdesk/config.yaml in the user's configuration folder, else none; see [Find]. It is read strictly:
// an unknown key, a value of the wrong type or an impossible one is a [Problem] with file, line and
// the key that was probably meant. Reading goes on behind a problem, so that one run shows all of them.
//
// Every key has an override in the environment: NEWSDESK_ and the key in capitals with _ for the dots
// (store.path: NEWSDESK_STORE_PATH), lists with commas. A variable that is set but empty counts as not
// set. A secret is also read from the file that …_FILE names (NEWSDESK_LLM_API_KEY_FILE, as container
// platforms hand them out) and from its usual name (OPENAI_API_KEY, OPENAI_API_KEY_FILE). Secrets are
// of type [Secret], which no log and no print shows.
//
// [Schema] describes the file as JSON Schema, for editors.
package config

import (
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/adrg/xdg"
)

// Config is everything that can be set. The yaml tags are the keys; desc is what the JSON Schema says
// of them, and usual is the name under which the world knows the variable.
type Config struct {
	Language string  `yaml:"language" desc:"Language of summaries and answers as a two-letter code; empty for the article's own."`
	Log      Log     `yaml:"log" desc:"What newsdesk reports of its own work, on standard error."`
	Store    Store   `yaml:"store" desc:"Where articles, quotations and summaries are kept, unless a Redis is named."`
	Redis    Redis   `yaml:"redis" desc:"The Redis in which they are kept instead, shared by any number of newsdesks."`
	Fetch    Fetch   `yaml:"fetch" desc:"How pages are read from the network."`
	Limits   Limits  `yaml:"limits" desc:"How often people may ask. All newsdesks that share a Redis count together."`
	Digest   Digest  `yaml:"digest" desc:"The news of a server that is posted when it is due."`
	LLM      LLM     `yaml:"llm" desc:"The model that writes summaries. Without one they are made of the article's own sentences."`
	Discord  Discord `yaml:"discord" desc:"The bot's account at Discord."`
	Feeds    Feeds   `yaml:"feeds" desc:"Feeds that newsdesk run reads: those below, and those that servers follow by themselves (/feed)."`
	Metrics  Metrics `yaml:"metrics" desc:"What newsdesk run counts, for Prometheus."`
}

// Log is what newsdesk reports of its own work.
type Log struct {
	Level string `yaml:"level" desc:"The least serious entry that is shown: debug, info, warn, error, or off."`
}

// Store is where things are kept.
type Store struct {
	Path string `yaml:"path" desc:"The store's file; empty for newsdesk/newsdesk.db in the user's data folder."`
}

// File is the store's file: Path, or its place in the user's data folder.
func (s Store) File() string {
	if s.Path != "" {
		return s.Path
	}
	return filepath.Join(xdg.DataHome, "newsdesk", "newsdesk.db")
}

// Redis is the server that is the store where one is named.
type Redis struct {
	URL Secret `yaml:"url" desc:"Address of a Redis or Valkey, of any node of a Cluster, or of Sentinels; empty to keep everything in store.path. It may hold a password: better kept in the environment than in this file." usual:"REDIS_URL"`
}

// Enabled reports whether a Redis is the store.
func (r Redis) Enabled() bool { return r.URL != "" }

// Fetch is how pages are read from the network.
type Fetch struct {
	AllowNetworks []netip.Prefix `yaml:"allow_networks" desc:"Networks that may be read although they are not public, on any port, for instance 10.1.0.0/16."`
	Ports         []uint16       `yaml:"ports" desc:"Ports that may be read on public addresses."`
	Timeout       time.Duration  `yaml:"timeout" desc:"Longest time for one page, redirects included."`
	Robots        string         `yaml:"robots" desc:"Whether a site's robots.txt holds also where a person asked for the page: ignore, as browsers do, or obey."`
	Proxy         Secret         `yaml:"proxy" desc:"Proxy that pages are read through: http:// or socks5://; empty for none. Those that the environment names for other programs are never used."`
	Contact       string         `yaml:"contact" desc:"Address that site owners find in the User-Agent: a web page or an e-mail address."`
}

// ProxyURL is Proxy, nil where there is none, or none that can be used.
func (f Fetch) ProxyURL() *url.URL {
	u, err := url.Parse(string(f.Proxy))
	if err != nil || u.Scheme != "http" && u.Scheme != "socks5" || u.Port() == "" || u.Hostname() == "" {
		return nil
	}
	return u
}

// Limits are how often people may ask in Discord.
type Limits struct {
	MemberPerMinute uint32 `yaml:"member_per_minute" desc:"Requests of one person in one server (guild) a minute, and so many at once; 0 for any number."`
	GuildPerMinute  uint32 `yaml:"guild_per_minute" desc:"The same for all of a server together."`
}

// Digest is the news that is posted when it is due.
type Digest struct {
	MaxLateness time.Duration `yaml:"max_lateness" desc:"How late a digest is still posted when nothing could be posted at its time; one that would be later is skipped, and the next one says so."`
}

// LLM is the model's server: any that speaks OpenAI's chat completions.
type LLM struct {
	BaseURL string        `yaml:"base_url" desc:"The server's base address, up to and including /v1; empty for OpenAI's when there is a key."`
	APIKey  Secret        `yaml:"api_key" desc:"The server's key. Better kept in the environment than in this file." usual:"OPENAI_API_KEY"`
	Model   string        `yaml:"model" desc:"The model's name, as the server knows it."`
	Timeout time.Duration `yaml:"timeout" desc:"Longest time to wait for one answer."`
	// Further servers are asked in this order when the first one fails.
	Fallback        []Server `yaml:"fallback" desc:"Further servers, asked in this order when the one above fails: model@address, for instance llama3.1@http://localhost:11434/v1."`
	FallbackKeys    []Secret `yaml:"fallback_keys" desc:"Their keys, in the same order; a dash for none. Better kept in the environment than in this file."`
	PartTokens      uint32   `yaml:"part_tokens" desc:"How much of an article is sent at once, in tokens; longer ones are read in parts."`
	DailyTokens     uint32   `yaml:"daily_tokens" desc:"Tokens that may be spent in a day, after which summaries are made without a model; 0 for any number."`
	DailyTokensEach uint32   `yaml:"daily_tokens_each" desc:"The same for each server (guild) that asks; 0 for any number."`
}

// Server is a further model as it is written: model@address.
type Server string

// Model is the model's name.
func (s Server) Model() string { model, _, _ := strings.Cut(string(s), "@"); return model }

// BaseURL is its server's base address.
func (s Server) BaseURL() string { _, address, _ := strings.Cut(string(s), "@"); return address }

// Enabled reports whether a model is to be asked: a server is named, or there is a key for OpenAI's.
func (l LLM) Enabled() bool { return l.BaseURL != "" || l.APIKey != "" }

// Discord is the bot's account.
type Discord struct {
	Token  Secret `yaml:"token" desc:"The bot's token. Better kept in the environment than in this file." usual:"DISCORD_TOKEN"`
	APIURL string `yaml:"api_url" desc:"Base address of Discord's API: another one for a REST proxy or a test server."`

	Shards       Shards `yaml:"shards" desc:"In how many parts Discord tells of its servers: auto for as many as it recommends, a number, or for a newsdesk that is to have certain parts, these, of how many: 0-3/16."`
	Interactions string `yaml:"interactions" desc:"How commands and buttons arrive: gateway, over a connection that newsdesk keeps, or http, posted by Discord to an address of yours."`
	HTTPAddress  string `yaml:"http_address" desc:"Host and port where newsdesk run takes them with http. Discord reaches it by https only: put a proxy before it, and enter its address in the developer portal."`
	PublicKey    string `yaml:"public_key" desc:"The application's public key, which signs them; empty to ask Discord for it."`
}

// OverHTTP reports whether interactions are posted by Discord.
func (d Discord) OverHTTP() bool { return d.Interactions == "http" }

// Feeds are what newsdesk run reads without anybody's asking.
type Feeds struct {
	Sources []FeedSource  `yaml:"sources" desc:"Feeds (RSS, Atom, JSON Feed) and for whom their articles are remembered: the id of a Discord server, or local for the command line, for instance local@https://example.org/feed.xml."`
	Every   time.Duration `yaml:"every" desc:"How often a feed is read; one that fails is read less and less often."`
}

// FeedSource is a feed as it is written: guild@address.
type FeedSource string

// Guild is whose archive the feed is filed in.
func (s FeedSource) Guild() string { guild, _, _ := strings.Cut(string(s), "@"); return guild }

// URL is the feed's address.
func (s FeedSource) URL() string { _, address, _ := strings.Cut(string(s), "@"); return address }

// Metrics is where counts can be read.
type Metrics struct {
	Address string `yaml:"address" desc:"Host and port where the counts are shown, at /metrics; empty for nowhere. Nobody is asked who he is: take a loopback address, or one that only Prometheus reaches."`
}

// Default is the configuration when nobody sets anything.
func Default() Config {
	return Config{
		Log: Log{Level: "off"},
		Fetch: Fetch{
			AllowNetworks: []netip.Prefix{},
			Ports:         []uint16{80, 443},
			Timeout:       15 * time.Second,
			Robots:        "ignore",
		},
		Limits:  Limits{MemberPerMinute: 10, GuildPerMinute: 60},
		Digest:  Digest{MaxLateness: 3 * time.Hour},
		LLM:     LLM{Model: "gpt-4.1-mini", Timeout: time.Minute, Fallback: []Server{}, FallbackKeys: []Secret{}, PartTokens: 6000},
		Discord: Discord{APIURL: "https://discord.com/api/", Shards: "auto", Interactions: "gateway", HTTPAddress: "localhost:8080"},
		Feeds:   Feeds{Sources: []FeedSource{}, Every: 30 * time.Minute},
	}
}

// Secret is a token or key. Printing, logging and encoding show only whether there is one; string(s)
// is the secret itself.
type Secret string

// String says whether there is a secret, not which.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "(set)"
}

// GoString keeps %#v from showing the secret.
func (s Secret) GoString() string { return s.String() }

// MarshalText keeps encoders, log handlers included, from showing the secret.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
