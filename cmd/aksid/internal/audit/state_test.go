package audit_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	aks "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/audit"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// changed deploys one program after another in one stack.
func changed(t *testing.T, p place, programs ...func(h *hand, p place)) audit.Report {
	t.Helper()
	n := 0
	s := byHand(t, p.Cloud, func(h *hand) { programs[n](h, p) })
	var r audit.Report
	for n = range programs {
		r = auditOf(t, s)
	}
	return r
}

// TestAGrantToAFormerIdentityIsFound: somebody deletes the identity and makes it anew, and the stack is refreshed.
func TestAGrantToAFormerIdentityIsFound(t *testing.T) {
	p := newPlace()
	s := byHand(t, p.Cloud, func(h *hand) { mistakes()[0].write(h, p) })
	if r := auditOf(t, s); len(r.Findings) > 0 {
		t.Fatalf("nothing is former yet\n%s", r.Text(120))
	}
	identity := s.Resources().ByType("azure-native:managedidentity:UserAssignedIdentity")[0]
	former, now := identity.Outputs["principalId"].StringValue(), "a4462633-0687-53d5-b1c5-fdd812b85dd1"
	state := strings.ReplaceAll(string(s.Export()), former, now)
	r := audited(t, []byte(asGranted(t, state, now, former)))
	want := []string{"error grant-to-former-identity control-plane", "error missing-right control-plane"}
	if diff := cmp.Diff(want, said(r)); diff != "" {
		t.Errorf("%s\n%s", diff, r.Text(120))
	}
	compare(t, "grant to a former identity", r.Text(110))
}

// asGranted is the state as a refresh leaves it: everything has the principal of today, apart from the assignments.
func asGranted(t *testing.T, state, now, former string) string {
	t.Helper()
	var document map[string]any
	if err := json.Unmarshal([]byte(state), &document); err != nil {
		t.Fatal(err)
	}
	for _, one := range document["resources"].([]any) {
		r := one.(map[string]any)
		if r["type"] != "azure-native:authorization:RoleAssignment" {
			continue
		}
		for _, side := range []string{"inputs", "outputs"} {
			if properties, _ := r[side].(map[string]any); properties["principalId"] == now {
				properties["principalId"] = former
			}
		}
	}
	text, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestAGrantOfADisabledAddonIsFound: the assignment names the principal of an add-on that is off now.
func TestAGrantOfADisabledAddonIsFound(t *testing.T) {
	write := func(on bool) func(h *hand, p place) {
		return func(h *hand, p place) {
			c := h.cluster(func(a *aks.ManagedClusterArgs) {
				a.AddonProfiles = aks.ManagedClusterAddonProfileMap{"azureKeyvaultSecretsProvider": aks.ManagedClusterAddonProfileArgs{Enabled: pulumi.Bool(on)}}
			})
			if h.err != nil {
				return
			}
			principal := c.AddonProfiles.ApplyT(func(profiles map[string]aks.ManagedClusterAddonProfileResponse) string {
				if identity := profiles["azureKeyvaultSecretsProvider"].Identity; identity.ObjectId != nil {
					return *identity.ObjectId
				}
				return "00000000-0000-0000-0000-000000000000" // ignored: the add-on is off
			}).(pulumi.StringOutput)
			h.assign("vault", rbac.KeyVaultSecretsUser, principal, p.vault, pulumi.IgnoreChanges([]string{"principalId"}))
		}
	}
	if r := changed(t, newPlace(), write(true)); len(r.Findings) > 0 {
		t.Errorf("the add-on is on:\n%s", r.Text(120))
	}
	r := changed(t, newPlace(), write(true), write(false))
	if diff := cmp.Diff([]string{"warning assignment-without-holder principal"}, said(r)); diff != "" {
		t.Errorf("%s\n%s", diff, r.Text(120))
	}
}

// ofResources audits resources as a state has them.
func ofResources(t testing.TB, resources ...estate.Resource) audit.Report {
	t.Helper()
	r, err := audit.Of(estate.New(resources), audit.Source{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const (
	controlPrincipal = "83f0c9bd-3c4c-579d-945d-aac3968e28b4"
	addonPrincipal   = "93f0c9bd-3c4c-579d-945d-aac3968e28b4"
)

func id(resourceType, name string) string {
	return subscription + "/resourceGroups/others/providers/" + resourceType + "/" + name
}

// clusterOf is a cluster in a state, of an API version and with properties as azure-native writes them.
func clusterOf(version string, properties map[string]any) estate.Resource {
	outputs := map[string]any{
		"identity": map[string]any{"type": "SystemAssigned", "principalId": controlPrincipal}, "nodeResourceGroup": "MC_shop",
	}
	for name, value := range properties {
		outputs[name] = value
	}
	return estate.Resource{
		URN: "urn:pulumi:dev::shop::azure-native:containerservice" + version + ":ManagedCluster::shop", Type: "azure-native:containerservice" + version + ":ManagedCluster",
		Custom: true, ID: id("Microsoft.ContainerService/managedClusters", "shop"), Outputs: outputs,
	}
}

// TestEachThingThatAClusterTouchesIsRead: nothing is granted, so each use shows as what is missing there.
func TestEachThingThatAClusterTouchesIsRead(t *testing.T) {
	subnet := id("Microsoft.Network/virtualNetworks", "hub") + "/subnets/"
	pool := func(property, value string) map[string]any {
		return map[string]any{"agentPoolProfiles": []any{map[string]any{"name": "system", property: value}}}
	}
	withIdentity := func(config map[string]any) map[string]any {
		return map[string]any{"enabled": true, "config": config, "identity": map[string]any{"objectId": addonPrincipal}}
	}
	cases := []struct {
		name       string
		properties map[string]any
		// want are the arguments of our components that would grant it.
		want []string
	}{
		{"subnet of nodes", pool("vnetSubnetID", subnet+"nodes"), []string{"subnets.nodes"}},
		{"subnet of pods", pool("podSubnetID", subnet+"pods"), []string{"subnets.pods"}},
		{"prefix of nodes", pool("nodePublicIPPrefixID", id("Microsoft.Network/publicIPPrefixes", "nodes")), []string{"nodeIpPrefixIds.nodes"}},
		{"capacity reservation group", pool("capacityReservationGroupID", id("Microsoft.Compute/capacityReservationGroups", "gpu")), []string{"capacityReservationGroupIds.gpu"}},
		{"host group", pool("hostGroupID", id("Microsoft.Compute/hostGroups", "own")), []string{"hostGroupIds.own"}},
		{"API-server subnet", map[string]any{"apiServerAccessProfile": map[string]any{"subnetId": subnet + "api"}}, []string{"apiServerSubnetIds.api"}},
		{"private zone", map[string]any{"apiServerAccessProfile": map[string]any{"privateDNSZone": id("Microsoft.Network/privateDnsZones", "a.azmk8s.io")}}, []string{"apiServer.privateDnsZoneId"}},
		{"zone of AKS", map[string]any{"apiServerAccessProfile": map[string]any{"privateDNSZone": "system"}}, nil},
		{"outbound addresses", map[string]any{"networkProfile": map[string]any{"loadBalancerProfile": map[string]any{
			"outboundIPs":        map[string]any{"publicIPs": []any{map[string]any{"id": id("Microsoft.Network/publicIPAddresses", "out")}}},
			"outboundIPPrefixes": map[string]any{"publicIPPrefixes": []any{map[string]any{"id": id("Microsoft.Network/publicIPPrefixes", "range")}}},
		}}}, []string{"network.loadBalancer.outboundIpIds.out", "network.loadBalancer.outboundIpPrefixIds.range"}},
		{"disk encryption set", map[string]any{"diskEncryptionSetID": id("Microsoft.Compute/diskEncryptionSets", "disks")}, []string{"diskEncryptionSetId"}},
		{"vault of etcd, private", map[string]any{"securityProfile": map[string]any{"azureKeyVaultKms": map[string]any{
			"enabled": true, "keyId": "https://etcd.vault.azure.net/keys/k/1", "keyVaultNetworkAccess": "Private", "keyVaultResourceId": id("Microsoft.KeyVault/vaults", "etcd"),
		}}}, []string{"security.kms.keyVaultId"}},
		{"kubelet identity", map[string]any{"identityProfile": map[string]any{"kubeletidentity": map[string]any{
			"resourceId": id("Microsoft.ManagedIdentity/userAssignedIdentities", "nodes"), "objectId": addonPrincipal,
		}}}, []string{"kubeletIdentity"}},
		{"kubelet identity of AKS", map[string]any{"identityProfile": map[string]any{"kubeletidentity": map[string]any{
			"resourceId": subscription + "/resourceGroups/mc_SHOP/providers/Microsoft.ManagedIdentity/userAssignedIdentities/shop-agentpool", "objectId": addonPrincipal,
		}}}, nil},
		{"kubenet", map[string]any{
			"networkProfile": map[string]any{"networkPlugin": "kubenet"}, "agentPoolProfiles": []any{map[string]any{"name": "system", "vnetSubnetID": subnet + "nodes"}},
		}, []string{"subnets.nodes"}},
		{"gateway", map[string]any{"addonProfiles": map[string]any{"ingressApplicationGateway": withIdentity(map[string]any{
			"applicationGatewayId": id("Microsoft.Network/applicationGateways", "edge"),
		})}}, []string{"addons.ingressGateway.gatewayId"}},
		{"gateway subnet, in another letter case", map[string]any{"addonProfiles": map[string]any{"IngressApplicationGateway": withIdentity(map[string]any{
			"subnetid": subnet + "edge",
		})}}, []string{"addons.ingressGateway.subnetId"}},
		{"virtual nodes", map[string]any{
			"agentPoolProfiles": []any{map[string]any{"name": "system", "vnetSubnetID": subnet + "nodes"}},
			"addonProfiles":     map[string]any{"aciConnectorLinux": withIdentity(map[string]any{"SubnetName": "aci"})},
		}, []string{"subnets.nodes", "addons.virtualNode.subnetId"}},
		{"virtual nodes without a subnet", map[string]any{
			"addonProfiles": map[string]any{"aciConnectorLinux": withIdentity(map[string]any{})},
		}, []string{"addons.virtualNode.subnetId"}},
		{"add-on that is off", map[string]any{"addonProfiles": map[string]any{"aciConnectorLinux": map[string]any{"enabled": false}}}, nil},
		{"legacy monitoring", map[string]any{"addonProfiles": map[string]any{"omsAgent": withIdentity(map[string]any{"useAADAuth": "False"})}}, []string{"cluster"}},
		{"zones of routing", map[string]any{"ingressProfile": map[string]any{"webAppRouting": map[string]any{
			"enabled": true, "identity": map[string]any{"objectId": addonPrincipal},
			"dnsZoneResourceIds": []any{id("Microsoft.Network/dnsZones", "shop.example"), id("Microsoft.Network/privateDnsZones", "shop.internal")},
		}}}, []string{"addons.appRouting.publicDnsZoneIds.shop-example", "addons.appRouting.privateDnsZoneIds.shop-internal"}},
		{"vault of the mesh", map[string]any{
			"serviceMeshProfile": map[string]any{"istio": map[string]any{"certificateAuthority": map[string]any{"plugin": map[string]any{"keyVaultId": id("Microsoft.KeyVault/vaults", "mesh")}}}},
			"addonProfiles":      map[string]any{"azureKeyvaultSecretsProvider": withIdentity(nil)},
		}, []string{"keyVaultIds.mesh"}},
	}
	for _, tc := range cases {
		for _, version := range []string{"", "/v20250101", "/v20240902preview"} {
			var got []string
			for _, f := range ofResources(t, clusterOf(version, tc.properties)).Findings {
				got = append(got, f.Argument)
			}
			less := func(a, b string) bool { return a < b }
			if diff := cmp.Diff(sortedBy(tc.want, less), sortedBy(got, less)); diff != "" {
				t.Errorf("%s in %q: %s", tc.name, version, diff)
			}
		}
	}
}

func sortedBy(texts []string, less func(a, b string) bool) []string {
	out := append([]string{}, texts...)
	for i := range out {
		for j := i; j > 0 && less(out[j], out[j-1]); j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}

// TestPoolsOfTheirOwnAndRouteTablesAreRead: other resources of the state that belong to the cluster.
func TestPoolsOfTheirOwnAndRouteTablesAreRead(t *testing.T) {
	subnet := id("Microsoft.Network/virtualNetworks", "hub") + "/subnets/batch"
	r := ofResources(t, clusterOf("", map[string]any{"networkProfile": map[string]any{"networkPlugin": "kubenet"}}),
		estate.Resource{URN: "urn:pulumi:dev::shop::azure-native:containerservice:AgentPool::batch", Type: "azure-native:containerservice:AgentPool", Custom: true,
			ID: id("Microsoft.ContainerService/managedClusters", "shop") + "/agentPools/batch", Inputs: map[string]any{"vnetSubnetID": subnet}},
		estate.Resource{URN: "urn:pulumi:dev::shop::azure-native:network:Subnet::batch", Type: "azure-native:network:Subnet", Custom: true,
			ID: subnet, Outputs: map[string]any{"routeTable": map[string]any{"id": id("Microsoft.Network/routeTables", "to-firewall")}}})
	var got []string
	for _, f := range r.Findings {
		got = append(got, f.Argument)
	}
	if diff := cmp.Diff([]string{"routeTableIds.to-firewall", "subnets.batch"}, got); diff != "" {
		t.Errorf("%s\n%s", diff, r.Text(120))
	}
}

// TestWhatIsEncryptedIsNotJudged: an encrypted principal may be anybody's.
func TestWhatIsEncryptedIsNotJudged(t *testing.T) {
	secret := map[string]any{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:abc"}
	r := ofResources(t, clusterOf("", map[string]any{
		"identity": secret, "agentPoolProfiles": []any{map[string]any{"name": "system", "vnetSubnetID": id("Microsoft.Network/virtualNetworks", "hub") + "/subnets/nodes"}},
	}))
	if len(r.Findings) > 0 || !strings.Contains(strings.Join(r.Notes, "\n"), "the control plane of shop is not known") {
		t.Errorf("%s", r.Text(120))
	}
}

// TestWhatAKSGrantsItselfIsNoFinding: Contributor on the node resource group, which AKS makes, and rights of a principal there that nobody
// knows.
func TestWhatAKSGrantsItselfIsNoFinding(t *testing.T) {
	grant := func(name, principal, group string) estate.Resource {
		scope := subscription + "/resourceGroups/" + group
		return estate.Resource{
			URN: "urn:pulumi:dev::shop::azure-native:authorization:RoleAssignment::" + name, Type: "azure-native:authorization:RoleAssignment", Custom: true,
			ID:     scope + "/providers/Microsoft.Authorization/roleAssignments/" + addonPrincipal,
			Inputs: map[string]any{"principalId": principal, "principalType": "ServicePrincipal", "scope": scope, "roleDefinitionId": contributor},
		}
	}
	if r := ofResources(t, clusterOf("", nil), grant("own", controlPrincipal, "mc_SHOP"), grant("other", addonPrincipal, "MC_shop")); len(r.Findings) > 0 {
		t.Errorf("%s", r.Text(120))
	}
	if diff := cmp.Diff([]string{"note scope-wider-than-use control-plane"}, said(ofResources(t, clusterOf("", nil), grant("own", controlPrincipal, "shop")))); diff != "" {
		t.Errorf("in another group it is one\n%s", diff)
	}
}

// TestAnIdentityThatIsNoPartOfTheClusterKeepsNoNodes: a stack has the identity that its cluster had before, and the assignment on the nodes.
func TestAnIdentityThatIsNoPartOfTheClusterKeepsNoNodes(t *testing.T) {
	identity := estate.Resource{
		URN: "urn:pulumi:dev::shop::azure-native:managedidentity:UserAssignedIdentity::former", Type: "azure-native:managedidentity:UserAssignedIdentity",
		Custom: true, ID: id("Microsoft.ManagedIdentity/userAssignedIdentities", "former"), Outputs: map[string]any{"principalId": addonPrincipal},
	}
	of := func(scope, role string) estate.Resource {
		return estate.Resource{
			URN: "urn:pulumi:dev::shop::azure-native:authorization:RoleAssignment::nodes", Type: "azure-native:authorization:RoleAssignment", Custom: true,
			ID:     subscription + "/resourceGroups/MC_shop/providers/Microsoft.Authorization/roleAssignments/" + addonPrincipal,
			Inputs: map[string]any{"principalId": addonPrincipal, "principalType": "ServicePrincipal", "scope": scope, "roleDefinitionId": role},
		}
	}
	group := subscription + "/resourceGroups/mc_SHOP"
	pods := estate.Resource{
		URN: "urn:pulumi:dev::shop::azure-native:managedidentity:FederatedIdentityCredential::pods", Type: "azure-native:managedidentity:FederatedIdentityCredential",
		Custom: true, ID: identity.ID + "/federatedIdentityCredentials/pods", Dependencies: []string{identity.URN},
		Inputs: map[string]any{"subject": "system:serviceaccount:velero:velero"},
	}
	unused, kept := "warning identity-without-use former", "warning former-identity-keeps-nodes former"
	cases := []struct {
		name, reason string
		resources    []estate.Resource
		want         []string
	}{
		{"former control plane", "nothing uses it, and it can change the nodes", []estate.Resource{identity, of(group, contributor)}, []string{unused, kept}},
		{"another role", "AKS gives Contributor only, so somebody chose it", []estate.Resource{identity, of(group, reader)}, []string{unused}},
		{"one disk", "AKS gives it on the group, so somebody chose it",
			[]estate.Resource{identity, of(group+"/providers/Microsoft.Compute/disks/orders", contributor)}, []string{unused}},
		{"pods act as it", "a backup of the disks needs it", []estate.Resource{identity, pods, of(group, contributor)}, nil},
		{"identity of elsewhere", "another stack knows what it is", []estate.Resource{of(group, contributor)}, nil},
	}
	for _, tc := range cases {
		r := ofResources(t, append(tc.resources, clusterOf("", nil))...)
		if diff := cmp.Diff(tc.want, said(r)); diff != "" {
			t.Errorf("%s: %s\n%s\n%s", tc.name, tc.reason, diff, r.Text(120))
		}
	}
	r := ofResources(t, identity, clusterOf("", nil))
	if len(r.Findings) != 1 || r.Findings[0].Run != "az role assignment list --assignee "+addonPrincipal+" --all --output table" {
		t.Errorf("what AKS has left is in no state, so the finding tells how to see it:\n%s", r.Text(120))
	}
}

const reader = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"

const contributor = "/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c"

// TestAnOpenedSecretIsASecret: pulumi stack export --show-secrets writes it in plain text, and the program kept it secret.
func TestAnOpenedSecretIsASecret(t *testing.T) {
	const kubeconfig = "clusters: []\ncontexts: []\nusers: []\ncurrent-context: shop\n"
	plain, err := json.Marshal(kubeconfig)
	if err != nil {
		t.Fatal(err)
	}
	stack := func(value any) estate.Resource {
		return estate.Resource{URN: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev", Type: "pulumi:pulumi:Stack", Outputs: map[string]any{"kubeconfig": value}}
	}
	secret := stack(map[string]any{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "plaintext": string(plain)})
	if r := ofResources(t, clusterOf("", nil), secret); len(r.Findings) > 0 {
		t.Errorf("%s", r.Text(120))
	}
	for _, open := range []string{kubeconfig, base64.StdEncoding.EncodeToString([]byte(kubeconfig))} {
		if diff := cmp.Diff([]string{"error kubeconfig-not-secret"}, said(ofResources(t, clusterOf("", nil), stack(open)))); diff != "" {
			t.Error(diff)
		}
	}
}

// TestTheWorkGrowsWithTheEstate: of 5,000 resources each assignment is looked at a few times, not once for every other one.
func TestTheWorkGrowsWithTheEstate(t *testing.T) {
	work := func(clusters, grants int) (steps, resources int) {
		e := estate.New(hugeEstate(clusters, grants))
		_, steps, err := audit.Counted(e, audit.Source{})
		if err != nil {
			t.Fatal(err)
		}
		return steps, len(e.Resources)
	}
	small, smallSize := work(10, 49)
	huge, size := work(100, 49)
	if size != 5000 || huge > 12*small || huge > 200*size {
		t.Errorf("%d resources took %d steps, %d resources took %d", smallSize, small, size, huge)
	}
}

// TestClustersOfOneNameAreToldApart: in a subscription two groups may have a cluster of one name.
func TestClustersOfOneNameAreToldApart(t *testing.T) {
	subnet := id("Microsoft.Network/virtualNetworks", "hub") + "/subnets/"
	one := clusterOf("", map[string]any{"agentPoolProfiles": []any{map[string]any{"name": "system", "vnetSubnetID": subnet + "a"}}})
	other := clusterOf("", map[string]any{
		"identity":          map[string]any{"type": "SystemAssigned", "principalId": addonPrincipal},
		"agentPoolProfiles": []any{map[string]any{"name": "system", "vnetSubnetID": subnet + "b"}},
	})
	other.URN, other.ID = other.URN+"-b", strings.Replace(other.ID, "/others/", "/team-b/", 1)
	var got []string
	for _, f := range ofResources(t, one, other).Findings {
		got = append(got, f.Cluster+" "+f.PrincipalID+" "+f.Argument)
	}
	want := []string{"others/shop " + controlPrincipal + " subnets.a", "team-b/shop " + addonPrincipal + " subnets.b"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// hugeEstate has clusters with an identity and n grants each, the first of which is on the cluster's subnet.
func hugeEstate(clusters, n int) (all []estate.Resource) {
	role, _ := rbac.BuiltinRole(rbac.NetworkContributor)
	for c := range clusters {
		holder := fmt.Sprintf("%08d-3c4c-579d-945d-aac3968e28b4", c)
		subnet := fmt.Sprintf("%s/subnets/s%d", id("Microsoft.Network/virtualNetworks", "hub"), c)
		cluster := clusterOf("", map[string]any{
			"identity":          map[string]any{"type": "SystemAssigned", "principalId": holder},
			"agentPoolProfiles": []any{map[string]any{"name": "system", "vnetSubnetID": subnet}},
		})
		cluster.URN, cluster.ID = fmt.Sprintf("%s-%d", cluster.URN, c), fmt.Sprintf("%s-%d", cluster.ID, c)
		all = append(all, cluster)
		for g := range n {
			scope := subnet
			if g > 0 {
				scope = fmt.Sprintf("%s-%d", subnet, g)
			}
			all = append(all, estate.Resource{
				URN: fmt.Sprintf("urn:pulumi:dev::shop::azure-native:authorization:RoleAssignment::g%d-%d", c, g), Custom: true,
				Type: "azure-native:authorization:RoleAssignment", ID: fmt.Sprintf("%s/providers/Microsoft.Authorization/roleAssignments/%08d-0000-4000-8000-%012d", scope, c, g),
				Inputs: map[string]any{"principalId": holder, "principalType": "ServicePrincipal", "scope": scope, "roleDefinitionId": role.ID.DefinitionID("")},
			})
		}
	}
	return all
}

// TestTheFormsHoldAllThatIsFound: JSON, Markdown and SARIF of one report.
func TestTheFormsHoldAllThatIsFound(t *testing.T) {
	p := newPlace()
	r := auditOf(t, byHand(t, p.Cloud, func(h *hand) { mistakes()[1].write(h, p) }))
	var back audit.Report
	if err := json.Unmarshal([]byte(r.JSON()), &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, back); diff != "" {
		t.Errorf("JSON loses something\n%s", diff)
	}
	if rows := strings.Count(r.Markdown(), "\n| error |"); rows != len(r.Findings) {
		t.Errorf("Markdown has %d rows:\n%s", rows, r.Markdown())
	}
}

// TestSARIFIsWhatPipelinesRead: version, rules, results with level, place and fingerprint. The library checks it against the schema of
// SARIF 2.1.0 when it is made.
func TestSARIFIsWhatPipelinesRead(t *testing.T) {
	p := newPlace()
	r := auditOf(t, byHand(t, p.Cloud, func(h *hand) { mistakes()[1].write(h, p) }))
	text, err := r.SARIF()
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct {
					Name  string
					Rules []struct{ ID string }
				}
			}
			Results []struct {
				RuleID, Level       string
				RuleIndex           int
				Message             struct{ Text string }
				PartialFingerprints map[string]string
				Locations           []struct {
					PhysicalLocation struct{ ArtifactLocation struct{ URI string } }
					LogicalLocations []struct{ FullyQualifiedName string }
				}
			}
		}
	}
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	if document.Version != "2.1.0" || len(document.Runs) != 1 || len(document.Runs[0].Results) != len(r.Findings) {
		t.Fatalf("%s", text)
	}
	run := document.Runs[0]
	if run.Tool.Driver.Name != "aksid" || len(run.Tool.Driver.Rules) != len(audit.Kinds()) {
		t.Errorf("the tool is %+v", run.Tool)
	}
	fingerprints := map[string]bool{}
	for n, result := range run.Results {
		if run.Tool.Driver.Rules[result.RuleIndex].ID != result.RuleID || result.RuleID != string(r.Findings[n].Kind) || result.Level != string(r.Findings[n].Severity) {
			t.Errorf("result %d: %+v", n, result)
		}
		if len(result.Locations) != 1 || result.Locations[0].PhysicalLocation.ArtifactLocation.URI == "" || result.Locations[0].LogicalLocations[0].FullyQualifiedName == "" {
			t.Errorf("result %d is nowhere: %+v", n, result.Locations)
		}
		fingerprints[result.PartialFingerprints["finding/v1"]] = true
	}
	if len(fingerprints) != len(run.Results) {
		t.Errorf("two findings look like one: %v", fingerprints)
	}
	empty, err := audit.Report{}.SARIF()
	if err != nil || !strings.Contains(string(empty), `"results": []`) {
		t.Errorf("without findings: %v\n%s", err, empty)
	}
}
