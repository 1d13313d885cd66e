package azuresim_test

import (
	"slices"
	"sort"
	"strings"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/google/go-cmp/cmp"
)

// fullWorld is a cluster with every identity, next to one external resource of each type.
func fullWorld(t *testing.T) world {
	w := newWorld(t)
	ext := func(resourceType string, names ...string) string { return sim.ID("external", resourceType, names...) }
	gateway := w.MustSeed(ext(sim.ApplicationGatewayType, "gateway"), nil)
	workspace := w.MustSeed(ext(sim.WorkspaceType, "logs"), nil)
	set := w.MustSeed(ext(sim.DiskEncryptionSetType, "set"), nil)
	nodes := w.MustSeedSubnet("external", "vnet", "nodes")
	w.MustSeedSubnet("external", "vnet", "aci")
	for _, typ := range []string{sim.PublicIPAddressType, sim.PublicIPPrefixType, sim.RouteTableType, sim.NatGatewayType, sim.NetworkSecurityGroupType,
		sim.PrivateDNSZoneType, sim.DNSZoneType, sim.DiskType, sim.SnapshotType, sim.CapacityReservationGroupType, sim.HostGroupType,
		sim.ProximityPlacementGroupType, sim.DdosProtectionPlanType, sim.TrafficControllerType, sim.StorageAccountType, sim.VaultType, sim.RegistryType, sim.IdentityType} {
		w.MustSeed(ext(typ, targetName(typ)), nil)
	}
	w.MustSeed(ext(sim.RegistryType, "abacregistry"), object{"properties": object{"roleAssignmentMode": "AbacRepositoryPermissions"}})
	on := func(config object) object { return object{"enabled": true, "config": config} }
	id := w.must(clusterID, clusterBody(object{
		"diskEncryptionSetID": set, "sku": object{"name": "Base", "tier": "Standard"},
		"metricsProfile":    object{"costAnalysis": object{"enabled": true}},
		"agentPoolProfiles": []any{pool(object{"vnetSubnetID": nodes})},
		"ingressProfile":    object{"webAppRouting": object{"enabled": true}, "applicationLoadBalancer": object{"enabled": true}},
		"addonProfiles": object{
			"ingressApplicationGateway": on(object{"applicationGatewayId": gateway}), "azurepolicy": on(nil),
			"omsagent":          on(object{"logAnalyticsWorkspaceResourceID": workspace}),
			"aciConnectorLinux": on(object{"SubnetName": "aci"}), "azureKeyvaultSecretsProvider": on(nil),
		}}))["id"].(string)
	w.MustSeed(id+"/providers/"+sim.ExtensionType+"/backup", object{"properties": object{"extensionType": "microsoft.dataprotection.kubernetes"}})
	return w
}

// targetName is the name of the external resource of a type.
func targetName(resourceType string) string {
	if strings.HasSuffix(strings.ToLower(resourceType), "dnszones") {
		return "target.example"
	}
	return "target"
}

// performCase says with which built-in roles an operation works, and with which it does not.
type performCase struct {
	capability rbac.CapabilityID
	who        string // for grants: controlPlane, kubelet or an add-on
	target     string
	enough     [][2]string // role, scope
	short      [][2]string
	missing    string // the first need that is missing without any grant
}

func performCases() []performCase {
	ext := func(resourceType string) string { return sim.ID("external", resourceType, targetName(resourceType)) }
	external := groupID("external")
	vnet := sim.ID("external", sim.VirtualNetworkType, "vnet")
	nodes := sim.ID("external", sim.SubnetType, "vnet", "nodes")
	gateway := sim.ID("external", sim.ApplicationGatewayType, "gateway")
	abac := sim.ID("external", sim.RegistryType, "abacregistry")
	one := func(role, scope string) [][2]string { return [][2]string{{role, scope}} }
	subnet := func(id rbac.CapabilityID, who string) performCase {
		return performCase{id, who, nodes, one("Network Contributor", nodes), one("Reader", external), "Microsoft.Network/virtualNetworks/subnets/read on " + nodes}
	}
	return []performCase{
		subnet("node-subnet-join", "controlPlane"), subnet("vm-nodepool-subnet-join", "controlPlane"), subnet("nap-subnet-join", "controlPlane"),
		subnet("apiserver-subnet", "controlPlane"), subnet("internal-lb-external-subnet", "controlPlane"),
		subnet("kubenet-associate-managed-route-table", "controlPlane"), subnet("files-nfs-private", "controlPlane"),
		subnet("agic-subnet", "ingressApplicationGateway"), subnet("virtual-node-subnet", "aciConnectorLinux"),
		{"private-link-service", "controlPlane", nodes, one("Network Contributor", nodes), one("Reader", nodes), "Microsoft.Network/virtualNetworks/subnets/read on " + nodes},
		{"lb-public-ip-other-rg", "controlPlane", ext(sim.PublicIPAddressType), one("Network Contributor", external), one("Network Contributor", ext(sim.PublicIPAddressType)), "Microsoft.Network/publicIPAddresses/read on " + external},
		{"outbound-own-public-ip", "controlPlane", ext(sim.PublicIPAddressType), one("Network Contributor", ext(sim.PublicIPAddressType)), one("Reader", external), "Microsoft.Network/publicIPAddresses/join/action on " + ext(sim.PublicIPAddressType)},
		{"outbound-own-ip-prefix", "controlPlane", ext(sim.PublicIPPrefixType), one("Network Contributor", ext(sim.PublicIPPrefixType)), nil, "Microsoft.Network/publicIPPrefixes/join/action on " + ext(sim.PublicIPPrefixType)},
		{"static-egress-prefix", "controlPlane", ext(sim.PublicIPPrefixType), one("Network Contributor", ext(sim.PublicIPPrefixType)), nil, ""},
		{"node-public-ip-prefix", "controlPlane", ext(sim.PublicIPPrefixType), one("Network Contributor", external), one("Network Contributor", ext(sim.PublicIPPrefixType)), "Microsoft.Network/publicIPPrefixes/join/action on " + external},
		{"custom-route-table", "controlPlane", ext(sim.RouteTableType), one("Network Contributor", ext(sim.RouteTableType)), one("Reader", external), ""},
		{"nsg-other-rg", "controlPlane", ext(sim.NetworkSecurityGroupType), one("Network Contributor", ext(sim.NetworkSecurityGroupType)), nil, ""},
		{"private-dns-zone-custom", "controlPlane", ext(sim.PrivateDNSZoneType), one("Private DNS Zone Contributor", ext(sim.PrivateDNSZoneType)), one("DNS Zone Contributor", external), ""},
		{"private-dns-vnet-link", "controlPlane", nodes, one("Network Contributor", vnet), one("Network Contributor", nodes), "Microsoft.Network/virtualNetworks/read on " + vnet},
		{"kubelet-identity-assign", "controlPlane", ext(sim.IdentityType), one("Managed Identity Operator", ext(sim.IdentityType)), one("Reader", external), ""},
		{"subnet-rewrite-linked-joins", "controlPlane", ext(sim.NatGatewayType), one("Network Contributor", external), nil, "Microsoft.Network/natGateways/join/action on " + ext(sim.NatGatewayType)},
		{"nat-gateway-user-assigned", "controlPlane", ext(sim.NatGatewayType), nil, nil, ""},
		{"acr-pull-rbac", "kubelet", ext(sim.RegistryType), one("AcrPull", ext(sim.RegistryType)), one("Container Registry Repository Reader", external), ""},
		{"acr-bootstrap-cache", "kubelet", ext(sim.RegistryType), one("AcrPull", ext(sim.RegistryType)), nil, ""},
		{"acr-pull-abac", "kubelet", abac, one("Container Registry Repository Reader", abac), one("AcrPull", abac), ""},
		{"disk-static-other-rg", "controlPlane", ext(sim.DiskType), one("Virtual Machine Contributor", ext(sim.DiskType)), one("Network Contributor", external), ""},
		{"disk-dynamic-other-rg", "controlPlane", ext(sim.DiskType), one("Virtual Machine Contributor", external), one("Virtual Machine Contributor", ext(sim.DiskType)), "Microsoft.Compute/disks/read on " + external},
		{"snapshot-other-rg", "controlPlane", external, one("Disk Snapshot Contributor", external), nil, ""},
		{"backup-snapshot-rg", "controlPlane", external, one("Disk Snapshot Contributor", external), nil, ""},
		{"disk-encryption-set", "controlPlane", sim.ID("external", sim.DiskEncryptionSetType, "set"), one("Reader", sim.ID("external", sim.DiskEncryptionSetType, "set")), nil, ""},
		{"des-key-access", "set", ext(sim.VaultType), one("Key Vault Crypto Service Encryption User", ext(sim.VaultType)), one("Contributor", external), ""},
		{"storage-account-other-rg", "controlPlane", ext(sim.StorageAccountType), one("Storage Account Contributor", ext(sim.StorageAccountType)), one("Reader", external), ""},
		{"files-smb-managed-identity", "kubelet", ext(sim.StorageAccountType), one("Storage File Data SMB MI Admin", ext(sim.StorageAccountType)), one("Contributor", external), ""},
		{"kms-public-vault", "controlPlane", ext(sim.VaultType), one("Key Vault Crypto User", ext(sim.VaultType)), one("Contributor", external), ""},
		{"kms-private-vault", "controlPlane", ext(sim.VaultType), one("Key Vault Contributor", ext(sim.VaultType)), one("Key Vault Crypto User", external), ""},
		{"capacity-reservation-group", "controlPlane", ext(sim.CapacityReservationGroupType), one("Contributor", external), one("Contributor", ext(sim.CapacityReservationGroupType)), ""},
		{"dedicated-host-group", "controlPlane", ext(sim.HostGroupType), one("Contributor", external), one("Contributor", ext(sim.HostGroupType)), ""},
		{"ddos-plan-join", "controlPlane", ext(sim.DdosProtectionPlanType), one("Network Contributor", ext(sim.DdosProtectionPlanType)), nil, ""},
		{"agic-gateway", "ingressApplicationGateway", gateway, [][2]string{{"Contributor", gateway}, {"Reader", external}}, one("Contributor", gateway), "Microsoft.Network/applicationGateways/read on " + external},
		{"agic-gateway-identity", "ingressApplicationGateway", ext(sim.IdentityType), one("Managed Identity Operator", ext(sim.IdentityType)), nil, ""},
		{"virtual-node-container-groups", "aciConnectorLinux", "", nil, nil, ""},
		{"approuting-public-dns", "webAppRouting", ext(sim.DNSZoneType), one("DNS Zone Contributor", ext(sim.DNSZoneType)), one("Private DNS Zone Contributor", external), ""},
		{"approuting-private-dns", "webAppRouting", ext(sim.PrivateDNSZoneType), one("Private DNS Zone Contributor", ext(sim.PrivateDNSZoneType)), one("DNS Zone Contributor", external), ""},
		{"approuting-keyvault", "webAppRouting", ext(sim.VaultType), one("Key Vault Certificate User", ext(sim.VaultType)), one("Reader", external), ""},
		{"keyvault-secrets-provider", "azureKeyvaultSecretsProvider", ext(sim.VaultType), one("Key Vault Secrets User", ext(sim.VaultType)), nil, ""},
		{"monitoring-legacy-metrics", "omsagent", "", one("Monitoring Metrics Publisher", clusterID), one("Reader", clusterID), ""},
		{"backup-extension-storage", "extension", ext(sim.StorageAccountType), one("Storage Blob Data Contributor", ext(sim.StorageAccountType)), nil, ""},
		{"agc-controller", "applicationLoadBalancer", ext(sim.TrafficControllerType), one("AppGw for Containers Configuration Manager", external), one("AppGw for Containers Configuration Manager", ext(sim.TrafficControllerType)), ""},
		{"node-rg-baseline", "controlPlane", "", nil, nil, ""},
		{"proximity-placement-group", "", ext(sim.ProximityPlacementGroupType), nil, nil, ""},
		{"deployer-role-assignments", "", nodes, nil, nil, ""},
		{"deployer-cluster-create", "", nodes, nil, nil, ""},
	}
}

func (w world) actor(name string) string {
	cl := w.cluster(clusterID)
	switch name {
	case "controlPlane":
		return cl.ControlPlane()
	case "kubelet":
		return cl.Kubelet()
	case "set":
		return at(w.get(sim.ID("external", sim.DiskEncryptionSetType, "set")), "identity.principalId").(string)
	case "extension":
		return at(w.get(clusterID+"/providers/"+sim.ExtensionType+"/backup"), "properties.aksAssignedIdentity.principalId").(string)
	case "":
		return ""
	}
	return cl.Addon(name)
}

func TestPerform(t *testing.T) {
	for _, tc := range performCases() {
		t.Run(string(tc.capability), func(t *testing.T) {
			w := fullWorld(t)
			principal := w.actor(tc.who)
			perform := func() rbac.Decision {
				d, err := w.cluster(clusterID).Perform(tc.capability, tc.target)
				if err != nil {
					t.Fatal(err)
				}
				return d
			}
			if d := perform(); d.Allowed() != (len(tc.enough) == 0) {
				t.Fatalf("without a grant: %v, missing %v", d.Effect, d.Missing)
			} else if tc.missing != "" && d.Missing[0].String() != tc.missing {
				t.Errorf("missing: got %s, want %s", d.Missing[0], tc.missing)
			}
			for _, g := range tc.short {
				id := w.grant(principal, g[0], g[1])
				if d := perform(); d.Allowed() {
					t.Errorf("%s at %s must not be enough", g[0], g[1])
				}
				w.remove(id)
			}
			for _, g := range tc.enough {
				w.grant(principal, g[0], g[1])
			}
			if d := perform(); !d.Allowed() {
				t.Errorf("%v must be enough, missing %v", tc.enough, d.Missing)
			}
		})
	}
}

func TestEveryCapabilityIsPerformed(t *testing.T) {
	var known, tested []string
	for _, c := range rbac.Capabilities() {
		known = append(known, string(c.ID))
	}
	tested = append(tested, "disk-quick-attach-detach") // refused, see TestPerformErrors
	for _, tc := range performCases() {
		tested = append(tested, string(tc.capability))
	}
	sort.Strings(known)
	sort.Strings(tested)
	if diff := cmp.Diff(known, tested); diff != "" {
		t.Errorf("capabilities (-known +tested):\n%s", diff)
	}
}

// TestOperationsAgreeWithTheFacts compares the simulator's own table with the capability data: what an operation asks for
// without any grant is what the data calls required. Differences are listed with their reason.
func TestOperationsAgreeWithTheFacts(t *testing.T) {
	exceptions := map[rbac.CapabilityID]string{
		"custom-route-table":          "routes/delete is conditional in the data; the simulator is stricter",
		"subnet-rewrite-linked-joins": "depends on what the subnet refers to",
		"deployer-cluster-create":     "asks by the type of the target",
		"deployer-role-assignments":   "the deployer is Owner here",
		"proximity-placement-group":   "the deployer is Owner here",
		"node-rg-baseline":            "implied by AKS", "virtual-node-container-groups": "implied by AKS",
		"private-link-service": "half of it happens in the node resource group, where the control plane is Contributor",
	}
	for _, tc := range performCases() {
		if _, excepted := exceptions[tc.capability]; excepted {
			continue
		}
		t.Run(string(tc.capability), func(t *testing.T) {
			c, _ := rbac.CapabilityByID(tc.capability)
			d, err := fullWorld(t).cluster(clusterID).Perform(tc.capability, tc.target)
			if err != nil {
				t.Fatal(err)
			}
			asked := []string{}
			for _, need := range d.Missing {
				asked = append(asked, strings.ToLower(need.Action))
			}
			want := []string{}
			for _, action := range slices.Concat(c.Actions, c.DataActions) {
				want = append(want, strings.ToLower(action))
			}
			sort.Strings(asked)
			sort.Strings(want)
			if diff := cmp.Diff(want, asked); diff != "" {
				t.Errorf("(-facts +simulator):\n%s", diff)
			}
		})
	}
}

func TestLinkedJoinsOfASubnet(t *testing.T) {
	w := newWorld(t)
	table := w.MustSeed(sim.ID("external", sim.RouteTableType, "table"), nil)
	subnet := w.MustSeed(sim.ID("external", sim.SubnetType, "vnet", "nodes"), object{"properties": object{"routeTable": object{"id": table}}})
	w.must(clusterID, clusterBody(nil))
	d, err := w.cluster(clusterID).Perform("subnet-rewrite-linked-joins", subnet)
	if err != nil || len(d.Missing) != 1 || d.Missing[0].String() != "Microsoft.Network/routeTables/join/action on "+table {
		t.Errorf("got %v, %v", d.Missing, err)
	}
}

func TestPerformErrors(t *testing.T) {
	cases := []struct {
		name, reason string
		capability   rbac.CapabilityID
		target       string
	}{
		{"unknown capability", "a typo must not pass", "fly", clusterID},
		{"wrong type", "a disk is not a subnet", "node-subnet-join", sim.ID("external", sim.DiskType, "target")},
		{"missing target", "must exist", "node-subnet-join", sim.ID("external", sim.SubnetType, "vnet", "none")},
		{"no identity", "the add-on is off", "agic-subnet", sim.ID("external", sim.SubnetType, "vnet", "nodes")},
		{"ABAC registry", "AcrPull is not honoured there", "acr-pull-rbac", sim.ID("external", sim.RegistryType, "abacregistry")},
		{"not simulated", "a preview without facts", "disk-quick-attach-detach", sim.ID("external", sim.DiskType, "target")},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := fullWorld(t)
			other := sim.ID("aks", sim.ManagedClusterType, "plain")
			w.must(other, clusterBody(nil))
			if _, err := w.cluster(other).Perform(tc.capability, tc.target); err == nil {
				t.Error(tc.reason)
			}
		})
	}
}

func TestPerformWaitsForPropagation(t *testing.T) {
	w := newWorld(t, sim.WithPropagationDelay(1))
	subnet := w.MustSeedSubnet("network", "vnet", "nodes")
	w.must(clusterID, clusterBody(nil))
	cl := w.cluster(clusterID)
	w.grant(cl.ControlPlane(), "Network Contributor", subnet)
	for range 2 { // asking does not help
		if d, err := cl.Perform("internal-lb-external-subnet", subnet); err != nil || d.Allowed() {
			t.Fatalf("not effective yet: %v %v", d, err)
		}
	}
	if w.RoleAssignments()[0].Effective {
		t.Error("the listing says so")
	}
	w.Settle()
	if d, err := cl.Perform("internal-lb-external-subnet", subnet); err != nil || !d.Allowed() {
		t.Errorf("effective now: %v %v", d, err)
	}
}

func TestGatewayInTheNodeGroup(t *testing.T) {
	w := newWorld(t)
	w.must(clusterID, clusterBody(object{"addonProfiles": object{"ingressApplicationGateway": object{"enabled": true, "config": object{"subnetCIDR": "10.225.0.0/24"}}}}))
	cl := w.cluster(clusterID)
	gateway := w.MustSeed(cl.NodeResourceGroup()+"/providers/"+sim.ApplicationGatewayType+"/aks-gateway", nil)
	if d, err := cl.Perform("agic-gateway", gateway); err != nil || !d.Allowed() {
		t.Errorf("AKS's own gateway: %v %v", d.Missing, err)
	}
}

func TestModeOfARegistryDecidesWhichRolesCount(t *testing.T) {
	const pull, reader = "AcrPull", "Container Registry Repository Reader"
	cases := []struct {
		name, reason string
		mode         any
		role         string
		capability   rbac.CapabilityID
		allowed      bool
	}{
		{"AcrPull in ABAC mode", "legacy roles are not honoured there", "AbacRepositoryPermissions", pull, "acr-pull-abac", false},
		{"bootstrap with AcrPull in ABAC mode", "nor by the nodes of an isolated network", "AbacRepositoryPermissions", pull, "acr-bootstrap-cache", false},
		{"reader in ABAC mode", "the role for repositories is", "AbacRepositoryPermissions", reader, "acr-pull-abac", true},
		{"bootstrap with reader in ABAC mode", "also at first boot", "AbacRepositoryPermissions", reader, "acr-bootstrap-cache", true},
		{"reader in legacy mode", "and not the other way round", "LegacyRegistryPermissions", reader, "acr-pull-rbac", false},
		{"bootstrap with reader, mode not given", "which is the legacy mode", nil, reader, "acr-bootstrap-cache", false},
		{"AcrPull, mode not given", "the same", nil, pull, "acr-pull-rbac", true},
		{"bootstrap with AcrPull, mode not given", "the same", nil, pull, "acr-bootstrap-cache", true},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			registry := w.MustSeed(sim.ID("external", sim.RegistryType, "images"), object{"properties": object{"roleAssignmentMode": tc.mode}})
			w.must(clusterID, clusterBody(nil))
			w.grant(w.cluster(clusterID).Kubelet(), tc.role, registry)
			d, err := w.cluster(clusterID).Perform(tc.capability, registry)
			if err != nil || d.Allowed() != tc.allowed {
				t.Errorf("%s: got %v, missing %v, %v", tc.reason, d.Effect, d.Missing, err)
			}
		})
	}
}

func TestModeOfARegistryDoesNotMatterForAssignments(t *testing.T) {
	w := newWorld(t)
	registry := w.MustSeed(sim.ID("external", sim.RegistryType, "images"), object{"properties": object{"roleAssignmentMode": "AbacRepositoryPermissions"}})
	w.must(clusterID, clusterBody(nil))
	if d, err := w.cluster(clusterID).Perform("deployer-role-assignments", registry); err != nil || !d.Allowed() {
		t.Errorf("got %v, %v", d.Missing, err)
	}
}

func TestRegistryModeIsOneOfTwo(t *testing.T) {
	w := newWorld(t)
	body := func(mode string) object {
		return object{"location": location, "sku": object{"name": "Standard"}, "properties": object{"roleAssignmentMode": mode}}
	}
	id := sim.ID("aks", sim.RegistryType, "images")
	w.refused(id, body("AbacRegistryPermissions"), sim.CodeInvalidParameter)
	w.must(id, body("AbacRepositoryPermissions"))
}

// linkedSubnet seeds a subnet that refers to one thing of each kind that has to be joined when the subnet is written.
func (w world) linkedSubnet(kinds ...string) (subnet string, links map[string]string) {
	w.t.Helper()
	properties := map[string]string{sim.RouteTableType: "routeTable", sim.NetworkSecurityGroupType: "networkSecurityGroup", sim.NatGatewayType: "natGateway"}
	links, body := map[string]string{}, object{}
	for _, kind := range kinds {
		links[kind] = w.MustSeed(sim.ID("external", kind, "mine"), nil)
		body[properties[kind]] = object{"id": links[kind]}
	}
	return w.MustSeed(sim.ID("external", sim.SubnetType, "vnet", "nodes"), object{"properties": body}), links
}

func TestWhoRewritesASubnetJoinsWhatItRefersTo(t *testing.T) {
	all := []string{sim.RouteTableType, sim.NetworkSecurityGroupType, sim.NatGatewayType}
	for _, capability := range []rbac.CapabilityID{"subnet-rewrite-linked-joins", "kubenet-associate-managed-route-table", "private-link-service", "files-nfs-private"} {
		for _, kind := range all {
			t.Run(string(capability)+" "+kind, func(t *testing.T) {
				w := newWorld(t)
				subnet, links := w.linkedSubnet(kind)
				w.must(clusterID, clusterBody(nil))
				cl := w.cluster(clusterID)
				w.grant(cl.ControlPlane(), "Network Contributor", subnet)
				d, err := cl.Perform(capability, subnet)
				if err != nil || len(d.Missing) != 1 || d.Missing[0].String() != kind+"/join/action on "+links[kind] {
					t.Fatalf("a role on the subnet does not reach what it refers to: %v, %v", d.Missing, err)
				}
				w.grant(cl.ControlPlane(), "Network Contributor", links[kind])
				if d, err := cl.Perform(capability, subnet); err != nil || !d.Allowed() {
					t.Errorf("a role there does: %v, %v", d.Missing, err)
				}
			})
		}
	}
}

func TestJoiningASubnetAsksNothingOfWhatItRefersTo(t *testing.T) {
	w := newWorld(t)
	subnet, _ := w.linkedSubnet(sim.RouteTableType, sim.NetworkSecurityGroupType, sim.NatGatewayType)
	w.must(clusterID, clusterBody(nil))
	cl := w.cluster(clusterID)
	w.grant(cl.ControlPlane(), "Network Contributor", subnet)
	for _, capability := range []rbac.CapabilityID{"node-subnet-join", "internal-lb-external-subnet", "nap-subnet-join"} {
		if d, err := cl.Perform(capability, subnet); err != nil || !d.Allowed() {
			t.Errorf("%s does not write the subnet: %v, %v", capability, d.Missing, err)
		}
	}
}
