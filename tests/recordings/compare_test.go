package recordings

import (
	"path"
	"sort"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

const clusterType = "azure-native:containerservice/v20250101:ManagedCluster"

func (s situation) args() (*components.ManagedIdentityClusterArgs, *world) {
	w := &world{azuresim.New()}
	args := base()
	s.set(args, w)
	return args, w
}

// deploy makes the cluster in the simulated Azure. A wait for grants would hide a missing one.
func (s situation) deploy(t *testing.T) (*world, simtest.Result) {
	t.Helper()
	args, w := s.args()
	args.Propagation = &components.PropagationArgs{TimeoutSeconds: new(int)}
	stack := simtest.New(t, func(ctx *pulumi.Context) error {
		_, err := components.NewManagedIdentityCluster(ctx, "aks", args)
		return err
	}, simtest.WithCloud(w.cloud))
	return w, stack.Up()
}

func TestEveryRecordingIsAccountedFor(t *testing.T) {
	known := situations()
	for _, name := range names(t) {
		if _, ok := known[name]; !ok {
			t.Errorf("recording %s is neither compared nor set apart with a reason", name)
		}
		delete(known, name)
	}
	for name := range known {
		t.Errorf("there is no recording %s", name)
	}
}

func TestRefusedSituations(t *testing.T) {
	for name, s := range situations() {
		if s.refused == "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			args, _ := s.args()
			problems := components.PlanManagedIdentityCluster(args).Problems
			for _, p := range problems {
				if p.Path == s.refused && p.Code == s.code && p.Fix != "" {
					return
				}
			}
			t.Errorf("want a problem at %s with code %q and a fix, got %v", s.refused, s.code, problems)
		})
	}
}

func TestClusterBodies(t *testing.T) {
	used := map[string]bool{}
	for _, name := range names(t) {
		s := situations()[name]
		if s.set == nil || s.refused != "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			_, up := s.deploy(t)
			cluster, ok := up.Resources.Find(clusterType, "aks")
			if !ok && s.grantsApart == "" {
				t.Fatalf("no cluster: %s", up.Explain())
			}
			inputs := cluster.Inputs
			if !ok {
				// AKS refuses it without the grants of others; the body is the one that was planned.
				for _, step := range up.Steps.Type(clusterType) {
					inputs = step.Inputs
				}
			}
			ours := map[string]any{}
			for key, value := range inputs {
				if k := string(key); !strings.HasPrefix(k, "__") && k != "resourceGroupName" && k != "resourceName" {
					ours[k] = simtest.Plain(value)
				}
			}
			compare(t, flatten(load(t, name).clusterBody(t)), flatten(ours), used)
		})
	}
	for _, d := range differences() {
		if !used[d.path] {
			t.Errorf("the difference %s occurs in no recording any more; take it from the list", d.path)
		}
	}
}

func compare(t *testing.T, theirs, ours map[string]string, used map[string]bool) {
	t.Helper()
	paths := map[string]bool{}
	for p := range theirs {
		paths[p] = true
	}
	for p := range ours {
		paths[p] = true
	}
	ordered := make([]string, 0, len(paths))
	for p := range paths {
		ordered = append(ordered, p)
	}
	sort.Strings(ordered)
	for _, p := range ordered {
		a, inTheirs := theirs[p]
		b, inOurs := ours[p]
		// A placeholder stands for an ID that Azure made up.
		if inTheirs == inOurs && (strings.EqualFold(a, b) || strings.HasPrefix(a, "{")) {
			continue
		}
		if d, ok := intended(p); ok {
			used[d.path] = true
			continue
		}
		t.Errorf("%s: the CLI sends %q (%v), we send %q (%v), and nobody intended that", p, a, inTheirs, b, inOurs)
	}
}

func intended(p string) (difference, bool) {
	for _, d := range differences() {
		if ok, err := path.Match(d.path, p); ok && err == nil {
			return d, true
		}
	}
	return difference{}, false
}
