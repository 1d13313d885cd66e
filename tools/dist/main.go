// Command dist builds what a release consists of: for each platform an archive with the plugin, as the Pulumi CLI downloads and installs
// it, and a file with the checksums of all archives.
//
//	go run ./dist -version 1.2.3 -out ../dist
//
// The same source, built by the same version of Go, gives the same bytes, on whatever machine, in whatever folder and at whatever time:
// the compiler leaves out paths and revisions, and the archives have fixed times, owners and modes. So anybody can check a release by
// building it.
//
// An archive is called pulumi-resource-aksidentity-v1.2.3-linux-amd64.tar.gz, as the CLI asks for it (standardAssetName in
// pulumi/sdk/v3/go/common/workspace/plugins.go, v3.259.0, read 2026-11-26); it holds the program, the license and the changelog.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// program is the plugin, and the folder of its source below cmd.
const program = "pulumi-resource-aksidentity"

// allPlatforms are those for which the CLI asks for plugins (PluginDescriptor.Download in the same file).
const allPlatforms = "linux/amd64,linux/arm64,darwin/amd64,darwin/arm64,windows/amd64,windows/arm64"

func main() {
	r := release{source: program, beside: []string{"LICENSE", "CHANGELOG.md"}, log: os.Stderr}
	var platforms string
	flag.StringVar(&r.root, "root", "..", "folder of the library's source")
	flag.StringVar(&r.version, "version", "", "version of the release, without a leading v; required")
	flag.StringVar(&r.out, "out", "", "folder to write into; what is in it is removed first; required")
	flag.StringVar(&platforms, "platforms", allPlatforms, "list of OS/ARCH")
	flag.Parse()
	err := r.choose(platforms)
	if err == nil {
		err = r.build()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}

// platform is an operating system and a processor, as Go and Pulumi name them.
type platform struct{ os, arch string }

func (p platform) String() string { return p.os + "/" + p.arch }

// binary is the program's name in the archive: without .exe, Windows does not run it.
func (p platform) binary() string {
	if p.os == "windows" {
		return program + ".exe"
	}
	return program
}

func (r *release) choose(list string) error {
	known := strings.Split(allPlatforms, ",")
	for name := range strings.SplitSeq(list, ",") {
		system, arch, ok := strings.Cut(name, "/")
		if !ok || !slices.Contains(known, name) {
			return fmt.Errorf("-platforms: there is no plugin for %q; known are %s", name, allPlatforms)
		}
		r.platforms = append(r.platforms, platform{system, arch})
	}
	return nil
}

// semanticVersion is what the CLI takes as the version of a plugin (https://semver.org, without build metadata, which Go's module
// versions do not have).
var semanticVersion = regexp.MustCompile(`^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$`)

func (r *release) check() error {
	var problems []error
	if !semanticVersion.MatchString(r.version) {
		problems = append(problems, fmt.Errorf("-version: %q is no version such as 1.2.3 (without a leading v)", r.version))
	}
	if r.out == "" {
		problems = append(problems, errors.New("-out must name a folder"))
	} else if holds(r.out, r.root) {
		problems = append(problems, errors.New("-out: this folder holds the source, and would be emptied"))
	}
	return errors.Join(problems...)
}

// holds tells whether the root is the folder or lies in it.
func holds(folder, root string) bool {
	from, errFrom := filepath.Abs(folder)
	to, errTo := filepath.Abs(root)
	relative, err := filepath.Rel(from, to)
	return errors.Join(errFrom, errTo, err) == nil && filepath.IsLocal(relative)
}
