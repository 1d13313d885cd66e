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
	// AppRouting is application routing with NGINX. Its security patches end in November 2026 (AKS documentation, read
	// 2026-08); the Gateway API variant is not in API version 2025-01-01 and uses workload identities.
	AppRouting *AppRoutingArgs `pulumi:"appRouting,optional"`
	// Istio is the service mesh add-on.
	Istio *IstioArgs `pulumi:"istio,optional"`
	// KEDA scales workloads on events.
	KEDA bool `pulumi:"keda,optional"`
	// VerticalPodAutoscaler sizes the requests of pods.
	VerticalPodAutoscaler bool `pulumi:"verticalPodAutoscaler,optional"`
	// ConfidentialComputing is the SGX device plug-in.
	ConfidentialComputing *ConfidentialComputingArgs `pulumi:"confidentialComputing,optional"`
	// Other add-ons, by their key in Azure. Retired ones are refused with the date and the successor.
	Other map[string]*OtherAddonArgs `pulumi:"other,optional"`
}

// MonitoringArgs are Container Insights. With Entra authentication, the default, the add-on has no identity and needs no
// role; the data collection rule and its association are yours to make.
type MonitoringArgs struct {
	// WorkspaceID is the Log Analytics workspace.
	WorkspaceID pulumi.StringInput `pulumi:"workspaceId"`
	// LegacyAuthentication is without Entra; the add-on's identity is then granted Monitoring Metrics Publisher on the
	// cluster. It ended on 2026-09-30 and is refused from then on.
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
	SubnetCIDR *string `pulumi:"subnetCidr,optional"`
	// GatewayIdentityID is the user-assigned identity of an existing gateway, if it has one; the add-on is granted
	// Managed Identity Operator on it, without which it cannot write the gateway.
	GatewayIdentityID pulumi.StringPtrInput `pulumi:"gatewayIdentityId,optional"`
	// WatchNamespace limits the controller to one namespace.
	WatchNamespace string `pulumi:"watchNamespace,optional"`
}

// VirtualNodeArgs are the virtual nodes.
type VirtualNodeArgs struct {
	// SubnetID of the virtual nodes, in the nodes' virtual network; the add-on is granted Network Contributor there.
	SubnetID pulumi.StringInput `pulumi:"subnetId"`
}

// SecretsProviderArgs are the secrets store driver's Key Vault provider. The vaults have to use Azure RBAC: role
// assignments have no effect on a vault with access policies.
type SecretsProviderArgs struct {
	// SecretVaultIDs are vaults whose secrets pods mount, by names of your choice: Key Vault Secrets User.
	SecretVaultIDs map[string]pulumi.StringInput `pulumi:"secretVaultIds,optional"`
	// CertificateVaultIDs are vaults whose certificates and keys pods mount: Key Vault Certificate User.
	CertificateVaultIDs map[string]pulumi.StringInput `pulumi:"certificateVaultIds,optional"`
	// Rotation of mounted secrets. Default true.
	Rotation *bool `pulumi:"rotation,optional"`
	// RotationPollInterval as 2m. Default: AKS's.
	RotationPollInterval string `pulumi:"rotationPollInterval,optional"`
}

// AppRoutingArgs are application routing's zones and vaults, by names of your choice.
type AppRoutingArgs struct {
	// PublicDNSZoneIDs: DNS Zone Contributor on each.
	PublicDNSZoneIDs map[string]pulumi.StringInput `pulumi:"publicDnsZoneIds,optional"`
	// PrivateDNSZoneIDs: Private DNS Zone Contributor on each; the role of public zones covers nothing there.
	PrivateDNSZoneIDs map[string]pulumi.StringInput `pulumi:"privateDnsZoneIds,optional"`
	// VaultIDs of certificates: Key Vault Certificate User. Needs the secrets provider.
	VaultIDs map[string]pulumi.StringInput `pulumi:"vaultIds,optional"`
}

// IstioArgs are the service mesh add-on.
type IstioArgs struct {
	// Revisions as asm-1-24; one, or two during an upgrade. Default: AKS's.
	Revisions []string `pulumi:"revisions,optional"`
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
	// KeyVaultID is the vault.
	KeyVaultID pulumi.StringInput `pulumi:"keyVaultId"`
	// CertChain is the certificate chain's object name in the vault.
	CertChain string `pulumi:"certChainObjectName"`
	// Cert is the intermediate certificate's object name.
	Cert string `pulumi:"certObjectName"`
	// Key is the intermediate key's object name.
	Key string `pulumi:"keyObjectName"`
	// RootCert is the root certificate's object name.
	RootCert string `pulumi:"rootCertObjectName"`
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
	Config map[string]string `pulumi:"config,optional"`
}
