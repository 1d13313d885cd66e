package browser

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// planted serves the HTML.
func planted(t *testing.T, body string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(`<!doctype html><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>planted</title><body>` + body))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// TestPlantedFaultsAreFound: what the tests look for they also find, and nothing else.
func TestPlantedFaultsAreFound(t *testing.T) {
	cases := []struct {
		name, reason, body string
		says               string // empty when there is nothing to say
	}{
		{"fine", "a page as it should be", `<h1>Title</h1><p>A text with <code>code</code> in it.`, ""},
		{"overlap", "a text moved onto another one", `<p>below</p><p style="margin-top:-34px">above</p>`, `overlap: "below" and "above"`},
		{"overlap in a picture", "two labels of a picture at one place", `<svg width="200" height="50"><text x="9" y="20">below</text><text x="15" y="22">above</text></svg>`, "overlap"},
		{"cut", "a box that is too small for its text", `<div style="width:80px;overflow:hidden;white-space:nowrap">much too long for so small a box</div>`, "cut"},
		{"shortened", "three dots stand for what nobody can read", `<div style="width:80px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">much too long for so small a box</div>`, "cut"},
		{"cut off below", "a box that is too low", `<div style="height:20px;overflow:hidden">one<br>two<br>three</div>`, "cut"},
		{"cut in a picture", "a label that ends outside of the picture", `<svg width="50" height="50"><text x="9" y="20">much too long</text></svg>`, "cut"},
		{"sign outside", "a sign to click that ends outside of the window", `<a href="#" aria-label="code" style="position:fixed;right:-15px;top:9px;width:20px;height:20px"></a><p>text</p>`, "cut"},
		{"scrolled", "what one can scroll to is not cut", `<div style="width:80px;overflow-x:auto;white-space:nowrap">much too long for so small a box</div>`, ""},
		{"outside", "a text beyond the left edge, where nobody can scroll", `<p style="margin-left:-40px">somewhere else</p>`, "by the edge of the page"},
		{"sideways", "a table that is too wide for the page", `<table><tr><td style="min-width:2000px">wide</table>`, "sideways"},
		{"faint", "grey on white", `<p style="color:#999">faint</p>`, "contrast"},
		{"faint by opacity", "black, and hardly there", `<p style="opacity:0.3">faint</p>`, "contrast"},
		{"faint in a picture", "a label in the color of its box", `<svg width="200" height="50"><rect width="200" height="50" fill="navy"/><text x="9" y="20">faint</text></svg>`, "contrast"},
		{"faint in a field", "what a field asks for can be read as well", `<input placeholder="find" style="background:#888">`, "contrast"},
		{"for screen readers", "a text that nobody is to see is no fault", `<p>seen</p><span style="position:absolute;width:1px;height:1px;overflow:hidden">heard</span>`, ""},
		{"empty", "a page that shows nothing", ``, "empty"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			found := strings.Join(open(t, planted(t, tc.body), 1280, "light").faults("body"), "\n")
			if tc.says == "" && found != "" || !strings.Contains(found, tc.says) {
				t.Errorf("%s: want %q, got %q", tc.reason, tc.says, found)
			}
		})
	}
}

// TestTheSchemeIsEmulated: a page is dark where the reader's system is.
func TestTheSchemeIsEmulated(t *testing.T) {
	body := `<style>:root{color-scheme:light dark} @media (prefers-color-scheme: dark){p{color:#333}}</style><p>unreadable in the dark`
	for scheme, want := range map[string]int{"light": 0, "dark": 1} {
		if found := open(t, planted(t, body), 390, scheme).faults("body"); len(found) != want {
			t.Errorf("%s: want %d faults, got %q", scheme, want, found)
		}
	}
}

// TestWhatAPageShouldNotDoIsNoted: an error, and a request to another machine.
func TestWhatAPageShouldNotDoIsNoted(t *testing.T) {
	cases := []struct{ name, reason, script, says string }{
		{"throws", "an error in a script", `undefinedFunction()`, "throws"},
		{"logs", "a library tells an error", `console.error("no")`, "logs an error"},
		{"asks", "a font, a script or a counter from elsewhere", `fetch("https://fonts.example/x").catch(() => {})`, "asks another machine: https://fonts.example/x"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := open(t, planted(t, `<p>text<script>`+tc.script+`</script>`), 1280, "light")
			w.run(chromedp.Sleep(200 * time.Millisecond))
			w.mutex.Lock()
			found := strings.Join(w.problems, "\n")
			w.problems = nil // they are what the test wants
			w.mutex.Unlock()
			if !strings.Contains(found, tc.says) {
				t.Errorf("%s: want %q, got %q", tc.reason, tc.says, found)
			}
		})
	}
}
