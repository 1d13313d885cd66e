package plan_test

import (
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestOneGUIDCannotBePrincipalAndClient: with both known, Azure need not be asked.
func TestOneGUIDCannotBePrincipalAndClient(t *testing.T) {
	const one, two = "11111111-aaaa-4111-8111-111111111111", "22222222-aaaa-4222-8222-222222222222"
	const id = subscription + "/resourceGroups/ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/own"
	for _, tc := range []struct {
		name, reason      string
		principal, client value
		refused           bool
	}{
		{"different", "all is well", plan.Known(one), plan.Known(two), false},
		{"the same", "one of them is wrong, and it is seldom the client ID", plan.Known(one), plan.Known(one), true},
		{"in another letter case", "it carries no meaning", plan.Known(one), plan.Known(strings.ToUpper(one)), true},
		{"late", "it is looked at when it arrives", plan.Known(one), late(), false},
	} {
		identity := &plan.UserIdentity{Existing: &plan.ExistingIdentity{ResourceID: plan.Known(id), PrincipalID: tc.principal, ClientID: tc.client}}
		for path, c := range map[string]plan.Cluster{
			"identity.userAssigned.principalId": {APIServer: open(), Identity: plan.ClusterIdentity{User: identity}},
			"kubeletIdentity.existing.principalId": {
				APIServer: open(), Identity: plan.ClusterIdentity{Type: plan.UserAssigned}, KubeletIdentity: identity,
			},
		} {
			problems := plan.ForCluster(c).Problems
			if got := strings.Join(problems.Paths(), " "); (got == path) != tc.refused || !tc.refused && got != "" {
				t.Errorf("%s at %s: %s: %v", tc.name, path, tc.reason, problems)
			}
			if tc.refused && !strings.Contains(problems.Error(), "az identity show --ids "+id) {
				t.Errorf("%s: the fix does not say how to find the principal ID: %v", tc.name, problems)
			}
		}
	}
}
