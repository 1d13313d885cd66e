//go:build cli

package yamlcli

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/provider"
)

// Attach serves the cloud and our components until the test ends, and answers the value of PULUMI_DEBUG_PROVIDERS with which a CLI finds
// both.
func Attach(t *testing.T, cloud azurenative.Cloud) string {
	t.Helper()
	azure, err := azurenative.Serve(t.Context(), cloud)
	if err != nil {
		t.Fatal(err)
	}
	ours, err := provider.Serve(t.Context(), "1.0.0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = azure.Close()
		_ = ours.Close()
	})
	return fmt.Sprintf("%s:%d,%s", azurenative.Name, azure.Port(), ours.Attachment())
}

// Project is a folder with a program in YAML, and the environment of a CLI that attaches to both providers.
type Project struct {
	// Folder has the program in Pulumi.yaml.
	Folder string
	// Env is the environment of the CLI.
	Env []string
	t   *testing.T
}

// New makes the project with a stack of its own. The CLI finds the language host of YAML, which is no part of the CLI that we build
// ourselves, on the PATH; `make test` builds it.
func New(t *testing.T, cloud azurenative.Cloud, program string) Project {
	t.Helper()
	host := filepath.Join(repository(t), "bin", "pulumi-language-yaml")
	if _, err := os.Stat(host); err != nil || os.Getenv("PULUMI_BIN") == "" {
		t.Fatalf("PULUMI_BIN must name a Pulumi CLI, and %s must be there: `make test` sees to both", host)
	}
	p, home := Project{t: t, Folder: t.TempDir()}, t.TempDir()
	p.Env = append(os.Environ(), "PULUMI_HOME="+home, "PULUMI_BACKEND_URL=file://"+filepath.ToSlash(home), "PULUMI_CONFIG_PASSPHRASE=test",
		"PATH="+filepath.Dir(host)+string(os.PathListSeparator)+os.Getenv("PATH"), "PULUMI_DEBUG_PROVIDERS="+Attach(t, cloud),
		"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true", "PULUMI_SKIP_UPDATE_CHECK=true")
	p.Write(program)
	p.Must("stack", "init", "dev")
	return p
}

// repository is the root of the checkout, above the folder of the test; there are modules of their own in it.
func repository(t *testing.T) string {
	t.Helper()
	at, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(at, "scripts", "pulumi-cli.sh")); err == nil {
			return at
		}
		if filepath.Dir(at) == at {
			t.Fatal("no folder above the test has scripts/pulumi-cli.sh")
		}
		at = filepath.Dir(at)
	}
}

// Write puts another program into the folder.
func (p Project) Write(program string) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.Folder, "Pulumi.yaml"), []byte(program), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// Run runs a command of the CLI, and answers what it printed.
func (p Project) Run(args ...string) (string, error) {
	command := exec.CommandContext(p.t.Context(), os.Getenv("PULUMI_BIN"), append(args, "--non-interactive", "--color=never")...)
	command.Dir, command.Env = p.Folder, p.Env
	out, err := command.CombinedOutput()
	return string(out), err
}

// Must is Run for a command that has to succeed.
func (p Project) Must(args ...string) string {
	p.t.Helper()
	out, err := p.Run(args...)
	if err != nil {
		p.t.Fatalf("pulumi %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}
