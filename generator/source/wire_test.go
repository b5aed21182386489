package source

import (
	"strings"
	"testing"
)

// TestDatelines reads the agencies' datelines, each as its agency writes it:
// place, day, agency.
func TestDatelines(t *testing.T) {
	r := shippedReader(t)
	for text, want := range map[string]string{
		"MANILA, May 3. /TASS/. Boats sail.":                        "Manila | XXXX-05-03 | TASS",
		"PUERTO AZUL /Ruritania/, May 3. /TASS/. Boats sail.":       "Puerto Azul, Ruritania | XXXX-05-03 | TASS",
		"MOSCOW/MANILA, May 3. /TASS/. Boats sail.":                 "Moscow, Manila | XXXX-05-03 | TASS",
		"United Nations, May 3. /TASS/. Boats sail.":                "United Nations | XXXX-05-03 | TASS",
		"МАНИЛА, 3 мая. /ТАСС/. Лодки вышли.":                       "Манила | XXXX-05-03 | ТАСС",
		"Москва. 9 октября. ИНТЕРФАКС - Лодки вышли.":               "Москва | XXXX-10-09 | ИНТЕРФАКС",
		"MOSCOW, October 27 – RIA Novosti. Boats sail.":             "Moscow | XXXX-10-27 | RIA Novosti",
		"PARIS (Reuters) - Boats sail.":                             "Paris |  | Reuters",
		"(Reuters) - Boats sail.":                                   " |  | Reuters",
		"AMSTERDAM, 2 March - Boats sail.":                          "Amsterdam | XXXX-03-02 | ",
		"RICHMOND, Va. Feb 26 - Boats sail.":                        "Richmond, Va | XXXX-02-26 | ",
		"HANOI, Vietnam (AP) — Boats sail.":                         "Hanoi, Vietnam |  | AP",
		"HANOI, Vietnam (AP) _ Boats sail.":                         "Hanoi, Vietnam |  | AP",
		"Hanoi, Nov 3, 2018 (AFP) - Boats sail.":                    "Hanoi | 2018-11-03 | AFP",
		"Berlin (dpa) - Boote fahren.":                              "Berlin |  | dpa",
		"Madrid, 21 ene (EFE).- Los barcos salen.":                  "Madrid | XXXX-01-21 | EFE",
		"TOKYO, Dec. 9 Kyodo - Boats sail.":                         "Tokyo | XXXX-12-09 | Kyodo",
		"BEIJING, July 23 (Xinhua) -- Boats sail.":                  "Beijing | XXXX-07-23 | Xinhua",
		"SEOUL, July 23 (Yonhap) -- Boats sail.":                    "Seoul | XXXX-07-23 | Yonhap",
		"KUALA LUMPUR, July 23 (Bernama) -- Boats sail.":            "Kuala Lumpur | XXXX-07-23 | Bernama",
		"Hanoi (VNA) – Boats sail.":                                 "Hanoi |  | VNA",
		"JAKARTA (X / Sputnik - 12th July, 2023) Boats sail.":       "Jakarta | 2023-07-12 | Sputnik",
		"JAKARTA, 27 May 2021 – Boats sail.":                        "Jakarta | 2021-05-27 | ",
		"نيودلهي في 11 فبراير/ وام / أبحرت القوارب.":                "نيودلهي | XXXX-02-11 | وام",
		"新华社北京11月15日电（记者 李某）船只出海。":                                  "北京 | XXXX-11-15 | 新华社",
		"新华社11月15日电 船只出海。":                                          " | XXXX-11-15 | 新华社",
		"On July 25, the minister will attend. /TASS/":              "",
		"In Manila, May 3 was a day of rest (Reuters) - they said.": "",
		"The ministers met in Manila on May 3, 2021 (Friday).":      "",
		"May 3, 2021":           "",
		"Note (1) - see below.": "",
		"Manila, May 3, 2021":   "",
		"Statement by the ministers, May 3, 2021 - a summary of it.": "",
	} {
		got := ""
		if d, ok := r.dateline(text); ok {
			got = placeName(d.place) + " | " + d.stamp.date().String() + " | " + d.agency
			if d.rest == "" || !strings.HasSuffix(text, d.rest) {
				t.Errorf("%q: the text begins with %q", text, d.rest)
			}
		}
		if got != want {
			t.Errorf("%q:\n got %q\nwant %q", text, got, want)
		}
	}
}

// TestEditions reads the ordinals that stand with a venue.
func TestEditions(t *testing.T) {
	r := shippedReader(t)
	for text, want := range map[string]string{
		"The 17th East Asia Summit met":                        "east-asia-summit/17",
		"the Second East Asia Summit":                          "east-asia-summit/2",
		"the 17th #EAS":                                        "east-asia-summit/17",
		"XVI BRICS Summit in Kazan":                            "brics/16",
		"the IX Eastern Economic Forum (#EEF)":                 "eastern-economic-forum/9",
		"the 31st session of the ASEAN Regional Forum (ARF)":   "asean-regional-forum/31",
		"the 23rd ASEAN Regional Forum on Security":            "asean-regional-forum/23",
		"the 4th ASEAN-Russia Summit":                          "asean-russia/4",
		"XVI саммит БРИКС":                                     "brics/16",
		"XVI саммита БРИКС в Казани":                           "brics/16",
		"17-й Восточноазиатский саммит":                        "east-asia-summit/17",
		"第17届东亚峰会":                                             "east-asia-summit/17",
		"the 14th Ministerial Meeting of the East Asia Summit": "east-asia-summit",
		"the 6th East Asia Summit Foreign Ministers Meeting":   "east-asia-summit",
		"10th EAS FMM":                                                       "east-asia-summit",
		"the 4th #ASEAN-Russia Dialogue on ICT":                              "asean-russia",
		"the 99th East Asia Summit":                                          "east-asia-summit",
		"20 East Asia Summit leaders":                                        "east-asia-summit",
		"in response to NATO moves":                                          "",
		"the #ASEAN-China-Russia Roundtable":                                 "",
		"ASEAN Headquarters":                                                 "asean",
		"the ASEAN-Russia Dialogue and ASEAN":                                "asean-russia",
		"he met us at eas and asked вас":                                     "",
		"ASEAN-Russia Ministerial Meeting and the 23rd ASEAN Regional Forum": "asean-russia asean-regional-forum/23",
	} {
		g := &reading{r: r}
		var got []string
		for _, v := range g.venuesIn(text, 1, "title") {
			term := r.vocabulary.Find(0, v.Name)
			s := string(term.ID)
			if v.Edition != "" {
				s += "/" + v.Edition
			}
			got = append(got, s)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
