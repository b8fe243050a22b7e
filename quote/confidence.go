package quote

// This file says how sure the speaker's name is: the ranker's probability of the mention, times how
// often a mention of its kind was rightly named in articles whose speakers are known.

// trust returns how sure it is that mention x means whom it is taken to mean, 0..1.
func (r *reading) trust(x *mention) float64 {
	if x.entity < 0 {
		return 0
	}
	e := &r.entities[x.entity]
	if x.kind == e.kind && x.kind != named {
		switch x.kind {
		case described:
			return 0.5 // a person whom the article may name elsewhere
		case organisation, place:
			return 0.95
		}
		return 0.8
	}
	whole := 1.0
	switch {
	case e.kind == described:
		whole = 0.6
	case e.kind == named && len(e.full) == 1:
		whole = 0.7 // a surname alone
	}
	// How often the names were right in articles that nothing was learnt from, where the ranker was sure of them.
	const byName, byDescription = 0.99, 0.85
	switch x.kind {
	case pronominal:
		if x.steady == 0 { // bound by grammar
			return whole * float64(x.sure)
		}
		return whole * float64(x.sure) * float64(x.steady)
	case described, document:
		return whole * byDescription * float64(x.sure)
	}
	return whole * byName
}

// steadiness is how often the person whom the ranker was sure that a pronoun means was right, in articles that
// nothing was learnt from, by who else was in view: the ranker alone is too sure of itself.
func (r *reading) steadiness(views []view, best int) float32 {
	people := 0
	for k := range views {
		if e := &r.entities[views[k].entity]; e.kind == named && !e.placed {
			people++
		}
	}
	v := &views[best]
	const alone, amongOthers, nameless, farther, passing, beforeRival = 0.99, 0.95, 0.4, 0.85, 0.9, 0.8
	steady := float32(amongOthers)
	switch people {
	case 0:
		steady = nameless
	case 1:
		steady = alone
	}
	if v.rank > 1 {
		steady *= farther
	}
	if r.prevalence(v.entity) == 0 {
		steady *= passing
	}
	if v.rivals > 0 {
		steady *= beforeRival
	}
	return steady
}
