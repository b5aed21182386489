package markdown

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func transcript(t *testing.T, body string) string {
	t.Helper()
	var b bytes.Buffer
	if err := New("/").RenderTranscript(&b, []byte(body)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTurnsAndQuestionsAreTold(t *testing.T) {
	got := render(t, "Opening.\n\n**MS. TRAN:** Good *morning*.\n\nMore.\n\n**QUESTION:** And?\n\n**汪文斌**：中方\n\n**路透社记者：** 问题\n\n> **Q:** quoted\n")
	want := `<p>Opening.</p>
<p class="turn"><b class="speaker">MS. TRAN:</b> Good <em>morning</em>.</p>
<p>More.</p>
<p class="turn question"><b class="speaker">QUESTION:</b> And?</p>
<p class="turn"><b class="speaker">汪文斌</b>：中方</p>
<p class="turn question"><b class="speaker">路透社记者：</b> 问题</p>
<blockquote>
<p><strong>Q:</strong> quoted</p>
</blockquote>
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestOneTurnIsToldInATranscriptAlone and a body without turns is the same in
// both.
func TestOneTurnIsToldInATranscriptAlone(t *testing.T) {
	const one = "**Note:** one.\n\n**strong** text: a\n\ntext **Q:** b\n\n*Q:* c\n\n**Q**\n"
	if got := render(t, one); strings.Contains(got, "class") || !strings.Contains(got, "<strong>Note:</strong>") {
		t.Error(got)
	}
	got := transcript(t, one)
	if strings.Count(got, "class=\"turn\"") != 1 || strings.Count(got, "class=\"speaker\"") != 1 || strings.Count(got, "<strong>") != 3 {
		t.Error(got)
	}
	const none = "# A\n\nText: *a* **b**\n\n- **c:** d\n- **e:** f\n"
	if render(t, none) != strings.ReplaceAll(transcript(t, none), `"/base/`, `"/`) {
		t.Error(transcript(t, none))
	}
}

func TestWhoAsksIsToldInManyLanguages(t *testing.T) {
	for _, label := range []string{"QUESTION:", "Q:", "Q 2:", "Q2:", "Question (through interpreter):", "Journalist:", "AFP reporter:", "Вопрос:", "Вопрос (перевод с английского):", "Корреспондент ТАСС:", "问：", "记者：", "路透社记者：", "記者:", "Pregunta:", "سؤال:", "Hỏi:", "질문:"} {
		if !IsQuestion(label) {
			t.Errorf("%q is a question", label)
		}
	}
	for _, label := range []string{"", ":", "MS. TRAN:", "Answer:", "MODERATOR:", "A:", "В.Путин:", "Ответ:", "答：", "汪文斌：", "Foreign Press Secretary:", "The question of the river papers:"} {
		if IsQuestion(label) {
			t.Errorf("%q is no question", label)
		}
	}
}

// TestTurnsCostNothingWhereThereAreNone compares the least times of looking for
// turns and of rendering, of a body of many short paragraphs.
func TestTurnsCostNothingWhereThereAreNone(t *testing.T) {
	body := []byte(strings.Repeat("**Strong** words begin it: and it *goes* on for a while, as such things do.\n\n", 300))
	with, without := New("/"), &Renderer{newEngine("/", headings{})}
	least := func(r *Renderer) time.Duration {
		best := time.Hour
		var b bytes.Buffer
		for range 60 {
			b.Reset()
			start := time.Now()
			if err := r.Render(&b, body); err != nil {
				t.Fatal(err)
			}
			best = min(best, time.Since(start))
		}
		return best
	}
	var ratio float64
	for range 5 { // what else the machine does can only add to a time
		if ratio = float64(least(with)) / float64(least(without)); ratio < 1.05 {
			break
		}
	}
	t.Logf("rendering takes %.3f of what it takes without turns", ratio)
	if ratio > 1.15 {
		t.Errorf("rendering takes %.2f of what it takes without turns", ratio)
	}
}
