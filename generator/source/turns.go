package source

import (
	"strings"
	"unicode/utf8"

	"chancery/generator/manuscript"
	"chancery/generator/markdown"
)

// roles are the words with which the label of a turn begins in transcripts: what
// stands before a name, an office, or the part that somebody has in the talk.
const roles = " mr mrs ms miss dr sir dame lord president minister foreign prime vice secretary secretary-general ambassador spokesperson spokeswoman spokesman chairman chairwoman chair chancellor senator premier governor commissioner director answer a moderator host interviewer operator interpreter speaker participant ответ ведущий ведущая президент министр председатель реплика модератор господин госпожа г-н г-жа "

// captions are words before a colon that call no speaker, however often they
// come.
const captions = " tel phone telephone fax mobile e-mail email mail web website internet address contact contacts date dates time day hour place venue location where when what who why note notes nb source sources photo photos picture video caption figure table subject from to cc re ref annex attachment tags keywords topic theme agenda item example summary background update link read see дата время место телефон тел факс почта адрес источник фото видео тема примечание справка 注 备注 来源 时间 地点 日期 电话 图 "

// labelsWanted and turnsWanted are how many different labels, or how many turns,
// make a transcript of a text.
const labelsWanted, turnsWanted = 2, 3

// turnLabels gives of a text's lines the labels of its speakers, folded, none
// where the text is no transcript. A label is a speaker's where it is that of a
// question, begins with a title or part, or comes back; where these show a
// transcript, or somebody asks, a full name is one too.
func turnLabels(lines []string, title string) map[string]bool {
	counts := map[string]int{}
	for _, l := range lines {
		if l = strings.TrimSpace(l); l == title {
			continue
		}
		if name, n := turnLabel(l); n > 0 {
			counts[name]++
		}
	}
	labels := map[string]bool{}
	turns, asked := 0, false
	for name, n := range counts {
		if hasRole(name) || n > 1 && !strings.Contains(captions, " "+name+" ") {
			labels[name] = true
			turns += n
			asked = asked || markdown.IsQuestion(name)
		}
	}
	if !asked && len(labels) < labelsWanted && turns < turnsWanted {
		return nil
	}
	for name := range counts {
		if fields := strings.Fields(name); looksLikeName(fields) && !strings.ContainsFunc(strings.Join(fields, ""), notInName) {
			labels[name] = true
		}
	}
	if len(labels) < labelsWanted && turns < turnsWanted {
		return nil
	}
	return labels
}

// turnLabel gives the folded label with which a line begins a turn, and its
// length with the colon, 0 where it begins none.
func turnLabel(l string) (name string, length int) {
	if l == "" || unmarked(l) != l {
		return "", 0
	}
	name, rest, ok := turn(withoutNote(l))
	if !ok {
		return "", 0
	}
	return strings.ToLower(strings.TrimRight(name, ".")), len(l) - len(rest)
}

// withoutNote takes what stands in brackets just before the first colon out of a
// line: "QUESTION (in Thai): When?"
func withoutNote(l string) string {
	for _, pair := range []string{"()", "（）", "[]"} {
		brackets := []rune(pair)
		from, to := strings.IndexRune(l, brackets[0]), strings.IndexRune(l, brackets[1])
		if from <= 0 || to < from || to > 160 {
			continue
		}
		behind := l[to+utf8.RuneLen(brackets[1]):]
		if !strings.ContainsAny(l[:from], ":：") && (strings.HasPrefix(behind, ":") || strings.HasPrefix(behind, "：")) {
			return strings.TrimRight(l[:from], " ") + behind
		}
	}
	return l
}

// hasRole says whether a folded label is that of a question or begins with a
// title or a part.
func hasRole(name string) bool {
	first, _, _ := strings.Cut(name, " ")
	return markdown.IsQuestion(name) || strings.Contains(roles, " "+strings.Trim(first, ".,()")+" ")
}

// escapeTurn writes a line whose first so many bytes are a speaker's label. The
// colon stands within the strong text, but before a letter, where Markdown would
// not see the strong text end.
func escapeTurn(b *strings.Builder, l string, length int) {
	if rest := l[length:]; rest != "" && rest[0] != ' ' {
		_, size := utf8.DecodeLastRuneInString(l[:length])
		length = len(strings.TrimSpace(l[:length-size]))
	}
	b.WriteString("**")
	manuscript.EscapeInline(b, l[:length])
	b.WriteString("**")
	manuscript.EscapeInline(b, l[length:])
}
