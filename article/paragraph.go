package article

// BodyParagraph is which paragraph of the body the one at index is, counted from 1 as a reader would;
// 0 if it stands outside the body.
func (a *Article) BodyParagraph(index int) int {
	if index < 0 || index >= len(a.Paragraphs) || !a.Paragraphs[index].Kind.IsBody() {
		return 0
	}
	n := 0
	for _, para := range a.Paragraphs[:index+1] {
		if para.Kind.IsBody() {
			n++
		}
	}
	return n
}
