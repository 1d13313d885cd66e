package azuresim

import (
	"slices"
	"strings"
)

// fixedProperty is a property that Azure never changes once the resource is there.
type fixedProperty struct {
	on     string                        // the type
	path   string                        // dots between keys
	value  func(body map[string]any) any // instead of what is at the path; nil for that
	status int                           // 400 when it is 0
	code   string                        // PropertyChangeNotAllowed when it is ""
	says   string                        // the refusal; "" for the common one
	// may tells the changes that Azure makes all the same; nil for none. The bodies are whole ones.
	may func(old, is map[string]any) bool
	// repeated: leaving it out is a change too. Otherwise what a PUT leaves out stays.
	repeated bool
	// while tells when it is fixed; nil for always.
	while  func(c *Cloud, old *resource) bool
	source string
}

// Where the rows come from.
const (
	aksResearch = "AKS documentation and user reports, August 2026"
	replaces    = "terraform-provider-azurerm replaces the resource; the code is not verified"
	zonesFixed  = "Azure/AzOps#701, read 2026-11-26"
	skuFixed    = "Azure/azure-cli#12570, read 2026-11-26; the code is not verified"
)

// fixedProperties is all that cannot change, but for names, places and regions (regions.go), and the parts of a role assignment
// (role_assignments.go). Clusters and pools keep what a PUT leaves out, so their rows look at what comes out.
var fixedProperties = slices.Concat(
	fixedOn(ManagedClusterType, aksResearch, "dnsPrefix", "fqdnSubdomain", "nodeResourceGroup", "enableRBAC", "diskEncryptionSetID",
		"networkProfile.serviceCidr", "networkProfile.dnsServiceIP", "networkProfile.loadBalancerSku",
		"apiServerAccessProfile.enablePrivateCluster", "linuxProfile.adminUsername", "windowsProfile.adminUsername"),
	[]fixedProperty{
		{on: ManagedClusterType, path: "properties.networkProfile.networkPlugin", may: upgradesToOverlay, source: aksResearch},
		{on: ManagedClusterType, path: "properties.networkProfile.podCidr", may: upgradesToOverlay,
			source: aksResearch + "; the upgrade: Azure/azure-cli-extensions#5982, read 2026-11-26"},
		{on: ManagedClusterType, path: "properties.networkProfile.networkDataplane", may: notFromCilium,
			source: "azure-aks-docs upgrade-azure-cni.md, no way back; the code is not verified"},
		{on: ManagedClusterType, path: "properties.networkProfile.networkPolicy", may: changesPolicy,
			source: "azure-aks-docs use-network-policies.md, read 2026-11-26: installed, removed, and upgraded to Cilium; the code is not verified"},
		{on: ManagedClusterType, path: "properties.apiServerAccessProfile.privateDNSZone", may: dropsZone, source: aksResearch},
		{on: ManagedClusterType, path: "properties.apiServerAccessProfile.enableVnetIntegration", may: integrates,
			source: "azure-aks-docs api-server-vnet-integration.md, August 2026; the code is not verified"},
		{on: ManagedClusterType, path: "properties.oidcIssuerProfile.enabled", code: CodeOIDCIssuerCannotBeDisabled,
			says: "OIDC issuer feature cannot be disabled once it is enabled.", may: enablesIssuer, source: aksResearch},
	},
	fixedOn(AgentPoolType, aksResearch, "vmSize", "vnetSubnetID", "podSubnetID", "osType", "osDiskSizeGB", "osDiskType", "maxPods",
		"availabilityZones", "type", "gpuInstanceProfile", "capacityReservationGroupID", "hostGroupID", "proximityPlacementGroupID"),
	fixedOn(AgentPoolType, replaces, "scaleSetPriority"),
	[]fixedProperty{
		{on: SubnetType, path: "properties.addressPrefix", value: givenPrefixes, code: "InUsePrefixCannotBeDeleted", while: isUsed,
			source: "hashicorp/terraform-provider-azurerm#11211, read 2026-11-26"},
		{on: PublicIPAddressType, path: "zones", code: "ResourceAvailabilityZonesCannotBeModified", repeated: true, source: zonesFixed},
		{on: PublicIPAddressType, path: "sku.name", may: fromBasic, source: skuFixed},
		{on: PublicIPAddressType, path: "properties.publicIPAddressVersion", source: replaces},
		{on: PublicIPPrefixType, path: "zones", code: "ResourceAvailabilityZonesCannotBeModified", repeated: true, source: zonesFixed},
		{on: PublicIPPrefixType, path: "properties.prefixLength", source: replaces},
		{on: NatGatewayType, path: "zones", code: "ResourceAvailabilityZonesCannotBeModified", repeated: true, source: zonesFixed},
		{on: VirtualNetworkLinkType, path: "properties.virtualNetwork.id", source: replaces},
		{on: DiskType, path: "properties.creationData", status: 409, source: "ansible/ansible#38883, read 2026-11-26"},
		{on: StorageAccountType, path: "properties.isHnsEnabled", code: "AccountPropertyCannotBeUpdated",
			source: "Azure-Samples/azure-search-openai-demo#1826, jenkins-infra/azure#125, read 2026-11-26"},
		{on: StorageAccountType, path: "properties.isNfsV3Enabled", code: "AccountPropertyCannotBeUpdated", source: replaces},
		{on: VaultType, path: "properties.softDeleteRetentionInDays", code: CodeBadRequest,
			source: "MicrosoftDocs/azure-docs#110047, read 2026-11-26; the code is not verified"},
		{on: VaultType, path: "properties.enableSoftDelete", code: CodeBadRequest, may: keepsDeleted,
			source: "MicrosoftDocs/azure-docs#47407, read 2026-11-26; the code is not verified"},
	},
)

// fixedOn makes rows for properties without exceptions.
func fixedOn(resourceType, source string, paths ...string) []fixedProperty {
	out := make([]fixedProperty, len(paths))
	for i, path := range paths {
		out[i] = fixedProperty{on: resourceType, path: "properties." + path, source: source}
	}
	return out
}

// checkFixed refuses to change what cannot change, in a PUT whose body is the whole resource.
func (c *Cloud) checkFixed(q *request) *Error {
	if q.old == nil || q.info.merges {
		return nil
	}
	for _, row := range fixedProperties {
		left := row.of(q.body) == nil && !row.repeated
		if row.on != q.info.name || left || row.while != nil && !row.while(c, q.old) {
			continue
		}
		if err := row.compare(q.old.Body, q.body); err != nil {
			return err
		}
	}
	return nil
}

// checkMerged is checkFixed for a type that keeps what a PUT leaves out; is is what comes out of it.
func checkMerged(resourceType string, old, is map[string]any) *Error {
	for _, row := range fixedProperties {
		if row.on != resourceType {
			continue
		}
		if err := row.compare(old, is); err != nil {
			return err
		}
	}
	return nil
}

// of is the property in a body.
func (f fixedProperty) of(body map[string]any) any {
	if f.value != nil {
		return f.value(body)
	}
	return dig(body, strings.Split(f.path, ".")...)
}

func (f fixedProperty) compare(old, is map[string]any) *Error {
	if same(f.of(old), f.of(is)) || f.may != nil && f.may(old, is) {
		return nil
	}
	status, code, says := f.status, f.code, f.says
	if status == 0 {
		status = 400
	}
	if code == "" {
		code = CodePropertyChangeNotAllowed
	}
	if says == "" {
		says = "Changing property '" + f.path + "' is not allowed."
	}
	return refuse(status, code, f.path, "%s", says)
}

// same compares without regard to case; what is left out is the same as false, 0, "" and an empty list.
func same(a, b any) bool {
	if isZero(a) && isZero(b) {
		return true
	}
	if x, ok := a.(string); ok {
		if y, ok := b.(string); ok {
			return strings.EqualFold(x, y)
		}
	}
	if l, ok := a.([]any); ok {
		m, ok := b.([]any)
		return ok && slices.EqualFunc(l, m, same)
	}
	return equalJSON(a, b)
}

func isZero(v any) bool {
	l, isList := v.([]any)
	return v == nil || v == false || v == "" || v == 0.0 || isList && len(l) == 0
}

func networkText(body map[string]any, name string) string {
	return strings.ToLower(text(body, "properties", "networkProfile", name))
}

// upgradesToOverlay: kubenet, and Azure CNI without an overlay, can become an overlay, which brings addresses of its own.
func upgradesToOverlay(old, is map[string]any) bool {
	return networkText(old, "networkPluginMode") != "overlay" && networkText(is, "networkPlugin") == "azure" &&
		networkText(is, "networkPluginMode") == "overlay"
}

func notFromCilium(old, _ map[string]any) bool {
	return networkText(old, "networkDataplane") != "cilium"
}

// changesPolicy: engines are installed and removed, and Cilium takes the place of any; from one to another they do not change.
func changesPolicy(old, is map[string]any) bool {
	was, will := networkText(old, "networkPolicy"), networkText(is, "networkPolicy")
	return was == "" || was == "none" || will == "" || will == "none" || will == "cilium"
}

// dropsZone: only system -> none and own -> none are updates of the private DNS zone.
func dropsZone(_, is map[string]any) bool {
	return strings.EqualFold(text(is, "properties", "apiServerAccessProfile", "privateDNSZone"), "none")
}

func integrates(_, is map[string]any) bool {
	return truth(is, "properties", "apiServerAccessProfile", "enableVnetIntegration")
}

func enablesIssuer(_, is map[string]any) bool {
	return truth(is, "properties", "oidcIssuerProfile", "enabled")
}

func fromBasic(old, _ map[string]any) bool { return !isStandard(old) }

func keepsDeleted(_, is map[string]any) bool { return truth(is, "properties", "enableSoftDelete") }

// givenPrefixes are the address prefixes of a subnet, which can be said in two ways.
func givenPrefixes(body map[string]any) any {
	var out []any
	for _, prefix := range subnetPrefixes(&resource{Body: body}) {
		out = append(out, prefix.String())
	}
	if out == nil {
		return nil
	}
	return out
}

// isUsed tells whether something else refers to a resource.
func isUsed(c *Cloud, r *resource) bool { return c.userOf(r, r.ID) != "" }
