package azuresim_test

import (
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func pools(pools ...any) object { return object{"agentPoolProfiles": pools} }

func TestClusterValidation(t *testing.T) {
	azure := func(more object) object { return merge(object{"networkPlugin": "azure"}, more) }
	cases := []struct {
		name, reason string
		change       object
		code         string
	}{
		{"minimal", "the base of all cases", nil, ""},
		{"no prefix", "required by the service", object{"dnsPrefix": ""}, sim.CodeInvalidParameter},
		{"subdomain without zone", "needs a custom zone", object{"dnsPrefix": "", "fqdnSubdomain": "x"}, sim.CodeInvalidParameter},
		{"no pool", "nodes for AKS's own pods", pools(), sim.CodeMustDefineSystemPool},
		{"user pool only", "a system pool is needed", pools(pool(object{"mode": "User"})), sim.CodeMustDefineSystemPool},
		{"no mode", "means User", pools(pool(object{"mode": nil})), sim.CodeMustDefineSystemPool},
		{"no count", "even with autoscaling (azure-native#2943)", pools(pool(object{"count": nil, "enableAutoScaling": true, "minCount": 1, "maxCount": 3})), sim.CodeInvalidParameter},
		{"no size", "strict", pools(pool(object{"vmSize": nil})), sim.CodeInvalidParameter},
		{"pool name", "lower-case letters and digits, at most 12", pools(pool(object{"name": "my-pool"})), sim.CodeInvalidParameter},
		{"pool twice", "names are unique", pools(pool(nil), pool(nil)), sim.CodeInvalidParameter},
		{"count 0", "a system pool has a node", pools(pool(object{"count": 0})), sim.CodeInvalidParameter},
		{"user count 0", "a user pool may be empty", pools(pool(nil), pool(object{"name": "user", "mode": "User", "count": 0})), ""},
		{"min above count", "min <= count <= max", pools(pool(object{"enableAutoScaling": true, "minCount": 2, "maxCount": 3})), sim.CodeInvalidParameter},
		{"autoscaling", "in order", pools(pool(object{"count": 2, "enableAutoScaling": true, "minCount": 1, "maxCount": 3})), ""},
		{"windows system pool", "must be Linux", pools(pool(object{"osType": "Windows", "name": "win"})), "SystemPoolMustBeLinux"},
		{"long windows name", "6 characters", pools(pool(nil), pool(object{"osType": "Windows", "name": "windows", "mode": "User"})), sim.CodeInvalidParameter},
		{"spot system pool", "must be regular", pools(pool(object{"scaleSetPriority": "Spot"})), "SystemPoolMustBeRegular"},
		{"small system pool", "two cores at least", pools(pool(object{"vmSize": "Standard_D1_v2"})), "SystemPoolSkuTooLow"},
		{"taint", "would keep AKS's pods away", pools(pool(object{"nodeTaints": []any{"a=b:NoSchedule"}})), "SystemPoolHasRestrictedTaint"},
		{"critical add-ons taint", "the one that is meant for it", pools(pool(object{"nodeTaints": []any{"CriticalAddonsOnly=true:NoSchedule"}})), ""},
		{"unknown version", "not offered", object{"kubernetesVersion": "1.7"}, "K8sVersionNotSupported"},
		{"unknown pool version", "not offered", pools(pool(object{"orchestratorVersion": "1.7"})), "AgentPoolK8sVersionNotSupported"},
		{"newer pool", "never ahead of the control plane", merge(pools(pool(object{"orchestratorVersion": "1.31"})), object{"kubernetesVersion": "1.30"}), "NodePoolMcVersionIncompatible"},
		{"azure policy on kubenet", "unsupported", object{"networkProfile": object{"networkPlugin": "kubenet", "networkPolicy": "azure"}}, "NetworkPolicyAzureNotSupportedForKubenet"},
		{"cilium data plane with calico", "needs cilium", object{"networkProfile": azure(object{"networkDataplane": "cilium", "networkPolicy": "calico"})}, "CiliumDataplaneRequiresNetworkPolicyCilium"},
		{"cilium policy alone", "needs the data plane", object{"networkProfile": azure(object{"networkPolicy": "cilium"})}, "NetworkPolicyCiliumRequiresCiliumDataplane"},
		{"cilium", "both", object{"networkProfile": azure(object{"networkDataplane": "cilium", "networkPolicy": "cilium"})}, ""},
		{"DNS outside", "in the service CIDR", object{"networkProfile": azure(object{"dnsServiceIP": "10.9.0.10"})}, "DnsServiceIpOutOfServiceCidr"},
		{"two outbound kinds", "exclusive", object{"networkProfile": azure(object{"loadBalancerProfile": object{"managedOutboundIPs": object{"count": 1}, "outboundIPs": object{"publicIPs": []any{}}}})}, "InvalidLoadBalancerProfile"},
		{"routing without a subnet", "needs a table on a subnet of one's own", object{"networkProfile": azure(object{"outboundType": "userDefinedRouting"})}, sim.CodeRouteTableNotAssociated},
		{"entra without RBAC", "needs RBAC", object{"enableRBAC": false, "aadProfile": object{"managed": true}}, "RBACNotEnabledForAAD"},
		{"no local accounts, no entra", "nobody could log in", object{"disableLocalAccounts": true}, sim.CodeBadRequest},
		{"workload identity alone", "needs the issuer", object{"securityProfile": object{"workloadIdentity": object{"enabled": true}}}, sim.CodeInvalidParameter},
		{"cost analysis on Free", "needs a paid tier", object{"metricsProfile": object{"costAnalysis": object{"enabled": true}}}, sim.CodeInvalidParameter},
		{"cost analysis", "on Standard", object{"metricsProfile": object{"costAnalysis": object{"enabled": true}}, "sku": object{"name": "Base", "tier": "Standard"}}, ""},
		{"node group is the group", "must be another", object{"nodeResourceGroup": "AKS"}, sim.CodeNodeResourceGroupSameAsResourceGrp},
		{"node group exists", "must be new", object{"nodeResourceGroup": "taken"}, sim.CodeNodeResourceGroupAlreadyExists},
		{"odd identity profile", "only kubeletidentity", object{"identityProfile": object{"other": object{}}}, sim.CodeInvalidParameter},
		{"unknown add-on", "refused", object{"addonProfiles": object{"foo": object{"enabled": true}}}, sim.CodeAddonInvalid},
		{"retired add-on", "since 2025-03-03", object{"addonProfiles": object{"httpApplicationRouting": object{"enabled": true}}}, sim.CodeAddonInvalid},
		{"retired add-on off", "says nothing", object{"addonProfiles": object{"httpApplicationRouting": object{"enabled": false}}}, ""},
		{"monitoring without workspace", "nowhere to log", object{"addonProfiles": object{"OmsAgent": object{"enabled": true}}}, "LogAnalyticsWorkspaceNotSet"},
		{"gateway without target", "one of three", object{"addonProfiles": object{"ingressApplicationGateway": object{"enabled": true}}}, "IngressAppGwAddonConfigInvalid"},
		{"virtual nodes on kubenet", "need azure", object{"networkProfile": object{"networkPlugin": "kubenet"}, "addonProfiles": object{"aciConnectorLinux": object{"enabled": true, "config": object{"SubnetName": "x"}}}}, "ACIConnectorRequiresAzureNetworking"},
		{"virtual nodes without subnet", "SubnetName", object{"addonProfiles": object{"aciConnectorLinux": object{"enabled": true}}}, "InvalidACIConnectorSubnetName"},
		{"authorized ranges and private", "a private cluster has no public endpoint", object{"apiServerAccessProfile": object{"enablePrivateCluster": true, "authorizedIPRanges": []any{"1.2.3.4/32"}}}, sim.CodeInvalidParameter},
		{"zone none without public name", "no name at all", object{"apiServerAccessProfile": object{"enablePrivateCluster": true, "privateDNSZone": "none", "enablePrivateClusterPublicFQDN": false}}, sim.CodeInvalidParameter},
		{"malformed reference", "ids are ids", pools(pool(object{"vnetSubnetID": "nodes"})), sim.CodeLinkedInvalidPropertyID},
		{"missing subnet", "must exist", pools(pool(object{"vnetSubnetID": sim.ID("network", sim.SubnetType, "vnet", "none")})), sim.CodeInvalidResourceReference},
		{"missing encryption set", "must exist", object{"diskEncryptionSetID": sim.ID("disks", sim.DiskEncryptionSetType, "none")}, sim.CodeInvalidResourceReference},
		{"missing zone", "must exist", object{"ingressProfile": object{"webAppRouting": object{"enabled": true, "dnsZoneResourceIds": []any{sim.ID("dns", sim.PrivateDNSZoneType, "none")}}}}, sim.CodeInvalidResourceReference},
		{"missing workspace", "must exist", object{"addonProfiles": object{"omsagent": object{"enabled": true, "config": object{"logAnalyticsWorkspaceResourceID": sim.ID("logs", sim.WorkspaceType, "none")}}}}, sim.CodeInvalidResourceReference},
		{"missing address", "must exist", object{"networkProfile": azure(object{"loadBalancerProfile": object{"outboundIPs": object{"publicIPs": []any{object{"id": sim.ID("network", sim.PublicIPAddressType, "none")}}}}})}, sim.CodeInvalidResourceReference},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			w.MustSeed(groupID("taken"), nil)
			w.refused(clusterID, clusterBody(tc.change), tc.code)
		})
	}
}

func TestSubnetValidation(t *testing.T) {
	cases := []struct {
		name, reason string
		subnet       object // properties
		network      object
		second       string // subnet of a second pool, "" for none
		code         string
	}{
		{"plain", "the base of all cases", object{"addressPrefix": "10.230.0.0/24"}, nil, "", ""},
		{"delegated", "nodes do not go there", object{"addressPrefix": "10.230.0.0/24", "delegations": []any{object{"name": "d", "properties": object{"serviceName": "Microsoft.Web/serverFarms"}}}}, nil, "", sim.CodeSubnetIsDelegated},
		{"too small for flat pods", "31 addresses for a node", object{"addressPrefix": "10.230.0.0/28"}, object{"networkPlugin": "azure"}, "", sim.CodeInsufficientSubnetSize},
		{"small, overlay", "one address for a node", object{"addressPrefix": "10.230.0.0/28"}, object{"networkPlugin": "azure", "networkPluginMode": "overlay"}, "", ""},
		{"in the service CIDR", "ambiguous addresses", object{"addressPrefix": "10.230.0.0/24"}, object{"networkPlugin": "azure", "serviceCidr": "10.230.0.0/16", "dnsServiceIP": "10.230.0.10"}, "", "ServiceCidrOverlapExistingSubnetsCidr"},
		{"second network", "all pools in one network", object{"addressPrefix": "10.230.0.0/24"}, nil, "other", sim.CodeInvalidParameter},
		{"second without subnet", "strict: all or none", object{"addressPrefix": "10.230.0.0/24"}, nil, "none", sim.CodeInvalidParameter},
		{"routing, no table", "must be on the subnet", object{"addressPrefix": "10.230.0.0/24"}, object{"networkPlugin": "azure", "outboundType": "userDefinedRouting"}, "", sim.CodeRouteTableNotAssociated},
		{"NAT gateway missing", "must be on the subnet", object{"addressPrefix": "10.230.0.0/24"}, object{"networkPlugin": "azure", "outboundType": "userAssignedNATGateway"}, "", "SubnetNotAssociatedWithNATGateway"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			subnet := w.MustSeed(sim.ID("network", sim.SubnetType, "vnet", "nodes"), object{"properties": tc.subnet})
			all := []any{pool(object{"vnetSubnetID": subnet})}
			if tc.second != "" {
				second := pool(object{"name": "more"})
				if tc.second == "other" {
					second["vnetSubnetID"] = w.MustSeedSubnet("network", "othernet", "nodes")
				}
				all = append(all, second)
			}
			change := pools(all...)
			if tc.network != nil {
				change["networkProfile"] = tc.network
			}
			w.refused(clusterID, clusterBody(change), tc.code)
		})
	}
}
