package report

import (
	"fmt"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

const tableIntroduction = `# Grants

Every grant that this library can make: who gets which role where, and why. The page is generated from the grant table of
package ` + "`plan`" + `; do not edit it (` + "`make golden`" + ` writes it again).

- *Use* is how a deployment touches the resource. [VnetDelegation](#control-plane) takes the uses of the control plane,
  [AddonIdentityGrants](#kubelet) those of all other identities, and ManagedIdentityCluster makes by itself whatever its
  own arguments mention.
- *Capability* is what the identity can do through the grant; ` + "`rbac.LookupCapability`" + ` knows its actions. With
  ` + "`roleStrategy: custom`" + ` a role is generated that holds these actions and no others, where sources list them; where they
  do not, the built-in role stays, and the plan says so in a note.
- *Scope* is the named resource itself or one of its ancestors; it is the narrowest that works.
- *System-assigned* says whether AKS accepts the use with a system-assigned control plane. Where it does not, the arguments
  are refused before anything is created.
- Pods' own identities ([WorkloadIdentity](#workload)) have arguments for what has one least role, and get the roles that their arguments
  name for everything else.
- People, groups and pipelines get [roles inside the cluster](#people-groups-and-pipelines).

`

// GrantTable is the page docs/grants.md: a table of all grants that the plan knows, and where sources disagree. An error says
// that the table itself is wrong.
func GrantTable() (string, error) {
	var b strings.Builder
	b.WriteString(tableIntroduction)
	parts, err := tableParts()
	if err != nil {
		return "", err
	}
	for _, part := range parts {
		fmt.Fprintf(&b, "## %s\n\n| use | capability | role | with `custom` | scope | to | system-assigned | source |\n|---|---|---|---|---|---|---|---|\n",
			capital(part.identity))
		for _, info := range part.rows {
			if err := tableRows(&b, info); err != nil {
				return "", fmt.Errorf("use %s: %w", info.Use, err)
			}
		}
		b.WriteString("\n")
	}
	writeAccess(&b)
	writeAbsent(&b)
	writeDisagreements(&b)
	return b.String(), nil
}

// writeAccess tells the roles of those who get into a cluster.
func writeAccess(b *strings.Builder) {
	b.WriteString("## People, groups and pipelines\n\nWho is named in `access` gets a role inside the cluster ([how](access.md)); whoever runs the " +
		"deployment gets one with `deployerAccess`.\n\n| role in `access` | role | scope | with `custom` |\n|---|---|---|---|\n")
	for _, value := range plan.AccessRole("").Set().Values() {
		scope := "cluster or namespace"
		if plan.AccessRole(value) == plan.AccessRoleClusterAdmin {
			scope = "cluster"
		}
		row(b, value, string(plan.AccessRole(value).Builtin()), scope, "built-in")
	}
	row(b, "unless `kubeconfig` is false or the role has the right", string(rbac.AKSClusterUser), "cluster", "built-in")
	b.WriteString("\n")
}

// tablePart is the grants of one identity.
type tablePart struct {
	identity string
	rows     []plan.UseInfo
}

// tableParts groups the rows by identity, the control plane first.
func tableParts() ([]tablePart, error) {
	var parts []tablePart
	index := map[string]int{}
	for _, use := range plan.Uses() {
		info, err := plan.Lookup(use)
		if err != nil {
			return nil, err
		}
		who := holderName(info.Holder)
		at, known := index[who]
		if !known {
			at = len(parts)
			index[who] = at
			parts = append(parts, tablePart{identity: who})
		}
		parts[at].rows = append(parts[at].rows, info)
	}
	return parts, nil
}

func holderName(holder plan.Identity) string {
	switch holder.Kind {
	case plan.ControlPlane:
		return "control plane"
	case plan.Addon:
		return "add-on " + holder.Name
	case plan.Principal:
		return strings.ReplaceAll(holder.Name, "-", " ")
	default:
		return string(holder.Kind)
	}
}

func tableRows(b *strings.Builder, info plan.UseInfo) error {
	for _, rule := range info.Rules {
		custom, err := generatedOf(rule)
		if err != nil {
			return err
		}
		row(b, string(info.Use), capabilitiesOf(rule), string(rule.Role), custom, string(rule.Level)+" "+resourceOf(info, rule),
			rule.Reason, refusalOf(info), rule.Source)
	}
	return nil
}

// generatedOf says what strategy custom makes of a rule.
func generatedOf(rule plan.Rule) (string, error) {
	why, err := rule.WhyBuiltin()
	if err != nil {
		return "", err
	}
	switch {
	case why != "":
		return "built-in: " + why, nil
	case len(rule.AtOwnResource) > 0:
		return "generated; `" + strings.Join(rule.AtOwnResource, "` `") + "` at the resource itself", nil
	default:
		return "generated", nil
	}
}

// resourceOf names the type of the resource behind the level.
func resourceOf(info plan.UseInfo, rule plan.Rule) string {
	if rule.Level != plan.AtResource {
		return "of `" + info.ResourceType + "`"
	}
	return "`" + info.ResourceType + "`"
}

func capabilitiesOf(rule plan.Rule) string {
	names := make([]string, 0, len(rule.Capabilities))
	for _, id := range rule.Capabilities {
		names = append(names, "`"+string(id)+"`")
	}
	for _, action := range append(append([]string(nil), rule.MoreActions...), rule.MoreDataActions...) {
		names = append(names, "and `"+action+"`")
	}
	if rule.Actions != nil {
		names = append(names, "(here: `"+strings.Join(rule.Actions, "` `")+"`)")
	}
	return strings.Join(names, " ")
}

func refusalOf(info plan.UseInfo) string {
	if info.Refusal == nil {
		return "accepted"
	}
	text := "refused: " + info.Refusal.Why
	if info.Refusal.Code != "" {
		text += " (`" + info.Refusal.Code + "`)"
	}
	return text
}
