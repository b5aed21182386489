package markdown

import (
	"bytes"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// turns marks the paragraphs of a transcript that begin a speaker's turn: those
// that begin with strong text which ends in a colon, or has one behind it. In a
// body that is no transcript for certain, there have to be two of them.
type turns struct{}

// turnsWanted is how many turns make a transcript of a body.
const turnsWanted = 2

// spoken says in a parser's context that the body is a transcript.
var spoken = parser.NewContextKey()

func (turns) Transform(doc *ast.Document, reader text.Reader, context parser.Context) {
	var few [turnsWanted]*ast.Paragraph // nearly all bodies have no turn at all
	found := few[:0]
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if p, ok := n.(*ast.Paragraph); ok && labelOf(p, reader.Source()) != nil {
			found = append(found, p)
		}
	}
	if len(found) == 0 || len(found) < turnsWanted && context.Get(spoken) == nil {
		return
	}
	for _, p := range found {
		label := labelOf(p, reader.Source())
		class := []byte("turn")
		if IsQuestion(textOf(label, reader.Source())) {
			class = []byte("turn question")
		}
		p.SetAttributeString("class", class)
		p.ReplaceChild(p, label, asSpeaker(label))
	}
}

// labelOf gives the strong text by which a paragraph begins a turn, nil where
// it begins none.
func labelOf(p *ast.Paragraph, source []byte) *ast.Emphasis {
	label, ok := p.FirstChild().(*ast.Emphasis)
	if !ok || label.Level != 2 {
		return nil
	}
	if last, ok := label.LastChild().(*ast.Text); ok && endsInColon(last.Value(source)) {
		return label
	}
	if next, ok := label.NextSibling().(*ast.Text); ok && beginsWithColon(next.Value(source)) {
		return label
	}
	return nil
}

func endsInColon(b []byte) bool {
	return bytes.HasSuffix(b, []byte(":")) || bytes.HasSuffix(b, []byte("："))
}

func beginsWithColon(b []byte) bool {
	return bytes.HasPrefix(b, []byte(":")) || bytes.HasPrefix(b, []byte("："))
}

// A speakerLabel is the name before a turn.
type speakerLabel struct{ ast.BaseInline }

var kindSpeakerLabel = ast.NewNodeKind("SpeakerLabel")

func (*speakerLabel) Kind() ast.NodeKind { return kindSpeakerLabel }

func (n *speakerLabel) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// asSpeaker gives a label with the children of a strong text.
func asSpeaker(strong *ast.Emphasis) *speakerLabel {
	label := &speakerLabel{}
	for strong.FirstChild() != nil {
		label.AppendChild(label, strong.FirstChild())
	}
	return label
}

func (r *nodes) speaker(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<b class="speaker">`)
	} else {
		_, _ = w.WriteString(`</b>`)
	}
	return ast.WalkContinue, nil
}

// questionWords are those by which transcripts in the languages that archives of
// this kind meet call a question or whoever asks it. Languages without spaces
// have theirs at the end of a label: that of Xinhua's reporter ends in 记者.
var questionWords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for w := range strings.FieldsSeq(`q question questions questioner journalist reporter correspondent interviewer
		вопрос вопросы журналист корреспондент питання запитання журналіст кореспондент
		journaliste pregunta periodista pergunta jornalista frage fragesteller journalistin domanda giornalista
		vraag journalist fråga spørsmål spørgsmål kysymys toimittaja soru gazeteci pytanie dziennikarz otázka novinář
		pertanyaan wartawan soalan tanya hỏi ερώτηση δημοσιογράφος שאלה سؤال صحفي الصحفي คำถาม ถาม ผู้สื่อข่าว ຄຳຖາມ 질문 기자 문`) {
		words[w] = true
	}
	return words
})

var questionEndings = []string{"记者", "記者", "提问", "提問", "问", "問", "質問", "기자"}

// IsQuestion says whether the label of a turn stands for a question or for
// somebody who asks: "QUESTION:", "Q 2:", "Вопрос (перевод):", "路透社记者：".
func IsQuestion(label string) bool {
	label, _, _ = strings.Cut(label, "(")
	label, _, _ = strings.Cut(label, "（")
	label = strings.TrimFunc(strings.ToLower(label), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsMark(c) })
	for _, ending := range questionEndings {
		if strings.HasSuffix(label, ending) {
			return true
		}
	}
	words := strings.FieldsFunc(label, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsDigit(c) })
	if len(words) == 0 || len(words) > 4 || utf8.RuneCountInString(label) > 60 {
		return false
	}
	return questionWords()[words[0]] && len(words) <= 2 || questionWords()[words[len(words)-1]]
}
