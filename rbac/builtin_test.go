package rbac

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRoleNames reads the constants from their file, so that none can be forgotten here.
func TestRoleNames(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "role_names.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		count++
		constant := spec.Names[0].Name
		name, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		if role, ok := builtins().named(RoleName(name)); !ok || string(role.Name) != name {
			t.Errorf("%s = %q is no role of the data", constant, name)
		}
		if typed, ok := spec.Type.(*ast.Ident); !ok || typed.Name != "RoleName" {
			t.Errorf("%s is no RoleName", constant)
		}
		if !strings.HasPrefix(spec.Doc.Text(), constant+" ") {
			t.Errorf("%s has no line of meaning", constant)
		}
		return true
	})
	if count < 50 {
		t.Errorf("%d constants found; does the test still read the right file?", count)
	}
}

func TestBuiltinRoles(t *testing.T) {
	names, ids := map[string]bool{}, map[RoleID]bool{}
	for _, r := range BuiltinRoles() {
		if names[r.Name.key()] || ids[r.ID] {
			t.Errorf("%s (%s) stands twice in the data", r.Name, r.ID)
		}
		names[r.Name.key()], ids[r.ID] = true, true
		if !r.BuiltIn || !r.Verified || !strings.Contains(r.Source, "2026-08-22") {
			t.Errorf("%s is not marked as built-in and verified, with source and date: %+v", r.Name, r)
		}
		if len(r.Permissions.Actions)+len(r.Permissions.DataActions) == 0 {
			t.Errorf("%s gives nothing", r.Name)
		}
		if !r.AssignableAt(MustParseScope(testSubnet), Hierarchy{}) {
			t.Errorf("%s cannot be assigned at a subnet", r.Name)
		}
	}
}

func TestBuiltinRoleLookup(t *testing.T) {
	const id = "4d97b98b-1d4f-4787-a291-c67834d212e7"
	byName, ok := BuiltinRole("network CONTRIBUTOR")
	if !ok || byName.ID != id {
		t.Errorf("by name: %+v, %v", byName, ok)
	}
	byID, ok := BuiltinRoleByID(RoleID(strings.ToUpper(id)))
	if !ok || byID.Name != NetworkContributor {
		t.Errorf("by ID: %+v, %v", byID, ok)
	}
	if r, ok := BuiltinRole("Network"); ok {
		t.Errorf("half a name finds %v", r)
	}
	if r, ok := BuiltinRoleByID(""); ok {
		t.Errorf("no ID finds %v", r)
	}
}

func TestBuiltinRolesAreCopies(t *testing.T) {
	BuiltinRoles()[0].Permissions.Actions[0] = "changed"
	first, _ := BuiltinRole(BuiltinRoles()[0].Name)
	first.Permissions.Actions[0] = "changed"
	first.AssignableScopes[0] = MustParseScope(testGroup)
	if again := BuiltinRoles()[0]; again.Permissions.Actions[0] == "changed" || again.AssignableScopes[0].Kind() != Tenant {
		t.Error("a caller changed the data")
	}
}

func TestReadRoles(t *testing.T) {
	roles, err := readRoles([]byte(`{"source":"a dump","date":"2026-08-22","roles":[
		{"name":"Known","id":"ACDD72A7-3385-48ef-bd42-f606fba81ae7","verified":true,"actions":["*/read"],"notDataActions":["a"]},
		{"name":"From memory","id":"acdd72a7-3385-48ef-bd42-f606fba81ae8","verified":false,"actions":["*"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []Role{{
		ID: "acdd72a7-3385-48ef-bd42-f606fba81ae7", Name: "Known", BuiltIn: true, Verified: true, Source: "a dump, 2026-08-22",
		Permissions:      Permissions{Actions: []string{"*/read"}, NotDataActions: []string{"a"}},
		AssignableScopes: []Scope{MustParseScope("/")},
	}}
	if diff := cmp.Diff(want, roles); diff != "" {
		t.Errorf("a role that is not verified is not used (-want +got):\n%s", diff)
	}
	for _, wrong := range []string{`{`, `{"roles":[{"name":"Reader","id":"reader","verified":true}]}`} {
		if _, err := readRoles([]byte(wrong)); err == nil {
			t.Errorf("%s was read", wrong)
		}
	}
}

func TestBuiltinRolesThatCoverNothing(t *testing.T) {
	if roles := BuiltinRolesThatCover(nil, nil); roles != nil {
		t.Errorf("no action is covered by %v", roles)
	}
}

func TestParseRoleID(t *testing.T) {
	const id = "4d97b98b-1d4f-4787-a291-c67834d212e7"
	cases := []struct {
		name, reason, input string
		want                RoleID
	}{
		{"GUID", "as it is", id, id},
		{"upper case", "lower-cased", strings.ToUpper(id), id},
		{"in a subscription", "the form that responses carry", RoleID(id).DefinitionID("s"), id},
		{"tenant-wide", "accepted by Azure too", RoleID(id).DefinitionID(""), id},
		{"other letters", "case carries no meaning", strings.ToUpper(RoleID(id).DefinitionID("s")), id},
		{"a name", "roles are referred to by GUID", "Network Contributor", ""},
		{"an assignment", "another type", "/subscriptions/s/providers/Microsoft.Authorization/roleAssignments/" + id, ""},
		{"no GUID at the end", "custom roles have GUIDs as well", "/providers/Microsoft.Authorization/roleDefinitions/reader", ""},
		{"GUID in braces", "not what ARM accepts", "{" + id + "}", ""},
		{"nothing", "no ID", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, ok := ParseRoleID(c.input)
			if got != c.want || ok != (c.want != "") {
				t.Errorf("%s: got %q, %v", c.reason, got, ok)
			}
		})
	}
}

func TestAssignableAt(t *testing.T) {
	h, err := NewHierarchy(Placement{MustParseScope(testSubscription), MustParseScope(testManagement)})
	if err != nil {
		t.Fatal(err)
	}
	group := Role{Name: "custom", AssignableScopes: []Scope{MustParseScope(testGroup)}}
	management := Role{Name: "custom", AssignableScopes: []Scope{MustParseScope(testManagement)}}
	cases := []struct {
		name, reason string
		role         Role
		at           string
		hierarchy    Hierarchy
		want         bool
	}{
		{"below", "available below its assignable scope", group, testSubnet, Hierarchy{}, true},
		{"above", "not above it", group, testSubscription, Hierarchy{}, false},
		{"nowhere", "a custom role without assignable scopes cannot be assigned", Role{}, testSubnet, Hierarchy{}, false},
		{"management group", "reaches the subscriptions that lie under it", management, testSubnet, h, true},
		{"unknown management group", "without the hierarchy nothing lies under it", management, testSubnet, Hierarchy{}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := c.role.AssignableAt(MustParseScope(c.at), c.hierarchy); got != c.want {
				t.Errorf("%s: got %v", c.reason, got)
			}
		})
	}
}
