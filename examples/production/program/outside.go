package program

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

// Outside is what other teams made: resource IDs, and the object IDs of groups in Entra.
type Outside struct {
	// SystemSubnet and WorkloadSubnet lie in one network and leave it through NATGateway.
	SystemSubnet, WorkloadSubnet, NATGateway pulumi.String
	Registry, Workspace                      pulumi.String
	// AdminGroup is the platform team, ShopTeam the one whose pods run in the namespace shop.
	AdminGroup, ShopTeam pulumi.String
}

// readOutside takes systemSubnetId, workloadSubnetId, natGatewayId, registryId, workspaceId, adminGroupObjectId and
// shopTeamObjectId from the stack's configuration.
func readOutside(ctx *pulumi.Context) (Outside, error) {
	var out Outside
	for key, to := range map[string]*pulumi.String{
		"systemSubnetId": &out.SystemSubnet, "workloadSubnetId": &out.WorkloadSubnet, "natGatewayId": &out.NATGateway,
		"registryId": &out.Registry, "workspaceId": &out.Workspace, "adminGroupObjectId": &out.AdminGroup,
		"shopTeamObjectId": &out.ShopTeam,
	} {
		value, err := config.Try(ctx, key)
		if err != nil {
			return Outside{}, err
		}
		*to = pulumi.String(value)
	}
	return out, nil
}
