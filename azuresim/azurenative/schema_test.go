package azurenative_test

import (
	"context"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

func TestServedTypes(t *testing.T) {
	tokens := []string{
		"resources:ResourceGroup", "resources:Resource",
		"containerservice:ManagedCluster", "containerservice:AgentPool", "containerservice:MaintenanceConfiguration",
		"containerservice/v20240901:ManagedCluster", "containerservice/v20240901:AgentPool",
		"containerservice/v20250101:ManagedCluster", "containerservice/v20250101:AgentPool",
		"containerservice/v20250101:MaintenanceConfiguration",
		"authorization:RoleAssignment", "authorization:RoleDefinition",
		"managedidentity:UserAssignedIdentity", "managedidentity:FederatedIdentityCredential",
		"network:VirtualNetwork", "network:Subnet", "network:RouteTable", "network:NatGateway",
		"network:NetworkSecurityGroup", "network:PublicIPAddress", "network:PublicIPPrefix",
		"network:ApplicationGateway", "network:DdosProtectionPlan", "network:PrivateLinkService",
		"network:PrivateZone", "network:Zone", "network:VirtualNetworkLink",
		"compute:Disk", "compute:Snapshot", "compute:DiskEncryptionSet", "compute:CapacityReservationGroup",
		"compute:DedicatedHostGroup", "compute:ProximityPlacementGroup",
		"containerregistry:Registry", "keyvault:Vault", "operationalinsights:Workspace", "storage:StorageAccount",
		"insights:DataCollectionRule", "insights:DataCollectionRuleAssociation",
		"insights/v20230311:DataCollectionRule", "insights/v20230311:DataCollectionRuleAssociation",
	}
	provider := azurenative.NewProvider(azuresim.New())
	for _, token := range tokens {
		_, err := provider.Diff(context.Background(), &pulumirpc.DiffRequest{Urn: urn("azure-native:"+token, "x")})
		if err != nil {
			t.Errorf("%s is served: %v", token, err)
		}
	}
}
