package recordings

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

func (s situation) args() (*components.ManagedIdentityClusterArgs, *world) {
	w := &world{cloud: azuresim.New()}
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
	}, simtest.WithCloud(w.cloud), simtest.WithProvider(azurenative.Name, "2.92.4", w.recordingProvider))
	return w, stack.Up()
}

// recordingProvider stands before the simulator's own, which has a lower version, and keeps the bodies of clusters as they
// are sent, accepted or not.
func (w *world) recordingProvider() (pulumirpc.ResourceProviderServer, error) {
	return azurenative.NewProvider(&recorder{Cloud: w.cloud, world: w}), nil
}

type recorder struct {
	*azuresim.Cloud
	world *world
	mu    sync.Mutex
}

func (r *recorder) Put(ctx context.Context, id string, body map[string]any) (azuresim.Response, error) {
	if strings.HasSuffix(id, "/managedClusters/MyManagedCluster") {
		r.mu.Lock()
		r.world.sent = append(r.world.sent, flatten(body))
		r.mu.Unlock()
	}
	return r.Cloud.Put(ctx, id, body)
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
			problems := components.PlanManagedIdentityCluster(args, components.Today()).Problems
			for _, p := range problems {
				if string(p.Path) == s.refused && p.Code == s.code && p.Fix != "" {
					return
				}
			}
			t.Errorf("want a problem at %s with code %q and a fix, got %v", s.refused, s.code, problems)
		})
	}
}

func TestClusterBodies(t *testing.T) {
	used := map[difference]bool{}
	for _, name := range names(t) {
		s := situations()[name]
		if s.set == nil || s.refused != "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			w, up := s.deploy(t)
			// Without the grants of others AKS may refuse the cluster; its body is compared all the same.
			if up.Err != nil && s.grantsApart == "" {
				t.Fatal(up.Explain())
			}
			if len(w.sent) != 1 {
				t.Fatalf("the cluster was PUT %d times", len(w.sent))
			}
			for _, d := range unintended(flatten(load(t, name).clusterBody(t)), w.sent[0], used) {
				t.Errorf("%s: the CLI sends %s, we send %s, and nobody intended that", d.path, d.cli, d.ours)
			}
		})
	}
	for _, d := range differences() {
		if !used[d.key()] {
			t.Errorf("%s: that the CLI sends %s and we send %s occurs in no recording any more; take it from the list", d.path, d.cli, d.ours)
		}
	}
}

// placeholder stands for an ID that Azure made up.
var placeholder = regexp.MustCompile(`^\{(clientId|principalId):`)

// unintended lists the differences that are not in the list with these very values, and marks those that are as used.
func unintended(theirs, ours map[string]string, used map[difference]bool) []difference {
	listed := map[difference]bool{}
	for _, d := range differences() {
		listed[d.key()] = true
	}
	paths := map[string]string{}
	maps.Copy(paths, theirs)
	maps.Copy(paths, ours)
	var out []difference
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		d := difference{path: path, cli: valueAt(theirs, path), ours: valueAt(ours, path)}
		switch {
		case d.cli == d.ours, placeholder.MatchString(d.cli) && d.ours != absent:
		case strings.HasPrefix(d.cli, "/subscriptions/") && strings.EqualFold(d.cli, d.ours): // Azure's letters
		case listed[d]:
			used[d] = true
		default:
			out = append(out, d)
		}
	}
	return out
}

// TestUnintendedFindsWhatItShould guards the comparison: one that takes everything for intended would pass for ever.
func TestUnintendedFindsWhatItShould(t *testing.T) {
	const pool = "agentPoolProfiles[0]."
	cases := []struct {
		name, reason string
		theirs, ours map[string]string
		found        bool
	}{
		{"a default of ours", "listed with its value", nil, map[string]string{"sku.tier": "Standard"}, false},
		{"another value", "a listed path is no licence for every value", nil, map[string]string{"sku.tier": "Premium"}, true},
		{"a public address on nodes", "the CLI sends false, and leaving it out is listed; turning it on is not",
			map[string]string{pool + "enableNodePublicIP": "false"}, map[string]string{pool + "enableNodePublicIP": "true"}, true},
		{"an ID in other letters", "Azure spells IDs in several ways",
			map[string]string{"x": "/subscriptions/s/resourceGroups/G"}, map[string]string{"x": "/subscriptions/s/resourcegroups/g"}, false},
		{"a text in other letters", "other texts are compared as they are", map[string]string{"x": "True"}, map[string]string{"x": "true"}, true},
		{"a principal", "Azure made it up", map[string]string{"x": "{principalId:kubelet}"}, map[string]string{"x": "1"}, false},
		{"no principal", "but there has to be one", map[string]string{"x": "{principalId:kubelet}"}, nil, true},
		{"an empty object", "it is a value too", map[string]string{"x": "{}"}, nil, true},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if got := unintended(tc.theirs, tc.ours, map[difference]bool{}); (len(got) > 0) != tc.found {
				t.Errorf("%s: got %v", tc.reason, got)
			}
		})
	}
}

func valueAt(body map[string]string, path string) string {
	if value, sent := body[path]; sent {
		return value
	}
	return absent
}
