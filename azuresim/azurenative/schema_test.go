package azurenative_test

import (
	"context"
	"encoding/json"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

func TestDescribedTypes(t *testing.T) {
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
		"network:AzureFirewall", "network:FirewallPolicy", "network:PrivateEndpoint", "network:PrivateDnsZoneGroup",
		"network:VirtualNetworkPeering", "network:Route", "keyvault:Key", "keyvault:Secret", "insights:DiagnosticSetting",
		"insights:ActionGroup", "storage:BlobContainer", "dbforpostgresql:Server", "eventhub:Namespace",
		"authorization:ManagementLockByScope", "authorization:PolicyAssignment", "containerregistry:Replication",
	}
	answer, err := azurenative.NewProvider(azuresim.New()).GetSchema(context.Background(), &pulumirpc.GetSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var spec struct{ Resources map[string]any }
	if err := json.Unmarshal([]byte(answer.Schema), &spec); err != nil {
		t.Fatal(err)
	}
	for _, token := range tokens {
		if spec.Resources["azure-native:"+token] == nil {
			t.Errorf("%s is not described, so nothing in it would be checked", token)
		}
	}
}
