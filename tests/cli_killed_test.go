//go:build cli

package tests

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// killer is a cloud that ends the CLI, as kill -9 does, around one operation.
type killer struct {
	*azuresim.Cloud
	armed atomic.Pointer[aim]
	pid   string // file with the ID of the CLI's process
}

// aim says around which operation the CLI ends.
type aim struct {
	method azuresim.Method
	part   string // of the ID, without regard to case
	before bool
}

func (k *killer) Put(ctx context.Context, id string, body map[string]any) (azuresim.Response, error) {
	return k.around(azuresim.MethodPut, id, func() (azuresim.Response, error) { return k.Cloud.Put(ctx, id, body) })
}

func (k *killer) Delete(ctx context.Context, id string) (azuresim.Response, error) {
	return k.around(azuresim.MethodDelete, id, func() (azuresim.Response, error) { return k.Cloud.Delete(ctx, id) })
}

func (k *killer) around(method azuresim.Method, id string, do func() (azuresim.Response, error)) (azuresim.Response, error) {
	a := k.armed.Load()
	if a == nil || a.method != method || !strings.Contains(strings.ToLower(id), strings.ToLower(a.part)) || !k.armed.CompareAndSwap(a, nil) {
		return do()
	}
	if a.before {
		return azuresim.Response{}, k.kill()
	}
	if _, err := do(); err != nil {
		return azuresim.Response{}, err
	}
	return azuresim.Response{}, k.kill()
}

// kill ends the CLI. Its process has the ID that the shell had which became it.
func (k *killer) kill() error {
	text, err := os.ReadFile(k.pid)
	if err != nil {
		return err
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return err
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		return err
	}
	gone := azuresim.ProcessKilled()
	return &gone
}

// noLanguage is what "pulumi import" wants to know of the language of a project: it asks for its plugins.
type noLanguage struct {
	pulumirpc.UnimplementedLanguageRuntimeServer
}

func (noLanguage) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: "1.0.0"}, nil
}

func (noLanguage) GetRequiredPackages(context.Context, *pulumirpc.GetRequiredPackagesRequest) (*pulumirpc.GetRequiredPackagesResponse, error) {
	return &pulumirpc.GetRequiredPackagesResponse{}, nil
}

// GenerateProgram writes no code: the program is there already.
func (noLanguage) GenerateProgram(context.Context, *pulumirpc.GenerateProgramRequest) (*pulumirpc.GenerateProgramResponse, error) {
	return &pulumirpc.GenerateProgramResponse{}, nil
}

// doomed is a stack whose CLI gets killed.
type doomed struct {
	auto.Stack
	t     *testing.T
	cloud *killer
	path  string
	shown string // what the last command printed
}

func executable(t *testing.T, file, script string) {
	t.Helper()
	if err := os.WriteFile(file, []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil { //nolint:gosec // it has to be executable
		t.Fatal(err)
	}
}

func newDoomed(t *testing.T, program func(*killer) pulumi.RunFunc) *doomed {
	t.Helper()
	folder := t.TempDir()
	d := &doomed{t: t, path: folder, cloud: &killer{Cloud: azuresim.New(), pid: filepath.Join(folder, "pid")}}
	server, err := azurenative.Serve(context.Background(), d.cloud)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	language, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{Init: func(s *grpc.Server) error {
		pulumirpc.RegisterLanguageRuntimeServer(s, noLanguage{})
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	executable(t, filepath.Join(folder, "pulumi-language-go"), fmt.Sprintf("echo %d\nexec sleep 600", language.Port))
	executable(t, filepath.Join(folder, "pulumi"), fmt.Sprintf("echo $$ > %s\nexec %s \"$@\"", d.cloud.pid, os.Getenv("PULUMI_BIN")))
	t.Setenv("PULUMI_BIN", filepath.Join(folder, "pulumi"))
	d.Stack = newCLIStack(t, attached(server), program(d.cloud))
	return d
}

// sh runs a command of a person in the project's folder.
func (d *doomed) sh(command string) {
	d.t.Helper()
	shell := exec.CommandContext(context.Background(), "sh", "-c", command)
	shell.Dir = d.Workspace().WorkDir()
	shell.Env = append(os.Environ(), "PULUMI_HOME="+d.Workspace().PulumiHome(), "PATH="+d.path+":"+os.Getenv("PATH"), "PULUMI_STACK=dev")
	for name, value := range d.Workspace().GetEnvVars() {
		shell.Env = append(shell.Env, name+"="+value)
	}
	out, err := shell.CombinedOutput()
	if d.shown = string(out); err != nil {
		d.t.Fatalf("%s: %v\n%s", command, err, out)
	}
}

func (d *doomed) killed(what string, aim aim, operation func() error) {
	d.t.Helper()
	d.cloud.armed.Store(&aim)
	if err := operation(); err == nil || d.cloud.armed.Load() != nil {
		d.t.Fatalf("%s: the CLI has to be killed: %v", what, err)
	}
}

func (d *doomed) upError() error {
	_, err := d.Up(context.Background())
	return err
}

func (d *doomed) destroyError() error {
	_, err := d.Destroy(context.Background())
	return err
}

// ends: nothing is left to do, and a destroy leaves nothing.
func (d *doomed) ends() {
	d.t.Helper()
	if again, err := d.Up(context.Background(), optup.ExpectNoChanges()); err != nil || strings.Contains(again.StdOut, "pending operations") {
		d.t.Errorf("an up changes something, or warns: %v\n%s", err, again.StdOut)
	}
	if err := d.destroyError(); err != nil {
		d.t.Fatal(err)
	}
	if !d.cloud.Empty() {
		d.t.Errorf("destroy left %v", d.cloud.Resources())
	}
}

// page are the commands of docs/recovery.md.
type page struct {
	t        *testing.T
	commands []string
	used     map[string]bool
}

func recoveryPage(t *testing.T) *page {
	t.Helper()
	p := &page{t: t, used: map[string]bool{}}
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(read(t, "docs/recovery.md"), -1) {
		p.commands = append(p.commands, strings.Split(strings.TrimSpace(block[1]), "\n")...)
	}
	return p
}

// says is the command of the page that begins like this, with what stands for the reader's own filled in.
func (p *page) says(beginning string, own ...string) string {
	p.t.Helper()
	for _, command := range p.commands {
		if strings.HasPrefix(command, beginning) {
			p.used[command] = true
			return strings.NewReplacer(own...).Replace(command)
		}
	}
	p.t.Fatalf("docs/recovery.md has no command %s", beginning)
	return ""
}

func cluster(name, group string) func(*killer) pulumi.RunFunc {
	return func(*killer) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			args := &components.ManagedIdentityClusterArgs{
				Location: pulumi.StringPtr("westeurope"), SystemPool: &components.NodePoolArgs{}, APIServer: &components.APIServerArgs{Public: true},
			}
			if name != "" {
				args.ClusterName, args.NewResourceGroupName = pulumi.StringPtr(name), pulumi.StringPtr(group)
			}
			_, err := components.NewManagedIdentityCluster(ctx, "aks", args)
			return err
		}
	}
}

// TestKilledCLIIsRepairedByTheCommandsOfThePage kills the real CLI, with its lock and its pending operations, and does what
// docs/recovery.md and the errors say. What the page says with az is done in the simulated Azure directly.
func TestKilledCLIIsRepairedByTheCommandsOfThePage(t *testing.T) {
	page := recoveryPage(t)
	t.Run("after the creation of a cluster with a fixed name", func(t *testing.T) {
		d := newDoomed(t, cluster("shop", "shop"))
		d.killed("up", aim{azuresim.MethodPut, "managedClusters/shop", false}, d.upError)
		if err := d.upError(); err == nil || !strings.Contains(err.Error(), "currently locked") {
			t.Errorf("the stack is locked: %v", err)
		}
		d.sh(page.says("pulumi cancel"))
		err := d.upError()
		if err == nil {
			t.Fatal("the cluster is there already")
		}
		named := regexp.MustCompile(`pulumi import \S+ \S+ '[^']+' --parent '[^']+' --protect=false --yes`).FindString(err.Error())
		if named == "" || !strings.Contains(err.Error(), "aks is in Azure already, and not in the state of this stack") {
			t.Fatalf("the error names no command: %v", err)
		}
		parts := regexp.MustCompile(`import (\S+) (\S+) '([^']+)' --parent 'component=([^']+)'`).FindStringSubmatch(named)
		if of := page.says("pulumi import", "<type>", parts[1], "<name>", parts[2], "<ID>", parts[3], "<URN of the component>", parts[4]); of != named {
			t.Errorf("the page says %s\nthe error says %s", of, named)
		}
		d.sh(named)
		d.sh(page.says("pulumi refresh"))
		d.sh(page.says("pulumi stack export"))
		if strings.TrimSpace(d.shown) != "" {
			t.Errorf("nothing is pending any more: %s", d.shown)
		}
		if err := d.upError(); err != nil {
			t.Fatal(err)
		}
		if n := len(d.cloud.Clusters()); n != 1 {
			t.Errorf("there are %d clusters", n)
		}
		d.ends()
	})
	t.Run("before the creation", func(t *testing.T) {
		d := newDoomed(t, cluster("shop", "shop"))
		d.killed("up", aim{azuresim.MethodPut, "managedClusters/shop", true}, d.upError)
		d.sh(page.says("pulumi cancel"))
		if err := d.upError(); err != nil {
			t.Fatal(err)
		}
		d.sh(page.says("pulumi refresh"))
		d.ends()
	})
	t.Run("after the creation of a cluster with a random name", func(t *testing.T) {
		d := newDoomed(t, cluster("", ""))
		d.killed("up", aim{azuresim.MethodPut, "managedClusters/aks", false}, d.upError)
		first := d.cloud.Clusters()[0]
		d.sh(page.says("pulumi cancel"))
		d.sh(page.says("pulumi stack export"))
		name := first.ID[strings.LastIndex(first.ID, "/")+1:]
		if !strings.Contains(d.shown, name) || !strings.Contains(d.shown, "ManagedCluster::aks") {
			t.Errorf("the page's command does not print the name %s: %s", name, d.shown)
		}
		up, err := d.Up(context.Background())
		if err != nil || !strings.Contains(up.StdOut, "ManagedCluster::aks, interrupted while creating") {
			t.Fatalf("the next up says what was interrupted: %v\n%s", err, up.StdOut)
		}
		if n := len(d.cloud.Clusters()); n != 2 {
			t.Fatalf("without a look there are two, got %d", n)
		}
		remove := page.says("az resource delete", "<ID>", first.ID)
		if _, err := d.cloud.Delete(context.Background(), strings.Trim(remove[strings.LastIndex(remove, " ")+1:], "'")); err != nil {
			t.Fatal(err)
		}
		d.sh(page.says("pulumi refresh"))
		d.ends()
	})
	t.Run("a cluster with a random name is taken over", func(t *testing.T) {
		d := newDoomed(t, cluster("", ""))
		d.killed("up", aim{azuresim.MethodPut, "managedClusters/aks", false}, d.upError)
		d.sh(page.says("pulumi cancel"))
		d.sh(page.says("pulumi import", "<type>", "azure-native:containerservice/v20250101:ManagedCluster", "<name>", "aks",
			"<ID>", d.cloud.Clusters()[0].ID, "<URN of the component>", "urn:pulumi:dev::shop::"+components.ManagedIdentityClusterToken+"::aks"))
		d.sh(page.says("pulumi refresh"))
		if err := d.upError(); err != nil {
			t.Fatal(err)
		}
		if n := len(d.cloud.Clusters()); n != 1 {
			t.Errorf("there are %d clusters", n)
		}
		d.ends()
	})
	t.Run("after the deletion of the cluster", func(t *testing.T) {
		d := newDoomed(t, cluster("shop", "shop"))
		if err := d.upError(); err != nil {
			t.Fatal(err)
		}
		d.killed("destroy", aim{azuresim.MethodDelete, "managedClusters/shop", false}, d.destroyError)
		d.sh(page.says("pulumi cancel"))
		if err := d.destroyError(); err != nil || !d.cloud.Empty() {
			t.Errorf("a destroy goes on where it stopped: %v", err)
		}
	})
	t.Run("after the creation of a generated role", func(t *testing.T) {
		d := newDoomed(t, func(k *killer) pulumi.RunFunc {
			subnet := pulumi.String(k.MustSeedSubnet("net", "hub", "nodes"))
			principal := pulumi.String(k.MustSeedIdentity("ids", "control").PrincipalID)
			return func(ctx *pulumi.Context) error {
				_, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
					PrincipalID: principal, NodeSubnetIDs: map[string]pulumi.StringInput{"nodes": subnet}, RoleStrategy: plan.CustomRoles,
				})
				return err
			}
		})
		d.killed("up", aim{azuresim.MethodPut, "roleDefinitions", false}, d.upError)
		d.sh(page.says("pulumi cancel"))
		err := d.upError()
		if err == nil {
			t.Fatal("the role is there already")
		}
		found := regexp.MustCompile(`az role definition delete --name '([^']+)'`).FindStringSubmatch(err.Error())
		if found == nil || found[0] != page.says("az role definition delete", "<name of the role>", found[1]) {
			t.Fatalf("the error does not say what the page says: %v", err)
		}
		for _, r := range d.cloud.Resources() {
			if properties, _ := r.Body["properties"].(map[string]any); r.Type == azuresim.RoleDefinitionType && properties["roleName"] == found[1] {
				if _, err := d.cloud.Delete(context.Background(), r.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
		page.says("pulumi up") // the program of this test is in this process, where the Automation API starts it
		if err := d.upError(); err != nil {
			t.Fatal(err)
		}
		d.sh(page.says("pulumi refresh"))
		d.ends()
	})
	t.Run("after the creation of a grant that replaces another", func(t *testing.T) {
		var subnet, from, to pulumi.String
		delegate := func(principal *pulumi.String) pulumi.RunFunc {
			return func(ctx *pulumi.Context) error {
				_, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
					PrincipalID: *principal, NodeSubnetIDs: map[string]pulumi.StringInput{"nodes": subnet},
				})
				return err
			}
		}
		d := newDoomed(t, func(k *killer) pulumi.RunFunc {
			subnet = pulumi.String(k.MustSeedSubnet("net", "hub", "nodes"))
			from, to = pulumi.String(k.MustSeedIdentity("ids", "from").PrincipalID), pulumi.String(k.MustSeedIdentity("ids", "other").PrincipalID)
			return delegate(&from)
		})
		if err := d.upError(); err != nil {
			t.Fatal(err)
		}
		d.Workspace().SetProgram(delegate(&to))
		d.killed("up", aim{azuresim.MethodPut, "roleAssignments", false}, d.upError)
		d.sh(page.says("pulumi cancel"))
		if err := d.upError(); err != nil {
			found := regexp.MustCompile(`az role assignment delete --ids '([^']+)'`).FindStringSubmatch(err.Error())
			if found == nil || found[0] != page.says("az role assignment delete", "<ID>", found[1]) || !d.cloud.DeleteAssignment(found[1]) {
				t.Fatalf("the error does not say what the page says: %v", err)
			}
		} else {
			t.Fatal("the new one is there already")
		}
		if err := d.upError(); err != nil {
			t.Fatal(err)
		}
		d.sh(page.says("pulumi refresh"))
		d.ends()
	})
	for _, command := range page.commands {
		if !page.used[command] {
			t.Errorf("docs/recovery.md says %q, which nothing here has run", command)
		}
	}
}
