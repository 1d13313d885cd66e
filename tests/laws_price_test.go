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
// what strategy custom saves. The needs are those of the capabilities.
func TestPriceOfBuiltinRoles(t *testing.T) {
	var text strings.Builder
	text.WriteString("# What built-in roles give beyond the need\n\n" +
		"With `RoleStrategy: custom` the role holds the needed actions and nothing else. \"Too wide\" are entries of the\n" +
		"built-in role that give something needed and more; \"not needed\" are entries that nothing asks for.\n\n" +
		"| role | scope | use | needed | too wide | not needed |\n|---|---|---|---|---|---|\n")
	rules, beyond := 0, 0
	for _, use := range plan.Uses() {
		for _, rule := range rulesOf(t, use) {
			p := priceOf(t, use, rule)
			text.WriteString(p.row(use, rule))
			t.Logf("%s, %s: %d entries too wide, %d not needed", rule.Role, use, len(p.wide), len(p.idle))
			rules, beyond = rules+1, beyond+len(p.wide)+len(p.idle)
		}
	}
	kept(t, "beyond-need.golden.md", text.String())
	t.Logf("strategy builtin: %d rules, and %d entries of their roles give something beyond the need", rules, beyond)
}

// TestPriceOfGeneratedRoles: what strategy custom grants for a use holds what the use needs and nothing beyond it. Rules without
// documented actions keep the built-in role, and are counted.
func TestPriceOfGeneratedRoles(t *testing.T) {
	generated, kept, beyond := 0, 0, 0
	for _, use := range plan.Uses() {
		needed, documented := needOf(t, use)
		kept += len(rulesOf(t, use)) - documented
		if documented == 0 {
			continue
		}
		given := generatedFor(t, use)
		if missing := given.Covers(needed.Actions, needed.DataActions); len(missing) > 0 {
			t.Errorf("%s: the generated role does not give %v", use, missing)
		}
		for _, e := range given.Beyond(needed.Actions, needed.DataActions) {
			t.Errorf("%s: the generated role gives %s, which is not needed", use, e.Entry)
			beyond++
		}
		generated += documented
	}
	if generated == 0 {
		t.Error("no role is generated, so this test checks nothing")
	}
	t.Logf("strategy custom: %d rules with a generated role, and %d entries of these give something beyond the need; %d rules keep the built-in role", generated, beyond, kept)
}

// needOf is what the rules with documented actions need together, and how many they are.
func needOf(t *testing.T, use plan.Use) (need rbac.Permissions, documented int) {
	t.Helper()
	for _, rule := range rulesOf(t, use) {
		why, err := rule.WhyBuiltin()
		if err != nil {
			t.Fatal(err)
		}
		if why != "" {
			continue
		}
		needed, err := rule.Needed()
		if err != nil {
			t.Fatal(err)
		}
		documented++
		need.Actions, need.DataActions = append(need.Actions, needed.Actions...), append(need.DataActions, needed.DataActions...)
	}
	return need, documented
}

// generatedFor are the permissions of all roles that a plan with strategy custom generates for one resource in the use.
func generatedFor(t *testing.T, use plan.Use) (given rbac.Permissions) {
	t.Helper()
	info, err := plan.Lookup(use)
	if err != nil {
		t.Fatal(err)
	}
	p := plan.ForAddons(plan.AddonGrants{
		Strategy:   plan.CustomRoles,
		Mentions:   plan.Each(use, "things", map[string]plan.Value[string]{"one": plan.Late[string]()}),
		Principals: []plan.GivenPrincipal{{Identity: info.Holder, Path: "principal", ID: plan.Late[string]()}},
	})
	if err := p.Problems.Err(); err != nil {
		t.Fatal(err)
	}
	for _, grant := range p.Grants {
		if grant.Role.IsCustom() {
			given.Actions = append(given.Actions, grant.Role.Permissions.Actions...)
			given.DataActions = append(given.DataActions, grant.Role.Permissions.DataActions...)
		}
	}
	return given
}

func rulesOf(t *testing.T, use plan.Use) []plan.Rule {
	t.Helper()
	info, err := plan.Lookup(use)
	if err != nil {
		t.Fatal(err)
	}
	return info.Rules
}

// price is what a rule needs, and what its built-in role gives beyond.
type price struct{ needed, wide, idle []string }

func (p price) row(use plan.Use, rule plan.Rule) string {
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %s |\n", rule.Role, rule.Level, use, entries(p.needed), entries(p.wide), entries(p.idle))
}

func priceOf(t *testing.T, use plan.Use, rule plan.Rule) price {
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
	p := price{needed: slices.Concat(actions, data)}
	for _, e := range role.Permissions.Beyond(actions, data) {
		if len(e.Serves) > 0 {
			p.wide = append(p.wide, e.Entry)
		} else {
			p.idle = append(p.idle, e.Entry)
		}
	}
	return p
}

// entries are all of them, each once: whoever reads the table decides about roles.
func entries(list []string) string {
	if len(list) == 0 {
		return "-"
	}
	slices.Sort(list)
	return "`" + strings.Join(slices.Compact(list), "` `") + "`"
}
