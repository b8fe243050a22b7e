package extract

import (
	"strings"
	"unicode"

	"newsdesk/article/extract/internal/meta"
)

// What may stand above the head of a letter that was forwarded: what the sender wrote to it, in bytes.
const (
	maxNote      = 600 // where a line says that a forwarded letter follows
	maxShortNote = 200 // where only the head shows it
)

// readLetterHead reads what mail programs put above a letter that is forwarded or answered: a line that says so, then who
// wrote to whom about what, in the languages of mailFields, each line perhaps quoted. Of letters within letters it takes the
// innermost. The note of whoever passed it on belongs to the head as well.
func readLetterHead(text string) frontMatter {
	f := frontMatter{}
	note, marked, quoted := 0, false, quotedFrom(text)
	for at := 0; at < min(len(text), maxFrontMatter); {
		line := lineAt(text, at)
		words := unquoted(line)
		next := at + len(line)
		switch {
		case strings.Trim(words, "_") == "": // a blank line, or a rule
		case isForwardMark(words):
			marked = true
		case introduces(words) && quoted < len(text) && strings.Trim(text[next:max(next, quoted)], space) == "":
			f.length = next
			return f
		default:
			fields, end := letterFields(text, at)
			// a letter that an article prints has no addresses in its head
			alone := len(fields) >= 3 && (note == 0 || note <= maxShortNote && strings.Contains(text[at:end], "@"))
			if alone || len(fields) >= 2 && marked {
				f.values, f.length = fields, end
				next, note, marked = end, 0, false
				break
			}
			if note += len(line); note > maxNote {
				return f
			}
		}
		at = next
	}
	return f
}

// lineAt is the line that begins at an offset, its end included.
func lineAt(text string, at int) string {
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		return text[at : at+i+1]
	}
	return text[at:]
}

// unquoted is a line without the marks of quoting before it.
func unquoted(line string) string { return strings.Trim(strings.TrimLeft(line, ">"+space), space) }

// isForwardMark reports whether a line is the rule by which a mail program announces or ends another letter.
func isForwardMark(line string) bool {
	if len(line) > maxLabel || !strings.HasPrefix(line, "--") && !strings.HasSuffix(line, ":") {
		return false
	}
	return forwardMarks[wordsOf(line)]
}

// introduces reports whether a line says who wrote what follows: "On Friday, 3 May, Ada Moss wrote:".
func introduces(line string) bool {
	return strings.HasSuffix(line, ":") && strings.ContainsAny(line, "@0123456789")
}

// quotedFrom is where the last lines of text begin that are all quoted, blank lines among them; len(text) for none.
func quotedFrom(text string) int {
	from := len(text)
	for end := len(text); end > 0; {
		start := strings.LastIndexByte(text[:end-1], '\n') + 1
		line := strings.Trim(text[start:end], space)
		switch {
		case strings.HasPrefix(line, ">"):
			from = start
		case line != "":
			return from
		}
		end = start
	}
	return from
}

// letterFields reads the fields of a letter's head from an offset on: their values by what they are, and where they end.
func letterFields(text string, at int) (map[string][]string, int) {
	fields := make(map[string][]string)
	end := at
	for at < min(len(text), maxFrontMatter) {
		line := lineAt(text, at)
		at += len(line)
		words := strings.ReplaceAll(unquoted(line), "*", "") // in bold letters
		name, value, ok := strings.Cut(words, ":")
		field := mailFields[strings.ToLower(strings.Trim(name, space))]
		switch {
		case ok && field != "":
			fields[field] = append(fields[field], strings.Trim(value, space))
		case words != "" && len(fields) > 0 && unicode.IsSpace(rune(strings.TrimLeft(line, ">")[0])) && !strings.HasPrefix(line, "> "):
			// a field of several lines
		default:
			return fields, end
		}
		end = at
	}
	return fields, end
}

// sender is the name in a field that says who wrote a letter, "" where it is an address alone.
func sender(from string) string {
	name, _, _ := strings.Cut(from, "<")
	name, _, _ = strings.Cut(name, "[")
	if name = strings.Trim(name, space+`"'“”`); strings.Contains(name, "@") {
		return ""
	}
	return name
}

// letterDate is the day or time that a field says a letter was sent.
func letterDate(sent string) string {
	if d := meta.Date(sent); d != "" {
		return d
	}
	return meta.DateIn(sent)
}

// mailFields are the fields of a letter's head by what mail programs call them in English, German, French, Spanish, Italian,
// Dutch, Portuguese and the Scandinavian languages. Of most, only that they are there is of use.
var mailFields = map[string]string{
	"from": "from", "von": "from", "de": "from", "da": "from", "van": "from", "fra": "from", "från": "from", "expéditeur": "from", "remitente": "from", "mittente": "from",
	"subject": "subject", "betreff": "subject", "objet": "subject", "sujet": "subject", "asunto": "subject", "oggetto": "subject", "onderwerp": "subject", "assunto": "subject", "emne": "subject", "ämne": "subject",
	"date": "date", "sent": "date", "datum": "date", "gesendet": "date", "envoyé": "date", "envoyé le": "date", "fecha": "date", "enviado": "date", "enviado el": "date",
	"data": "date", "inviato": "date", "verzonden": "date", "enviada em": "date", "dato": "date", "sendt": "date", "skickat": "date",
	"to": "to", "an": "to", "à": "to", "pour": "to", "para": "to", "a": "to", "aan": "to", "til": "to", "till": "to", "destinataire": "to", "destinatario": "to",
	"cc": "cc", "kopie": "cc", "copie à": "cc", "bcc": "cc", "reply-to": "reply", "antwort an": "reply", "répondre à": "reply", "importance": "importance", "wichtigkeit": "importance",
	"attachments": "attachments", "anlagen": "attachments", "pièces jointes": "attachments",
}

// forwardMarks are what the rules above and below a letter that is passed on say.
var forwardMarks = phrases(`forwarded message|original message|forwarded mail|original mail|begin forwarded message|end forwarded message|end of forwarded message|
	weitergeleitete nachricht|ursprüngliche nachricht|originalnachricht|original nachricht|anfang der weitergeleiteten nachricht|anfang der weitergeleiteten e mail|ende der weitergeleiteten nachricht|
	message transféré|message transmis|message d origine|message original|message initial|courriel original|début du message réexpédié|début du message transféré|
	mensaje reenviado|mensaje original|inicio del mensaje reenviado|messaggio inoltrato|messaggio originale|inizio messaggio inoltrato|
	doorgestuurd bericht|oorspronkelijk bericht|begin doorgestuurd bericht|mensagem encaminhada|mensagem original|início da mensagem encaminhada|início da mensagem reencaminhada|
	videresendt melding|videresendt meddelelse|vidarebefordrat meddelande|ursprungligt meddelande|opprinnelig melding|oprindelig meddelelse`)
