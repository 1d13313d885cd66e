package provider_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	azurenative "github.com/pulumi/pulumi-azure-native-sdk/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

const (
	clusterType    = "azure-native:containerservice/v20250101:ManagedCluster"
	assignmentType = "azure-native:authorization:RoleAssignment"
)

// children are the resources that the component made: all but those of the program.
func children(all simtest.Resources) (made simtest.Resources) {
	for _, r := range all.Custom() {
		if strings.Contains(string(r.Parent), components.ManagedIdentityClusterToken) {
			made = append(made, r)
		}
	}
	return made
}

// upWith deploys the served cluster with options.
func upWith(t *testing.T, w world, opts ...pulumi.ResourceOption) (*simtest.Stack, simtest.Result) {
	t.Helper()
	s := simtest.New(t, served(w.servedArgs(), opts...), asProvider(), simtest.WithCloud(w.cloud))
	up := s.Up()
	if up.Err != nil {
		t.Fatal(up.Explain())
	}
	if made := children(up.Resources); len(made) < 4 {
		t.Fatalf("the component made only %d resources", len(made))
	}
	return s, up
}

// TestProvidersOfAServedComponentMakeItsResources: an explicit provider makes everything in the component, in each of the spellings that
// Pulumi has for it.
func TestProvidersOfAServedComponentMakeItsResources(t *testing.T) {
	for spelling, option := range map[string]func(pulumi.ProviderResource) pulumi.ResourceOption{
		"provider":       func(p pulumi.ProviderResource) pulumi.ResourceOption { return pulumi.Provider(p) },
		"providers list": func(p pulumi.ProviderResource) pulumi.ResourceOption { return pulumi.Providers(p) },
		"providers map": func(p pulumi.ProviderResource) pulumi.ResourceOption {
			return pulumi.ProviderMap(map[string]pulumi.ProviderResource{"azure-native": p})
		},
	} {
		t.Run(spelling, func(t *testing.T) {
			w := newWorld()
			up := simtest.New(t, func(ctx *pulumi.Context) error {
				mine, err := azurenative.NewProvider(ctx, "mine", &azurenative.ProviderArgs{})
				if err != nil {
					return err
				}
				return served(w.servedArgs(), option(mine))(ctx)
			}, asProvider(), simtest.WithCloud(w.cloud)).Up()
			if up.Err != nil {
				t.Fatal(up.Explain())
			}
			made := children(up.Resources)
			if len(made) < 4 {
				t.Fatalf("the component made only %d resources", len(made))
			}
			for _, r := range made {
				if !strings.Contains(r.Provider, "::mine::") {
					t.Errorf("%s is made by %s", r.Name, r.Provider)
				}
			}
		})
	}
}

// TestOneVersionOfAzureNativeMakesEverything: the SDK of managed identities is older than the others, and still asks for the provider that
// they ask for. So one process of azure-native runs, in Go and through the protocol.
func TestOneVersionOfAzureNativeMakesEverything(t *testing.T) {
	args := pulumi.Map{
		"location": pulumi.String("westeurope"), "apiServer": pulumi.Map{"public": pulumi.Bool(true)},
		"identity": pulumi.Map{"type": pulumi.String("UserAssigned")}, "kubeletIdentity": pulumi.Map{},
	}
	native := func(ctx *pulumi.Context) error {
		_, err := components.NewManagedIdentityCluster(ctx, "aks", &components.ManagedIdentityClusterArgs{
			Location: pulumi.StringPtr("westeurope"), APIServer: &components.APIServerArgs{Public: true},
			Identity: &components.ClusterIdentityArgs{Type: "UserAssigned"}, KubeletIdentity: &components.KubeletIdentityArgs{},
		})
		return err
	}
	for way, program := range map[string]pulumi.RunFunc{"Go": native, "served": served(args)} {
		t.Run(way, func(t *testing.T) {
			up := simtest.New(t, program, asProvider()).Up()
			if up.Err != nil {
				t.Fatal(up.Explain())
			}
			identities := 0
			for _, r := range children(up.Resources) {
				if !strings.Contains(r.Provider, "::default_2_92_3::") {
					t.Errorf("%s is made by %s", r.Name, r.Provider)
				}
				if strings.Contains(r.Type, "managedidentity") {
					identities++
				}
			}
			if identities != 2 {
				t.Errorf("%d identities are made and not 2", identities)
			}
			var providers []string
			for _, r := range up.Resources.ByType("pulumi:providers:azure-native") {
				providers = append(providers, r.Name)
			}
			if diff := cmp.Diff([]string{"default_2_92_3"}, providers); diff != "" {
				t.Errorf("providers (-want +got):\n%s", diff)
			}
		})
	}
}

// TestProtectOfAServedComponentProtectsItsResources as in Go.
func TestProtectOfAServedComponentProtectsItsResources(t *testing.T) {
	w := newWorld()
	s, up := upWith(t, w, pulumi.Protect(true))
	for _, r := range children(up.Resources) {
		if !r.Protect {
			t.Errorf("%s is not protected", r.Name)
		}
	}
	if destroy := s.Destroy(); destroy.Err == nil {
		t.Error("a protected cluster was destroyed")
	}
}

// TestRetainOnDeleteOfAServedComponentKeepsItsResources: what leaves the stack stays in Azure.
func TestRetainOnDeleteOfAServedComponentKeepsItsResources(t *testing.T) {
	w := newWorld()
	s, _ := upWith(t, w, pulumi.RetainOnDelete(true))
	if destroy := s.Destroy(); destroy.Err != nil || len(s.Resources().Custom()) > 0 {
		t.Fatalf("%v are left in the stack: %s", s.Resources().Custom(), destroy.Explain())
	}
	for _, op := range w.cloud.Operations() {
		if op.Method == azuresim.MethodDelete {
			t.Errorf("%s is deleted", op.ID)
		}
	}
}

// TestTransformsOfAServedComponentReachItsResources: they see each of them, and what they change is sent.
func TestTransformsOfAServedComponentReachItsResources(t *testing.T) {
	var mu sync.Mutex
	var seen []string
	_, up := upWith(t, newWorld(), pulumi.Transforms([]pulumi.ResourceTransform{
		func(_ context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
			mu.Lock()
			defer mu.Unlock()
			seen = append(seen, args.Type)
			if args.Type != clusterType {
				return nil
			}
			args.Props["disableLocalAccounts"] = pulumi.Bool(false)
			args.Props["tags"] = pulumi.Map{"by": pulumi.String("transform")}
			return &pulumi.ResourceTransformResult{Props: args.Props, Opts: args.Opts}
		},
	}))
	for _, r := range children(up.Resources) {
		if !slices.Contains(seen, r.Type) {
			t.Errorf("no transform saw %s", r.Name)
		}
	}
	made, _ := up.Resources.Find(clusterType, "aks")
	if diff := cmp.Diff(map[string]any{"by": "transform"}, made.Input("tags")); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
}

// TestErrorHooksOfServedComponentsWait: a grant that Azure refuses because its principal is too young is asked for again, by a hook that
// runs in the process of the provider.
func TestErrorHooksOfServedComponentsWait(t *testing.T) {
	w := newWorld()
	refusal := w.cloud.Fail(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.RoleAssignmentType, Times: 2}, azuresim.Error{
		Status: 400, Code: "PrincipalNotFound", Message: "Principal does not exist in the directory.",
	})
	_, up := upWith(t, w)
	if refusal.Hits() != 2 || len(up.Resources.ByType(assignmentType)) == 0 {
		t.Errorf("Azure refused %d times, and %d grants were made", refusal.Hits(), len(up.Resources.ByType(assignmentType)))
	}
}

// TestOutputsOfAServedComponentArriveTogether: a program in another language gets the name of the group when all of the component is
// there, in Go as soon as the group is. docs/languages.md tells users.
func TestOutputsOfAServedComponentArriveTogether(t *testing.T) {
	next := func(ctx *pulumi.Context, group pulumi.StringOutput) error {
		_, err := resources.NewResourceGroup(ctx, "next", &resources.ResourceGroupArgs{
			ResourceGroupName: pulumi.Sprintf("%s-next", group).ToStringPtrOutput(), Location: pulumi.StringPtr("westeurope"),
		})
		return err
	}
	here, there := newWorld(), newWorld()
	for way, tc := range map[string]struct {
		world   world
		program pulumi.RunFunc
		waits   bool
	}{
		"Go": {here, func(ctx *pulumi.Context) error {
			made, err := components.NewManagedIdentityCluster(ctx, "aks", here.nativeArgs())
			if err != nil {
				return err
			}
			return next(ctx, made.ResourceGroupName)
		}, false},
		"served": {there, func(ctx *pulumi.Context) error {
			var made struct {
				pulumi.ResourceState
				ResourceGroupName pulumi.StringOutput `pulumi:"resourceGroupName"`
			}
			if err := ctx.RegisterRemoteComponentResource(components.ManagedIdentityClusterToken, "aks", there.servedArgs(), &made); err != nil {
				return err
			}
			return next(ctx, made.ResourceGroupName)
		}, true},
	} {
		t.Run(way, func(t *testing.T) {
			// A cluster that fails tells what did not wait for it.
			tc.world.cloud.Fail(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.ManagedClusterType, Times: -1}, azuresim.Error{
				Status: 400, Code: "BadRequest", Message: "no",
			})
			up := simtest.New(t, tc.program, asProvider(), simtest.WithCloud(tc.world.cloud)).Up(simtest.ContinueOnError())
			_, made := up.Resources.Find("azure-native:resources:ResourceGroup", "next")
			if up.Err == nil || made == tc.waits {
				t.Errorf("the group after it is made: %v, %s", made, up.Explain())
			}
		})
	}
}

// TestComponentsHandOutNoResources: a program in another language gets values. What it wants of a resource in a component it asks Azure,
// or changes in a transform.
func TestComponentsHandOutNoResources(t *testing.T) {
	resource := regexp.MustCompile(`#/(resources|provider)`)
	for _, property := range propertiesOf(specOf(t)) {
		if resource.MatchString(typeIn(property.spec.TypeSpec)) {
			t.Errorf("%s is a resource: say so in docs/languages.md", property.where)
		}
	}
}

// TestAdditionalPropertiesAreLateOneByOne: the framework takes what may be anything in one piece, which is each property with all that is
// in it. In Go the rest of it is known in a preview, and plain in the state. docs/languages.md tells users.
func TestAdditionalPropertiesAreLateOneByOne(t *testing.T) {
	for name, late := range map[string]func(*pulumi.Context) pulumi.Output{
		"unknown": func(ctx *pulumi.Context) pulumi.Output {
			if ctx.DryRun() {
				return pulumi.UnsafeUnknownOutput(nil)
			}
			return pulumi.String("least-waste").ToStringOutput()
		},
		"secret": func(*pulumi.Context) pulumi.Output { return pulumi.ToSecret(pulumi.String("least-waste")) },
	} {
		additional := func(ctx *pulumi.Context) pulumi.Map {
			return pulumi.Map{
				"autoScalerProfile": pulumi.Map{"expander": late(ctx), "maxEmptyBulkDelete": pulumi.String("7")},
				"httpProxyConfig":   pulumi.Map{"httpProxy": pulumi.String("http://proxy.example/")},
			}
		}
		here, there := newWorld(), newWorld()
		for way, tc := range map[string]struct {
			world   world
			program pulumi.RunFunc
			marked  bool
		}{
			"Go": {here, func(ctx *pulumi.Context) error {
				args := here.nativeArgs()
				args.AdditionalProperties = additional(ctx)
				_, err := components.NewManagedIdentityCluster(ctx, "aks", args)
				return err
			}, false},
			"served": {there, func(ctx *pulumi.Context) error {
				args := there.servedArgs()
				args["additionalProperties"] = additional(ctx)
				return served(args)(ctx)
			}, true},
		} {
			t.Run(name+", "+way, func(t *testing.T) {
				preview := simtest.New(t, tc.program, asProvider(), simtest.WithCloud(tc.world.cloud)).Preview()
				steps := preview.Steps.Type(clusterType)
				if preview.Err != nil || len(steps) != 1 {
					t.Fatal(preview.Explain())
				}
				profile, other := steps[0].Inputs["autoScalerProfile"], steps[0].Inputs["httpProxyConfig"]
				if profile.IsObject() == tc.marked {
					t.Errorf("the property that holds it: %v", profile)
				}
				if other.ContainsUnknowns() || other.ContainsSecrets() {
					t.Errorf("the property beside it: %v", other)
				}
			})
		}
	}
}
