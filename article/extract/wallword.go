package extract

import "regexp"

// The words by which a page tells its readers that there is more, and for whom. English, German, French,
// Spanish, Italian, Dutch, Portuguese and the Scandinavian languages; lower case, letters and digits only,
// one space between words.

// subscriberWords stand where an article stops for those who have not subscribed or registered.
var subscriberWords = []string{
	"subscribe to continue reading", "subscribe to keep reading", "subscribe to read", "subscribe now to read", "subscribe for full access",
	"to unlock this article", "unlock this article",
	"this article is for subscribers", "this article is only available to subscribers", "this content is for subscribers", "this story is for subscribers",
	"this post is for paid subscribers", "this post is for paying subscribers", "for subscribers only", "exclusive to subscribers", "exclusively for subscribers",
	"available to subscribers", "already a subscriber", "already have a subscription", "not a subscriber", "register to read", "register to continue", "sign in to continue reading",
	"sign in to read", "log in to continue reading", "log in to read", "create a free account to continue", "create an account to read", "you have reached your limit of free articles",
	"you have reached your article limit", "free articles remaining", "your last free article", "become a member to read", "members only story", "member only story",
	"artikel weiterlesen mit", "diesen artikel lesen sie mit", "nur für abonnenten", "nur für abonnentinnen",
	"dieser artikel ist nur für", "diesen inhalt lesen sie mit", "lesen sie weiter mit", "bereits abonnent", "sie haben bereits ein abo", "exklusiv für abonnenten", "abo abschließen und weiterlesen",
	"réservé aux abonnés", "réservée aux abonnés", "lire la suite de cet article", "abonnez vous pour lire", "déjà abonné", "article abonné",
	"exclusivo para suscriptores", "solo para suscriptores", "contenido exclusivo para", "suscríbete para leer", "suscríbete para seguir leyendo", "ya eres suscriptor",
	"riservato agli abbonati", "abbonati per continuare", "sei già abbonato",
	"alleen voor abonnees", "word abonnee om", "al abonnee", "exclusivo para assinantes", "já é assinante",
	"for abonnenter", "for prenumeranter", "kun for abonnenter", "logg inn for å lese", "logga in för att läsa", "allerede abonnent", "læs videre med",
}

// readOnWords stand in the same place, and in any sentence about reading: they count where a line begins with them,
// or speaks of an account as well.
var readOnWords = []string{
	"to continue reading", "to keep reading", "to read the full article", "to read the full story", "to read the rest of this",
	"jetzt weiterlesen", "um weiterzulesen", "weiterlesen mit", "pour lire la suite", "para seguir leyendo", "para continuar leyendo", "per continuare a leggere", "verder lezen", "para continuar lendo",
}

// accountWords are what accounts and subscriptions are called, or begin with.
var accountWords = []string{
	"subscri", "register", "sign in", "sign up", "log in", "account", "member", "abo ", "abonn", "anmelden", "registrier", "connect", "inscri", "compte",
	"suscri", "regístr", "inicia sesión", "cuenta", "abbona", "registra", "accedi", "inlog", "assin", "cadastr",
}

// consentWords stand where a page asks to be allowed to track before it shows anything.
var consentWords = []string{
	"accept cookies to continue", "accept all cookies", "accept cookies and continue", "before you continue to", "we value your privacy", "we care about your privacy", "your privacy choices",
	"consent to the use of cookies", "we and our partners store", "we and our partners process", "with ads and tracking", "continue with advertising",
	"mit werbung weiterlesen", "mit werbung und tracking", "weiter mit werbung", "zustimmen und weiter", "akzeptieren und weiter", "alle akzeptieren", "ihre privatsphäre ist uns wichtig", "um der nutzung von",
	"accepter et continuer", "continuer sans accepter", "le respect de votre vie privée", "nous et nos partenaires", "tout accepter",
	"aceptar y continuar", "aceptar todo", "su privacidad es importante", "nosotros y nuestros socios", "accetta e continua", "accetta tutto", "accepteren en doorgaan", "alles accepteren",
}

// agreeWords are all that the button says by which readers agree, or do not.
var agreeWords = phrases(`accept all|reject all|accept all cookies|reject all cookies|agree and continue|i agree|accept and continue|i accept|manage preferences|manage choices|
	alle akzeptieren|alle ablehnen|alle cookies akzeptieren|akzeptieren|einstellungen verwalten|tout accepter|tout refuser|j accepte|paramétrer les cookies|aceptar todo|rechazar todo|aceptar todas|
	accetta tutto|rifiuta tutto|alles accepteren|alles weigeren|alles afwijzen|aceitar tudo|rejeitar tudo|godta alle|godkänn alla|accepter alle`)

// partners are those with whom a page asks to be allowed to share what it learns of its readers, often by their number.
var partners = regexp.MustCompile(`(?:\b(?:our|unsere|unseren|nos|nuestros|nostri|onze|nossos|våra|våre|vores) \d{1,4}|\b\d{2,4}) (?:\pL+ )?(?:partner|parceiros|partenaires|socios)|\b(?:we and our|wir und unsere|nous et nos|nosotros y nuestros|noi e i nostri|wij en onze) (?:\pL+ )?(?:partner|partenaires|socios)`)

// missingWords are what a page says that is shown, as if it were one, where there is none.
var missingWords = []string{
	"page not found", "404 not found", "error 404", "404 error", "page could not be found", "page can t be found", "page cannot be found", "page was not found", "page doesn t exist", "page does not exist",
	"page you requested could not be", "page you are looking for", "page you re looking for", "couldn t find that page", "couldn t find the page", "can t find that page", "can t find the page", "article not found", "page no longer exists",
	"page is no longer available", "seite nicht gefunden", "seite wurde nicht gefunden", "seite konnte nicht gefunden", "seite existiert nicht", "page introuvable", "page non trouvée", "page n existe pas", "página no encontrada",
	"página no existe", "no se encontró la página", "pagina non trovata", "pagina niet gevonden", "página não encontrada", "siden finnes ikke", "siden blev ikke fundet", "sidan kunde inte hittas", "sidan finns inte",
	"страница не найдена", "ページが見つかりません", "页面不存在", "找不到页面",
}

// signInWords stand on pages for signing in.
var signInWords = []string{
	"sign in to your account", "log in to your account", "forgot your password", "forgot password", "reset your password", "create your account", "don t have an account", "remember me", "keep me signed in",
	"passwort vergessen", "angemeldet bleiben", "noch kein konto", "mot de passe oublié", "se souvenir de moi", "olvidaste tu contraseña", "olvidó su contraseña", "password dimenticata", "wachtwoord vergeten", "glemt passord", "glömt lösenord",
}

// restWords tell how much of an article is not shown.
var restWords = []string{"de cet article à lire", "de ce contenu à lire", "of this article left to read", "of this story left to read", "dieses artikels lesen sie mit", "de este artículo por leer"}

// goesOnWords close a text whose rest stands elsewhere.
var goesOnWords = []string{
	"continue reading", "read more", "read the full story", "read the full article", "keep reading", "read on", "the post", "click here to read",
	"weiterlesen", "mehr lesen", "zum vollständigen artikel", "lire la suite", "lire plus", "seguir leyendo", "leer más", "continua a leggere", "lees verder", "les mer", "läs mer", "læs mere",
}

// leadingOn are words with which no sentence ends, in the languages above, but for those that are another word in another language.
var leadingOn = set(`the a an of and from into if than their his our your its
	der den dem ein eine einen einem einer eines und vom zum zur im dass weil ihre ihren
	le les une et avec dans leur ses aux el las una del sus gli della delle degli di een het voor uma og och att ett`)
