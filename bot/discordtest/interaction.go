package discordtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Kinds of interactions and of their first answers (Discord: receiving and responding).
const (
	KindPing         = 1
	KindCommand      = 2
	KindComponent    = 3
	KindAutocomplete = 4
	KindModal        = 5

	AnswerPong           = 1
	AnswerMessage        = 4
	AnswerDeferred       = 5
	AnswerDeferredUpdate = 6
	AnswerUpdate         = 7
	AnswerChoices        = 8
	AnswerModal          = 9
)

// How long an interaction may be answered at first, and its token be used after that.
const (
	AnswerWithin = 3 * time.Second
	TokenLives   = 15 * time.Minute
)

// Why a person gets no answer.
var (
	ErrNoAnswer   = errors.New("the application did not respond")
	ErrNotOffered = errors.New("it is not offered to this person there")
)

// Interaction is something that a person did and the bot must answer.
type Interaction struct {
	ID      string
	Token   string
	Kind    int
	Name    string // of the command, or the custom id
	User    *User
	Channel *Channel
	Created time.Time

	d         *Discord
	err       error // why it never came to be
	owners    owners
	source    *Message
	answered  int // the kind of the first answer; 0 for none yet
	at        time.Time
	reply     *Message   // @original
	replied   bool       // there is something to read
	followups []*Message // in their order
	choices   []Choice
	modal     *Modal
	command   *Command
	wire      object
}

// Modal is a form that the bot shows to a person.
type Modal struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []Component `json:"components"`
}

// answers says with what each kind of interaction may be answered.
var answers = map[int][]int{
	KindPing:         {AnswerPong},
	KindCommand:      {AnswerMessage, AnswerDeferred, AnswerModal},
	KindComponent:    {AnswerMessage, AnswerDeferred, AnswerDeferredUpdate, AnswerUpdate, AnswerModal},
	KindAutocomplete: {AnswerChoices},
	KindModal:        {AnswerMessage, AnswerDeferred, AnswerDeferredUpdate, AnswerUpdate},
}

// callback is the first answer.
func (d *Discord) callback(c *call) (any, error) {
	i := d.interactions[c.PathValue("token")]
	if i == nil || i.ID != c.PathValue("interaction") || i.answered == 0 && d.now().Sub(i.Created) > AnswerWithin {
		return nil, errInteraction
	}
	if i.answered != 0 {
		return nil, errAcknowledged
	}
	if err := d.first(i, c); err != nil {
		return nil, err
	}
	if c.URL.Query().Get("with_response") != "true" {
		return nil, nil
	}
	response := object{"interaction": object{"id": i.ID, "type": i.Kind}, "resource": object{"type": i.answered}}
	if i.reply != nil {
		response["interaction"] = object{"id": i.ID, "type": i.Kind, "response_message_id": i.reply.ID, "response_message_ephemeral": i.reply.Ephemeral(), "response_message_loading": i.reply.Thinking()}
		response["resource"] = object{"type": i.answered, "message": i.reply}
	}
	return response, nil
}

// first does what the first answer says.
func (d *Discord) first(i *Interaction, c *call) error {
	var body struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if err := c.into(&body); err != nil {
		return err
	}
	allowed := answers[i.Kind]
	if !slices.Contains(allowed, body.Type) || i.source == nil && (body.Type == AnswerDeferredUpdate || body.Type == AnswerUpdate) {
		var f form
		f.wrong("BASE_TYPE_CHOICES", fmt.Sprintf("Value must be one of %v.", allowed), "type")
		return f.err()
	}
	b, err := c.draft(body.Data)
	if err != nil {
		return err
	}
	switch body.Type {
	case AnswerMessage:
		m := d.replyTo(i, b.Flags)
		if err := d.apply(m, b, FlagSuppressEmbeds|FlagEphemeral|FlagComponentsV2|FlagSilent); err != nil {
			return err
		}
		i.reply, i.replied = m, true
		d.show(m)
	case AnswerDeferred:
		m := d.replyTo(i, b.Flags)
		m.Flags |= FlagLoading
		i.reply = m
		d.show(m)
	case AnswerDeferredUpdate:
		i.reply = i.source
	case AnswerUpdate:
		if _, err := d.edit(c, i.source, body.Data); err != nil {
			return err
		}
		i.reply, i.replied = i.source, true
	case AnswerChoices:
		var data struct {
			Choices []Choice `json:"choices"`
		}
		if err := (&call{body: body.Data}).into(&data); err != nil {
			return err
		}
		var f form
		f.choices(data.Choices, []string{"data", "choices"})
		if err := f.err(); err != nil {
			return err
		}
		i.choices = data.Choices
	case AnswerModal:
		var m Modal
		if err := (&call{body: body.Data}).into(&m); err != nil {
			return err
		}
		var f form
		f.modal(m)
		if err := f.err(); err != nil {
			return err
		}
		i.modal = &m
	}
	i.answered, i.at = body.Type, d.now()
	d.touch()
	return nil
}

// replyTo is an empty answer to an interaction.
func (d *Discord) replyTo(i *Interaction, flags int) *Message {
	const chatInputCommand, contextMenuCommand = 20, 23
	m := d.blank(d.user, i.Channel)
	m.WebhookID, m.ApplicationID, m.interaction = d.user.ID, d.user.ID, i
	m.Interaction = &Cause{ID: i.ID, Type: i.Kind, User: i.User, Owners: i.owners}
	if i.Kind == KindCommand {
		m.Interaction.Name = i.Name
		m.Type = chatInputCommand
		if i.command != nil && i.command.Type != CommandSlash {
			m.Type = contextMenuCommand
		}
	}
	if flags&FlagEphemeral != 0 || i.guest() && d.may(i.User, i.Channel)&UseExternalApps == 0 {
		m.VisibleTo = i.User.ID
		m.Flags |= FlagEphemeral
	}
	return m
}

// open is the interaction whose token a request has, if it may still be used.
func (d *Discord) open(c *call) (*Interaction, error) {
	i := d.interactions[c.PathValue("token")]
	if c.PathValue("application") != d.user.ID || i == nil || i.answered == 0 {
		return nil, errWebhook
	}
	if d.now().Sub(i.Created) > TokenLives {
		return nil, errWebhookToken
	}
	return i, nil
}

// followup is a message after the first answer. The first one after "is thinking" takes its place.
func (d *Discord) followup(c *call) (any, error) {
	i, err := d.open(c)
	if err != nil {
		return nil, err
	}
	if i.answered == AnswerChoices {
		return nil, errWebhook
	}
	if i.answered == AnswerDeferred && !i.replied && i.reply.Thinking() && !i.reply.Deleted {
		return d.fill(c, i)
	}
	if i.guest() && len(i.followups) == guestFollowups {
		return nil, errFollowups
	}
	b, err := c.draft(c.body)
	if err != nil {
		return nil, err
	}
	m := d.replyTo(i, b.Flags)
	if err := d.apply(m, b, FlagSuppressEmbeds|FlagEphemeral|FlagComponentsV2|FlagSilent); err != nil {
		return nil, err
	}
	m.Type = 0
	i.followups = append(i.followups, m)
	d.show(m)
	return m, nil
}

// fill puts the awaited answer in the place of "is thinking", or changes it later.
func (d *Discord) fill(c *call, i *Interaction) (any, error) {
	m, err := d.edit(c, i.reply, c.body)
	if err == nil {
		i.replied = true
		d.touch()
	}
	return m, err
}

// ofInteraction is the message that a request means: @original, or one by its id.
func (d *Discord) ofInteraction(c *call) (*Interaction, *Message, error) {
	i, err := d.open(c)
	if err != nil {
		return nil, nil, err
	}
	id := c.PathValue("message")
	if id == "@original" || i.reply != nil && id == i.reply.ID {
		if i.reply == nil || i.reply.Deleted {
			return nil, nil, errMessage
		}
		return i, i.reply, nil
	}
	for _, m := range i.followups {
		if m.ID == id && !m.Deleted {
			return i, m, nil
		}
	}
	return nil, nil, errMessage
}

func (d *Discord) getReply(c *call) (any, error) {
	_, m, err := d.ofInteraction(c)
	if err != nil {
		return nil, err
	}
	return m, nil
}

func (d *Discord) editReply(c *call) (any, error) {
	i, m, err := d.ofInteraction(c)
	if err != nil {
		return nil, err
	}
	if m == i.reply {
		return d.fill(c, i)
	}
	return d.edit(c, m, c.body)
}

func (d *Discord) deleteReply(c *call) (any, error) {
	_, m, err := d.ofInteraction(c)
	if err != nil {
		return nil, err
	}
	d.remove(m)
	return nil, nil
}

// state reads fields of the interaction.
func (i *Interaction) state(read func()) {
	i.d.mu.Lock()
	defer i.d.mu.Unlock()
	read()
}

// Err says why the interaction never came to be; nil if it did.
func (i *Interaction) Err() error { return i.err }

// Answered is the kind of the first answer, 0 for none yet, and how long it took by the clock.
func (i *Interaction) Answered() (kind int, took time.Duration) {
	i.state(func() {
		if kind = i.answered; kind != 0 {
			took = i.at.Sub(i.Created)
		}
	})
	return kind, took
}

// until waits for something of this interaction. It ends with ErrNoAnswer when the time for the first
// answer is over, or that of the token.
func (i *Interaction) until(ctx context.Context, what string, is func() bool) error {
	if i.err != nil {
		return i.err
	}
	for {
		var there, late bool
		var left time.Duration
		var changed chan struct{}
		i.state(func() {
			there, changed = is(), i.d.changed
			age := i.d.now().Sub(i.Created)
			left = TokenLives - age
			if i.answered == 0 {
				left = AnswerWithin - age
			}
			late = left < 0
		})
		switch {
		case there:
			return nil
		case late:
			return fmt.Errorf("%s: %w", what, ErrNoAnswer)
		}
		timer := time.NewTimer(max(left, 0) + 10*time.Millisecond)
		select {
		case <-changed:
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return fmt.Errorf("%s: %w: %w", what, ErrNotYet, ctx.Err())
		}
		timer.Stop()
	}
}

// WaitAck waits for the first answer, of whatever kind.
func (i *Interaction) WaitAck(ctx context.Context) (kind int, err error) {
	err = i.until(ctx, "first answer to "+i.Name, func() bool { return i.answered != 0 })
	kind, _ = i.Answered()
	return kind, err
}

// WaitReply waits until the person has something to read: the message that answers, once it no longer
// says "is thinking", or the changed message of the button that was pressed. It is a copy.
func (i *Interaction) WaitReply(ctx context.Context) (*Message, error) {
	var m *Message
	err := i.until(ctx, "answer to "+i.Name, func() bool {
		switch {
		case i.replied:
			m = copyOf(i.reply)
		case len(i.followups) > 0:
			m = copyOf(i.followups[0])
		}
		return m != nil
	})
	return m, err
}

// WaitFor waits until the answer is as is says; for what edits bring.
func (i *Interaction) WaitFor(ctx context.Context, what string, is func(*Message) bool) (*Message, error) {
	var m *Message
	err := i.until(ctx, what, func() bool {
		if i.reply != nil {
			m = copyOf(i.reply)
		}
		return m != nil && is(m)
	})
	return m, err
}

// WaitModal waits for the form that the bot shows.
func (i *Interaction) WaitModal(ctx context.Context) (Modal, error) {
	var m Modal
	err := i.until(ctx, "form of "+i.Name, func() bool {
		if i.modal != nil {
			m = *i.modal
		}
		return i.modal != nil
	})
	return m, err
}

// WaitFollowup waits for the nth followup, counted from 0.
func (i *Interaction) WaitFollowup(ctx context.Context, n int) (*Message, error) {
	var m *Message
	err := i.until(ctx, "followup to "+i.Name, func() bool {
		if len(i.followups) > n {
			m = copyOf(i.followups[n])
		}
		return m != nil
	})
	return m, err
}

// Reply is the answer as it is now; nil if there is none.
func (i *Interaction) Reply() (m *Message) {
	if i.err == nil {
		i.state(func() {
			if i.reply != nil {
				m = copyOf(i.reply)
			}
		})
	}
	return m
}

// Followups are the messages after the answer, as they are now.
func (i *Interaction) Followups() (all []*Message) {
	if i.err == nil {
		i.state(func() {
			for _, m := range i.followups {
				all = append(all, copyOf(m))
			}
		})
	}
	return all
}

// Modal is the form that the bot shows, if it does.
func (i *Interaction) Modal() (m Modal, shown bool) {
	i.state(func() {
		if shown = i.modal != nil; shown {
			m = *i.modal
		}
	})
	return m, shown
}
