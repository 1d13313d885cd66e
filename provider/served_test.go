package provider_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/provider"
)

// asProvider serves the components in the engine of the test.
func asProvider() simtest.Option {
	return simtest.WithProvider(provider.Name, version, func() (pulumirpc.ResourceProviderServer, error) {
		return provider.NewServer(version)
	})
}

// cluster is what a generated SDK would hold.
type cluster struct {
	pulumi.ResourceState
	ClusterName pulumi.StringOutput `pulumi:"clusterName"`
	PrincipalID pulumi.StringOutput `pulumi:"principalId"`
	Kubeconfig  pulumi.StringOutput `pulumi:"kubeconfig"`
	Grants      pulumi.ArrayOutput  `pulumi:"grants"`
	Ready       pulumi.BoolOutput   `pulumi:"ready"`
}

// served is a program in another language: it sends the arguments over the protocol.
func served(args pulumi.Map, opts ...pulumi.ResourceOption) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		var c cluster
		if err := ctx.RegisterRemoteComponentResource(components.ManagedIdentityClusterToken, "aks", args, &c, opts...); err != nil {
			return err
		}
		ctx.Export("clusterName", c.ClusterName)
		ctx.Export("principalId", c.PrincipalID)
		ctx.Export("kubeconfig", c.Kubeconfig)
		ctx.Export("grants", c.Grants)
		ctx.Export("ready", c.Ready)
		return nil
	}
}

// world is an Azure in which another team made a subnet and an identity. Their IDs and all names are fixed, so that two
// deployments can be compared.
type world struct {
	cloud    *azuresim.Cloud
	subnet   string
	identity azuresim.SeededIdentity
}

func newWorld() world {
	cloud := azuresim.New()
	return world{cloud, cloud.MustSeedSubnet("network", "vnet", "nodes"), cloud.MustSeedIdentity("network", "cluster")}
}

// servedArgs and nativeArgs say the same in both worlds.
func (w world) servedArgs() pulumi.Map {
	return pulumi.Map{
		"newResourceGroupName": pulumi.String("shop"),
		"clusterName":          pulumi.String("shop"),
		"location":             pulumi.String("westeurope"),
		"identity": pulumi.Map{"type": pulumi.String("UserAssigned"), "userAssigned": pulumi.Map{
			"resourceId":  pulumi.String(w.identity.ID),
			"principalId": pulumi.String(w.identity.PrincipalID),
			"clientId":    pulumi.String(w.identity.ClientID),
		}},
		"subnets":    pulumi.Map{"nodes": pulumi.String(w.subnet)},
		"apiServer":  pulumi.Map{"authorizedIpRanges": pulumi.Array{pulumi.String("192.0.2.0/24")}},
		"tags":       pulumi.Map{"team": pulumi.ToSecret(pulumi.String("hush-hush"))},
		"systemPool": pulumi.Map{"subnet": pulumi.String("nodes"), "nodeTaints": pulumi.Array{}},
		"pools": pulumi.Array{
			pulumi.Map{
				"name": pulumi.String("web"), "subnet": pulumi.String("nodes"), "count": pulumi.Int(3),
				"nodeLabels": pulumi.Map{"tier": pulumi.String("web")},
			},
		},
		// AKS reports the further pools in the cluster too; without this a refresh sees a difference.
		"ignoreChanges":        pulumi.Array{pulumi.String("agentPoolProfiles")},
		"additionalProperties": pulumi.Map{"sku": pulumi.Map{"tier": pulumi.String("Standard")}},
	}
}

func (w world) nativeArgs() *components.ManagedIdentityClusterArgs {
	return &components.ManagedIdentityClusterArgs{
		NewResourceGroupName: pulumi.StringPtr("shop"),
		ClusterName:          pulumi.StringPtr("shop"),
		Location:             pulumi.StringPtr("westeurope"),
		Identity: &components.ClusterIdentityArgs{Type: "UserAssigned", UserAssigned: &components.UserAssignedIdentityArgs{
			ResourceID:  pulumi.String(w.identity.ID),
			PrincipalID: pulumi.String(w.identity.PrincipalID),
			ClientID:    pulumi.String(w.identity.ClientID),
		}},
		Subnets:    map[string]pulumi.StringInput{"nodes": pulumi.String(w.subnet)},
		APIServer:  &components.APIServerArgs{AuthorizedIPRanges: pulumi.StringArray{pulumi.String("192.0.2.0/24")}},
		Tags:       pulumi.StringMap{"team": pulumi.ToSecret(pulumi.String("hush-hush")).(pulumi.StringOutput)},
		SystemPool: &components.NodePoolArgs{Subnet: "nodes", NodeTaints: []pulumi.StringInput{}},
		Pools: []*components.NodePoolArgs{
			{Name: "web", Subnet: "nodes", Count: pulumi.IntPtr(3), NodeLabels: pulumi.StringMap{"tier": pulumi.String("web")}},
		},
		IgnoreChanges:        []string{"agentPoolProfiles"},
		AdditionalProperties: pulumi.Map{"sku": pulumi.Map{"tier": pulumi.String("Standard")}},
	}
}

// TestLifecycle deploys through the protocol: preview, up, up unchanged, refresh, destroy.
func TestLifecycle(t *testing.T) {
	w := newWorld()
	simtest.Run(t, served(w.servedArgs()), asProvider(), simtest.WithCloud(w.cloud),
		simtest.WithCheck(func(_ *simtest.Stack, up simtest.Result) {
			if grants, _ := up.Output("grants"); grants == nil {
				t.Error("there are no grants")
			}
			if ready, _ := up.Output("ready"); ready != true {
				t.Errorf("ready is %v", ready)
			}
		}))
}

// made is what a deployment made of a resource.
type made struct {
	Inputs any
	After  []string
}

func deploy(t *testing.T, w world, program pulumi.RunFunc) map[string]made {
	t.Helper()
	stack := simtest.New(t, program, asProvider(), simtest.WithCloud(w.cloud))
	up := stack.Up()
	if up.Err != nil {
		t.Fatal(up.Explain())
	}
	all := map[string]made{}
	for _, r := range up.Resources.Custom() {
		m := made{Inputs: simtest.Plain(resource.NewProperty(r.Inputs))}
		for _, urn := range r.Dependencies {
			m.After = append(m.After, urn.Name())
		}
		slices.Sort(m.After)
		all[r.Type+" "+r.Name] = m
	}
	return all
}

// TestServedEqualsNative: the same arguments make the same resources, whoever sends them.
func TestServedEqualsNative(t *testing.T) {
	here, there := newWorld(), newWorld()
	native := deploy(t, here, func(ctx *pulumi.Context) error {
		_, err := components.NewManagedIdentityCluster(ctx, "aks", here.nativeArgs())
		return err
	})
	throughProtocol := deploy(t, there, served(there.servedArgs()))
	if diff := cmp.Diff(native, throughProtocol); diff != "" {
		t.Errorf("(-native +served):\n%s", diff)
	}
}

// TestLateArguments: IDs of resources that are yet to be made, and lists that come out of another stack as a whole.
func TestLateArguments(t *testing.T) {
	w := newWorld()
	program := func(ctx *pulumi.Context) error {
		group, err := resources.NewResourceGroup(ctx, "group", &resources.ResourceGroupArgs{Location: pulumi.String("westeurope")})
		if err != nil {
			return err
		}
		args := w.servedArgs()
		delete(args, "newResourceGroupName")
		args["resourceGroupName"] = group.Name
		args["nodeResourceGroup"] = pulumi.Sprintf("%s-nodes", group.Name)
		return served(args)(ctx)
	}
	life := simtest.Run(t, program, asProvider(), simtest.WithCloud(w.cloud))
	created, ok := life.Up.Resources.Find("azure-native:containerservice/v20250101:ManagedCluster", "aks")
	if !ok {
		t.Fatalf("there is no cluster in\n%s", life.Up.Steps)
	}
	if !dependsOn(created, "group") {
		t.Errorf("the cluster does not depend on the group whose name it takes, but on %v", created.Dependencies)
	}
	if grants := life.Preview.Steps.Type("azure-native:authorization:RoleAssignment"); len(grants) == 0 {
		t.Error("the preview shows no grants")
	}
	if told := life.Preview.Diagnostics(); !strings.Contains(told, "control-plane gets Network Contributor on subnets.nodes (vnet/nodes):\n") {
		t.Errorf("the preview does not say why:\n%s", told)
	}
}

func dependsOn(r simtest.Resource, name string) bool {
	for _, urn := range r.Dependencies {
		if urn.Name() == name {
			return true
		}
	}
	return false
}

// TestMistakesComeTogether: five mistakes are five problems with their paths, and nothing is made.
func TestMistakesComeTogether(t *testing.T) {
	args := pulumi.Map{
		"location":   pulumi.String("westeurope"),
		"apiServer":  pulumi.Map{"public": pulumi.Bool(true), "private": pulumi.Bool(true)},
		"tier":       pulumi.String("Platinum"),
		"dnsPrefix":  pulumi.String("-"),
		"network":    pulumi.Map{"outboundType": pulumi.String("magic")},
		"systemPool": pulumi.Map{"name": pulumi.String("Not A Name")},
	}
	cloud := azuresim.New()
	stack := simtest.New(t, served(args), asProvider(), simtest.WithCloud(cloud))
	for name, run := range map[string]func(...simtest.OpOption) simtest.Result{"preview": stack.Preview, "up": stack.Up} {
		result := run()
		if result.Err == nil {
			t.Fatalf("%s succeeded", name)
		}
		text := result.Diagnostics()
		for _, path := range []string{"apiServer", "tier", "dnsPrefix", "network.outboundType", "systemPool.name"} {
			if !strings.Contains(text, "property "+path+" ") {
				t.Errorf("%s: %s is not mentioned in\n%s", name, path, text)
			}
		}
		if !strings.Contains(text, "5 problems in the arguments:") {
			t.Errorf("%s: there should be five problems:\n%s", name, text)
		}
	}
	if calls := cloud.Operations(); len(calls) > 0 {
		t.Errorf("Azure was asked: %v", calls)
	}
}

// TestSecretsStaySecret: neither the kubeconfig nor a secret argument is readable in the state or in what the run says.
func TestSecretsStaySecret(t *testing.T) {
	w := newWorld()
	stack := simtest.New(t, served(w.servedArgs()), asProvider(), simtest.WithCloud(w.cloud))
	up := stack.Up()
	if up.Err != nil {
		t.Fatal(up.Explain())
	}
	kubeconfig, secret := up.Output("kubeconfig")
	text, _ := kubeconfig.(string)
	if !secret || !strings.Contains(text, "apiVersion") {
		t.Fatalf("kubeconfig: secret is %v, text is %q", secret, text)
	}
	readable := string(stack.Export()) + up.Diagnostics()
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); len(line) > 20 && strings.Contains(readable, line) {
			t.Errorf("this line of the kubeconfig is readable: %s", line)
		}
	}
	if strings.Contains(readable, "hush-hush") {
		t.Error("the secret tag is readable")
	}
}

// TestServerOutlivesCommands: the engine cancels a provider at the end of each command; an attached one serves the next.
func TestServerOutlivesCommands(t *testing.T) {
	server, err := provider.NewServer(version)
	if err != nil {
		t.Fatal(err)
	}
	attached := simtest.WithProvider(provider.Name, version, func() (pulumirpc.ResourceProviderServer, error) {
		return server, nil
	})
	w := newWorld()
	stack := simtest.New(t, served(w.servedArgs()), attached, simtest.WithCloud(w.cloud))
	for _, run := range []func(...simtest.OpOption) simtest.Result{stack.Preview, stack.Up, stack.Up} {
		if result := run(); result.Err != nil {
			t.Fatal(result.Explain())
		}
		if _, err := server.Cancel(context.Background(), &emptypb.Empty{}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAdditionalPropertiesKeepTheirMarks: what is secret or unknown inside them is so in the cluster too.
func TestAdditionalPropertiesKeepTheirMarks(t *testing.T) {
	w := newWorld()
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		expander := pulumi.Output(pulumi.String("least-waste").ToStringOutput())
		if ctx.DryRun() {
			expander = pulumi.UnsafeUnknownOutput(nil)
		}
		args := w.servedArgs()
		args["additionalProperties"] = pulumi.Map{
			"autoScalerProfile": pulumi.Map{"expander": expander},
			"httpProxyConfig":   pulumi.Map{"httpProxy": pulumi.ToSecret(pulumi.String("http://hush-hush"))},
		}
		return served(args)(ctx)
	}, asProvider(), simtest.WithCloud(w.cloud))
	const clusterToken = "azure-native:containerservice/v20250101:ManagedCluster"
	planned := s.Preview().Steps.Type(clusterToken)
	if len(planned) != 1 || !planned[0].Inputs["autoScalerProfile"].ContainsUnknowns() {
		t.Errorf("what is not known yet stays so: %v", planned)
	}
	up := s.Up()
	cluster, _ := up.Resources.Find(clusterToken, "aks")
	profile, _ := cluster.Input("autoScalerProfile").(map[string]any)
	if profile["expander"] != "least-waste" || !cluster.Inputs["httpProxyConfig"].ContainsSecrets() {
		t.Errorf("the expander arrives and the proxy is secret: %v %s", cluster.Inputs, up.Explain())
	}
	if strings.Contains(string(s.Export()), "hush-hush") {
		t.Error("the secret is plain in the state")
	}
}
