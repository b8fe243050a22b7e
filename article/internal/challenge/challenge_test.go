package challenge

import "testing"

func TestSent(t *testing.T) {
	for page, want := range map[string]bool{
		`<script src="/cdn-cgi/challenge-platform/h/b/x.js"></script>`:            true,
		"<h1>Checking your browser</h1>":                                          true,
		"<p>Please enable JavaScript.</p>":                                        true,
		"<p>Wir ÜBERPRÜFEN Ihren Browser</p>":                                     true,
		`<script src="https://geo.captcha-delivery.com/c.js"></script>`:           true,
		"<title>Just a moment...</title>":                                         true,
		"<h1>403 Forbidden</h1><p>You may not read this. Ask the harbour office.": false,
		"<p>The robot checks the browser's history.</p>":                          false,
		"": false,
	} {
		if got := Sent([]byte(page)); got != want {
			t.Errorf("%q: %v", page, got)
		}
	}
}

func TestWords(t *testing.T) {
	if got, want := Words("  You’re NOT – a robot! "), "you re not a robot"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if !Says(Words("Confirm that you’re not a robot.")) || Says(Words("A robot confirmed it.")) {
		t.Error("what a wall says is not told from a report")
	}
	if !LoadedFrom("/cdn-cgi/challenge-platform/x") || LoadedFrom("/app.js") {
		t.Error("a wall's script is not told from a page's")
	}
}
