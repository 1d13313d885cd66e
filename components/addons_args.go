package components

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

// AddonsArgs switch the cluster's add-ons. What an add-on works with is granted to its identity. Add-ons without
// arguments here are left off, except Azure Policy.
type AddonsArgs struct {
	// AzurePolicy enforces Azure policies in the cluster. Default true: without it, policies about pods are ignored.
	AzurePolicy *bool `pulumi:"azurePolicy,optional"`
	// Monitoring is Container Insights.
	Monitoring *MonitoringArgs `pulumi:"monitoring,optional"`
	// Prometheus collects metrics for an Azure Monitor workspace; the data collection rule is yours to make.
	Prometheus bool `pulumi:"prometheus,optional"`
	// IngressGateway is the Application Gateway ingress controller.
	IngressGateway *IngressGatewayArgs `pulumi:"ingressGateway,optional"`
	// VirtualNode runs pods on container instances.
	VirtualNode *VirtualNodeArgs `pulumi:"virtualNode,optional"`
	// SecretsProvider mounts secrets of key vaults into pods.
	SecretsProvider *SecretsProviderArgs `pulumi:"secretsProvider,optional"`
	// AppRouting is application routing with NGINX. Its security patches end in November 2026 (AKS documentation, read 2026-11-26),
	// and it is refused from 2026-12-01 on, but for acceptRetired. The Gateway API variant is not in API version 2025-01-01;
	// docs/retirements.md has what works.
	AppRouting *AppRoutingArgs `pulumi:"appRouting,optional"`
	// Istio is the service mesh add-on.
	Istio *IstioArgs `pulumi:"istio,optional"`
	// KEDA scales workloads on events.
	KEDA bool `pulumi:"keda,optional"`
	// VerticalPodAutoscaler sizes the requests of pods.
	VerticalPodAutoscaler bool `pulumi:"verticalPodAutoscaler,optional"`
	// ConfidentialComputing is the SGX device plug-in.
	ConfidentialComputing *ConfidentialComputingArgs `pulumi:"confidentialComputing,optional"`
	// Other add-ons, by their key in Azure. Retired ones are refused with the date and the successor, see acceptRetired.
	Other map[string]*OtherAddonArgs `pulumi:"other,optional"`
}

// MonitoringArgs are Container Insights. With Entra authentication, the default, the add-on has no identity and needs no
// role; what it collects is decided by a data collection rule and its association with the cluster, which the component makes.
type MonitoringArgs struct {
	// WorkspaceID is the Log Analytics workspace. Without it one is made in the cluster's resource group: SKU PerGB2018, which
	// keeps data for 30 days.
	WorkspaceID pulumi.StringPtrInput `pulumi:"workspaceId,optional"`
	// WorkspaceLocation is the region of the workspace, and so of the data collection rule: Azure wants both in one region.
	// Default: the cluster's.
	WorkspaceLocation pulumi.StringPtrInput `pulumi:"workspaceLocation,optional"`
	// DataCollectionRuleID is an existing rule that sends to the workspace, which is then required; only the association is made.
	DataCollectionRuleID pulumi.StringPtrInput `pulumi:"dataCollectionRuleId,optional"`
	// LegacyAuthentication is without Entra; the add-on's identity is then granted Monitoring Metrics Publisher on the
	// cluster. Its support ended on 2026-09-30; it is refused from then on, but for acceptRetired.
	LegacyAuthentication bool `pulumi:"legacyAuthentication,optional"`
}

// IngressGatewayArgs say where the gateway is: exactly one of GatewayID, SubnetID and SubnetCIDR.
type IngressGatewayArgs struct {
	// GatewayID is an existing gateway. The add-on is granted Network Contributor on its resource group.
	GatewayID pulumi.StringPtrInput `pulumi:"gatewayId,optional"`
	// GatewayName names the gateway that the add-on makes.
	GatewayName pulumi.StringPtrInput `pulumi:"gatewayName,optional"`
	// SubnetID is an existing subnet for the gateway that the add-on makes; it is granted Network Contributor there.
	SubnetID pulumi.StringPtrInput `pulumi:"subnetId,optional"`
	// SubnetCIDR is the range of a subnet that the add-on makes in the nodes' virtual network; it is granted Network
	// Contributor on that network when it is yours.
	SubnetCIDR pulumi.StringPtrInput `pulumi:"subnetCidr,optional"`
	// GatewayIdentityID is the user-assigned identity of an existing gateway, if it has one; the add-on is granted
	// Managed Identity Operator on it, without which it cannot write the gateway.
	GatewayIdentityID pulumi.StringPtrInput `pulumi:"gatewayIdentityId,optional"`
	// GatewaySubnetID is the subnet of an existing gateway, when it lies in another resource group than the gateway; the add-on
	// is granted Network Contributor there.
	GatewaySubnetID pulumi.StringPtrInput `pulumi:"gatewaySubnetId,optional"`
	// GatewayPublicIPID is the public address of an existing gateway, when it lies in another resource group than the gateway;
	// the add-on is granted Network Contributor there.
	GatewayPublicIPID pulumi.StringPtrInput `pulumi:"gatewayPublicIpId,optional"`
	// WatchNamespace limits the controller to one namespace.
	WatchNamespace pulumi.StringPtrInput `pulumi:"watchNamespace,optional"`
}

// VirtualNodeArgs are the virtual nodes. They need pools in a subnet of yours and the azure plugin with Flat, and do not work with
// authorised ranges of the API server (AKS documentation, read 2026-08-21).
type VirtualNodeArgs struct {
	// SubnetID of the virtual nodes, in the nodes' virtual network; the add-on is granted Network Contributor there.
	SubnetID pulumi.StringInput `pulumi:"subnetId"`
}

// SecretsProviderArgs are the secrets store driver's Key Vault provider.
type SecretsProviderArgs struct {
	// SecretVaults are vaults whose secrets pods mount, keys of ManagedIdentityClusterArgs.KeyVaultIDs: Key Vault Secrets User.
	SecretVaults []string `pulumi:"secretVaults,optional"`
	// CertificateVaults are vaults whose certificates and keys pods mount, keys of KeyVaultIDs: Key Vault Certificate User.
	CertificateVaults []string `pulumi:"certificateVaults,optional"`
	// Rotation of mounted secrets. Default true.
	Rotation *bool `pulumi:"rotation,optional"`
	// RotationPollInterval as 2m. Default: AKS's.
	RotationPollInterval pulumi.StringPtrInput `pulumi:"rotationPollInterval,optional"`
}

// AppRoutingArgs are application routing's zones, by names of your choice, and vaults.
type AppRoutingArgs struct {
	// PublicDNSZoneIDs: DNS Zone Contributor on each.
	PublicDNSZoneIDs map[string]pulumi.StringInput `pulumi:"publicDnsZoneIds,optional"`
	// PrivateDNSZoneIDs: Private DNS Zone Contributor on each; the role of public zones covers nothing there.
	PrivateDNSZoneIDs map[string]pulumi.StringInput `pulumi:"privateDnsZoneIds,optional"`
	// DNSZoneGroupIDs are resource groups of zones: Reader on each, for those whose zones are not found otherwise. Sources disagree
	// whether the add-on lists the zones of a group (docs/grants.md), so nothing is granted there by itself.
	DNSZoneGroupIDs map[string]pulumi.StringInput `pulumi:"dnsZoneGroupIds,optional"`
	// Vaults of certificates, keys of ManagedIdentityClusterArgs.KeyVaultIDs: Key Vault Certificate User. Needs the secrets
	// provider.
	Vaults []string `pulumi:"vaults,optional"`
}

// IstioArgs are the service mesh add-on.
type IstioArgs struct {
	// Revisions as asm-1-24; one, or two during an upgrade. Default: AKS's.
	Revisions pulumi.StringArrayInput `pulumi:"revisions,optional"`
	// ExternalIngress makes an ingress gateway that the internet reaches.
	ExternalIngress bool `pulumi:"externalIngress,optional"`
	// InternalIngress makes an ingress gateway inside the network.
	InternalIngress bool `pulumi:"internalIngress,optional"`
	// CertificateAuthority plugs in your own; the secrets provider's identity is granted Key Vault Secrets User on its
	// vault.
	CertificateAuthority *IstioCertificateAuthorityArgs `pulumi:"certificateAuthority,optional"`
}

// IstioCertificateAuthorityArgs name the objects of a plugged-in certificate authority in a vault.
type IstioCertificateAuthorityArgs struct {
	// KeyVault is the vault, a key of ManagedIdentityClusterArgs.KeyVaultIDs.
	KeyVault string `pulumi:"keyVault"`
	// CertChain is the certificate chain's object name in the vault.
	CertChain pulumi.StringInput `pulumi:"certChainObjectName"`
	// Cert is the intermediate certificate's object name.
	Cert pulumi.StringInput `pulumi:"certObjectName"`
	// Key is the intermediate key's object name.
	Key pulumi.StringInput `pulumi:"keyObjectName"`
	// RootCert is the root certificate's object name.
	RootCert pulumi.StringInput `pulumi:"rootCertObjectName"`
}

// ConfidentialComputingArgs are the SGX device plug-in.
type ConfidentialComputingArgs struct {
	// QuoteHelper runs the SGX quote helper. Default false.
	QuoteHelper bool `pulumi:"quoteHelper,optional"`
}

// OtherAddonArgs are an add-on that has no arguments of its own.
type OtherAddonArgs struct {
	// Enabled switches it.
	Enabled bool `pulumi:"enabled"`
	// Config in Azure's spelling.
	Config pulumi.StringMapInput `pulumi:"config,optional"`
}
