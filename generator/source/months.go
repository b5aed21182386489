package source

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// monthNames lists the months in a line a language, the forms of one month
// parted by "/". Written forms only: inflected ones are listed.
const monthNames = `
january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct november/nov december/dec
января/январь/янв февраля/февраль/фев/февр марта/март/мар апреля/апрель/апр мая/май июня/июнь/июн июля/июль/июл августа/август/авг сентября/сентябрь/сен/сент октября/октябрь/окт ноября/ноябрь/ноя/нояб декабря/декабрь/дек
січня/січень лютого/лютий березня/березень квітня/квітень травня/травень червня/червень липня/липень серпня/серпень вересня/вересень жовтня/жовтень листопада/листопад грудня/грудень
janvier/janv février/fevrier/févr/fév mars avril/avr mai juin juillet/juil août/aout septembre octobre novembre décembre/decembre/déc
enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre octubre noviembre diciembre/dic
januar/jänner/jän februar märz/maerz/mär april mai juni juli august september oktober/okt november dezember/dez
janeiro fevereiro/fev março abril maio/mai junho julho agosto setembro outubro novembro dezembro/dez
gennaio/genn febbraio/febb marzo aprile maggio/magg giugno/giu luglio/lug agosto settembre/sett ottobre/ott novembre dicembre
januari februari maart/mrt april mei juni juli augustus september oktober november december
januari februari maret april mei juni juli agustus/agu/ags/ogos september oktober november/nopember desember/disember
januar februar marts april maj juni juli august september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
stycznia/styczeń lutego/luty marca/marzec kwietnia/kwiecień maja/maj czerwca/czerwiec lipca/lipiec sierpnia/sierpień września/wrzesień października/październik listopada/listopad grudnia/grudzień
ledna/leden února/únor března/březen dubna/duben května/květen června/červen července/červenec srpna/srpen září října/říjen listopadu prosince/prosinec
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
студзеня/студзень лютага/люты сакавіка/сакавік красавіка/красавік травеня/травень чэрвеня/чэрвень ліпеня/ліпень жніўня/жнівень верасня/верасень кастрычніка/кастрычнік лістапада/лістапад снежня/снежань
януари февруари март април май юни юли август септември октомври ноември декември
јануар/јануара фебруар/фебруара март/марта април/априла мај/маја јун/јуна јул/јула август/августа септембар/септембра октобар/октобра новембар/новембра децембар/децембра
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
január február március április május június július augusztus szeptember október november december
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
- شباط آذار نيسان أيار حزيران تموز آب أيلول - - -
جانفي فيفري - أفريل ماي جوان جويلية أوت - - - -
يناير فبراير مارس أبريل/ابريل/إبريل مايو يونيو/يونيه يوليو/يوليه أغسطس/اغسطس سبتمبر أكتوبر/اكتوبر نوفمبر ديسمبر
`

// weekdayNames lists the days of the week, Sunday first.
const weekdayNames = `
sunday/sun monday/mon tuesday/tue/tues wednesday/wed thursday/thu/thurs friday/fri saturday/sat
воскресенье/воскресенья понедельник/понедельника вторник/вторника среда/среду/среды четверг/четверга пятница/пятницу/пятницы суббота/субботу/субботы
dimanche lundi mardi mercredi jeudi vendredi samedi
domingo lunes martes miércoles jueves viernes sábado
sonntag montag dienstag mittwoch donnerstag freitag samstag
domenica lunedì martedì mercoledì giovedì venerdì sabato
الأحد الاثنين/الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت
неділя/неділі/неділю понеділок/понеділка вівторок/вівторка середа/середи/середу четвер/четверга п'ятниця/п'ятниці субота/суботи/суботу
minggu/ahad senin/isnin selasa rabu kamis/khamis jumat sabtu
pazar pazartesi salı çarşamba perşembe cuma cumartesi
niedziela/niedzielę poniedziałek wtorek środa/środę czwartek piątek sobota/sobotę
neděle/neděli pondělí úterý středa/středu čtvrtek pátek sobota/sobotu
søndag mandag tirsdag onsdag torsdag fredag lørdag
söndag måndag tisdag onsdag torsdag fredag lördag
zondag maandag dinsdag woensdag donderdag vrijdag zaterdag
domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado
`

// wordTable reads a table of names: the number of its column by each form.
func wordTable(table string, first int) map[string]int {
	words := map[string]int{}
	for row := range strings.Lines(table) {
		for i, forms := range strings.Fields(row) {
			if forms == "-" {
				continue
			}
			for form := range strings.SplitSeq(forms, "/") {
				words[form] = first + i
			}
		}
	}
	return words
}

// wordSet gives the words of a text as a set.
func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

var (
	months   = sync.OnceValue(func() map[string]int { return wordTable(monthNames, 1) })
	weekdays = sync.OnceValue(func() map[string]int { return wordTable(weekdayNames, int(time.Sunday)) })
)

// zones gives the offsets of the zones that headers name by letters; those
// that mean several (IST, CST) are left out.
const zones = " UTC=Z GMT=Z Z=Z EST=-05:00 EDT=-04:00 PST=-08:00 PDT=-07:00 MDT=-06:00 CET=+01:00 CEST=+02:00 MSK=+03:00 МСК=+03:00 AEST=+10:00 AEDT=+11:00 JST=+09:00 KST=+09:00 WIB=+07:00 WITA=+08:00 WIT=+09:00 SGT=+08:00 HKT=+08:00 ICT=+07:00 PKT=+05:00 GST=+04:00 TRT=+03:00 "

// zoneOf gives the offset of a zone's letters or digits, "" for none it knows.
func zoneOf(s string) string {
	for _, utc := range []string{"GMT", "UTC"} { // "GMT+7"
		if hours, ok := strings.CutPrefix(s, utc); ok && len(hours) >= 2 && len(hours) <= 3 && (hours[0] == '+' || hours[0] == '-') {
			return fmt.Sprintf("%c%02s:00", hours[0], hours[1:])
		}
	}
	if len(s) == 5 && (s[0] == '+' || s[0] == '-') {
		return s[:3] + ":" + s[3:]
	}
	if len(s) == 6 && s[3] == ':' {
		return s
	}
	_, rest, found := strings.Cut(zones, " "+s+"=")
	if !found || s == "" {
		return ""
	}
	offset, _, _ := strings.Cut(rest, " ")
	return offset
}
