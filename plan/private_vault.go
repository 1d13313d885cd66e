package plan

// A private vault for etcd's key needs API-server VNet integration: AKS answers 400 "Vnet integration should be enabled when KeyVault network
// access is Private." (Azure/terraform-azurerm-aks#599 of 2024-11-05), and no cluster from Kubernetes 1.31 on may have it otherwise (AKS
// release notes of 2024-08-27; the documentation, use-kms-etcd-encryption, says the same). No AKS API version in azure-native 2.92.3 that is not
// a preview has apiServerAccessProfile.enableVnetIntegration. All read 2026-11-26.

const privateVaultNeeds = "AKS reaches a private vault through API-server VNet integration only, and API version 2025-01-01 has no property for that"

// checkPrivateVault refuses a private vault, but for a cluster that exists: it may have the integration.
func (c Cluster) checkPrivateVault(p *problems) {
	if c.Security.KMS.NetworkAccess == KMSNetworkAccessPrivate && !c.Adopt.Cluster {
		p.add("security.kms.networkAccess", privateVaultNeeds+` (AKS: "Vnet integration should be enabled when KeyVault network access is Private.")`,
			`set it to "Public" and let the vault's firewall admit all networks; or make the cluster with az aks create --enable-apiserver-vnet-integration and take it over with adopt.cluster, which then has to stay.`)
	}
}

func (c Cluster) privateVaultNotes() []string {
	if kms := c.Security.KMS; kms == nil || kms.NetworkAccess != KMSNetworkAccessPrivate {
		return nil
	}
	return []string{"security.kms.networkAccess: " + privateVaultNeeds + "; the cluster has to have it already"}
}
