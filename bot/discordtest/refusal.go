package discordtest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// refusal is an error as Discord's API answers it (Discord: opcodes and status codes, JSON error codes).
type refusal struct {
	Status  int    `json:"-"`
	Message string `json:"message"`
	Code    int    `json:"code"`
	Errors  object `json:"errors,omitempty"` // what is wrong with which field
}

func (r *refusal) Error() string {
	words := []string{r.Message}
	var tell func(at string, o object)
	tell = func(at string, o object) {
		for _, name := range slices.Sorted(maps.Keys(o)) {
			switch below := o[name].(type) {
			case object:
				tell(at+"."+name, below)
			case []object:
				for _, e := range below {
					words = append(words, fmt.Sprintf("%s: %s", strings.TrimPrefix(at, "."), e["message"]))
				}
			}
		}
	}
	tell("", r.Errors)
	return strings.Join(words, "; ")
}

func refuse(status, code int, message string) *refusal {
	return &refusal{Status: status, Code: code, Message: message}
}

// What the API refuses, by its code.
var (
	errUnauthorized   = refuse(http.StatusUnauthorized, 0, "401: Unauthorized")
	errNotFound       = refuse(http.StatusNotFound, 0, "404: Not Found")
	errVersion        = refuse(http.StatusBadRequest, 50041, "Invalid API version provided")
	errChannel        = refuse(http.StatusNotFound, 10003, "Unknown Channel")
	errGuild          = refuse(http.StatusNotFound, 10004, "Unknown Guild")
	errMember         = refuse(http.StatusNotFound, 10007, "Unknown Member")
	errMessage        = refuse(http.StatusNotFound, 10008, "Unknown Message")
	errUser           = refuse(http.StatusNotFound, 10013, "Unknown User")
	errEmoji          = refuse(http.StatusBadRequest, 10014, "Unknown Emoji")
	errWebhook        = refuse(http.StatusNotFound, 10015, "Unknown Webhook")
	errInteraction    = refuse(http.StatusNotFound, 10062, "Unknown interaction")
	errCommand        = refuse(http.StatusNotFound, 10063, "Unknown application command")
	errTooLarge       = refuse(http.StatusRequestEntityTooLarge, 40005, "Request entity too large")
	errAcknowledged   = refuse(http.StatusBadRequest, 40060, "Interaction has already been acknowledged.")
	errFollowups      = refuse(http.StatusBadRequest, 40094, "This interaction has hit the maximum number of follow up messages")
	errAccess         = refuse(http.StatusForbidden, 50001, "Missing Access")
	errOthersMessage  = refuse(http.StatusForbidden, 50005, "Cannot edit a message authored by another user")
	errEmpty          = refuse(http.StatusBadRequest, 50006, "Cannot send an empty message")
	errNoDMs          = refuse(http.StatusForbidden, 50007, "Cannot send messages to this user")
	errPermissions    = refuse(http.StatusForbidden, 50013, "Missing Permissions")
	errWebhookToken   = refuse(http.StatusUnauthorized, 50027, "Invalid Webhook Token")
	errOwnDM          = refuse(http.StatusBadRequest, 50033, "Invalid Recipient(s)")
	errJSON           = refuse(http.StatusBadRequest, 50109, "The request body contains invalid JSON.")
	errHasThread      = refuse(http.StatusBadRequest, 160004, "A thread has already been created for this message")
	errReplyNoHistory = refuse(http.StatusBadRequest, 160002, "You cannot reply without permission to read message history")
)

// form gathers what is wrong with a body, by field.
type form struct{ errors object }

// wrong notes an error at a path such as "embeds", "0", "title".
func (f *form) wrong(code, message string, path ...string) {
	if f.errors == nil {
		f.errors = object{}
	}
	at := f.errors
	for _, name := range path {
		below, ok := at[name].(object)
		if !ok {
			below = object{}
			at[name] = below
		}
		at = below
	}
	list, _ := at["_errors"].([]object)
	at["_errors"] = append(list, object{"code": code, "message": message})
}

// err is the refusal of all that was noted, or nil.
func (f *form) err() error {
	if f.errors == nil {
		return nil
	}
	return &refusal{Status: http.StatusBadRequest, Code: 50035, Message: "Invalid Form Body", Errors: f.errors}
}
