package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// site serves what make docs has built.
func site(t *testing.T) string {
	t.Helper()
	folder := filepath.Join("..", "..", "bin", "site")
	if _, err := os.Stat(filepath.Join(folder, "index.html")); err != nil {
		t.Fatalf("%v: build it with make docs; make test-browser does so", err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(folder)))
	t.Cleanup(server.Close)
	return server.URL
}

// TestTheSiteIsReadable: the start page, a page of the reference, one with wide tables, and one with code.
func TestTheSiteIsReadable(t *testing.T) {
	address := site(t)
	for _, page := range []struct{ name, path string }{
		{"site start", "/"}, {"site reference", "/reference/workload-identity.html"}, {"site tables", "/side-by-side.html"}, {"site code", "/languages.html"},
	} {
		eachLook(t, page.name, address+page.path, nil)
	}
}

// TestTheSearchOfTheSiteFinds a word, and leads to a page that has it.
func TestTheSearchOfTheSiteFinds(t *testing.T) {
	const word = "settleSeconds"
	address := site(t)
	for _, l := range looks {
		t.Run(l.String(), func(t *testing.T) {
			w := open(t, address+"/", l.width, l.scheme)
			// Until Vue has taken the page over, a click on the button does nothing.
			w.run(chromedp.Poll(`document.querySelector('.VPLocalSearchBox input') !== null
				|| (document.querySelector('#local-search button')?.click(), false)`, nil, every))
			w.typeInto(".VPLocalSearchBox input", word)
			w.run(chromedp.Poll(`document.querySelector('.VPLocalSearchBox .results a.result') !== null`, nil, every))
			w.shoot("site-search-" + l.String())
			for _, fault := range w.faults(".VPLocalSearchBox .shell") {
				t.Error(fault)
			}
			w.run(chromedp.Evaluate(`document.querySelector('.VPLocalSearchBox .results a.result').click()`, nil))
			found := fmt.Sprintf(`location.pathname !== '/' && document.querySelector('.vp-doc')?.textContent.includes(%q)`, word)
			if err := chromedp.Run(w, chromedp.Poll(found, nil, every)); err != nil {
				t.Errorf("the search does not lead to a page with %q: %v", word, err)
			}
		})
	}
}
