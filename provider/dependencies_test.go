package provider_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// dependent is a cluster in the group "named", whose name is an output, with dependsOn on the group that on names.
func dependent(w world, way, on string, transformed bool) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		if transformed { // the engine then hands on what arguments depend on in another way
			err := ctx.RegisterResourceTransform(func(context.Context, *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult { return nil })
			if err != nil {
				return err
			}
		}
		all := map[string]pulumi.Resource{}
		for _, name := range []string{"named", "other"} {
			group, err := resources.NewResourceGroup(ctx, name, &resources.ResourceGroupArgs{
				ResourceGroupName: pulumi.StringPtr(name), Location: pulumi.StringPtr("westeurope"),
			})
			if err != nil {
				return err
			}
			all[name] = group
		}
		var opts []pulumi.ResourceOption
		if on != "" {
			opts = append(opts, pulumi.DependsOn([]pulumi.Resource{all[on]}))
		}
		group := all["named"].(*resources.ResourceGroup).Name
		if way == "served" {
			args := w.servedArgs()
			delete(args, "newResourceGroupName")
			args["resourceGroupName"] = group
			return served(args, opts...)(ctx)
		}
		args := w.nativeArgs()
		args.NewResourceGroupName, args.ResourceGroupName = nil, group
		_, err := components.NewManagedIdentityCluster(ctx, "aks", args, opts...)
		return err
	}
}

// TestServedComponentsWaitForWhatDependsOnNames: everything in a component waits for what its option dependsOn names, as in Go, and not for
// what only an argument mentions.
func TestServedComponentsWaitForWhatDependsOnNames(t *testing.T) {
	for _, tc := range []struct {
		name, reason, on string
		transformed      bool
	}{
		{"nothing", "SDKs send what arguments mention together with dependsOn", "", false},
		{"nothing, with a transform", "the engine then takes dependencies from the values", "", true},
		{"another resource", "no argument mentions it", "other", false},
		{"another resource, with a transform", "no argument mentions it", "other", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			here, there := newWorld(), newWorld()
			native := deploy(t, here, dependent(here, "native", tc.on, tc.transformed))
			throughProtocol := deploy(t, there, dependent(there, "served", tc.on, tc.transformed))
			if diff := cmp.Diff(native, throughProtocol); diff != "" {
				t.Errorf("%s (-native +served):\n%s", tc.reason, diff)
			}
			if grants := grantsAfter(throughProtocol); tc.on != "" && !slices.Contains(grants, tc.on) || slices.Contains(grants, "named") {
				t.Errorf("%s: grants wait for %v", tc.reason, grants)
			}
		})
	}
}

// grantsAfter are the resources that some grant waits for.
func grantsAfter(all map[string]made) (after []string) {
	for name, m := range all {
		if strings.HasPrefix(name, "azure-native:authorization:RoleAssignment ") {
			after = append(after, m.After...)
		}
	}
	return after
}

// TestDependsOnSaysNothingMoreOfWhatAnArgumentMentions: in Go everything in the component waits for it; in another language what has the
// argument does. docs/languages.md tells users.
func TestDependsOnSaysNothingMoreOfWhatAnArgumentMentions(t *testing.T) {
	here, there := newWorld(), newWorld()
	if after := grantsAfter(deploy(t, here, dependent(here, "native", "named", false))); !slices.Contains(after, "named") {
		t.Errorf("in Go the grants wait for it too, but they wait for %v", after)
	}
	throughProtocol := deploy(t, there, dependent(there, "served", "named", false))
	if after := grantsAfter(throughProtocol); slices.Contains(after, "named") {
		t.Errorf("the grants wait for it: say so in docs/languages.md")
	}
	if cluster := throughProtocol["azure-native:containerservice/v20250101:ManagedCluster aks"]; !slices.Contains(cluster.After, "named") {
		t.Errorf("the cluster, which has the argument, waits for %v", cluster.After)
	}
}
