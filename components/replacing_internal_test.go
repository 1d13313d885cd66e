package components

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestOnlyChildrenOfTheComponentAreOurs: by the type of the parent and by the name, today's or a former one.
func TestOnlyChildrenOfTheComponentAreOurs(t *testing.T) {
	g := granter{token: "aksidentity:index:VnetDelegation", names: []string{"hub", "net"}}
	const assignment = "azure-native:authorization:RoleAssignment"
	for _, tc := range []struct {
		name, reason, urn string
		want              bool
	}{
		{"a child", "of this component", "urn:pulumi:dev::shop::aksidentity:index:VnetDelegation$" + assignment + "::hub-a", true},
		{"a former child", "of the component as it was called", "urn:pulumi:dev::shop::aksidentity:index:VnetDelegation$" + assignment + "::net-a", true},
		{"another component's", "of the same type", "urn:pulumi:dev::shop::aksidentity:index:VnetDelegation$" + assignment + "::spoke-a", false},
		{"another type's", "with a name like ours", "urn:pulumi:dev::shop::aksidentity:index:WorkloadIdentity$" + assignment + "::hub-a", false},
		{"the program's", "with a name like ours", "urn:pulumi:dev::shop::" + assignment + "::hub-a", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := g.isOurs(urn.URN(tc.urn)); got != tc.want {
				t.Errorf("%t, want %t: %s", got, tc.want, tc.reason)
			}
		})
	}
}

// TestWhatKeepsItsNameIsDeletedFirst: an adopted assignment has the name that it was found with, whatever it is replaced for. With
// deletedWith nothing may look at what is sent, for the option would be lost on the way.
func TestWhatKeepsItsNameIsDeletedFirst(t *testing.T) {
	for _, tc := range []struct {
		name   string
		grant  plan.Grant
		given  pulumi.ResourceOptions
		always bool
	}{
		{"ours", plan.Grant{}, pulumi.ResourceOptions{}, false},
		{"adopted", plan.Grant{AdoptedName: "5e1f"}, pulumi.ResourceOptions{}, true},
		{"deleted with another", plan.Grant{}, pulumi.ResourceOptions{DeletedWith: &pulumi.ResourceState{}}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			g := granter{given: &tc.given}
			options, err := pulumi.NewResourceOptions(g.replacing(tc.grant)...)
			if err != nil {
				t.Fatal(err)
			}
			if options.DeleteBeforeReplace != tc.always || (len(options.Transforms) == 0) != tc.always {
				t.Errorf("deleted first: %t, with %d transforms", options.DeleteBeforeReplace, len(options.Transforms))
			}
		})
	}
}
