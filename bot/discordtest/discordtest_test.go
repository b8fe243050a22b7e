package discordtest_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/goleak"

	"newsdesk/bot/discordtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const allIntents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsGuildMessageReactions |
	discordgo.IntentsDirectMessages | discordgo.IntentsMessageContent

// newBot is a bot that is not connected yet.
func newBot(t *testing.T, d *discordtest.Discord) *discordgo.Session {
	t.Helper()
	s, err := discordgo.New("Bot " + d.Token())
	if err != nil {
		t.Fatal(err)
	}
	s.Client = d.Client()
	s.Identify.Intents = allIntents
	s.LogLevel = -1 // what is provoked here
	return s
}

// connect starts a bot that is stopped when the test ends.
func connect(t *testing.T, d *discordtest.Discord, s *discordgo.Session) *discordgo.Session {
	t.Helper()
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.ShouldReconnectOnError = false; _ = s.Close() })
	if err := d.Wait(timeout(t), "login", func() bool { return d.Connected(1) }); err != nil {
		t.Fatal(err)
	}
	return s
}

// timeout is longer than anything here takes, so that a test that hangs says where.
func timeout(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// code of a refusal, 0 for none.
func code(t *testing.T, err error) int {
	t.Helper()
	var rest *discordgo.RESTError
	switch {
	case err == nil:
		return 0
	case !errors.As(err, &rest) || rest.Message == nil:
		t.Fatalf("error %v is none of Discord's", err)
	}
	return rest.Message.Code
}

var commands = []*discordgo.ApplicationCommand{
	{Name: "summarize", Description: "Summarize an article", Options: []*discordgo.ApplicationCommandOption{
		{Type: discordgo.ApplicationCommandOptionString, Name: "url", Description: "Its address"},
		{Type: discordgo.ApplicationCommandOptionAttachment, Name: "file", Description: "Or a file"},
		{Type: discordgo.ApplicationCommandOptionBoolean, Name: "private", Description: "Only for me"},
		{Type: discordgo.ApplicationCommandOptionInteger, Name: "points", Description: "How many"},
		{Type: discordgo.ApplicationCommandOptionNumber, Name: "share", Description: "How much"},
		{Type: discordgo.ApplicationCommandOptionUser, Name: "for", Description: "For whom"},
		{Type: discordgo.ApplicationCommandOptionChannel, Name: "in", Description: "Where"},
		{Type: discordgo.ApplicationCommandOptionString, Name: "speaker", Description: "Who", Autocomplete: true},
	}},
	{Name: "Who said what", Type: discordgo.MessageApplicationCommand},
}

// register registers the commands above.
func register(t *testing.T, d *discordtest.Discord, s *discordgo.Session) {
	t.Helper()
	if _, err := s.ApplicationCommandBulkOverwrite(d.Bot().ID, "", commands); err != nil {
		t.Fatal(err)
	}
}

// answer answers each interaction with what the function returns.
func answer(t *testing.T, s *discordgo.Session, with func(*discordgo.Interaction) *discordgo.InteractionResponse) {
	s.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		if r := with(i.Interaction); r != nil {
			if err := s.InteractionRespond(i.Interaction, r); err != nil {
				t.Errorf("answer: %v", err)
			}
		}
	})
}

func text(content string, flags discordgo.MessageFlags) *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource, Data: &discordgo.InteractionResponseData{Content: content, Flags: flags}}
}

func TestSlashCommand(t *testing.T) {
	d := start(t)
	g := d.Guild("Harbour News")
	general, ada, ben := g.Channel("general"), g.Member("ada"), g.Member("ben")
	s := newBot(t, d)
	answer(t, s, func(i *discordgo.Interaction) *discordgo.InteractionResponse {
		data := i.ApplicationCommandData()
		file := data.Resolved.Attachments[data.GetOption("file").Value.(string)]
		said := strings.Join([]string{
			i.Member.User.Username, data.GetOption("url").StringValue(), file.Filename, data.GetOption("for").UserValue(nil).ID,
			data.Resolved.Members[ben.ID].Roles[0], data.Resolved.Channels[general.ID].Name,
		}, " ")
		if data.GetOption("points").IntValue() != 4 || data.GetOption("share").FloatValue() != 0.5 || !data.GetOption("private").BoolValue() {
			t.Error("options do not arrive")
		}
		return text(said, discordgo.MessageFlagsEphemeral)
	})
	g.Join(ben, discordtest.ManageGuild)
	connect(t, d, s)
	register(t, d, s)
	i := d.Slash(general, ada, "summarize", discordtest.Options{
		"url": "https://news.example/a", "file": discordtest.File{Name: "a.txt", Data: []byte("text")}, "points": 4, "share": 0.5,
		"private": true, "for": ben, "in": general,
	})
	m, err := i.WaitReply(timeout(t))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(m.Content, "ada https://news.example/a a.txt "+ben.ID) || !strings.HasSuffix(m.Content, " general") {
		t.Errorf("answer %q", m.Content)
	}
	if len(d.Messages(general)) != 0 || len(d.MessagesFor(general, ben)) != 0 || len(d.MessagesFor(general, ada)) != 1 {
		t.Error("an ephemeral message is not only ada's")
	}
	if refused := d.Refusals(); len(refused) > 0 {
		t.Errorf("refused: %v", refused)
	}
}

func TestDeferredAnswerWithFollowupAndFile(t *testing.T) {
	d := start(t)
	g := d.Guild("Harbour News")
	general, ada := g.Channel("general"), g.Member("ada")
	s := newBot(t, d)
	s.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		check := func(err error) {
			if err != nil {
				t.Error(err)
			}
		}
		check(s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}))
		if err := s.InteractionRespond(i.Interaction, text("again", 0)); code(t, err) != 40060 {
			t.Errorf("second answer: %v", err)
		}
		first := "Reading…"
		_, err := s.InteractionResponseEdit(i.Interaction, &discordgo.WebhookEdit{Content: &first})
		check(err)
		f, err := s.FollowupMessageCreate(i.Interaction, true, &discordgo.WebhookParams{
			Content: "a chart", Files: []*discordgo.File{{Name: "chart.txt", Reader: strings.NewReader("bars")}},
		})
		check(err)
		second := "the chart"
		_, err = s.FollowupMessageEdit(i.Interaction, f.ID, &discordgo.WebhookEdit{Content: &second})
		check(err)
		last := "Done"
		_, err = s.InteractionResponseEdit(i.Interaction, &discordgo.WebhookEdit{Content: &last})
		check(err)
	})
	connect(t, d, s)
	register(t, d, s)
	i := d.Slash(general, ada, "summarize", nil)
	m, err := i.WaitFor(timeout(t), "Done", func(m *discordtest.Message) bool { return m.Content == "Done" })
	if err != nil {
		t.Fatal(err)
	}
	var versions []string
	for _, e := range d.Shown(m.ID) {
		versions = append(versions, e.Message.Content)
	}
	if got := strings.Join(versions, ","); got != ",Reading…,Done" {
		t.Errorf("ada saw %s", got)
	}
	f := i.Followups()[0]
	if f.Content != "the chart" || f.Attachments[0].Filename != "chart.txt" || f.Attachments[0].Size != 4 {
		t.Errorf("followup %+v", f)
	}
	resp, err := s.Client.Get(f.Attachments[0].URL)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("the file: %v", err)
	}
	resp.Body.Close()
}
