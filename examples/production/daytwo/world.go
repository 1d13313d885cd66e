package daytwo

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/examples/production/program"
)

// World is a simulated Azure with what other teams made.
type World struct {
	Cloud *azuresim.Cloud
	// Config are the program's configuration values.
	Config map[string]string

	given, another azuresim.SeededIdentity
}

// Groups in the directory.
const (
	AdminGroup = "00000000-0000-4000-8000-00000000000a"
	ShopTeam   = "00000000-0000-4000-8000-00000000000b"
)

// NewWorld makes one; nothing of the program is deployed yet.
func NewWorld() World {
	cloud := azuresim.New(azuresim.WithKubernetesVersions("1.33.5", "1.34.1", "1.35.0", "1.36.0"))
	cloud.AddPrincipal(AdminGroup, azuresim.Group, "platform")
	cloud.AddPrincipal(ShopTeam, azuresim.Group, "shop")
	gateway := cloud.MustSeed(azuresim.ID("network", azuresim.NatGatewayType, "egress"), map[string]any{"sku": map[string]any{"name": "Standard"}})
	subnet := func(name string) string {
		return cloud.MustSeed(azuresim.ID("network", azuresim.SubnetType, "spoke", name), map[string]any{
			"properties": map[string]any{"natGateway": map[string]any{"id": gateway}},
		})
	}
	return World{
		Cloud: cloud,
		Config: map[string]string{
			"systemSubnetId": subnet("system"), "workloadSubnetId": subnet("workloads"), "natGatewayId": gateway,
			"registryId":         cloud.MustSeed(azuresim.ID("images", azuresim.RegistryType, "shopimages"), nil),
			"workspaceId":        cloud.MustSeed(azuresim.ID("logs", azuresim.WorkspaceType, "shop-logs"), nil),
			"adminGroupObjectId": AdminGroup,
			"shopTeamObjectId":   ShopTeam,
		},
		given:   cloud.MustSeedIdentity("identities", "shop-blue"),
		another: cloud.MustSeedIdentity("identities", "shop-green"),
	}
}

// Steps are day two in this world.
func (w World) Steps() []Step { return Steps(w.given, w.another) }

func names(identity azuresim.SeededIdentity) *components.UserAssignedIdentityArgs {
	return &components.UserAssignedIdentityArgs{
		ResourceID: pulumi.String(identity.ID), PrincipalID: pulumi.String(identity.PrincipalID), ClientID: pulumi.String(identity.ClientID),
	}
}

// After is the program after some steps: that of the first day with their edits.
func After(steps []Step) pulumi.RunFunc {
	return program.Edited(func(p *program.Platform) {
		for _, step := range steps {
			if !step.Refreshes() {
				step.Edit(p)
			}
		}
	})
}
