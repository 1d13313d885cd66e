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

// TestPrincipalOfAnotherIdentityIsTold: Azure asks for the resource ID only, so a cluster with somebody else's principal ID is made,
// its grants are somebody else's, and nothing works. The answer of AKS shows it.
func TestPrincipalOfAnotherIdentityIsTold(t *testing.T) {
	cloud := azuresim.New()
	own, other := cloud.MustSeedIdentity("ids", "own"), cloud.MustSeedIdentity("ids", "other")
	cases := []struct {
		name, reason, principal string
		grants                  components.GrantMode
		works                   bool
	}{
		{"its own", "all is well", own.PrincipalID, "", true},
		{"in capitals", "letter case carries no meaning", strings.ToUpper(own.PrincipalID), "", true},
		{"another identity's", "the grants would be the other one's", other.PrincipalID, "", false},
		{"its client ID", "with grants made elsewhere nobody else complains", own.ClientID, components.GrantNone, false},
	}
	for _, tc := range cases {
		for _, late := range []bool{false, true} {
			t.Run(tc.name+map[bool]string{false: " known", true: " late"}[late], func(t *testing.T) {
				args := inSubnet(cloud, plan.UserAssigned)
				args.GrantMode = tc.grants
				principal := pulumi.StringInput(pulumi.String(tc.principal))
				if late {
					principal = pulumi.String(tc.principal).ToStringOutput()
				}
				args.Identity.UserAssigned = &components.UserAssignedIdentityArgs{
					ResourceID: pulumi.String(own.ID), PrincipalID: principal, ClientID: pulumi.String(own.ClientID),
				}
				s := simtest.New(t, program(args), simtest.WithCloud(cloud))
				up := s.Up()
				if tc.works != (up.Err == nil) {
					t.Fatalf("%s: %s", tc.reason, up.Explain())
				}
				if !tc.works {
					// One GUID as both is told without asking Azure, so only the command that prints the principal ID is known.
					answer := own.PrincipalID
					if tc.principal == own.ClientID && !late {
						answer = "az identity show --ids " + own.ID
					}
					for _, want := range []string{"identity.userAssigned.principalId", answer, tc.principal, "object ID"} {
						if !strings.Contains(up.Diagnostics(), want) {
							t.Errorf("the error does not say %q: %s", want, up.Explain())
						}
					}
				}
				must(t, "destroy", s.Destroy())
			})
		}
	}
}
