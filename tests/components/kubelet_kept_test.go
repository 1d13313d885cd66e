package components_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// withKubelet is a program with a kubelet identity, made, given or none, and tags to have something to change.
func withKubelet(kubelet *components.KubeletIdentityArgs, tag string, wait *components.PropagationArgs) pulumi.RunFunc {
	args := smallest()
	args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
	args.KubeletIdentity, args.Propagation = kubelet, wait
	args.Tags = pulumi.StringMap{"tag": pulumi.String(tag)}
	return program(args)
}

func kubeletMade(*azuresim.Cloud) *components.KubeletIdentityArgs {
	return &components.KubeletIdentityArgs{}
}

func kubeletGiven(cloud *azuresim.Cloud) *components.KubeletIdentityArgs {
	id := cloud.MustSeedIdentity("ids", "nodes")
	return &components.KubeletIdentityArgs{Existing: &components.UserAssignedIdentityArgs{
		ResourceID: pulumi.String(id.ID), PrincipalID: pulumi.String(id.PrincipalID), ClientID: pulumi.String(id.ClientID),
	}}
}

// TestAKSKeepsAKubeletIdentity: AKS can exchange a kubelet identity and cannot take it back. A program that takes the argument away
// is told before anything is deleted, in a preview already where there are hooks, and can go on as it was.
func TestAKSKeepsAKubeletIdentity(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		kubelet      func(*azuresim.Cloud) *components.KubeletIdentityArgs
		wait         *components.PropagationArgs
		previewed    bool
	}{
		{"made", "its identity would be deleted, and AKS refuses updates of a cluster whose identity is gone", kubeletMade, quick(60), true},
		{"given", "the control plane would lose the right that AKS asks for at every update", kubeletGiven, quick(60), true},
		{"made, without hooks", "whoever does not wait is told as well, when AKS has kept it", kubeletMade, quick(0), false},
		{"given, without hooks", "whoever does not wait is told as well, when AKS has kept it", kubeletGiven, quick(0), false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			kubelet := tc.kubelet(cloud)
			s := simtest.New(t, withKubelet(kubelet, "first", tc.wait), simtest.WithCloud(cloud))
			must(t, "up", s.Up())
			s.SetProgram(withKubelet(nil, "second", tc.wait))
			if preview := s.Preview(); tc.previewed != strings.Contains(preview.Diagnostics(), "cannot take it back") {
				t.Errorf("%s: preview: %s", tc.reason, preview.Explain())
			}
			for range 2 {
				up := s.Up()
				if up.Err == nil || !strings.Contains(up.Diagnostics(), "kubeletIdentity: it was taken away") {
					t.Fatalf("%s: up: %s", tc.reason, up.Explain())
				}
				if gone := up.Steps.Op("delete"); len(gone) > 0 {
					t.Errorf("%s: deleted %v", tc.reason, gone)
				}
			}
			s.SetProgram(withKubelet(kubelet, "third", tc.wait))
			must(t, "up as it was", s.Up())
			if again := must(t, "again", s.Up()); !again.Unchanged() {
				t.Errorf("the second up changes %v", again.Steps.Changing())
			}
			must(t, "destroy", s.Destroy())
			if !cloud.Empty() {
				t.Errorf("destroy left %v", cloud.Resources())
			}
		})
	}
}

// TestAKubeletIdentityIsExchanged: from a made one to a given one and back, and a replaced cluster gets one that AKS makes.
func TestAKubeletIdentityIsExchanged(t *testing.T) {
	cloud := azuresim.New()
	given := kubeletGiven(cloud)
	s := simtest.New(t, withKubelet(kubeletMade(cloud), "first", quick(60)), simtest.WithCloud(cloud))
	first := must(t, "up", s.Up())
	for _, next := range []*components.KubeletIdentityArgs{given, kubeletMade(cloud), given} {
		s.SetProgram(withKubelet(next, "second", quick(60)))
		must(t, "exchange", s.Up())
		s.SetProgram(withKubelet(next, "third", quick(60)))
		must(t, "change something else", s.Up())
	}
	s.SetProgram(withKubelet(nil, "fourth", quick(60)))
	cluster, _ := first.Resources.Find(clusterType, "aks")
	must(t, "replace", s.Up(simtest.Replace(string(cluster.URN))))
	s.SetProgram(withKubelet(nil, "fifth", quick(60)))
	must(t, "change something else", s.Up())
	must(t, "destroy", s.Destroy())
}
