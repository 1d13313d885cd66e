package components_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	azurenative "github.com/pulumi/pulumi-azure-native-sdk/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

func smallest() *components.ManagedIdentityClusterArgs {
	return &components.ManagedIdentityClusterArgs{
		Location: pulumi.StringPtr("westeurope"), SystemPool: &components.NodePoolArgs{},
		APIServer: &components.APIServerArgs{Public: true},
	}
}

// program makes one cluster and exports everything it tells.
func program(args *components.ManagedIdentityClusterArgs, opts ...pulumi.ResourceOption) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		c, err := components.NewManagedIdentityCluster(ctx, "aks", args, opts...)
		if err != nil {
			return err
		}
		ctx.Export("principalId", c.PrincipalID)
		ctx.Export("tenantId", c.TenantID)
		ctx.Export("identityType", c.IdentityType)
		ctx.Export("kubelet", c.Kubelet)
		ctx.Export("addons", c.AddonIdentities)
		ctx.Export("kubeconfig", c.Kubeconfig)
		ctx.Export("ready", c.Ready)
		ctx.Export("grants", c.Grants)
		ctx.Export("plannedGrants", c.PlannedGrants)
		return nil
	}
}

func TestFiveMistakesFiveProblemsNothingCreated(t *testing.T) {
	args := smallest()
	args.Identity = &components.ClusterIdentityArgs{Type: "SystemAssigned,UserAssigned"}
	args.KubeletIdentity = &components.KubeletIdentityArgs{}
	args.SystemPool.Name = "System-Pool"
	args.Network = &components.NetworkArgs{Plugin: "kubenet", Policy: "azure"}
	args.AcceptRetired = []string{"network.plugin", "network.policy"}
	args.APIServer = nil
	stack := simtest.New(t, program(args))
	for _, result := range []simtest.Result{stack.Preview(), stack.Up()} {
		if result.Err == nil {
			t.Fatal("a program with mistakes must fail")
		}
		for _, path := range []string{"identity.type", "kubeletIdentity", "systemPool.name", "network.policy", "apiServer"} {
			if !strings.Contains(result.Diagnostics(), "- "+path+": ") {
				t.Errorf("no problem at %s in:\n%s", path, result.Diagnostics())
			}
		}
		if made := result.Steps.Op("create").Type(components.ManagedIdentityClusterToken); len(made) > 0 {
			t.Errorf("a resource was registered: %v", made)
		}
	}
	if len(stack.Cloud().Resources()) > 0 {
		t.Errorf("something was created: %v", stack.Cloud().Resources())
	}
	var problems plan.Problems
	if err := components.ValidateManagedIdentityCluster(args); !errors.As(err, &problems) || len(problems) != 5 {
		t.Errorf("without a Pulumi context: want the same five problems, got %v", err)
	}
}

// The events of the CLI are searched in tests/cli_lifecycle_test.go: here they are the engine's own, unmasked.
func TestKubeconfigIsNeverPlain(t *testing.T) {
	simtest.Run(t, program(smallest()), simtest.WithCheck(func(s *simtest.Stack, up simtest.Result) {
		value, secret := up.Output("kubeconfig")
		text, _ := value.(string)
		if !secret || !strings.Contains(text, "apiVersion: v1") || !strings.Contains(text, "clusters:") {
			t.Fatalf("kubeconfig secret=%v, text %.40q", secret, text)
		}
		mark := credentialOf(t, text)
		if bytes.Contains(s.Export(), []byte(mark)) {
			t.Error("the exported state holds the kubeconfig's credential in plain text")
		}
	}))
}

// credentialOf finds a piece of the kubeconfig that occurs nowhere else.
func credentialOf(t *testing.T, kubeconfig string) string {
	t.Helper()
	for _, line := range strings.Split(kubeconfig, "\n") {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if name == "token" || name == "client-key-data" {
			return value
		}
	}
	t.Fatalf("no credential in:\n%s", kubeconfig)
	return ""
}

func TestProvidersReachEveryChildAndInvoke(t *testing.T) {
	run := func(option func(pulumi.ProviderResource) pulumi.ResourceOption) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			azure, err := azurenative.NewProvider(ctx, "mine", &azurenative.ProviderArgs{Location: pulumi.StringPtr("northeurope")})
			if err != nil {
				return err
			}
			args := smallest()
			args.Location = nil
			args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned}
			args.KubeletIdentity = &components.KubeletIdentityArgs{}
			args.Pools = append(args.Pools, &components.NodePoolArgs{Name: "web"})
			return program(args, option(azure))(ctx)
		}
	}
	cases := map[string]func(pulumi.ProviderResource) pulumi.ResourceOption{
		"single": func(p pulumi.ProviderResource) pulumi.ResourceOption { return pulumi.Provider(p) },
		"list":   func(p pulumi.ProviderResource) pulumi.ResourceOption { return pulumi.Providers(p) },
		"map": func(p pulumi.ProviderResource) pulumi.ResourceOption {
			return pulumi.ProviderMap(map[string]pulumi.ProviderResource{"azure-native": p})
		},
	}
	for name, option := range cases {
		t.Run(name, func(t *testing.T) {
			s := simtest.New(t, run(option), simtest.WithConfig(map[string]string{"pulumi:disable-default-providers": `["*"]`}))
			up := lives(t, s)
			for _, r := range up.Resources.Custom() {
				if !strings.HasPrefix(r.Type, "pulumi:") && !strings.Contains(r.Provider, "::mine::") {
					t.Errorf("%s uses provider %s", r.URN, r.Provider)
				}
			}
		})
	}
}

// lives takes a stack through its life: twice up, a refresh, nothing to do after it, destroy.
func lives(t *testing.T, s *simtest.Stack) simtest.Result {
	t.Helper()
	must(t, "preview", s.Preview())
	up := must(t, "up", s.Up())
	if again := must(t, "up again", s.Up()); !again.Unchanged() {
		t.Errorf("the second up changed %v", again.Steps.Changing())
	}
	must(t, "refresh", s.Refresh())
	unchanged(t, "the preview after a refresh", s.Preview())
	must(t, "destroy", s.Destroy())
	if !s.Cloud().Empty() {
		t.Errorf("destroy left %v", s.Cloud().Resources())
	}
	return up
}

func must(t *testing.T, step string, r simtest.Result) simtest.Result {
	t.Helper()
	if r.Err != nil {
		t.Fatalf("%s: %s", step, r.Explain())
	}
	return r
}
