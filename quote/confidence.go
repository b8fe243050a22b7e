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
	switch x.kind {
	case pronominal:
		return whole * float64(x.sure)
	case described:
		return whole * float64(x.sure)
	}
	return whole * 0.99
}
