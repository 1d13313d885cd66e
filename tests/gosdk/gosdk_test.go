package gosdk

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/provider"
	sdk "github.com/aksidentity/pulumi-aksidentity/sdk/go/aksidentity"
)

// asPlugin serves the provider in the version of the next release, which is the one that the SDK asks for.
func asPlugin(t *testing.T) simtest.Option {
	t.Helper()
	text, err := os.ReadFile("../../VERSION")
	if err != nil {
		t.Fatal(err)
	}
	version := strings.TrimSpace(string(text))
	return simtest.WithProvider(provider.Name, version, func() (pulumirpc.ResourceProviderServer, error) {
		return provider.NewServer(version)
	})
}

// made is what a deployment made of a resource.
type made struct {
	Parent string
	Inputs any
	After  []string
}

// outcome is all that can be seen of a deployment: what the engine keeps, what is in Azure, and what the program exports.
type outcome struct {
	Resources   map[string]made
	Azure       map[string]map[string]any
	Assignments []string
	Outputs     map[string]any
	Secret      []string
}

func deploy(t *testing.T, w world, program pulumi.RunFunc) outcome {
	t.Helper()
	up := simtest.New(t, program, asPlugin(t), simtest.WithCloud(w.cloud)).Up()
	if up.Err != nil {
		t.Fatal(up.Explain())
	}
	if told := up.Diagnostics(); strings.Contains(told, "warning") {
		t.Errorf("nobody asked for what is warned of:\n%s", told)
	}
	seen := outcome{Resources: map[string]made{}, Azure: map[string]map[string]any{}, Outputs: map[string]any{}}
	for _, r := range up.Resources.Custom() {
		m := made{Parent: r.Parent.Name(), Inputs: simtest.Plain(resource.NewProperty(r.Inputs))}
		for _, urn := range r.Dependencies {
			m.After = append(m.After, urn.Name())
		}
		slices.Sort(m.After)
		seen.Resources[r.Type+" "+r.Name] = m
	}
	for _, r := range w.cloud.Resources() {
		seen.Azure[r.ID] = timeless(r.Body)
	}
	for _, a := range w.cloud.RoleAssignments() {
		seen.Assignments = append(seen.Assignments, strings.Join([]string{a.ID, a.PrincipalID, string(a.Role.Name), a.Scope.String(), a.Description}, " "))
	}
	slices.Sort(seen.Assignments)
	for _, name := range []string{"clusterName", "principalId", "kubeconfig", "ready", "grants"} {
		value, secret := up.Output(name)
		if value == nil {
			t.Errorf("there is no output %s", name)
		}
		seen.Outputs[name] = value
		if secret {
			seen.Secret = append(seen.Secret, name)
		}
	}
	return seen
}

// timeless leaves out when things were made: what does not wait for anything else comes in any order.
func timeless(body map[string]any) map[string]any {
	body = maps.Clone(body)
	delete(body, "systemData")
	if properties, ok := body["properties"].(map[string]any); ok {
		properties = maps.Clone(properties)
		delete(properties, "createdOn")
		delete(properties, "updatedOn")
		body["properties"] = properties
	}
	return body
}

// TestTheSDKMakesTheSameAzure: a program over the generated SDK makes what one over the components makes, with the same parents, order
// and outputs, and the same ones are secret.
func TestTheSDKMakesTheSameAzure(t *testing.T) {
	here, there := newWorld(), newWorld()
	want, got := deploy(t, here, native(here, names{word: "shop"})), deploy(t, there, throughSDK(there, names{word: "shop"}))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-native +SDK):\n%s", diff)
	}
	if len(got.Azure) < 5 || len(got.Assignments) < 4 || !slices.Contains(got.Secret, "kubeconfig") {
		t.Errorf("that is not a deployment to compare: %d resources, %q, secret %q", len(got.Azure), got.Assignments, got.Secret)
	}
}

// TestTheSDKDeploys: preview, up, up unchanged, refresh, destroy.
func TestTheSDKDeploys(t *testing.T) {
	w := newWorld()
	simtest.Run(t, throughSDK(w, names{word: "shop"}), asPlugin(t), simtest.WithCloud(w.cloud))
}

// TestTheSDKKeepsWhatIsRenamed: what a program can change without changing its meaning changes nothing in Azure.
func TestTheSDKKeepsWhatIsRenamed(t *testing.T) {
	aliased := func(suffix string) []pulumi.ResourceOption {
		return []pulumi.ResourceOption{pulumi.Aliases([]pulumi.Alias{{Name: pulumi.String("shop-" + suffix)}})}
	}
	cases := []struct {
		name, reason string
		after        func(world) pulumi.RunFunc
	}{
		{
			"another name", "an alias of the SDK's resource reaches the component and its children",
			func(w world) pulumi.RunFunc { return throughSDK(w, names{word: "store", opts: aliased}) },
		},
		{
			"default arguments", "what is said is what the component takes anyway", func(w world) pulumi.RunFunc { return withDefaults(w) },
		},
		{
			"components", "the SDK and the components register the same type and names",
			func(w world) pulumi.RunFunc { return native(w, names{word: "shop"}) },
		},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld()
			s := simtest.New(t, throughSDK(w, names{word: "shop"}), asPlugin(t), simtest.WithCloud(w.cloud))
			if up := s.Up(); up.Err != nil {
				t.Fatal(up.Explain())
			}
			s.SetProgram(tc.after(w))
			for _, run := range []func(...simtest.OpOption) simtest.Result{s.Preview, s.Up} {
				result := run()
				if result.Err != nil {
					t.Fatal(result.Explain())
				}
				for _, step := range result.Steps.Changing() {
					t.Errorf("%s: %v", tc.reason, step)
				}
			}
			for _, op := range w.cloud.Operations() {
				if op.Method == azuresim.MethodDelete {
					t.Errorf("%s: %s is deleted", tc.reason, op.ID)
				}
			}
		})
	}
}

// withDefaults is the program with arguments that say what holds without them.
func withDefaults(w world) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := sdkCluster(w)
		args.EnableRbac, args.OidcIssuer = pulumi.BoolRef(true), pulumi.BoolRef(true)
		args.LockNodeResourceGroup = pulumi.BoolRef(true)
		args.RoleStrategy = pointer(sdk.RoleStrategyBuiltin)
		if _, err := sdk.NewManagedIdentityCluster(ctx, "shop-aks", args); err != nil {
			return err
		}
		return others(ctx, w, names{word: "shop"})
	}
}
