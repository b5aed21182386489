package manuscript

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// TestDatesOfTags writes the forms that sites have for dates in one.
func TestDatesOfTags(t *testing.T) {
	for written, want := range map[string]string{
		"2023-07-12":                    "2023-07-12",
		"2023-07":                       "2023-07",
		"2023":                          "2023",
		"20230712":                      "2023-07-12",
		"2023/7/2":                      "2023-07-02",
		"2023-07-12T16:50:00+00:00":     "2023-07-12T16:50+00:00",
		"2023-07-12T16:50:01.123Z":      "2023-07-12T16:50+00:00",
		"2023-07-12 16:50:00 +0300":     "2023-07-12T16:50+03:00",
		"2023-07-12T9:05":               "2023-07-12T09:05",
		"2023-07-12T00:00:00Z":          "2023-07-12",
		"Wed, 12 Jul 2023 16:50:00 GMT": "2023-07-12T16:50+00:00",
		"Wed, 12 Jul 2023 16:50:00 EDT": "2023-07-12T16:50-04:00",
		"Wed, 12 Jul 2023 16:50:00 MSK": "2023-07-12T16:50",
		"1970-01-01T00:00:00Z":          "",
		"0001-01-01T00:00:00Z":          "",
		"2023-02-30":                    "2023-02-30",
		"12/07/2023":                    "12/07/2023",
		"12 July 2023":                  "12 July 2023",
		"":                              "",
	} {
		if got := dateTag(written); got != want {
			t.Errorf("%q is %q, want %q", written, got, want)
		}
	}
}

// TestLanguagesOfTags writes languages as BCP 47 has them, and drops what is none.
func TestLanguagesOfTags(t *testing.T) {
	for written, want := range map[string]string{
		"en": "en", "en_US": "en-US", "EN-gb": "en-GB", "zh-hans-cn": "zh-Hans-CN", "sr_Latn": "sr-Latn", "es-419": "es-419", "ru_RU.UTF-8": "ru-RU",
		"": "", "english": "", "und": "", "x": "", "{{ lang }}": "", "en,fr": "",
	} {
		if got := languageTag(written); got != want {
			t.Errorf("%q is %q, want %q", written, got, want)
		}
	}
}

// TestLinkedDataIsReadTolerantly reads JSON-LD as sites write it.
func TestLinkedDataIsReadTolerantly(t *testing.T) {
	for script, want := range map[string]string{
		`{"@type":"NewsArticle","headline":"H"}`:                                                  "H",
		`[{"@type":"Organization","headline":"No"},{"@type":"Report","headline":"H"}]`:            "H",
		`{"@graph":[{"@type":"WebPage","headline":"No"},{"@type":"BlogPosting","headline":"H"}]}`: "H",
		`//<![CDATA[` + "\n" + `{"@type":["Thing","Article"],"headline":"H"}` + "\n//]]>":         "H",
		`/*<![CDATA[*/{"@type":"Article","headline":"H"}/*]]>*/`:                                  "H",
		`<!-- {"@type":"http://schema.org/Article","headline":{"@value":"H"},} -->`:               "H",
		"{\"@type\":\"Article\",\"headline\":\"H\nI\"}":                                           "H I",
		`{"@type":"Article","headline":["H","I"]}`:                                                "H",
		`{"@type":"Article","headline":{"a":{"b":1}}}`:                                            "",
		`{"@type":"Article","headline"`:                                                           "",
		`{"@type":"Article","author":{"@id":"#a"},"@id":"#a","headline":"H"}`:                     "H",
	} {
		_, all := readBytes(t, "page.html", []byte(`<html><script type="application/ld+json">`+script+`</script><body><p>Text.`))
		if len(all) != 1 {
			t.Fatalf("%s: %d manuscripts", script, len(all))
		}
		if got := claimOf(&all[0], "title"); got != want {
			t.Errorf("%s gives %q, want %q: %v", script, got, want, all[0].Claims)
		}
	}
}

// TestFeedsOfOtherEncodings reads a feed that declares its encoding.
func TestFeedsOfOtherEncodings(t *testing.T) {
	feed := `<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><title>Лента</title><item><title>Лёд сошёл</title></item></channel></rss>`
	data, err := charmap.Windows1251.NewEncoder().Bytes([]byte(feed))
	if err != nil {
		t.Fatal(err)
	}
	f, all := readBytes(t, "feed", data)
	if len(all) != 1 || len(f.Problems) != 0 || strings.TrimSpace(all[0].Text()) != "Лёд сошёл" || claimOf(&all[0], "source") != "Лента" || claimOf(&all[0], "encoding") != "windows-1251" {
		t.Errorf("%+v %v", all, f.Problems)
	}
}
