package name

import (
	"strings"
	"testing"
)

// checkAll runs a predicate over words separated by semicolons.
func checkAll(t *testing.T, what string, is func(string) bool, want bool, words string) {
	t.Helper()
	for w := range strings.SplitSeq(words, ";") {
		if w = strings.TrimSpace(w); is(w) != want {
			t.Errorf("%s(%q) = %v", what, w, !want)
		}
	}
}

func TestClassesOfWords(t *testing.T) {
	for _, c := range []struct {
		what    string
		is      func(string) bool
		yes, no string
	}{
		{
			"IsTitle", IsTitle,
			"President; president; Sen.; Mrs.; Prime Minister; Bundeskanzlerin; Präsident; sénatrice; ministra; Mgr; Frau; Señor; Det. Sgt.; Secretary of State",
			"Berg; table; house; Anna; president of the; del; me; da; di; ",
		},
		{
			"IsRole", IsRole,
			"minister; Minister; spokeswoman; editor-in-chief; goalkeeper; Sprecherin; Politologe; porte-parole; chercheuse; rédactrice en chef; portavoz; vocera; aunt",
			"quickly; Ministry; officials; Anna",
		},
		{
			"IsGroup", IsGroup,
			"officials; Officials; police; lawmakers; Demokraten; Behörden; policiers; autorités; vecinos; manifestantes; spokeswomen; curators; Investigators; secretaries; firemen; coaches; salespeople",
			"official; Childs; Masons; Stones; minister; glass; series",
		},
		{
			"IsNationality", IsNationality,
			"Ukrainian; French; russischen; Russischer; française; françaises; estadounidenses; alemana; Kurdish; polish",
			"Ukraine; France; Berg",
		},
		{
			"IsPlace", IsPlace,
			"France; the Hague; Washington, D.C.; Austin, Texas; US; U.S.; USA; Calif.; D.C.; New York; Kyiv; Köln; Estados Unidos; États-Unis; northern Syria; Northern Iraq; São Paulo; Österreich; Londres; Ohio; West Virginia",
			"us; france; Berg; Anna, Texas; northern lights; Ala; Miss; un; ; ,",
		},
		{
			"IsNeverName", IsNeverName,
			"Monday; However; March; Internet; Selon; Laut; Según; Donnerstag; Christmas; He; Covid-19",
			"May; April; Jan; Oscar; Ella; Berg; Son; Anna; June; Will; Mark",
		},
		{
			"IsOrganisation", IsOrganisation,
			"NATO; FBI; U.N.; White House; the White House; Kremlin; University of Nordhausen; Berg & Söhne GmbH; Berg Inc.; Ministry of Silence; Harbour Party; Northern Bank; Landgericht; Finanzministerium; Conseil d'État; Ministerio de Trabajo; European Union; Republican Party; BDSG; Department of Health and Human Services; Charlotte Church Foundation; Court of Appeal",
			"Anna Berg; Charlotte Church; FBI Director Anna Berg; Attorney General Anna Berg; JR; ANNA; MARSH; Dr. Anna Berg; Berg; ; president; US; PhD; un; se; sa; pan",
		},
		{
			"IsGiven", IsGiven,
			"Anna; anna; Donald; Jean-Luc; Siobhán; Giorgia; Volodymyr; Recep; Narendra; Itzhak; Jae-myung; Jinping; Mohammed; Fatima; Takeshi; Ngozi; Zoë; Grzegorz; Ximena; Dmitri; Aoife; Oluwaseun; Anna-Sophie",
			"Obama; Merkel; Szczepanski; Smith; table; ; 42; -",
		},
	} {
		checkAll(t, c.what, c.is, true, c.yes)
		checkAll(t, c.what, c.is, false, c.no)
	}
}

// Look is made for speed and must not say anything else than the functions that explain themselves.
func TestLookAgreesWithTheFunctions(t *testing.T) {
	for _, w := range strings.Fields("president Senator Berg officials Monday German Kyiv Ministry duchess Son Sprecherin However France editors") {
		got := Look(w, "")
		want := Word{
			Title: IsTitle(w), Role: IsRole(w), Group: IsGroup(w), Organisation: IsOrganisation(w),
			Place: IsPlace(w), Nationality: IsNationality(w), NeverName: IsNeverName(w), Gender: TitleGender(w),
		}
		if got != want {
			t.Errorf("Look(%q) = %+v, want %+v", w, got, want)
		}
	}
}

func TestLookDoesNotAllocate(t *testing.T) {
	Look("warm", "") // the tables are read at first use
	if n := testing.AllocsPerRun(100, func() { Look("Ministerpräsidentin", "de"); Look("However", "en"); IsGiven("Jean-Luc") }); n != 0 {
		t.Errorf("Look allocates %v times", n)
	}
}

func TestTitleGender(t *testing.T) {
	for _, c := range []struct {
		words string
		want  Gender
	}{
		{"Mr.; Sir; King; father; husband; actor's son; chairman; Herr; Bundeskanzler; König; sénateur; père; presidente saliente y padre; alcalde; hombre; Congressman", Male},
		{"Mrs.; Ms.; Lady; Queen; wife; actress; chairwoman; spokeswoman; Frau; Bundeskanzlerin; Ministerin; sénatrice; présidente; ministra; former first lady; die frühere Ministerin; alcaldesa; Congresswoman", Female},
		{"President; Dr.; Senator; Minister; Director; General; Major; spokesperson; porte-parole; portavoz; Professor; table; ", Unknown},
	} {
		for w := range strings.SplitSeq(c.words, ";") {
			if got := TitleGender(strings.TrimSpace(w)); got != c.want {
				t.Errorf("TitleGender(%q) = %v, want %v", w, got, c.want)
			}
		}
	}
}

func TestEveryTableIsRead(t *testing.T) {
	files, err := tables.ReadDir("tables")
	if err != nil {
		t.Fatal(err)
	}
	special := map[string]bool{"nicknames.txt": true, "orgendings.de.txt": true}
	for _, f := range files {
		if special[f.Name()] {
			continue
		}
		if tableClass("tables/"+f.Name()) == 0 {
			t.Errorf("%s has no class", f.Name())
		}
		for line := range entries("tables/" + f.Name()) {
			word, mark := cutMark(line)
			if m := strings.TrimSuffix(strings.TrimSuffix(mark, "name"), ", "); m != "" && genderMarks[m] == Unknown {
				t.Errorf("%s: %q has a mark that nobody reads", f.Name(), line)
			}
			if Fold(word) == "" || len(strings.Fields(word)) > maxTitleWords {
				t.Errorf("%s: %q cannot be looked up", f.Name(), line)
			}
		}
	}
}
