package extract_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"newsdesk/article/extract"
	"newsdesk/article/fetch"
)

// TestEncodingsOverTheWire serves an article in every encoding, declared by the server, by the page, late in its head, by XML's first line, and by nobody where that can be told, and reads it
// through the client that fetches pages.
func TestEncodingsOverTheWire(t *testing.T) {
	texts := map[string][2]string{
		"ru": {"Паром уходит позже", "Паром на дальние острова с понедельника будет уходить на час позже, потому что отмель снова сместилась. \"Никто здесь не волнуется\", - сказала лоцман Анна Мохова, которая водит судно тридцать лет. Портовое управление хочет углубить фарватер весной, когда уйдут тюлени и море успокоится, а до тех пор впереди пойдут два лоцмана на лодке с фонарями."},
		"ja": {"渡し船の出発が遅れる", "沖の島々へ向かう渡し船は、砂州がまた動いたため、月曜日から一時間遅く出発する。「ここでは誰も心配していません」と、三十年のあいだ船を操ってきた水先案内人の森さんは話した。港の役所は、アザラシが去って海が静かになる春に水路を掘り下げたいとしている。それまでは二人の水先案内人が小舟で先を行き、灯りで道を示す。"},
		"zh": {"渡轮推迟出发", "由于沙洲再次移动，开往外岛的渡轮从星期一起将推迟一个小时出发。“这里没有人担心，”三十年来一直驾船的领航员安娜说。港务局希望在春天疏浚航道，那时海豹已经离开，海面也平静下来。在此之前，两名领航员会乘小船走在前面，用灯标出航道。岛上的商店已经订购了六个星期的面粉和油，学校也找到了两间空房。"},
		"el": {"Το πλοίο φεύγει αργότερα", "Το πλοίο για τα έξω νησιά θα φεύγει από τη Δευτέρα μία ώρα αργότερα, επειδή η άμμος μετακινήθηκε ξανά. «Κανείς δεν ανησυχεί εδώ», είπε η πλοηγός Άννα Μπραντ, που οδηγεί το σκάφος τριάντα χρόνια. Το λιμεναρχείο θέλει να καθαρίσει το κανάλι την άνοιξη, όταν θα έχουν φύγει οι φώκιες και η θάλασσα θα είναι ήρεμη."},
		"he": {"המעבורת תצא מאוחר יותר", "המעבורת לאיים החיצוניים תצא החל מיום שני שעה מאוחר יותר, משום ששרטון החול זז שוב. \"אף אחד כאן לא מודאג\", אמרה הנווטת אנה ברנדט, שמובילה את הספינה כבר שלושים שנה. רשות הנמל רוצה להעמיק את התעלה באביב, כשכלבי הים יעזבו והים יירגע, ועד אז ילכו לפניה שני נווטים בסירה עם פנסים."},
		"tr": {"Vapur daha geç kalkıyor", "Dış adalara giden vapur, kum sığlığı yeniden yer değiştirdiği için pazartesi gününden itibaren bir saat geç kalkacak. \"Burada kimse endişelenmiyor\" dedi otuz yıldır gemiyi yöneten kılavuz kaptan Ayşe Öztürk. Liman idaresi, foklar gittikten ve deniz sakinleştikten sonra kanalı ilkbaharda derinleştirmek istiyor; o zamana kadar iki kılavuz kaptan, bir sandalda fenerlerle önden gidecek ve yolu gösterecek."},
		"pl": {"Prom odpływa później", "Prom na wyspy zewnętrzne od poniedziałku odpływa godzinę później, ponieważ łacha piasku znów się przesunęła. \"Nikt się tu nie martwi\", powiedziała pilotka Anna Brzęk, która prowadzi statek od trzydziestu lat. Urząd portowy chce pogłębić tor wiosną, gdy odpłyną foki, a morze się uspokoi; do tego czasu dwóch pilotów płynie przodem w łodzi ze światłami."},
		"de": {"Die Fähre fährt später", "Die Fähre zu den äußeren Inseln fährt von Montag an eine Stunde später, weil die Sandbank wieder gewandert ist. „Das beunruhigt hier niemanden“, sagte die Lotsin Anna Brandt, die das Schiff seit dreißig Jahren fährt. Das Hafenamt möchte die Rinne im Frühjahr ausbaggern, wenn die Seehunde fort sind und das Wasser ruhig ist; bis dahin fahren zwei Lotsen in einem Boot voraus."},
	}
	onlyDeclared := map[string]bool{"el": true, "he": true, "tr": true, "pl": true} // what no bytes tell from one another
	bomLess := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	for _, tt := range []struct {
		language, label string
		encoding        encoding.Encoding
	}{
		{"ru", "windows-1251", charmap.Windows1251}, {"ru", "KOI8-R", charmap.KOI8R},
		{"ja", "Shift_JIS", japanese.ShiftJIS}, {"ja", "EUC-JP", japanese.EUCJP},
		{"zh", "GB18030", simplifiedchinese.GB18030}, {"zh", "UTF-8", unicode.UTF8},
		{"de", "windows-1252", charmap.Windows1252},
		{"el", "windows-1253", charmap.Windows1253}, {"el", "ISO-8859-7", charmap.ISO8859_7}, {"he", "windows-1255", charmap.Windows1255},
		{"tr", "windows-1254", charmap.Windows1254}, {"tr", "ISO-8859-9", charmap.ISO8859_9}, {"pl", "ISO-8859-2", charmap.ISO8859_2},
		{"ru", "UTF-16LE", bomLess}, {"zh", "UTF-16LE", bomLess}, {"de", "UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"ja", "UTF-16 marked", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)}, {"de", "UTF-16 marked", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
	} {
		for _, declared := range []string{"by the server", "by the page", "late", "by XML", "by nobody"} {
			if declared == "by nobody" && onlyDeclared[tt.language] {
				continue
			}
			t.Run(tt.label+"/"+tt.language+"/"+declared, func(t *testing.T) {
				label, _, _ := strings.Cut(tt.label, " ")
				title, text := texts[tt.language][0], texts[tt.language][1]
				first, head, contentType := "<!DOCTYPE html>", "", "text/html"
				switch declared {
				case "by the server":
					contentType += "; charset=" + label
				case "by the page":
					head = `<meta charset="` + label + `">`
				case "late":
					head = "<style>" + strings.Repeat("p { margin: 0 } ", 300) + `</style><meta http-equiv="Content-Type" content="text/html; charset=` + label + `">`
				case "by XML":
					first, contentType = `<?xml version="1.0" encoding="`+label+`"?>`, "application/xhtml+xml"
				}
				raw, err := tt.encoding.NewEncoder().String(first + "<html><head>" + head + "<title>" + title + "</title></head><body><article><h1>" + title + "</h1><p>" + text + "</p></article></body></html>")
				if err != nil {
					t.Fatal(err)
				}
				s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Content-Type", contentType)
					_, _ = w.Write([]byte(raw))
				}))
				t.Cleanup(s.Close)
				c := fetch.New(fetch.Options{AllowNetworks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Pause: time.Nanosecond})
				t.Cleanup(c.Close)
				page, err := c.Get(context.Background(), s.URL+"/"+url.PathEscape("ferry-leaves-an-hour-later"))
				if err != nil {
					t.Fatal(err)
				}
				a, err := extract.Page(page)
				if err != nil {
					t.Fatal(err)
				}
				if a.Title != title || a.Text != text || a.Language != tt.language {
					t.Errorf("%s: %q\n%q", a.Language, a.Title, a.Text)
				}
			})
		}
	}
}
