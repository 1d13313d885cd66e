package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// release is what is to be built, and from what.
type release struct {
	root, source string
	beside       []string // files of the root that go into each archive
	version, out string
	platforms    []platform
	log          io.Writer
}

// build makes the archives one after the other: the compiler uses all processors by itself, and all platforms share its cache.
func (r *release) build() error {
	if err := r.check(); err != nil {
		return err
	}
	if err := os.RemoveAll(r.out); err != nil {
		return err
	}
	if err := os.MkdirAll(r.out, 0o755); err != nil {
		return err
	}
	var sums []string
	for _, p := range r.platforms {
		begin := time.Now()
		sum, err := r.buildFor(p)
		if err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
		sums = append(sums, sum)
		fmt.Fprintf(r.log, "%s in %.0f s\n", r.archiveName(p), time.Since(begin).Seconds())
	}
	return r.writeSums(sums)
}

func (r *release) archiveName(p platform) string {
	return fmt.Sprintf("%s-v%s-%s-%s.tar.gz", program, r.version, p.os, p.arch)
}

// buildFor returns the line of the archive in the file of checksums.
func (r *release) buildFor(p platform) (string, error) {
	scratch, err := os.MkdirTemp("", "dist")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(scratch)
	binary := filepath.Join(scratch, p.binary())
	if err := r.compile(p, binary); err != nil {
		return "", err
	}
	entries := []entry{{name: p.binary(), file: binary, executable: true}}
	for _, name := range r.beside {
		entries = append(entries, entry{name: name, file: filepath.Join(r.root, name)})
	}
	text, err := archive(entries)
	if err != nil {
		return "", err
	}
	name := r.archiveName(p)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]) + "  " + name + "\n", os.WriteFile(filepath.Join(r.out, name), text, 0o644)
}

// compile leaves out of the binary what differs between machines: C libraries, the folder of the source (-trimpath), the revision
// (-buildvcs), the identity of the build (-buildid). The debugging tables go too (-s -w); stack traces need none of them.
func (r *release) compile(p platform, binary string) error {
	command := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-mod=readonly",
		"-ldflags", "-s -w -buildid= -X main.version="+r.version, "-o", binary, "./cmd/"+r.source)
	command.Dir = r.root
	command.Env = append(withoutFlags(os.Environ()), "GOOS="+p.os, "GOARCH="+p.arch, "CGO_ENABLED=0", "GOWORK=off",
		// What a processor has beyond the lowest of its kind must not depend on who builds, and the user's flags must not either.
		"GOAMD64=v1", "GOARM64=v8.0", "GOFLAGS=", "GOEXPERIMENT=")
	if text, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%v: %w\n%s", command, err, text)
	}
	return nil
}

// withoutFlags leaves out what a user's environment adds to the compiler by way of cgo; nothing else is read with CGO_ENABLED=0.
func withoutFlags(environment []string) []string {
	return slices.DeleteFunc(slices.Clone(environment), func(line string) bool {
		return len(line) > 4 && line[:4] == "CGO_"
	})
}

// writeSums writes what `sha256sum --check` reads.
func (r *release) writeSums(sums []string) error {
	slices.Sort(sums)
	file, err := os.Create(filepath.Join(r.out, "pulumi-aksidentity_"+r.version+"_checksums.txt"))
	if err != nil {
		return err
	}
	for _, line := range sums {
		if _, err := io.WriteString(file, line); err != nil {
			return err
		}
	}
	return file.Close()
}
