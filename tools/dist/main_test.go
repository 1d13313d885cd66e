package main

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// source is a small library with a plugin that prints its version, changed at the given time.
func source(t *testing.T, at time.Time) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":                      "module example.com/small\n\ngo 1.25\n",
		"LICENSE":                     "take it\n",
		"cmd/" + program + "/main.go": "package main\n\nvar version string\n\nfunc main() { print(version) }\n",
	} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// built is the content of the files that a release consists of.
func built(t *testing.T, root, version string, platforms string) map[string]string {
	t.Helper()
	r := release{root: root, source: program, beside: []string{"LICENSE"}, version: version, out: filepath.Join(t.TempDir(), "dist"), log: io.Discard}
	if err := errors.Join(r.choose(platforms), r.build()); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	entries, err := os.ReadDir(r.out)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(r.out, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(text)
	}
	return files
}

var here = runtime.GOOS + "/" + runtime.GOARCH

// TestTheSameSourceGivesTheSameBytes: neither the folder nor the time nor the environment of a build can be seen in it; the version can.
func TestTheSameSourceGivesTheSameBytes(t *testing.T) {
	first := built(t, source(t, time.Unix(1e9, 0)), "1.2.3", here)
	t.Setenv("GOFLAGS", "-buildvcs=auto -tags=other")
	t.Setenv("CGO_CFLAGS", "-O1")
	t.Setenv("GOAMD64", "v3")
	second := built(t, source(t, time.Now()), "1.2.3", here)
	if len(first) != 2 || len(second) != 2 {
		t.Fatalf("an archive and the checksums: got %d and %d files", len(first), len(second))
	}
	for name, text := range first {
		if second[name] != text {
			t.Errorf("%s is different the second time", name)
		}
	}
	name := program + "-v1.2.3-" + runtime.GOOS + "-" + runtime.GOARCH + ".tar.gz"
	sum := sha256.Sum256([]byte(first[name]))
	if want := hex.EncodeToString(sum[:]) + "  " + name + "\n"; first["pulumi-aksidentity_1.2.3_checksums.txt"] != want {
		t.Errorf("checksums: got %q, want %q", first["pulumi-aksidentity_1.2.3_checksums.txt"], want)
	}
}

// TestArchivesHoldTheProgram: it runs, knows its version, and is called as the platform wants it.
func TestArchivesHoldTheProgram(t *testing.T) {
	files := built(t, source(t, time.Now()), "1.2.3-rc.1", here+",windows/arm64")
	prefix := program + "-v1.2.3-rc.1-"
	cases := []struct{ name, reason, archive, binary string }{
		{"here", "this very machine", prefix + runtime.GOOS + "-" + runtime.GOARCH + ".tar.gz", platform{os: runtime.GOOS}.binary()},
		{"windows", "it runs files by their ending", prefix + "windows-arm64.tar.gz", program + ".exe"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			entries := unpacked(t, files[tc.archive])
			binary, license := entries[tc.binary], entries["LICENSE"]
			if len(entries) != 2 || binary.header.Mode != 0o755 || license.header.Mode != 0o644 || license.text != "take it\n" {
				t.Fatalf("%s: %v", tc.reason, entries)
			}
			if !binary.header.ModTime.Equal(changed) || binary.header.Uname != "" || binary.header.Uid != 0 {
				t.Errorf("%s: the archive tells who built it and when: %v", tc.reason, binary.header)
			}
		})
	}
	if got := run(t, unpacked(t, files[cases[0].archive])[cases[0].binary].text); got != "1.2.3-rc.1" {
		t.Errorf("the program takes itself for %q", got)
	}
}

type unpackedEntry struct {
	header *tar.Header
	text   string
}

func unpacked(t *testing.T, archive string) map[string]unpackedEntry {
	t.Helper()
	zipped, err := gzip.NewReader(strings.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	entries := map[string]unpackedEntry{}
	files := tar.NewReader(zipped)
	for {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			return entries
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(files)
		if err != nil {
			t.Fatal(err)
		}
		entries[header.Name] = unpackedEntry{header, string(text)}
	}
}

func run(t *testing.T, program string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "program.exe")
	if err := os.WriteFile(file, []byte(program), 0o755); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(file).CombinedOutput()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestAWrongCallBuildsNothing: every mistake is told, with what to do.
func TestAWrongCallBuildsNothing(t *testing.T) {
	root := source(t, time.Now())
	cases := []struct{ name, reason, version, out, platforms, want string }{
		{"no version", "the plugin has to know it", "", "x", here, "-version"},
		{"tag", "archives add the v themselves", "v1.2.3", "x", here, "without a leading v"},
		{"no version at all", "the CLI would not find it", "latest", "x", here, "no version such as 1.2.3"},
		{"no folder", "nobody would find the archives", "1.2.3", "", here, "-out must name a folder"},
		{"the source", "it would be emptied", "1.2.3", root, here, "holds the source"},
		{"above the source", "it would be emptied as well", "1.2.3", filepath.Dir(root), here, "holds the source"},
		{"unknown platform", "the CLI asks for none such", "1.2.3", "x", "plan9/amd64", `no plugin for "plan9/amd64"`},
		{"half a platform", "both halves are needed", "1.2.3", "x", "linux", `no plugin for "linux"`},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			out := tc.out
			if out == "x" {
				out = filepath.Join(t.TempDir(), "dist")
			}
			r := release{root: root, source: program, version: tc.version, out: out, log: io.Discard}
			err := r.choose(tc.platforms)
			if err == nil {
				err = r.build()
			}
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%s: got %v, want %q", tc.reason, err, tc.want)
			}
			if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
				t.Error("the source is gone")
			}
		})
	}
}
