package bot

import (
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"newsdesk/words"
)

// turn is what a list's buttons need to know to turn its page: what was asked, and where the list stands.
// It is kept in the ids of the buttons themselves, so that any newsdesk can turn a page, however old.
type turn struct {
	Kind    string // the deed that makes the list
	Page    int    // from 0
	After   string // cursor of the next page, "" at the end
	Speaker string
	About   string
	Site    string
	Story   string
	By      string
	Since   time.Time
}

// parted parts what a turn holds; nobody types it.
const parted = "\x1f"

// encode writes a turn for decodeTurn.
func (t turn) encode() string {
	since := ""
	if !t.Since.IsZero() {
		since = strconv.FormatInt(t.Since.Unix(), 36)
	}
	fields := []string{t.Kind, strconv.Itoa(t.Page), t.After, t.Speaker, t.About, t.Site, t.Story, t.By, since}
	for i, f := range fields {
		fields[i] = strings.ReplaceAll(f, parted, " ")
	}
	return strings.Join(fields, parted)
}

// decodeTurn reads what encode wrote; what is missing stays empty.
func decodeTurn(s string) turn {
	f := strings.Split(s, parted)
	for len(f) < 9 {
		f = append(f, "")
	}
	t := turn{Kind: f[0], After: f[2], Speaker: f[3], About: f[4], Site: f[5], Story: f[6], By: f[7]}
	if page, err := strconv.Atoi(f[1]); err == nil && page >= 0 && page < 10_000 {
		t.Page = page
	}
	if unix, err := strconv.ParseInt(f[8], 36, 64); err == nil {
		t.Since = time.Unix(unix, 0)
	}
	return t
}

// step turns a page: "next" or "back".
func (t *turn) step(which string) {
	switch which {
	case "next":
		t.Page++
	case "back":
		t.Page, t.After = max(0, t.Page-1), ""
	}
}

// The buttons of a list, each with a part of its turn.
var turning = []string{"back", "at", "next"}

// buttons are the buttons that turn the pages of a list; none where there is one page only, or where the
// turn is too long for them.
func (t turn) buttons(w *words.Words) []discordgo.Button {
	if t.Page == 0 && t.After == "" {
		return nil
	}
	rest := t.encode()
	var out []discordgo.Button
	for _, which := range turning {
		id := customID("turn", which, "")
		var part string
		part, rest = beginning(rest, maxCustomID-size(id))
		b := discordgo.Button{Style: discordgo.SecondaryButton, CustomID: id + part}
		switch which {
		case "back":
			b.Label, b.Disabled = w.Say("bot.button.back"), t.Page == 0
		case "at":
			b.Label, b.Disabled = w.Say("bot.page", "Page", t.Page+1), true
		case "next":
			b.Label, b.Disabled = w.Say("bot.button.next"), t.After == ""
		}
		b.Label = label(b.Label, maxLabel)
		out = append(out, b)
	}
	if rest != "" {
		return nil
	}
	return out
}

// beginning parts s behind as many whole characters as are no longer than limit.
func beginning(s string, limit int) (part, rest string) {
	for i, r := range s {
		if limit -= size(string(r)); limit < 0 {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// turnOf puts the turn of a message's buttons together again.
func turnOf(m *discordgo.Message) turn {
	if m == nil {
		return turn{}
	}
	parts := map[string]string{}
	for _, b := range buttonsOf(m) {
		if rest, ok := strings.CutPrefix(b.CustomID, "turn:"); ok {
			which, part, _ := strings.Cut(rest, ":")
			parts[which] = part
		}
	}
	var whole strings.Builder
	for _, which := range turning {
		whole.WriteString(parts[which])
	}
	return decodeTurn(whole.String())
}
