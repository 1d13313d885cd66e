//go:build cli

package tests

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/events"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optdestroy"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optpreview"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optrefresh"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/examples/existing-network/program"
)

// attached is the value of PULUMI_DEBUG_PROVIDERS with which a CLI finds the simulated Azure.
func attached(server *azurenative.Server) string {
	return fmt.Sprintf("%s:%d", azurenative.Name, server.Port())
}

// newCLIStack is a stack on the real CLI that finds its providers where providers says.
func newCLIStack(t *testing.T, providers string, run pulumi.RunFunc) auto.Stack {
	t.Helper()
	cli := os.Getenv("PULUMI_BIN")
	if cli == "" {
		t.Fatal("PULUMI_BIN must name a Pulumi CLI; `make test` sets it")
	}
	folder := t.TempDir()
	for _, name := range []string{"home", "work", "state", "cli/bin"} {
		if err := os.MkdirAll(filepath.Join(folder, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(cli, filepath.Join(folder, "cli", "bin", "pulumi")); err != nil {
		t.Fatal(err)
	}
	command, err := auto.NewPulumiCommand(&auto.PulumiCommandOptions{Root: filepath.Join(folder, "cli")})
	if err != nil {
		t.Fatal(err)
	}
	stack, err := auto.UpsertStackInlineSource(context.Background(), "dev", "shop", run,
		auto.Pulumi(command), auto.PulumiHome(filepath.Join(folder, "home")), auto.WorkDir(filepath.Join(folder, "work")),
		auto.Project(workspace.Project{Name: tokens.PackageName("shop"), Runtime: workspace.NewProjectRuntimeInfo("go", nil)}),
		auto.EnvVars(map[string]string{
			"PULUMI_BACKEND_URL":                          "file://" + filepath.Join(folder, "state"),
			"PULUMI_CONFIG_PASSPHRASE":                    "test",
			"PULUMI_DEBUG_PROVIDERS":                      providers,
			"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
			"PULUMI_SKIP_UPDATE_CHECK":                    "true",
		}))
	if err != nil {
		t.Fatal(err)
	}
	return stack
}

// eventLog collects an operation's events as the CLI writes them.
type eventLog struct {
	channel chan events.EngineEvent
	done    sync.WaitGroup
	text    strings.Builder
	count   int
}

func newEventLog(t *testing.T) *eventLog {
	l := &eventLog{channel: make(chan events.EngineEvent)}
	l.done.Add(1)
	go func() {
		defer l.done.Done()
		for e := range l.channel {
			line, err := json.Marshal(e.EngineEvent)
			if err != nil {
				t.Errorf("an event cannot be written: %v", err)
			}
			l.text.Write(line)
			l.count++
		}
	}()
	return l
}

func TestLifecycleThroughTheCLI(t *testing.T) {
	cloud := azuresim.New()
	server, err := azurenative.Serve(context.Background(), cloud)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	ctx := context.Background()
	stack := newCLIStack(t, attached(server), program.UserAssigned)
	subnet := cloud.MustSeedSubnet("network-team", "hub", "shop")
	if err := stack.SetConfig(ctx, "subnetId", auto.ConfigValue{Value: subnet}); err != nil {
		t.Fatal(err)
	}
	if _, err := stack.Preview(ctx, optpreview.Diff()); err != nil {
		t.Fatal(err)
	}
	plain, err := stack.Preview(ctx)
	if why := "gets Network Contributor on subnets."; err != nil || !strings.Contains(plain.StdOut, why) {
		t.Errorf("a plain preview tells each grant, but %q is not in: %v\n%s", why, err, plain.StdOut)
	}
	log := newEventLog(t)
	up, err := stack.Up(ctx, optup.EventStreams(log.channel))
	if err != nil {
		t.Fatal(err)
	}
	log.done.Wait()
	requireSecretKubeconfig(ctx, t, stack, up, log)
	if again, err := stack.Up(ctx, optup.ExpectNoChanges()); err != nil {
		t.Fatalf("the second up changes something: %v\n%s", err, again.StdOut)
	}
	if refreshed, err := stack.Refresh(ctx, optrefresh.ExpectNoChanges()); err != nil {
		t.Fatalf("refresh finds changes: %v\n%s", err, refreshed.StdOut)
	}
	if _, err := stack.Destroy(ctx, optdestroy.Remove()); err != nil {
		t.Fatal(err)
	}
	if !cloud.Empty() || len(cloud.Assignments()) > 0 {
		t.Errorf("destroy left %v %v", cloud.Resources(), cloud.Assignments())
	}
}

func requireSecretKubeconfig(ctx context.Context, t *testing.T, stack auto.Stack, up auto.UpResult, log *eventLog) {
	t.Helper()
	kubeconfig := up.Outputs["kubeconfig"]
	text, _ := kubeconfig.Value.(string)
	if !kubeconfig.Secret || !strings.Contains(text, "apiVersion: v1") {
		t.Fatalf("kubeconfig: secret %v, %d characters", kubeconfig.Secret, len(text))
	}
	credential := ""
	for _, line := range strings.Split(text, "\n") {
		if name, value, _ := strings.Cut(strings.TrimSpace(line), ": "); name == "token" || name == "client-key-data" {
			credential = value
		}
	}
	if credential == "" {
		t.Fatal("the kubeconfig holds no credential to look for")
	}
	for name, where := range map[string]string{"state": exportOf(ctx, t, stack), "events": log.text.String(), "display": up.StdOut + up.StdErr} {
		if where == "" {
			t.Errorf("there is no %s to search", name)
		}
		if strings.Contains(where, credential) {
			t.Errorf("the %s holds the kubeconfig's credential in plain text", name)
		}
	}
	if log.count == 0 {
		t.Error("no events were seen")
	}
}

// exportOf is what `pulumi stack export` prints. The Automation API's Export shows secrets and will not do.
func exportOf(ctx context.Context, t *testing.T, stack auto.Stack) string {
	t.Helper()
	command := exec.CommandContext(ctx, os.Getenv("PULUMI_BIN"), "stack", "export", "--stack", stack.Name())
	command.Dir = stack.Workspace().WorkDir()
	command.Env = append(os.Environ(), "PULUMI_HOME="+stack.Workspace().PulumiHome())
	for name, value := range stack.Workspace().GetEnvVars() {
		command.Env = append(command.Env, name+"="+value)
	}
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("stack export: %v\n%s", err, out)
	}
	return string(out)
}
