package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPulumiIsAskedForWhatACommandReads: without a file each command asks the CLI, for the stack and in the folder that are given.
func TestPulumiIsAskedForWhatACommandReads(t *testing.T) {
	folder := t.TempDir()
	pulumi := filepath.Join(folder, "pulumi")
	script := "#!/bin/sh\necho \"$PWD: $*\" >> \"" + folder + "/asked\"\n" +
		"case $1 in stack) echo '{\"version\": 3}';; preview) echo '{\"steps\": []}';; esac\n"
	if err := os.WriteFile(pulumi, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	cases := []struct{ command, asks string }{
		{"plan", "preview --json --show-sames --non-interactive --stack dev"},
		{"report", "stack export --non-interactive --stack dev"},
		{"graph", "stack export --non-interactive --stack dev"},
	}
	for _, tc := range cases {
		mustRun(t, nil, tc.command, "--pulumi", pulumi, "--cwd", folder, "--stack", "dev")
		asked, err := os.ReadFile(filepath.Join(folder, "asked"))
		if err != nil || !strings.HasSuffix(string(asked), folder+": "+tc.asks+"\n") {
			t.Errorf("aksid %s: want it to ask %q, got %q %v", tc.command, tc.asks, asked, err)
		}
	}
}

// TestAFailingPulumiIsQuoted: what the CLI says is what its user needs.
func TestAFailingPulumiIsQuoted(t *testing.T) {
	pulumi := filepath.Join(t.TempDir(), "pulumi")
	if err := os.WriteFile(pulumi, []byte("#!/bin/sh\necho 'error: no stack selected' >&2\nexit 255\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := run(t, nil, "report", "--pulumi", pulumi)
	if code != 1 || !strings.Contains(stderr, "no stack selected") || !strings.Contains(stderr, "stack export") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
}
