package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
)

// A session is a ```console block of README: commands after "$ ", each followed by what it prints.
type session struct {
	command string
	want    string
}

// readSessions splits a document at its console blocks. The parts, joined, are the document; those of a
// block are its sessions.
func readSessions(doc string) (text []string, blocks [][]session) {
	const open, end = "```console\n", "```\n"
	for {
		before, rest, found := strings.Cut(doc, open)
		if !found {
			return append(text, doc), blocks
		}
		block, after, _ := strings.Cut(rest, end)
		var sessions []session
		for line := range strings.Lines(block) {
			if command, ok := strings.CutPrefix(line, "$ "); ok {
				sessions = append(sessions, session{command: strings.TrimSpace(command)})
			} else if len(sessions) > 0 {
				sessions[len(sessions)-1].want += line
			}
		}
		text, blocks = append(text, before+open), append(blocks, sessions)
		doc = end + after
	}
}

// permissionNames are what Discord's developer portal calls the permissions of bots.
var permissionNames = map[string]uint64{
	"View Channels": discordtest.ViewChannel, "Send Messages": discordtest.SendMessages, "Send Messages in Threads": discordtest.SendMessagesInThreads,
	"Read Message History": discordtest.ReadMessageHistory, "Attach Files": discordtest.AttachFiles, "Embed Links": discordtest.EmbedLinks,
	"Create Public Threads": discordtest.CreatePublicThreads,
	"Add Reactions":         discordtest.AddReactions, "Manage Messages": discordtest.ManageMessages,
}

// inDiscord is README's way into Discord: what is typed after the token was copied, and what the bot is said to be permitted.
func inDiscord(t *testing.T) (commands []string, permissions uint64) {
	t.Helper()
	doc, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(doc), "export DISCORD_TOKEN=…\n")
	block, text, ended := strings.Cut(after, "```")
	said, _, told := strings.Cut(text, "`newsdesk run`")
	_, said, listed := strings.Cut(said, "the permissions ")
	if !found || !ended || !told || !listed {
		t.Fatal("README does not say how the bot comes into Discord")
	}
	for line := range strings.Lines(block) {
		if command, ok := strings.CutPrefix(strings.TrimSpace(line), "newsdesk "); ok {
			commands = append(commands, command)
		}
	}
	for i, name := range strings.Split(said, "*") {
		if i%2 == 0 {
			continue
		}
		name = strings.Join(strings.Fields(name), " ")
		if permissionNames[name] == 0 {
			t.Errorf("README names a permission %q", name)
		}
		permissions |= permissionNames[name]
	}
	return commands, permissions
}

// TestReadme runs the commands that README shows, in their order and on one store, and demands that they
// print what README shows, to the byte.
func TestReadme(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	doc, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	text, blocks := readSessions(string(doc))
	store := filepath.Join(t.TempDir(), "readme.db")
	var now strings.Builder
	ran := 0
	for i, block := range blocks {
		now.WriteString(text[i])
		for _, s := range block {
			got := s.run(t, store)
			if got != s.want && !*update {
				t.Errorf("README shows of `%s`:\n%s\nit prints:\n%s", s.command, s.want, got)
			}
			now.WriteString("$ " + s.command + "\n" + got)
			ran++
		}
	}
	now.WriteString(text[len(text)-1])
	if ran < 5 {
		t.Errorf("README shows %d commands, want at least 5", ran)
	}
	if *update {
		if err := os.WriteFile("README.md", []byte(now.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// run runs one command line of README and returns what it prints on both streams.
func (s session) run(t *testing.T, store string) string {
	t.Helper()
	args := shellWords(s.command)
	switch {
	case strings.HasPrefix(s.command, "go run ./cmd/newsdesk "):
		args = args[3:]
	case strings.HasPrefix(s.command, "newsdesk "):
		args = args[1:]
	default:
		t.Fatalf("README shows `%s`, which this test cannot run", s.command)
	}
	var out bytes.Buffer
	day := func() time.Time { return time.Date(2026, time.March, 3, 12, 0, 0, 0, time.UTC) }
	p := &program{in: strings.NewReader(""), out: &out, errors: &out, now: day, getenv: func(name string) string {
		if name == "NEWSDESK_STORE_PATH" {
			return store
		}
		return ""
	}}
	p.run(context.Background(), args)
	return out.String()
}

// shellWords splits a command at its spaces, but not within quotation marks.
func shellWords(command string) []string {
	var words []string
	quoted := false
	word := strings.Builder{}
	for _, r := range command + " " {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ' ' && !quoted:
			if word.Len() > 0 {
				words = append(words, word.String())
				word.Reset()
			}
		default:
			word.WriteRune(r)
		}
	}
	return words
}
