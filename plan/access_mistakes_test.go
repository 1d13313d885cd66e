package plan_test

import (
	"slices"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestAMistakeInAccessIsItsOwn: it hides no mistake of another key and makes none there.
func TestAMistakeInAccessIsItsOwn(t *testing.T) {
	person := group(plan.Late[string](), plan.AccessRoleReader)
	person.Type = plan.PrincipalTypeUser
	for _, tc := range []struct {
		name, reason string
		access       map[string]plan.Access
		want         []string
	}{
		{"two mistakes", "both are told", map[string]plan.Access{
			"a": group(plan.Known("jo"), plan.AccessRoleReader), "b": group(plan.Known("al"), plan.AccessRoleReader),
		}, []string{"access.a.principalId", "access.b.principalId"}},
		{"an odd key before a mistake", "both are told", map[string]plan.Access{
			"a team": group(plan.Known(ops), plan.AccessRoleReader), "b": group(plan.Known("al"), plan.AccessRoleReader),
		}, []string{"access", "access.b.principalId"}},
		{"an empty principal before a late one", "the late one is somebody else, and may have another type", map[string]plan.Access{
			"a": group(plan.Known(""), plan.AccessRoleReader), "b": person,
		}, []string{"access.a.principalId"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := plan.ForCluster(letting(tc.access)).Problems; !slices.Equal(got.Paths(), tc.want) {
				t.Errorf("%s: want problems at %q, got %v", tc.reason, tc.want, got)
			}
		})
	}
}
