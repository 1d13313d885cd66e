// Package browser holds tests that open what people look at in headless Chromium: the pages and pictures of aksid, and the site of the
// documentation. At two widths, light and dark, a page is measured where it stands (measure.js): no text lies on another one, none is cut, the
// page does not scroll sideways, and each text has enough contrast; it logs no error and asks no other machine.
//
// It is a module of its own: nothing else needs chromedp. make test-browser builds what is opened, and runs it; the screenshots are in
// bin/shots.
package browser
