//go:build az

package az

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
)

// command is one line for the CLI. Placeholders: {sub}, {group}, and {id}, {principal}, {client} with the name of an identity,
// as in {principal:control}.
type command struct {
	reason string
	line   string
	exit   int
	want   string // in what it prints; "" for whatever
}

// commandTime is more than any command needs. The CLI tries a grant that is refused ten times, for two minutes: none of these is.
const commandTime = 90 * time.Second

func TestCommands(t *testing.T) {
	w := newWorld(t)
	for i, c := range commands {
		a := w.run(c.line)
		if a.exit != c.exit || !a.says(c) {
			t.Fatalf("%s: az %s: exit %d, want %d and %q in\n%s%s", c.reason, c.line, a.exit, c.exit, c.want, a.out, a.errors)
		}
		t.Logf("%2d az %-60.60s exit %d: %s", i+1, c.line, a.exit, c.reason)
	}
	if !w.cloud.Empty() {
		t.Errorf("something is left: %v", w.cloud.Resources())
	}
	t.Logf("%d commands, all as expected", len(commands))
}

// world is a simulated Azure on the loopback address, and the environment of a CLI that believes it is the public cloud.
type world struct {
	t     *testing.T
	cloud *azuresim.Cloud
	env   []string
}

func newWorld(t *testing.T) world {
	t.Helper()
	home := t.TempDir()
	w := world{t: t, cloud: azuresim.New()}
	server, err := arm.Serve(t.Context(), arm.New(w.cloud, arm.WithRetryAfter(time.Second)),
		arm.Listen{CertificateFile: filepath.Join(home, "azuresim.pem")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	shim, err := filepath.Abs("../../scripts/az-shim")
	if err != nil {
		t.Fatal(err)
	}
	w.env = append(withoutProxies(os.Environ()), server.Env()...)
	w.env = append(w.env, "HOME="+home, "AZURE_CONFIG_DIR="+filepath.Join(home, "config"), "AZURE_CORE_COLLECT_TELEMETRY=0",
		"AZURE_CORE_NO_COLOR=1", "PYTHONPATH="+shim, "PYTHONDONTWRITEBYTECODE=1")
	return w
}

// withoutProxies leaves out the proxies of this machine: in lower case they would win over that of the simulator.
func withoutProxies(env []string) []string {
	return slices.DeleteFunc(env, func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return strings.HasSuffix(strings.ToLower(name), "_proxy")
	})
}

// answer is what a command printed, and its exit code.
type answer struct {
	out, errors string
	exit        int
}

// says tells whether a command printed what it should: a table has it as a line of its own, JSON and errors somewhere.
func (a answer) says(c command) bool {
	if strings.HasSuffix(c.line, "-o tsv") {
		return slices.Contains(strings.Split(a.out, "\n"), c.want)
	}
	return strings.Contains(a.out+a.errors, c.want)
}

// run runs one command.
func (w world) run(line string) answer {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), commandTime)
	defer cancel()
	process := exec.CommandContext(ctx, "az", strings.Fields(w.expand(line))...)
	process.Env = w.env
	var out, errs bytes.Buffer
	process.Stdout, process.Stderr = &out, &errs
	err := process.Run()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		w.t.Fatalf("az %s: %v", line, err)
	}
	return answer{out.String(), errs.String(), process.ProcessState.ExitCode()}
}

// expand replaces the placeholders of a line.
func (w world) expand(line string) string {
	replace := []string{"{sub}", "/subscriptions/" + azuresim.DefaultSubscriptionID,
		"{group}", azuresim.GroupID(azuresim.DefaultSubscriptionID, "aks"),
		"{subnet}", azuresim.ID("aks", azuresim.SubnetType, "vnet", "nodes"),
		"{login}", "--username " + azuresim.DefaultDeployerClientID + " --password " + arm.DefaultClientSecret +
			" --tenant " + azuresim.DefaultTenantID}
	for _, name := range []string{"control", "nodes"} {
		id := azuresim.ID("aks", azuresim.IdentityType, name)
		replace = append(replace, "{id:"+name+"}", id)
		if made, err := w.cloud.Get(w.t.Context(), id); err == nil {
			properties, _ := made.Body["properties"].(map[string]any)
			principal, _ := properties["principalId"].(string)
			client, _ := properties["clientId"].(string)
			replace = append(replace, "{principal:"+name+"}", principal, "{client:"+name+"}", client)
		}
	}
	return strings.NewReplacer(replace...).Replace(line)
}
