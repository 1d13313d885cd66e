//go:build cli

package main

import (
	"bytes"
	_ "embed"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/tests/yamlcli"
)

//go:embed testdata/shop.yaml
var shop string

// yamlProject is a project with the program, and what the Pulumi CLI needs in the environment of this process.
func yamlProject(t *testing.T, program string) yamlcli.Project {
	t.Helper()
	p := yamlcli.New(t, azuresim.New(), program)
	for _, setting := range p.Env {
		if name, value, _ := strings.Cut(setting, "="); strings.HasPrefix(name, "PULUMI_") || name == "PATH" {
			t.Setenv(name, value)
		}
	}
	return p
}

// yamlProgram is testdata/shop.yaml with replacements as of strings.NewReplacer.
func yamlProgram(t *testing.T, replacements ...string) string {
	t.Helper()
	changed := strings.NewReplacer(replacements...).Replace(shop)
	if len(replacements) > 0 && changed == shop {
		t.Fatalf("there is nothing to replace: %q", replacements)
	}
	return changed
}

// asked runs aksid with the Pulumi CLI of the tests.
func asked(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	return run(t, nil, append(args, "--pulumi", os.Getenv("PULUMI_BIN"))...)
}

// TestAStackIsToldByTheRealCLI: by folder, by stack and by plain name; before the deployment, after it, and when something goes.
func TestAStackIsToldByTheRealCLI(t *testing.T) {
	p := yamlProject(t, yamlProgram(t))
	says := func(wants []string, args ...string) {
		t.Helper()
		code, stdout, stderr := asked(t, args...)
		for _, want := range wants {
			if code != 0 || !strings.Contains(stdout, want) || strings.Contains(stdout+stderr, "clusters:") {
				t.Errorf("aksid %v: want %q and no kubeconfig, got %d\n%s%s", args, want, code, stdout, stderr)
			}
		}
	}
	planned := []string{"shop/dev", "Grants: 2 new.", "Network Contributor", "subnets.nodes", "pull images"}
	says(planned, "plan", "--width", "150", "--cwd", p.Folder)
	says(planned, "plan", "--width", "150", "--cwd", p.Folder, "--stack", "dev")
	says([]string{"an empty stack"}, "report", "dev", "--cwd", p.Folder)

	t.Chdir(p.Folder)
	t.Setenv("PULUMI_ENABLE_STREAMING_JSON_PREVIEW", "true")
	says(planned, "plan", "dev", "--width", "150")
	says([]string{"Microsoft.ContainerService/managedClusters/write"}, "deployer", "dev", "--format", "text", "--width", "200")
	p.Must("up", "--yes", "--skip-preview")
	says([]string{"Grants: 2 unchanged."}, "plan", "dev")
	held := []string{"3 identities", "2 grants", "AcrPull", "join nodes"}
	says(held, "report", "dev")
	says(held, "report")
	t.Setenv("PULUMI_CONFIG_PASSPHRASE", "of somebody else")
	says(held, "report", "dev") // nothing is decrypted
	says([]string{"AcrPull"}, "graph", "dev", "--format", "mermaid")
	says([]string{"nothing to say about 1 cluster"}, "audit", "dev")
	t.Setenv("PULUMI_CONFIG_PASSPHRASE", "test")
	p.Write(yamlProgram(t, "registryIds:\n        images: ${images.id}", "registryIds: {}"))
	says([]string{"Grants: 1 gone, 1 unchanged."}, "plan", "dev")

	open := filepath.Join(t.TempDir(), "open.json")
	p.Must("stack", "export", "--show-secrets", "--file", open)
	text, err := os.ReadFile(open)
	if err != nil || !bytes.Contains(text, []byte("clusters:")) {
		t.Fatalf("the opened state has no kubeconfig: %v", err)
	}
	says(held, "report", open)
	says(held[2:], "report", open, "--format", "markdown")
	says([]string{"AcrPull"}, "report", open, "--format", "json")
	says([]string{"nothing to say"}, "audit", open)
}

// TestWhatFailsInTheRealCLIIsTold: what the component, the language host and the CLI say is passed on, and never a secret.
func TestWhatFailsInTheRealCLIIsTold(t *testing.T) {
	p := yamlProject(t, yamlProgram(t))
	p.Must("config", "set", "--secret", "subnet", "hunter2")
	t.Chdir(p.Folder)
	plan := []string{"plan", "--width", "500"}
	secret := []string{"runtime: yaml\n", "runtime: yaml\nconfig:\n  subnet:\n    type: string\n    secret: true\n", "subnet: nodes", "subnet: ${subnet}"}
	cases := []struct {
		name, reason string
		program      []string
		args         []string
		says         []string
	}{
		{"problems", "every problem of the component, with its argument, on a line of its own",
			[]string{"nodes: ${nodes.id}", "nodes: not-an-id", "images: ${images.id}", "images: /x"}, plan,
			[]string{"The preview failed: aksidentity:index:ManagedIdentityCluster resource 'aks' has a problem: 2 problems in", "\n  - registryIds.images: ", "\n  - subnets.nodes: \"not-an-id\" is"}},
		{"secret", "a problem about a secret does not show it", secret, plan, []string{"The preview failed: ", "\n  - systemPool.subnet: it is secret"}},
		{"secret, for the deployer", "nor does another command", secret, []string{"deployer"}, []string{"the preview failed, so nobody knows what will be deployed", "systemPool.subnet: it is secret"}},
		{"misspelled argument", "the YAML host writes it to the standard error, and the preview looks like an empty one",
			[]string{"systemPool:", "systemPol:"}, plan, []string{"The preview failed: Error: Property systemPol does not exist"}},
		{"no YAML", "the CLI says it, and writes no preview", []string{"name: shop", "name: ["}, plan, []string{"aksid: ", "preview --json", "invalid YAML file"}},
		{"no such stack", "the CLI says it", nil, []string{"plan", "--stack", "nosuch"}, []string{"no stack named 'nosuch' found"}},
		{"no such name", "it may have been meant as a file", nil, []string{"report", "nosuch"}, []string{"there is no file nosuch, and the stack of that name cannot be read", "no stack named 'nosuch' found"}},
		{"no project", "the CLI says it", nil, []string{"plan", "--cwd", t.TempDir()}, []string{"no Pulumi.yaml project file found"}},
		{"no folder", "a slip", nil, []string{"plan", "--cwd", filepath.Join(p.Folder, "missing")}, []string{"missing"}},
		{"two stacks", "only one can be meant", nil, []string{"plan", "dev", "--stack", "prod"}, []string{"give either a file, or a stack"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			p.Write(yamlProgram(t, tc.program...))
			code, stdout, stderr := asked(t, tc.args...)
			said := stdout + stderr
			for _, want := range tc.says {
				if code != 1 || !strings.Contains(said, want) {
					t.Errorf("%s: want exit code 1 and %q, got %d\n%s", tc.reason, want, code, said)
				}
			}
			if strings.Contains(said, "hunter2") || strings.Contains(said, "No grants") || strings.Contains(said, "\x1b") {
				t.Errorf("a secret, colours, or a failed preview that looks like an empty one:\n%s", said)
			}
		})
	}
	p.Write(yamlProgram(t))
	t.Setenv("PULUMI_CONFIG_PASSPHRASE", "wrong")
	if code, _, stderr := asked(t, "plan"); code != 1 || !strings.Contains(stderr, "incorrect passphrase") {
		t.Errorf("%d %s", code, stderr)
	}
}
