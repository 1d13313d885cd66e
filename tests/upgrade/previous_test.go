package upgrade

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// elsewhere are the examples that are not deployed here, with the reason.
var elsewhere = map[string]string{
	"automation": "its program is inside the tool, and the cluster in it is that of existing-network/user-assigned",
}

// TestEveryExampleIsUpgraded: none is forgotten, of today's and of those that the previous version had.
func TestEveryExampleIsUpgraded(t *testing.T) {
	previous := mustRead(t, *previousRecording)
	deployedHere, today := map[string]bool{}, exampleFolders(t)
	for _, d := range deployments() {
		deployedHere[d.example] = true
		if _, recorded := previous.Deployments[d.name()]; !recorded && slices.Contains(previous.Examples, d.example) && d.variant == "" {
			t.Errorf("the previous version had the example %s, and there is no recording of it: run make record-previous", d.example)
		}
	}
	for _, example := range today {
		if deployedHere[example] == (elsewhere[example] != "") {
			t.Errorf("examples/%s must be either in deployments, and so be upgraded, or in elsewhere, with the reason", example)
		}
	}
	for _, example := range previous.Examples {
		if !slices.Contains(today, example) {
			t.Errorf("the previous version had the example %s: nobody knows what becomes of those who deployed it", example)
		}
	}
	for _, e := range explained {
		if !slices.ContainsFunc(deployments(), func(d deployment) bool { return d.name() == e.deployment }) {
			t.Errorf("explained_test.go explains %s, and there is no such deployment", e.deployment)
		}
	}
	for name := range previous.Deployments {
		if !slices.ContainsFunc(deployments(), func(d deployment) bool { return d.name() == name }) {
			t.Errorf("the previous version deployed %s, and nothing in deployments goes on with it", name)
		}
	}
}

// TestTheRecordingIsOfThePreviousVersion: who moves previous.txt records anew.
func TestTheRecordingIsOfThePreviousVersion(t *testing.T) {
	previous, version := mustRead(t, filepath.Join("testdata", "previous.json.gz")), previousVersion(t)
	if previous.Version != version {
		t.Errorf("previous.txt names %s, and the recording is of %s: run make record-previous", version, previous.Version)
	}
	if len(previous.Commit) != 40 || previous.Date == "" {
		t.Errorf("the recording does not tell its commit (%q) and the date of that (%q)", previous.Commit, previous.Date)
	}
}

// TestThePreviousVersionIsTheLastRelease: the one before the version that VERSION announces.
func TestThePreviousVersionIsTheLastRelease(t *testing.T) {
	version, released := previousVersion(t), lastRelease(t)
	_, err := os.Stat(filepath.Join("testdata", "recorder"))
	switch {
	case released == "" && !regexp.MustCompile(`^[0-9a-f]{40}$`).MatchString(version):
		t.Errorf("nothing has been released, so previous.txt names a commit in full, not %s", version)
	case released != "" && version != "v"+released:
		t.Errorf("the last release is %s, and previous.txt names %s: write v%[1]s and run make record-previous", released, version)
	case released != "" && err == nil:
		t.Error("a release has a recorder of its own: remove testdata/recorder")
	}
}

// lastRelease is the newest version of the changelog that is not the one to come; "" when there is none.
func lastRelease(t *testing.T) string {
	t.Helper()
	next := strings.TrimSpace(text(t, filepath.Join("..", "..", "VERSION")))
	changelog := text(t, filepath.Join("..", "..", "CHANGELOG.md"))
	for _, heading := range regexp.MustCompile(`(?m)^## (\d\S*)`).FindAllStringSubmatch(changelog, -1) {
		if heading[1] != next {
			return heading[1]
		}
	}
	return ""
}

// previousVersion is the one line of previous.txt that is no comment.
func previousVersion(t *testing.T) string {
	t.Helper()
	var lines []string
	for line := range strings.Lines(text(t, "previous.txt")) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	if len(lines) != 1 {
		t.Fatalf("previous.txt names one version, not %q", lines)
	}
	return lines[0]
}

func text(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
