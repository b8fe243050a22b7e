package extract

import (
	"strings"
	"unicode/utf8"
)

// The tables of words that tell the kinds of paragraph apart, in English, German, French and
// Spanish. All are lower case unless their case matters.

// bylineWords open a byline, the space included.
var bylineWords = []string{"by ", "von ", "par ", "por ", "reported by ", "written by ", "text: "}

var particles = set(`de da do dos del della di du des la le van von der den ten ter zu zur al el bin ibn y e`)

// dateWords are the words that a line with nothing but a date is made of.
var dateWords = set(`published updated posted modified last on at am pm a p m est edt et cst cdt pst pdt gmt utc bst cet cest ist
	monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
	january february march april may june july august september october november december
	jan feb mar apr jun jul aug sep sept oct nov dec st nd rd th min read minute minutes
	veröffentlicht aktualisiert stand uhr am um montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
	januar jänner februar märz mai juni juli oktober dezember
	publié mis à jour le modifié lundi mardi mercredi jeudi vendredi samedi dimanche h
	janvier février mars avril juin juillet août septembre octobre novembre décembre
	publicado actualizado el de lunes martes miércoles jueves viernes sábado domingo
	enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre`)

// notPlaces are words in capitals before a dash that are no place.
var notPlaces = set(`EXCLUSIVE BREAKING UPDATE UPDATED WATCH VIDEO OPINION ANALYSIS LIVE NOTE CORRECTION EDITORIAL
	FACT CLAIM NEW NEWS REPORT REVIEW INTERVIEW PHOTOS LISTEN READ ALERT URGENT JUST FEATURE COMMENT EXPLAINER
	POLL QUIZ TRANSCRIPT BONUS SPOILER WARNING EXKLUSIV EILMELDUNG KOMMENTAR ANALYSE MEINUNG VIDÉO EXCLUSIF EXCLUSIVA ÚLTIMA`)

// agencies are sources of pictures and reports as credits name them.
var agencies = phrases(`afp|ap|reuters|dpa|upi|epa|efe|ansa|tass|xinhua|getty|getty images|shutterstock|istock|alamy|unsplash|
	associated press|the associated press|ap photo|afp photo|bloomberg|zuma press|imago|picture alliance|keystone|apa|
	kyodo|yonhap|anadolu|anadolu agency|pa|pa media|pa wire|ria novosti|sputnik|handout|file|file photo|courtesy|
	europa press|belga|anp|ritzau|tt|ntb|lusa|pap|ctk|afp via getty images|pool|screengrab|screenshot`)

// pictureEnds close a caption.
var pictureEnds = []string{
	"getty images", "/getty", "/afp", "/reuters", "/ap", "ap photo", "afp photo", "/epa", "/dpa", "/shutterstock", "shutterstock", "via getty",
	"istock", "/efe", "alamy", "unsplash", "picture alliance", "zuma press",
}

// pictureWords introduce a picture's credit in brackets; those with a colon anywhere near the end.
var pictureWords = []string{
	"photo:", "photos:", "photo by", "photo courtesy", "photo credit", "photograph:", "photograph by", "picture:", "image:", "image credit", "image via",
	"credit:", "file photo", "file image", "screenshot", "screengrab", "ap photo", "afp photo",
	"foto:", "fotos:", "bild:", "quelle: dpa", "archivfoto", "symbolbild",
	"crédit photo", "crédits photo", "photo :", "photo d'archives", "crédit :", "imagen:", "foto de archivo",
}

// captionOpens introduce a caption.
var captionOpens = []string{
	"file photo:", "file photo –", "file photo -", "file – ", "file — ", "file - ", "photo:", "image:", "image caption", "caption:", "picture:", "pictured:",
	"bild:", "foto:", "bildunterschrift:", "archivbild:", "légende :", "image :", "photo :", "imagen:", "foto de archivo",
	"fotoğraf:", "fotoğraf,", "zdjęcie:", "fot.", "kuva:", "billede:", "immagine:", "写真:", "写真：", "사진=",
}

// adLabels mark an advertisement wherever they stand in a short line, a common slip among them; adWords do so
// alone.
var (
	adLabels  = set(`advertisement advertisment advertisements advertorial anzeige werbung publicité publicidad reklame pubblicità`) //nolint:misspell // as pages misspell it
	adWords   = set(`advert sponsored promoted ad ads gesponsert sponsorisé patrocinado annonce`)
	adPhrases = []string{
		"continues below", "continue reading the main story", "scroll to continue", "remove ads", "sponsored content", "paid content",
		"advertise with us", "skip advertisement",
	}
)

// pointers open a line that sends the reader elsewhere.
var pointers = []string{
	"also read", "also see", "read also", "read more", "read next", "read the full", "read the rest", "related articles", "related stories", "related coverage", "related post", "related reading",
	"related:", "more:", "see also", "more on this", "more from", "recommended for you", "recommended stories", "recommended reading", "you may also like",
	"don't miss", "don’t miss", "subscribe to", "subscribe now", "sign up for", "sign up to", "follow us on", "click here", "share this", "learn more:", "watch:", "watch also",
	"follow live", "listen to this article", "download the app", "get the app",
	"lesen sie auch", "lesen sie mehr", "lesen sie dazu", "mehr zum thema", "auch interessant", "das könnte sie auch interessieren", "siehe auch", "hier klicken",
	"lire aussi", "à lire aussi", "a lire aussi", "lire également", "voir aussi", "abonnez-vous", "sur le même sujet",
	"leer también", "lea también", "lea además", "lee también", "te puede interesar", "ver también", "más información", "suscríbete", "noticias relacionadas",
	"leggi anche", "leggi pure", "vedi anche", "leia também", "leia mais", "veja também", "lees ook", "lees meer", "bekijk ook", "les også", "les mer", "se også", "læs også", "læs mere",
	"läs också", "läs även", "läs mer", "lue myös", "lue lisää", "czytaj także", "czytaj też", "zobacz także", "čtěte také", "přečtěte si", "prečítajte si", "olvassa el", "citește și", "ayrıca okuyun",
	"читайте также", "читайте також", "читайте ще", "διαβάστε επίσης", "اقرأ أيضا", "اقرأ أيضًا", "اقرأ أيضاً", "this slideshow requires javascript",
}

// pointersByRune finds pointers by their first rune.
var pointersByRune = func() map[rune][]string {
	m := make(map[rune][]string)
	for _, p := range pointers {
		first, _ := utf8.DecodeRuneInString(p)
		m[first] = append(m[first], p)
	}
	return m
}()

func set(list string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// phrases makes a set of what stands between the bars.
func phrases(list string) map[string]bool {
	m := make(map[string]bool)
	for p := range strings.SplitSeq(list, "|") {
		m[strings.Join(strings.Fields(p), " ")] = true
	}
	return m
}
