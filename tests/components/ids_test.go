package components_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// What resources offer for an ID fits where an argument takes one, as it is: the compiler looks at this.
var (
	_ = []pulumi.StringInput{pulumi.String(""), pulumi.ID(""), pulumi.IDOutput{}, pulumi.StringOutput{}}
	_ = []pulumi.StringPtrInput{
		pulumi.String(""), pulumi.StringPtr(""), pulumi.ID(""), pulumi.IDOutput{}, pulumi.StringOutput{}, pulumi.StringPtrOutput{},
	}
	_ = components.VnetDelegationArgs{
		PrincipalID: pulumi.IDOutput{}, NodeSubnetIDs: pulumi.StringMap{"literal": pulumi.String(""), "late": pulumi.IDOutput{}},
	}
	_ = components.APIServerArgs{PrivateDNSZoneID: pulumi.IDOutput{}, AuthorizedIPRanges: pulumi.StringArray{pulumi.StringOutput{}}}
)

// rewriteIDs rewrites every Azure ID in the arguments to something else that is late.
func rewriteIDs(v reflect.Value, late func(string) pulumi.StringInput) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			rewriteIDs(v.Elem(), late)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				rewriteIDs(v.Field(i), late)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			rewriteIDs(v.Index(i), late)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			element := reflect.New(v.Type().Elem()).Elem()
			element.Set(v.MapIndex(key))
			rewriteIDs(element, late)
			v.SetMapIndex(key, element)
		}
	case reflect.Interface:
		if inside := reflect.Indirect(v.Elem()); inside.Kind() == reflect.String && strings.HasPrefix(inside.String(), "/") {
			v.Set(reflect.ValueOf(late(inside.String())))
		}
	}
}

func lateText(id string) pulumi.StringInput { return pulumi.String(id).ToStringOutput() }

// resourceID is what a resource of the program offers: subnet.ID().
func resourceID(id string) pulumi.StringInput { return pulumi.ID(id).ToIDOutput() }

// TestResourcesOfferIDs: what a resource offers works where late text works, in every argument that takes an ID.
func TestResourcesOfferIDs(t *testing.T) {
	cases := []struct {
		name string
		args func(*azuresim.Cloud) *components.ManagedIdentityClusterArgs
	}{
		{"a cluster with everything", everything},
		{"generated roles", func(cloud *azuresim.Cloud) *components.ManagedIdentityClusterArgs {
			args := everything(cloud)
			args.RoleStrategy = components.CustomRoles
			return args
		}},
		{"given identities and etcd encryption", func(cloud *azuresim.Cloud) *components.ManagedIdentityClusterArgs {
			args := smallest()
			args.Identity = &components.ClusterIdentityArgs{UserAssigned: identityOf(cloud.MustSeedIdentity("ids", "control-plane"))}
			args.KubeletIdentity = &components.KubeletIdentityArgs{Existing: identityOf(cloud.MustSeedIdentity("ids", "nodes"))}
			args.Security = &components.SecurityArgs{KMS: &components.KMSArgs{
				KeyID:      pulumi.String("https://own.vault.azure.net/keys/etcd/1"),
				KeyVaultID: pulumi.String(cloud.MustSeed(home+"keys/providers/Microsoft.KeyVault/vaults/own", nil)),
			}}
			return args
		}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			grants := func(late func(string) pulumi.StringInput) int {
				cloud := azuresim.New()
				args := tc.args(cloud)
				rewriteIDs(reflect.ValueOf(args), late)
				must(t, "up", simtest.New(t, program(args), simtest.WithCloud(cloud)).Up())
				return len(cloud.RoleAssignments())
			}
			if text, offered := grants(lateText), grants(resourceID); text == 0 || text != offered {
				t.Errorf("%d grants with late text, %d with what resources offer", text, offered)
			}
		})
	}
}

func identityOf(id azuresim.SeededIdentity) *components.UserAssignedIdentityArgs {
	return &components.UserAssignedIdentityArgs{
		ResourceID: pulumi.String(id.ID), PrincipalID: pulumi.String(id.PrincipalID), ClientID: pulumi.String(id.ClientID),
	}
}

// TestStandaloneGrantsTakeResources: the same for the components that are nothing but grants.
func TestStandaloneGrantsTakeResources(t *testing.T) {
	cloud := azuresim.New()
	id := cloud.MustSeedIdentity("ids", "control-plane")
	subnet := pulumi.ID(cloud.MustSeedSubnet("net", "hub", "nodes")).ToIDOutput()
	registry := pulumi.ID(cloud.MustSeed(home+"reg/providers/Microsoft.ContainerRegistry/registries/shared", nil)).ToIDOutput()
	principal := pulumi.String(id.PrincipalID).ToStringOutput()
	must(t, "up", simtest.New(t, func(ctx *pulumi.Context) error {
		delegation, err := components.NewVnetDelegation(ctx, "net", &components.VnetDelegationArgs{
			PrincipalID: principal, IdentityType: plan.UserAssigned, NodeSubnetIDs: pulumi.StringMap{"nodes": subnet},
		})
		if err != nil {
			return err
		}
		_, err = components.NewAddonIdentityGrants(ctx, "pull", &components.AddonIdentityGrantsArgs{
			KubeletPrincipalID: delegation.PrincipalID, RegistryIDs: pulumi.StringMap{"shared": registry},
		})
		return err
	}, simtest.WithCloud(cloud)).Up())
	if got := len(cloud.RoleAssignments()); got != 2 {
		t.Errorf("%d grants, want 2", got)
	}
}
