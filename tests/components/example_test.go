package components_test

import (
	"fmt"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// bench stands for the *testing.T of a test; an example has none.
type bench struct{ testing.TB }

func (bench) Helper()                           {}
func (bench) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

// deploy runs a program in the simulated Azure and prints the grants that this holds afterwards.
func deploy(cloud *azuresim.Cloud, program pulumi.RunFunc) {
	if up := simtest.New(bench{}, program, simtest.WithCloud(cloud)).Up(); up.Err != nil {
		fmt.Println(up.Explain())
	}
	for _, a := range cloud.RoleAssignments() {
		fmt.Printf("%s on %s: %s\n", a.Role.Name, a.Scope.Name(), a.Description)
	}
}

func Example_newManagedIdentityCluster() {
	cloud := azuresim.New()
	subnet := cloud.MustSeedSubnet("net", "hub", "nodes") // another team's
	deploy(cloud, func(ctx *pulumi.Context) error {
		cluster, err := components.NewManagedIdentityCluster(ctx, "shop", &components.ManagedIdentityClusterArgs{
			Location:   pulumi.StringPtr("westeurope"),
			Identity:   &components.ClusterIdentityArgs{Type: plan.UserAssigned},
			Subnets:    map[string]pulumi.StringInput{"nodes": pulumi.String(subnet)},
			SystemPool: &components.NodePoolArgs{Subnet: "nodes"},
			APIServer:  &components.APIServerArgs{Private: true},
		})
		if err != nil {
			return err
		}
		ctx.Export("kubeconfig", cluster.Kubeconfig)
		return nil
	})
	// Output:
	// Network Contributor on nodes: control-plane: join nodes and internal load balancers to the subnet (made by Pulumi: project simtest, stack test, ManagedIdentityCluster shop)
}

func Example_newVnetDelegation() {
	cloud := azuresim.New()
	subnet := cloud.MustSeedSubnet("net", "hub", "shop")
	identity := cloud.MustSeedIdentity("shop", "control-plane")
	deploy(cloud, func(ctx *pulumi.Context) error {
		_, err := components.NewVnetDelegation(ctx, "shop", &components.VnetDelegationArgs{
			PrincipalID:   pulumi.String(identity.PrincipalID),
			NodeSubnetIDs: map[string]pulumi.StringInput{"shop": pulumi.String(subnet)},
		})
		return err
	})
	// Output:
	// Network Contributor on shop: principal: join nodes and internal load balancers to the subnet (made by Pulumi: project simtest, stack test, VnetDelegation shop)
}

func Example_newAddonIdentityGrants() {
	cloud := azuresim.New()
	zone := cloud.MustSeed(azuresim.ID("dns", azuresim.DNSZoneType, "shop.example"), nil)
	routing := cloud.MustSeedIdentity("shop", "web-app-routing") // of a cluster that somebody else made
	deploy(cloud, func(ctx *pulumi.Context) error {
		_, err := components.NewAddonIdentityGrants(ctx, "shop", &components.AddonIdentityGrantsArgs{
			AddonPrincipalIDs: map[string]pulumi.StringInput{"webAppRouting": pulumi.String(routing.PrincipalID)},
			PublicDNSZoneIDs:  map[string]pulumi.StringInput{"shop": pulumi.String(zone)},
		})
		return err
	})
	// Output:
	// DNS Zone Contributor on shop.example: addon-webAppRouting: write the records of ingresses (made by Pulumi: project simtest, stack test, AddonIdentityGrants shop)
}

func Example_newWorkloadIdentity() {
	cloud := azuresim.New()
	vault := cloud.MustSeed(azuresim.ID("keys", azuresim.VaultType, "shop"), nil)
	cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "shop"), nil)
	deploy(cloud, func(ctx *pulumi.Context) error {
		_, err := components.NewWorkloadIdentity(ctx, "orders", &components.WorkloadIdentityArgs{
			ResourceGroupName: pulumi.String("shop"),
			Location:          pulumi.StringPtr("westeurope"),
			IssuerURL:         pulumi.String("https://westeurope.oic.prod-aks.azure.com/tenant/cluster/"), // ManagedIdentityCluster.OIDCIssuerURL
			ServiceAccounts:   map[string]*components.ServiceAccountArgs{"api": {Namespace: pulumi.String("shop"), Name: pulumi.String("orders")}},
			Roles: map[string]*components.WorkloadGrantArgs{
				"payments": {Role: rbac.KeyVaultSecretsUser, ResourceID: pulumi.String(vault), Reason: "read the key of the payment service"},
			},
		})
		return err
	})
	// Output:
	// Key Vault Secrets User on shop: workload: read the key of the payment service (made by Pulumi: project simtest, stack test, WorkloadIdentity orders)
}
