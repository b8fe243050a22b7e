package quote

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/quote/rank"
)

// This file finds whom a pronoun or a description ("she", "the senator", "the group") means. Grammar
// settles some ("Berg, who …"); for the others the entities that the text has in view there are the
// candidates, and a ranker chooses one of them, or none.

// certain is how sure it is of what grammar binds.
const certain = 1

// view is an entity that an anaphor may mean, as the text has it in view there.
type view struct {
	entity   int32
	latest   int32   // its latest mention before the anaphor, or the first behind it
	rank     uint32  // how many entities that would fit as well were mentioned since
	score    float32 // the ranker's
	echoes   uint32  // mentions of it in the window
	speeches uint32  // of them, those that a verb of speech has as its subject
	rivals   uint32  // people of unknown gender mentioned since, who may be meant as well
}

// The window in which an anaphor's antecedent is looked for, in mentions and paragraphs, and how many
// entities of it are looked at.
const (
	mentionsInView   = 90
	paragraphsInView = 8
	entitiesInView   = 14
)

// resolve gives every pronoun and description its entity, in the order of the text, so that an anaphor
// found keeps its person in view for the next.
func (r *reading) resolve() {
	for i := range int32(len(r.mentions)) {
		m := &r.mentions[i]
		switch {
		case m.entity >= 0:
		case m.kind == pronominal:
			r.resolvePronoun(i)
		default:
			r.resolveDescription(i)
		}
	}
	r.nameForeshadowed()
}

// nameForeshadowed gives the descriptions of a headline or a lead ("Mayor defends budget") the one person whom
// the article names by that role further on.
func (r *reading) nameForeshadowed() {
	const lead, sure = 3, 0.8 // the paragraphs of headline and lead; how sure it is of the name
	var last map[uint32]lastBearers
	for i := range r.mentions {
		m := &r.mentions[i]
		if r.tokens[m.from].paragraph >= lead {
			return
		}
		if m.kind != described || m.entity < 0 || r.entities[m.entity].kind != described {
			continue
		}
		if last == nil {
			last = r.lastBearers()
		}
		of, ok := last[roleHash(r.word(m.head))]
		if x := of.bearer; ok && int(r.entities[x].first) > i && int(of.before) <= i && r.agrees(m, x) {
			m.entity, m.sure, m.way, m.via = x, sure, ByRole, r.entities[x].first
		}
	}
}

// lastBearers are, of all whom the article gives a role by name, the one introduced last and the first mention of the one
// introduced before, -1 if there is none.
type lastBearers struct{ bearer, before int32 }

func (r *reading) lastBearers() map[uint32]lastBearers {
	last := map[uint32]lastBearers{}
	for e := range r.entities {
		x := &r.entities[e]
		if !r.isBearer(int32(e)) {
			continue
		}
		for _, role := range x.roles {
			of, ok := last[role]
			switch {
			case !ok:
				of = lastBearers{int32(e), -1}
			case x.first > r.entities[of.bearer].first:
				of = lastBearers{int32(e), r.entities[of.bearer].first}
			default:
				of.before = max(of.before, x.first)
			}
			last[role] = of
		}
	}
	return last
}

// resolvePronoun gives mention i, a pronoun, whom it means. First and second persons mean whoever speaks
// or listens, whom the text need not name.
func (r *reading) resolvePronoun(i int32) {
	m := &r.mentions[i]
	switch {
	case m.class&relative != 0:
		if x := r.relativeOf(i); x >= 0 {
			m.entity, m.sure, m.way, m.via = r.mentions[x].entity, certain, ByGrammar, x
		}
	case m.class&(first|second) == 0:
		r.bind(i)
	}
}

// relativeOf returns the mention that the relative pronoun i goes on from, or -1. What a preposition binds to a person
// is passed over: "the head of the union who".
func (r *reading) relativeOf(i int32) int32 {
	m := &r.mentions[i]
	if i == 0 || r.mentions[i-1].to < m.from-2 || r.sentence[r.mentions[i-1].from] != r.sentence[m.from] {
		return -1
	}
	nearest := &r.mentions[i-1]
	if i > 1 && (nearest.kind == organisation || nearest.kind == place) && nearest.from > 0 && r.tokens[nearest.from-1].class&preposition != 0 {
		const near = 4
		if x := &r.mentions[i-2]; (x.kind == named || x.kind == described || x.kind == several) && x.to >= nearest.from-near && r.sentence[x.from] == r.sentence[m.from] {
			return i - 2
		}
	}
	return i - 1
}

// resolveDescription gives mention i, a description, whom it means: the name that it stands in
// apposition to, somebody the text has in view, or somebody new.
func (r *reading) resolveDescription(i int32) {
	m := &r.mentions[i]
	if x := r.apposed(i); x >= 0 && r.mentions[x].entity >= 0 {
		m.entity, m.sure, m.way, m.via = r.mentions[x].entity, certain, ByApposition, x
	} else if x := r.writer(i); x >= 0 && r.mentions[x].entity >= 0 {
		m.entity, m.sure, m.way, m.via = r.mentions[x].entity, max(r.mentions[x].sure, surelyNamed), ByWriter, x
	} else if e := r.calledByItsWords(m); e >= 0 && r.entities[e].first < i {
		m.entity, m.sure, m.way, m.via = e, surelyNamed, ByNoun, r.entities[e].first
	} else if x := r.onlyBearer(i); x >= 0 {
		m.entity, m.sure, m.way, m.via = x, surelyBorne, ByRole, r.entities[x].first
	} else if x := r.sameBody(i); x >= 0 {
		m.entity, m.sure, m.way, m.via = r.mentions[x].entity, surelyBorne, ByNoun, x
	} else if r.pointsBack(m) {
		r.bind(i)
	}
	if m.entity < 0 {
		r.introduce(i)
	} else if m.kind == described {
		r.addRoles(&r.entities[m.entity], r.word(m.head))
	}
}

// surelyBorne is how sure it is that a description means the only person whom the article gives that role by name.
const surelyBorne = 0.8

// onlyBearer returns the one person whom the article describes by name as description i does, before it or behind it: in
// the same words, by the same role, or by one that ends the same. -1 if there is none, or more than one, or if the
// description does not point back.
func (r *reading) onlyBearer(i int32) int32 {
	m := &r.mentions[i]
	if p := r.pointing(m); !r.lex.gendered || m.kind != described || p == pointsNot {
		return nobody
	}
	if x, ok := r.described[r.descriptionKey(m.from, m.to)]; ok && x >= 0 && r.agrees(m, x) {
		return x
	}
	head := r.word(m.head)
	if short := m.to == m.head+1 && m.head-m.from <= 1; !short { // "the mayor of …" may be another
		return r.bearerOfThere(roleHash(head), m)
	}
	if x, n := r.bearersOf(roleHash(head), m); n > 0 {
		return x
	}
	if h := r.lex.headRole(head); h != 0 && strings.HasSuffix(head, "in") { // a masculine form may be of several
		x, _ := r.bearersOf(h, m)
		return x
	}
	return nobody
}

// bearerOfThere returns the one person whom the article gives a role with the name of the place that description m has as an
// adjective: "el presidente andaluz" is the "presidente de la Junta de Andalucía".
func (r *reading) bearerOfThere(role uint32, m *mention) int32 {
	only := nobody
	for k := m.from; k < m.to; k++ {
		w := strings.ToLower(r.word(k))
		if k == m.head || len(w) < alike || r.tokens[k].class&functionWord != 0 {
			continue
		}
		for _, e := range r.beside[w[:alike]] {
			if e == only || !slices.Contains(r.bearers[role], e) || !r.agrees(m, e) {
				continue
			}
			if only >= 0 {
				return nobody
			}
			only = e
		}
	}
	return only
}

// sameBody returns the mention, the latest, whose entity a bare definite description of a body, a group or a document means because it is
// called so in more words before: "el ministerio" is the "Ministerio de Sanidad", "die Organisatoren" the "Organisatoren des
// Gipfels"; nobody if there is none.
func (r *reading) sameBody(i int32) int32 {
	m := &r.mentions[i]
	if !r.lex.gendered || m.to != m.head+1 || m.head-m.from != 1 || r.tokens[m.from].class&definite == 0 || m.kind != several && m.kind != organisation && m.kind != document {
		return nobody
	}
	head := r.word(m.head)
	for j := i - 1; j >= max(0, i-mentionsInView); j-- {
		x := &r.mentions[j]
		if x.entity < 0 || x.kind == pronominal || x.kind == place {
			continue
		}
		switch {
		case x.kind == m.kind && x.head+1 < x.to && strings.EqualFold(r.word(x.head), head):
			return j
		case x.nameTo > x.nameFrom+1 && !r.entities[x.entity].person && strings.EqualFold(r.word(x.nameFrom), head):
			return j
		}
	}
	return nobody
}

// bearersOf returns how many people the article gives a role by name that description m may mean, and who it is if one does.
func (r *reading) bearersOf(role uint32, m *mention) (only int32, n int) {
	only = nobody
	for _, e := range r.bearers[role] {
		if r.agrees(m, e) {
			only = e
			n++
		}
	}
	if n > 1 {
		only = nobody
	}
	return only, n
}

// surelyNamed is how sure it is whose words a document holds that a name stands beside, and whom a description of a
// body means whose words are part of one name alone.
const surelyNamed = 0.95

// calledByItsWords returns the one body whose name has all words of a definite description: "the police department" after
// "the Harbour Police Department"; -1 if none has, or several.
func (r *reading) calledByItsWords(m *mention) int32 {
	if m.kind != several && m.kind != organisation || r.tokens[m.from].class&definite == 0 || m.head != m.to-1 {
		return -1
	}
	only := int32(-1)
	for _, e := range r.bodies[strings.ToLower(r.word(m.head))] {
		if !r.holdsWords(&r.entities[e], m.from+1, m.to) {
			continue
		}
		if only >= 0 {
			return -1
		}
		only = e
	}
	return only
}

// holdsWords reports whether all words of tokens[from:to] stand in the entity's name.
func (r *reading) holdsWords(e *entity, from, to int32) bool {
	for k := from; k < to; k++ {
		if !slices.ContainsFunc(e.full, func(w string) bool { return strings.EqualFold(w, r.word(k)) }) {
			return false
		}
	}
	return true
}

// writer returns the mention of the person whose words a document holds: "his letter", "Berg's accusation", "la
// lettre de Berg", "Berg said in a statement" and then "the statement"; -1 if none is told.
func (r *reading) writer(i int32) int32 {
	m := &r.mentions[i]
	if m.kind != document {
		return -1
	}
	for j := i - 1; j >= 0 && j >= i-2 && r.mentions[j].to > m.from; j-- {
		x := &r.mentions[j]
		if x.kind == pronominal && x.class&possessive != 0 && x.from == m.from || x.kind == named && int(x.to) < len(r.tokens) && r.tokens[x.to].kind == genitive && x.to < m.head {
			return j
		}
	}
	if j := i + 1; int(j) < len(r.mentions) && r.mentions[j].kind == named && r.mentions[j].from == m.to+1 && r.lex.gendered && r.tokens[m.to].class&joining != 0 {
		return j
	}
	switch t := &r.tokens[m.from]; {
	case m.to-m.from != 2:
	case t.class&indefinite != 0 && m.from > 0 && r.tokens[m.from-1].class&preposition != 0:
		return r.sayerBefore(i)
	case t.class&definite != 0:
		return r.sameDocument(i)
	}
	return -1
}

// sayerBefore returns the subject of the verb of speech before mention i in its sentence, or -1: "the navy said in a
// statement".
func (r *reading) sayerBefore(i int32) int32 {
	for j := i - 1; j >= 0 && r.sentence[r.mentions[j].from] == r.sentence[r.mentions[i].from]; j-- {
		if r.mentions[j].speaker {
			return j
		}
	}
	return -1
}

// sameDocument returns the last mention of a document by the same word before mention i, if that is known to hold
// somebody's words; -1 if it is not.
func (r *reading) sameDocument(i int32) int32 {
	head := r.word(r.mentions[i].head)
	for j := i - 1; j >= 0 && j >= i-mentionsInView; j-- {
		if x := &r.mentions[j]; x.kind == document && r.word(x.head) == head {
			if x.entity >= 0 && r.entities[x.entity].kind != document {
				return j
			}
			return -1
		}
	}
	return -1
}

// bind gives the anaphor i the entity that the ranker chooses, if it chooses one.
func (r *reading) bind(i int32) {
	var room [entitiesInView + 1]view
	views := r.views(room[:0], i)
	var best int
	if r.teacher == nil {
		best = r.choose(i, views)
	} else {
		best = r.teacher(r, i, views)
	}
	if best < 0 {
		return
	}
	m := &r.mentions[i]
	m.entity, m.sure, m.way, m.via = views[best].entity, views[best].score, ByContext, views[best].latest
	if m.kind == pronominal {
		m.steady = r.steadiness(views, best)
	}
}

// choose scores the views of anaphor i, the scores becoming probabilities, and returns the best; -1 if
// that is none of them.
func (r *reading) choose(i int32, views []view) int {
	var scores [entitiesInView + 1]float32
	n := len(views)
	a := r.anaphorAt(i)
	r.room = r.nothingInView(r.room[:0], &a, views)
	scores[n] = r.rankers.antecedent.Score(r.room)
	best := 0
	for k := range views {
		r.room = r.viewFeatures(r.room[:0], &a, &views[k], n)
		scores[k] = r.rankers.antecedent.Score(r.room)
		if scores[k] > scores[best] {
			best = k
		}
	}
	if n == 0 || scores[n] > scores[best] {
		if best = r.onlyBody(a.m, views); best < 0 {
			best = r.likeliestBody(a.m, views, scores[:n])
		}
		if best < 0 {
			return -1
		}
		scores[n] = scores[best] // as likely as not
	}
	rank.Softmax(scores[:n+1])
	for k := range views {
		views[k].score = scores[k]
	}
	return best
}

// likeliestBody returns the view of a body by name that the ranker puts first for a noun that bodies are called by in general
// ("el organismo", "das Unternehmen"), or -1.
func (r *reading) likeliestBody(m *mention, views []view, scores []float32) int {
	if m.kind == pronominal || m.class&general == 0 || m.to != m.head+1 || r.tokens[m.from].class&definite == 0 {
		return -1
	}
	best, top := -1, float32(math.Inf(-1))
	for k := range views {
		e := &r.entities[views[k].entity]
		if body := e.kind == organisation || e.kind == named && !e.person && !e.isLikePlace(); body && scores[k] > top {
			best, top = k, scores[k]
		}
	}
	return best
}

// onlyBody returns the view that a bare definite description of a body ("the group") means where just one body is in
// view; -1 if it is another kind of anaphor, or there are more.
func (r *reading) onlyBody(m *mention, views []view) int {
	if m.kind != several || m.to-m.from != 2 || r.tokens[m.from].class&definite == 0 {
		return -1
	}
	only := -1
	for k := range views {
		if e := &r.entities[views[k].entity]; e.kind == organisation || e.kind == several {
			if only >= 0 {
				return -1
			}
			only = k
		}
	}
	return only
}

// views appends the entities that anaphor i may mean, the latest mentioned first; behind them, where these
// are fewer than three, those that are named soon after ("After her speech, Berg …").
func (r *reading) views(out []view, i int32) []view {
	m := &r.mentions[i]
	for j, n := i-1, 0; j >= 0 && n < mentionsInView && len(out) < entitiesInView; j, n = j-1, n+1 {
		x := &r.mentions[j]
		if r.tokens[m.from].paragraph-r.tokens[x.from].paragraph > paragraphsInView {
			break
		}
		if x.entity < 0 || !r.agrees(m, x.entity) {
			continue
		}
		if k := slices.IndexFunc(out, func(v view) bool { return v.entity == x.entity }); k >= 0 {
			out[k].echoes++
			out[k].speeches += b2u(x.speaker)
			continue
		}
		out = append(out, view{entity: x.entity, latest: j, rank: uint32(len(out)), echoes: 1, speeches: b2u(x.speaker)})
	}
	rivals := uint32(0)
	for k := range out {
		out[k].rivals = min(rivals, 2)
		if e := &r.entities[out[k].entity]; e.kind == named && !e.placed && e.gender == 0 && len(e.full) > 1 && r.standing(out[k].latest)&behindPreposition == 0 {
			rivals++
		}
	}
	const ahead = 8
	for j := i + 1; len(out) < 3 && int(j) < len(r.mentions) && j <= i+ahead; j++ {
		x := &r.mentions[j]
		if d := r.tokens[x.from].paragraph - r.tokens[m.from].paragraph; d > 2 || d > 0 && len(out) > 0 {
			break
		}
		if x.kind != named && x.kind != organisation || x.entity < 0 || !r.agrees(m, x.entity) || slices.ContainsFunc(out, func(v view) bool { return v.entity == x.entity }) {
			continue
		}
		out = append(out, view{entity: x.entity, latest: j, rank: uint32(len(out)), echoes: 1, speeches: b2u(x.speaker)})
	}
	return out
}

// agrees reports whether anaphor m can mean the entity, by gender and number.
func (r *reading) agrees(m *mention, entity int32) bool {
	e := &r.entities[entity]
	if r.lex.gendered && e.isLikePlace() && (m.kind == described || m.class&pronoun != 0 && m.class&(male|female) != 0) {
		return false
	}
	if m.kind != pronominal {
		switch m.kind {
		case described:
			if !m.gendered {
				m.gender, m.gendered = genderOf(r.word(m.head)), true
			}
			g := m.gender
			if r.tokens[m.head].class&nameless != 0 && e.kind == named {
				return false
			}
			return (e.kind == named || e.kind == described || e.kind == unknown) && (g == 0 || e.gender == 0 || g == e.gender)
		case several:
			return e.kind == several || e.mayBeBody()
		case organisation:
			return e.kind == several || e.mayBeBody() || e.kind == place
		case document:
			return e.kind == document || e.mayBeBody()
		}
		return true
	}
	if m.class&(male|female) != 0 && e.gender == 0 && 2*e.the > e.count {
		return false // "she" is not the Harbour Museum
	}
	thing := e.kind == organisation || e.kind == document || e.kind == place || e.kind == several || e.kind == unknown || e.mayBeBody()
	if r.lex.gendered && thing && e.kind != named && e.kind != place {
		return true // "elle" is a person or "la préfecture"
	}
	if g := m.class & (male | female); g != 0 && (e.kind == named || e.kind == described || e.kind == unknown) && (e.gender == 0 || g&e.gender != 0) {
		return true
	}
	if m.class&plural != 0 {
		return thing && e.kind != place || e.kind == several
	}
	return m.class&neutral != 0 && thing || m.class&(male|female|neutral) == 0
}

// isLikePlace reports whether the entity, a name that nothing tells a person's, stands behind prepositions alone: "le maire
// de Larbaud-Nord", "en Vega Alta".
func (e *entity) isLikePlace() bool {
	const often = 5 // that a person is not named so often and hardly ever does a thing
	governed := e.bound == e.count && !e.person || e.count >= often && 5*e.bound >= 4*e.count
	return e.kind == place || e.kind == named && e.spoke == 0 && governed
}

// mayBeBody reports whether the entity may be no person: nothing tells its gender or gives it a given name.
func (e *entity) mayBeBody() bool {
	return e.kind == organisation || e.kind == named && e.gender == 0 && !e.sure && !(len(e.full) > 1 && isGivenName(e.full[0]))
}

// anaphorSign tells what kind of anaphor a mention is: the case, gender and number of a pronoun, the kind
// of a description.
func (r *reading) anaphorSign(m *mention) uint32 {
	if m.kind == pronominal {
		const forms = subject | object | possessive | male | female | plural | first | second | neutral
		return uint32(m.class & forms / subject)
	}
	return 1<<10 | uint32(m.kind)<<4 | r.pointing(m)<<1 | b2u(m.to-m.from > 2)
}

// anaphor is a pronoun or a description, with what the features say of it whoever it may mean.
type anaphor struct {
	i       int32
	m       *mention
	sign    uint32 // see anaphorSign
	speaks  uint32 // see besideSpeech
	stands  uint32 // see standing
	bound   int32  // see lastBound
	speaker int32  // see lastSpeaker
}

func (r *reading) anaphorAt(i int32) anaphor {
	m := &r.mentions[i]
	return anaphor{i: i, m: m, sign: r.anaphorSign(m), speaks: r.besideSpeech(m), stands: r.standing(i), bound: r.lastBound(i, m), speaker: r.lastSpeaker(i)}
}

// viewFeatures appends what the ranker is told of entity v, one of n, as whom the anaphor means.
func (r *reading) viewFeatures(out []uint32, anaphor *anaphor, v *view, n int) []uint32 {
	add := func(id, a, b, c uint32) { out = append(out, mix(id, a, b, c)) }
	i, m, sign, speaks := anaphor.i, anaphor.m, anaphor.sign, anaphor.speaks
	x, e := &r.mentions[v.latest], &r.entities[v.entity]
	behind := v.latest > i
	sentences := uint32(15)
	if !behind {
		sentences = bucket(uint32(max(r.sentence[m.from]-r.sentence[x.from], 0)))
	}
	paragraphs := bucket(uint32(max(r.tokens[m.from].paragraph-r.tokens[x.from].paragraph, 0)))
	agreement := b2u(e.gender != 0)<<1 | b2u(e.sure)
	person := b2u(e.person)<<2 | b2u(e.placed)<<1 | b2u(len(e.full) > 1)
	rank := min(v.rank, 4)
	place := r.standing(v.latest)
	prevails := r.prevalence(v.entity)
	count := bucket(uint32(e.count))
	add(200, sign, agreement, uint32(e.kind))
	add(201, sign, sentences, paragraphs)
	add(202, sign, rank, sentences)
	add(203, uint32(x.kind), place, sentences)
	add(204, sign, count, rank)
	add(205, prevails, rank, sign)
	add(206, person, sign, uint32(e.kind))
	add(207, place, anaphor.stands, sentences)
	add(208, b2u(x.speaker), speaks, sentences)
	add(209, bucket(v.speeches), speaks, rank)
	add(210, bucket(v.echoes), rank, sign)
	add(211, bucket(uint32(max(i-v.latest, 0))), sign, b2u(behind))
	add(212, r.introducedIn(e), prevails, sign)
	add(213, b2u(r.namedBeside(i, e)), speaks, sign)
	add(214, b2u(v.entity == anaphor.bound), sentences, sign)
	add(215, b2u(v.entity == anaphor.speaker), sentences, speaks)
	add(216, min(uint32(n), 6), rank, sign)
	add(217, agreement, person, rank)
	add(218, place, speaks, rank)
	add(220, bucket(uint32(e.spoke)), speaks, sign)
	add(221, bucket(uint32(e.spoke)), count, speaks)
	add(222, min(uint32(e.spoke), 2), rank, prevails)
	add(223, v.rivals, agreement, sign)
	add(224, v.rivals, prevails, speaks)
	add(219, paragraphs, rank, b2u(r.opensParagraph(m))<<1|b2u(r.opensParagraph(x)))
	if m.kind == pronominal {
		return out
	}
	head := r.word(m.head)
	h := roleHash(head)
	role := r.roleAgreement(m, e)
	add(230, role, sign, rank)
	add(231, role, uint32(e.kind), person)
	add(232, role, sentences, prevails)
	add(233, h, uint32(e.kind), person)
	add(234, h, rank, role)
	add(235, h, prevails, 0)
	add(236, role, uint32(m.to-m.from), sign)
	return out
}

// nothingInView appends what the ranker is told of the choice that the anaphor means nobody in view.
func (r *reading) nothingInView(out []uint32, anaphor *anaphor, views []view) []uint32 {
	add := func(id, a, b, c uint32) { out = append(out, mix(id, a, b, c)) }
	m, sign := anaphor.m, anaphor.sign
	n := min(uint32(len(views)), 6)
	add(240, sign, n, 0)
	add(241, sign, anaphor.speaks, anaphor.stands)
	best := uint32(0)
	for k := range views {
		best = max(best, r.roleAgreement(m, &r.entities[views[k].entity]))
	}
	add(242, sign, best, n)
	if m.kind != pronominal {
		add(243, roleHash(r.word(m.head)), best, 0)
		add(244, uint32(m.to-m.from), best, sign)
		add(245, b2u(r.opensParagraph(m)), best, sign)
	}
	return out
}

// roleAgreement tells how well a description fits what the text has called the entity: 0 not at all, 1 a
// kind of thing that it may be, 2 a word of its name, 3 the last part of a role that it was given, 4 the role.
func (r *reading) roleAgreement(m *mention, e *entity) uint32 {
	if m.kind == pronominal {
		return 0
	}
	head := r.word(m.head)
	if slices.Contains(e.roles, roleHash(head)) {
		return 4
	}
	if h := r.lex.headRole(head); h != 0 && slices.Contains(e.roles, h) {
		return 3
	}
	for _, w := range e.full {
		if strings.EqualFold(w, head) {
			return 2
		}
	}
	if e.kind == organisation && m.class&(group|institute) != 0 || e.kind == named && e.person && m.class&role != 0 {
		return 1
	}
	return 0
}

// behindPreposition is the bit of standing that says so.
const behindPreposition = 2

// standing tells where in its sentence a mention stands: as subject, possessor, behind a preposition.
func (r *reading) standing(j int32) uint32 {
	x := &r.mentions[j]
	s := b2u(r.isSubject(j))
	if x.from > 0 && r.tokens[x.from-1].class&preposition != 0 && r.tokens[x.from-1].stretch < 0 {
		s |= behindPreposition
	}
	if r.possesses(x) || x.class&pronoun != 0 && x.class&possessive != 0 {
		s |= 4
	}
	if j == 0 || r.sentence[r.mentions[j-1].from] != r.sentence[x.from] {
		s |= 8
	}
	return s
}

// besideSpeech tells whether a verb of speech has the mention as its subject, or stands beside it.
func (r *reading) besideSpeech(m *mention) uint32 {
	if m.speaker {
		return 2
	}
	return b2u(int(m.to) < len(r.tokens) && r.speaks(m.to) || m.from > 0 && r.speaks(m.from-1))
}

// prevalence tells how much an article is about an entity: 5 if none is named more often, 1 or 0 if many are.
func (r *reading) prevalence(entity int32) uint32 {
	c := float64(r.entities[entity].count)
	most := float64(max(r.mostNamed, 1))
	switch share := c / most; {
	case share >= 1:
		return 5
	case share >= 0.6:
		return 4
	case share >= 0.35:
		return 3
	case share >= 0.15:
		return 2
	}
	return uint32(math.Min(c-1, 1))
}

// introducedIn tells in which paragraph the entity is first mentioned, 4 for all that follow.
func (r *reading) introducedIn(e *entity) uint32 {
	return min(uint32(r.tokens[r.mentions[e.first].from].paragraph), 4)
}

func (r *reading) opensParagraph(m *mention) bool {
	return m.from <= r.first[r.tokens[m.from].paragraph]+1
}

// namedBeside reports whether what stands in marks in the anaphor's paragraph names the entity: who
// speaks there is somebody else.
func (r *reading) namedBeside(i int32, e *entity) bool {
	if len(e.full) == 0 {
		return false
	}
	m := &r.mentions[i]
	p := int(r.tokens[m.from].paragraph)
	behind := r.quoteFrom(m.from)
	for q := max(0, behind-quotesBeside); q < min(len(r.quotes), behind+quotesBeside); q++ {
		if r.quotes[q].paragraph == p && r.names(q, e) {
			return true
		}
	}
	return false
}

// quotesBeside is how many quotations on each side of an anaphor are searched for a name.
const quotesBeside = 3

// names reports whether quotation q holds the entity's family name.
func (r *reading) names(q int, e *entity) bool {
	if e.kind != named || len(e.full) == 0 {
		return false
	}
	family := familyName(e.full)
	return len(family) > 2 && containsWord(r.text[r.quotes[q].Start:r.quotes[q].End], family)
}

// containsWord reports whether s holds the word w, no letter beside it.
func containsWord(s, w string) bool {
	for at := 0; ; {
		k := strings.Index(s[at:], w)
		if k < 0 {
			return false
		}
		k += at
		before, _ := utf8.DecodeLastRuneInString(s[:k])
		after, _ := utf8.DecodeRuneInString(s[k+len(w):])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
		at = k + len(w)
	}
}

// quoteFrom returns the index of the first stretch in marks that begins at token k or later.
func (r *reading) quoteFrom(k int32) int {
	i, _ := slices.BinarySearchFunc(r.quotes, k, func(q quotation, k int32) int { return int(q.from - k) })
	return i
}

// lastBound returns whom the pronoun of the same gender and number before anaphor i means, or -1.
func (r *reading) lastBound(i int32, m *mention) int32 {
	const form = male | female | plural | neutral
	for j, n := i-1, 0; j >= 0 && n < 20; j, n = j-1, n+1 {
		if x := &r.mentions[j]; x.kind == pronominal && x.class&form == m.class&form && x.class&relative == 0 {
			return x.entity
		}
	}
	return -1
}

// lastSpeaker returns the entity that was the subject of the last verb of speech before mention i, or -1.
func (r *reading) lastSpeaker(i int32) int32 {
	for j, n := i-1, 0; j >= 0 && n < 30; j, n = j-1, n+1 {
		if r.mentions[j].speaker && r.mentions[j].entity >= 0 {
			return r.mentions[j].entity
		}
	}
	return -1
}

// introduce makes an entity of a description that has no name.
func (r *reading) introduce(i int32) {
	m := &r.mentions[i]
	head := r.word(m.head)
	m.entity = int32(len(r.entities))
	r.entities = append(r.entities, entity{
		text: r.describing(m), words: r.span(m.from, m.to), kind: m.kind, gender: genderOf(head),
		person: m.kind == described, count: 1, first: i,
	})
	r.addRoles(&r.entities[m.entity], head)
}

// The ways a description can point back.
const (
	pointsNot  uint32 = iota // "a lawyer"
	pointsThe                // "the senator"
	pointsHis                // "his lawyer", "Ohio's senator"
	pointsBare               // "US President", "Außenministerin"
)

// pointing tells how a description points back, if it does: no longer than to say nothing new ("the senator
// from Ohio who …" may be another).
func (r *reading) pointing(m *mention) uint32 {
	const longest = 7
	t := &r.tokens[m.from]
	switch {
	case m.to-m.from > longest || t.class&indefinite != 0 || t.kind == number:
		return pointsNot
	case t.class&definite != 0:
		return pointsThe
	case t.class&possessive != 0:
		return pointsHis
	case t.class&determiner != 0:
		return pointsNot
	}
	for k := m.from + 1; k < m.to; k++ {
		if r.tokens[k].kind == genitive {
			return pointsHis
		}
	}
	if t.cap && r.tokens[m.head].class&(title|role) != 0 && (!r.lex.capitalNouns || strings.HasSuffix(r.word(m.head), "in") || !r.endsWithStop(t.paragraph)) { // "Minister warnt" is a headline
		return pointsBare
	}
	return pointsNot
}

// endsWithStop reports whether a paragraph ends as a sentence does, not as a headline.
func (r *reading) endsWithStop(p int32) bool {
	k := r.first[p+1] - 1
	return k >= r.first[p] && r.tokens[k].kind == stop
}

func (r *reading) pointsBack(m *mention) bool { return r.pointing(m) != pointsNot }

// isSubject reports whether a mention stands where the subject of its sentence does: the first one
// of it that no preposition governs, or right before a verb of speech or an auxiliary.
func (r *reading) isSubject(j int32) bool {
	x := &r.mentions[j]
	if x.class&pronoun != 0 && x.class&subject != 0 {
		return true
	}
	if x.class&pronoun != 0 || r.possesses(x) {
		return false
	}
	if before, after, _ := r.around(x); before == 'p' {
		return false
	} else if after == 'G' {
		return true
	}
	if k := x.to; int(k) < len(r.tokens) && r.tokens[k].stretch < 0 && r.tokens[k].class&(speech|auxiliary|modal) != 0 {
		return true
	}
	if k := x.from - 1; k >= 0 && r.speaks(k) {
		return true
	}
	return j == 0 || r.sentence[r.mentions[j-1].from] != r.sentence[x.from]
}
