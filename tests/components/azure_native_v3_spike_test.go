package components_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// TestChildrenByTokenMoveToVersion3 is the experiment behind docs/decisions/0016-azure-native-v3.md: what the component made over the SDK
// of version 2 is registered again by token, without an API version in it and with a plugin of version 3 that knows no other types. The
// former type is an alias. Nothing is replaced, created or deleted; without the alias everything that had a version would be.
func TestChildrenByTokenMoveToVersion3(t *testing.T) {
	for _, tc := range []struct {
		name    string
		aliases bool
		changes bool
	}{
		{"the former type is an alias", true, false},
		{"it is not", false, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			args := smallest()
			args.Identity = &components.ClusterIdentityArgs{Type: components.UserAssigned}
			args.Subnets = pulumi.StringMap{"nodes": pulumi.String(cloud.MustSeedSubnet("net", "spoke", "nodes"))}
			args.SystemPool.Subnet = "nodes"
			args.Pools = []*components.NodePoolArgs{{Name: "web", Subnet: "nodes", Count: pulumi.IntPtr(1)}}
			s := simtest.New(t, program(args), simtest.WithCloud(cloud), besideV3(cloud, azurenative.OnlyDefaultVersions()))
			before := must(t, "version 2", s.Up())

			s.SetProgram(byToken(before.Resources, tc.aliases))
			preview := s.Preview()
			var moved []string
			for _, step := range preview.Steps.Changing() {
				if step.Op != "update" {
					moved = append(moved, string(step.Op)+" "+step.Type+" "+step.Name)
				}
			}
			if (len(moved) > 0) != tc.changes {
				t.Fatalf("in version 3: %v %v\n%s", preview.Err, moved, preview.Diagnostics())
			}
			if tc.changes {
				return
			}
			after := must(t, "version 3", s.Up())
			for _, r := range after.Resources {
				if strings.HasPrefix(r.Type, "azure-native:") && (!strings.Contains(r.Provider, "default_3_28_0") || strings.Contains(r.Type, "/v")) {
					t.Errorf("%s is still of %s", r.URN, r.Provider)
				}
			}
			unchanged(t, "the preview after it", s.Preview())
		})
	}
}

type anyComponent struct{ pulumi.ResourceState }

// byToken registers what a component made, from the inputs in the state, as version 3 would have it.
func byToken(made simtest.Resources, aliases bool) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		component := &anyComponent{}
		if err := ctx.RegisterComponentResource(components.ManagedIdentityClusterToken, "aks", component); err != nil {
			return err
		}
		for _, r := range made {
			if !strings.HasPrefix(r.Type, "azure-native:") {
				continue
			}
			inputs := pulumi.Map{}
			for key, value := range r.Inputs {
				if !strings.HasPrefix(string(key), "__") {
					inputs[string(key)] = asInput(value.Mappable())
				}
			}
			opts := []pulumi.ResourceOption{pulumi.Parent(component), pulumi.Version(v3)}
			if aliases {
				opts = append(opts, pulumi.Aliases([]pulumi.Alias{{Type: pulumi.String(r.Type)}}))
			}
			if err := ctx.RegisterResource(withoutVersion(r.Type), r.Name, inputs, &anyResource{}, opts...); err != nil {
				return err
			}
		}
		return nil
	}
}

// withoutVersion is azure-native:containerservice:ManagedCluster for azure-native:containerservice/v20250101:ManagedCluster.
func withoutVersion(token string) string {
	parts := strings.Split(token, ":")
	parts[1], _, _ = strings.Cut(parts[1], "/")
	return strings.Join(parts, ":")
}

func asInput(value any) pulumi.Input {
	switch value := value.(type) {
	case map[string]any:
		out := pulumi.Map{}
		for key, v := range value {
			out[key] = asInput(v)
		}
		return out
	case []any:
		out := pulumi.Array{}
		for _, v := range value {
			out = append(out, asInput(v))
		}
		return out
	default:
		return pulumi.Any(value)
	}
}
