package discordtest

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Discord's limits. Lengths are in UTF-16 units; see the package's comment.
const (
	maxContent       = 2000
	maxEmbeds        = 10
	maxEmbedTitle    = 256
	maxEmbedText     = 4096
	maxEmbedFields   = 25
	maxEmbedName     = 256
	maxEmbedValue    = 1024
	maxEmbedFooter   = 2048
	maxEmbedAuthor   = 256
	maxEmbedTotal    = 6000 // of all embeds of a message
	maxRows          = 5
	maxRowWidth      = 5
	maxCustomID      = 100
	maxLabel         = 80
	maxLink          = 512
	maxSelectOptions = 25
	maxSelectText    = 100
	maxPlaceholder   = 150
	maxComponents    = 40
	maxDisplayed     = 4000 // text of all text displays of a message
	maxGallery       = 10
	maxMediaText     = 1024
	maxModalTitle    = 45
	maxModalRows     = 5
	maxInputLabel    = 45
	maxInputValue    = 4000
	maxInputHint     = 100
	maxLabelText     = 100
)

// length in UTF-16 units.
func length(s string) int { return len(utf16.Encode([]rune(s))) }

// between notes a text that is too short or too long.
func (f *form) between(text string, least, most int, path ...string) {
	n := length(text)
	switch {
	case n == 0 && least > 0:
		f.wrong("BASE_TYPE_REQUIRED", "This field is required", path...)
	case n < least || n > most && least > 0:
		f.wrong("BASE_TYPE_BAD_LENGTH", fmt.Sprintf("Must be between %d and %d in length.", least, most), path...)
	case n > most:
		f.wrong("BASE_TYPE_MAX_LENGTH", fmt.Sprintf("Must be %d or fewer in length.", most), path...)
	}
}

// atMost notes a list that is too long.
func (f *form) atMost(n, most int, path ...string) {
	if n > most {
		f.wrong("BASE_TYPE_MAX_LENGTH", fmt.Sprintf("Must be %d or fewer in length.", most), path...)
	}
}

// link notes an address that is none, or of a kind that is not allowed there.
func (f *form) link(address string, schemes []string, path ...string) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme == "" {
		f.wrong("URL_TYPE_INVALID_URL", "Not a well formed URL.", path...)
		return
	}
	if !slices.Contains(schemes, u.Scheme) {
		f.wrong("URL_TYPE_INVALID_SCHEME", fmt.Sprintf("Scheme \"%s\" is not supported. Scheme must be one of ('%s').", u.Scheme, strings.Join(schemes, "', '")), path...)
	} else if u.Host == "" {
		f.wrong("URL_TYPE_INVALID_URL", "Not a well formed URL.", path...)
	}
}

var (
	webSchemes    = []string{"http", "https"}
	mediaSchemes  = []string{"http", "https", "attachment"}
	buttonSchemes = []string{"http", "https", "discord"}
)

func at(path []string, more ...string) []string { return append(slices.Clone(path), more...) }

func index(i int) string { return strconv.Itoa(i) }

// embeds checks the embeds of a message (Discord: embed limits).
func (f *form) embeds(all []Embed) {
	f.atMost(len(all), maxEmbeds, "embeds")
	total := 0
	for i := range all {
		e, path := &all[i], []string{"embeds", index(i)}
		e.Type, e.Title, e.Description = "rich", strings.TrimSpace(e.Title), strings.TrimSpace(e.Description)
		f.between(e.Title, 0, maxEmbedTitle, at(path, "title")...)
		f.between(e.Description, 0, maxEmbedText, at(path, "description")...)
		total += length(e.Title) + length(e.Description)
		if e.URL != "" {
			f.link(e.URL, webSchemes, at(path, "url")...)
		}
		f.atMost(len(e.Fields), maxEmbedFields, at(path, "fields")...)
		for j, field := range e.Fields {
			f.between(strings.TrimSpace(field.Name), 1, maxEmbedName, at(path, "fields", index(j), "name")...)
			f.between(strings.TrimSpace(field.Value), 1, maxEmbedValue, at(path, "fields", index(j), "value")...)
			total += length(field.Name) + length(field.Value)
		}
		if e.Footer != nil {
			f.between(e.Footer.Text, 0, maxEmbedFooter, at(path, "footer", "text")...)
			total += length(e.Footer.Text)
		}
		if e.Author != nil {
			f.between(e.Author.Name, 1, maxEmbedAuthor, at(path, "author", "name")...)
			total += length(e.Author.Name)
		}
		for name, m := range map[string]*Media{"image": e.Image, "thumbnail": e.Thumbnail} {
			if m != nil {
				f.link(m.URL, mediaSchemes, at(path, name, "url")...)
			}
		}
		if e.Title == "" && e.Description == "" && len(e.Fields) == 0 && e.Image == nil && e.Thumbnail == nil && e.Footer == nil && e.Author == nil {
			f.wrong("BASE_TYPE_REQUIRED", "This field is required", at(path, "description")...)
		}
	}
	if total > maxEmbedTotal {
		f.wrong("MAX_EMBED_SIZE_EXCEEDED", fmt.Sprintf("Embed size exceeds maximum size of %d", maxEmbedTotal), "embeds")
	}
}

// components checks the components of a message; v2 is whether its flag says so.
func (f *form) components(all []Component, v2 bool) {
	var count, text int
	walk(all, func(c *Component) {
		count++
		if c.Type == TypeTextDisplay {
			text += length(c.Content)
		}
	})
	if v2 {
		if count > maxComponents {
			f.wrong("COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", fmt.Sprintf("The total number of components cannot exceed %d", maxComponents), "components")
		}
		if text > maxDisplayed {
			f.wrong("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", fmt.Sprintf("The total displayable text size cannot exceed %d", maxDisplayed), "components")
		}
	} else {
		f.atMost(len(all), maxRows, "components")
	}
	top := []int{TypeActionRow}
	if v2 {
		top = []int{TypeActionRow, TypeSection, TypeTextDisplay, TypeMediaGallery, TypeFile, TypeSeparator, TypeContainer}
	}
	ids := map[string]bool{}
	for i, c := range all {
		f.component(c, top, ids, "components", index(i))
	}
}

// oneOf notes a component that cannot stand where it does.
func (f *form) oneOf(kind int, allowed []int, path []string) bool {
	if slices.Contains(allowed, kind) {
		return true
	}
	f.wrong("UNION_TYPE_CHOICES", fmt.Sprintf("Value of field \"type\" must be one of %v.", allowed), at(path, "type")...)
	return false
}

// component checks one component of a message and all below it.
func (f *form) component(c Component, allowed []int, ids map[string]bool, path ...string) {
	if !f.oneOf(c.Type, allowed, path) {
		return
	}
	below := func(allowed ...int) {
		for i, b := range c.Components {
			f.component(b, allowed, ids, at(path, "components", index(i))...)
		}
	}
	switch c.Type {
	case TypeActionRow:
		f.row(c, path)
		below(TypeButton, TypeStringSelect, TypeUserSelect, TypeRoleSelect, TypeMentionableSelect, TypeChannelSelect)
	case TypeButton:
		f.button(c, ids, path)
	case TypeStringSelect, TypeUserSelect, TypeRoleSelect, TypeMentionableSelect, TypeChannelSelect:
		f.menu(c, ids, path)
	case TypeSection:
		if n := len(c.Components); n < 1 || n > 3 {
			f.wrong("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 3 in length.", at(path, "components")...)
		}
		below(TypeTextDisplay)
		if c.Accessory == nil {
			f.wrong("BASE_TYPE_REQUIRED", "This field is required", at(path, "accessory")...)
		} else {
			f.component(*c.Accessory, []int{TypeButton, TypeThumbnail}, ids, at(path, "accessory")...)
		}
	case TypeTextDisplay:
		f.between(c.Content, 1, maxDisplayed, at(path, "content")...)
	case TypeThumbnail:
		f.media(c.Media, mediaSchemes, at(path, "media"))
		f.between(c.Description, 0, maxMediaText, at(path, "description")...)
	case TypeMediaGallery:
		if n := len(c.Items); n < 1 || n > maxGallery {
			f.wrong("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 10 in length.", at(path, "items")...)
		}
		for i, item := range c.Items {
			f.media(&item.Media, mediaSchemes, at(path, "items", index(i), "media"))
			f.between(item.Description, 0, maxMediaText, at(path, "items", index(i), "description")...)
		}
	case TypeFile:
		f.media(c.File, []string{"attachment"}, at(path, "file"))
	case TypeSeparator:
		if c.Spacing < 0 || c.Spacing > 2 {
			f.wrong("BASE_TYPE_CHOICES", "Value must be one of {1, 2}.", at(path, "spacing")...)
		}
	case TypeContainer:
		if len(c.Components) == 0 {
			f.wrong("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 40 in length.", at(path, "components")...)
		}
		below(TypeActionRow, TypeSection, TypeTextDisplay, TypeMediaGallery, TypeFile, TypeSeparator)
	}
}

func (f *form) media(m *Media, schemes, path []string) {
	if m == nil || m.URL == "" {
		f.wrong("BASE_TYPE_REQUIRED", "This field is required", at(path, "url")...)
		return
	}
	f.link(m.URL, schemes, at(path, "url")...)
}

func (f *form) row(c Component, path []string) {
	menus := 0
	for _, b := range c.Components {
		if b.Type != TypeButton {
			menus++
		}
	}
	n := len(c.Components)
	switch {
	case n == 0:
		f.wrong("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.", at(path, "components")...)
	case n > maxRowWidth || menus > 0 && n > 1:
		f.wrong("COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width", at(path, "components")...)
	}
}

// customID checks that there is one, and that no other component of the message has it.
func (f *form) customID(id string, ids map[string]bool, path []string) {
	f.between(id, 1, maxCustomID, at(path, "custom_id")...)
	if ids[id] {
		f.wrong("COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated", at(path, "custom_id")...)
	}
	ids[id] = true
}

func (f *form) button(c Component, ids map[string]bool, path []string) {
	const link, premium = 5, 6
	f.between(c.Label, 0, maxLabel, at(path, "label")...)
	if c.Label == "" && c.Emoji == nil && c.Style != premium {
		f.wrong("BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button must have a label or an emoji", path...)
	}
	switch {
	case c.Style < 1 || c.Style > premium:
		f.wrong("BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.", at(path, "style")...)
	case c.Style == link:
		if c.CustomID != "" {
			f.wrong("BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified", at(path, "custom_id")...)
		}
		f.between(c.URL, 1, maxLink, at(path, "url")...)
		f.link(c.URL, buttonSchemes, at(path, "url")...)
	case c.Style == premium:
	case c.URL != "":
		f.wrong("BUTTON_COMPONENT_INVALID_URL", "A url may not be specified for this style", at(path, "url")...)
	default:
		f.customID(c.CustomID, ids, path)
	}
}

func (f *form) menu(c Component, ids map[string]bool, path []string) {
	f.customID(c.CustomID, ids, path)
	f.between(c.Placeholder, 0, maxPlaceholder, at(path, "placeholder")...)
	if n := valueOr(c.MinValues, 1); n < 0 || n > 25 {
		f.wrong("NUMBER_TYPE_COERCE", "min_values must be between 0 and 25.", at(path, "min_values")...)
	}
	if n := valueOr(c.MaxValues, 1); n < 1 || n > 25 || n < valueOr(c.MinValues, 1) {
		f.wrong("NUMBER_TYPE_COERCE", "max_values must be between 1 and 25, and no less than min_values.", at(path, "max_values")...)
	}
	if c.Type != TypeStringSelect {
		return
	}
	if n := len(c.Options); n < 1 || n > maxSelectOptions {
		f.wrong("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.", at(path, "options")...)
	}
	values, defaults := map[string]bool{}, 0
	for i, o := range c.Options {
		f.between(o.Label, 1, maxSelectText, at(path, "options", index(i), "label")...)
		f.between(o.Value, 1, maxSelectText, at(path, "options", index(i), "value")...)
		f.between(o.Description, 0, maxSelectText, at(path, "options", index(i), "description")...)
		if values[o.Value] {
			f.wrong("SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used", at(path, "options", index(i), "value")...)
		}
		values[o.Value] = true
		if o.Default {
			defaults++
		}
	}
	if defaults > valueOr(c.MaxValues, 1) {
		f.wrong("SELECT_COMPONENT_TOO_MANY_DEFAULT_OPTIONS", "The number of default options exceeds max_values", at(path, "options")...)
	}
	if valueOr(c.MaxValues, 1) > max(len(c.Options), 1) {
		f.wrong("SELECT_COMPONENT_MAX_VALUES_GREATER_THAN_OPTIONS", "max_values exceeds the number of options", at(path, "max_values")...)
	}
}

func valueOr(p *int, otherwise int) int {
	if p == nil {
		return otherwise
	}
	return *p
}

// modal checks a form that is shown to a person.
func (f *form) modal(m Modal) {
	f.between(m.CustomID, 1, maxCustomID, "data", "custom_id")
	f.between(m.Title, 1, maxModalTitle, "data", "title")
	if n := len(m.Components); n < 1 || n > maxModalRows {
		f.wrong("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.", "data", "components")
	}
	ids := map[string]bool{}
	for i, c := range m.Components {
		path := []string{"data", "components", index(i)}
		if !f.oneOf(c.Type, []int{TypeActionRow, TypeLabel, TypeTextDisplay}, path) {
			continue
		}
		switch c.Type {
		case TypeActionRow:
			if len(c.Components) != 1 {
				f.wrong("COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width", at(path, "components")...)
			}
			for j, input := range c.Components {
				below := at(path, "components", index(j))
				if f.oneOf(input.Type, []int{TypeTextInput}, below) {
					f.between(input.Label, 1, maxInputLabel, at(below, "label")...)
					f.input(input, ids, below)
				}
			}
		case TypeLabel:
			f.between(c.Label, 1, maxInputLabel, at(path, "label")...)
			f.between(c.Description, 0, maxLabelText, at(path, "description")...)
			below := at(path, "component")
			switch {
			case c.Inner == nil:
				f.wrong("BASE_TYPE_REQUIRED", "This field is required", below...)
			case c.Inner.Type == TypeTextInput:
				f.input(*c.Inner, ids, below)
			case c.Inner.Type == TypeFileUpload:
				f.customID(c.Inner.CustomID, ids, below)
			case f.oneOf(c.Inner.Type, []int{TypeStringSelect, TypeUserSelect, TypeRoleSelect, TypeMentionableSelect, TypeChannelSelect}, below):
				f.menu(*c.Inner, ids, below)
			}
		}
	}
}

func (f *form) input(c Component, ids map[string]bool, path []string) {
	f.customID(c.CustomID, ids, path)
	f.between(c.Placeholder, 0, maxInputHint, at(path, "placeholder")...)
	if c.Style != 1 && c.Style != 2 {
		f.wrong("BASE_TYPE_CHOICES", "Value must be one of {1, 2}.", at(path, "style")...)
	}
	least, most := valueOr(c.MinLength, 0), valueOr(c.MaxLength, maxInputValue)
	if least < 0 || least > maxInputValue {
		f.wrong("NUMBER_TYPE_COERCE", "min_length must be between 0 and 4000.", at(path, "min_length")...)
	}
	if most < 1 || most > maxInputValue || most < least {
		f.wrong("NUMBER_TYPE_COERCE", "max_length must be between 1 and 4000, and no less than min_length.", at(path, "max_length")...)
	}
	if c.Value != "" {
		f.between(c.Value, max(least, 1), most, at(path, "value")...)
	}
}

// AllowedMentions says who is pinged; nil pings everyone that the text mentions.
type AllowedMentions struct {
	Parse       []string `json:"parse"`
	Users       []string `json:"users"`
	Roles       []string `json:"roles"`
	RepliedUser *bool    `json:"replied_user"`
}

func (f *form) mentions(a *AllowedMentions) {
	if a == nil {
		return
	}
	for i, p := range a.Parse {
		if p != "users" && p != "roles" && p != "everyone" {
			f.wrong("BASE_TYPE_CHOICES", "Value must be one of ('users', 'roles', 'everyone').", "allowed_mentions", "parse", index(i))
		}
	}
	for name, ids := range map[string][]string{"users": a.Users, "roles": a.Roles} {
		f.atMost(len(ids), 100, "allowed_mentions", name)
		if len(ids) > 0 && slices.Contains(a.Parse, name) {
			f.wrong("MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", fmt.Sprintf("parse:[\"%s\"] and %s: [ids...] are mutually exclusive.", name, name), "allowed_mentions")
		}
	}
}

var (
	mentionUser = regexp.MustCompile(`<@!?(\d+)>`)
	mentionRole = regexp.MustCompile(`<@&(\d+)>`)
	mentionAll  = regexp.MustCompile(`@(everyone|here)`)
)
