//go:build az

package az

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// TestAdoptWhatAzMade: the CLI itself makes a cluster in an own subnet, a second pool and the grants; the commands of docs/adopt.md tell
// what to say, and the page's program takes everything over.
func TestAdoptWhatAzMade(t *testing.T) {
	w := newWorld(t)
	subnet := w.cloud.MustSeedSubnet("networkRG", "myVnet", "nodes")
	must := func(line string) string {
		t.Helper()
		a := w.run(line)
		if a.exit != 0 {
			t.Fatalf("az %s: %s%s", line, a.out, a.errors)
		}
		return strings.TrimSpace(a.out)
	}
	for _, line := range []string{
		"login --service-principal {login}", "group create -n myResourceGroup -l westeurope",
		"aks create -g myResourceGroup -n MyManagedCluster --generate-ssh-keys --vnet-subnet-id " + subnet + " --network-plugin azure --yes",
		"aks nodepool add -g myResourceGroup --cluster-name MyManagedCluster -n web --node-count 1 --vnet-subnet-id " + subnet + " --labels team=web",
	} {
		must(line)
	}
	names := assignmentsOnThePage(t, must)
	if len(names) != 1 {
		t.Fatalf("the page's commands tell of the assignments %v, want one", names)
	}
	args := &components.ManagedIdentityClusterArgs{
		Adopt:             &components.AdoptClusterArgs{Cluster: true},
		ResourceGroupName: pulumi.String("myResourceGroup"),
		ClusterName:       pulumi.String("MyManagedCluster"),
		APIServer:         &components.APIServerArgs{Public: true},
		Network:           &components.NetworkArgs{Plugin: "azure", Flat: true},
		Subnets:           map[string]pulumi.StringInput{"nodes": pulumi.String(subnet)},
		SystemPool:        &components.NodePoolArgs{Name: "nodepool1", Subnet: "nodes"},
		Pools:             []*components.NodePoolArgs{{Name: "web", Subnet: "nodes"}},
	}
	args.AdoptedAssignments = map[string]string{"control-plane-network-contributor-subnets.nodes": names[0]}
	before := bodies(w.cloud)
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		cluster, err := components.NewManagedIdentityCluster(ctx, "shop", args)
		if err == nil {
			ctx.Export("cluster", cluster.ClusterID)
		}
		return err
	}, simtest.WithCloud(w.cloud))
	for _, step := range []struct {
		name string
		run  func(...simtest.OpOption) simtest.Result
	}{{"preview", s.Preview}, {"up", s.Up}} {
		if result := step.run(); result.Err != nil || result.Op("replace")+result.Op("delete")+result.Op("update") > 0 {
			t.Fatalf("%s: %s%s", step.name, result.Explain(), result.Steps.Changing())
		}
	}
	if diff := cmp.Diff(before, bodies(w.cloud)); diff != "" {
		t.Errorf("what was there has changed (-before +after):\n%s", diff)
	}
	for _, adopt := range []*components.AdoptClusterArgs{args.Adopt, nil} {
		args.Adopt = adopt
		if preview := s.Preview(); preview.Err != nil || !preview.Unchanged() {
			t.Errorf("the preview after it is not quiet: %s%s", preview.Explain(), preview.Steps.Changing())
		}
	}
}

// assignmentsOnThePage runs every az command of docs/adopt.md, and returns the names of the assignments that they tell.
func assignmentsOnThePage(t *testing.T, az func(string) string) (names []string) {
	t.Helper()
	page, err := os.ReadFile("../../docs/adopt.md")
	if err != nil {
		t.Fatal(err)
	}
	var principals []string
	commands := regexp.MustCompile("(?m)^    az (.*)$").FindAllStringSubmatch(string(page), -1)
	for _, command := range commands {
		line := strings.ReplaceAll(command[1], `"`, "")
		if !strings.Contains(line, "<principal>") {
			principals = append(principals, az(line))
			continue
		}
		for _, principal := range principals {
			for _, row := range strings.Split(az(strings.ReplaceAll(line, "<principal>", principal)), "\n") {
				if name, _, found := strings.Cut(row, "\t"); found {
					names = append(names, name)
				}
			}
		}
	}
	if len(commands) != 3 || len(principals) != 2 {
		t.Fatalf("docs/adopt.md has the commands %v, which tell the principals %v", commands, principals)
	}
	return names
}

func bodies(cloud *azuresim.Cloud) map[string]map[string]any {
	all := map[string]map[string]any{}
	for _, r := range cloud.Resources() {
		all[r.ID] = r.Body
	}
	return all
}
