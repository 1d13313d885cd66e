package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheDemoEndsWithPictures: aksid is given the state for both files, next to itself, and the demo names both.
func TestTheDemoEndsWithPictures(t *testing.T) {
	folder, out := t.TempDir(), &bytes.Buffer{}
	d := demo{out: out, aksid: fakeAksid(t, folder, "for last; do true; done; cat > \"$last\"")}
	if err := d.draw(t.Context(), []byte("the state")); err != nil {
		t.Fatal(err)
	}
	d.tellPictures()
	for _, name := range []string{"demo.html", "demo.svg"} {
		file := filepath.Join(folder, name)
		if text, err := os.ReadFile(file); err != nil || string(text) != "the state" {
			t.Errorf("%s: aksid was not given the state: %q %v", name, text, err)
		}
		if !strings.Contains(out.String(), file) {
			t.Errorf("the demo does not say that %s is the file to open:\n%s", file, out)
		}
	}
}

// TestWithoutAksidThereIsNoPicture: the demo does not promise what it has not drawn.
func TestWithoutAksidThereIsNoPicture(t *testing.T) {
	out := &bytes.Buffer{}
	demo{out: out}.tellPictures()
	if out.Len() > 0 {
		t.Errorf("it says %q", out)
	}
}

// TestAFailingAksidEndsTheDemo: its words are in the error.
func TestAFailingAksidEndsTheDemo(t *testing.T) {
	d := demo{aksid: fakeAksid(t, t.TempDir(), "echo no such luck >&2; exit 1")}
	if err := d.draw(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "no such luck") {
		t.Errorf("want an error with its words, got %v", err)
	}
}

func fakeAksid(t *testing.T, folder, script string) string {
	t.Helper()
	file := filepath.Join(folder, "aksid")
	if err := os.WriteFile(file, []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return file
}
