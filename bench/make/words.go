package main

import (
	"math/rand/v2"
	"strings"
)

// The words of the made archive, some 600. All of them inflect regularly, so
// that patterns can; the commonest stand first: word picks them oftener.
var (
	nouns = strings.Fields(`agreement region partner government meeting minister question
		programme measure market project plan statement country interest treaty border council
		delegation trade harbour proposal summit sector process forum report initiative resource
		principle guarantee investment export import tariff corridor railway pipeline port airport
		bridge river valley coast island mountain forest garden village town farmer worker teacher
		student doctor engineer driver sailor pilot painter writer reader editor printer publisher
		museum theatre library archive record letter paper page chapter table chart map calendar
		season winter summer autumn harvest grain flour bread apple orange lemon melon onion carrot
		herring salmon lobster kettle lantern candle window door chamber corner street avenue
		square station platform ticket carriage wagon engine motor lever spring hammer
		anchor rope sail vessel tanker ferry cargo container crane dock warehouse depot tunnel dam
		reservoir turbine reactor cable signal satellite antenna network server channel newspaper
		broadcast interview speaker listener audience applause answer remark opinion argument
		debate vote ballot mandate charter article clause amendment protocol annex appendix
		signature seal stamp passport visa permit licence quota subsidy budget loan bond dividend
		currency account invoice receipt contract tender auction supplier customer producer
		retailer exporter importer union guild deputy envoy ambassador consul
		adviser expert observer mediator negotiator secretary chairman governor mayor judge
		lawyer witness verdict appeal hospital clinic vaccine remedy symptom laboratory sample
		experiment theory method formula result estimate forecast target indicator threshold
		margin average total fraction quarter decade century moment interval deadline
		timetable route voyage expedition camp shelter tent blanket well fountain canal
		custom keeper ledger mill oven orchard parade quarry raft saddle tailor umbrella vineyard
		weaver workshop barrel basket beacon cabin compass feather gallery hangar inlet jetty
		lagoon meadow needle outpost pasture ridge sketch thread upland viaduct willow`)

	adjectives = strings.Fields(`joint regional common new mutual economic political cultural
		strategic practical bilateral important stable open equal lasting technical humanitarian
		digital industrial maritime coastal northern southern eastern western central rural urban
		local national foreign domestic public private voluntary binding annual monthly early
		late recent former present future possible necessary useful careful patient honest frank
		friendly warm cool cold dry mild gentle firm steady solid robust modest ample generous
		rapid gradual sudden brief lengthy detailed broad narrow deep shallow quiet loud bright
		dim plain ornate ancient modern temporary permanent partial entire separate combined
		balanced uneven fair reasonable sensible reliable visible hidden familiar remote nearby
		distant fertile barren wooden golden silver copper marble
		brisk candid dense elegant faithful graceful hollow idle jovial keen lively mellow noble`)

	verbs = strings.Fields(`support discuss confirm propose welcome approve review present note
		open join launch extend expand complete continue consider examine prepare publish record
		report explain stress mention answer address request accept reject suspend resume restore
		repair replace reduce increase double lower raise protect defend guard secure ensure
		improve reform renew revise restrict remove collect gather measure estimate compare
		observe follow visit tour inspect deliver transport export import purchase finance fund
		reward honour celebrate remember forward return discover invent design plant harvest
		preserve store translate print sign seal announce declare affirm praise question
		challenge oppose postpone cancel summon appoint consult assist advise train inform invite
		anchor assemble balance borrow chart commend concede depict devote educate engrave entrust
		furnish grant illustrate kindle`)

	adverbs = strings.Fields(`jointly carefully openly gradually firmly again recently formally
		warmly quietly rapidly broadly partly largely finally further repeatedly regularly
		seldom often always sometimes together separately abroad honestly patiently plainly
		closely directly evenly fairly gently steadily usefully willingly
		briskly calmly duly eagerly firstly gladly humbly keenly lately mildly`)

	// Pronounceable, meaning nothing: the names of a world that does not exist.
	coined = strings.Fields(`Velmar Tarsik Ombrey Kadunel Lisoru Hantave Breshin Quorva Meltane
		Sarduin Pelhora Ximbar Doveska Arlunde Nortavi Fenquil Grasimo Jolveth Ustaren Wimbrel
		Calduro Yestrin Zamoret Ilvanka Ruthane Ekolin Obrasti Thornuv Malquis Servadin`)

	sentences = patterns(`
		The A N V the N of the A N and the P of M .
		P and P from M V the A N D .
		According to the N , the A P of the N were D Ved before the end of the N .
		The N V that the A N would B the P , and that every N should B a N of its own .
		In M the N V a A N on P , P and the A N .
		None of the P had V the N ; the A N of M D V it .
		The P of the N are A , the N is A , and the N remains A .
		Asked about the A N , the N V that P of this kind D B the N .
		We have D V the N , and we will B it in the A N of M .
		Both P V a N between the N of M and the A P of the N .
		It was also V that the A N of P will B the N during the next N .
		Where the N is A , the P B it ; where it is A , they B the N .
		The A N , which the P of M V last year , was D V by the N and its P .
		With the N of the A P in mind , the N and the N will B the A N for the P .
		No N can B such a N without the P .
		The N V M as a A N for P .
		Our P know the N ; they B it D , from the A N to the A N .
		At the same time the N V the P to B the N , the N and the A P within one N .
		This N is A .
		That is why the A P V the N , and why the N of M should B the A N D .`)

	titles = patterns(`
		M and M B A N on P
		A P V in M after N of P
		N of the A N of M on the N of P
		The A N V P of the N in M
		Remarks by the N of M on A P and the N
		Answers to P after the N of the A N
		M N V A P for the N
		On the N of P and the A N`)
)

func patterns(text string) [][]string {
	var out [][]string
	for line := range strings.Lines(text) {
		if words := strings.Fields(line); len(words) > 0 {
			out = append(out, words)
		}
	}
	return out
}

// word picks one of words, the first of them far oftener than the last.
func word(r *rand.Rand, words []string) string {
	x := r.Float64()
	return words[int(x*x*float64(len(words)))]
}

func plural(noun string) string {
	switch stem, isY := strings.CutSuffix(noun, "y"); {
	case isY && !strings.ContainsAny(stem[len(stem)-1:], "aeiou"):
		return stem + "ies"
	case strings.HasSuffix(noun, "s"), strings.HasSuffix(noun, "x"), strings.HasSuffix(noun, "ch"):
		return noun + "es"
	}
	return noun + "s"
}

func past(verb string) string {
	if strings.HasSuffix(verb, "e") {
		return verb + "d"
	}
	return verb + "ed"
}

// inflected answers one token of a pattern: a capital letter stands for a
// class of words, everything else for itself.
func inflected(r *rand.Rand, token string) string {
	switch token {
	case "A":
		return word(r, adjectives)
	case "B":
		return word(r, verbs)
	case "D":
		return word(r, adverbs)
	case "M":
		return word(r, coined)
	case "N":
		return word(r, nouns)
	case "P":
		return plural(word(r, nouns))
	case "V", "Ved":
		return past(word(r, verbs))
	}
	return token
}
