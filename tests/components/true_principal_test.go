package components_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestTheTruePrincipalIsCompared: grants go to the principal that the arguments name. When AKS answers another one for the same
// identity, nothing would work, and the deployment says so with both names instead of being ready.
func TestTheTruePrincipalIsCompared(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		// wrong picks the principal ID that the arguments give.
		wrong func(own, other azuresim.SeededIdentity) string
		// kubelet makes it the nodes' identity that is wrong.
		kubelet bool
		says    string
	}{
		{"right", "the identity's own principal ID is accepted", func(own, _ azuresim.SeededIdentity) string { return own.PrincipalID }, false, ""},
		{"another identity's", "the grants would go to somebody else", func(_, other azuresim.SeededIdentity) string { return other.PrincipalID }, false,
			"identity.userAssigned.principalId: AKS answers that the principal of the identity is"},
		{"client ID", "the two are easily confused", func(own, _ azuresim.SeededIdentity) string { return own.ClientID }, false,
			"is the client ID of the identity; grants need its principal ID, which is"},
		{"another identity's, for the nodes", "the right to pull would go to somebody else",
			func(_, other azuresim.SeededIdentity) string { return other.PrincipalID }, true,
			"CustomKubeletIdentityPropertyError"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			own, nodes, other := cloud.MustSeedIdentity("ids", "own"), cloud.MustSeedIdentity("ids", "nodes"), cloud.MustSeedIdentity("ids", "other")
			given := func(id azuresim.SeededIdentity, principal string) *components.UserAssignedIdentityArgs {
				return &components.UserAssignedIdentityArgs{
					ResourceID: pulumi.String(id.ID), PrincipalID: pulumi.String(principal), ClientID: pulumi.String(id.ClientID),
				}
			}
			args := smallest()
			args.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned, UserAssigned: given(own, tc.wrong(own, other))}
			if tc.kubelet {
				args.Identity.UserAssigned = given(own, own.PrincipalID)
				args.KubeletIdentity = &components.KubeletIdentityArgs{Existing: given(nodes, tc.wrong(nodes, other))}
			}
			args.Propagation = quick(0)
			up := simtest.New(t, program(args), simtest.WithCloud(cloud)).Up()
			if (up.Err != nil) != (tc.says != "") || !strings.Contains(up.Diagnostics(), tc.says) {
				t.Errorf("%s: want an error that says %q, got %s", tc.reason, tc.says, up.Explain())
			}
			if ready, _ := up.Output("ready"); tc.says != "" && ready == true {
				t.Errorf("%s: the cluster must not be ready", tc.reason)
			}
		})
	}
}
