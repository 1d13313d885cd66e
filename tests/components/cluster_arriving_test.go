package components_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"
)

// TestALateIDOrNameIsRefusedLikeAKnownOne: whichever argument of a cluster it is for, Azure hears nothing of it.
func TestALateIDOrNameIsRefusedLikeAKnownOne(t *testing.T) {
	registry, vault := azuresim.ID("shop", azuresim.RegistryType, "shop"), azuresim.ID("shop", azuresim.VaultType, "shop-vault")
	const guid = "00000000-0000-4000-8000-000000000001"
	identity := func(v givenValues) *components.UserAssignedIdentityArgs {
		return &components.UserAssignedIdentityArgs{
			ResourceID: v.text(registry), PrincipalID: pulumi.String(guid), ClientID: pulumi.String("00000000-0000-4000-8000-000000000002"),
		}
	}
	mustBeRefusedLateAsKnown(t, []lateMistake{
		{"identity of the control plane", "a registry is no identity", func(a *components.ManagedIdentityClusterArgs, v givenValues) {
			a.Identity = &components.ClusterIdentityArgs{UserAssigned: identity(v)}
		}},
		{"workspace of monitoring", "a vault is no workspace", func(a *components.ManagedIdentityClusterArgs, v givenValues) {
			a.Addons = &components.AddonsArgs{Monitoring: &components.MonitoringArgs{WorkspaceID: startOf(v, vault)}}
		}},
		{"workspace of Defender", "it is no ID at all", func(a *components.ManagedIdentityClusterArgs, v givenValues) {
			a.Security = &components.SecurityArgs{DefenderWorkspaceID: startOf(v, "a.b")}
		}},
		{"proximity placement group", "a pool's argument", func(a *components.ManagedIdentityClusterArgs, v givenValues) {
			a.SystemPool = &components.NodePoolArgs{ProximityPlacementGroupID: startOf(v, registry)}
		}},
		{"gateway without grants", "no grant looks at the ID", func(a *components.ManagedIdentityClusterArgs, v givenValues) {
			a.GrantMode = components.GrantNone
			a.Addons = &components.AddonsArgs{IngressGateway: &components.IngressGatewayArgs{GatewayID: startOf(v, guid)}}
		}},
		{"cluster name", "an ID is too long and has slashes", func(a *components.ManagedIdentityClusterArgs, v givenValues) {
			a.ClusterName = startOf(v, registry)
		}},
		{"version", "AKS numbers its versions", func(a *components.ManagedIdentityClusterArgs, v givenValues) {
			a.KubernetesVersion = startOf(v, "1e309")
		}},
		{"location", "Pulumi takes no text that is not UTF-8", func(a *components.ManagedIdentityClusterArgs, v givenValues) { a.Location = startOf(v, "\xff") }},
	})
}

// TestAnElementWithoutValueIsRefused: azure-native would say that something is null, and not what to do.
func TestAnElementWithoutValueIsRefused(t *testing.T) {
	cases := []struct {
		path, reason string
		put          func(*components.ManagedIdentityClusterArgs)
	}{
		{"systemPool.availabilityZones[0]", "a zone", func(a *components.ManagedIdentityClusterArgs) {
			a.SystemPool = &components.NodePoolArgs{AvailabilityZones: pulumi.StringArray{nil}}
		}},
		{"entra.adminGroupObjectIds[0]", "a group", func(a *components.ManagedIdentityClusterArgs) {
			a.Entra = &components.EntraArgs{AdminGroupObjectIDs: pulumi.StringArray{nil}}
		}},
		{"apiServer.authorizedIpRanges[0]", "a range", func(a *components.ManagedIdentityClusterArgs) {
			a.APIServer = &components.APIServerArgs{AuthorizedIPRanges: pulumi.StringArray{nil}}
		}},
	}
	for _, tc := range cases {
		args := smallest()
		tc.put(args)
		found := components.PlanManagedIdentityCluster(args, worlds.Day).Problems
		if len(found) != 1 || found[0].Path != plan.Path(tc.path) {
			t.Errorf("%s: %v", tc.reason, found)
		}
	}
}
