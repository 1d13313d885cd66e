package provider_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// grantsOf is a program in another language that grants what a cluster works with. late makes its ID an output of a resource.
func grantsOf(cluster *azuresim.Cluster, registry, zone string, late bool) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		id := pulumi.StringInput(pulumi.String(cluster.ID))
		if late {
			group, err := resources.NewResourceGroup(ctx, "first", &resources.ResourceGroupArgs{Location: pulumi.StringPtr("westeurope")})
			if err != nil {
				return err
			}
			id = group.ID().ApplyT(func(pulumi.ID) string { return cluster.ID }).(pulumi.StringOutput)
		}
		var grants, delegation struct {
			pulumi.ResourceState
			PrincipalID pulumi.StringOutput `pulumi:"principalId"`
		}
		err := ctx.RegisterRemoteComponentResource(components.AddonIdentityGrantsToken, "grants", pulumi.Map{
			"clusterId": id, "registryIds": pulumi.StringMap{"shop": pulumi.String(registry)}, "publicDnsZoneIds": pulumi.StringMap{"shop": pulumi.String(zone)},
		}, &grants)
		if err != nil {
			return err
		}
		err = ctx.RegisterRemoteComponentResource(components.VnetDelegationToken, "delegation", pulumi.Map{"clusterId": id}, &delegation)
		ctx.Export("principalId", delegation.PrincipalID)
		return err
	}
}

// TestServedComponentsReadTheCluster: in every language an ID is all it takes, and what the cluster lacks is told at preview.
func TestServedComponentsReadTheCluster(t *testing.T) {
	cases := []struct {
		name, reason  string
		routing, late bool
		previewFails  bool
	}{
		{"known", "all of it is read at preview", true, false, false},
		{"late", "it is read when it arrives", true, true, false},
		{"known, without the add-on", "nobody is about to change a cluster of another stack", false, false, true},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			cluster := cloud.MustSeedCluster("aks", "theirs", map[string]any{"properties": map[string]any{
				"ingressProfile": map[string]any{"webAppRouting": map[string]any{"enabled": tc.routing}},
			}})
			registry := cloud.MustSeed(azuresim.ID("images", azuresim.RegistryType, "shopregistry"), nil)
			zone := cloud.MustSeed(azuresim.ID("dns", azuresim.DNSZoneType, "shop.example"), nil)
			program := grantsOf(cluster, registry, zone, tc.late)
			if tc.previewFails {
				preview := simtest.New(t, program, asProvider(), simtest.WithCloud(cloud)).Preview()
				if preview.Err == nil || !strings.Contains(preview.Explain(), "clusterId: the cluster "+cluster.ID+" has no addon-webAppRouting identity") {
					t.Errorf("%s: %s", tc.reason, preview.Explain())
				}
				return
			}
			simtest.Run(t, program, asProvider(), simtest.WithCloud(cloud), simtest.WithCheck(func(_ *simtest.Stack, up simtest.Result) {
				if principal, _ := up.Output("principalId"); principal != cluster.ControlPlane() {
					t.Errorf("%s: the principal is %v, want %s", tc.reason, principal, cluster.ControlPlane())
				}
				var holders []string
				for _, a := range cloud.RoleAssignments() {
					holders = append(holders, a.PrincipalID)
				}
				if len(holders) != 2 || !strings.Contains(strings.Join(holders, " "), cluster.Kubelet()) || !strings.Contains(strings.Join(holders, " "), cluster.Addon("webAppRouting")) {
					t.Errorf("%s: grants for %v", tc.reason, holders)
				}
			}))
		})
	}
}
