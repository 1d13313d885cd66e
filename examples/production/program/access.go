package program

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// access is who gets in: the platform team everywhere, the shop's team in its namespace.
func access(outside Outside) map[string]*components.AccessArgs {
	return map[string]*components.AccessArgs{
		"platform": {
			PrincipalID: outside.AdminGroup, PrincipalType: components.PrincipalTypeGroup,
			Role: components.AccessRoleClusterAdmin, Reason: "the platform team runs the cluster",
		},
		"shop": {
			PrincipalID: outside.ShopTeam, PrincipalType: components.PrincipalTypeGroup,
			Role: components.AccessRoleWriter, Namespace: pulumi.String("shop"), Reason: "the team of the shop deploys and looks after its pods",
		},
	}
}

// deployerAccess is for the pipeline that runs this program.
func deployerAccess() *components.DeployerAccessArgs {
	return &components.DeployerAccessArgs{
		PrincipalType: components.PrincipalTypeServicePrincipal, Role: components.AccessRoleClusterAdmin,
		Reason: "the pipeline makes the namespaces, and what every one of them has",
	}
}
