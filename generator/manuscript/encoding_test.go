package manuscript

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// sentences are texts of forty letters and more, and the encodings that such
// texts are found in.
var sentences = []struct{ language, encodings, text string }{
	{"Russian", "windows-1251 koi8-r iso-8859-5 ibm866", "Пароход отошёл от пристани ровно в семь часов утра\nГубернатор осмотрел новый маяк и остался доволен\nМОСКВА, 3 МАРТА. НА ВЕРФИ ЗАЛОЖЕНО СУДНО ДЛЯ СЕВЕРА\nСтороны подтвердили намерение продолжать переговоры о рыболовстве\nВ порт вошло 14 судов, из них три под чужим флагом"},
	{"Ukrainian", "windows-1251 koi8-u", "Їхній пароплав відійшов від причалу о сьомій годині ранку\nЄдина дорога до маяка була засипана снігом до самої весни\nМіністр подякував рибалкам за їхню працю і терпіння"},
	{"Bulgarian", "windows-1251", "Корабът потегли от пристанището точно в седем часа сутринта\nСтраните потвърдиха, че ще продължат преговорите за риболова"},
	{"Serbian", "windows-1251", "Брод је испловио из луке тачно у седам часова ујутру\nЉуди из наше општине чекају нову болницу већ двадесет година"},
	{"Belarusian", "windows-1251", "Параход адышоў ад прыстані роўна а сёмай гадзіне раніцы\nЎсе ўдзельнікі сустрэчы падпісалі дамову аб рыбалоўстве"},
	{"French", "windows-1252 iso-8859-15 macintosh", "Le préfet a visité le phare à l'aube, puis il a déjeuné\nLes pêcheurs réclament une nouvelle jetée depuis des années\nÀ la fin de l'été, le port a été fermé à cause du gel\nLa délégation est arrivée mardi, où elle a été reçue par le maire"},
	{"German", "windows-1252 iso-8859-15 macintosh", "Der Dampfer legte pünktlich um sieben Uhr früh vom Kai ab\nDie Fischer fordern seit Jahren eine größere Mole für den Hafen\nÜber dem Sund lag dichter Nebel, die Fähren fielen aus"},
	{"Spanish", "windows-1252 iso-8859-15", "El vapor salió del muelle a las siete en punto de la mañana\n¿Quién pagará el nuevo faro?, preguntó el alcalde de la isla\nLos pescadores pidieron más tiempo para la reunión del año próximo"},
	{"Portuguese", "windows-1252 iso-8859-15", "O navio não saiu do cais porque a maré ainda estava baixa\nA comissão aprovou a construção de um novo farol na região\nOs pescadores pediram à câmara que conclua a obra até março"},
	{"Italian", "windows-1252", "Il traghetto partirà più tardi perché il mare è molto mosso\nLa città attende da anni un faro nuovo e un porto più sicuro"},
	{"Swedish", "windows-1252", "Färjan lade ut från kajen klockan sju på morgonen som vanligt\nFiskarna kräver en längre pir och bättre ljus i hamnen"},
	{"Danish", "windows-1252", "Færgen lagde fra kajen klokken syv præcis, og tågen lettede\nFiskerne kræver en længere mole og bedre lys på øen"},
	{"Finnish", "windows-1252", "Höyrylaiva lähti laiturista tasan kello seitsemän aamulla\nKalastajat pyytävät uutta majakkaa ja pidempää aallonmurtajaa"},
	{"Icelandic", "windows-1252", "Báturinn fór frá bryggjunni klukkan sjö og þokan létti síðar\nSjómenn vilja nýjan vita og lengri garð við höfnina"},
	{"Polish", "windows-1250 iso-8859-2", "Parowiec odpłynął z przystani dokładnie o siódmej rano\nRybacy żądają nowej latarni i dłuższego falochronu w porcie\nBurmistrz podziękował załodze za cierpliwość i pracę"},
	{"Czech", "windows-1250 iso-8859-2", "Parník odplul od mola přesně v sedm hodin ráno podle řádu\nRybáři žádají nový maják a delší hráz už několik let\nStarosta poděkoval posádce za trpělivost a práci"},
	{"Slovak", "windows-1250", "Parník odplával od móla presne o siedmej hodine ráno\nRybári žiadajú nový maják a dlhšiu hrádzu, ľudia tiež"},
	{"Hungarian", "windows-1250 iso-8859-2", "A gőzhajó pontosan reggel hét órakor indult el a kikötőből\nA halászok évek óta új világítótornyot és hosszabb mólót kérnek"},
	{"Romanian", "windows-1250 iso-8859-2", "Vaporul a plecat de la chei la ora şapte fix în dimineaţa asta\nPescarii cer de ani de zile un far nou şi o dană mai lungă"},
	{"Croatian", "windows-1250", "Brod je isplovio iz luke točno u sedam sati, kažu ribari\nNačelnik je zahvalio posadi i najavio gradnju svjetionika u općini"},
	{"Turkish", "windows-1254", "Vapur sabah tam yedide iskeleden ayrıldı ve sis dağıldı\nBalıkçılar yıllardır yeni bir deniz feneri ve iskele istiyor"},
	{"Lithuanian", "windows-1257", "Garlaivis išplaukė iš prieplaukos lygiai septintą ryto\nŽvejai jau daug metų prašo naujo švyturio ir ilgesnio molo"},
	{"Latvian", "windows-1257", "Tvaikonis atgāja no piestātnes tieši septiņos no rīta\nZvejnieki jau gadiem lūdz jaunu bāku un garāku molu"},
	{"Vietnamese", "windows-1258", "Con tàu rời bến đúng bảy giờ sáng và sương mù đã tan\nNgư dân xin xây một ngọn hải đăng mới từ nhiều năm nay"},
	{"Greek", "windows-1253 iso-8859-7", "Το πλοίο έφυγε από την προβλήτα ακριβώς στις επτά το πρωί\nΟι ψαράδες ζητούν εδώ και χρόνια έναν καινούργιο φάρο"},
	{"Hebrew", "windows-1255 iso-8859-8", "האונייה יצאה מן הרציף בדיוק בשעה שבע בבוקר כמתוכנן\nהדייגים מבקשים כבר שנים מגדלור חדש ומזח ארוך יותר"},
	{"Arabic", "windows-1256 iso-8859-6", "غادرت السفينة الرصيف في تمام الساعة السابعة صباحا\nيطالب الصيادون منذ سنوات ببناء منارة جديدة في الميناء"},
	{"Persian", "windows-1256", "کشتي درست ساعت هفت صبح از اسکله جدا شد و مه رفت\nماهيگيران سال هاست که چراغ دريايي تازه مي خواهند"},
	{"Thai", "windows-874", "เรือออกจากท่าเวลาเจ็ดโมงเช้าตรงและหมอกก็จางหายไป"},
	{"Chinese", "gb18030 gbk", "轮船早上七点准时离开码头，港口上空的雾在中午散去，渔民们说今年的鱼比去年多，市长对此表示满意。\n双方同意继续就渔业问题进行谈判，并将在明年春天于港口城市再次举行会议，共同讨论灯塔的建设。"},
	{"Chinese, traditional", "big5", "輪船早上七點準時離開碼頭，港口上空的霧在中午散去，漁民們說今年的魚比去年多，市長對此表示滿意。\n雙方同意繼續就漁業問題進行談判，並將在明年春天於港口城市再次舉行會議，共同討論燈塔的建設。"},
	{"Japanese", "shift_jis euc-jp iso-2022-jp", "汽船は朝七時ちょうどに桟橋を離れ、港の霧は昼ごろに晴れたと漁師たちは話している。\n両国は漁業についての交渉を続けることで合意し、来年の春にもう一度会議を開く予定である。"},
	{"Korean", "euc-kr", "증기선은 아침 일곱 시 정각에 부두를 떠났고 항구의 안개는 정오에 걷혔다고 어부들이 말했다\n양측은 어업 문제에 관한 협상을 계속하기로 합의하고 내년 봄에 다시 회의를 열기로 했다"},
}

// leastAccuracy is the share of the sentences that have to be read rightly,
// each alone, in each of their encodings.
const leastAccuracy = 0.98

// TestEncodingsAreTold reads each sentence alone, without any declaration.
func TestEncodingsAreTold(t *testing.T) {
	all, right := 0, 0
	for _, s := range sentences {
		for _, name := range strings.Fields(s.encodings) {
			for line := range strings.SplitSeq(s.text, "\n") {
				all++
				if d := decode(inEncoding(t, line, name), ""); d.Text == line && d.Broken == 0 {
					right++
				} else {
					t.Logf("%s in %s is read as %s: %s", s.language, name, d.Encoding, d.Text)
				}
			}
			if d := decode(inEncoding(t, s.text, name), ""); d.Text != s.text {
				t.Errorf("%s in %s, all sentences, is read as %s: %s", s.language, name, d.Encoding, d.Text)
			}
			if d := decode(inEncoding(t, s.text, name), name); d.Text != s.text {
				t.Errorf("%s declared as %s is read as %s: %s", s.language, name, d.Encoding, d.Text)
			}
		}
	}
	t.Logf("%d of %d sentences are read rightly", right, all)
	if float64(right) < leastAccuracy*float64(all) {
		t.Errorf("%d of %d sentences are read rightly", right, all)
	}
}

// inEncoding encodes a text. Vietnamese is written with combining marks.
func inEncoding(t *testing.T, text, name string) []byte {
	t.Helper()
	if name == "windows-1258" {
		text = forVietnamese(text)
	}
	data, err := encodingNamed(name).NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("%s cannot hold %q: %v", name, text, err)
	}
	return data
}

// forVietnamese takes the tone marks off the letters, as windows-1258 has them.
func forVietnamese(text string) string {
	encoder := encodingNamed("windows-1258").NewEncoder()
	holds := func(s string) bool {
		_, err := encoder.String(s)
		return err == nil
	}
	var b strings.Builder
	for _, c := range text {
		parts := []rune(norm.NFD.String(string(c)))
		for i := len(parts) - 1; i > 0 && !holds(string(c)); i-- {
			rest := norm.NFC.String(string(slices.Delete(slices.Clone(parts), i, i+1)))
			if tone := string(parts[i]); holds(rest) && holds(tone) {
				b.WriteString(rest + tone)
				c = -1
				break
			}
		}
		if c >= 0 {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// TestUnicodeIsReadInEveryForm reads the sentences with and without a mark.
func TestUnicodeIsReadInEveryForm(t *testing.T) {
	forms := []struct {
		name, want string
		encoder    transform.Transformer
	}{
		{"UTF-8", "UTF-8", transform.Nop},
		{"UTF-8 with mark", "UTF-8", unicode.UTF8BOM.NewEncoder()},
		{"UTF-16LE with mark", "UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()},
		{"UTF-16BE with mark", "UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()},
		{"UTF-16LE", "UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder()},
		{"UTF-16BE", "UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder()},
		{"UTF-32LE with mark", "UTF-32LE", utf32.UTF32(utf32.LittleEndian, utf32.UseBOM).NewEncoder()},
		{"UTF-32BE with mark", "UTF-32BE", utf32.UTF32(utf32.BigEndian, utf32.UseBOM).NewEncoder()},
	}
	for _, s := range sentences {
		for _, f := range forms {
			text := s.text + "\nend, 3\n"
			data, _, err := transform.Bytes(f.encoder, []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			if d := decode(data, "iso-8859-1"); d.Text != text || d.Encoding != f.want || d.Broken+d.Nuls > 0 {
				t.Errorf("%s in %s is read as %s: %+v", s.language, f.name, d.Encoding, d)
			}
		}
	}
}

// TestShortAndBrokenTexts reads what is too short to tell, or damaged.
func TestShortAndBrokenTexts(t *testing.T) {
	for _, c := range []struct{ data, text, encoding string }{
		{"The caf\xe9 at the pier was closed.", "The café at the pier was closed.", "windows-1252"},
		{"A \x93short\x94 word \x96 the mayor\x92s own", "A “short” word – the mayor’s own", "windows-1252"},
		{"Zürich, 3 May", "Zürich, 3 May", "UTF-8"},
		{"Z\xfcrich, 3 May", "Zürich, 3 May", "windows-1252"},
		{"one\ntwo \xff three", "one\ntwo � three", "UTF-8"},
		{"Маяк горит, \xd0 туман ушёл", "Маяк горит, � туман ушёл", "UTF-8"},
		{"cut: Пристан\xd1", "cut: Пристан�", "UTF-8"},
		{"Cafe\u0301", "Café", "UTF-8"},
		{"a\x00b and more words\n", "ab and more words\n", "UTF-8"},
		{"\xff\xfea\x00\x00\xd8b\x00", "a�b", "UTF-16LE"},
		{"\xff\xfea\x00b\x00c", "ab�", "UTF-16LE"},
		{"\xfe\xff\x00a\xff\xfd", "a�", "UTF-16BE"},
		{"", "", "UTF-8"},
	} {
		d := decode([]byte(c.data), "")
		if d.Text != c.text || d.Encoding != c.encoding {
			t.Errorf("%q: %+v, want %q in %s", c.data, d, c.text, c.encoding)
		}
	}
	if d := decode([]byte("one\rtwo\r\n\xff and \xff three"), ""); d.Broken != 2 || d.FirstBroken != 3 {
		t.Errorf("%+v, want 2 broken, the first on line 3", d)
	}
	if d := decode([]byte("one\ntwo\x00 three\n\x00 and some more"), ""); d.Nuls != 2 || d.FirstNul != 2 {
		t.Errorf("%+v, want 2 NULs, the first on line 2", d)
	}
	if d := decode([]byte("\xfe\xff\x00a\xff\xfd"), ""); d.Broken != 0 {
		t.Errorf("%+v: a replacement character that is written is no byte broken", d)
	}
	noise := make([]byte, 1<<12)
	rand.NewChaCha8([32]byte{1}).Read(noise)
	if d := decode(noise, ""); d.Encoding != "" {
		t.Errorf("noise is read as %s", d.Encoding)
	}
}

// FuzzDecode reads any bytes, whatever they are declared to be.
func FuzzDecode(f *testing.F) {
	for _, s := range sentences {
		for _, name := range strings.Fields(s.encodings) {
			data, err := encodingNamed(name).NewEncoder().Bytes([]byte(s.text))
			if err == nil {
				f.Add(data, name)
			}
		}
	}
	f.Add([]byte("\xff\xfe\x00\xd8"), "utf-16")
	f.Fuzz(func(t *testing.T, data []byte, declared string) {
		d := decode(data, declared)
		if !utf8.ValidString(d.Text) || strings.ContainsRune(d.Text, 0) || !norm.NFC.IsNormalString(d.Text) {
			t.Errorf("%q is no text", d.Text)
		}
		if (d.Broken > 0) != (d.FirstBroken > 0) || (d.Nuls > 0) != (d.FirstNul > 0) || d.Broken < 0 || d.Encoding == "" && d.Text != "" {
			t.Errorf("%+v", d)
		}
		if utf8.Valid(data) && d.Encoding == "UTF-8" && d.Broken > 0 {
			t.Errorf("%d bytes of UTF-8 are broken", d.Broken)
		}
		if n := lastLineEnd(data, d.Encoding); d.Encoding != "" && (n < 0 || n > len(data)) {
			t.Errorf("a line ends at %d of %d", n, len(data))
		}
	})
}
