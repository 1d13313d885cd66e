package azuresim_test

import (
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// grantCase is a cluster that touches an external resource: refused without the right grant, made with it.
type grantCase struct {
	name, reason string
	// make seeds the resource and returns its id and what the cluster's properties are then.
	make func(w world) (string, object)
	role string // "" for none
	at   func(id string) string
	// system is the code with a system-assigned identity, "-" when that is not tried.
	without, system string
	accepted        bool // the refusal comes after acceptance
}

func self(id string) string { return id }

func parent(levels int) func(string) string {
	return func(id string) string {
		for range levels {
			id = id[:lastSlash(id)]
			id = id[:lastSlash(id)]
		}
		return id
	}
}

func lastSlash(s string) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '/' {
			return i
		}
	}
	return 0
}

func group(string) string { return groupID("external") }

func routed(w world) (string, object) {
	table := w.MustSeed(sim.ID("external", sim.RouteTableType, "table"), nil)
	subnet := w.MustSeed(sim.ID("external", sim.SubnetType, "vnet", "nodes"), object{"properties": object{"routeTable": object{"id": table}}})
	return table, object{"networkProfile": object{"networkPlugin": "kubenet"}, "agentPoolProfiles": []any{pool(object{"vnetSubnetID": subnet})}}
}

func zoned(w world) (string, object) {
	zone := w.MustSeed(sim.ID("external", sim.PrivateDNSZoneType, "privatelink.westeurope.azmk8s.io"), nil)
	return zone, object{"apiServerAccessProfile": object{"enablePrivateCluster": true, "privateDNSZone": zone}}
}

func encrypted(access string) func(world) (string, object) {
	return func(w world) (string, object) {
		vault := w.MustSeed(sim.ID("external", sim.VaultType, "keys-of-mine"), nil)
		w.MustSeed(vault+"/keys/etcd", nil)
		kms := object{"enabled": true, "keyVaultNetworkAccess": access, "keyId": etcdKey}
		if access == "Private" {
			kms["keyVaultResourceId"] = vault
		}
		return vault, object{"securityProfile": object{"azureKeyVaultKms": kms}}
	}
}

func placed(resourceType, property string) func(world) (string, object) {
	return func(w world) (string, object) {
		id := w.MustSeed(sim.ID("external", resourceType, "reserved"), nil)
		return id, pools(pool(object{property: id}))
	}
}

func virtualMachines(w world) (string, object) {
	subnet := w.MustSeedSubnet("external", "vnet", "nodes")
	return subnet, pools(pool(object{"vnetSubnetID": subnet, "type": "VirtualMachines"}))
}

// linkedZone is a zone that the control plane may write and that has to be linked to the network of the nodes.
func linkedZone(w world) (string, object) {
	zone, props := zoned(w)
	subnet := w.MustSeedSubnet("external", "vnet", "nodes")
	props["agentPoolProfiles"] = []any{pool(object{"vnetSubnetID": subnet})}
	control := w.get(sim.ID("aks", sim.IdentityType, "control"))
	w.grant(at(control, "properties.principalId").(string), "Private DNS Zone Contributor", zone)
	return subnet, props
}

func apiServer(w world) (string, object) {
	subnet := w.MustSeed(sim.ID("external", sim.SubnetType, "vnet", "api"), object{"properties": object{"delegations": []any{
		object{"name": "aks", "properties": object{"serviceName": sim.ManagedClusterType}}}}})
	return subnet, object{"apiServerAccessProfile": object{"enableVnetIntegration": true, "subnetId": subnet},
		"agentPoolProfiles": []any{pool(object{"vnetSubnetID": w.MustSeedSubnet("external", "vnet", "nodes")})}}
}

func TestGrantsThatAKSValidates(t *testing.T) {
	const network, zoneRole = "Network Contributor", "Private DNS Zone Contributor"
	missingZone, unsupported := sim.CodePrivateDNSZoneMissingPermission, sim.CodeOnlySupportedOnUserAssigned
	cases := []grantCase{
		{"route table", "kubenet writes it", routed, network, self, sim.CodeRouteTableMissingPermission, sim.CodeRouteTableUnsupportedMSIType, false},
		{"route table, role on the group", "grants are inherited", routed, network, group, sim.CodeRouteTableMissingPermission, "-", false},
		{"private DNS zone", "AKS writes the record", zoned, zoneRole, self, missingZone, unsupported, false},
		{"KMS", "encrypt and decrypt", encrypted("Public"), "Key Vault Crypto User", self, sim.CodeKMSMissingPermission, unsupported, false},
		{"KMS, role on the key", "the key is enough", encrypted("Public"), "Key Vault Crypto User", func(id string) string { return id + "/keys/etcd" }, sim.CodeKMSMissingPermission, "-", false},
		{"capacity reservation", "on the group", placed(sim.CapacityReservationGroupType, "capacityReservationGroupID"), "Contributor", group, sim.CodeLinkedAuthorizationFailed, unsupported, false},
		{"host group", "on the group", placed(sim.HostGroupType, "hostGroupID"), "Contributor", group, sim.CodeLinkedAuthorizationFailed, unsupported, false},
		{"virtual machines pool", "uses the control plane alone", virtualMachines, network, self, sim.CodeLinkedAuthorizationFailed, sim.CodeInvalidParameter, false},
		{"zone link", "needs the network, found late", linkedZone, network, parent(1), sim.CodeVirtualNetworkLinkFailed, "-", true},
		{"API server subnet", "found late; needs the node subnet as well", apiServer, network, parent(1), sim.CodeAPIServerSubnetConfig, unsupported, true},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			control, principal := w.identity("control")
			id, props := tc.make(w)
			props["identity"] = userAssigned(control)
			if err := w.refused(clusterID, clusterBody(props), tc.without); err != nil && err.Accepted != tc.accepted {
				t.Errorf("%s: accepted is %v", tc.reason, err.Accepted)
			}
			if tc.accepted && at(w.get(clusterID), "properties.provisioningState") != "Failed" {
				t.Error("an accepted cluster is there, failed")
			}
			if tc.role != "" {
				w.grant(principal, tc.role, tc.at(id))
			}
			w.must(clusterID, clusterBody(props))
			if tc.system == "-" {
				return
			}
			w.remove(clusterID)
			props["identity"] = object{"type": "SystemAssigned"}
			w.refused(clusterID, clusterBody(props), tc.system)
		})
	}
}

func TestTooNarrowGrants(t *testing.T) {
	cases := []struct {
		name, reason string
		make         func(w world) (string, object)
		role         string
		at           func(string) string
		code         string
	}{
		{"capacity reservation, on itself", "the documentation wants the group", placed(sim.CapacityReservationGroupType, "capacityReservationGroupID"), "Contributor", self, sim.CodeLinkedAuthorizationFailed},
		{"zone link, on the subnet", "join is asked at the network", linkedZone, "Network Contributor", self, sim.CodeVirtualNetworkLinkFailed},
		{"public zone role", "covers nothing on a private zone (Bicep AVM)", zoned, "DNS Zone Contributor", self, sim.CodePrivateDNSZoneMissingPermission},
		{"vault role", "the management plane does not encrypt", encrypted("Public"), "Contributor", self, sim.CodeKMSMissingPermission},
		{"API server subnet alone", "the node subnet is asked too", apiServer, "Network Contributor", self, sim.CodeAPIServerSubnetConfig},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			control, principal := w.identity("control")
			id, props := tc.make(w)
			props["identity"] = userAssigned(control)
			w.grant(principal, tc.role, tc.at(id))
			w.refused(clusterID, clusterBody(props), tc.code)
		})
	}
}

func TestExistingLinkNeedsNoGrant(t *testing.T) {
	w := newWorld(t)
	control, _ := w.identity("control")
	subnet, props := linkedZone(w)
	zone := at(props, "apiServerAccessProfile.privateDNSZone").(string)
	w.MustSeed(zone+"/virtualNetworkLinks/there", object{"location": "global", "properties": object{"virtualNetwork": object{"id": parent(1)(subnet)}}})
	props["identity"] = userAssigned(control)
	w.must(clusterID, clusterBody(props))
}

func TestVaultWithAccessPolicies(t *testing.T) {
	w := newWorld(t)
	control, principal := w.identity("control")
	vault, props := encrypted("Public")(w)
	props["identity"] = userAssigned(control)
	w.MustSeed(vault, object{"properties": object{"enableRbacAuthorization": false}})
	w.grant(principal, "Key Vault Crypto User", vault)
	w.refused(clusterID, clusterBody(props), sim.CodeKMSMissingPermission)
	w.MustSeed(vault, object{"properties": object{"enableRbacAuthorization": false, "accessPolicies": []any{
		object{"objectId": principal, "permissions": object{"keys": []any{"encrypt", "decrypt"}}}}}})
	w.must(clusterID, clusterBody(props))
}

func TestAccessPolicyPermissionsAreWholeWords(t *testing.T) {
	cases := []struct {
		name, reason string
		keys         []any
		allowed      bool
	}{
		{"exactly those", "the documented three", []any{"get", "wrapKey", "unwrapKey"}, true},
		{"in any case", "Azure shows them in several spellings", []any{"Get", "WRAPKEY", "unwrapkey"}, true},
		{"all", "stands for every permission", []any{"all"}, true},
		{"unwrap only", "unwrapKey is not wrapKey", []any{"get", "unwrapKey"}, false},
		{"rotation policy", "getrotationpolicy is not get", []any{"getrotationpolicy", "wrapKey", "unwrapKey"}, false},
		{"none", "nothing is nothing", nil, false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			set := w.MustSeed(sim.ID("external", sim.DiskEncryptionSetType, "set"), nil)
			principal := at(w.get(set), "identity.principalId")
			vault := w.MustSeed(sim.ID("external", sim.VaultType, "vault"), object{"properties": object{
				"enableRbacAuthorization": false,
				"accessPolicies":          []any{object{"objectId": principal, "permissions": object{"keys": tc.keys}}}}})
			w.must(clusterID, clusterBody(object{"diskEncryptionSetID": set}))
			d, err := w.cluster(clusterID).Perform("des-key-access", vault)
			if err != nil || d.Allowed() != tc.allowed {
				t.Errorf("%s: got %v, %v", tc.reason, d.Effect, err)
			}
		})
	}
}

// TestKubenetAttachesItsRouteTableToTheSubnet: without a table on the subnet AKS writes the subnet, as the control plane.
func TestKubenetAttachesItsRouteTableToTheSubnet(t *testing.T) {
	const network = "Network Contributor"
	cases := []struct {
		name, reason string
		kinds        []string // what the subnet refers to
		granted      []string // where the control plane has the role: "subnet" or one of kinds
		plugin       string
		system       bool
		code         string
	}{
		{"bare subnet", "the subnet is written", nil, []string{"subnet"}, "kubenet", false, ""},
		{"bare subnet, no role", "nothing is attached, and nobody is told", nil, nil, "kubenet", false, ""},
		{"security group", "and joined", []string{sim.NetworkSecurityGroupType}, []string{"subnet"}, "kubenet", false, sim.CodeLinkedAuthorizationFailed},
		{"security group, granted", "with a role of its own", []string{sim.NetworkSecurityGroupType}, []string{"subnet", sim.NetworkSecurityGroupType}, "kubenet", false, ""},
		{"gateway", "the same", []string{sim.NatGatewayType}, []string{"subnet"}, "kubenet", false, sim.CodeLinkedAuthorizationFailed},
		{"gateway, granted", "the same", []string{sim.NatGatewayType}, []string{"subnet", sim.NatGatewayType}, "kubenet", false, ""},
		{"own route table", "nothing is attached then, the table is written", []string{sim.RouteTableType, sim.NetworkSecurityGroupType}, []string{sim.RouteTableType}, "kubenet", false, ""},
		{"azure plugin", "has no routes", []string{sim.NetworkSecurityGroupType, sim.NatGatewayType}, nil, "azure", false, ""},
		{"system assigned", "its grants can only follow", []string{sim.NetworkSecurityGroupType}, nil, "kubenet", true, ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			control, principal := w.identity("control")
			subnet, links := w.linkedSubnet(tc.kinds...)
			links["subnet"] = subnet
			for _, at := range tc.granted {
				w.grant(principal, network, links[at])
			}
			body := clusterBody(object{"identity": userAssigned(control), "networkProfile": object{"networkPlugin": tc.plugin},
				"agentPoolProfiles": []any{pool(object{"vnetSubnetID": subnet})}})
			if tc.system {
				body["identity"] = object{"type": "SystemAssigned"}
			}
			err := w.refused(clusterID, body, tc.code)
			if tc.code == "" {
				return
			}
			if !err.Accepted {
				t.Error("it is found after the operation was accepted")
			}
			for _, id := range links {
				w.grant(principal, network, id)
			}
			w.must(clusterID, body)
		})
	}
}

func TestEtcdEncryptionRefusals(t *testing.T) {
	cases := []struct {
		name, reason string
		changes      object // of a public vault whose key the identity may use
		code         string
	}{
		{"public", "as documented", nil, ""},
		{"access not given", "public is the default", object{"keyVaultNetworkAccess": nil}, ""},
		{"private", "AKS reaches it by API-server VNet integration", object{"keyVaultNetworkAccess": "Private", "keyVaultResourceId": "mine"}, sim.CodeBadRequest},
		{"private without vault", "AKS has to find it", object{"keyVaultNetworkAccess": "Private"}, sim.CodeBadRequest},
		{"private, key of another vault", "the rights would be on the wrong vault", object{"keyVaultNetworkAccess": "Private", "keyVaultResourceId": "other"}, sim.CodeBadRequest},
		{"public with vault", "the API wants the field empty", object{"keyVaultResourceId": "mine"}, sim.CodeBadRequest},
		{"public, key of another vault", "which the identity cannot use", object{"keyId": "https://other-vault.vault.azure.net/keys/etcd/1"}, sim.CodeKMSMissingPermission},
		{"public, key of no vault", "which does not exist", object{"keyId": "https://no-vault.vault.azure.net/keys/etcd/1"}, sim.CodeInvalidResourceReference},
		{"a name", "a key is named by its URL", object{"keyId": "etcd"}, sim.CodeBadRequest},
		{"a secret", "is no key", object{"keyId": "https://keys-of-mine.vault.azure.net/secrets/etcd/1"}, sim.CodeBadRequest},
		{"without version", "the version is part of it", object{"keyId": "https://keys-of-mine.vault.azure.net/keys/etcd"}, sim.CodeBadRequest},
		{"too long", "and nothing follows it", object{"keyId": "https://keys-of-mine.vault.azure.net/keys/etcd/1/2"}, sim.CodeBadRequest},
		{"not encrypted", "only https", object{"keyId": "http://keys-of-mine.vault.azure.net/keys/etcd/1"}, sim.CodeBadRequest},
		{"other host", "vaults live in Azure", object{"keyId": "https://keys-of-mine.vault.example.com/keys/etcd/1"}, sim.CodeBadRequest},
		{"query", "an identifier has none", object{"keyId": "https://keys-of-mine.vault.azure.net/keys/etcd/1?x=y"}, sim.CodeBadRequest},
		{"no key", "is needed", object{"keyId": nil}, sim.CodeBadRequest},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			control, principal := w.identity("control")
			mine, _ := w.keys()
			other := w.MustSeed(sim.ID("external", sim.VaultType, "other-vault"), nil)
			w.grant(principal, "Key Vault Crypto User", mine)
			kms := merge(object{"enabled": true, "keyVaultNetworkAccess": "Public", "keyId": etcdKey}, tc.changes)
			if id, named := (map[any]string{"mine": mine, "other": other})[kms["keyVaultResourceId"]]; named {
				kms["keyVaultResourceId"] = id
			}
			w.refused(clusterID, clusterBody(object{"identity": userAssigned(control), "securityProfile": object{"azureKeyVaultKms": kms}}), tc.code)
		})
	}
}

// TestAPrivateVaultTakesVNetIntegration: a cluster that has the integration keeps a private vault, and can leave it.
func TestAPrivateVaultTakesVNetIntegration(t *testing.T) {
	w := newWorld(t)
	control, principal := w.identity("control")
	vault, private := encrypted("Private")(w)
	w.grant(principal, "Key Vault Crypto User", vault)
	private["identity"] = userAssigned(control)
	w.refused(clusterID, clusterBody(private), sim.CodeBadRequest)
	w.MustSeed(clusterID, clusterBody(merge(private, object{"apiServerAccessProfile": object{"enableVnetIntegration": true}})))
	w.must(clusterID, clusterBody(private))
	w.must(clusterID, clusterBody(object{"identity": userAssigned(control), "securityProfile": object{"azureKeyVaultKms": object{
		"enabled": true, "keyVaultNetworkAccess": "Public", "keyId": etcdKey}}}))
}
