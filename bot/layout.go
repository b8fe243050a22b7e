package bot

import (
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"newsdesk/cache"
)

// Discord's limits (developer documentation: component reference, message, application commands).
const (
	maxText        = 4000 // characters of all text displays of a message together
	maxComponents  = 40   // of a message, nested ones counted
	maxButtons     = 5    // in a row
	maxLabel       = 80   // characters of a button's label
	maxCustomID    = 100  // characters of what a button sends back
	maxPlaceholder = 150  // characters of what stands in a menu before anything is chosen
	maxOption      = 100  // characters of a choice's name and of its value
	maxOptions     = 25   // choices of one list
	maxDescribed   = 1024 // characters of what a picture is described with
	maxModalTitle  = 45
	maxName        = 32 // characters of what a command or an option is called
)

// message is the body of a message as the bot sends it: components only (version 2), no mention of
// anybody.
type message struct {
	components []discordgo.MessageComponent
	files      []*discordgo.File
	private    bool         // shown to the one who asked alone; means something for answers to interactions only
	story      *cache.Story // that it is about, where it answers a link
	card       bool         // it is the card of that story
}

// empty reports whether there is nothing to show.
func (m message) empty() bool { return len(m.components) == 0 }

// wire is a message on its way. discordgo's own types for it differ from call to call and lack the flags
// where an answer is edited.
type wire struct {
	Flags           discordgo.MessageFlags       `json:"flags"`
	Components      []discordgo.MessageComponent `json:"components"`
	AllowedMentions allowedMentions              `json:"allowed_mentions"`
	Attachments     []attachment                 `json:"attachments"`
	Reference       *discordgo.MessageReference  `json:"message_reference,omitempty"`
}

// allowedMentions allows none, and does not ping whom a message replies to.
type allowedMentions struct{}

// MarshalJSON writes that nobody may be mentioned.
func (allowedMentions) MarshalJSON() ([]byte, error) {
	return []byte(`{"parse":[],"replied_user":false}`), nil
}

// attachment names a file of the message: its place among the files, and its description.
type attachment struct {
	ID          int    `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
}

func (m message) wire() wire {
	w := wire{Flags: discordgo.MessageFlagsIsComponentsV2, Components: m.components, Attachments: []attachment{}}
	if m.private {
		w.Flags |= discordgo.MessageFlagsEphemeral
	}
	for i, f := range m.files {
		w.Attachments = append(w.Attachments, attachment{ID: i, Filename: f.Name})
	}
	return w
}

// withoutFiles is m without the pictures that go with it as files.
func (m message) withoutFiles() message {
	m.files = nil
	m.components = slices.Clone(m.components)
	for i, c := range m.components {
		if frame, is := c.(discordgo.Container); is {
			frame.Components = slices.DeleteFunc(slices.Clone(frame.Components), func(c discordgo.MessageComponent) bool {
				return c.Type() == discordgo.MediaGalleryComponent
			})
			m.components[i] = frame
		}
	}
	return m
}

// layout puts a message together and keeps Discord's limits: what would exceed them is not taken in, and
// whoever adds is told so. The zero value is not ready; see [newLayout].
type layout struct {
	inside []discordgo.MessageComponent // of the container
	text   int                          // characters that are left
	parts  int                          // components that are left
}

// newLayout returns an empty layout. The container that holds everything is one component.
func newLayout() *layout { return &layout{text: maxText, parts: maxComponents - 1} }

// reserve keeps characters and components back for what comes last, until the function it returns is called.
func (l *layout) reserve(text, parts int) (release func()) {
	l.text, l.parts = l.text-text, l.parts-parts
	return func() { l.text, l.parts = l.text+text, l.parts+parts }
}

// fits reports whether so many more characters and components may be added.
func (l *layout) fits(text, parts int) bool { return text <= l.text && parts <= l.parts }

func (l *layout) add(c discordgo.MessageComponent, text, parts int) bool {
	if !l.fits(text, parts) {
		return false
	}
	l.text, l.parts = l.text-text, l.parts-parts
	l.inside = append(l.inside, c)
	return true
}

// say adds text, which is Markdown. Empty text is no component.
func (l *layout) say(markdown string) bool {
	if strings.TrimSpace(markdown) == "" {
		return true
	}
	return l.add(discordgo.TextDisplay{Content: markdown}, size(markdown), 1)
}

// beside adds text with a button or a picture at its right.
func (l *layout) beside(markdown string, accessory discordgo.MessageComponent) bool {
	if strings.TrimSpace(markdown) == "" {
		return true
	}
	return l.add(discordgo.Section{
		Components: []discordgo.MessageComponent{discordgo.TextDisplay{Content: markdown}},
		Accessory:  accessory,
	}, size(markdown), 3)
}

// picture adds a picture that goes with the message as a file, described for those who do not see it.
func (l *layout) picture(file, description string) bool {
	return l.add(discordgo.MediaGallery{Items: []discordgo.MediaGalleryItem{
		{Media: discordgo.UnfurledMediaItem{URL: "attachment://" + file}, Description: &description},
	}}, 0, 1)
}

// rule adds a line across.
func (l *layout) rule() bool {
	divider := true
	return l.add(discordgo.Separator{Divider: &divider}, 0, 1)
}

// row adds a row of buttons; those beyond the fifth are left out, and no row is made of none.
func (l *layout) row(buttons ...discordgo.Button) bool {
	var parts []discordgo.MessageComponent
	for _, b := range buttons {
		if len(parts) < maxButtons {
			parts = append(parts, b)
		}
	}
	if len(parts) == 0 {
		return true
	}
	return l.add(discordgo.ActionsRow{Components: parts}, 0, 1+len(parts))
}

// menu adds a menu; one of texts without options is none.
func (l *layout) menu(m discordgo.SelectMenu) bool {
	if m.MenuType == discordgo.StringSelectMenu && len(m.Options) == 0 {
		return true
	}
	return l.add(discordgo.ActionsRow{Components: []discordgo.MessageComponent{m}}, 0, 2)
}

// message closes the layout: everything in a frame with a bar of a colour at its left.
func (l *layout) message(colour int) message {
	return message{components: []discordgo.MessageComponent{discordgo.Container{AccentColor: &colour, Components: l.inside}}}
}

// The colours of the bar: what went well, what is still going on, what failed.
const (
	calm    = 0x3b6ea5
	working = 0x8a8f98
	amiss   = 0xb3423a
	// doubtful is the colour of what is neither right nor wrong.
	doubtful = 0xb98a2e
)

// note is a message of one sentence, which is ours.
func note(colour int, sentence string) message {
	l := newLayout()
	stretch, _ := cut(sentence, maxText, asItIs)
	l.say(stretch)
	return l.message(colour)
}
