package rbac

import (
	"errors"
	"strings"
	"testing"
)

func TestFindRole(t *testing.T) {
	const (
		network = RoleID("4d97b98b-1d4f-4787-a291-c67834d212e7")
		sphere  = RoleID("5a382001-fe36-41ff-bba4-8bf06bd54da9")
		custom  = RoleID("00000000-0000-0000-0000-00000000000a")
	)
	cases := []struct {
		name, reason, text string
		id                 RoleID
		title              RoleName
	}{
		{"name", "a built-in role", "Network Contributor", network, NetworkContributor},
		{"name in other letters", "case carries no meaning", "network CONTRIBUTOR", network, NetworkContributor},
		{"name outside the short list", "all of Azure is known", "azure sphere owner", sphere, "Azure Sphere Owner"},
		{"GUID", "a built-in role", string(network), network, NetworkContributor},
		{"GUID in capitals", "case carries no meaning", strings.ToUpper(string(sphere)), sphere, "Azure Sphere Owner"},
		{"definition ID", "the form that responses carry", network.DefinitionID("s"), network, NetworkContributor},
		{"tenant-wide definition ID", "accepted by Azure too", network.DefinitionID(""), network, NetworkContributor},
		{"GUID of a custom role", "the user's own, of which only the ID is known", strings.ToUpper(string(custom)), custom, ""},
		{"definition ID of a custom role", "the user's own", custom.DefinitionID("s"), custom, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := FindRole(c.text)
			if err != nil {
				t.Fatalf("%s: %v", c.reason, err)
			}
			builtin := c.title != ""
			if got.ID != c.id || got.Name != c.title || got.BuiltIn != builtin || got.Verified != builtin {
				t.Errorf("%s: got %+v", c.reason, got)
			}
			if known := len(got.Permissions.Actions) > 0; known != builtin {
				t.Errorf("the permissions of a custom role cannot be known, those of a built-in one must: %+v", got)
			}
		})
	}
}

func TestFindRoleRefuses(t *testing.T) {
	cases := []struct{ name, reason, text, nearest string }{
		{"misspelled", "one letter", "Network Contributur", "Network Contributor"},
		{"spaces forgotten", "the name of the constant", "KeyVaultSecretsUser", "Key Vault Secrets User"},
		{"misspelled, outside the short list", "all of Azure is known", "Azure Spere Owner", "Azure Sphere Owner"},
		{"equally near to two", "one with and one without MI: the one of the short list wins", "Storage File Data SMB M Admin", "Storage File Data SMB MI Admin"},
		{"name of a custom role", "only its ID finds it", "Orders Deployment Robot", ""},
		{"broken GUID", "one digit is missing", "4d97b98b-1d4f-4787-a291-c67834d212e", ""},
		{"ID of an assignment", "another type", "/subscriptions/s/providers/Microsoft.Authorization/roleAssignments/4d97b98b-1d4f-4787-a291-c67834d212e7", ""},
		{"nothing", "no role, rather than any", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			role, err := FindRole(c.text)
			var unknown *UnknownError
			if !errors.As(err, &unknown) {
				t.Fatalf("%s: got %+v, %v; want an UnknownError", c.reason, role, err)
			}
			if unknown.Input != c.text || unknown.Nearest != c.nearest || role.ID != "" {
				t.Errorf("%s: got %+v, %+v", c.reason, role, unknown)
			}
		})
	}
}

func TestUnknownErrorText(t *testing.T) {
	cases := []struct {
		name, reason string
		err          UnknownError
		want         string
	}{
		{"near", "the suggestion is part of the text", UnknownError{Input: "AcrPul", Wanted: "a role", Nearest: "AcrPull"}, `"AcrPul" is not a role; did you mean "AcrPull"?`},
		{"nothing near", "no empty suggestion", UnknownError{Input: "x", Wanted: "a role"}, `"x" is not a role`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := c.err.Error(); got != c.want {
				t.Errorf("%s: got %s", c.reason, got)
			}
		})
	}
}
