package config

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// Levels are the values of log.level.
var Levels = []string{"debug", "info", "warn", "error", "off"}

var languageCode = regexp.MustCompile(`^([a-z]{2,3})?$`)

// check finds values that are of the right type and yet impossible. Each problem is put where the
// value was set.
func check(c *Config, from map[string]origin) Error {
	var found Error
	wrong := func(key, text string) {
		at := from[key]
		found = append(found, Problem{Source: at.source, Line: at.line, Key: key, Text: text})
	}
	if _, err := language.ParseBase(c.Language); c.Language != "" && (err != nil || !languageCode.MatchString(c.Language)) {
		wrong("language", fmt.Sprintf("%q is no language code; write for instance en, de, fr, or \"\"", c.Language))
	}
	if !slices.Contains(Levels, c.Log.Level) {
		wrong("log.level", fmt.Sprintf("%q is no level; choose one of debug, info, warn, error, off", c.Log.Level))
	}
	if c.Fetch.Robots != "ignore" && c.Fetch.Robots != "obey" {
		wrong("fetch.robots", fmt.Sprintf("%q is neither ignore nor obey", c.Fetch.Robots))
	}
	if len(c.Fetch.Ports) == 0 {
		wrong("fetch.ports", "names no port; without one no page could be read")
	}
	if c.Fetch.Proxy != "" && c.Fetch.ProxyURL() == nil {
		wrong("fetch.proxy", "is no address of a proxy; write for instance http://localhost:3128, or socks5://localhost:1080")
	}
	if _, _, err := net.SplitHostPort(c.Metrics.Address); c.Metrics.Address != "" && err != nil {
		wrong("metrics.address", "is no host and port; write for instance localhost:9464")
	}
	timeout := func(key string, d time.Duration) {
		if d < time.Second || d > time.Hour {
			wrong(key, fmt.Sprintf("%v is out of range; choose from 1s to 1h", d))
		}
	}
	timeout("fetch.timeout", c.Fetch.Timeout)
	timeout("llm.timeout", c.LLM.Timeout)
	if d := c.Digest.MaxLateness; d < time.Minute || d > 24*time.Hour {
		wrong("digest.max_lateness", fmt.Sprintf("%v is out of range; choose from 1m to 24h", d))
	}
	if c.Redis.Enabled() && !isRedisURL(string(c.Redis.URL)) {
		wrong("redis.url", "is no address of a Redis; write for instance redis://localhost:6379, or rediss:// for TLS")
	}
	if c.LLM.BaseURL != "" && !isModelURL(c.LLM.BaseURL) {
		wrong("llm.base_url", "is no address of a server; write for instance http://localhost:11434/v1")
	}
	if c.LLM.Model == "" {
		wrong("llm.model", "is empty; name the model as its server knows it")
	}
	if c.LLM.PartTokens < leastPart {
		wrong("llm.part_tokens", fmt.Sprintf("%d is too small for a part of an article; choose at least %d", c.LLM.PartTokens, leastPart))
	}
	for _, s := range c.LLM.Fallback {
		if s.Model() == "" || !isModelURL(s.BaseURL()) {
			wrong("llm.fallback", fmt.Sprintf("%q is no server; write for instance llama3.1@http://localhost:11434/v1", s))
		}
	}
	if !isBaseURL(c.Discord.APIURL) {
		wrong("discord.api_url", "is no address of a server; write for instance https://discord.com/api/")
	}
	for _, s := range c.Feeds.Sources {
		if u, err := url.Parse(s.URL()); !guildName.MatchString(s.Guild()) || err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			wrong("feeds.sources", fmt.Sprintf("%q is no feed of a server; write for instance local@https://example.org/feed.xml", s))
		}
	}
	if c.Feeds.Every < 5*time.Minute || c.Feeds.Every > 24*time.Hour {
		wrong("feeds.every", fmt.Sprintf("%v is out of range; choose from 5m to 24h", c.Feeds.Every))
	}
	if _, _, _, _, ok := c.Discord.Shards.Range(); !ok {
		wrong("discord.shards", fmt.Sprintf("%q is no number of shards; write auto, for instance 16, or 0-3/16 for the first four of 16", c.Discord.Shards))
	}
	if c.Discord.Interactions != "gateway" && c.Discord.Interactions != "http" {
		wrong("discord.interactions", fmt.Sprintf("%q is neither gateway nor http", c.Discord.Interactions))
	}
	if _, _, err := net.SplitHostPort(c.Discord.HTTPAddress); c.Discord.OverHTTP() && err != nil {
		wrong("discord.http_address", "is no host and port; write for instance localhost:8080")
	}
	if key, err := hex.DecodeString(c.Discord.PublicKey); c.Discord.PublicKey != "" && (err != nil || len(key) != ed25519.PublicKeySize) {
		wrong("discord.public_key", "is no public key; copy the 64 digits from General Information in the developer portal, or leave it empty")
	}
	return found
}

// guildName is the id of a Discord server, or the command line.
var guildName = regexp.MustCompile(`^([0-9]{1,20}|local)$`)

// leastPart is how many tokens a part of an article has at least.
const leastPart = 300

// isRedisURL reports whether s is an address that a Redis can be reached at.
func isRedisURL(s string) bool {
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "redis", "rediss":
		return u.Host != ""
	case "unix":
		return u.Path != ""
	}
	return false
}

// isModelURL reports whether s is the address of a model's server, as isBaseURL, or with Azure's api-version behind it.
func isModelURL(s string) bool {
	address, query, _ := strings.Cut(s, "?")
	values, err := url.ParseQuery(query)
	if err != nil || len(values) > 1 || len(values) == 1 && values.Get("api-version") == "" {
		return false
	}
	return isBaseURL(address)
}

// isBaseURL reports whether s is an http or https address that paths can be added to. User info is
// refused: it would show in logs and errors.
func isBaseURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" &&
		u.User == nil && u.RawQuery == "" && u.Fragment == ""
}
