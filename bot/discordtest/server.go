package discordtest

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
)

// call is a request of the bot.
type call struct {
	*http.Request
	what  string // "POST /channels/{channel}/messages"
	body  json.RawMessage
	files []upload // by the number in files[n]
	v10   bool
}

// upload is a file that was sent.
type upload struct {
	number string // of files[n]
	name   string
	kind   string // its media type
	data   []byte
}

// endpoint is one thing that can be asked. Handlers run under the lock; a nil answer is 204.
type endpoint struct {
	answer func(*call) (any, error)
	open   bool // needs no token in its header: there is one in its path
	cross  bool // is outside the bot's global rate limit
}

// shown answers with what a request means, as show has it.
func shown[T, As any](find func(*call) (T, error), show func(T) As) func(*call) (any, error) {
	return func(c *call) (any, error) {
		found, err := find(c)
		if err != nil {
			return nil, err
		}
		return show(found), nil
	}
}

func itself[T any](found T) T { return found }

func (d *Discord) endpoints() map[string]endpoint {
	return map[string]endpoint{
		"GET /gateway":     {answer: func(*call) (any, error) { return object{"url": d.GatewayURL()}, nil }, open: true},
		"GET /gateway/bot": {answer: d.gatewayBot},

		"GET /users/@me":                   {answer: func(*call) (any, error) { return d.user, nil }},
		"GET /users/@me/guilds":            {answer: d.ownGuilds},
		"DELETE /users/@me/guilds/{guild}": {answer: d.leaveGuild},
		"GET /users/{user}":                {answer: d.getUser},
		"POST /users/@me/channels":         {answer: d.openDM},
		"GET /applications/@me":            {answer: d.application},
		"GET /oauth2/applications/@me":     {answer: d.application},

		"GET /applications/{application}/commands":                             {answer: d.listCommands},
		"PUT /applications/{application}/commands":                             {answer: d.setCommands},
		"POST /applications/{application}/commands":                            {answer: d.addCommand},
		"GET /applications/{application}/commands/{command}":                   {answer: shown(d.theCommand, itself)},
		"PATCH /applications/{application}/commands/{command}":                 {answer: d.editCommand},
		"DELETE /applications/{application}/commands/{command}":                {answer: d.deleteCommand},
		"GET /applications/{application}/guilds/{guild}/commands":              {answer: d.listCommands},
		"PUT /applications/{application}/guilds/{guild}/commands":              {answer: d.setCommands},
		"POST /applications/{application}/guilds/{guild}/commands":             {answer: d.addCommand},
		"DELETE /applications/{application}/guilds/{guild}/commands/{command}": {answer: d.deleteCommand},

		"POST /interactions/{interaction}/{token}/callback":         {answer: d.callback, open: true, cross: true},
		"POST /webhooks/{application}/{token}":                      {answer: d.followup, open: true, cross: true},
		"GET /webhooks/{application}/{token}/messages/{message}":    {answer: d.getReply, open: true, cross: true},
		"PATCH /webhooks/{application}/{token}/messages/{message}":  {answer: d.editReply, open: true, cross: true},
		"DELETE /webhooks/{application}/{token}/messages/{message}": {answer: d.deleteReply, open: true, cross: true},

		"GET /channels/{channel}":                                                {answer: shown(func(c *call) (*Channel, error) { return d.place(c) }, itself)},
		"DELETE /channels/{channel}":                                             {answer: d.deleteChannel},
		"PATCH /channels/{channel}":                                              {answer: d.editChannel},
		"POST /channels/{channel}/typing":                                        {answer: d.typing},
		"GET /channels/{channel}/messages":                                       {answer: d.listMessages},
		"POST /channels/{channel}/messages":                                      {answer: d.createMessage},
		"GET /channels/{channel}/messages/{message}":                             {answer: d.getMessage},
		"PATCH /channels/{channel}/messages/{message}":                           {answer: d.editMessage},
		"DELETE /channels/{channel}/messages/{message}":                          {answer: d.deleteMessage},
		"GET /channels/{channel}/messages/{message}/reactions/{emoji}":           {answer: d.getReactions},
		"PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me":       {answer: d.addReaction},
		"DELETE /channels/{channel}/messages/{message}/reactions/{emoji}/{user}": {answer: d.removeReaction},
		"POST /channels/{channel}/messages/{message}/threads":                    {answer: d.threadOfMessage},
		"POST /channels/{channel}/threads":                                       {answer: d.thread},
		"PUT /channels/{channel}/thread-members/@me":                             {answer: d.joinThread},

		"GET /guilds/{guild}":                {answer: shown(d.theGuild, (*Guild).brief)},
		"GET /guilds/{guild}/channels":       {answer: shown(d.theGuild, (*Guild).withoutThreads)},
		"GET /guilds/{guild}/threads/active": {answer: shown(d.theGuild, (*Guild).activeThreads)},
		"GET /guilds/{guild}/roles":          {answer: shown(d.theGuild, func(g *Guild) []*Role { return g.roles })},
		"GET /guilds/{guild}/members/{user}": {answer: d.guildMember},
	}
}

// routes are all addresses of the server.
func (d *Discord) routes() http.Handler {
	mux := http.NewServeMux()
	endpoints := d.endpoints()
	for _, what := range slices.Sorted(maps.Keys(endpoints)) {
		method, path, _ := strings.Cut(what, " ")
		mux.HandleFunc(method+" /api/{version}"+path, func(w http.ResponseWriter, r *http.Request) {
			d.serve(w, &call{Request: r, what: what}, endpoints[what])
		})
	}
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		what := r.Method + " " + r.URL.Path
		d.mu.Lock()
		d.record(Event{Kind: "rest", What: what, Path: r.URL.Path, Status: http.StatusNotFound, Refused: errNotFound.Message})
		d.mu.Unlock()
		write(w, http.StatusNotFound, errNotFound)
	})
	mux.HandleFunc("/gateway", d.serveGateway)
	mux.HandleFunc("/gateway/", d.serveGateway)
	mux.HandleFunc("GET /attachments/{channel}/{id}/{name}", d.serveFile)
	return mux
}

// serve answers one request: faults, rate limits, who asks, what is asked, and then the endpoint.
func (d *Discord) serve(w http.ResponseWriter, c *call, e endpoint) {
	fault := d.fault(c.what)
	if fault != nil && fault.before(w, c.Request) {
		d.finish(c, Event{Status: max(fault.Status, http.StatusTooManyRequests), Refused: "by script"})
		return
	}
	version := c.PathValue("version")
	c.v10 = version == "v10"
	answer, err := any(nil), error(errVersion)
	if version == "v9" || c.v10 {
		if wait, global := d.limit(w, c, e); wait > 0 {
			tooManyRequests(w, wait, global)
			d.finish(c, Event{Status: http.StatusTooManyRequests})
			return
		}
		answer, err = d.answer(c, e)
	}
	status := http.StatusOK
	if answer == nil {
		status = http.StatusNoContent
	}
	entry := Event{Body: c.body}
	var refused *refusal
	if errors.As(err, &refused) {
		status, answer = refused.Status, refused
		entry.Refused = refused.Error()
	} else if err != nil {
		status, answer = http.StatusInternalServerError, object{"message": "500: Internal Server Error", "code": 0}
		d.config.Fail(err)
	}
	entry.Status = status
	body := must(answer)
	d.finish(c, entry)
	if fault != nil && fault.Lose {
		panic(http.ErrAbortHandler)
	}
	if answer == nil {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// finish notes a request.
func (d *Discord) finish(c *call, e Event) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e.Kind, e.What, e.Path = "rest", c.what, c.URL.Path
	d.record(e)
	d.touch()
}

// answer checks who asks and what, and asks the endpoint.
func (d *Discord) answer(c *call, e endpoint) (any, error) {
	if !e.open && c.Header.Get("Authorization") != "Bot "+d.config.Token {
		return nil, errUnauthorized
	}
	if err := c.read(); err != nil {
		return nil, err
	}
	if err := d.schema.check(c.what, c.body); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	answer, err := e.answer(c)
	if err != nil || answer == nil {
		return nil, err
	}
	return must(answer), nil // as it is now
}

// Limits of what is uploaded (Discord: uploading files).
const (
	maxFile  = 10 << 20 // bytes of one file
	maxFiles = 10
	maxBody  = 110 << 20
)

// read takes the body apart: JSON, or a form with JSON in payload_json and files beside it.
func (c *call) read() error {
	kind, parameters, _ := mime.ParseMediaType(c.Header.Get("Content-Type"))
	body := http.MaxBytesReader(nil, c.Body, maxBody)
	if kind == "multipart/form-data" {
		return c.readForm(multipart.NewReader(body, parameters["boundary"]))
	}
	raw, err := io.ReadAll(body)
	if err != nil {
		return errTooLarge
	}
	if len(raw) == 0 {
		return nil
	}
	if kind != "application/json" || !json.Valid(raw) {
		return errJSON
	}
	c.body = raw
	return nil
}

func (c *call) readForm(parts *multipart.Reader) error {
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return errJSON
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return errTooLarge
		}
		switch name := part.FormName(); {
		case name == "payload_json":
			c.body = data
		case part.FileName() != "":
			number := strings.TrimSuffix(strings.TrimPrefix(name, "files["), "]")
			number = strings.TrimPrefix(number, "file") // the old names: file, file0, …
			if number == "" {
				number = "0"
			}
			c.files = append(c.files, upload{number, part.FileName(), part.Header.Get("Content-Type"), data})
		}
	}
	if c.body == nil {
		c.body = json.RawMessage("{}")
	}
	if !json.Valid(c.body) {
		return errJSON
	}
	for _, f := range c.files {
		if len(f.data) > maxFile {
			return errTooLarge
		}
	}
	if len(c.files) > maxFiles {
		var f form
		f.wrong("BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.", "files")
		return f.err()
	}
	return nil
}

// into decodes the body. What does not fit its field is refused as Discord does.
func (c *call) into(v any) error {
	if c.body == nil {
		return nil
	}
	if err := json.Unmarshal(c.body, v); err != nil {
		var f form
		var kind *json.UnmarshalTypeError
		if errors.As(err, &kind) {
			f.wrong("BASE_TYPE_BAD_TYPE", "Could not interpret "+kind.Value+" as "+kind.Type.String()+".", strings.Split(kind.Field, ".")...)
		} else {
			f.wrong("BASE_TYPE_BAD_TYPE", "Could not be read.")
		}
		return f.err()
	}
	return nil
}

func write(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(must(v))
}

// secret is a word that nobody can guess.
func (d *Discord) secret(prefix string) string {
	b := make([]byte, 48)
	_, _ = rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(append([]byte(prefix+":"), b...))
}

// serveFile is Discord's CDN.
func (d *Discord) serveFile(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	f, ok := d.files[r.URL.Path]
	d.mu.Unlock()
	if !ok {
		http.NotFound(w, r)
		return
	}
	if f.kind != "" {
		w.Header().Set("Content-Type", f.kind)
	}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(f.data)
}
