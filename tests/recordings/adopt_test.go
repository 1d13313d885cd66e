package recordings

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"
)

// notAdopted are recordings after which there is a cluster that our program does not take over, with the reason.
var notAdopted = map[string]string{
	"08a-addon-monitoring-workspace": "our program does not do legacy authentication any more",
	"08c-addon-monitoring-msi-auth":  "the rule and the association that the CLI made stay the CLI's: addons.monitoring is left out of a program that takes over",
}

// TestAdoptWhatTheCLIMade: an Azure in which the CLI did what a recording says. Our program takes the cluster over with the grants
// that the CLI made, sends nothing for what was there, and is quiet afterwards, with the argument and without.
func TestAdoptWhatTheCLIMade(t *testing.T) {
	adopted := 0
	for _, s := range creations() {
		if s.program != nil || notAdopted[s.recording] != "" {
			continue
		}
		t.Run(s.name(), func(t *testing.T) {
			w := afterwards(t, s.recording)
			if len(w.cloud.Clusters()) == 0 {
				return // the CLI failed
			}
			adopted++
			args := adoptingArgs(s, w)
			before := everything(w)
			stack := simtest.New(t, exporting(args), simtest.WithCloud(w.cloud))
			mustBeFine(t, "preview", stack.Preview())
			if up := mustBeFine(t, "up", stack.Up()); up.Op("update")+up.Op("replace")+up.Op("delete") > 0 {
				t.Errorf("up changes what was there:\n%s", up.Steps.Changing())
			}
			after := everything(w)
			for id, was := range before {
				if diff := cmp.Diff(was, after[id]); diff != "" {
					t.Errorf("%s was changed (-before +after):\n%s", id, diff)
				}
			}
			mustBeQuiet(t, "the preview after it", stack.Preview())
			args.Adopt = nil
			mustBeQuiet(t, "without the argument", stack.Preview())
			mustBeFine(t, "refresh", stack.Refresh())
			mustBeQuiet(t, "after a refresh", stack.Preview())
			args.Tier = components.TierStandard
			up := mustBeFine(t, "up with another tier", stack.Up())
			if got := up.Steps.Changing(); len(got) != 1 || len(up.Steps.Op("update")) != 1 {
				t.Errorf("another tier changes more than the cluster:\n%s", got)
			}
			mustBeQuiet(t, "after a change", stack.Preview())
		})
	}
	if adopted < 15 {
		t.Errorf("only %d clusters were taken over", adopted)
	}
}

// afterwards is the world after the CLI.
func afterwards(t *testing.T, name string) *world {
	t.Helper()
	r := newReplay(t, load(t, name))
	for i, q := range r.recording.Requests {
		r.send(i, q)
	}
	if r.running != "" {
		r.poll()
	}
	return r.w
}

// adoptingArgs are as short as they can be: what is not said stays as it is.
func adoptingArgs(s situation, w *world) *clusterArgs {
	args := s.args(w)
	args.NewResourceGroupName, args.ResourceGroupName, args.Location = nil, pulumi.StringPtr("myResourceGroup"), nil
	args.SystemPool.Count, args.SystemPool.VMSize = nil, nil
	args.Adopt = &components.AdoptClusterArgs{Cluster: true}
	args.AdoptedAssignments = map[string]string{}
	for _, grant := range components.PlanManagedIdentityCluster(args, worlds.Day).Grants {
		for _, a := range w.cloud.RoleAssignments() {
			scope, known := grant.Scope.ID.Get()
			if known && strings.EqualFold(a.Scope.String(), scope) && a.Role.ID == grant.Role.ID && w.principals()[a.PrincipalID] != "" {
				args.AdoptedAssignments[grant.Name] = a.Name
			}
		}
	}
	return args
}

func exporting(args *clusterArgs) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		cluster, err := components.NewManagedIdentityCluster(ctx, "aks", args)
		if err == nil {
			ctx.Export("cluster", cluster.ClusterID)
		}
		return err
	}
}

// everything is everything in Azure, by ID.
func everything(w *world) map[string]string {
	all := map[string]string{}
	for _, r := range w.cloud.Resources() {
		text, _ := json.Marshal(r.Body)
		all[r.ID] = string(text)
	}
	for _, a := range w.cloud.RoleAssignments() {
		all[a.ID] = a.Description
	}
	return all
}

func mustBeFine(t *testing.T, step string, r simtest.Result) simtest.Result {
	t.Helper()
	if r.Err != nil {
		t.Fatalf("%s: %s", step, r.Explain())
	}
	return r
}

func mustBeQuiet(t *testing.T, step string, r simtest.Result) {
	t.Helper()
	if mustBeFine(t, step, r); !r.Unchanged() {
		t.Errorf("%s is not quiet:\n%s", step, r.Steps.Changing())
	}
}
