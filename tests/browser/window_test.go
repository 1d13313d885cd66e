package browser

import (
	"cmp"
	"context"
	_ "embed" // for measure.js
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// programs are the names that Chromium has on Debian and elsewhere.
var programs = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// browser is the one Chromium of all tests; each has a tab of its own.
var browser context.Context

func TestMain(m *testing.M) {
	os.Exit(withBrowser(m.Run))
}

func withBrowser(run func() int) int {
	program := os.Getenv("CHROMIUM_BIN")
	for _, name := range programs {
		if found, err := exec.LookPath(name); program == "" && err == nil {
			program = found
		}
	}
	if program == "" {
		fmt.Fprintf(os.Stderr, "the tests need a Chromium, and none of %s is on the PATH: apt-get install chromium, or set CHROMIUM_BIN\n", strings.Join(programs, ", "))
		return 1
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(program), chromedp.WSURLReadTimeout(2*time.Minute),
		// Nothing is to leave the machine, and what tries is told by its name.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to run as root with its sandbox
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	opened, stop := chromedp.NewContext(allocator)
	defer stop()
	if err := chromedp.Run(opened); err != nil {
		fmt.Fprintf(os.Stderr, "%s does not start: %v\n", program, err)
		return 1
	}
	browser = opened
	return run()
}

// window is a tab of a width, light or dark. It notes what a page should not do.
type window struct {
	context.Context
	t     *testing.T
	width int64

	mutex    sync.Mutex
	problems []string
}

const height = 900

// open opens the address in a window. What the page does wrong until the end of the test fails it.
func open(t *testing.T, address string, width int64, scheme string) *window {
	t.Helper()
	tab, closeTab := chromedp.NewContext(browser)
	limited, cancel := context.WithTimeout(tab, 2*time.Minute)
	w := &window{Context: limited, t: t, width: width}
	t.Cleanup(func() {
		cancel()
		closeTab()
		w.mutex.Lock()
		defer w.mutex.Unlock()
		for _, problem := range w.problems {
			t.Error(problem)
		}
	})
	chromedp.ListenTarget(limited, w.listen)
	// A tab behind another one is not drawn, and a screenshot of it would wait for ever.
	w.run(page.BringToFront(), network.Enable(), runtime.Enable(), cdplog.Enable(),
		chromedp.EmulateViewport(width, height),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
		}),
		chromedp.Navigate(address), w.awaitFonts())
	return w
}

// every lets a wait look by the clock: a tab that Chromium does not draw has no frames to wait for.
var every = chromedp.WithPollingInterval(50 * time.Millisecond)

// typeInto gives a field the text, and tells the page as the keyboard does.
func (w *window) typeInto(selector, text string) {
	w.t.Helper()
	w.run(chromedp.Evaluate(fmt.Sprintf(`{ const field = document.querySelector(%q); field.focus(); field.value = %q;
		field.dispatchEvent(new Event('input', { bubbles: true })) }`, selector, text), nil))
}

// awaitFonts waits until the letters have the width that they keep.
func (w *window) awaitFonts() chromedp.Action {
	return chromedp.Poll(`document.readyState === 'complete' && document.fonts.status === 'loaded'`, nil, every)
}

func (w *window) run(actions ...chromedp.Action) {
	w.t.Helper()
	if err := chromedp.Run(w, actions...); err != nil {
		w.t.Fatal(err)
	}
}

func (w *window) listen(event any) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if problem := problemOf(event); problem != "" {
		w.problems = append(w.problems, problem)
	}
}

// problemOf is what an event of the browser tells that should not be; empty when it is fine.
func problemOf(event any) string {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if leaves(e.Request.URL) {
			return "the page asks another machine: " + e.Request.URL
		}
	case *runtime.EventExceptionThrown:
		return "the page throws: " + e.ExceptionDetails.Error()
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError {
			return "the page logs an error: " + said(e.Args)
		}
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == cdplog.LevelError {
			return fmt.Sprintf("the browser logs an error: %s %s", e.Entry.Text, e.Entry.URL)
		}
	}
	return ""
}

func said(args []*runtime.RemoteObject) string {
	var words []string
	for _, arg := range args {
		words = append(words, cmp.Or(string(arg.Value), arg.Description))
	}
	return strings.Join(words, " ")
}

// leaves tells whether a request goes to another machine.
func leaves(address string) bool {
	u, err := url.Parse(address)
	return err != nil || (u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "ws" || u.Scheme == "wss") && u.Hostname() != "127.0.0.1"
}

//go:embed measure.js
var measure string

// faults are what measure.js finds below the element.
func (w *window) faults(selector string) (found []string) {
	w.t.Helper()
	w.run(chromedp.Evaluate(fmt.Sprintf("(%s)(%q)", measure, selector), &found))
	return found
}

// text is that of the first element that the selector names.
func (w *window) text(selector string) (text string) {
	w.t.Helper()
	w.run(chromedp.Text(selector, &text, chromedp.ByQuery))
	return text
}

// tallest is how much of a page a screenshot shows, in pixels.
const tallest = 3000

// shoot writes a picture of the page, for people, to bin/shots.
func (w *window) shoot(name string) {
	w.t.Helper()
	var tall int64
	var png []byte
	w.run(chromedp.Evaluate(`document.documentElement.scrollHeight`, &tall), chromedp.EmulateViewport(w.width, min(max(tall, height), tallest)),
		chromedp.CaptureScreenshot(&png), chromedp.EmulateViewport(w.width, height))
	folder := filepath.Join("..", "..", "bin", "shots")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), png, 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// look is a window that each page is seen in.
type look struct {
	width  int64
	scheme string
}

func (l look) String() string { return fmt.Sprintf("%d-%s", l.width, l.scheme) }

// looks are those of a laptop and of a telephone, by day and by night.
var looks = []look{{1280, "light"}, {1280, "dark"}, {390, "light"}, {390, "dark"}}

// eachLook opens the address in each look, takes a picture, measures, and lets the test go on in the window.
func eachLook(t *testing.T, name, address string, then func(t *testing.T, w *window)) {
	for _, l := range looks {
		t.Run(fmt.Sprintf("%s %v", name, l), func(t *testing.T) {
			w := open(t, address, l.width, l.scheme)
			w.shoot(fmt.Sprintf("%s-%v", strings.ReplaceAll(name, " ", "-"), l))
			for _, fault := range w.faults("body") {
				t.Error(fault)
			}
			if then != nil {
				then(t, w)
			}
		})
	}
}
