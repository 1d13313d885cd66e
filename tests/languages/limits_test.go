package languages_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/provider"
	"github.com/aksidentity/pulumi-aksidentity/tests/languages"
)

// These tests show what docs/languages.md says of components that run in a process of their own, as they do for every language but Go.

const clusterToken = "azure-native:containerservice/v20250101:ManagedCluster"

// served lets Pulumi's engine in this process find our provider, as a program in another language does.
func served() simtest.Option {
	return simtest.WithProvider(provider.Name, "0.1.0", func() (pulumirpc.ResourceProviderServer, error) { return provider.NewServer("0.1.0") })
}

// remote is a component in a process of its own.
type remote struct {
	pulumi.ResourceState
	PrincipalID   pulumi.StringOutput `pulumi:"principalId"`
	PlannedGrants pulumi.ArrayOutput  `pulumi:"plannedGrants"`
}

// remoteCluster is what the SDK of another language does.
func remoteCluster(ctx *pulumi.Context, more pulumi.Map, opts ...pulumi.ResourceOption) (*remote, error) {
	args := pulumi.Map{
		"location": pulumi.String("westeurope"), "apiServer": pulumi.Map{"public": pulumi.Bool(true)},
		"identity": pulumi.Map{"type": pulumi.String("UserAssigned")},
	}
	for name, value := range more {
		args[name] = value
	}
	made := &remote{}
	return made, ctx.RegisterRemoteComponentResource(components.ManagedIdentityClusterToken, "aks", args, made, opts...)
}

func mustUp(t *testing.T, program pulumi.RunFunc, opts ...simtest.Option) (*simtest.Stack, simtest.Result) {
	t.Helper()
	s := simtest.New(t, program, append(opts, served())...)
	up := s.Up()
	if up.Err != nil {
		t.Fatal(up.Explain())
	}
	return s, up
}

// TestOutputsOfARemoteComponentArriveTogether: in Go, a resource that takes the principal of the control plane waits for the identity. In
// another language it waits for the cluster as well. What is in the component waits for the same as in Go.
func TestOutputsOfARemoteComponentArriveTogether(t *testing.T) {
	tagged := func(ctx *pulumi.Context, principal pulumi.StringInput) error {
		_, err := resources.NewResourceGroup(ctx, "beside", &resources.ResourceGroupArgs{
			Location: pulumi.StringPtr("westeurope"), Tags: pulumi.StringMap{"principal": principal},
		})
		return err
	}
	inGo, _ := mustUp(t, func(ctx *pulumi.Context) error {
		made, err := components.NewManagedIdentityCluster(ctx, "aks", &components.ManagedIdentityClusterArgs{
			Location: pulumi.StringPtr("westeurope"), APIServer: &components.APIServerArgs{Public: true},
			Identity: &components.ClusterIdentityArgs{Type: components.UserAssigned},
		})
		if err != nil {
			return err
		}
		return tagged(ctx, made.PrincipalID)
	})
	elsewhere, _ := mustUp(t, func(ctx *pulumi.Context) error {
		made, err := remoteCluster(ctx, nil)
		if err != nil {
			return err
		}
		return tagged(ctx, made.PrincipalID)
	})
	here, err := languages.DependenciesOf(inGo.Export())
	if err != nil {
		t.Fatal(err)
	}
	there, err := languages.DependenciesOf(elsewhere.Export())
	if err != nil {
		t.Fatal(err)
	}
	if problems := here.Compare(there); problems != "" {
		t.Error(problems)
	}
	later := here.Later(there)
	if len(later) != 1 || !slices.Contains(later["azure-native:resources:ResourceGroup beside"], clusterToken+" aks") {
		t.Errorf("only the group beside the component waits for the cluster: %v", later)
	}
}

// TestTransformsReachARemoteComponent: transforms run in the engine, and change what is in the component. Transformations, which are older,
// run in the process of the program, and do not get there.
func TestTransformsReachARemoteComponent(t *testing.T) {
	cases := []struct {
		name, reason string
		option       pulumi.ResourceOption
		reaches      bool
	}{
		{"transforms", "the engine calls them", pulumi.Transforms([]pulumi.ResourceTransform{
			func(_ context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
				if args.Type == clusterToken {
					args.Props["tags"] = pulumi.StringMap{"team": pulumi.String("shop")}
				}
				return &pulumi.ResourceTransformResult{Props: args.Props, Opts: args.Opts}
			},
		}), true},
		{"transformations", "only the SDK of the program knows them", pulumi.Transformations([]pulumi.ResourceTransformation{
			func(args *pulumi.ResourceTransformationArgs) *pulumi.ResourceTransformationResult {
				if args.Type != clusterToken {
					return nil
				}
				return &pulumi.ResourceTransformationResult{Props: args.Props, Opts: append(args.Opts, pulumi.Protect(true))}
			},
		}), false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			_, up := mustUp(t, func(ctx *pulumi.Context) error {
				_, err := remoteCluster(ctx, nil, tc.option)
				return err
			})
			cluster, there := up.Resources.Find(clusterToken, "aks")
			if !there {
				t.Fatal("there is no cluster")
			}
			if reached := cluster.Input("tags") != nil || cluster.Protect; reached != tc.reaches {
				t.Errorf("%s: the cluster was reached: %v, want %v", tc.reason, reached, tc.reaches)
			}
		})
	}
}

// TestProtectionReachesARemoteComponent, and so does what keeps resources in Azure.
func TestProtectionReachesARemoteComponent(t *testing.T) {
	with := func(option pulumi.ResourceOption) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			_, err := remoteCluster(ctx, nil, option)
			return err
		}
	}
	_, up := mustUp(t, with(pulumi.Protect(true)))
	for _, r := range up.Resources.Custom() {
		if !r.Protect {
			t.Errorf("%s is not protected", r.Name)
		}
	}
	cloud := azuresim.New()
	kept, _ := mustUp(t, with(pulumi.RetainOnDelete(true)), simtest.WithCloud(cloud))
	if down := kept.Destroy(); down.Err != nil || len(cloud.Clusters()) != 1 {
		t.Errorf("the cluster stays in Azure: %v %s", cloud.Clusters(), down.Explain())
	}
}

// TestWhatDecidesIsPlainInARemoteComponent: what decides how many resources there are has to be known before anything is made.
func TestWhatDecidesIsPlainInARemoteComponent(t *testing.T) {
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		group, err := resources.NewResourceGroup(ctx, "names", &resources.ResourceGroupArgs{Location: pulumi.StringPtr("westeurope")})
		if err != nil {
			return err
		}
		_, err = remoteCluster(ctx, pulumi.Map{"systemPool": pulumi.Map{"name": group.Name}})
		return err
	}, served())
	if preview := s.Preview(); preview.Err == nil || !strings.Contains(preview.Diagnostics(), "systemPool.name") {
		t.Errorf("the preview refuses a name that is not known: %s", preview.Explain())
	}
}

// TestDependsOnReachesARemoteComponent: whatever is in the component waits.
func TestDependsOnReachesARemoteComponent(t *testing.T) {
	_, up := mustUp(t, func(ctx *pulumi.Context) error {
		group, err := resources.NewResourceGroup(ctx, "first", &resources.ResourceGroupArgs{Location: pulumi.StringPtr("westeurope")})
		if err != nil {
			return err
		}
		_, err = remoteCluster(ctx, nil, pulumi.DependsOn([]pulumi.Resource{group}))
		return err
	})
	first, _ := up.Resources.Find("azure-native:resources:ResourceGroup", "first")
	inside := up.Resources.Custom()
	for _, r := range inside {
		if r.URN != first.URN && !slices.Contains(r.Dependencies, first.URN) {
			t.Errorf("%s does not wait for the group", r.Name)
		}
	}
	if len(inside) < 4 {
		t.Errorf("the component has only %v", inside)
	}
}

// TestPlannedGrantsAreKnownInThePreview of a remote component, though the ID of what is granted is not.
func TestPlannedGrantsAreKnownInThePreview(t *testing.T) {
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		group, err := resources.NewResourceGroup(ctx, "names", &resources.ResourceGroupArgs{Location: pulumi.StringPtr("westeurope")})
		if err != nil {
			return err
		}
		subnet := pulumi.Sprintf("%s/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes", group.ID())
		made, err := remoteCluster(ctx, pulumi.Map{"subnets": pulumi.Map{"nodes": subnet}, "systemPool": pulumi.Map{"subnet": pulumi.String("nodes")}})
		if err != nil {
			return err
		}
		ctx.Export("planned", made.PlannedGrants)
		return nil
	}, served())
	preview := s.Preview()
	if preview.Err != nil {
		t.Fatal(preview.Explain())
	}
	planned, _ := preview.Output("planned")
	if text := fmt.Sprint(planned); !strings.Contains(text, "Network Contributor") || !strings.Contains(text, "join nodes") {
		t.Errorf("the preview knows role and reason: got %s", text)
	}
}
