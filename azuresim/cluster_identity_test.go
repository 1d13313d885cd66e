package azuresim_test

import (
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/google/go-cmp/cmp"
)

func TestControlPlaneIdentityRefusals(t *testing.T) {
	cases := []struct {
		name, reason string
		identity     func(one, two string) any
		props        object
		code         string
	}{
		{"none", "a cluster acts as somebody", func(_, _ string) any { return nil }, nil, sim.CodeInvalidParameter},
		{"type None", "the same", func(_, _ string) any { return object{"type": "None"} }, nil, sim.CodeInvalidParameter},
		{"service principal", "still possible", func(_, _ string) any { return nil }, object{"servicePrincipalProfile": object{"clientId": "app", "secret": "s"}}, ""},
		{"system", "the default", func(_, _ string) any { return object{"type": "SystemAssigned"} }, nil, ""},
		{"combined", "ARM has it, AKS has not", func(one, _ string) any {
			return object{"type": "SystemAssigned,UserAssigned", "userAssignedIdentities": object{one: object{}}}
		}, nil, sim.CodeInvalidParameter},
		{"user", "exactly one", func(one, _ string) any { return userAssigned(one) }, nil, ""},
		{"two", "exactly one", func(one, two string) any {
			return object{"type": "UserAssigned", "userAssignedIdentities": object{one: object{}, two: object{}}}
		}, nil, sim.CodeInvalidParameter},
		{"zero", "exactly one", func(_, _ string) any { return object{"type": "UserAssigned"} }, nil, sim.CodeInvalidParameter},
		{"malformed", "an id is an id", func(_, _ string) any { return userAssigned("control") }, nil, sim.CodeInvalidManagedIdentityResourceID},
		{"other type", "of the right type", func(_, _ string) any { return userAssigned(groupID("aks")) }, nil, sim.CodeInvalidManagedIdentityResourceID},
		{"missing", "that exists", func(_, _ string) any { return userAssigned(sim.ID("aks", sim.IdentityType, "none")) }, nil, sim.CodeFailedIdentityOperation},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			one, _ := w.identity("one")
			two, _ := w.identity("two")
			body := clusterBody(tc.props)
			if id := tc.identity(one, two); id != nil {
				body["identity"] = id
			} else {
				delete(body, "identity")
			}
			w.refused(clusterID, body, tc.code)
		})
	}
}

func TestIdentityStateMachine(t *testing.T) {
	w := newWorld(t)
	a, principalA := w.identity("aaa")
	b, principalB := w.identity("bbb")
	with := func(identity object) object { return clusterBody(object{"identity": identity}) }
	system := object{"type": "SystemAssigned"}

	w.must(clusterID, with(system))
	first := w.cluster(clusterID).ControlPlane()
	outside := w.MustSeed(sim.ID("network", sim.RegistryType, "images"), nil)
	w.grant(first, "Reader", outside)

	got := w.must(clusterID, with(userAssigned(a)))
	if w.cluster(clusterID).ControlPlane() != principalA || at(got, "identity.principalId") != nil {
		t.Errorf("system to user: got %v", got["identity"])
	}
	if !w.RoleAssignments()[0].Orphan {
		t.Error("the system-assigned principal is gone after the switch")
	}
	w.must(clusterID, with(userAssigned(b)))
	if w.cluster(clusterID).ControlPlane() != principalB {
		t.Error("A to B")
	}
	if _, err := w.Get(ctx, a); err != nil {
		t.Errorf("A survives: %v", err)
	}
	w.must(clusterID, with(system))
	if second := w.cluster(clusterID).ControlPlane(); second == first || second == principalB {
		t.Error("user to system makes a brand-new principal")
	}
	body := clusterBody(object{"servicePrincipalProfile": object{"clientId": "app"}})
	delete(body, "identity")
	w.refused(clusterID, body, sim.CodePropertyChangeNotAllowed)
}

// servicePrincipalBody is a cluster of a service principal.
func servicePrincipalBody(client string, changes object) object {
	props := object{}
	if client != "" {
		props["servicePrincipalProfile"] = object{"clientId": client, "secret": "s"}
	}
	return merge(clusterBody(merge(props, changes)), object{"identity": nil})
}

func TestServicePrincipalToManagedIdentity(t *testing.T) {
	cases := []struct {
		name, reason string
		identity     func(id string) object
		client       string // sent again
		code         string
	}{
		{"system assigned", "without mentioning the service principal", func(string) object { return object{"type": "SystemAssigned"} }, "", ""},
		{"system assigned, with what is there", "the CLI sends the body back that it got", func(string) object { return object{"type": "SystemAssigned"} }, "app", ""},
		{"user assigned, with what is there", "the same", userAssigned, "app", ""},
		{"as managed already", "msi is what a managed cluster shows", userAssigned, "msi", ""},
		{"with another service principal", "two changes that exclude each other", userAssigned, "other", sim.CodePropertyChangeNotAllowed},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			id, _ := w.identity("control")
			w.must(clusterID, servicePrincipalBody("app", nil))
			before := w.cluster(clusterID).ControlPlane()
			body := merge(servicePrincipalBody(tc.client, nil), object{"identity": tc.identity(id)})
			w.refused(clusterID, body, tc.code)
			if tc.code != "" {
				return
			}
			got, cluster := w.get(clusterID), w.cluster(clusterID)
			if at(got, "properties.servicePrincipalProfile.clientId") != "msi" || cluster.Kubelet() == "" || cluster.ControlPlane() == before {
				t.Errorf("%s: the identities take over, got %v", tc.reason, got)
			}
			body = merge(servicePrincipalBody("app", nil), object{"identity": nil})
			w.refused(clusterID, body, sim.CodePropertyChangeNotAllowed)
		})
	}
}

func TestUpdateOfAServicePrincipalCluster(t *testing.T) {
	cases := []struct {
		name, reason, client, code string
	}{
		{"without identity and profile", "the CLI leaves both out when it changes add-ons", "", ""},
		{"with the same profile", "nothing changes", "app", ""},
		{"with another service principal", "an action of its own does that", "other", sim.CodePropertyChangeNotAllowed},
		{"as if managed", "it is not", "msi", sim.CodePropertyChangeNotAllowed},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			w.must(clusterID, servicePrincipalBody("app", nil))
			before := w.cluster(clusterID).ControlPlane()
			w.refused(clusterID, servicePrincipalBody(tc.client, object{"addonProfiles": object{"azurepolicy": object{"enabled": true}}}), tc.code)
			got := w.get(clusterID)
			if at(got, "properties.servicePrincipalProfile.clientId") != "app" || w.cluster(clusterID).ControlPlane() != before {
				t.Errorf("%s: the service principal stays, got %v", tc.reason, got)
			}
		})
	}
}

func TestWhatTheAzureCLISendsToLeaveAServicePrincipal(t *testing.T) {
	w := world{Cloud: sim.New(sim.WithKubernetesVersions("1.24.9", "1.25.5", "1.26.0")), t: t}
	w.must(groupID("myResourceGroup"), object{"location": "westus2"})
	sent := puts(t, "19a-update-sp-to-system-assigned")
	if len(sent) != 1 {
		t.Fatalf("one PUT, got %d", len(sent))
	}
	w.must(sent[0].Path, merge(sent[0].Body, object{"identity": nil}))
	got := w.must(sent[0].Path, sent[0].Body)
	if at(got, "identity.principalId") == nil || at(got, "properties.identityProfile.kubeletidentity.objectId") == nil ||
		at(got, "properties.servicePrincipalProfile.clientId") != "msi" {
		t.Errorf("as the CLI prints it: identity, kubelet identity, msi; got %v", got)
	}
}

func TestKubeletIdentityIsChangedByItsResourceIDAlone(t *testing.T) {
	w := newWorld(t)
	control, principal := w.identity("control")
	one, onePrincipal := w.identity("one")
	two, twoPrincipal := w.identity("two")
	for _, id := range []string{one, two} {
		w.grant(principal, "Managed Identity Operator", id)
	}
	with := func(kubelet object) object {
		return clusterBody(object{"identity": userAssigned(control), "identityProfile": object{"kubeletidentity": kubelet}})
	}
	client := at(w.get(one), "properties.clientId")
	w.must(clusterID, with(object{"resourceId": one, "clientId": client, "objectId": onePrincipal}))
	got := w.must(clusterID, with(object{"resourceId": two}))
	want := object{"resourceId": two, "clientId": at(w.get(two), "properties.clientId"), "objectId": twoPrincipal}
	if diff := cmp.Diff(want, at(got, "properties.identityProfile.kubeletidentity")); diff != "" {
		t.Errorf("the rest belongs to the new identity (-want +got):\n%s", diff)
	}
	w.refused(clusterID, with(object{"resourceId": one, "clientId": client, "objectId": twoPrincipal}), sim.CodeKubeletIdentityProperty)
}

func TestKubeletIdentity(t *testing.T) {
	const operator, contributor = "Managed Identity Operator", "Network Contributor"
	cases := []struct {
		name, reason string
		system       bool
		role         string
		onSelf       bool // the grant is on the control-plane identity instead
		kubelet      func(id, client, principal string) object
		code         string
	}{
		{"granted", "the documented way", false, operator, false, nil, ""},
		{"only resource id", "az aks update sends that", false, operator, false, func(id, _, _ string) object { return object{"resourceId": id} }, ""},
		{"no grant", "validated at create", false, "", false, nil, sim.CodeKubeletIdentityMissingPermission},
		{"wrong role", "assign/action is needed", false, contributor, false, nil, sim.CodeKubeletIdentityMissingPermission},
		{"wrong scope", "on the kubelet identity, not on the control plane's (pulumi-azure-native#2020)", false, operator, true, nil, sim.CodeKubeletIdentityMissingPermission},
		{"system assigned", "needs a user-assigned control plane", true, "", false, nil, sim.CodeKubeletIdentityNeedsUserAssigned},
		{"wrong client", "what is given must be true", false, operator, false, func(id, _, p string) object { return object{"resourceId": id, "clientId": p, "objectId": p} }, sim.CodeKubeletIdentityProperty},
		{"no resource", "it must exist", false, operator, false, func(id, _, _ string) object { return object{"resourceId": id + "x"} }, sim.CodeKubeletIdentityProperty},
		{"no id", "incomplete", false, operator, false, func(_, c, _ string) object { return object{"clientId": c} }, sim.CodeKubeletIdentityProperty},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			control, principal := w.identity("control")
			kubelet, kubeletPrincipal := w.identity("kubelet")
			client := at(w.get(kubelet), "properties.clientId").(string)
			if tc.role != "" {
				w.grant(principal, tc.role, map[bool]string{true: control, false: kubelet}[tc.onSelf])
			}
			entry := object{"resourceId": kubelet, "clientId": client, "objectId": kubeletPrincipal}
			if tc.kubelet != nil {
				entry = tc.kubelet(kubelet, client, kubeletPrincipal)
			}
			body := clusterBody(object{"identity": userAssigned(control), "identityProfile": object{"kubeletidentity": entry}})
			if tc.system {
				body["identity"] = object{"type": "SystemAssigned"}
			}
			w.refused(clusterID, body, tc.code)
			if tc.code == "" && w.cluster(clusterID).Kubelet() != kubeletPrincipal {
				t.Error("the kubelet is not the given one")
			}
			if _, err := w.Get(ctx, clusterID); (err == nil) != (tc.code == "") {
				t.Error("a refused cluster leaves nothing")
			}
		})
	}
}

func TestSameIdentityForBothNeedsAGrantOnItself(t *testing.T) {
	w := newWorld(t)
	id, principal := w.identity("both")
	body := clusterBody(object{"identity": userAssigned(id), "identityProfile": object{"kubeletidentity": object{"resourceId": id}}})
	w.refused(clusterID, body, sim.CodeKubeletIdentityMissingPermission)
	w.grant(principal, "Managed Identity Operator", id)
	w.must(clusterID, body)
}

func TestPropagationDelay(t *testing.T) {
	w := newWorld(t, sim.WithPropagationDelay(2))
	control, principal := w.identity("control")
	kubelet, _ := w.identity("kubelet")
	w.grant(principal, "Managed Identity Operator", kubelet)
	body := clusterBody(object{"identity": userAssigned(control), "identityProfile": object{"kubeletidentity": object{"resourceId": kubelet}}})
	w.refused(clusterID, body, sim.CodeKubeletIdentityMissingPermission)
	w.refused(clusterID, body, sim.CodeKubeletIdentityMissingPermission)
	w.must(clusterID, body)

	w.remove(clusterID)
	other, _ := w.identity("other")
	w.grant(principal, "Managed Identity Operator", other)
	body = clusterBody(object{"identity": userAssigned(control), "identityProfile": object{"kubeletidentity": object{"resourceId": other}}})
	w.Settle()
	w.must(clusterID, body)
}

func TestDeletingAnIdentityInUse(t *testing.T) {
	w := newWorld(t)
	id, principal := w.identity("control")
	w.must(clusterID, clusterBody(object{"identity": userAssigned(id)}))
	subnet := w.MustSeedSubnet("network", "vnet", "lb")
	w.grant(principal, "Network Contributor", subnet)
	w.remove(id)
	w.identity("control")
	d, err := w.cluster(clusterID).Perform("internal-lb-external-subnet", subnet)
	if err != nil || d.Allowed() {
		t.Errorf("a principal that is gone can do nothing: %v %v", d, err)
	}
}
