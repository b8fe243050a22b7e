package bot

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"newsdesk/article/extract"
	"newsdesk/bot/discordtest"
	"newsdesk/desk"
)

// A file that is too long is refused at once, with what to do, and nothing is promised.
func TestLargeUploadIsRefused(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	i := n.Slash(n.general, n.ada, "summarize", discordtest.Options{"file": discordtest.File{Name: "long.txt", Type: "text/plain", Data: bytes.Repeat([]byte("word "), extract.MaxSize/5+1)}})
	m, err := i.WaitReply(n.ctx)
	if err != nil || !m.Ephemeral() || !strings.Contains(m.Text(), "long.txt") || !strings.Contains(m.Text(), "Paste the article's text") {
		t.Errorf("it answers %v, %v", m, err)
	}
	if kind, _ := i.Answered(); kind != answerMessage {
		t.Errorf("the answer is of kind %d", kind)
	}
}

// What is longer than its size was said to be is not read as if it ended there.
func TestUploadIsReadWholeOrNot(t *testing.T) {
	n := open(t, discordtest.Config{}, desk.Limits{})
	for size, want := range map[int]error{extract.MaxSize: nil, extract.MaxSize + 1: extract.ErrTooLarge} {
		m := n.Post(n.general, n.ada, "a file", discordtest.File{Name: "a.txt", Type: "text/plain", Data: bytes.Repeat([]byte("a"), size)})
		data, err := n.bot.upload(n.ctx, m.Attachments[0].URL)
		if !errors.Is(err, want) || err == nil && len(data) != size {
			t.Errorf("of %d bytes %d are read, %v", size, len(data), err)
		}
	}
}
