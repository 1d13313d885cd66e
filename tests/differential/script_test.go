package differential

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

// TestThePluginIsFoundOrTheWayToGetItIsTold runs the script of `make differential`.
func TestThePluginIsFoundOrTheWayToGetItIsTold(t *testing.T) {
	folder := t.TempDir()
	plant := func(parts ...string) string {
		path := filepath.Join(append([]string{folder}, parts...)...)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		return path
	}
	onPath := plant("bin", pluginName)
	inHome := plant("home", "plugins", "resource-azure-native-v"+azurenative.Version, pluginName)
	plant("old", "plugins", "resource-azure-native-v2.0.0", pluginName)
	for _, c := range []struct{ name, reason, home, path, want, says string }{
		{"on the path", "it is taken first", "home", filepath.Dir(onPath), onPath, ""},
		{"in Pulumi's home", "where the CLI installs it", "home", "", inHome, ""},
		{"another version", "it is not what we imitate", "old", "", "", "pulumi plugin install resource azure-native v" + azurenative.Version},
		{"nowhere", "one sentence says how to get it", "none", "", "", "pulumi plugin install resource azure-native v" + azurenative.Version},
	} {
		t.Run(c.name, func(t *testing.T) {
			command := exec.Command("../../scripts/azure-native-plugin.sh")
			command.Env = append(os.Environ(), "PULUMI_HOME="+filepath.Join(folder, c.home), "PATH="+c.path+":/usr/bin:/bin")
			var out, errs bytes.Buffer
			command.Stdout, command.Stderr = &out, &errs
			err := command.Run()
			if strings.TrimSpace(out.String()) != c.want || (err == nil) != (c.want != "") || !strings.Contains(errs.String(), c.says) {
				t.Errorf("%s: got %q %v %s", c.reason, out.String(), err, &errs)
			}
			if lines := strings.Count(errs.String(), "\n"); c.want == "" && (lines != 1 || command.ProcessState.ExitCode() != 1) {
				t.Errorf("%s: %d lines, exit code %d", c.reason, lines, command.ProcessState.ExitCode())
			}
		})
	}
}
