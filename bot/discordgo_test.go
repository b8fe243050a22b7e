package bot

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/bot/discordtest"
)

// plainDiscordgo names the Discord that a process of TestDiscordgoStandsStill connects to with discordgo's own client.
const plainDiscordgo = "NEWSDESK_TEST_PLAIN_DISCORDGO"

// discordgo's own client is locked for ever where Discord says Reconnect in place of READY: it opens under a lock for
// which closing waits (bwmarrin/discordgo#1694). This is why [gateway] is not that client; where the test fails, it may be
// mended. The process that stands still is one of its own.
func TestDiscordgoStandsStill(t *testing.T) {
	if address := os.Getenv(plainDiscordgo); address != "" {
		openPlainly(t, address)
		return
	}
	d := discordtest.Start(t)
	d.InsteadOfReady(discordtest.OpReconnect)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestDiscordgoStandsStill$", "-test.v")
	cmd.Env = append(os.Environ(), plainDiscordgo+"="+d.GatewayURL(), "DISCORD_TOKEN="+d.Token())
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "stands still") {
		t.Errorf("%v\n%s", err, out)
	}
}

// openPlainly opens a session, and waits until that waits for a lock that it holds itself.
func openPlainly(t *testing.T, gateway string) {
	s, err := discordgo.New("Bot " + os.Getenv("DISCORD_TOKEN"))
	if err != nil {
		t.Fatal(err)
	}
	discordgo.EndpointGateway = strings.Replace(strings.TrimSuffix(gateway, "/gateway"), "ws://", "http://", 1) + "/api/v9/gateway"
	opened := make(chan error, 1)
	go func() { opened <- s.Open() }()
	stack := make([]byte, 1<<20)
	for {
		for _, goroutine := range strings.Split(string(stack[:runtime.Stack(stack, true)]), "\n\n") {
			if strings.Contains(goroutine, "(*Session).Open") && strings.Contains(goroutine, "(*Session).CloseWithCode") && strings.Contains(goroutine, "(*RWMutex).Lock") {
				t.Log("discordgo stands still")
				return
			}
		}
		select {
		case err := <-opened:
			t.Fatalf("it is open: %v", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}
