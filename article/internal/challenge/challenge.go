// Package challenge knows the pages that bot walls send instead of the page that was asked for: article/fetch meets them with a
// status, article/extract without one.
package challenge

import (
	"bytes"
	"strings"
	"unicode"
)

// scripts are addresses of which walls load the script that tells browsers from programs.
var scripts = []string{"/cdn-cgi/challenge-platform/", "captcha-delivery.com"}

// marks stand in the markup of walls, in lower case, and in that of pages with a form as well.
var marks = []string{
	"px-captcha", "_incapsula_resource", "awswaf.com", `id="challenge-form"`, "<title>just a moment", "g-recaptcha", "h-captcha", "cf-turnstile",
}

// phrases are what walls say, as [Words] leaves it.
var phrases = []string{
	"checking your browser", "checking if the site connection is secure", "verify you are human", "verify that you are human", "verifying you are human", "confirm you are human",
	"that you are human", "are you a robot", "you are not a robot", "you re not a robot", "unusual traffic", "unusual activity from your", "pardon our interruption", "automated access",
	"ddos protection by", "enable javascript and cookies to continue", "please enable cookies", "please enable javascript", "please turn on javascript", "you need to enable javascript to run this app",
	"javascript is required", "javascript is disabled", "javascript is not available", "access to this page has been denied", "you have been blocked", "complete the security check", "request unsuccessful incapsula",
	"bitte aktivieren sie javascript", "sie sind kein roboter", "überprüfen ihren browser", "ihr browser wird überprüft", "veuillez activer javascript", "vous n êtes pas un robot", "vérification de votre navigateur",
	"no eres un robot", "habilita javascript", "comprobando su navegador",
}

// Words leaves the letters and digits of s, in lower case, with a space wherever anything else stood.
func Words(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	apart := false
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			apart = b.Len() > 0
			continue
		}
		if apart {
			b.WriteByte(' ')
			apart = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// Says reports whether words, as [Words] leaves them, are a wall's.
func Says(words string) bool { return holdsAny(words, phrases) }

// LoadedFrom reports whether a script's address is a wall's.
func LoadedFrom(src string) bool { return holdsAny(src, scripts) }

// Sent reports whether a page that came with a status of refusal is a wall's: by its markup or by what it says.
func Sent(page []byte) bool {
	markup := string(bytes.ToLower(page))
	return holdsAny(markup, scripts) || holdsAny(markup, marks) || Says(Words(markup))
}

func holdsAny(s string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}
