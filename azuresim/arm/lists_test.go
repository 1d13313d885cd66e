package arm_test

import (
	"net/url"
	"slices"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
)

const (
	readerRole = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
	ownerRole  = "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
)

// estate is a cloud with two groups, two identities, a network and grants at three levels.
func estate(t testing.TB, opts ...arm.Option) (c *client, one, two string) {
	t.Helper()
	c = newClient(t, append(opts, arm.WithPolls(0))...)
	c.group()
	c.must(201, "PUT", subscription+"/resourceGroups/other", object{"location": location, "tags": object{"team": "b"}})
	one = c.must(201, "PUT", sim.ID("aks", sim.IdentityType, "one"), object{"location": location}).at("properties.principalId").(string)
	two = c.must(201, "PUT", sim.ID("other", sim.IdentityType, "two"), object{"location": location, "tags": object{"team": "a"}}).at("properties.principalId").(string)
	c.must(201, "PUT", networkID, networkBody())
	for i, grant := range []struct{ scope, principal, role string }{
		{subscription, one, readerRole},
		{subscription + "/resourceGroups/aks", two, readerRole},
		{networkID, one, ownerRole},
		{subscription + "/resourceGroups/other", one, ownerRole},
	} {
		name := "/providers/" + sim.RoleAssignmentType + "/00000000-0000-4000-8000-00000000000" + string(rune('1'+i))
		c.must(201, "PUT", grant.scope+name, object{"properties": object{"principalId": grant.principal,
			"roleDefinitionId": grant.role}})
	}
	return c, one, two
}

func TestLists(t *testing.T) {
	c, one, two := estate(t)
	group := subscription + "/resourceGroups/aks"
	assignments := "/providers/" + sim.RoleAssignmentType
	last := func(s string) string { return s[len(s)-1:] }
	cases := []struct {
		name, reason, path, filter string
		want                       []string // names; of assignments the last digit
	}{
		{"groups", "of a subscription", subscription + "/resourcegroups", "", []string{"aks", "other"}},
		{"groups with a tag", "filtered", subscription + "/resourcegroups", "tagName eq 'team' and tagValue eq 'b'", []string{"other"}},
		{"identities of a group", "of one type", group + "/providers/" + sim.IdentityType, "", []string{"one"}},
		{"identities of a subscription", "all groups", subscription + "/providers/" + sim.IdentityType, "", []string{"one", "two"}},
		{"subnets", "children", networkID + "/subnets", "", []string{"nodes"}},
		{"resources of a group", "no groups, no subnets, no grants", group + "/resources", "", []string{"one", "vnet"}},
		{"resources of a type", "filtered", subscription + "/resources", "resourceType eq 'microsoft.network/virtualnetworks'", []string{"vnet"}},
		{"resources with a tag", "filtered", subscription + "/resources", "tagName eq 'team'", []string{"two"}},
		{"resources of a name", "filtered", subscription + "/resources", "name eq 'two' and resourceGroup eq 'OTHER'", []string{"two"}},
		{"assignments around a group", "at, above and below", group + assignments, "", []string{"1", "2", "3"}},
		{"assignments at a group", "at and above", group + assignments, "atScope()", []string{"1", "2"}},
		{"assignments of a principal", "at, above and below", group + assignments, "principalId eq '" + one + "'", []string{"1", "3"}},
		{"assigned to a principal at a group", "both conditions", group + assignments, "atScope() and assignedTo('" + one + "')", []string{"1"}},
		{"assignments at a network", "the resource counts as scope", networkID + assignments, "atScope()", []string{"1", "2", "3"}},
		{"assignments of nobody", "empty", group + assignments, "principalId eq '" + sim.DefaultDeployerObjectID + "'", nil},
		{"assignments of the other", "everywhere", subscription + assignments, "principalId eq '" + two + "'", []string{"2"}},
		{"assignments of the tenant", "all", assignments, "", []string{"1", "2", "3", "4"}},
		{"role by name", "without regard to case", group + "/providers/" + sim.RoleDefinitionType, "roleName eq 'acrpull'", []string{"7f951dda-4ed3-4680-a7ca-43fe172d538d"}},
		{"custom roles", "none yet", group + "/providers/" + sim.RoleDefinitionType, "type eq 'CustomRole'", nil},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			query := ""
			if tc.filter != "" {
				query = "?$filter=" + url.QueryEscape(tc.filter)
			}
			var got []string
			for _, item := range c.must(200, "GET", tc.path+query, nil).values() {
				name := item["name"].(string)
				if item["type"] == sim.RoleAssignmentType {
					name = last(name)
				}
				got = append(got, name)
			}
			slices.Sort(got)
			if !slices.Equal(got, tc.want) {
				t.Errorf("%s: got %v, want %v", tc.reason, got, tc.want)
			}
		})
	}
}

func TestListsThatAreRefused(t *testing.T) {
	c, _, _ := estate(t)
	assignments := subscription + "/providers/" + sim.RoleAssignmentType
	cases := []struct{ name, reason, path, filter, code string }{
		{"operator", "eq only", assignments, "principalId ne 'x'", "InvalidFilterInQueryString"},
		{"or", "and only", assignments, "atScope() or assignedTo('x')", "InvalidFilterInQueryString"},
		{"condition of another list", "by name", assignments, "roleName eq 'Owner'", "InvalidFilterInQueryString"},
		{"no filters", "identities have none", subscription + "/providers/" + sim.IdentityType, "name eq 'x'", "InvalidFilterInQueryString"},
		{"scope", "it must be there", sim.ID("aks", sim.SubnetType, "vnet", "none") + "/providers/" + sim.RoleAssignmentType, "", "ResourceNotFound"},
		{"group", "it must be there", subscription + "/resourceGroups/none/resources", "", "ResourceGroupNotFound"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if r := c.call("GET", tc.path+"?$filter="+url.QueryEscape(tc.filter), nil); r.code() != tc.code {
				t.Errorf("%s: got %d %v, want %s", tc.reason, r.status, r.body, tc.code)
			}
		})
	}
}

func TestPages(t *testing.T) {
	c, _, _ := estate(t, arm.WithPageSize(3))
	path, pages, seen := subscription+"/providers/"+sim.RoleAssignmentType, 0, 0
	for path != "" {
		r := c.must(200, "GET", path, nil)
		pages, seen = pages+1, seen+len(r.values())
		path, _ = r.body["nextLink"].(string)
	}
	if pages != 2 || seen != 4 {
		t.Errorf("four assignments are two pages of at most three, got %d in %d", seen, pages)
	}
	if got := c.must(200, "GET", subscription+"/resourcegroups?$top=1", nil).values(); len(got) != 1 {
		t.Errorf("$top: got %d", len(got))
	}
}

func TestPermissions(t *testing.T) {
	c, _, _ := estate(t)
	got := c.must(200, "GET", networkID+"/providers/Microsoft.Authorization/permissions?api-version=2022-04-01", nil).values()
	if len(got) != 1 || !slices.Contains(got[0]["actions"].([]any), any("*")) {
		t.Errorf("the deployer is Owner, got %v", got)
	}
}
