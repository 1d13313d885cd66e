package provider

import (
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// TestFormerURN: what an alias says was different; all else is as it is today.
func TestFormerURN(t *testing.T) {
	const (
		today = "aksidentity:index:VnetDelegation"
		own   = "urn:pulumi:dev::shop::acme:index:Platform::platform"
		stack = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"
	)
	cases := []struct {
		name, reason, parent string
		spec                 *pulumirpc.Alias_Spec
		want                 string
	}{
		{"name", "the stack is no part of a URN", stack, &pulumirpc.Alias_Spec{Name: "old"}, "urn:pulumi:dev::shop::" + today + "::old"},
		{"name inside a component", "the parent is today's", own, &pulumirpc.Alias_Spec{Name: "old"}, "urn:pulumi:dev::shop::acme:index:Platform$" + today + "::old"},
		{"type", "a component of another package", stack, &pulumirpc.Alias_Spec{Type: "acme:index:Old"}, "urn:pulumi:dev::shop::acme:index:Old::network"},
		{
			"parent", "another component held it", stack, &pulumirpc.Alias_Spec{Parent: &pulumirpc.Alias_Spec_ParentUrn{ParentUrn: own}},
			"urn:pulumi:dev::shop::acme:index:Platform$" + today + "::network",
		},
		{
			"no parent", "nothing held it", own, &pulumirpc.Alias_Spec{Parent: &pulumirpc.Alias_Spec_NoParent{NoParent: true}},
			"urn:pulumi:dev::shop::" + today + "::network",
		},
		{"project and stack", "the state was moved", "", &pulumirpc.Alias_Spec{Project: "mall", Stack: "test"}, "urn:pulumi:test::mall::" + today + "::network"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			req := &pulumirpc.ConstructRequest{Project: "shop", Stack: "dev", Type: today, Name: "network", Parent: tc.parent}
			if got := string(formerURN(req, tc.spec)); got != tc.want {
				t.Errorf("%s: got %s, want %s", tc.reason, got, tc.want)
			}
		})
	}
}
