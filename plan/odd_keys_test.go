package plan_test

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestOddKeysAreNamedInFull: a key that cannot be part of a name is told as it was written, with the argument that it stands in.
func TestOddKeysAreNamedInFull(t *testing.T) {
	for key, reason := range map[string]string{
		"":    "an empty key would be a path that ends in a dot",
		"a.b": "a dot in a key is not a step of the path",
		"a b": "the ordinary case",
		"a[0": "nor is a bracket",
	} {
		p := plan.ForDelegation(plan.Delegation{
			PrincipalID: plan.Late[string](), Mentions: plan.Each(plan.NodeSubnet, "nodeSubnetIds", map[string]plan.Value[string]{key: plan.Late[string]()}),
		})
		want := `the key "` + key + `" cannot be part of a name.`
		if len(p.Problems) != 1 || p.Problems[0].Path != "nodeSubnetIds" || p.Problems[0].What != want {
			t.Errorf("%s: want %s at nodeSubnetIds, got %v", reason, want, p.Problems)
		}
	}
	p := plan.ForWorkload(plan.Workload{
		ResourceGroup: plan.Known("apps"), Issuer: plan.Late[string](), ServiceAccounts: map[string]plan.ServiceAccount{"": {Namespace: plan.Known("shop")}},
	})
	found := false
	for _, problem := range p.Problems {
		found = found || problem.Path == `serviceAccounts[""].name`
	}
	if !found {
		t.Errorf("an empty key is shown as one: %v", p.Problems)
	}
}
