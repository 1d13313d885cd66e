package azuresim_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

func TestClusterOutputs(t *testing.T) {
	w := newWorld(t)
	workspace := w.MustSeed(sim.ID("logs", sim.WorkspaceType, "logs"), nil)
	got := w.must(clusterID, clusterBody(object{
		"kubernetesVersion": "1.30",
		"oidcIssuerProfile": object{"enabled": true},
		"addonProfiles": object{
			"azurepolicy": object{"enabled": true}, "openServiceMesh": object{"enabled": true},
			"azureKeyvaultSecretsProvider": object{"enabled": false},
			"omsagent":                     object{"enabled": true, "config": object{"logAnalyticsWorkspaceResourceID": workspace, "useAADAuth": "true"}},
		},
		"ingressProfile": object{"webAppRouting": object{"enabled": true}},
	}))
	node := "/subscriptions/" + sim.DefaultSubscriptionID + "/resourcegroups/MC_aks_demo_westeurope/providers/Microsoft.ManagedIdentity/userAssignedIdentities/"
	for path, want := range map[string]any{
		"id":                           strings.Replace(clusterID, "resourceGroups", "resourcegroups", 1),
		"name":                         "demo",
		"type":                         "Microsoft.ContainerService/ManagedClusters",
		"properties.nodeResourceGroup": "MC_aks_demo_westeurope",
		"properties.servicePrincipalProfile.clientId":                            "msi",
		"properties.kubernetesVersion":                                           "1.30",
		"properties.currentKubernetesVersion":                                    "1.30.14",
		"properties.maxAgentPools":                                               100.0,
		"properties.provisioningState":                                           "Succeeded",
		"properties.powerState.code":                                             "Running",
		"properties.enableRBAC":                                                  true,
		"properties.supportPlan":                                                 "KubernetesOfficial",
		"sku.name":                                                               "Base",
		"sku.tier":                                                               "Free",
		"identity.tenantId":                                                      sim.DefaultTenantID,
		"properties.networkProfile.networkPlugin":                                "azure",
		"properties.networkProfile.networkPluginMode":                            "overlay",
		"properties.identityProfile.kubeletidentity.resourceId":                  node + "demo-agentpool",
		"properties.addonProfiles.azurepolicy.identity.resourceId":               node + "azurepolicy-demo",
		"properties.ingressProfile.webAppRouting.identity.resourceId":            node + "webapprouting-demo",
		"properties.addonProfiles.omsagent.identity":                             nil,
		"properties.addonProfiles.openServiceMesh.identity":                      nil,
		"properties.addonProfiles.azureKeyvaultSecretsProvider.identity":         nil,
		"properties.agentPoolProfiles.0.maxPods":                                 250.0,
		"properties.agentPoolProfiles.0.osDiskSizeGB":                            128.0,
		"properties.agentPoolProfiles.0.orchestratorVersion":                     "1.30.14",
		"properties.agentPoolProfiles.0.type":                                    "VirtualMachineScaleSets",
		"properties.agentPoolProfiles.0.upgradeSettings.maxSurge":                "10%",
		"properties.agentPoolProfiles.0.name":                                    "system",
		"properties.networkProfile.loadBalancerProfile.managedOutboundIPs.count": 1.0,
	} {
		if at(got, path) != want {
			t.Errorf("%s: got %v, want %v", path, at(got, path), want)
		}
	}
	for path, form := range map[string]string{
		"properties.fqdn":                        `^demo-[0-9a-f]{8}\.hcp\.westeurope\.azmk8s\.io$`,
		"properties.azurePortalFQDN":             `^demo-[0-9a-f]{8}\.portal\.hcp\.westeurope\.azmk8s\.io$`,
		"properties.oidcIssuerProfile.issuerURL": `^https://westeurope\.oic\.prod-aks\.azure\.com/` + sim.DefaultTenantID + `/[0-9a-f-]{36}/$`,
		"identity.principalId":                   `^[0-9a-f-]{36}$`,
	} {
		if s, _ := at(got, path).(string); !regexp.MustCompile(form).MatchString(s) {
			t.Errorf("%s: got %q, want %s", path, s, form)
		}
	}
	if again := w.must(clusterID, clusterBody(nil)); at(again, "properties.oidcIssuerProfile.issuerURL") != at(got, "properties.oidcIssuerProfile.issuerURL") ||
		at(again, "properties.fqdn") != at(got, "properties.fqdn") || at(again, "identity.principalId") != at(got, "identity.principalId") {
		t.Error("an update keeps issuer, address and principal")
	}
}

func TestClusterOutputsByNetwork(t *testing.T) {
	cases := []struct {
		name, reason string
		network      object
		maxPods      float64
		podCIDR      any
	}{
		{"overlay", "250 pods on a node", object{"networkPlugin": "azure", "networkPluginMode": "overlay"}, 250, "10.244.0.0/16"},
		{"flat", "30 pods on a node, no pod CIDR", object{"networkPlugin": "azure"}, 30, nil},
		{"kubenet", "110 pods on a node", object{"networkPlugin": "kubenet"}, 110, "10.244.0.0/16"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			got := newWorld(t).must(clusterID, clusterBody(object{"networkProfile": tc.network}))
			if at(got, "properties.agentPoolProfiles.0.maxPods") != tc.maxPods || at(got, "properties.networkProfile.podCidr") != tc.podCIDR {
				t.Errorf("%s: got %v", tc.reason, at(got, "properties.networkProfile"))
			}
		})
	}
}

func TestDeletingAClusterDeletesItsIdentities(t *testing.T) {
	w := newWorld(t)
	w.must(clusterID, clusterBody(object{"addonProfiles": object{"azurepolicy": object{"enabled": true}}}))
	cl := w.cluster(clusterID)
	gone := []string{cl.ControlPlane(), cl.Kubelet(), cl.Addon("AzurePolicy")}
	group := cl.NodeResourceGroup()
	outside := w.MustSeed(sim.ID("network", sim.RegistryType, "images"), nil)
	for _, principal := range gone {
		if principal == "" {
			t.Fatal("an identity is missing")
		}
		w.grant(principal, "Reader", outside)
	}
	w.remove(clusterID)
	if _, err := w.Get(ctx, group); sim.Code(err) != sim.CodeResourceGroupNotFound {
		t.Errorf("the node resource group goes with the cluster: %v", err)
	}
	for _, a := range w.RoleAssignments() {
		if !a.Orphan {
			t.Errorf("%s should be an orphan", a.ID)
		}
	}
	w.must(clusterID, clusterBody(nil))
	again := w.cluster(clusterID)
	if again.ControlPlane() == gone[0] || again.Kubelet() == gone[1] {
		t.Error("a new cluster has new principals")
	}
}

func TestAddonIdentityFollowsTheAddon(t *testing.T) {
	w := newWorld(t)
	policy := func(on bool) object {
		return clusterBody(object{"addonProfiles": object{"azurepolicy": object{"enabled": on}}})
	}
	w.must(clusterID, policy(true))
	first := w.cluster(clusterID).Addon("azurepolicy")
	w.must(clusterID, policy(false))
	if got := w.cluster(clusterID).Addon("azurepolicy"); first == "" || got != "" {
		t.Errorf("off means no identity, got %q", got)
	}
	w.must(clusterID, policy(true))
	if got := w.cluster(clusterID).Addon("azurepolicy"); got == "" || got == first {
		t.Errorf("on again means a new identity, got %q", got)
	}
}

func TestResponseQuirks(t *testing.T) {
	body := clusterBody(object{"addonProfiles": object{"azureKeyvaultSecretsProvider": object{"enabled": true}, "azurepolicy": object{"enabled": true}}})
	w := newWorld(t, sim.WithAddonKeyCasing(strings.ToLower), sim.WithoutAddonIdentity("AzurePolicy"), sim.WithoutIdentityProfile(), sim.WithIdentityKeyCasing(strings.ToLower))
	id, _ := w.identity("Control")
	body["identity"] = userAssigned(id)
	got := w.must(clusterID, body)
	if at(got, "properties.addonProfiles.azurekeyvaultsecretsprovider.identity") == nil {
		t.Errorf("keys in lower case: %v", at(got, "properties.addonProfiles"))
	}
	if at(got, "properties.addonProfiles.azurepolicy.identity") != nil || at(got, "properties.identityProfile") != nil {
		t.Error("identities are left out")
	}
	if users, _ := at(got, "identity.userAssignedIdentities").(object); users[strings.ToLower(id)] == nil {
		t.Errorf("the identity's key in lower case: %v", users)
	}
	if w.cluster(clusterID).Addon("azurepolicy") == "" {
		t.Error("the identity is there, only the answer lacks it")
	}
}

func TestPropertyChanges(t *testing.T) {
	subnets := func(w world) (string, string) {
		return w.MustSeedSubnet("network", "vnet", "a"), w.MustSeedSubnet("network", "vnet", "b")
	}
	cases := []struct {
		name, reason string
		change       func(a, b string) object
		code         string
	}{
		{"nothing", "the base of all cases", func(a, b string) object { return nil }, ""},
		{"tags", "in place", func(a, b string) object { return object{"tags": object{"a": "b"}} }, ""},
		{"count", "in place", func(a, _ string) object {
			return object{"agentPoolProfiles": []any{pool(object{"count": 3, "vnetSubnetID": a})}}
		}, ""},
		{"dnsPrefix", "part of the address", func(a, b string) object { return object{"dnsPrefix": "other"} }, sim.CodePropertyChangeNotAllowed},
		{"node group", "cannot move", func(a, b string) object { return object{"nodeResourceGroup": "other"} }, sim.CodePropertyChangeNotAllowed},
		{"service CIDR", "fixed", func(a, b string) object {
			return object{"networkProfile": object{"networkPlugin": "azure", "serviceCidr": "10.1.0.0/16", "dnsServiceIP": "10.1.0.10"}}
		}, sim.CodePropertyChangeNotAllowed},
		{"plugin", "fixed", func(a, b string) object { return object{"networkProfile": object{"networkPlugin": "kubenet"}} }, sim.CodePropertyChangeNotAllowed},
		{"location", "ARM's own rule", func(a, b string) object { return object{"location": "northeurope"} }, "InvalidResourceLocation"},
		{"vm size", "of a pool", func(a, _ string) object {
			return object{"agentPoolProfiles": []any{pool(object{"vmSize": "Standard_D8ds_v5", "vnetSubnetID": a})}}
		}, sim.CodePropertyChangeNotAllowed},
		{"pool subnet", "of a pool", func(_, b string) object { return object{"agentPoolProfiles": []any{pool(object{"vnetSubnetID": b})}} }, sim.CodePropertyChangeNotAllowed},
		{"disk size", "of a pool", func(a, _ string) object {
			return object{"agentPoolProfiles": []any{pool(object{"osDiskSizeGB": 64, "vnetSubnetID": a})}}
		}, sim.CodePropertyChangeNotAllowed},
		{"zones", "of a pool", func(a, _ string) object {
			return object{"agentPoolProfiles": []any{pool(object{"availabilityZones": []any{"1"}, "vnetSubnetID": a})}}
		}, sim.CodePropertyChangeNotAllowed},
		{"new pool", "pools are added by themselves", func(a, _ string) object {
			return object{"agentPoolProfiles": []any{pool(object{"vnetSubnetID": a}), pool(object{"name": "more", "vnetSubnetID": a})}}
		}, sim.CodeBadRequest},
		{"issuer off", "cannot be turned off", func(a, b string) object { return object{"oidcIssuerProfile": object{"enabled": false}} }, sim.CodeOIDCIssuerCannotBeDisabled},
		{"skip a minor", "one at a time", func(a, b string) object { return object{"kubernetesVersion": "1.32"} }, sim.CodeOperationNotAllowed},
		{"next minor", "allowed", func(a, b string) object { return object{"kubernetesVersion": "1.31"} }, ""},
		{"downgrade", "never", func(a, b string) object { return object{"kubernetesVersion": "1.29"} }, sim.CodeOperationNotAllowed},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			a, b := subnets(w)
			base := object{"agentPoolProfiles": []any{pool(object{"vnetSubnetID": a})}, "kubernetesVersion": "1.30",
				"networkProfile": object{"networkPlugin": "azure"}, "oidcIssuerProfile": object{"enabled": true}}
			w.must(clusterID, clusterBody(base))
			w.refused(clusterID, clusterBody(merge(base, tc.change(a, b))), tc.code)
		})
	}
}

func TestOmittedPoolIsKept(t *testing.T) {
	w := newWorld(t)
	w.must(clusterID, clusterBody(nil))
	w.must(clusterID+"/agentPools/more", object{"properties": object{"count": 1, "vmSize": "Standard_D4ds_v5"}})
	got := w.must(clusterID, clusterBody(nil))
	if pools := at(got, "properties.agentPoolProfiles").([]any); len(pools) != 2 {
		t.Errorf("got %d pools", len(pools))
	}
	if len(w.Warnings()) != 1 {
		t.Errorf("got warnings %v", w.Warnings())
	}
}

func TestCredentials(t *testing.T) {
	cases := []struct {
		name, reason string
		change       object
		action, code string
	}{
		{"user", "a static user", nil, "listClusterUserCredential", ""},
		{"admin", "local accounts are on", nil, "listClusterAdminCredential", ""},
		{"entra user", "an exec plugin", object{"aadProfile": object{"managed": true}, "disableLocalAccounts": true}, "listClusterUserCredential", ""},
		{"admin without local accounts", "no static credentials", object{"aadProfile": object{"managed": true}, "disableLocalAccounts": true}, "listClusterAdminCredential", sim.CodeBadRequest},
		{"unknown action", "refused by name", nil, "listSecrets", sim.CodeInvalidResourceType},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			w.must(clusterID, clusterBody(tc.change))
			r, err := w.Post(ctx, clusterID, tc.action, nil)
			if sim.Code(err) != tc.code {
				t.Fatalf("got %v, want %q", err, tc.code)
			}
			if err != nil {
				return
			}
			config := decode(t, at(r.Body, "kubeconfigs.0.value").(string))
			if strings.Contains(config, "kubelogin") != strings.HasPrefix(tc.name, "entra") {
				t.Errorf("%s: %s", tc.reason, config)
			}
			if !strings.Contains(config, "server: https://"+at(w.get(clusterID), "properties.fqdn").(string)+":443") {
				t.Errorf("no server in %s", config)
			}
		})
	}
}

// TestTheFormatOfCredentials: a cluster with Entra answers with the form that is asked for, a device code in both; another cluster with
// a certificate, whatever is asked for.
func TestTheFormatOfCredentials(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		entra        bool
		format       any
		code, want   string
	}{
		{"none", "AKS gives exec since Kubernetes 1.24", true, nil, "", "exec:"},
		{"exec", "kubelogin is called", true, "exec", "", "- devicecode"},
		{"azure", "the auth provider of old kubectls", true, "azure", "", "auth-provider:"},
		{"unknown", "refused by name", true, "token", sim.CodeBadRequest, ""},
		{"without Entra", "there is nobody to sign in", false, "exec", "", "client-certificate-data:"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			var change object
			if tc.entra {
				change = object{"aadProfile": object{"managed": true}}
			}
			w.must(clusterID, clusterBody(change))
			r, err := w.Post(ctx, clusterID, "listClusterUserCredential", object{"format": tc.format})
			if sim.Code(err) != tc.code {
				t.Fatalf("%s: got %v, want %q", tc.reason, err, tc.code)
			}
			if err != nil {
				return
			}
			if config := decode(t, at(r.Body, "kubeconfigs.0.value").(string)); !strings.Contains(config, tc.want) {
				t.Errorf("%s: no %q in %s", tc.reason, tc.want, config)
			}
		})
	}
}

func TestSecretsAreWriteOnly(t *testing.T) {
	w := newWorld(t)
	body := clusterBody(object{
		"windowsProfile":          object{"adminUsername": "azure", "adminPassword": "P@ssw0rd-windows"},
		"aadProfile":              object{"managed": true, "serverAppSecret": "P@ssw0rd-entra"},
		"servicePrincipalProfile": object{"clientId": "app", "secret": "P@ssw0rd-principal"},
	})
	delete(body, "identity")
	answers := []any{w.must(clusterID, body), w.get(clusterID), w.must(clusterID, body)}
	extension := clusterID + "/providers/" + sim.ExtensionType + "/backup"
	protected := object{"properties": object{"extensionType": "microsoft.dataprotection.kubernetes",
		"configurationProtectedSettings": object{"key": "P@ssw0rd-extension"}}}
	answers = append(answers, w.must(extension, protected), w.get(extension))
	if err := w.Modify(clusterID, func(body map[string]any) {
		body["properties"].(object)["windowsProfile"].(object)["adminPassword"] = "P@ssw0rd-portal"
	}); err != nil {
		t.Fatal(err)
	}
	for _, r := range w.Resources() {
		answers = append(answers, r.Body)
	}
	file := filepath.Join(t.TempDir(), "cloud.json")
	if err := w.Save(file); err != nil {
		t.Fatal(err)
	}
	saved, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	shown, err := json.Marshal(answers)
	if err != nil {
		t.Fatal(err)
	}
	if all := string(shown) + string(saved); strings.Contains(all, "P@ssw0rd") {
		t.Errorf("no answer and no file holds a secret, got %s", all[strings.Index(all, "P@ssw0rd"):][:30])
	}
	if got := at(w.get(clusterID), "properties.windowsProfile.adminUsername"); got != "azure" {
		t.Errorf("what is no secret comes back, got %v", got)
	}
}
