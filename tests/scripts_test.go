package tests

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// scriptTree is a copy of what scripts/pulumi-cli.sh needs, with a build script that makes a CLI of version v9.9.9 in no
// time, and a tools/go.mod that asks for v3.259.0.
func scriptTree(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	script, err := os.ReadFile(filepath.Join(repository(t), "scripts", "pulumi-cli.sh"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(root, "scripts", "pulumi-cli.sh"), string(script))
	write(t, filepath.Join(root, "scripts", "build-tool.sh"), `#!/bin/sh
mkdir -p "${0%/*}/../bin"
echo "built $1"
echo made >"${0%/*}/../bin/$1"
`)
	write(t, filepath.Join(root, "tools", "go.mod"), "module x\n\nrequire (\n\tgithub.com/pulumi/pulumi/pkg/v3 v3.259.0 // indirect\n)\n")
	return root
}

// write makes an executable file.
func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o755); err != nil {
		t.Fatal(err)
	}
}

// fakeCLI is a program that says it is a Pulumi CLI of the given version.
func fakeCLI(t *testing.T, path, version string) string {
	t.Helper()
	write(t, path, "#!/bin/sh\necho '"+version+"'\n")
	return path
}

// runScript runs pulumi-cli.sh with a PATH that begins with folder, and returns what it prints on standard output.
func runScript(t *testing.T, root, folder, pulumiBin string) (stdout, stderr string, err error) {
	t.Helper()
	command := exec.Command(filepath.Join(root, "scripts", "pulumi-cli.sh"))
	command.Env = append(os.Environ(), "PATH="+folder+":"+pathWithoutPulumi(), "PULUMI_BIN="+pulumiBin)
	var out, errs bytes.Buffer
	command.Stdout, command.Stderr = &out, &errs
	err = command.Run()
	return strings.TrimSpace(out.String()), errs.String(), err
}

// pathWithoutPulumi is the PATH without the folders that hold a pulumi.
func pathWithoutPulumi() string {
	var kept []string
	for _, folder := range filepath.SplitList(os.Getenv("PATH")) {
		if _, err := os.Stat(filepath.Join(folder, "pulumi")); err != nil {
			kept = append(kept, folder)
		}
	}
	return strings.Join(kept, ":")
}

func TestPulumiCLIScriptChoosesByVersion(t *testing.T) {
	cases := []struct {
		name    string
		reason  string
		version string
		taken   bool
	}{
		{"the very version", "it is what tools/go.mod names", "v3.259.0", true},
		{"without the v", "some builds print none", "3.259.0", true},
		{"newer", "a newer minor version runs older programs", "v3.260.0", true},
		{"newer by number, not by letter", "numbers are compared as numbers", "v3.1000.0", true},
		{"older by number, not by letter", "v3.99 sorts after v3.259 as text", "v3.99.0", false},
		{"older", "the Automation API refuses a CLI older than its SDK", "v3.258.9", false},
		{"newer patch", "patches count", "v3.259.1", true},
		{"a development build after it", "a newer pre-release holds all of the release", "v3.260.0-alpha.1712", true},
		{"a pre-release of it", "a pre-release comes before its release", "v3.259.0-alpha.1", false},
		{"with build metadata", "metadata does not count", "v3.259.0+dirty", true},
		{"the next major version", "a major version may change everything", "v4.0.0", false},
		{"no version", "a CLI built without a version is refused by the Automation API", "", false},
		{"something else", "a program that only has the name", "usage: pulumi", false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			root, folder := scriptTree(t), t.TempDir()
			want := fakeCLI(t, filepath.Join(folder, "pulumi"), tc.version)
			if !tc.taken {
				want = filepath.Join(root, "bin", "pulumi")
			}
			got, stderr, err := runScript(t, root, folder, "")
			if err != nil || got != want {
				t.Errorf("%s: got %q (%v), want %q\n%s", tc.reason, got, err, want, stderr)
			}
		})
	}
}

func TestPulumiCLIScriptTakesTheBuiltOne(t *testing.T) {
	root := scriptTree(t)
	want := fakeCLI(t, filepath.Join(root, "bin", "pulumi"), "v3.259.0")
	got, stderr, err := runScript(t, root, t.TempDir(), "")
	if err != nil || got != want || strings.Contains(stderr, "built pulumi") {
		t.Errorf("a CLI that was built before is not built again: got %q (%v)\n%s", got, err, stderr)
	}
}

func TestPulumiCLIScriptObeysPulumiBin(t *testing.T) {
	root, folder := scriptTree(t), t.TempDir()
	fakeCLI(t, filepath.Join(folder, "pulumi"), "v3.300.0")
	chosen := fakeCLI(t, filepath.Join(folder, "mine"), "v3.259.0")
	if got, stderr, err := runScript(t, root, folder, chosen); err != nil || got != chosen {
		t.Errorf("PULUMI_BIN comes before the PATH: got %q (%v)\n%s", got, err, stderr)
	}
	old := fakeCLI(t, filepath.Join(folder, "old"), "v3.10.0")
	got, stderr, err := runScript(t, root, folder, old)
	if err == nil || got != "" || !strings.Contains(stderr, "v3.259.0") {
		t.Errorf("a CLI that was asked for and is too old is an error that names the version: got %q (%v)\n%s", got, err, stderr)
	}
}

func TestBuildToolRefusesUnknownTools(t *testing.T) {
	command := exec.Command(filepath.Join(repository(t), "scripts", "build-tool.sh"), "something")
	out, err := command.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "usage:") {
		t.Errorf("an unknown tool is refused with the usage: %v\n%s", err, out)
	}
}
