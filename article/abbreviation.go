package article

import "strings"

// The tables below hold abbreviations without their last full stop, in lower case, for English,
// German, French and Spanish.

// neverEnds: something always follows, so that the full stop never ends a sentence.
var neverEnds = words(`
	mr mrs ms messrs dr drs prof profs rev fr hon rt st ste gen lt col maj capt cmdr adm brig sgt cpl pvt
	sen sens rep reps gov govs atty pres supt insp det dist asst assoc mt ft hwy vs viz cf eg e.g ie i.e
	approx est incl esp resp al ph
	hr fr hrn dipl ing mag phil med jur z.b bzw ca d.h d.i evtl ggf inkl exkl lt o.g s.g sog u.a usf vgl zzgl
	abg min.präs
	mm mme mlle mgr me pr p.ex p.ex c.-à-d env
	sra srta dra d dña ud uds excmo ilmo lic p.ej
`)

// mayEnd: usually something follows, but a sentence may end here as well.
var mayEnd = words(`
	inc corp co ltd bros llc plc assn dept univ jr sr esq etc ave blvd rd sq a.m p.m am pm u.s u.k u.n e.u
	jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
	ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore
	pa penn tenn tex va vt wash wis wyo
	usw u.ä o.ä str mio mrd tsd jh jhd v.chr n.chr geb gest
	janv févr avr juil déc éd
	ee.uu s.a pág vol av
`)

// beforeNumber: an abbreviation before a number, else a word of its own ("No. That is wrong.").
var beforeNumber = words(`no nos nr p pp pg fig figs art arts abs sec vol ch op bd kap par núm n`)

// germanOrdinal holds what follows a German ordinal, where the language is not known.
var germanOrdinal = set(`Januar Jänner Februar März April Mai Juni Juli August September Oktober November
	Dezember Jahrhundert Jahrhunderts Jahrestag Geburtstag Klasse Platz Spieltag Runde Weltkrieg Bundesliga`)

// opensSentence holds words that, capitalised, say that a new sentence has begun.
var opensSentence = set(`
	The A An This That These Those He She It They We You I His Her Its Their Our My There Here In On At By For From
	With Without After Before Since Until While When Where Why How What Who Which If As Although Though Because But
	And Or So Yet Nor Then Now Also However Meanwhile Moreover Instead Still Even Some Many Most Several Both Each
	Every All No Not One Two According Asked Last Earlier Later During Under Over Between Among About
	Der Die Das Ein Eine Einer Er Sie Es Wir Ihr Ich Dies Diese Dieser Dieses Im Am Bei Mit Nach Vor Seit Für Von Aus
	Auf Aber Und Oder Doch Denn Wenn Als Weil Dass Auch Nun Dann Damit Dabei Zudem Allerdings Laut So Zu Zum Zur
	Le La Les Un Une Des Il Elle Ils Elles Nous Vous Je On Ce Cette Ces Cet Dans En Au Aux Mais Et Ou Donc Or Ni Car
	Pour Par Sur Avec Sans Selon Après Avant Depuis Pendant Lors Quand Si Son Sa Ses
	El Los Las Una Unos Unas Ella Ellos Ellas Nosotros Yo Esto Este Esta Estos Estas Eso Ese Esa Pero Y O Según Con
	Sin Desde Hasta Cuando Para Por Tras Durante Su Sus Además También Mientras`)

// saying holds verbs of saying in the forms that follow a quotation.
var saying = words(`
	said says asked asks added adds replied replies wrote writes told tweeted exclaimed shouted cried joked quipped
	wondered answered responded yelled declared insisted
	sagte sagt fragte fragt rief schrieb schreibt erklärte erklärt betonte meinte meint antwortete twitterte
	dit déclare déclaré demande demandé lance lancé écrit répond répondu affirme ajoute ajouté
	dijo dice preguntó pregunta escribió respondió añadió exclamó afirmó aseguró`)

func words(list string) map[string]bool { return set(strings.ToLower(list)) }

func set(list string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}
