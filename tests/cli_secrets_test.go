//go:build cli

package tests

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/debug"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optpreview"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optrefresh"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/tests/arguments"
	"github.com/aksidentity/pulumi-aksidentity/tests/yamlcli"
)

// planted are marked as secret in the program; the last one comes from the configuration.
var planted = []string{"zqtagmarker", "zqdnsmarker", "zqlabelmarker", "zqPassw0rdmarker", "zqconfigmarker"}

// withSecrets is a cluster with secrets in its own resource, in a further pool, and in what it does not model.
func withSecrets(ctx *pulumi.Context) *clusterArgs {
	secret := func(text string) pulumi.StringOutput {
		return pulumi.ToSecret(pulumi.String(text)).(pulumi.StringOutput)
	}
	args := baseCluster(way{"UserAssigned", "builtin"})
	args.Tags = pulumi.StringMap{"program": secret("zqtagmarker"), "config": config.New(ctx, "").RequireSecret("token")}
	args.DNSPrefix = secret("zqdnsmarker").ToStringPtrOutput()
	args.Pools = []*components.NodePoolArgs{{Name: "web", NodeLabels: pulumi.StringMap{"label": secret("zqlabelmarker")}}}
	args.AdditionalProperties = pulumi.Map{"windowsProfile": pulumi.Map{
		"adminUsername": pulumi.String("azureuser"), "adminPassword": secret("zqPassw0rdmarker"),
	}}
	return args
}

// secretPrograms are the same cluster in Go and as a program in another language asks for it.
func secretPrograms() map[string]pulumi.RunFunc {
	return map[string]pulumi.RunFunc{
		"Go": func(ctx *pulumi.Context) error { return clusterProgram(withSecrets(ctx))(ctx) },
		"served": func(ctx *pulumi.Context) error {
			return ctx.RegisterRemoteComponentResource(components.ManagedIdentityClusterToken, "aks", arguments.Properties(withSecrets(ctx)),
				&struct{ pulumi.ResourceState }{})
		},
	}
}

// rpcLogs are the lines in which the engine logs what goes over its protocol, from level 9 on (pulumi 3.259.0, plugin/rpc.go).
var rpcLogs = regexp.MustCompile(`(Unm|M)arshaling property for RPC`)

// TestSecretsThroughTheCLI: the whole life of a stack with the real CLI leaves no secret in what it prints, in its event log, or in any
// file: state, backup, history, log. With -v=9 the engine prints secrets in the lines about its protocol, and nowhere else; no component
// can prevent that. With -v=8 it prints none.
func TestSecretsThroughTheCLI(t *testing.T) {
	for name, program := range secretPrograms() {
		t.Run(name, func(t *testing.T) {
			stack := newCLIStack(t, yamlcli.Attach(t, azuresim.New()), program)
			if err := stack.SetConfig(t.Context(), "token", auto.ConfigValue{Value: planted[len(planted)-1], Secret: true}); err != nil {
				t.Fatal(err)
			}
			for what, text := range secretLife(t, stack) {
				hasNoSecrets(t, what, text)
			}
			if name == "Go" { // the engine's own lines are the same for both
				secretsInLogs(t, stack)
			}
			t.Logf("%s: looked into what the CLI printed, its event log, its logs and %d files", name, filesWithoutSecrets(t, stack))
		})
	}
}

// secretLife takes the stack through its life, and answers what was printed.
func secretLife(t *testing.T, stack auto.Stack) map[string]string {
	t.Helper()
	said := map[string]string{}
	note := func(what, stdout, stderr string, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if said[what] = stdout + stderr; said[what] == "" {
			t.Errorf("%s says nothing", what)
		}
	}
	ctx := context.Background()
	preview, err := stack.Preview(ctx, optpreview.Diff())
	note("preview", preview.StdOut, preview.StdErr, err)
	log := newEventLog(t)
	up, err := stack.Up(ctx, optup.EventStreams(log.channel), optup.Diff())
	note("up", up.StdOut, up.StdErr, err)
	log.done.Wait()
	note("events", log.text.String(), "", nil)
	refresh, err := stack.Refresh(ctx, optrefresh.ShowSecrets(false))
	note("refresh", refresh.StdOut, refresh.StdErr, err)
	note("export", exportOf(ctx, t, stack), "", nil)
	return said
}

func secretsInLogs(t *testing.T, stack auto.Stack) {
	t.Helper()
	verbose := secretsWithLogs(t, stack, 9)
	if !strings.Contains(verbose, planted[0]) {
		t.Error("the engine no longer logs secrets with -v=9: say so in docs/secrets.md")
	}
	for line := range strings.Lines(verbose) {
		if !rpcLogs.MatchString(line) {
			hasNoSecrets(t, "log with -v=9", line)
		}
	}
	hasNoSecrets(t, "log with -v=8", secretsWithLogs(t, stack, 8))
}

// secretsWithLogs is what the CLI logs to its standard error in a deployment.
func secretsWithLogs(t *testing.T, stack auto.Stack, level uint) string {
	t.Helper()
	up, err := stack.Up(context.Background(), optup.DebugLogging(debug.LoggingOptions{LogLevel: &level, LogToStdErr: true}))
	if err != nil {
		t.Fatal(err)
	}
	if len(up.StdErr) < 10_000 {
		t.Errorf("-v=%d logs %d bytes only", level, len(up.StdErr))
	}
	return up.StdErr
}

func hasNoSecrets(t *testing.T, what, text string) {
	t.Helper()
	for _, secret := range planted {
		if at := strings.Index(text, secret); at >= 0 {
			t.Errorf("%s holds %s in plain text: %q", what, secret, text[max(0, at-200):min(len(text), at+100)])
		}
	}
}

// filesWithoutSecrets looks into every file that the CLI has written, and answers how many there are.
func filesWithoutSecrets(t *testing.T, stack auto.Stack) (count int) {
	t.Helper()
	seen := map[string]bool{}
	root := filepath.Dir(stack.Workspace().WorkDir())
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		hasNoSecrets(t, path, string(content))
		count++
		for _, kind := range []string{"backups", "history", "stacks", "logs"} {
			seen[kind] = seen[kind] || strings.Contains(path, string(filepath.Separator)+kind+string(filepath.Separator))
		}
		return err
	})
	if err != nil || len(seen) != 4 || !seen["backups"] || !seen["history"] || !seen["stacks"] || !seen["logs"] {
		t.Errorf("not all kinds of files were there to look into: %v %v", seen, err)
	}
	return count
}
