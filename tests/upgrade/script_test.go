package upgrade

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAPreviousVersionThatGitLacksIsAnError: a shallow checkout does not have it, and must not pass for that.
func TestAPreviousVersionThatGitLacksIsAnError(t *testing.T) {
	root := t.TempDir()
	for name, content := range map[string]string{
		"scripts/record-previous.sh": text(t, filepath.Join("..", "..", "scripts", "record-previous.sh")),
		"tests/upgrade/previous.txt": text(t, "previous.txt"),
	} {
		if err := os.MkdirAll(filepath.Join(root, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, name), []byte(content), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.Command("git", "init", "-q", root).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	out := filepath.Join(root, "out.json.gz")
	said, err := exec.Command(filepath.Join(root, "scripts", "record-previous.sh"), out).CombinedOutput()
	if err == nil || !strings.Contains(string(said), previousVersion(t)) || !strings.Contains(string(said), "git fetch --unshallow") {
		t.Errorf("it should name the version and tell how to get it: %v\n%s", err, said)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("there is a recording, of nothing")
	}
}
