//go:build cli

package provider_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/provider"
)

func cliPath(t *testing.T) string {
	t.Helper()
	cli := os.Getenv("PULUMI_BIN")
	if cli == "" {
		t.Fatal("PULUMI_BIN must name a Pulumi CLI; `make test` sets it")
	}
	path, err := filepath.Abs(cli)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// cliStack is a stack of the real CLI, attached to the servers.
func cliStack(t *testing.T, w world, attached string) auto.Stack {
	t.Helper()
	root := t.TempDir()
	for _, dir := range []string{"bin", "home", "state"} {
		if err := os.Mkdir(filepath.Join(root, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(cliPath(t), filepath.Join(root, "bin", "pulumi")); err != nil {
		t.Fatal(err)
	}
	command, err := auto.NewPulumiCommand(&auto.PulumiCommandOptions{Root: root})
	if err != nil {
		t.Fatal(err)
	}
	stack, err := auto.UpsertStackInlineSource(t.Context(), "test", "served", served(w.servedArgs()),
		auto.Pulumi(command), auto.PulumiHome(filepath.Join(root, "home")), auto.EnvVars(map[string]string{
			"PULUMI_BACKEND_URL": "file://" + filepath.ToSlash(filepath.Join(root, "state")), "PULUMI_CONFIG_PASSPHRASE": "test",
			"PULUMI_DEBUG_PROVIDERS":                      attached,
			"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true", "PULUMI_SKIP_UPDATE_CHECK": "true",
		}))
	if err != nil {
		t.Fatal(err)
	}
	return stack
}

// TestServeWithCLI: one server serves command after command of the real CLI.
func TestServeWithCLI(t *testing.T) {
	w := newWorld()
	azure, err := azurenative.Serve(t.Context(), w.cloud)
	if err != nil {
		t.Fatal(err)
	}
	ours, err := provider.Serve(t.Context(), version)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = azure.Close()
		_ = ours.Close()
	})
	stack := cliStack(t, w, fmt.Sprintf("%s:%d,%s", azurenative.Name, azure.Port(), ours.Attachment()))
	if _, err := stack.Preview(t.Context()); err != nil {
		t.Fatal(err)
	}
	up, err := stack.Up(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !up.Outputs["kubeconfig"].Secret {
		t.Error("the kubeconfig is not secret")
	}
	if _, err := stack.Up(t.Context(), optup.ExpectNoChanges()); err != nil {
		t.Fatal(err)
	}
	if _, err := stack.Destroy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !w.cloud.Empty() {
		t.Error("destroy left resources behind")
	}
}

// TestPluginBinaryHasTheSchema: the CLI starts the plugin, and gets from it what the provider in this process has.
func TestPluginBinaryHasTheSchema(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "pulumi-resource-aksidentity")
	build := exec.Command("go", "build", "-buildvcs=false", "-ldflags", "-X main.version="+version, "-o", binary,
		"../cmd/pulumi-resource-aksidentity")
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	var stderr bytes.Buffer
	get := exec.Command(cliPath(t), "package", "get-schema", binary)
	get.Env = append(os.Environ(), "PULUMI_HOME="+t.TempDir(), "PULUMI_SKIP_UPDATE_CHECK=true")
	get.Stderr = &stderr
	text, err := get.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &stderr)
	}
	var got schema.PackageSpec
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(tokensOf(specOf(t)), tokensOf(got)); diff != "" {
		t.Errorf("(-in process +plugin):\n%s", diff)
	}
}

func tokensOf(spec schema.PackageSpec) map[string]int {
	counts := map[string]int{"version " + spec.Version: 1}
	for token, r := range spec.Resources {
		counts[token] = len(r.InputProperties)
	}
	for token, o := range spec.Types {
		counts[token] = len(o.Properties)
	}
	return counts
}
