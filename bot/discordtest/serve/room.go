package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/bot/discordtest/page"
)

//go:embed room.html
var html []byte

//go:embed room.js
var script []byte

// room is the channel that the page shows, and who is in it.
type room struct {
	d       *discordtest.Discord
	channel *discordtest.Channel
	people  []*discordtest.User

	mu    sync.Mutex
	begun []*discordtest.Interaction // those that may still show a form or end without an answer
}

func newRoom(d *discordtest.Discord) *room {
	g := d.Guild("Harbour News")
	return &room{d: d, channel: g.Channel("news"), people: []*discordtest.User{
		g.Member("ada"), g.Member("ben"), g.Member("grace", discordtest.ManageGuild, discordtest.ManageMessages),
	}}
}

// handler serves the page and what it asks. Other sites' pages are refused.
func (r *room) handler() http.Handler {
	mux := http.NewServeMux()
	file := func(path, kind string, data []byte) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.Header().Set("Content-Security-Policy", "default-src 'self'; img-src http: https: data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'")
			_, _ = w.Write(data)
		})
	}
	file("/{$}", "text/html; charset=utf-8", html)
	file("/room.js", "text/javascript; charset=utf-8", script)
	for name, kind := range map[string]string{"discord.js": "text/javascript", "discord.css": "text/css"} {
		data, err := page.Files.ReadFile(name)
		if err != nil {
			panic(err) // it is embedded
		}
		file("/"+name, kind+"; charset=utf-8", data)
	}
	mux.HandleFunc("GET /state", r.state)
	mux.HandleFunc("POST /do", r.do)
	mux.HandleFunc("POST /autocomplete", r.autocomplete)
	return http.NewCrossOriginProtection().Handler(onlyLoopback(mux))
}

// onlyLoopback refuses names that someone lets point here.
func onlyLoopback(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if i := strings.LastIndex(host, ":"); i > 0 {
			host = host[:i]
		}
		if host != "127.0.0.1" && host != "localhost" && host != "[::1]" {
			http.Error(w, "not here", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// person is who the page is used by: their number in people.
func (r *room) person(n string) *discordtest.User {
	if i, err := strconv.Atoi(n); err == nil && i >= 0 && i < len(r.people) {
		return r.people[i]
	}
	return r.people[0]
}

// form is a modal that waits for a person.
type form struct {
	Interaction string            `json:"interaction"`
	Modal       discordtest.Modal `json:"modal"`
}

func (r *room) state(w http.ResponseWriter, req *http.Request) {
	who := r.person(req.URL.Query().Get("user"))
	forms, notes := []form{}, []string{}
	r.mu.Lock()
	for _, i := range r.begun {
		if i.User != who {
			continue
		}
		if m, shown := i.Modal(); shown {
			forms = append(forms, form{i.ID, m})
		} else if kind, _ := i.Answered(); i.Err() != nil {
			notes = append(notes, i.Err().Error())
		} else if kind == 0 && time.Since(i.Created) > discordtest.AnswerWithin {
			notes = append(notes, "/"+i.Name+": the application did not respond")
		}
	}
	r.mu.Unlock()
	messages := r.d.MessagesFor(r.channel, who)
	if messages == nil {
		messages = []*discordtest.Message{}
	}
	answer(w, map[string]any{
		"messages": messages, "names": r.d.Names(), "people": r.people, "channel": r.channel.Name, "commands": r.d.Commands(),
		"forms": forms, "notes": notes[max(len(notes)-1, 0):], "connected": r.d.Connected(1),
	})
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

// deed is what a person does.
type deed struct {
	User    string                     `json:"user"`
	What    string                     `json:"what"`
	Text    string                     `json:"text"`
	Message string                     `json:"message"`
	Name    string                     `json:"name"` // of a command, a button, a menu, an emoji, an interaction
	Values  []string                   `json:"values"`
	Files   []discordtest.File         `json:"files"`
	Options map[string]json.RawMessage `json:"options"`
	Focused string                     `json:"focused"`
}

func read(w http.ResponseWriter, req *http.Request) (deed, error) {
	var what deed
	err := json.NewDecoder(http.MaxBytesReader(w, req.Body, 16<<20)).Decode(&what)
	return what, err
}

func (r *room) do(w http.ResponseWriter, req *http.Request) {
	what, err := read(w, req)
	if err == nil {
		err = r.act(what)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

var errUnknown = errors.New("there is no such thing to do")

func (r *room) act(what deed) error {
	who := r.person(what.User)
	var m *discordtest.Message
	if what.Message != "" {
		var ok bool
		if m, ok = r.d.Message(what.Message); !ok {
			return errors.New("the message is gone")
		}
	}
	switch {
	case what.What == "post":
		var parts []any
		for _, f := range what.Files {
			parts = append(parts, f)
		}
		if m != nil {
			parts = append(parts, m)
		}
		r.d.Post(r.channel, who, what.Text, parts...)
		return nil
	case what.What == "slash":
		options, err := r.options(what)
		if err != nil {
			return err
		}
		return r.begin(r.d.Slash(r.channel, who, what.Name, options))
	case what.What == "submit":
		return r.submit(what)
	case m == nil:
		return errUnknown
	case what.What == "menu":
		return r.begin(r.d.Menu(m, who, what.Name))
	case what.What == "click":
		return r.begin(r.d.Click(who, m, what.Name))
	case what.What == "select":
		return r.begin(r.d.Select(who, m, what.Name, what.Values...))
	case what.What == "react":
		r.d.React(who, m, what.Name)
		return nil
	case what.What == "delete":
		r.d.Delete(m)
		return nil
	case what.What == "edit":
		r.d.Edit(m, what.Text)
		return nil
	}
	return errUnknown
}

// begin remembers an interaction, for its form or its failure.
func (r *room) begin(i *discordtest.Interaction) error {
	if i.Err() != nil {
		return i.Err()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.begun = append(r.begun, i)
	return nil
}

// submit sends a filled-in form, or puts it away.
func (r *room) submit(what deed) error {
	r.mu.Lock()
	var of *discordtest.Interaction
	for n, i := range r.begun {
		if i.ID == what.Name {
			of = i
			r.begun = append(r.begun[:n:n], r.begun[n+1:]...)
			break
		}
	}
	r.mu.Unlock()
	if of == nil {
		return errUnknown
	}
	if what.Options == nil {
		return nil // put away
	}
	values := map[string]any{}
	for name, raw := range what.Options {
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			return err
		}
		if list, ok := v.([]any); ok {
			chosen := []string{}
			for _, one := range list {
				s, _ := one.(string)
				chosen = append(chosen, s)
			}
			v = chosen
		}
		values[name] = v
	}
	for _, f := range what.Files {
		values[f.Field] = f
	}
	return r.begin(of.Submit(values))
}

// options turns what the page sends into options of the types that the command defines.
func (r *room) options(what deed) (discordtest.Options, error) {
	options := discordtest.Options{}
	defined := r.defined(what.Name)
	for name, raw := range what.Options {
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			return nil, err
		}
		s, text := v.(string)
		switch kind := defined[name]; {
		case kind == discordtest.OptionInteger && name != what.Focused:
			n, err := strconv.Atoi(s)
			if err != nil {
				return nil, err
			}
			v = n
		case kind == discordtest.OptionNumber && name != what.Focused:
			n, err := strconv.ParseFloat(s, 64)
			if err != nil {
				return nil, err
			}
			v = n
		case kind == discordtest.OptionBoolean && text:
			v = s == "true"
		case kind == discordtest.OptionUser:
			for _, p := range r.people {
				if p.Username == s {
					v = p
				}
			}
		case kind == discordtest.OptionChannel:
			v = r.channel
		}
		options[name] = v
	}
	for _, f := range what.Files {
		options[f.Field] = f
	}
	return options, nil
}

// defined are the types of a command's options, by name.
func (r *room) defined(name string) map[string]int {
	words, types := strings.Fields(name), map[string]int{}
	for _, c := range r.d.Commands() {
		if len(words) == 0 || c.Name != words[0] || c.Type != discordtest.CommandSlash {
			continue
		}
		options := c.Options
		for _, word := range words[1:] {
			for _, o := range options {
				if o.Name == word {
					options = o.Options
					break
				}
			}
		}
		for _, o := range options {
			types[o.Name] = o.Type
		}
	}
	return types
}

func (r *room) autocomplete(w http.ResponseWriter, req *http.Request) {
	what, err := read(w, req)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	options, err := r.options(what)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	ctx, cancel := context.WithTimeout(req.Context(), discordtest.AnswerWithin)
	defer cancel()
	choices, err := r.d.Autocomplete(ctx, r.channel, r.person(what.User), what.Name, options, what.Focused)
	if err != nil || choices == nil {
		choices = []discordtest.Choice{}
	}
	answer(w, choices)
}
