package tests

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	"gopkg.in/yaml.v3"
)

const releaseWorkflow = ".github/workflows/release.yml"

// workflow is what is of interest in one of GitHub's. `make lint` reads it whole.
type workflow struct {
	On struct {
		Push struct{ Tags []string }
	}
	Jobs map[string]struct {
		Needs string
		Steps []struct{ Run string }
	}
}

// TestTheReleaseWorkflowCallsWhatThereIs: its first run must not be the first time that somebody notices.
func TestTheReleaseWorkflowCallsWhatThereIs(t *testing.T) {
	var release workflow
	if err := yaml.Unmarshal([]byte(read(t, releaseWorkflow)), &release); err != nil {
		t.Fatal(err)
	}
	makefile, called := read(t, "Makefile"), map[string]bool{}
	target := regexp.MustCompile(`\bmake ([a-z-]+)`)
	program := regexp.MustCompile(`(?m)(?:^|[ (])((?:scripts|\.ci)/[\w./-]+)`)
	for _, job := range release.Jobs {
		for _, step := range job.Steps {
			for _, match := range target.FindAllStringSubmatch(step.Run, -1) {
				called[match[1]] = true
				if !strings.Contains(makefile, "\n"+match[1]+": ") {
					t.Errorf("%q: the Makefile has no target %s", step.Run, match[1])
				}
			}
			for _, match := range program.FindAllStringSubmatch(step.Run, -1) {
				called[match[1]] = true
				info, err := os.Stat(filepath.Join(repository(t), match[1]))
				if err != nil || info.Mode()&0o111 == 0 {
					t.Errorf("%q: there is no program %s", step.Run, match[1])
				}
			}
		}
	}
	for _, needed := range []string{"dist", "schema-breaks", "scripts/release-notes.sh", ".ci/run", "test-upgrade"} {
		if !called[needed] {
			t.Errorf("a release does without %s", needed)
		}
	}
	if publish := release.Jobs["publish"]; publish.Needs != "check" || len(release.On.Push.Tags) != 1 {
		t.Errorf("a tag publishes after the checks: got %v after %q", release.On.Push.Tags, publish.Needs)
	}
}

// TestTheNextVersionIsOne: tags, archives and the SDK for Go are named by it.
func TestTheNextVersionIsOne(t *testing.T) {
	if _, err := semver.Parse(strings.TrimSpace(read(t, "VERSION"))); err != nil {
		t.Errorf("VERSION: %v", err)
	}
}

// TestReleaseNotesAreTheSectionOfTheVersion, and a version without one is not released.
func TestReleaseNotesAreTheSectionOfTheVersion(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "scripts", "release-notes.sh"), read(t, "scripts/release-notes.sh"))
	write(t, filepath.Join(root, "CHANGELOG.md"), "# Changelog\n\n## Unreleased\n\n- soon\n\n## 0.1.10 (2026-12-02)\n\n- ten\n\n## 0.1.1\n\n- one;\n- two\n\n## 0.1.0\n")
	cases := []struct{ name, reason, version, want string }{
		{"middle", "up to the next heading", "0.1.1", "- one;\n- two\n"},
		{"with a date", "a heading may say more", "0.1.10", "- ten\n"},
		{"without lines", "nobody would know what it brings", "0.1.0", ""},
		{"unknown", "it has no section", "9.9.9", ""},
		{"a dot for any letter", "versions are no patterns", "0.1x1", ""},
		{"none", "the workflow forgot it", "", ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			out, err := exec.Command(filepath.Join(root, "scripts", "release-notes.sh"), tc.version).Output()
			if strings.TrimSpace(string(out)) != strings.TrimSpace(tc.want) || (err == nil) != (tc.want != "") {
				t.Errorf("%s: got %q, %v", tc.reason, out, err)
			}
		})
	}
}

// TestThePluginCanBeBuiltFromSource: `pulumi package add` finds beside the program how to run it, and which CLI is new enough: the first
// one with which components wait until grants work.
func TestThePluginCanBeBuiltFromSource(t *testing.T) {
	const folder = "cmd/pulumi-resource-aksidentity/"
	project, err := workspace.LoadPluginProject(filepath.Join(repository(t), folder, "PulumiPlugin.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if project.Runtime.Name() != "go" || !strings.Contains(read(t, folder+"main.go"), "\npackage main\n") {
		t.Errorf("the CLI compiles the folder with Go: got %s", project.Runtime.Name())
	}
	since := regexp.MustCompile(`hooksSince = "(.+)"`).FindStringSubmatch(read(t, "components/engine.go"))
	if since == nil {
		t.Fatal("components/engine.go does not say since when there are hooks")
	}
	if project.RequiredPulumiVersion != ">="+since[1] {
		t.Errorf("needed is CLI %s, the file says %q", since[1], project.RequiredPulumiVersion)
	}
	accepts, err := semver.ParseRange(project.RequiredPulumiVersion)
	if err != nil || !accepts(semver.MustParse(since[1])) {
		t.Errorf("the CLI cannot read %q: %v", project.RequiredPulumiVersion, err)
	}
}
