package report

import (
	"fmt"
	"strings"
)

// disagreement is a place where good sources say different things, or something that cannot work.
type disagreement struct {
	topic, sources, we, why string
}

// disagreements were read in August 2026: MicrosoftDocs/azure-aks-docs and azure-docs, azure-cli 2.45, 2.74 and 2.91, the
// Azure Verified Modules for Terraform and Bicep, terraform-azurerm-aks and AKS-Construction.
func disagreements() []disagreement {
	return []disagreement{
		{
			"virtual node", "azure-cli 2.91 grants Contributor on the whole virtual network; the documentation names Network Contributor on the subnet of the virtual nodes.",
			"Network Contributor on the subnet.", "It is documented and narrower, and nothing that a virtual node does needs more."},
		{
			"application gateway in another group", "azure-cli 2.45 and terraform-azurerm-aks grant Contributor; azure-cli 2.91 grants Network Contributor on the gateway's group; the documentation adds Reader there.",
			"Network Contributor on the gateway's group, without Reader.", "Network Contributor can already read the gateway and its group, so Reader adds nothing that the controller uses."},
		{
			"identity of an application gateway", "Only AKS-Construction grants Managed Identity Operator on it; documentation and azure-cli are silent.",
			"The grant, when the argument names the identity.", "Whoever writes a gateway has to be allowed to assign the identity that stands in it."},
		{
			"key vault of application routing", "The documentation names Key Vault Certificate User; azure-cli 2.74 and 2.91 assign Key Vault Secrets User.",
			"Key Vault Certificate User.", "It holds everything of Key Vault Secrets User, so it works whichever of the two is right."},
		{
			"private DNS zones of application routing", "The Bicep module assigns DNS Zone Contributor and chooses by public network access; azure-cli chooses by the type of the zone.",
			"Private DNS Zone Contributor for private zones, DNS Zone Contributor for public ones.", "The role of public zones covers nothing on private ones. The type of each ID is checked."},
		{
			"listing DNS zones", "The documentation of application routing and azure-cli grant on each zone only, and so does a comment in external-dns's own issue 813 for Contributor; external-dns lists the zones of a resource group (provider/azure/azure.go), its tutorial adds Reader on that group, and users of both met `AuthorizationFailed` for `Microsoft.Network/dnsZones/read` on the group (Azure/AKS issue 4036, which also says that it sometimes works after a while; external-dns issue 1973; all read 2026-11-26).",
			"The grant on each zone; Reader on the group where the argument `dnsZoneGroupIds` names it.", "Reader shows everything in the group, so nobody gets it unasked. Whose records are not written, and whose controller logs that error, adds the group."},
		{
			"disks", "One article lists attached disks under Network Contributor; others name Virtual Machine Contributor or Contributor on the resource group.",
			"Virtual Machine Contributor on the disk.", "Network Contributor gives nothing of Microsoft.Compute."},
		{
			"public IPs of services", "One article computes the scope from the node resource group; the IP itself is often taken as scope.",
			"The resource group in which the IP is.", "The cloud provider lists the addresses of that group before it uses one, and a right on the address alone does not let it list."},
		{
			"route tables", "The reference page lists read and write of tables and routes; the cloud provider also removes routes.",
			"Network Contributor; with `custom` the listed actions and `routes/delete`.", "The routes of nodes that are gone have to go too."},
		{
			"private DNS zone of the API server", "Often only Private DNS Zone Contributor on the zone is granted.",
			"That, and Network Contributor on every network that is linked.", "A link is a join of the network, and a right on one of its subnets does not give it."},
		{
			"kubelet identity", "The managed-identity article says that either type of control plane may bring one; the error code of AKS and azure-cli allow a user-assigned one only. The documentation's Terraform sample leaves Managed Identity Operator out.",
			"User-assigned only, with Managed Identity Operator first.", "AKS checks the right when it creates the cluster; a system-assigned identity has none by then."},
		{
			"kubenet on an own route table", "One sentence says that azure-cli makes it work with a system-assigned identity; a note in the same article demands a user-assigned one.",
			"Refused for system-assigned.", "AKS answers `CustomRouteTableWithUnsupportedMSIType`."},
		{
			"existing grants", "azure-cli looks for any grant of the role on the subnet and does not compare who holds it.",
			"Each principal has its own grant.", "A second cluster in the same subnet would otherwise get none."},
		{
			"what azure-cli grants", "The managed-identity article says that azure-cli grants disks, static IPs and route tables; azure-cli 2.91 grants the first pool's subnet and the kubelet identity only.",
			"Everything that the arguments mention.", "A cluster that lacks a right fails days later, at the first service or volume."},
		{
			"legacy monitoring", "AKS-Construction always grants Monitoring Metrics Publisher to the add-on's identity; with Entra authentication there is none.",
			"A grant with legacy authentication only, until it ended on 2026-09-30.", "The identity is absent otherwise, and a grant to nobody cannot be made."},
		{
			"Azure Policy", "The documentation says that the add-on needs no identity; AKS returns one.",
			"The identity is listed, nothing is granted to it.", "No source names a role outside the cluster."},
		{
			"backup storage", "Documentation of 2023 grants Storage Account Contributor to the extension; newer pages grant Storage Blob Data Contributor.",
			"Storage Blob Data Contributor.", "It is the newer and narrower one, and backups are blobs."},
		{
			"names of role assignments", "Some modules derive the name without the principal, or from the identity's name.",
			"From scope, principal and role.", "Two clusters on one zone, or an identity that was made again, would otherwise collide."},
		{
			"custom roles for subnets", "Two articles name read and join; a third adds the right to write role assignments.",
			"Read and join.", "Writing role assignments is a right of whoever deploys, not of the cluster."},
	}
}

func writeDisagreements(b *strings.Builder) {
	b.WriteString("## Where sources disagree\n\nThe sources were read in August 2026. Nothing here was tried on Azure itself.\n")
	for _, d := range disagreements() {
		fmt.Fprintf(b, "\n### %s\n\n%s\n\n**We follow:** %s %s\n", capital(d.topic), d.sources, d.we, d.why)
	}
}
