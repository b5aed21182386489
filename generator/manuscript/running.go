package manuscript

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// zone is how many lines at the top of a page, and how many at its bottom, may
// be those that stand on every page.
const zone = 2

// withoutRunningLines puts pages together, without the lines at top or bottom
// that stand on at least three and a third of the pages, the number of the
// page aside. The first of such lines is kept where it is more than a number:
// it may be the title.
func withoutRunningLines(pages []string) (string, []Claim) {
	split := make([][]string, len(pages))
	counts := map[string]int{}
	for i, p := range pages {
		split[i] = strings.Split(strings.Trim(p, "\n"), "\n")
		for _, n := range edges(split[i]) {
			for _, key := range runningKeys(split[i][n], i) {
				counts[key]++
			}
		}
	}
	r := runningLines{counts: counts, enough: max(3, (len(pages)+2)/3), told: map[string]bool{}}
	for i, lines := range split {
		r.page(i, lines)
	}
	return r.text.String(), r.claims
}

// A runningLines puts pages together.
type runningLines struct {
	counts map[string]int // of lines at the edges of pages, by their keys
	enough int
	told   map[string]bool
	text   strings.Builder
	claims []Claim
}

func (r *runningLines) page(i int, lines []string) {
	at := edges(lines)
	gap := true // of several blank lines one is kept
	for n, l := range lines {
		if strings.TrimSpace(l) == "" {
			gap = true
			continue
		}
		if slices.Contains(at, n) && r.leaveOut(l, i) {
			continue
		}
		if gap && r.text.Len() > 0 {
			r.text.WriteByte('\n')
		}
		gap = false
		r.text.WriteString(l + "\n")
	}
}

// leaveOut says whether a line at the edge of a page is one that runs through
// all, and tells it once.
func (r *runningLines) leaveOut(l string, page int) bool {
	key, most := "", 0
	for _, k := range runningKeys(l, page) {
		if r.counts[k] > most {
			key, most = k, r.counts[k]
		}
	}
	if most < r.enough {
		return false
	}
	first := !r.told[key]
	if first {
		r.told[key] = true
		r.claims = append(r.claims, Claim{Field: "left out", Text: fmt.Sprintf("%s (on %d pages)", strings.TrimSpace(l), most), Where: "the top or bottom of the pages"})
	}
	return !first || isPageNumber(l)
}

// edges gives the lines at the top and the bottom of a page.
func edges(lines []string) []int {
	var filled []int
	for n, l := range lines {
		if strings.TrimSpace(l) != "" {
			filled = append(filled, n)
		}
	}
	if len(filled) <= 2*zone {
		return filled
	}
	return append(slices.Clone(filled[:zone]), filled[len(filled)-zone:]...)
}

var numbers = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\d{1,6}`) })

// runningKeys gives what a line has in common with those that run through the
// pages: itself, or itself with its first or last number counted from the page's.
func runningKeys(l string, page int) []string {
	l = strings.TrimSpace(l)
	keys := []string{l}
	all := numbers().FindAllStringIndex(l, -1)
	for _, i := range []int{0, len(all) - 1} {
		if i < 0 || i > 0 && len(all) == 1 || i == 0 && len(all) == 0 {
			continue
		}
		n, _ := strconv.Atoi(l[all[i][0]:all[i][1]])
		key := fmt.Sprintf("%s\x00%d\x00%s", l[:all[i][0]], n-page, l[all[i][1]:])
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

var pageNumber = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\W*(?:page|p\.|seite|s\.|с\.|стр\.|страница|página|pág\.)?\s*\d{1,6}\s*(?:(?:/|of|von|из|de|sur)\s*\d{1,6})?\W*$`)
})

// isPageNumber says whether a line is the number of a page and nothing else.
func isPageNumber(l string) bool { return pageNumber().MatchString(strings.TrimSpace(l)) }
