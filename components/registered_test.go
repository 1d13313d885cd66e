package components_test

import (
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// registry answers as Azure does and notes what the components ask the engine for: what comes after what, and with which options.
type registry struct {
	mu       sync.Mutex
	requests map[string]*pulumirpc.RegisterResourceRequest // by name
	inputs   map[string]resource.PropertyMap
	// order is what was made and called, in the order of the answers.
	order []string
}

const (
	groupID     = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/shop"
	nodeGroupID = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/MC_shop"
)

// identityOf is an answer of Azure about an identity, each with GUIDs of its own.
func identityOf(digit string) resource.PropertyMap {
	guid := func(last string) string {
		return strings.Repeat(digit, 8) + "-0000-4000-8000-00000000000" + last
	}
	return resource.NewPropertyMapFromMap(map[string]any{
		"resourceId": nodeGroupID + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i" + digit, "objectId": guid("1"), "clientId": guid("2"),
	})
}

func (r *registry) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	out := maps.Clone(args.Inputs)
	if out == nil {
		out = resource.PropertyMap{}
	}
	id, kind := groupID+"/providers/Microsoft.Test/things/"+args.Name, args.TypeToken[strings.LastIndex(args.TypeToken, ":")+1:]
	set := func(name string, value any) { out[resource.PropertyKey(name)] = resource.NewPropertyValue(value) }
	set("name", args.Name)
	switch kind {
	case "ResourceGroup":
		id = groupID
	case "UserAssignedIdentity":
		id = groupID + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/" + args.Name
		set("principalId", "99999999-0000-4000-8000-000000000001")
		set("clientId", "99999999-0000-4000-8000-000000000002")
		set("tenantId", "99999999-0000-4000-8000-000000000003")
	case "ManagedCluster":
		id = groupID + "/providers/Microsoft.ContainerService/managedClusters/" + args.Name
		out["identity"] = resource.NewObjectProperty(resource.NewPropertyMapFromMap(map[string]any{
			"type": "SystemAssigned", "principalId": "88888888-0000-4000-8000-000000000001", "tenantId": "88888888-0000-4000-8000-000000000003",
		}))
		// Azure answers keys in letter cases of its own.
		out["identityProfile"] = resource.NewObjectProperty(resource.PropertyMap{"KubeletIdentity": resource.NewObjectProperty(identityOf("a"))})
		out["addonProfiles"] = resource.NewObjectProperty(resource.PropertyMap{
			"azurekeyvaultsecretsprovider": resource.NewObjectProperty(resource.PropertyMap{
				"enabled": resource.NewBoolProperty(true), "identity": resource.NewObjectProperty(identityOf("b")),
			}),
			"azurepolicy": resource.NewObjectProperty(resource.PropertyMap{
				"enabled": resource.NewBoolProperty(true), "identity": resource.NewObjectProperty(resource.PropertyMap{}),
			}),
		})
		out["oidcIssuerProfile"] = resource.NewObjectProperty(resource.NewPropertyMapFromMap(map[string]any{"issuerURL": "https://issuer.example/", "enabled": true}))
		set("fqdn", "public.example")
		set("privateFQDN", "private.example")
		set("nodeResourceGroup", "MC_shop")
	case "AgentPool", "RoleAssignment", "MaintenanceConfiguration":
		time.Sleep(20 * time.Millisecond) // so that what does not wait for it comes earlier
	case "RoleDefinition":
		id = "/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.Authorization/roleDefinitions/12121212-1212-1212-1212-121212121212"
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.requests == nil {
		r.requests, r.inputs = map[string]*pulumirpc.RegisterResourceRequest{}, map[string]resource.PropertyMap{}
	}
	r.requests[args.Name], r.inputs[args.Name] = args.RegisterRPC, args.Inputs
	r.order = append(r.order, kind+" "+args.Name)
	return id, out, nil
}

func (r *registry) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	kind := args.Token[strings.LastIndex(args.Token, ":")+1:]
	r.order = append(r.order, kind)
	if strings.HasPrefix(kind, "listManagedCluster") {
		config := base64.StdEncoding.EncodeToString([]byte("clusters: [{cluster: {server: " + kind + "}}]"))
		return resource.NewPropertyMapFromMap(map[string]any{"kubeconfigs": []any{map[string]any{"name": "c", "value": config}}}), nil
	}
	return args.Args, nil
}

// runs a program and returns what it registered.
func runs(t *testing.T, program pulumi.RunFunc) *registry {
	t.Helper()
	r := &registry{}
	if err := pulumi.RunErr(program, pulumi.WithMocks("project", "stack", r)); err != nil {
		t.Fatal(err)
	}
	return r
}

// after lists the names of what a resource was registered to come after.
func (r *registry) after(t *testing.T, name string) (names []string) {
	t.Helper()
	request := r.requests[name]
	if request == nil {
		t.Fatalf("nothing is called %s: %v", name, slices.Sorted(maps.Keys(r.requests)))
	}
	for _, urn := range request.GetDependencies() {
		names = append(names, urn[strings.LastIndex(urn, "::")+2:])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// busy is a cluster with something of everything that is ordered.
func busy(identity plan.IdentityType) *components.ManagedIdentityClusterArgs {
	const net = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/net/providers/"
	return &components.ManagedIdentityClusterArgs{
		Identity: &components.ClusterIdentityArgs{Type: identity}, APIServer: &components.APIServerArgs{Public: true},
		Subnets:     map[string]pulumi.StringInput{"nodes": pulumi.String(net + "Microsoft.Network/virtualNetworks/hub/subnets/nodes")},
		SystemPool:  &components.NodePoolArgs{Subnet: "nodes"},
		Pools:       []*components.NodePoolArgs{{Name: "blue", Subnet: "nodes"}, {Name: "green", Subnet: "nodes"}},
		RegistryIDs: map[string]pulumi.StringInput{"shop": pulumi.String(net + "Microsoft.ContainerRegistry/registries/shop")},
		KeyVaultIDs: map[string]pulumi.StringInput{"shop": pulumi.String(net + "Microsoft.KeyVault/vaults/shop")},
		Addons: &components.AddonsArgs{
			SecretsProvider: &components.SecretsProviderArgs{SecretVaults: []string{"shop"}}, Monitoring: &components.MonitoringArgs{},
		},
	}
}

const (
	subnetGrant = "network-contributor-subnets.nodes"
	pullGrant   = "shop-kubelet-acrpull-registryIds.shop"
	vaultGrant  = "shop-addon-azureKeyvaultSecretsProvider-key-vault-secrets-user-keyVaultIds.shop"
)

// TestWhatComesAfterWhat: the order in which a cluster's parts are made, as the engine is told it.
func TestWhatComesAfterWhat(t *testing.T) {
	made := map[plan.IdentityType]*registry{}
	for _, identity := range []plan.IdentityType{plan.SystemAssigned, plan.UserAssigned} {
		made[identity] = runs(t, func(ctx *pulumi.Context) error {
			_, err := components.NewManagedIdentityCluster(ctx, "shop", busy(identity))
			return err
		})
	}
	for _, tc := range []struct {
		identity      plan.IdentityType
		later, before string
		reason        string
	}{
		{plan.UserAssigned, "shop", "shop-control-plane-created-" + subnetGrant, "AKS checks the subnet when it makes the cluster"},
		{plan.UserAssigned, "shop", "shop-monitoring-workspace", "the cluster names the workspace"},
		{plan.UserAssigned, "shop", "shop-monitoring", "the rule is there when the agents begin"},
		{plan.SystemAssigned, "shop-control-plane-" + subnetGrant, "shop", "its principal is made with the cluster"},
		{plan.SystemAssigned, pullGrant, "shop", "its principal is made with the cluster"},
		{plan.SystemAssigned, vaultGrant, "shop", "its principal is made with the cluster"},
		{plan.SystemAssigned, "shop-blue", "shop", "a pool is part of the cluster"},
		{plan.SystemAssigned, "shop-blue", "shop-control-plane-" + subnetGrant, "its nodes join the subnet"},
		{plan.SystemAssigned, "shop-blue", pullGrant, "its nodes pull images"},
		{plan.SystemAssigned, "shop-blue", vaultGrant, "its pods read secrets"},
		{plan.SystemAssigned, "shop-green", "shop-blue", "AKS refuses two operations on pools at once"},
		{plan.SystemAssigned, "shop-aksManagedAutoUpgradeSchedule", "shop", "a window is part of the cluster"},
		{plan.SystemAssigned, "shop-aksManagedNodeOSUpgradeSchedule", "shop", "a window is part of the cluster"},
		{plan.SystemAssigned, "shop-monitoring-association", "shop", "it associates the cluster"},
		{plan.SystemAssigned, "shop-monitoring-association", "shop-monitoring", "it associates the rule"},
	} {
		if after := made[tc.identity].after(t, tc.later); !slices.Contains(after, tc.before) {
			t.Errorf("%s comes after %v, and not after %s: %s", tc.later, after, tc.before, tc.reason)
		}
	}
	for _, part := range []string{"shop-blue", "shop-green", "shop-aksManagedAutoUpgradeSchedule", "shop-aksManagedNodeOSUpgradeSchedule"} {
		if with := made[plan.SystemAssigned].requests[part].GetDeletedWith(); !strings.HasSuffix(with, "::shop") {
			t.Errorf("%s goes with the cluster, so nobody has to delete it; got %q", part, with)
		}
	}
}

// dependencies are the names of what an output waits for.
func dependencies(ctx *pulumi.Context, output pulumi.Output) (names []string, secret bool, err error) {
	result, err := internals.UnsafeAwaitOutput(ctx.Context(), output)
	if err != nil {
		return nil, false, err
	}
	for _, r := range result.Dependencies {
		urn, err := internals.UnsafeAwaitOutput(ctx.Context(), r.URN())
		if err != nil {
			return nil, false, err
		}
		text := fmt.Sprint(urn.Value)
		names = append(names, text[strings.LastIndex(text, "::")+2:])
	}
	return names, result.Secret, nil
}

// TestReadyMeansAllOfIt: ready waits for the cluster, each pool, each grant and the association; so does the kubeconfig, which is a
// secret besides.
func TestReadyMeansAllOfIt(t *testing.T) {
	want := []string{"shop", "shop-blue", "shop-green", "shop-control-plane-" + subnetGrant, pullGrant, vaultGrant, "shop-monitoring-association"}
	r := runs(t, func(ctx *pulumi.Context) error {
		c, err := components.NewManagedIdentityCluster(ctx, "shop", busy(plan.SystemAssigned))
		if err != nil {
			return err
		}
		ready, _, err := dependencies(ctx, c.Ready)
		if err != nil {
			return err
		}
		kubeconfig, secret, err := dependencies(ctx, c.Kubeconfig)
		if err != nil {
			return err
		}
		host, open, err := dependencies(ctx, c.Host)
		for _, name := range want {
			if !slices.Contains(ready, name) {
				t.Errorf("ready waits for %v, and not for %s", ready, name)
			}
			if !slices.Contains(kubeconfig, name) {
				t.Errorf("the kubeconfig waits for %v, and not for %s", kubeconfig, name)
			}
			if !slices.Contains(host, name) {
				t.Errorf("the host waits for %v, and not for %s", host, name)
			}
		}
		if !secret || open {
			t.Errorf("the kubeconfig is a secret: %v; the host is one: %v", secret, open)
		}
		return err
	})
	call := slices.Index(r.order, "listManagedClusterUserCredentials")
	for _, name := range want[1:] {
		if made := slices.IndexFunc(r.order, func(s string) bool { return strings.HasSuffix(s, " "+name) }); made > call {
			t.Errorf("the kubeconfig is asked for before %s is there: %v", name, r.order)
		}
	}
}

// TestReadyOfTheOtherComponents: each grant and each credential.
func TestReadyOfTheOtherComponents(t *testing.T) {
	const net = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/net/providers/"
	subnet := func(name string) pulumi.StringInput {
		return pulumi.String(net + "Microsoft.Network/virtualNetworks/hub/subnets/" + name)
	}
	principal := pulumi.String("22222222-2222-2222-2222-222222222222")
	waitsFor := func(ctx *pulumi.Context, what string, output pulumi.Output, want ...string) error {
		got, _, err := dependencies(ctx, output)
		for _, name := range want {
			if !slices.Contains(got, name) {
				t.Errorf("%s waits for %v, and not for %s", what, got, name)
			}
		}
		return err
	}
	r := runs(t, func(ctx *pulumi.Context) error {
		w, err := components.NewWorkloadIdentity(ctx, "orders", &components.WorkloadIdentityArgs{
			ResourceGroupName: pulumi.String("shop"), IssuerURL: pulumi.String("https://issuer.example/"),
			ServiceAccounts: map[string]*components.ServiceAccountArgs{"api": {Namespace: pulumi.String("shop"), Name: pulumi.String("api")}, "web": {Namespace: pulumi.String("shop"), Name: pulumi.String("web")}},
			Roles: map[string]*components.WorkloadGrantArgs{
				"keys": {Role: rbac.KeyVaultSecretsUser, ResourceID: pulumi.String(net + "Microsoft.KeyVault/vaults/shop")},
				"net":  {Role: "Reader", ResourceID: subnet("a")},
			},
		})
		if err != nil {
			return err
		}
		if err := waitsFor(ctx, "the workload", w.Ready, "orders-api", "orders-web",
			"orders-workload-key-vault-secrets-user-roles.keys", "orders-workload-reader-roles.net"); err != nil {
			return err
		}
		v, err := components.NewVnetDelegation(ctx, "hub", &components.VnetDelegationArgs{
			PrincipalID: principal, NodeSubnetIDs: map[string]pulumi.StringInput{"a": subnet("a"), "b": subnet("b")},
		})
		if err != nil {
			return err
		}
		grants := []string{"hub-principal-network-contributor-nodeSubnetIds.a", "hub-principal-network-contributor-nodeSubnetIds.b"}
		if err := waitsFor(ctx, "the delegation", v.Ready, grants...); err != nil {
			return err
		}
		return waitsFor(ctx, "the principal of the delegation", v.PrincipalID, grants...)
	})
	if after := r.after(t, "orders-web"); !slices.Contains(after, "orders-api") {
		t.Errorf("Azure refuses two writes of credentials at once, and orders-web comes after %v", after)
	}
}

// TestEveryPartComesAfterWhatTheComponentDependsOn: Pulumi hands no such option down to the parts.
func TestEveryPartComesAfterWhatTheComponentDependsOn(t *testing.T) {
	var custom []string
	r := runs(t, func(ctx *pulumi.Context) error {
		var net struct{ pulumi.CustomResourceState }
		if err := ctx.RegisterResource("azure-native:resources:ResourceGroup", "net", nil, &net); err != nil {
			return err
		}
		_, err := components.NewManagedIdentityCluster(ctx, "shop", busy(plan.SystemAssigned), pulumi.DependsOn([]pulumi.Resource{&net}))
		return err
	})
	for name, request := range r.requests {
		if name == "net" || !request.GetCustom() {
			continue
		}
		custom = append(custom, name)
		if after := r.after(t, name); !slices.Contains(after, "net") {
			t.Errorf("%s comes after %v, and not after what the component depends on", name, after)
		}
	}
	if len(custom) < 8 {
		t.Errorf("only %v were made", custom)
	}
}

// TestOptionsOfAGrant: Azure changes nothing about an assignment in place. Whether the former one goes first is said in a transform,
// which only an engine runs (tests/components, TestAGrantForAnotherPrincipalIsMadeFirst).
func TestOptionsOfAGrant(t *testing.T) {
	r := runs(t, func(ctx *pulumi.Context) error {
		_, err := components.NewManagedIdentityCluster(ctx, "shop", busy(plan.SystemAssigned))
		return err
	})
	request := r.requests[pullGrant]
	if !slices.Contains(request.GetReplaceOnChanges(), "roleDefinitionId") || len(request.GetTransforms()) == 0 {
		t.Errorf("replaced on changes of %v, with %d transforms", request.GetReplaceOnChanges(), len(request.GetTransforms()))
	}
	if kind := r.inputs[pullGrant]["principalType"].StringValue(); kind != "ServicePrincipal" {
		t.Errorf("the type of the principal is %q; Azure would look the identity up as a user", kind)
	}
}

// TestKeysOfAzureInAnyLetterCase: identities are found whatever letter case Azure answers their keys in, and one that AKS did not make
// is none.
func TestKeysOfAzureInAnyLetterCase(t *testing.T) {
	runs(t, func(ctx *pulumi.Context) error {
		c, err := components.NewManagedIdentityCluster(ctx, "shop", busy(plan.SystemAssigned))
		if err != nil {
			return err
		}
		kubelet, err := internals.UnsafeAwaitOutput(ctx.Context(), c.Kubelet)
		if err != nil {
			return err
		}
		if got := kubelet.Value.(components.IdentityRecord); got.PrincipalID != "aaaaaaaa-0000-4000-8000-000000000001" ||
			got.ClientID != "aaaaaaaa-0000-4000-8000-000000000002" || !strings.HasSuffix(got.ResourceID, "/ia") {
			t.Errorf("the nodes' identity is %+v", got)
		}
		addons, err := internals.UnsafeAwaitOutput(ctx.Context(), c.AddonIdentities)
		if err != nil {
			return err
		}
		got := addons.Value.(map[string]components.IdentityRecord)
		if len(got) != 1 || got["azureKeyvaultSecretsProvider"].PrincipalID != "bbbbbbbb-0000-4000-8000-000000000001" {
			t.Errorf("the add-ons' identities are %+v", got)
		}
		return nil
	})
}

// TestAGeneratedRoleSaysWhatItIs: it holds the actions of its grant and no more, and can be given in its resource group only.
func TestAGeneratedRoleSaysWhatItIs(t *testing.T) {
	const net = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/net"
	r := runs(t, func(ctx *pulumi.Context) error {
		_, err := components.NewVnetDelegation(ctx, "hub", &components.VnetDelegationArgs{
			PrincipalID: pulumi.String("22222222-2222-2222-2222-222222222222"), RoleStrategy: plan.CustomRoles,
			NodeSubnetIDs: map[string]pulumi.StringInput{"a": pulumi.String(net + "/providers/Microsoft.Network/virtualNetworks/hub/subnets/a")},
		})
		return err
	})
	const name = "hub-role-principal-custom-role-nodeSubnetIds.a"
	in := r.inputs[name]
	if in == nil {
		t.Fatalf("no role %s: %v", name, slices.Sorted(maps.Keys(r.inputs)))
	}
	list := func(v resource.PropertyValue) []resource.PropertyValue {
		elements, _ := v.V.([]resource.PropertyValue)
		return elements
	}
	scopes, permissions := list(in["assignableScopes"]), list(in["permissions"])
	if len(scopes) != 1 || scopes[0].StringValue() != net || in["scope"].StringValue() != net || in["roleType"].StringValue() != "CustomRole" {
		t.Errorf("assignable at %v, made at %v, of type %v", scopes, in["scope"], in["roleType"])
	}
	if len(permissions) != 1 || !permissions[0].IsObject() {
		t.Fatalf("permissions %v", permissions)
	}
	if actions := list(permissions[0].ObjectValue()["actions"]); len(actions) == 0 || actions[0].StringValue() != "Microsoft.Network/virtualNetworks/subnets/join/action" {
		t.Errorf("permissions %v", permissions)
	}
	const definition = "/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.Authorization/roleDefinitions/12121212-1212-1212-1212-121212121212"
	if role := r.inputs["hub-principal-custom-role-nodeSubnetIds.a"]["roleDefinitionId"]; role.V != definition {
		t.Errorf("the assignment is to the role %v", role)
	}
	if title := in["roleName"].StringValue(); !strings.HasPrefix(title, "AKS principal nodeSubnetIds.a (") || len(title) != len("AKS principal nodeSubnetIds.a (12345678)") {
		t.Errorf("the role is called %q", title)
	}
	if said := in["description"].StringValue(); !strings.Contains(said, "Exactly the actions that one grant needs") || !strings.Contains(said, "project project, stack stack, VnetDelegation hub") {
		t.Errorf("its description is %q", said)
	}
}
