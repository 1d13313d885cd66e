//go:build cli

package tests

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	p "github.com/pulumi/pulumi-go-provider"

	"github.com/aksidentity/pulumi-aksidentity/provider"
)

// distOf builds a release of the source in a folder, for this machine only, and returns where it is and what is in it.
func distOf(t *testing.T, root, version string) (folder string, files map[string]string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "dist")
	build := exec.Command("go", "run", "./dist", "-version", version, "-out", folder, "-platforms", runtime.GOOS+"/"+runtime.GOARCH)
	build.Dir = filepath.Join(root, "tools")
	build.Env = append(os.Environ(), "GOWORK=off")
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", build, err, text)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	files = map[string]string{}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(text)
	}
	return folder, files
}

// copyOfTheSource is what a release is built from, at another place.
func copyOfTheSource(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for _, file := range files(t) {
		if strings.Contains(file, "/testdata/") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(repository(t), file))
		if os.IsNotExist(err) {
			continue // deleted, and git does not know yet
		}
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(root, file), string(text))
	}
	return root
}

// TestAReleaseIsInstalledAndServesTheSchema: two builds at different places are the same, the CLI installs the archive without a network,
// and starts the plugin in it.
func TestAReleaseIsInstalledAndServesTheSchema(t *testing.T) {
	const version = "1.2.3"
	folder, built := distOf(t, repository(t), version)
	_, again := distOf(t, copyOfTheSource(t), version)
	archive := "pulumi-resource-aksidentity-v" + version + "-" + runtime.GOOS + "-" + runtime.GOARCH + ".tar.gz"
	if len(built) != 2 || built[archive] == "" {
		t.Fatalf("an archive and the checksums: got %q", slices.Collect(maps.Keys(built)))
	}
	if !maps.Equal(built, again) {
		t.Error("the same source gives other bytes at another place")
	}
	home := t.TempDir()
	installedCLI(t, home, "plugin", "install", "resource", provider.Name, version, "--file", filepath.Join(folder, archive))
	if got, want := installedCLI(t, home, "package", "get-schema", provider.Name+"@"+version), schemaOf(t, version); got != want {
		t.Errorf("the installed plugin serves another schema than this source: got %d bytes, want %d", len(got), len(want))
	}
}

// installedCLI runs the CLI with a home of its own, where it has to find everything.
func installedCLI(t *testing.T, home string, args ...string) string {
	t.Helper()
	command := exec.Command(os.Getenv("PULUMI_BIN"), args...)
	command.Dir = t.TempDir()
	command.Env = append(os.Environ(), "PULUMI_HOME="+home, "PULUMI_SKIP_UPDATE_CHECK=true", "PULUMI_IGNORE_AMBIENT_PLUGINS=true",
		"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true", "PULUMI_BACKEND_URL=file://"+home)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s%s", command, err, out, &stderr)
	}
	return string(out)
}

func schemaOf(t *testing.T, version string) string {
	t.Helper()
	made, err := provider.New(version)
	if err != nil {
		t.Fatal(err)
	}
	spec, err := p.GetSchema(t.Context(), provider.Name, version, made)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent(spec, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + "\n"
}
