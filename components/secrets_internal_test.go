package components

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// TestSecretsAreFoundAtAnyDepth of a resource's properties, and what is none is left.
func TestSecretsAreFoundAtAnyDepth(t *testing.T) {
	text := resource.NewProperty[string]
	output := func(secret bool, element resource.PropertyValue) resource.PropertyValue {
		return resource.NewProperty(resource.Output{Element: element, Known: true, Secret: secret})
	}
	for _, tc := range []struct {
		name  string
		value resource.PropertyValue
		want  []string
	}{
		{"plain", text("shop"), nil},
		{"secret", resource.MakeSecret(text("shop")), []string{"shop"}},
		{"secret output", output(true, text("shop")), []string{"shop"}},
		{"output", output(false, text("shop")), nil},
		{"output in a secret", resource.MakeSecret(output(false, text("shop"))), []string{"shop"}},
		{"below a secret", resource.MakeSecret(resource.NewProperty([]resource.PropertyValue{text("shop")})), []string{"shop"}},
		{"beside a secret", resource.NewProperty(resource.PropertyMap{"a": resource.MakeSecret(text("shop")), "b": text("bank")}), []string{"shop"}},
		{"a number", resource.MakeSecret(resource.NewProperty(918273645.0)), []string{"918273645"}},
		{"a plain number", resource.NewProperty(918273645.0), nil},
		{"a switch", resource.MakeSecret(resource.NewProperty(true)), nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := secretsIn(tc.value, false); !slices.Equal(got, tc.want) {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

// TestWhatIsHiddenOfASecret: itself, as a word, and the names in it that Azure quotes alone.
func TestWhatIsHiddenOfASecret(t *testing.T) {
	const vault = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/kontor/providers/Microsoft.KeyVault/vaults/tresor"
	for _, tc := range []struct{ name, secret, text, want string }{
		{"a word", "geheim", "it says geheim here", "it says [secret] here"},
		{"in other letters", "geheim", "it says GEHEIM here", "it says [secret] here"},
		{"a part of a word", "geheim", "it says geheimnis here", "it says geheimnis here"},
		{"as long as is needed", "abc", "it says abc here", "it says [secret] here"},
		{"too short", "ab", "it says ab here", "it says ab here"},
		{"a name in an ID", vault, "no vault tresor in kontor", "no vault [secret] in [secret]"},
		{"a word of every ID", vault, "no providers, no vaults, no resourceGroups", "no providers, no vaults, no resourceGroups"},
		{"a GUID without hyphens", vault, "what: 11111111-2222-3333-4444-555555555555", "what: [secret]"},
		{"a GUID", "11111111-2222-3333-4444-555555555555", "what: 11111111222233334444555555555555", "what: [secret]"},
		{"a host", "https://tresor.vault.azure.net/keys/kontor", "no tresor, no kontor", "no [secret], no [secret]"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var s secrets
			s.add(tc.secret)
			if got := s.hide(tc.text); got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

// TestATextWithoutHyphensIsLookedForOnce: a text without hyphens is no part of itself, so it is looked for once.
func TestATextWithoutHyphensIsLookedForOnce(t *testing.T) {
	if parts := partsOf("geheim"); len(parts) > 0 {
		t.Errorf("%q", parts)
	}
}

// TestTheAdviceNamesTheGrantThatIsThere, or says that an ID belongs there when the message tells none.
func TestTheAdviceNamesTheGrantThatIsThere(t *testing.T) {
	const id = "/subscriptions/1/providers/Microsoft.Authorization/roleAssignments/2"
	if advice := adviceOnReplacement("cannot create already existing resource '" + id + "'"); !strings.Contains(advice, "--ids '"+id+"'") {
		t.Error(advice)
	}
	if advice := adviceOnReplacement("something else"); !strings.Contains(advice, "--ids '<ID>'") {
		t.Error(advice)
	}
}

// TestAHookSpeaksForAzure when Azure's refusal has a secret in it and the hook says nothing itself. What the hook says stays.
func TestAHookSpeaksForAzure(t *testing.T) {
	for _, tc := range []struct {
		name, azure string
		again       bool
		hook        error
		want        string
	}{
		{"no secret", "no vault here", false, nil, ""},
		{"a secret", "no geheim here", false, nil, "\nAzure says: no [secret] here"},
		{"a secret, and the hook says something", "no geheim here", false, errors.New("wait for geheim"), "wait for [secret]"},
		{"it is tried again", "no geheim here", true, nil, ""},
		{"Azure accepted it", "1 error occurred: no geheim here", false, nil, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var g granter
			g.secrets.add("geheim")
			hook := g.hiding(func(*pulumi.ErrorHookArgs) (bool, error) { return tc.again, tc.hook })
			again, err := hook(&pulumi.ErrorHookArgs{Errors: []string{tc.azure}})
			said := ""
			if err != nil {
				said = err.Error()
			}
			if again != tc.again || said != tc.want {
				t.Errorf("%t, %q, want %t, %q", again, said, tc.again, tc.want)
			}
		})
	}
}
