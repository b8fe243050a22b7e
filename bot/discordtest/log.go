package discordtest

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Event is something that happened.
type Event struct {
	At   time.Time
	Kind string // "rest": the bot asked; "gateway": a connection; "shown": what people see changed; "person": what someone did
	What string // "POST /channels/{channel}/messages"; "identify", "resume", "connect", "disconnect"; "new", "edit", "delete"; "slash /ask question:", "type" of
	// what is to be completed, "menu Summarize", "press Ask", "choose" and "form" with their custom ids
	Path string // of a request, or of a connection
	// Body is what the bot sent (without files, tokens are in the path only).
	Body    json.RawMessage
	Status  int    // of an answer; the code of a close
	Refused string // why, in Discord's words
	OK      bool   // of a resume
	Shard   int
	// Message is what was shown, as it was then; [Message].VisibleTo says who sees it.
	Message *Message
}

// String is one line for a person.
func (e Event) String() string {
	words := []string{e.At.Format("15:04:05.000"), e.Kind, e.What}
	if e.Status != 0 {
		words = append(words, strconv.Itoa(e.Status))
	}
	if e.Refused != "" {
		words = append(words, e.Refused)
	}
	if e.Message != nil {
		to := "everyone"
		if e.Message.VisibleTo != "" {
			to = "only " + e.Message.VisibleTo
		}
		words = append(words, "to "+to+":", e.Message.Text())
	}
	return strings.Join(words, " ")
}

// record notes an event. The caller holds the lock.
func (d *Discord) record(e Event) {
	e.At = d.now()
	d.log = append(d.log, e)
}

// Log is all that happened, in its order.
func (d *Discord) Log() []Event {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.log)
}

// Calls are the bot's requests whose What contains these words.
func (d *Discord) Calls(what string) []Event {
	return slices.DeleteFunc(d.Log(), func(e Event) bool { return e.Kind != "rest" || !strings.Contains(e.What, what) })
}

// Refusals are the bot's requests that were refused for what they asked (400 to 404), and connections
// that the gateway ended. What a test provoked by scripted faults is not among them.
func (d *Discord) Refusals() []Event {
	return slices.DeleteFunc(d.Log(), func(e Event) bool { return e.Refused == "" || e.Refused == "by script" })
}

// Shown is what people saw of one message, from its first version to the last.
func (d *Discord) Shown(messageID string) []Event {
	return slices.DeleteFunc(d.Log(), func(e Event) bool { return e.Kind != "shown" || e.Message.ID != messageID })
}
