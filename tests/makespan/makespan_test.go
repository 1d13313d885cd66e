package makespan_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// allowed is how much longer than the longest forced chain a deployment or a removal may take.
const allowed = 1.02

// patience is how long nobody may do anything, in true time, before the simulated time goes on. A machine that is busy with other
// things can fall asleep for longer in the midst of the engine's work; then the simulated time is too long, and we measure again.
var patience = []time.Duration{20 * time.Millisecond, 60 * time.Millisecond, 200 * time.Millisecond, 600 * time.Millisecond}

// place is what other teams made.
type place struct {
	cloud            *azuresim.Cloud
	subnet, registry string
}

func newPlace(quiet time.Duration) place {
	clock := azuresim.NewSimulatedClock(azuresim.Epoch).Patient(quiet)
	cloud := azuresim.New(azuresim.WithClock(clock), azuresim.WithLatency(latency))
	return place{cloud: cloud, subnet: cloud.MustSeedSubnet("network", "spoke", "nodes"),
		registry: cloud.MustSeed(azuresim.ID("shared", azuresim.RegistryType, "images"), nil)}
}

func (p place) program(kind plan.IdentityType, pools int) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &components.ManagedIdentityClusterArgs{
			Location: pulumi.StringPtr("westeurope"), APIServer: &components.APIServerArgs{Public: true},
			Identity: &components.ClusterIdentityArgs{Type: kind},
			// Ready waits until grants that are made after the cluster work. That is Azure's time too, and the same for every tool.
			Propagation: &components.PropagationArgs{SettleSeconds: new(int)},
			Subnets:     map[string]pulumi.StringInput{"nodes": pulumi.String(p.subnet)},
			SystemPool:  &components.NodePoolArgs{Subnet: "nodes"},
		}
		if kind == plan.UserAssigned {
			args.KubeletIdentity = &components.KubeletIdentityArgs{}
		}
		for i := 1; i < pools; i++ {
			args.Pools = append(args.Pools, &components.NodePoolArgs{Name: fmt.Sprintf("pool%d", i), Subnet: "nodes"})
		}
		_, err := components.NewManagedIdentityCluster(ctx, "aks", args)
		return err
	}
}

// measured is one deployment or removal.
type measured struct{ took, forced, commands time.Duration }

func (m measured) ratio() float64 { return m.took.Seconds() / m.forced.Seconds() }

// TestMakespanIsWhatAzureForces: a deployment and its removal take as long as the longest chain of operations that Azure forces.
func TestMakespanIsWhatAzureForces(t *testing.T) {
	var table strings.Builder
	fmt.Fprintf(&table, "\n%-15s %-6s %-8s %9s %9s %7s %26s\n", "identity", "pools", "", "takes", "forced", "ratio", "one command after the other")
	for _, kind := range []plan.IdentityType{plan.SystemAssigned, plan.UserAssigned} {
		for _, pools := range []int{1, 3, 6} {
			up, down := patiently(t, kind, pools)
			for what, m := range map[string]measured{"up": up, "destroy": down} {
				if m.ratio() > allowed {
					t.Errorf("%s of %d pools, %s: %s, and Azure forces %s", what, pools, kind, m.took, m.forced)
				}
			}
			for _, row := range []struct {
				what string
				measured
			}{{"up", up}, {"destroy", down}} {
				fmt.Fprintf(&table, "%-15s %-6d %-8s %9s %9s %7.3f %19s (%.3f)\n", kind, pools, row.what, row.took, row.forced, row.ratio(),
					row.commands, row.commands.Seconds()/row.forced.Seconds())
			}
		}
	}
	t.Log(table.String())
}

// patiently measures with more patience as long as the result is above the bound.
func patiently(t *testing.T, kind plan.IdentityType, pools int) (up, down measured) {
	t.Helper()
	for i, quiet := range patience {
		up, down = measure(t, kind, pools, quiet)
		if up.ratio() <= allowed && down.ratio() <= allowed {
			return up, down
		}
		if i+1 < len(patience) {
			t.Logf("%d pools, %s: above the bound with a patience of %s; once more", pools, kind, quiet)
		}
	}
	return up, down
}

func measure(t *testing.T, kind plan.IdentityType, pools int, quiet time.Duration) (up, down measured) {
	t.Helper()
	p := newPlace(quiet)
	s := simtest.New(t, p.program(kind, pools), simtest.WithCloud(p.cloud))
	up = p.timed(t, whenMaking, func() simtest.Result { return s.Up() })
	down = p.timed(t, whenRemoving, func() simtest.Result { return s.Destroy() })
	return up, down
}

// timed runs one operation of the engine. What the rules ask about is read while everything exists.
func (p place) timed(t *testing.T, rules []rule, run func() simtest.Result) measured {
	t.Helper()
	begun, done, about := p.cloud.Clock().Now(), len(p.cloud.Operations()), p.facts()
	if r := run(); r.Err != nil {
		t.Fatal(r.Explain())
	}
	took := p.cloud.Clock().Now().Sub(begun)
	if len(about.grants) == 0 {
		about = p.facts()
	}
	tasks := p.tasks(done)
	if len(tasks) == 0 {
		t.Fatal("nothing was measured")
	}
	return measured{took, longest(about, tasks, rules), oneByOne(tasks)}
}

func (p place) facts() facts {
	f := facts{relies: map[int][]string{}, identities: map[string]string{}, grants: map[string]string{}}
	for _, r := range p.cloud.Reliances() {
		for _, grant := range r.Grants {
			f.relies[r.Operation] = append(f.relies[r.Operation], strings.ToLower(grant))
		}
	}
	for _, principal := range p.cloud.Principals() {
		if strings.Contains(principal.Owner, "/userassignedidentities/") && !strings.Contains(principal.Owner, "/resourcegroups/mc_") {
			f.identities[principal.ID] = principal.Owner
		}
	}
	for _, a := range p.cloud.RoleAssignments() {
		f.grants[strings.ToLower(a.ID)] = a.PrincipalID
	}
	return f
}

// tasks are the writes and deletions since an operation that succeeded.
func (p place) tasks(since int) []task {
	var out []task
	for i, o := range p.cloud.Operations() {
		if i >= since && o.Status < 300 && o.Method != azuresim.MethodGet && o.Method != azuresim.MethodPost {
			out = append(out, task{Operation: o, number: i})
		}
	}
	return out
}
