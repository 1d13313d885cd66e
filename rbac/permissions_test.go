package rbac

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMatchAction(t *testing.T) {
	const identity = "Microsoft.ManagedIdentity/userAssignedIdentities/"
	cases := []struct {
		name, reason, pattern, action string
		want                          bool
	}{
		{"same text", "no wildcard, no more than itself", "Microsoft.Compute/disks/read", "Microsoft.Compute/disks/read", true},
		{"letter case", "carries no meaning", "microsoft.compute/DISKS/Read", "Microsoft.Compute/disks/read", true},
		{"prefix only", "no star, no more than itself", "Microsoft.Compute/disks", "Microsoft.Compute/disks/read", false},
		{"everything", "a star alone", "*", "Microsoft.Compute/disks/read", true},
		{"star at the end", "takes in further segments", "Microsoft.Network/*", "Microsoft.Network/virtualNetworks/subnets/join/action", true},
		{"star at the end of another provider", "the text before the star has to fit", "Microsoft.Network/*", "Microsoft.NetworkCloud/clusters/read", false},
		{"star in front", "any type of any provider", "*/read", "Microsoft.Network/virtualNetworks/read", true},
		{"star in front, longer verb", "the text after the star has to be the end", "*/read", "Microsoft.Network/virtualNetworks/readAll", false},
		{"star in the middle", "any type in between, however deep", "Microsoft.Authorization/*/Write", "Microsoft.Authorization/roleAssignments/write", true},
		{"star in the middle needs its slashes", "two slashes stand in the pattern", "Microsoft.Compute/*/read", "Microsoft.Compute/read", false},
		{"several stars", "each is any text", "Microsoft.*/virtual*/*/action", "Microsoft.Network/virtualNetworks/join/action", true},
		{"star that has to step back", "the first fit is not the right one", "a*bc", "abXbc", true},
		{"pattern as the action", "everything it stands for is covered", "Microsoft.Network/*", "Microsoft.Network/dnsZones/*", true},
		{"wider pattern as the action", "some of it is not covered", "Microsoft.Network/dnsZones/*", "Microsoft.Network/*", false},
		{"other pattern as the action", "reads of one provider are not all of it", "Microsoft.Network/*/read", "Microsoft.Network/*", false},
		{"assign, as the role spells it", "Managed Identity Operator gives what Azure checks", identity + "*/assign/action", identity + "assign/action", true},
		{"assign, the other way round", "both spellings are one right", identity + "assign/action", identity + "*/Assign/action", true},
		{"assign under all actions of identities", "an ordinary wildcard", identity + "*", identity + "*/assign/action", true},
		{"read, as the role spells it", "Managed Identity Operator reads identities", identity + "*/read", identity + "read", true},
		{"read of what lies below", "the wildcard keeps its plain meaning", identity + "*/read", identity + "federatedIdentityCredentials/read", true},
		{"read of the identity alone", "less than the wildcard", identity + "read", identity + "*/read", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := MatchAction(c.pattern, c.action); got != c.want {
				t.Errorf("%s: got %v", c.reason, got)
			}
		})
	}
}

func TestPermissionsAllows(t *testing.T) {
	contributor := Permissions{Actions: []string{"*"}, NotActions: []string{"Microsoft.Authorization/*/Write"}}
	cases := []struct {
		name, reason string
		permissions  Permissions
		action       string
		data, want   bool
	}{
		{"nothing", "no entry, no right", Permissions{}, "A.B/c/read", false, false},
		{"no action", "an empty text is no action", Permissions{Actions: []string{"*"}}, "", false, false},
		{"control plane", "the wildcard covers it", contributor, "A.B/c/write", false, true},
		{"exception", "subtracted", contributor, "Microsoft.Authorization/roleAssignments/write", false, false},
		{"exception in other letters", "case carries no meaning", contributor, "microsoft.authorization/locks/WRITE", false, false},
		{"data plane", "Actions give no data action", contributor, "A.B/c/read", true, false},
		{"pattern apart from the exception", "all of it is allowed", contributor, "Microsoft.Network/*", false, true},
		{"pattern that meets the exception", "not all of it is allowed", contributor, "Microsoft.Authorization/*", false, false},
		{"pattern that meets the exception in part", "some write in Microsoft.Authorization is among all writes", contributor, "*/write", false, false},
		{"data action", "DataActions give it", Permissions{DataActions: []string{"A.B/*"}}, "A.B/c/read", true, true},
		{"data action asked as an action", "DataActions give no control-plane action", Permissions{DataActions: []string{"*"}}, "A.B/c/read", false, false},
		{
			"data exception", "subtracted",
			Permissions{DataActions: []string{"A.B/*"}, NotDataActions: []string{"A.B/c/delete"}}, "A.B/c/delete", true, false,
		},
		{
			"control-plane exception", "takes nothing from the data plane",
			Permissions{NotActions: []string{"*"}, DataActions: []string{"A.B/*"}}, "A.B/c/read", true, true,
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := c.permissions.Allows(c.action)
			if c.data {
				got = c.permissions.AllowsData(c.action)
			}
			if got != c.want {
				t.Errorf("%s: got %v", c.reason, got)
			}
		})
	}
}

func TestCanGrantRoles(t *testing.T) {
	builtin := func(name RoleName) Permissions {
		role, err := FindRole(string(name))
		if err != nil {
			t.Fatal(err)
		}
		return role.Permissions
	}
	gives := func(actions ...string) Permissions { return Permissions{Actions: actions} }
	cases := []struct {
		name, reason string
		permissions  Permissions
		want         bool
	}{
		{"Owner", "a star gives it", builtin(Owner), true},
		{"User Access Administrator", "all of Microsoft.Authorization", builtin(UserAccessAdministrator), true},
		{"Role Based Access Control Administrator", "by name", builtin(RoleBasedAccessControlAdministrator), true},
		{"Key Vault Data Access Administrator", "under a condition, which is not heeded", builtin("Key Vault Data Access Administrator"), true},
		{"Contributor", "an exception takes it away", builtin(Contributor), false},
		{"Reader", "reading assignments is not making them", builtin(Reader), false},
		{"Network Contributor", "reads Microsoft.Authorization only", builtin(NetworkContributor), false},
		{"Azure Kubernetes Service RBAC Admin", "role bindings inside of the cluster are no assignments", builtin(AKSRBACAdmin), false},
		{"nothing", "no entry, no right", Permissions{}, false},
		{"other letters", "case carries no meaning", gives("microsoft.authorization/ROLEASSIGNMENTS/write"), true},
		{"all writes", "a wildcard in front", gives("*/write"), true},
		{"wildcard in the middle", "any type of Microsoft.Authorization", gives("Microsoft.Authorization/*/write"), true},
		{"another type", "policies are not roles", gives("Microsoft.Authorization/policyAssignments/*"), false},
		{"removing", "taking roles away is not giving them", gives("Microsoft.Authorization/roleAssignments/delete"), false},
		{"exception", "subtracted", Permissions{Actions: []string{"*"}, NotActions: []string{"Microsoft.Authorization/roleAssignments/*"}}, false},
		{"another exception", "leaves it", Permissions{Actions: []string{"*"}, NotActions: []string{"Microsoft.Authorization/*/delete"}}, true},
		{"data plane", "assignments are made on the control plane", Permissions{DataActions: []string{"*"}}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := c.permissions.CanGrantRoles(); got != c.want {
				t.Errorf("%s: got %v", c.reason, got)
			}
		})
	}
}

func TestPermissionsCovers(t *testing.T) {
	p := Permissions{Actions: []string{"A.B/c/*"}, NotActions: []string{"A.B/c/delete"}, DataActions: []string{"A.B/c/d/read"}}
	got := p.Covers(
		[]string{"A.B/c/delete", "A.B/c/read", "A.B/x/read"},
		[]string{"A.B/c/d/read", "A.B/c/read"})
	want := []string{"A.B/c/delete", "A.B/x/read", "A.B/c/read"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("in the order asked, control plane first (-want +got):\n%s", diff)
	}
	if missing := p.Covers(nil, nil); missing != nil {
		t.Errorf("nothing needed, missing %v", missing)
	}
}

func TestPermissionsBeyond(t *testing.T) {
	cases := []struct {
		name, reason string
		permissions  Permissions
		actions      []string
		dataActions  []string
		want         []Excess
	}{
		{
			"exact", "each entry is needed as it stands",
			Permissions{Actions: []string{"A.B/c/read", "a.b/C/Write"}}, []string{"A.B/c/write", "A.B/c/read"}, nil, nil,
		},
		{
			"never needed", "an entry nobody asks for",
			Permissions{Actions: []string{"A.B/c/read", "A.B/c/write"}}, []string{"A.B/c/read"}, nil, []Excess{{Entry: "A.B/c/write"}},
		},
		{
			"too wide", "a wildcard serves the need and goes beyond it",
			Permissions{Actions: []string{"A.B/*"}}, []string{"A.B/c/read", "X.Y/z/read"}, nil,
			[]Excess{{Entry: "A.B/*", Serves: []string{"A.B/c/read"}}},
		},
		{
			"need with a wildcard", "what is needed as a whole is not beyond need",
			Permissions{Actions: []string{"A.B/c/*", "A.B/c/read"}}, []string{"A.B/*"}, nil, nil,
		},
		{
			"cancelled", "an entry that the exceptions cancel gives nothing",
			Permissions{Actions: []string{"A.B/c/write", "*/read"}, NotActions: []string{"A.B/*"}}, []string{"A.B/c/read"}, nil,
			[]Excess{{Entry: "*/read"}},
		},
		{
			"planes", "a data need does not excuse a control-plane entry",
			Permissions{Actions: []string{"A.B/c/read"}, DataActions: []string{"A.B/c/read", "A.B/c/write"}}, nil, []string{"A.B/c/read"},
			[]Excess{{Entry: "A.B/c/read"}, {Entry: "A.B/c/write", Data: true}},
		},
		{
			"assign", "both spellings are one right",
			Permissions{Actions: []string{"Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action"}},
			[]string{"Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"}, nil, nil,
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, c.permissions.Beyond(c.actions, c.dataActions)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.reason, diff)
			}
		})
	}
}
