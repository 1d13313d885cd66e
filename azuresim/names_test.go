package azuresim

import (
	"context"
	"slices"
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	long := func(n int) string { return strings.Repeat("a", n) }
	cases := []struct {
		name      string
		rule      *nameRule
		good, bad []string
	}{
		{"any", &anyName, []string{"a", "a.b(c)-d_e", long(260)}, []string{"", "a b", long(261)}},
		{"guid", &guidName, []string{"anything, its own PUT looks closer"}, []string{""}},
		{"group", &groupName, []string{"größe-1", "a.b", long(90)}, []string{"a.", "a b", long(91)}},
		{"lock", &lockName, []string{"hold", "a.b"}, []string{"a.", long(91)}},
		{"cluster", &clusterName, []string{"a", "a_b-c", long(63)}, []string{"-a", "a-", "a.b", long(64)}},
		{"pool", &poolName, []string{"system", "p1"}, []string{"1p", "Pool", "a-b", long(13)}},
		{"identity", &identityName, []string{"abc", "a_-"}, []string{"ab", "-ab", "a.b", long(129)}},
		{"credential", &credentialName, []string{"abc", "a_-"}, []string{"ab", "_ab", long(121)}},
		{"network part", &networkName, []string{"a", "a.b-c_", long(80)}, []string{"a-", "_a", long(81)}},
		{"network", &vnetName, []string{"ab", "a_", long(64)}, []string{"a", "ab-", long(65)}},
		{"zone", &zoneName, []string{"a.b", "privatelink.westeurope.azmk8s.io", "_x.a-b.c"}, []string{"local", "a..b", ".a.b", "a.b."}},
		{"neighbour", &neighbourName, []string{"a.b"}, []string{"a-", long(81)}},
		{"disk", &diskName, []string{"pvc-1", "_a"}, []string{"a-", "a(b)", long(81)}},
		{"snapshot", &snapshotName, []string{"a-b"}, []string{"_a", long(81)}},
		{"registry", &registryName, []string{"Images1"}, []string{"four", "my-registry", long(51)}},
		{"vault", &vaultName, []string{"a-b", "secrets01", long(24)}, []string{"ab", "1ab", "a--b", "ab-", "a-b-c-d-e-f-g-h-i-j-k-l-m", long(25)}},
		{"key", &keyName, []string{"a", "a-1"}, []string{"a_b", long(128)}},
		{"storage account", &storageName, []string{"abc", long(24)}, []string{"ab", "Abc", "a-b", long(25)}},
		{"workspace", &workspaceName, []string{"logs", "a-b-c"}, []string{"abc", "logs-", "a_bc", long(64)}},
		{"rule", &ruleName, []string{"MSCI-x_y.z"}, []string{"a-", long(65)}},
	}
	var tested []*nameRule
	for _, tc := range cases {
		tested = append(tested, tc.rule)
		for _, name := range tc.good {
			if !tc.rule.allows(name) {
				t.Errorf("%s: %q is a name (%s)", tc.name, name, tc.rule.source)
			}
		}
		for _, name := range tc.bad {
			if tc.rule.allows(name) {
				t.Errorf("%s: %q is no name (%s)", tc.name, name, tc.rule.source)
			}
		}
	}
	for _, row := range typeRows() {
		if row.names != nil && !slices.Contains(tested, row.names) {
			t.Errorf("the rule for names of %s has no case", row.name)
		}
	}
}

func TestEveryModelledTypeRefusesABadName(t *testing.T) {
	own := map[string]string{RoleAssignmentType: CodeInvalidRoleAssignmentID, RoleDefinitionType: "InvalidRoleDefinitionId"}
	c := New()
	c.MustSeedCluster("home", "thinga", nil)
	for _, row := range typeRows() {
		if row.given {
			continue
		}
		id := thing("home", row.name)
		switch {
		case row.top:
			id = GroupID(DefaultSubscriptionID, "group")
		case row.extension:
			id = thing("home", ManagedClusterType) + "/providers/" + row.name + "/thing"
		default:
			if parsed, err := parseID(id); err == nil && len(parsed.names) > 1 {
				c.MustSeed(parentID(id), nil)
			}
		}
		body := plainBody(row.name)
		if row.name == RoleAssignmentType {
			plantValue(body, "properties.principalId", DefaultDeployerObjectID)
			plantValue(body, "properties.roleDefinitionId", "/providers/"+RoleDefinitionType+"/acdd72a7-3385-48ef-bd42-f606fba81ae7")
		}
		if row.name == RoleDefinitionType {
			plantValue(body, "properties.assignableScopes", []any{"/subscriptions/" + DefaultSubscriptionID})
		}
		if row.noLocation {
			delete(body, "location")
		}
		want := own[row.name]
		if want == "" {
			want = CodeInvalidResourceName
		}
		if _, err := c.Put(context.Background(), id+" !", body); Code(err) != want {
			t.Errorf("%s: got %v, want %s", row.name, err, want)
		}
	}
}
