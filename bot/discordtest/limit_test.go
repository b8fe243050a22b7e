package discordtest_test

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"newsdesk/bot/discordtest"
)

// raw asks the API without a library.
func raw(t *testing.T, d *discordtest.Discord, method, path, body string) (status int, answer string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, d.APIURL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bot "+d.Token())
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Close = true
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	all, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(all)
}

func repeat(s string, n int) string { return strings.TrimSuffix(strings.Repeat(s+",", n), ",") }

func letters(n int) string { return strings.Repeat("a", n) }

// Bodies at a limit are taken, those over it refused, with the code and the place that Discord names.
func TestMessageLimits(t *testing.T) {
	button := `{"type":2,"style":1,"label":"L","custom_id":"%s"}`
	field := `{"name":"n","value":"v"}`
	text := func(n int) string { return `{"type":10,"content":"` + letters(n) + `"}` }
	buttons := func(from, n int) string {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf(button, fmt.Sprint("id", from+i)))
		}
		return `{"type":1,"components":[` + strings.Join(all, ",") + `]}`
	}
	tests := []struct{ name, good, bad, place string }{
		{"content", `{"content":"` + letters(2000) + `"}`, `{"content":"` + letters(2001) + `"}`, `"content":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH"`},
		{"content in UTF-16", `{"content":"` + strings.Repeat("😀", 1000) + `"}`, `{"content":"` + strings.Repeat("😀", 1000) + `a"}`, `"content"`},
		{"nothing", `{"content":"a"}`, `{"content":"  "}`, `50006`},
		{"embeds", `{"embeds":[` + repeat(`{"title":"t"}`, 10) + `]}`, `{"embeds":[` + repeat(`{"title":"t"}`, 11) + `]}`, `"embeds"`},
		{"embed title", `{"embeds":[{"title":"` + letters(256) + `"}]}`, `{"embeds":[{"title":"` + letters(257) + `"}]}`, `"title"`},
		{"embed text", `{"embeds":[{"description":"` + letters(4096) + `"}]}`, `{"embeds":[{"description":"` + letters(4097) + `"}]}`, `"description"`},
		{"embed fields", `{"embeds":[{"fields":[` + repeat(field, 25) + `]}]}`, `{"embeds":[{"fields":[` + repeat(field, 26) + `]}]}`, `"fields"`},
		{"embed value", `{"embeds":[{"fields":[{"name":"n","value":"` + letters(1024) + `"}]}]}`, `{"embeds":[{"fields":[{"name":"n","value":"` + letters(1025) + `"}]}]}`, `"value"`},
		{"embeds in all", `{"embeds":[{"description":"` + letters(3000) + `"},{"description":"` + letters(3000) + `"}]}`,
			`{"embeds":[{"description":"` + letters(3000) + `"},{"description":"` + letters(3001) + `"}]}`, `MAX_EMBED_SIZE_EXCEEDED`},
		{"picture's address", `{"embeds":[{"image":{"url":"https://a.example/p.png"}}]}`, `{"embeds":[{"image":{"url":"javascript:alert(1)"}}]}`, `URL_TYPE_INVALID_SCHEME`},
		{"picture that is attached", `{"content":"a"}`, `{"embeds":[{"image":{"url":"attachment://p.png"}}]}`, `UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND`},
		{"rows", `{"content":"a","components":[` + buttons(0, 5) + `,` + buttons(5, 5) + `]}`, `{"content":"a","components":[` + buttons(0, 6) + `]}`, `"components"`},
		{"custom id", `{"content":"a","components":[{"type":1,"components":[` + fmt.Sprintf(button, letters(100)) + `]}]}`,
			`{"content":"a","components":[{"type":1,"components":[` + fmt.Sprintf(button, letters(101)) + `]}]}`, `"custom_id"`},
		{"custom ids differ", `{"content":"a","components":[` + buttons(0, 2) + `]}`, `{"content":"a","components":[` + buttons(0, 2) + `,` + buttons(1, 2) + `]}`, `COMPONENT_CUSTOM_ID_DUPLICATED`},
		{"menu", `{"content":"a","components":[{"type":1,"components":[{"type":3,"custom_id":"m","options":[{"label":"l","value":"v"}]}]}]}`,
			`{"content":"a","components":[{"type":1,"components":[{"type":3,"custom_id":"m","options":[{"label":"l","value":"v"},{"label":"k","value":"v"}]}]}]}`, `SELECT_COMPONENT_OPTION_VALUE_DUPLICATED`},
		{"link button", `{"content":"a","components":[{"type":1,"components":[{"type":2,"style":5,"label":"L","url":"https://a.example"}]}]}`,
			`{"content":"a","components":[{"type":1,"components":[{"type":2,"style":5,"label":"L","url":"ftp://a.example"}]}]}`, `URL_TYPE_INVALID_SCHEME`},
		{"new components want their flag", `{"flags":32768,"components":[` + text(4000) + `]}`, `{"components":[` + text(10) + `]}`, `UNION_TYPE_CHOICES`},
		{"displayed text", `{"flags":32768,"components":[` + text(2000) + `,` + text(2000) + `]}`, `{"flags":32768,"components":[` + text(2000) + `,` + text(2001) + `]}`, `COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED`},
		{"components in all", `{"flags":32768,"components":[{"type":17,"components":[` + repeat(text(1), 39) + `]}]}`,
			`{"flags":32768,"components":[{"type":17,"components":[` + repeat(text(1), 39) + `]},` + text(1) + `]}`, `COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED`},
		{"new components and content", `{"flags":32768,"components":[` + text(1) + `]}`, `{"flags":32768,"content":"a","components":[` + text(1) + `]}`, `MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2`},
		{"section", `{"flags":32768,"components":[{"type":9,"components":[` + text(1) + `],"accessory":{"type":11,"media":{"url":"https://a.example/p.png"}}}]}`,
			`{"flags":32768,"components":[{"type":9,"components":[` + text(1) + `]}]}`, `"accessory"`},
		{"mentions", `{"content":"a","allowed_mentions":{"parse":[]}}`, `{"content":"a","allowed_mentions":{"parse":["users"],"users":["1"]}}`, `MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE`},
		{"nonce", `{"content":"a","nonce":"` + letters(25) + `"}`, `{"content":"a","nonce":"` + letters(26) + `"}`, `"nonce"`},
		{"types", `{"content":"a"}`, `{"content":7}`, `50035`},
	}
	for _, source := range []string{"none", ""} {
		if source == "" && discordtest.OpenAPIFile() == "" {
			t.Log("Discord's OpenAPI description is not at ../shared/discord/openapi.json; only the limits are checked")
			continue
		}
		d := discordtest.Start(t, discordtest.Config{NoRateLimits: true, OpenAPI: source})
		channel := d.Guild("Harbour News").Channel("general")
		for _, version := range []string{"v9", "v10"} {
			for _, tt := range tests {
				path := version + "/channels/" + channel.ID + "/messages"
				if status, answer := raw(t, d, http.MethodPost, path, tt.good); status != http.StatusOK {
					t.Errorf("%s: %s %s: %d %s", source, version, tt.name, status, answer)
				}
				status, answer := raw(t, d, http.MethodPost, path, tt.bad)
				if status != http.StatusBadRequest || source == "none" && !strings.Contains(answer, tt.place) {
					t.Errorf("%s: %s %s over the limit: %d %s", source, version, tt.name, status, answer)
				}
			}
		}
	}
}

func TestCommandLimits(t *testing.T) {
	d := discordtest.Start(t, discordtest.Config{NoRateLimits: true})
	choices := func(n int) string {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf(`{"name":"c%d","value":"v"}`, i))
		}
		return strings.Join(all, ",")
	}
	option := `{"type":3,"name":"%s","description":"d"%s}`
	tests := []struct {
		name, body string
		good       bool
	}{
		{"plain", `[{"name":"summarize","description":"d"}]`, true},
		{"other letters", `[{"name":"zusammenfassen-für","description":"d"},{"name":"стисло","description":"d"},{"name":"ملخص","description":"d"}]`, true},
		{"capital", `[{"name":"Summarize","description":"d"}]`, false},
		{"space", `[{"name":"sum up","description":"d"}]`, false},
		{"space in a menu", `[{"name":"Who said what","type":3}]`, true},
		{"menu with description", `[{"name":"Who said what","type":3,"description":"d"}]`, false},
		{"name", `[{"name":"` + letters(33) + `","description":"d"}]`, false},
		{"description", `[{"name":"a","description":"` + letters(101) + `"}]`, false},
		{"no description", `[{"name":"a"}]`, false},
		{"same name", `[{"name":"a","description":"d"},{"name":"a","description":"e"}]`, false},
		{"25 choices", `[{"name":"a","description":"d","options":[` + fmt.Sprintf(option, "o", `,"choices":[`+choices(25)+`]`) + `]}]`, true},
		{"26 choices", `[{"name":"a","description":"d","options":[` + fmt.Sprintf(option, "o", `,"choices":[`+choices(26)+`]`) + `]}]`, false},
		{"required last", `[{"name":"a","description":"d","options":[` + fmt.Sprintf(option, "o", "") + `,` + fmt.Sprintf(option, "p", `,"required":true`) + `]}]`, false},
		{"choices and autocomplete", `[{"name":"a","description":"d","options":[` + fmt.Sprintf(option, "o", `,"autocomplete":true,"choices":[`+choices(1)+`]`) + `]}]`, false},
		{"installs and contexts", `[{"name":"a","description":"d","integration_types":[0,1],"contexts":[0,1,2]}]`, true},
		{"unknown context", `[{"name":"a","description":"d","contexts":[3]}]`, false},
		{"unknown install", `[{"name":"a","description":"d","integration_types":[2]}]`, false},
		{"translated name", `[{"name":"a","description":"d","name_localizations":{"de":"Zu Lang"}}]`, false},
	}
	for _, tt := range tests {
		status, answer := raw(t, d, http.MethodPut, "v10/applications/"+d.Bot().ID+"/commands", tt.body)
		if (status == http.StatusOK) != tt.good {
			t.Errorf("%s: %d %s", tt.name, status, answer)
		}
	}
}

// What Discord's own description refuses and no limit of ours does.
func TestOpenAPIDescription(t *testing.T) {
	if discordtest.OpenAPIFile() == "" {
		t.Skip("Discord's OpenAPI description is not at ../shared/discord/openapi.json")
	}
	if _, err := os.Stat(discordtest.OpenAPIFile()); err != nil {
		t.Fatal(err)
	}
	d := start(t)
	channel := d.Guild("Harbour News").Channel("general")
	status, answer := raw(t, d, http.MethodPost, "v10/channels/"+channel.ID+"/messages", `{"content":"a","embeds":[{"title":"t","color":16777216}]}`)
	if status != http.StatusBadRequest || !strings.Contains(answer, "color") || !strings.Contains(answer, "OpenAPI") {
		t.Errorf("%d %s", status, answer)
	}
	if len(d.Refusals()) != 1 {
		t.Errorf("refusals %v", d.Refusals())
	}
}
