package components_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// TestAssignmentsSayWhoMadeThem: whoever meets one in the portal reads for what it is, and which component of which stack made it. A
// long reason gives way to that, within the 512 characters that Microsoft recommends; another reason is an update in place.
func TestAssignmentsSayWhoMadeThem(t *testing.T) {
	cloud := azuresim.New()
	vault := pulumi.String(cloud.MustSeed(azuresim.ID("keys", azuresim.VaultType, "shop"), nil))
	run := func(name, reason string) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			_, err := components.NewWorkloadIdentity(ctx, name, &components.WorkloadIdentityArgs{
				ResourceGroupName: pulumi.String("keys"), IdentityName: pulumi.StringPtr("web"), IssuerURL: pulumi.String("https://issuer.example/"),
				ServiceAccounts: map[string]*components.ServiceAccountArgs{"web": {Namespace: pulumi.String("shop"), Name: pulumi.String("web")}},
				Roles:           map[string]*components.WorkloadGrantArgs{"keys": {Role: "Reader", ResourceID: vault, Reason: reason}},
			})
			return err
		}
	}
	const made = "(made by Pulumi: project simtest, stack test, WorkloadIdentity "
	s := simtest.New(t, run("web", "look"), simtest.WithCloud(cloud))
	must(t, "up", s.Up())
	if got, want := cloud.RoleAssignments()[0].Description, "workload: look "+made+"web)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, tc := range []struct{ name, reason, why, end string }{
		{"long reason", "it is cut between characters", strings.Repeat("käse ", 200), "... " + made + "web)"},
		{"short again", "an update in place", "look closely", "look closely " + made + "web)"},
	} {
		s.SetProgram(run("web", tc.why))
		for _, step := range must(t, tc.name, s.Up()).Steps.Changing() {
			if step.Op != "update" || strings.Join(step.Diffs, " ") != "description" {
				t.Errorf("%s: %s: %v", tc.name, tc.reason, step)
			}
		}
		got := cloud.RoleAssignments()[0].Description
		if !strings.HasSuffix(got, tc.end) || len(got) > 512 || !utf8.ValidString(got) {
			t.Errorf("%s: %s: %d bytes: %q", tc.name, tc.reason, len(got), got)
		}
	}
	long := strings.Repeat("n", 600)
	must(t, "destroy", s.Destroy())
	s.SetProgram(run(long, "look"))
	must(t, "long name", s.Up())
	if got := cloud.RoleAssignments()[0].Description; len(got) > 512 {
		t.Errorf("a long name makes %d bytes", len(got))
	}
}
