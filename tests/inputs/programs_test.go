package inputs_test

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/provider"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/tests/arguments"
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// subject is a component under test.
type subject struct {
	name, token string
	// called is the name of the component in a program.
	called string
	// base are arguments with which the component deploys, for a leaf of theirs: some need others beside them.
	base func(cloud *azuresim.Cloud, leaf string) any
	plan func(args any) plan.Plan
	make func(ctx *pulumi.Context, args any) error
}

func subjects() []subject {
	return []subject{
		{"ManagedIdentityCluster", components.ManagedIdentityClusterToken, "aks", baseCluster,
			func(args any) plan.Plan {
				return components.PlanManagedIdentityCluster(args.(*components.ManagedIdentityClusterArgs), worlds.Day)
			},
			func(ctx *pulumi.Context, args any) error {
				_, err := components.NewManagedIdentityCluster(ctx, "aks", args.(*components.ManagedIdentityClusterArgs))
				return err
			}},
		{"VnetDelegation", components.VnetDelegationToken, "network", baseDelegation,
			func(args any) plan.Plan { return components.PlanVnetDelegation(args.(*components.VnetDelegationArgs)) },
			func(ctx *pulumi.Context, args any) error {
				_, err := components.NewVnetDelegation(ctx, "network", args.(*components.VnetDelegationArgs))
				return err
			}},
		{"AddonIdentityGrants", components.AddonIdentityGrantsToken, "addons", baseAddons,
			func(args any) plan.Plan {
				return components.PlanAddonIdentityGrants(args.(*components.AddonIdentityGrantsArgs))
			},
			func(ctx *pulumi.Context, args any) error {
				_, err := components.NewAddonIdentityGrants(ctx, "addons", args.(*components.AddonIdentityGrantsArgs))
				return err
			}},
		{"WorkloadIdentity", components.WorkloadIdentityToken, "web", baseWorkload,
			func(args any) plan.Plan {
				return components.PlanWorkloadIdentity("web", args.(*components.WorkloadIdentityArgs))
			},
			func(ctx *pulumi.Context, args any) error {
				_, err := components.NewWorkloadIdentity(ctx, "web", args.(*components.WorkloadIdentityArgs))
				return err
			}},
	}
}

func (s subject) native(args any) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error { return s.make(ctx, args) }
}

// served is the program in another language.
func (s subject) served(args any) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		return ctx.RegisterRemoteComponentResource(s.token, s.called, arguments.Properties(args), &remote{})
	}
}

type remote struct{ pulumi.ResourceState }

func asProvider() simtest.Option {
	return simtest.WithProvider(provider.Name, "1.0.0", func() (pulumirpc.ResourceProviderServer, error) {
		return provider.NewServer("1.0.0")
	})
}

func notWaiting() *components.PropagationArgs {
	return &components.PropagationArgs{TimeoutSeconds: pulumi.IntRef(0)}
}

func identityArgs(cloud *azuresim.Cloud, name string) *components.UserAssignedIdentityArgs {
	i := cloud.MustSeedIdentity("identities", name)
	return &components.UserAssignedIdentityArgs{
		ResourceID: pulumi.String(i.ID), PrincipalID: pulumi.String(i.PrincipalID), ClientID: pulumi.String(i.ClientID),
	}
}

func baseCluster(cloud *azuresim.Cloud, leaf string) any {
	a := &components.ManagedIdentityClusterArgs{
		Location: pulumi.StringPtr("westeurope"), APIServer: &components.APIServerArgs{Public: true}, Propagation: notWaiting(),
		Identity:   &components.ClusterIdentityArgs{UserAssigned: identityArgs(cloud, "zq-planted-plane")},
		SystemPool: &components.NodePoolArgs{},
	}
	about := func(prefixes ...string) bool {
		for _, p := range prefixes {
			if strings.HasPrefix(leaf, p) {
				return true
			}
		}
		return false
	}
	nodes := func() {
		a.Subnets = map[string]pulumi.StringInput{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))}
		a.SystemPool.Subnet = "nodes"
	}
	switch {
	case about("pools[0]"):
		a.Pools = []*components.NodePoolArgs{{Name: "web"}}
	case about("subnets."):
		a.SystemPool.Subnet = arguments.One
	case about("kubeletIdentity", "bootstrapRegistryId", "abacBootstrapRegistryId"):
		a.KubeletIdentity = &components.KubeletIdentityArgs{Existing: identityArgs(cloud, "zq-planted-nodes")}
	case about("fqdnSubdomain", "apiServer.privateDnsZoneId"):
		nodes()
		a.APIServer = &components.APIServerArgs{Private: true, PrivateDNSZoneID: pulumi.StringPtr(
			cloud.MustSeed(azuresim.ID("net", azuresim.PrivateDNSZoneType, "privatelink.westeurope.azmk8s.io"), nil))}
	case about("apiServer.privateDnsZoneNetworkIds"):
		subnet := cloud.MustSeedSubnet("net", "zq-planted-net", "nodes")
		a.Subnets, a.SystemPool.Subnet = map[string]pulumi.StringInput{"nodes": pulumi.ToSecret(pulumi.String(subnet)).(pulumi.StringOutput)}, "nodes"
		a.APIServer = &components.APIServerArgs{Private: true, PrivateDNSZoneNetworkIDs: map[string]pulumi.StringInput{
			arguments.One: pulumi.String(strings.TrimSuffix(subnet, "/subnets/nodes"))}}
	case about("apiServer.authorizedIpRanges"):
		a.APIServer = &components.APIServerArgs{}
	case about("extraGrants"):
		a.ExtraGrants = map[string]*components.ExtraGrantArgs{arguments.One: {Identity: "control-plane", Role: rbac.Reader, Reason: "look"}}
	case about("access."):
		a.Entra = &components.EntraArgs{}
		a.Access = map[string]*components.AccessArgs{arguments.One: {
			PrincipalID: pulumi.String(cloud.MustSeedIdentity("ids", "zq-pipeline").PrincipalID), PrincipalType: components.PrincipalTypeServicePrincipal,
			Role: components.AccessRoleReader, Reason: "look",
		}}
	case about("security.kms"):
		vault := cloud.MustSeed(azuresim.ID("vaults", azuresim.VaultType, "zq-vault"), nil)
		a.Security = &components.SecurityArgs{KMS: &components.KMSArgs{
			KeyID: pulumi.String("https://zq-vault.vault.azure.net/keys/zq-planted-key/1"), KeyVaultID: pulumi.String(vault),
		}}
		if leaf == "security.kms.keyVaultId" { // the name of the vault is a part of the URL
			a.Security.KMS.KeyID = pulumi.ToSecret(a.Security.KMS.KeyID).(pulumi.StringOutput)
		}
	}
	companions(a, cloud, leaf)
	return a
}

// companions are what a leaf of a cluster needs beside it.
func companions(a *components.ManagedIdentityClusterArgs, cloud *azuresim.Cloud, leaf string) {
	about := func(prefix string) bool { return strings.HasPrefix(leaf, prefix) }
	pool := a.SystemPool
	if about("pools[0]") {
		pool = a.Pools[0]
	}
	prefix := func() string { return cloud.MustSeed(azuresim.ID("ips", azuresim.PublicIPPrefixType, "ips"), nil) }
	one := func(id string) map[string]pulumi.StringInput {
		return map[string]pulumi.StringInput{arguments.One: pulumi.String(id)}
	}
	gateway := func() *components.AddonsArgs {
		return &components.AddonsArgs{IngressGateway: &components.IngressGatewayArgs{
			GatewayID: pulumi.StringPtr(cloud.MustSeed(azuresim.ID("edge", azuresim.ApplicationGatewayType, "gateway"), nil)),
		}}
	}
	switch {
	case strings.Contains(leaf, "autoscaling"):
		pool.Autoscaling = &components.AutoscalingArgs{Min: pulumi.Int(1), Max: pulumi.Int(300)}
	case strings.Contains(leaf, "spot."):
		a.Pools = []*components.NodePoolArgs{{Name: "web", Spot: &components.SpotArgs{}}}
	case about("nodeIpPrefixIds"):
		pool.EnableNodePublicIP, pool.NodeIPPrefix = true, arguments.One
	case about("nodeIpPrefixGroupIds"):
		pool.EnableNodePublicIP, pool.NodeIPPrefix, a.NodeIPPrefixIDs = true, arguments.One, one(prefix())
	case about("capacityReservationGroupIds"):
		pool.CapacityReservationGroup = arguments.One
	case about("hostGroupIds"):
		pool.HostGroup = arguments.One
	case about("keyVaultIds"):
		a.Addons = &components.AddonsArgs{SecretsProvider: &components.SecretsProviderArgs{SecretVaults: []string{arguments.One}}}
	case about("addons.ingressGateway.gatewayName"), about("addons.ingressGateway.watchNamespace"):
		a.Addons = &components.AddonsArgs{IngressGateway: &components.IngressGatewayArgs{SubnetCIDR: pulumi.String("10.225.0.0/16")}}
	case about("addons.ingressGateway.gatewayIdentityId"), about("addons.ingressGateway.gatewaySubnetId"), about("addons.ingressGateway.gatewayPublicIpId"):
		a.Addons = gateway()
	case about("addons.istio.certificateAuthority"):
		a.KeyVaultIDs = map[string]pulumi.StringInput{arguments.One: pulumi.String(cloud.MustSeed(azuresim.ID("keys", azuresim.VaultType, "zq-mesh"), nil))}
		a.Addons = &components.AddonsArgs{
			SecretsProvider: &components.SecretsProviderArgs{SecretVaults: []string{arguments.One}},
			Istio: &components.IstioArgs{CertificateAuthority: &components.IstioCertificateAuthorityArgs{
				KeyVault: arguments.One, CertChain: pulumi.String("zq-first"), Cert: pulumi.String("zq-second"), Key: pulumi.String("zq-third"), RootCert: pulumi.String("zq-fourth"),
			}},
		}
	case about("addons.virtualNode"):
		a.Subnets = map[string]pulumi.StringInput{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))}
		pool.Subnet, a.Network = "nodes", &components.NetworkArgs{Flat: true}
		a.Addons = &components.AddonsArgs{VirtualNode: &components.VirtualNodeArgs{
			SubnetID: pulumi.String(cloud.MustSeedSubnet("net", "hub", "zq-planted-pods"))}}
	case about("addons.monitoring.dataCollectionRuleId"):
		a.Addons = &components.AddonsArgs{Monitoring: &components.MonitoringArgs{
			WorkspaceID: pulumi.StringPtr(cloud.MustSeed(azuresim.ID("logs", azuresim.WorkspaceType, "logs"), nil))}}
	}
}

func baseDelegation(cloud *azuresim.Cloud, leaf string) any {
	a := &components.VnetDelegationArgs{Propagation: notWaiting()}
	if leaf != "clusterId" {
		a.PrincipalID = pulumi.String(cloud.MustSeedIdentity("identities", "control-plane").PrincipalID)
	}
	if leaf == "clusterId" || leaf == "principalId" {
		a.NodeSubnetIDs = map[string]pulumi.StringInput{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "hub", "nodes"))}
	}
	return a
}

func baseAddons(cloud *azuresim.Cloud, leaf string) any {
	a := &components.AddonIdentityGrantsArgs{Propagation: notWaiting()}
	if leaf == "clusterId" {
		a.RegistryIDs = map[string]pulumi.StringInput{"shop": pulumi.String(cloud.MustSeed(azuresim.ID("shop", azuresim.RegistryType, "shopregistry"), nil))}
		return a
	}
	principal := func(name string) pulumi.StringOutput {
		return pulumi.String(cloud.MustSeedIdentity("identities", name).PrincipalID).ToStringOutput()
	}
	a.KubeletPrincipalID, a.ControlPlanePrincipalID = principal("kubelet").ToStringPtrOutput(), principal("control-plane").ToStringPtrOutput()
	a.BackupExtensionPrincipalID, a.BackupVaultPrincipalID = principal("extension").ToStringPtrOutput(), principal("vault").ToStringPtrOutput()
	a.DiskEncryptionSetPrincipalID, a.GrafanaPrincipalID = principal("set").ToStringPtrOutput(), principal("grafana").ToStringPtrOutput()
	a.AddonPrincipalIDs = map[string]pulumi.StringInput{}
	for _, key := range []plan.AddonKey{plan.IngressGateway, plan.VirtualNode, plan.WebAppRouting, plan.SecretsProvider, plan.Monitoring} {
		a.AddonPrincipalIDs[string(key)] = principal(string(key))
	}
	seed := func(resourceType, name string) map[string]pulumi.StringInput {
		return map[string]pulumi.StringInput{"shop": pulumi.String(cloud.MustSeed(azuresim.ID("shop", resourceType, name), nil))}
	}
	group := map[string]pulumi.StringInput{"shop": pulumi.String(cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "shop"), nil))}
	switch leaf {
	case "kubeletPrincipalId":
		a.RegistryIDs = seed(azuresim.RegistryType, "shopregistry")
	case "controlPlanePrincipalId":
		a.BackupSnapshotGroupIDs = group
	case "backupExtensionPrincipalId":
		a.BackupAccountIDs = seed(azuresim.StorageAccountType, "shopbackups")
	case "backupVaultPrincipalId":
		a.BackupVaultSnapshotGroupIDs = group
	case "diskEncryptionSetPrincipalId":
		a.EncryptionVaultIDs = seed(azuresim.VaultType, "shop-vault")
	case "grafanaPrincipalId":
		a.MonitorWorkspaceIDs = seed("Microsoft.Monitor/accounts", "shop")
	case "addonPrincipalIds." + string(plan.WebAppRouting):
		a.PublicDNSZoneIDs = seed(azuresim.DNSZoneType, "shop.example")
	}
	return a
}

func baseWorkload(cloud *azuresim.Cloud, leaf string) any {
	cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "apps"), nil)
	a := &components.WorkloadIdentityArgs{
		ResourceGroupName: pulumi.String("apps"), Location: pulumi.StringPtr("westeurope"), IssuerURL: pulumi.String("https://issuer.example/"),
		ServiceAccounts: map[string]*components.ServiceAccountArgs{arguments.One: {Namespace: pulumi.String("shop"), Name: pulumi.String("web")}}, Propagation: notWaiting(),
	}
	if strings.HasPrefix(leaf, "roles.") {
		a.Roles = map[string]*components.WorkloadGrantArgs{arguments.One: {Role: rbac.Reader}}
	}
	switch {
	case leaf == "identityId": // an identity that exists is in its own place
		a.ResourceGroupName, a.Location = nil, nil
	case strings.HasPrefix(leaf, "issuerUrls."): // one cluster, or several
		a.IssuerURL = nil
	}
	return a
}
