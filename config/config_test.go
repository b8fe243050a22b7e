package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func noEnvironment(string) string { return "" }

func environment(vars map[string]string) func(string) string {
	return func(name string) string { return vars[name] }
}

var comparePrefixes = cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })

func write(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// The file at the root is what people start from: it sets every key, and sets it to what the program
// does without it.
func TestShippedFileIsCompleteAndEqualsTheDefaults(t *testing.T) {
	const path = "../config.yaml"
	got, err := Load(path, noEnvironment)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Default(), got, comparePrefixes); diff != "" {
		t.Errorf("config.yaml differs from the defaults (-default +file):\n%s", diff)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c, set := Default(), map[string]origin{}
	if found := readYAML(&c, path, data, set); len(found) > 0 {
		t.Fatal(found)
	}
	for _, k := range keys {
		if _, ok := set[k.name]; !ok {
			t.Errorf("config.yaml does not mention %s", k.name)
		}
	}
}

func TestEnvironmentWinsOverFile(t *testing.T) {
	path := write(t, "llm:\n  model: from-file\n  timeout: 20s\nfetch:\n  ports: [8080]\n")
	secret := write(t, "key-in-a-file\n")
	got, err := Load(path, environment(map[string]string{
		"NEWSDESK_LLM_MODEL":            "from-environment",
		"NEWSDESK_FETCH_ALLOW_NETWORKS": "127.0.0.0/8, 192.0.2.7",
		"NEWSDESK_LLM_API_KEY_FILE":     secret,
		"OPENAI_API_KEY":                "less particular",
		"DISCORD_TOKEN":                 "usual name",
		"NEWSDESK_STORE_PATH":           "",
	}))
	if err != nil {
		t.Fatal(err)
	}
	want := Default()
	want.LLM.Model, want.LLM.Timeout, want.LLM.APIKey = "from-environment", 20*time.Second, "key-in-a-file"
	want.Fetch.Ports = []uint16{8080}
	want.Fetch.AllowNetworks = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("192.0.2.7/32")}
	want.Discord.Token = "usual name"
	if diff := cmp.Diff(want, got, comparePrefixes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Every key has its variable, and the variable reaches the key.
func TestEveryKeyHasAnOverride(t *testing.T) {
	values := map[string]string{
		"language": "de", "log.level": "debug", "store.path": "x.db", "redis.url": "redis://localhost",
		"fetch.allow_networks": "10.0.0.0/8", "fetch.ports": "81", "fetch.timeout": "3s", "fetch.contact": "https://example.org", "fetch.robots": "obey", "fetch.proxy": "socks5://localhost:1080",
		"limits.member_per_minute": "7", "limits.guild_per_minute": "8", "digest.max_lateness": "90m",
		"llm.base_url": "http://localhost:1/v1", "llm.api_key": "k", "llm.model": "m", "llm.timeout": "4s",
		"llm.fallback": "m@http://localhost:3/v1", "llm.fallback_keys": "k", "llm.part_tokens": "900", "llm.daily_tokens": "5", "llm.daily_tokens_each": "6",
		"discord.token": "t", "discord.api_url": "http://localhost:2/", "discord.shards": "0-3/16", "discord.interactions": "http", "discord.http_address": "localhost:8081",
		"discord.public_key": strings.Repeat("0f", 32), "metrics.address": "localhost:9464",
		"feeds.sources": "local@https://example.org/feed.xml", "feeds.every": "1h",
	}
	for _, k := range keys {
		value, ok := values[k.name]
		if !ok {
			t.Errorf("no value for %s in this test", k.name)
			continue
		}
		got, err := Load("", environment(map[string]string{k.variable(): value}))
		if err != nil {
			t.Errorf("%s=%s: %v", k.variable(), value, err)
		}
		if cmp.Equal(got, Default(), comparePrefixes) {
			t.Errorf("%s=%s changes nothing", k.variable(), value)
		}
	}
}

func TestProblems(t *testing.T) {
	tests := []struct {
		name, yaml string
		want       []string // after "config.yaml"
	}{
		{"typo", "llm:\n  modle: x\n", []string{":2: llm.modle: unknown key; did you mean llm.model?"}},
		{"typo in a section", "stor:\n  path: x\n", []string{":1: stor: unknown key; did you mean store?"}},
		{"key outside its section", "base_url: http://localhost/v1\n", []string{":1: base_url: unknown key; did you mean llm.base_url?"}},
		{"shards that are none", "discord:\n  shards: 4-16/16\n  interactions: webhook\n  public_key: abc\n", []string{
			`:2: discord.shards: "4-16/16" is no number of shards; write auto, for instance 16, or 0-3/16 for the first four of 16`,
			`:3: discord.interactions: "webhook" is neither gateway nor http`,
			`:4: discord.public_key: is no public key; copy the 64 digits from General Information in the developer portal, or leave it empty`,
		}},
		{"nothing near", "colour: blue\n", []string{":1: colour: unknown key"}},
		{"number for text", "llm:\n  model: 4\n", []string{`:2: llm.model: is a number; it should be text (in "quotes" if it looks like something else)`}},
		{"text for ports", "fetch:\n  ports: [http]\n", []string{":2: fetch.ports: is text; it should be [80, 443]"}},
		{"scalar for a list", "fetch:\n  ports: 80\n", []string{":2: fetch.ports: is a number; it should be a list, for instance [80, 443]"}},
		{"impossible port", "fetch:\n  ports: [70000]\n", []string{`:2: fetch.ports: "70000" is no port; ports are whole numbers from 1 to 65535`}},
		{"no ports", "fetch:\n  ports: []\n", []string{":2: fetch.ports: names no port; without one no page could be read"}},
		{"no network", "fetch:\n  allow_networks: [localhost]\n", []string{`:2: fetch.allow_networks: "localhost" is no network; write for instance 10.1.0.0/16 or fd00::/8`}},
		{"no unit", "llm:\n  timeout: \"30\"\n", []string{`:2: llm.timeout: "30" is no duration; write for instance 30s or 2m`}},
		{"out of range", "llm:\n  timeout: 9h\n", []string{":2: llm.timeout: 9h0m0s is out of range; choose from 1s to 1h"}},
		{"no server", "llm:\n  fallback: [localhost]\n", []string{`:2: llm.fallback: "localhost" is no server; write for instance llama3.1@http://localhost:11434/v1`}},
		{"small part", "llm:\n  part_tokens: 9\n", []string{":2: llm.part_tokens: 9 is too small for a part of an article; choose at least 300"}},
		{"no number", "llm:\n  daily_tokens: many\n", []string{":2: llm.daily_tokens: is text; it should be a whole number such as 6000"}},
		{"section as list", "llm:\n- model\n", []string{":2: llm: is a list; it should be keys below it, indented"}},
		{"no keys at all", "hello\n", []string{":1: is text; it should be keys and values, one a line (store:, llm:, …)"}},
		{"no value", "store:\n  path:\n", []string{":2: store.path: has no value; delete the line to use the default"}},
		{"second document", "language: en\n---\nlanguage: de\n", []string{":3: a second document; a configuration is one"}},
		{"user info in an address", "llm:\n  base_url: https://me:pw@example.org/v1\n", []string{":2: llm.base_url: is no address of a server; write for instance http://localhost:11434/v1"}},
		{"a query in an address", "llm:\n  base_url: https://example.org/v1?key=pw\n", []string{":2: llm.base_url: is no address of a server; write for instance http://localhost:11434/v1"}},
		{"no Redis", "redis:\n  url: http://me:pw@example.org\n", []string{":2: redis.url: is no address of a Redis; write for instance redis://localhost:6379, or rediss:// for TLS"}},
		{"alias", "language: &a en\nstore:\n  path: *a\n", []string{
			":1: language: is an anchor or alias, which this file does not use; it should be text (in \"quotes\" if it looks like something else)",
			":3: store.path: is an anchor or alias, which this file does not use; it should be text (in \"quotes\" if it looks like something else)"}},
		{"a language that is none", "language: xq\n", []string{":1: language: \"xq\" is no language code; write for instance en, de, fr, or \"\""}},
		{"several at once, in their order", "log:\n  level: loud\nlanguage: English\nllm:\n  modle: x\n", []string{
			":5: llm.modle: unknown key; did you mean llm.model?",
			`:3: language: "English" is no language code; write for instance en, de, fr, or ""`,
			`:2: log.level: "loud" is no level; choose one of debug, info, warn, error, off`}},
		{"no proxy", "fetch:\n  proxy: https://me:pw@example.org\n", []string{":2: fetch.proxy: is no address of a proxy; write for instance http://localhost:3128, or socks5://localhost:1080"}},
		{"a feed of nobody", "feeds:\n  sources: [https://example.org/feed]\n", []string{`:2: feeds.sources: "https://example.org/feed" is no feed of a server; write for instance local@https://example.org/feed.xml`}},
		{"a feed that is no address", "feeds:\n  sources: [\"123@example.org\"]\n", []string{`:2: feeds.sources: "123@example.org" is no feed of a server; write for instance local@https://example.org/feed.xml`}},
		{"too often", "feeds:\n  every: 10s\n", []string{":2: feeds.every: 10s is out of range; choose from 5m to 24h"}},
		{"robots", "fetch:\n  robots: sometimes\n", []string{`:2: fetch.robots: "sometimes" is neither ignore nor obey`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := write(t, tt.yaml)
			_, err := Load(path, noEnvironment)
			var found Error
			if !errors.As(err, &found) {
				t.Fatalf("error is %v, want an Error", err)
			}
			var got []string
			for _, p := range found {
				got = append(got, strings.TrimPrefix(p.String(), path))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNotYAML(t *testing.T) {
	path := write(t, "llm:\n  model: [a\nstore: }\n")
	_, err := Load(path, noEnvironment)
	var found Error
	if !errors.As(err, &found) || len(found) != 1 {
		t.Fatalf("error is %v, want one problem", err)
	}
	if p := found[0]; p.Line == 0 || !strings.HasPrefix(p.Text, "not YAML: ") || strings.Contains(p.Text, "\n") {
		t.Errorf("problem %q has no line, or more than one line of text", p)
	}
}

func TestProblemsOfFilesAndEnvironment(t *testing.T) {
	dir := t.TempDir()
	missing := filepath.Join(dir, "missing.yaml")
	tests := []struct {
		name, path string
		vars       map[string]string
		want       string
	}{
		{"missing", missing, nil, missing + ": there is no such file; name another with --config, or none to use the defaults"},
		{"directory", dir, nil, dir + ": is a directory; name the file in it"},
		{"wrong type", "", map[string]string{"NEWSDESK_LLM_TIMEOUT": "soon"}, `NEWSDESK_LLM_TIMEOUT: llm.timeout: "soon" is no duration; write for instance 30s or 2m`},
		{"impossible value", "", map[string]string{"NEWSDESK_LANGUAGE": "Deutsch"}, `NEWSDESK_LANGUAGE: language: "Deutsch" is no language code; write for instance en, de, fr, or ""`},
		{"no secret's file", "", map[string]string{"DISCORD_TOKEN_FILE": missing}, "DISCORD_TOKEN_FILE: discord.token: " + missing + ": there is no such file; the variable names the file that holds the secret"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Load(tt.path, environment(tt.vars))
			if err == nil || err.Error() != tt.want {
				t.Errorf("error %q, want %q", err, tt.want)
			}
		})
	}
}

func TestFind(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	vars := map[string]string{}
	find := func(named, want string) {
		t.Helper()
		if got := Find(named, environment(vars)); got != want {
			t.Errorf("Find(%q) = %q, want %q", named, got, want)
		}
	}
	if err := os.WriteFile("config.yaml", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	find("", "config.yaml")
	vars["NEWSDESK_CONFIG"] = "elsewhere.yaml"
	find("", "elsewhere.yaml")
	find("named.yaml", "named.yaml")
}

func TestSecretsDoNotShow(t *testing.T) {
	c := Default()
	c.LLM.APIKey, c.Discord.Token = "sk-very-secret", "token-very-secret"
	encoded, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, shown := range []string{fmt.Sprint(c), fmt.Sprintf("%+v %#v %s %q", c, c, c.LLM.APIKey, c.LLM.APIKey), string(encoded)} {
		if strings.Contains(shown, "very-secret") {
			t.Errorf("a secret shows in %s", shown)
		}
	}
}

// The schema knows every key, with a description, and no other.
func TestSchema(t *testing.T) {
	data := Schema()
	type node struct {
		Description          string
		AdditionalProperties *bool
		Properties           map[string]node
		Required             []string
		Default              any
	}
	var root node
	if err := json.Unmarshal(data, &root); err != nil {
		t.Fatal(err)
	}
	var got []string
	var walk func(prefix string, n node)
	walk = func(prefix string, n node) {
		if n.AdditionalProperties == nil || *n.AdditionalProperties {
			t.Errorf("%q allows unknown keys", prefix)
		}
		if len(n.Required) > 0 {
			t.Errorf("%q requires %v", prefix, n.Required)
		}
		for name, p := range n.Properties {
			if p.Description == "" {
				t.Errorf("%s%s has no description", prefix, name)
			}
			if p.Properties != nil {
				walk(prefix+name+".", p)
				continue
			}
			got = append(got, prefix+name)
		}
	}
	walk("", root)
	var want []string
	for _, k := range keys {
		want = append(want, k.name)
	}
	if diff := cmp.Diff(want, got, cmpopts.SortSlices(strings.Compare)); diff != "" {
		t.Errorf("keys of the schema (-want +got):\n%s", diff)
	}
	if d := root.Properties["llm"].Properties["timeout"].Default; d != "1m" {
		t.Errorf("default of llm.timeout is %v, want 1m", d)
	}
}

// Whatever stands in a file, Load ends, and either refuses it with problems of one line each or
// returns a configuration whose values are possible.
func FuzzLoad(f *testing.F) {
	shipped, err := os.ReadFile("../config.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(shipped)
	for _, seed := range []string{"llm: {model: x}", "fetch:\n  ports: [1, 2]\n", "a: &a [*a]", "? x\n: y", "- - -", "<<: {a: b}", "\x00", "language: |\n  en\n", "!!map {}", "store: {path: 'x'}\n---\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, from := Default(), map[string]origin{}
		found := readYAML(&c, "config.yaml", data, from)
		found = append(found, check(&c, from)...)
		for _, p := range found {
			if s := p.String(); strings.ContainsAny(s, "\n\r\x1b") || len(s) > 1000 {
				t.Errorf("problem %q is not one plain line", s)
			}
		}
		if len(found) == 0 && (len(c.Fetch.Ports) == 0 || c.LLM.Timeout < time.Second || c.Discord.APIURL == "") {
			t.Errorf("impossible values were accepted: %+v", c)
		}
	})
}

func TestShards(t *testing.T) {
	type parsed struct {
		of, first, last int
		fixed, ok       bool
	}
	for text, want := range map[Shards]parsed{
		"auto": {ok: true}, "16": {of: 16, ok: true}, "0-3/16": {16, 0, 3, true, true}, "5/16": {16, 5, 5, true, true},
	} {
		var got parsed
		if got.of, got.first, got.last, got.fixed, got.ok = text.Range(); got != want {
			t.Errorf("%s: %+v, want %+v", text, got, want)
		}
	}
	if c, err := Load(write(t, "discord:\n  shards: 16\n"), environment(nil)); err != nil || c.Discord.Shards != "16" {
		t.Errorf("a number in YAML is %q, %v", c.Discord.Shards, err)
	}
	for _, text := range []Shards{"", "0", "-1", "many", "3-1/16", "0-16/16", "0-3/", "/16", "01", "1-2-3/4", "999999999"} {
		if _, _, _, _, ok := text.Range(); ok {
			t.Errorf("%q passes", text)
		}
	}
}
