package manuscript

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestTelegramIsStreamed holds the memory of a large export to that of one post.
func TestTelegramIsStreamed(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped by -short: it writes 30 MB")
	}
	path := filepath.Join(t.TempDir(), "result.json")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(file, `{"name":"x","type":"public_channel","id":1,"messages":[`)
	text, _ := json.Marshal(strings.Repeat("Слово за словом. ", 60))
	const posts = 12000
	for i := range posts {
		fmt.Fprintf(file, `%.*s{"id":%d,"type":"message","date":"2024-01-02T03:04:05","date_unixtime":"1704164645","from":"x","text":%s,"text_entities":[{"type":"plain","text":%s}]}`, min(i, 1), ",", i+1, text, text)
	}
	fmt.Fprint(file, "]}")
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	n, most := 0, uint64(0)
	var memory runtime.MemStats
	f := Open(path)
	for range f.Manuscripts() {
		if n++; n%2000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&memory)
			most = max(most, memory.HeapAlloc)
		}
	}
	if n != posts || len(f.Problems) != 0 || f.Size < 25<<20 {
		t.Fatalf("%d posts of %d bytes, %v", n, f.Size, f.Problems)
	}
	if most > 8<<20 {
		t.Errorf("%d KiB are held while %d MiB are read", most>>10, f.Size>>20)
	}
}

// TestTelegramLongValue ends the reading where a value cannot be held.
func TestTelegramLongValue(t *testing.T) {
	w := windowReader{r: strings.NewReader("x"), read: largestWhole + 2}
	if _, err := w.Read(make([]byte, 1)); err != errTooLong {
		t.Error(err)
	}
	e := jsonExport{telegramExport: newTelegramExport(&File{Path: "x"}, func(Manuscript) bool { return true })}
	e.open(io.MultiReader(strings.NewReader(`{"name":"`), endless{}))
	if err := e.all(); err == nil || !strings.Contains(err.Error(), "longer than") {
		t.Error(err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

func FuzzTelegramJSON(f *testing.F) {
	f.Add(ownJSON)
	f.Add(`{"id":1,"messages":[{"id":1,"type":"message","text":["a",{"type":"bold","text":"b\ud83d"}]}],"name":"x","type":"public_channel"}`)
	f.Fuzz(func(t *testing.T, text string) {
		checkExport(t, text, readTelegramJSON)
	})
}

// checkExport holds a reader of exports to what every manuscript has to be.
func checkExport(t *testing.T, text string, read func(*File, func(Manuscript) bool)) {
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f := &File{Path: path, Size: int64(len(text))}
	n := 0
	read(f, func(m Manuscript) bool {
		n++
		if strings.TrimSpace(m.Text()) == "" || m.Markdown == "" || !m.Post {
			t.Errorf("an empty manuscript: %+v", m)
		}
		if strings.ContainsAny(m.Text(), "\x00\r\x0b") {
			t.Errorf("controls in %q", m.Text())
		}
		return n < 50
	})
	if n == 0 && len(f.Problems) == 0 {
		t.Error("nothing is read and nothing told")
	}
}
