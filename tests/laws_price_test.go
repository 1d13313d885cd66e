package tests

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// TestPriceOfBuiltinRoles writes down, for each grant of strategy builtin, what the role gives beyond the need: that is
// what strategy custom saves. The needs are those of the capabilities; what generated roles hold is judged by the laws.
func TestPriceOfBuiltinRoles(t *testing.T) {
	var text strings.Builder
	text.WriteString("# What built-in roles give beyond the need\n\n" +
		"With `RoleStrategy: custom` the role holds the needed actions and nothing else. \"Too wide\" are entries of the\n" +
		"built-in role that give something needed and more; \"not needed\" are entries that nothing asks for.\n\n" +
		"| role | scope | use | needed | too wide | not needed |\n|---|---|---|---|---|---|\n")
	for _, use := range plan.Uses() {
		for _, rule := range rulesOf(t, use) {
			text.WriteString(priceOf(t, use, rule))
		}
	}
	golden(t, "beyond-need.golden.md", text.String())
}

func rulesOf(t *testing.T, use plan.Use) []plan.Rule {
	t.Helper()
	info, err := plan.Lookup(use)
	if err != nil {
		t.Fatal(err)
	}
	return info.Rules
}

func priceOf(t *testing.T, use plan.Use, rule plan.Rule) string {
	t.Helper()
	role, ok := rbac.BuiltinRole(rule.Role)
	if !ok {
		t.Fatalf("%s: there is no built-in role %q", use, rule.Role)
	}
	needed, err := rule.Needed()
	if err != nil {
		t.Fatal(err)
	}
	actions, data := needed.Actions, needed.DataActions
	if missing := role.Permissions.Covers(actions, data); len(missing) > 0 {
		t.Errorf("%s: %s does not give %v", use, rule.Role, missing)
	}
	var wide, idle []string
	for _, e := range role.Permissions.Beyond(actions, data) {
		if len(e.Serves) > 0 {
			wide = append(wide, e.Entry)
		} else {
			idle = append(idle, e.Entry)
		}
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %s |\n", rule.Role, rule.Level, use,
		entries(append(actions, data...)), entries(wide), entries(idle))
}

// entries are all of them, each once: whoever reads the table decides about roles.
func entries(list []string) string {
	if len(list) == 0 {
		return "-"
	}
	slices.Sort(list)
	return "`" + strings.Join(slices.Compact(list), "` `") + "`"
}
