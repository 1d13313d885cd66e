package components

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	aks "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// outsideEngine is a granter of a program that no engine runs.
func outsideEngine(t *testing.T) *granter {
	t.Helper()
	var g *granter
	program := func(ctx *pulumi.Context) error {
		g = newGranter(ctx, nil, "aksidentity:index:X", "x", nil)
		return nil
	}
	if err := pulumi.RunErr(program, pulumi.WithMocks("project", "stack", echo{})); err != nil {
		t.Fatal(err)
	}
	return g
}

type echo struct{}

func (echo) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	return args.Name, args.Inputs, nil
}

func (echo) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) { return args.Args, nil }

// TestListsEndWhereTheyEnd: what is outside is empty, as with Pulumi's own lists.
func TestListsEndWhereTheyEnd(t *testing.T) {
	for i, want := range map[int]string{-1: "", 0: "a", 1: "b", 2: "", 3: ""} {
		if got := elementAt([]string{"a", "b"}, i); got != want {
			t.Errorf("at %d: %q", i, got)
		}
	}
}

// TestDNSPrefixesAreLabels: of any name of a component.
func TestDNSPrefixesAreLabels(t *testing.T) {
	for name, want := range map[string]string{
		"shop": "shop", "a-z": "a-z", "azAZ09": "azAZ09", "-shop-": "shop", "a`b{c@d[e/f:g": "abcdefg", "ä": "aks", "": "aks", "--": "aks",
		strings.Repeat("a", 54): strings.Repeat("a", 54), strings.Repeat("a", 55): strings.Repeat("a", 54),
		strings.Repeat("a", 53) + "-b": strings.Repeat("a", 53),
	} {
		if got := dnsPrefixFrom(name); got != want {
			t.Errorf("%q: want %q, got %q", name, want, got)
		}
	}
}

// TestDescriptionsFit: Azure's limit holds, made-by and all, and no character is cut in two.
func TestDescriptionsFit(t *testing.T) {
	for text, want := range map[string]string{"12345": "12345", "123456": "12...", "ää6": "..."} {
		if got := cut(text, 5); text != "ää6" && got != want {
			t.Errorf("%q: want %q, got %q", text, want, got)
		}
	}
	if got := cut("ääää", 6); got != "ä..." || !utf8.ValidString(got) {
		t.Errorf("got %q", got)
	}
	g := outsideEngine(t)
	for _, tc := range []struct {
		identity plan.Identity
		begins   string
	}{
		{plan.Identity{Kind: plan.Kubelet}, "kubelet: pull "}, {plan.Identity{Kind: plan.WorkloadKind, Name: "orders"}, "workload: pull "},
	} {
		got := g.description(plan.Grant{Identity: tc.identity, Purposes: []string{"pull images", strings.Repeat("x", 600)}})
		if len(got) != longestDescription || !strings.HasPrefix(got, tc.begins) || !strings.HasSuffix(got, "... ("+g.madeBy()+")") {
			t.Errorf("%d characters: %s", len(got), got)
		}
	}
}

// TestKeysAreCutOffPaths: a single ID has none.
func TestKeysAreCutOffPaths(t *testing.T) {
	for path, want := range map[string][2]string{
		"subnets.nodes": {"subnets", "nodes"}, "addons.appRouting.publicDnsZoneIds.a": {"addons.appRouting.publicDnsZoneIds", "a"},
		"bootstrapRegistryId": {"bootstrapRegistryId", ""}, "security.kms.keyVaultId": {"security.kms.keyVaultId", ""}, "subnets": {"subnets", ""},
	} {
		argument, key, keyed := cutKey(path)
		if argument != want[0] || key != want[1] || keyed != (want[1] != "") {
			t.Errorf("%s: %s, %s, %v", path, argument, key, keyed)
		}
	}
}

// TestGeneratedRolesAreKeptInTheirGroup: above groups the scope itself is the narrowest.
func TestGeneratedRolesAreKeptInTheirGroup(t *testing.T) {
	const subscription = "/subscriptions/11111111-1111-1111-1111-111111111111"
	for scope, want := range map[string]string{
		subscription + "/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub/subnets/a": subscription + "/resourceGroups/net",
		subscription + "/resourceGroups/net": subscription + "/resourceGroups/net", subscription: subscription,
	} {
		if got := assignableScope(rbac.MustParseScope(scope)).String(); got != want {
			t.Errorf("%s: %s", scope, got)
		}
	}
}

// TestOneAssignmentCannotBeTwoGrants: two arguments that turn out to be one resource are named, with what to do.
func TestOneAssignmentCannotBeTwoGrants(t *testing.T) {
	grant := func(path, groups plan.Path) plan.Grant {
		return plan.Grant{Name: string(path), Scope: plan.ScopeRef{Path: path, Level: plan.AtResource, GroupArgument: groups}, Identity: plan.Identity{Kind: plan.Kubelet}}
	}
	resolved := plan.Resolved{AssignmentName: "0000-1", Scope: "/s"}
	for _, tc := range []struct {
		name          string
		first, second plan.Grant
		fix           string
	}{
		{"the same argument again", grant("a", ""), grant("a", ""), ""},
		{"two arguments", grant("a", ""), grant("b", ""), "use one key for the resource"},
		{"two of one group", grant("a", "groups"), grant("b", "groups"), "give the resource group once, in groups."},
		{"two of two groups", grant("a", "groups"), grant("b", "others"), "use one key for the resource"},
	} {
		var c claims
		if err := c.take(resolved, "p", tc.first); err != nil {
			t.Fatal(err)
		}
		err := c.take(resolved, "p", tc.second)
		if (err == nil) != (tc.fix == "") || err != nil && !strings.Contains(err.Error(), tc.fix) {
			t.Errorf("%s: %v", tc.name, err)
		}
		said := c.clash("The role assignment 0000-1 exists")
		if (said == "") != (tc.fix == "") || c.clash("another one") != "" {
			t.Errorf("%s: the clash is told as %q", tc.name, said)
		}
		if other := (plan.Resolved{AssignmentName: "0000-2"}); c.take(other, "p", grant("c", "")) != nil || len(c.made()) != 2 {
			t.Errorf("%s: another assignment is another grant: %v", tc.name, c.made())
		}
	}
}

// TestKubeconfigs: what AKS answers is decoded, and its text is in no message.
func TestKubeconfigs(t *testing.T) {
	answer := func(text string) []aks.CredentialResultResponse { return []aks.CredentialResultResponse{{Value: text}} }
	for _, tc := range []struct {
		name    string
		answer  []aks.CredentialResultResponse
		want    string
		refused string
	}{
		{"one", answer(base64.StdEncoding.EncodeToString([]byte("secret: x"))), "secret: x", ""},
		{"none of a mock", nil, "", ""},
		{"not base64", answer("secret: x"), "", "is not base64"},
		{"empty", answer(""), "", "an empty kubeconfig"},
	} {
		b := &clusterBuilder{grants: outsideEngine(t)}
		got, err := b.decodeKubeconfig(tc.answer)
		if got != tc.want || (err == nil) != (tc.refused == "") || err != nil && (!strings.Contains(err.Error(), tc.refused) || strings.Contains(err.Error(), "secret")) {
			t.Errorf("%s: %q, %v", tc.name, got, err)
		}
	}
}

// TestAMockedKubeconfigIsTakenAsItIs: a test that makes up credentials need not write a kubeconfig.
func TestAMockedKubeconfigIsTakenAsItIs(t *testing.T) {
	b := &clusterBuilder{grants: outsideEngine(t), args: &ManagedIdentityClusterArgs{KubeconfigLogin: KubeconfigLoginAzureCLI}}
	made := []aks.CredentialResultResponse{{Value: base64.StdEncoding.EncodeToString([]byte("made up"))}}
	if got, err := b.readKubeconfig(made); err != nil || got != (plan.Kubeconfig{Text: "made up"}) {
		t.Errorf("got %+v, %v", got, err)
	}
}

// TestWhatIsKnownOfAnInput: a literal is known, an output is late, and nothing is absent; plain or not, and as a pointer.
func TestWhatIsKnownOfAnInput(t *testing.T) {
	var none pulumi.StringPtrInput
	for _, tc := range []struct {
		name      string
		in        pulumi.Input
		set, late bool
		value     string
	}{
		{"nothing", nil, false, false, ""}, {"a nil input", none, false, false, ""}, {"a literal", pulumi.String("x"), true, false, "x"},
		{"a pointer", pulumi.StringPtr("x"), true, false, "x"}, {"an ID", pulumi.ID("x"), true, false, "x"},
		{"an output", pulumi.String("x").ToStringOutput(), true, true, ""}, {"another kind", pulumi.Int(1), true, true, ""},
	} {
		v := valueOf[string](tc.in)
		if v.IsSet() != tc.set || v.IsLate() != tc.late || v.Or("") != tc.value {
			t.Errorf("%s: set %v, late %v, %q", tc.name, v.IsSet(), v.IsLate(), v.Or(""))
		}
	}
}

// TestNothingIsNotSent: an optional argument that is not given is no input at all.
func TestNothingIsNotSent(t *testing.T) {
	for name, in := range map[string]any{
		"text": textInput(""), "pointer": textPtrInput(nil), "number": intPtrInput(nil), "switch": boolPtrInput(nil), "flag": flagInput(false),
		"list": stringArray([]pulumi.StringInput{}), "plain list": plainArray([]string{}),
	} {
		if in != nil {
			t.Errorf("%s: %v", name, in)
		}
	}
	text, number, on := "x", 1, false
	for name, in := range map[string]any{
		"text": textInput("x"), "pointer": textPtrInput(&text), "number": intPtrInput(&number), "switch": boolPtrInput(&on), "flag": flagInput(true),
		"list": stringArray([]pulumi.StringInput{pulumi.String("x")}), "plain list": plainArray([]string{"x"}),
	} {
		if in == nil {
			t.Errorf("%s is not sent", name)
		}
	}
}

// TestTheNodesIdentityIsLookedForInTheState: in any letter case, secret or not; without it nothing is said.
func TestTheNodesIdentityIsLookedForInTheState(t *testing.T) {
	const theirs, nodes = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/x", "MC_shop"
	state := func(key, id string, wrap func(resource.PropertyValue) resource.PropertyValue) resource.PropertyMap {
		identity := wrap(resource.NewProperty(resource.PropertyMap{"resourceId": wrap(resource.NewProperty(id))}))
		return resource.PropertyMap{
			"identityProfile":   wrap(resource.NewProperty(resource.PropertyMap{"other": resource.NewProperty("x"), resource.PropertyKey(key): identity})),
			"nodeResourceGroup": wrap(resource.NewProperty(nodes)),
		}
	}
	plain := func(v resource.PropertyValue) resource.PropertyValue { return v }
	output := func(v resource.PropertyValue) resource.PropertyValue {
		return resource.NewProperty(resource.Output{Element: resource.MakeSecret(v), Known: true})
	}
	with := resource.PropertyMap{"identityProfile": resource.NewProperty(resource.PropertyMap{})}
	for _, tc := range []struct {
		name     string
		now, old resource.PropertyMap
		refused  bool
	}{
		{"taken away", nil, state("kubeletidentity", theirs, plain), true},
		{"in another letter case", nil, state("KubeletIdentity", theirs, plain), true},
		{"secret", nil, state("kubeletidentity", theirs, resource.MakeSecret), true},
		{"a secret output", nil, state("kubeletidentity", theirs, output), true},
		{"sent as it was", with, state("kubeletidentity", theirs, plain), false},
		{"sent as nothing", resource.PropertyMap{"identityProfile": resource.NewNullProperty()}, state("kubeletidentity", theirs, plain), true},
		{"another key", nil, state("other", theirs, plain), false},
		{"AKS's own", nil, state("kubeletidentity", strings.Replace(theirs, "/ids/", "/"+nodes+"/", 1), plain), false},
		{"nothing in the state", nil, nil, false},
		{"no node group", nil, resource.PropertyMap{"identityProfile": state("kubeletidentity", theirs, plain)["identityProfile"]}, false},
	} {
		if err := kubeletKept(&pulumi.ResourceHookArgs{NewInputs: tc.now, OldOutputs: tc.old}); (err != nil) != tc.refused {
			t.Errorf("%s: %v", tc.name, err)
		}
	}
}

// TestOnlyThePoolsDiffer: a list of pools that a refresh wrote is left alone only when nothing else changes.
func TestOnlyThePoolsDiffer(t *testing.T) {
	pool := func(name string, count int) resource.PropertyValue {
		return resource.NewProperty(resource.PropertyMap{"name": resource.NewProperty(name), "count": resource.NewProperty(float64(count))})
	}
	cluster := func(tier string, pools ...resource.PropertyValue) resource.PropertyMap {
		return resource.PropertyMap{"tier": resource.NewProperty(tier), inlinePools: resource.NewProperty(pools)}
	}
	filled := cluster("a", pool("system", 1))
	filled["location"], filled["resourceName"], filled["__meta"] = resource.NewProperty("x"), resource.NewProperty("y"), resource.NewProperty("z")
	located := cluster("a", pool("system", 1))
	located["location"] = resource.NewProperty("elsewhere")
	for _, tc := range []struct {
		name        string
		before, now resource.PropertyMap
		ignored     []string
		same        bool
	}{
		{"nothing", cluster("a", pool("system", 1)), cluster("a", pool("system", 1)), nil, true},
		{"a pool more in the state", cluster("a", pool("system", 1), pool("web", 2)), cluster("a", pool("system", 1)), nil, true},
		{"a pool more in the program", cluster("a"), cluster("a", pool("system", 1)), nil, false},
		{"another count", cluster("a", pool("system", 2)), cluster("a", pool("system", 1)), nil, false},
		{"another count, which is ignored", cluster("a", pool("system", 2)), cluster("a", pool("system", 1)), []string{inlineCount}, true},
		{"another tier", cluster("a", pool("system", 1)), cluster("b", pool("system", 1)), nil, false},
		{"filled in by azure-native", filled, cluster("a", pool("system", 1)), nil, true},
		{"a place that the program says", filled, located, nil, false},
	} {
		if got := sameButPools(tc.before, tc.now, tc.ignored); got != tc.same {
			t.Errorf("%s: %v", tc.name, got)
		}
	}
}

// TestVersionsThatAKSRaises: as long as a channel upgrades them, what the cluster has reached is not taken back.
func TestVersionsThatAKSRaises(t *testing.T) {
	of := func(version string) resource.PropertyMap {
		return resource.PropertyMap{poolVersion: resource.NewProperty(version)}
	}
	for _, tc := range []struct {
		name        string
		channel     plan.UpgradeChannel
		before, now resource.PropertyMap
		ignored     bool
	}{
		{"raised", plan.UpgradeChannelPatch, of("1.31.5"), of("1.31.2"), true},
		{"not asked for", plan.UpgradeChannelPatch, of("1.31.5"), nil, true},
		{"to be raised", plan.UpgradeChannelPatch, of("1.31.5"), of("1.32"), false},
		{"without a channel", plan.UpgradeChannelNone, of("1.31.5"), of("1.31.2"), false},
		{"nothing deployed", plan.UpgradeChannelPatch, nil, of("1.31.2"), false},
		{"asked for later", plan.UpgradeChannelPatch, of("1.31.5"), resource.PropertyMap{poolVersion: resource.MakeComputed(resource.NewProperty(""))}, false},
	} {
		b := &clusterBuilder{effective: plan.Cluster{Upgrade: plan.Upgrade{Channel: tc.channel}}}
		if got := slices.Equal(b.upgraded(poolVersion, tc.before, tc.now), []string{poolVersion}); got != tc.ignored {
			t.Errorf("%s: %v", tc.name, got)
		}
	}
}

// TestSecretsStaySecretWhenTheyAreMerged: what is laid over the properties as a secret is one, and what was there does not become one.
func TestSecretsStaySecretWhenTheyAreMerged(t *testing.T) {
	secret := func(in pulumi.Input) bool {
		out, is := in.(pulumi.Output)
		if !is {
			return false
		}
		result, err := internals.UnsafeAwaitOutput(context.Background(), out)
		if err != nil {
			t.Fatal(err)
		}
		return result.Secret
	}
	for _, hush := range []bool{true, false} {
		base := pulumi.Map{"kept": pulumi.String("x"), "object": pulumi.Map{"kept": pulumi.String("x")}}
		got := merge(base, map[string]any{"new": "y", "object": map[string]any{"new": "y"}}, hush).(pulumi.Map)
		inner := got["object"].(pulumi.Map)
		if secret(got["new"]) != hush || secret(inner["new"]) != hush || secret(got["kept"]) || secret(inner["kept"]) {
			t.Errorf("secret %v: %v", hush, got)
		}
		if _, changed := base["new"]; changed || len(base["object"].(pulumi.Map)) != 1 {
			t.Errorf("what was there is changed: %v", base)
		}
	}
}

// TestWhatIsKnownIsDecidedAtOnce: so that a preview shows it. A grant that depends on the state of its resource waits for Azure's answer.
func TestWhatIsKnownIsDecidedAtOnce(t *testing.T) {
	const registry = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/r/providers/Microsoft.ContainerRegistry/registries/shop"
	kubelet := plan.Identity{Kind: plan.Kubelet}
	for _, tc := range []struct {
		name      string
		principal pulumi.StringInput
		mode      plan.Mode
		role      rbac.RoleID
		atOnce    bool
	}{
		{"all known", pulumi.String(ourPrincipal), "", "7f951dda-4ed3-4680-a7ca-43fe172d538d", true},
		{"a late principal", pulumi.String(ourPrincipal).ToStringOutput(), "", "7f951dda-4ed3-4680-a7ca-43fe172d538d", false},
		{"a registry that has to be in a mode", pulumi.String(ourPrincipal), plan.RegistryWithRBAC, "7f951dda-4ed3-4680-a7ca-43fe172d538d", false},
	} {
		g := outsideEngine(t)
		g.principals[kubelet] = tc.principal
		id := valueOf[string](pulumi.String(registry))
		d, err := g.decide(plan.Grant{
			Name: "x", Identity: kubelet, Role: plan.Role{Name: "AcrPull", ID: tc.role},
			Scope: plan.ScopeRef{Path: "registryIds.shop", ID: id, Level: plan.AtResource, ResourceType: "Microsoft.ContainerRegistry/registries", Mode: tc.mode},
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, atOnce := d.scope.(pulumi.String); atOnce != tc.atOnce {
			t.Errorf("%s: the scope is a %T", tc.name, d.scope)
		}
	}
}
