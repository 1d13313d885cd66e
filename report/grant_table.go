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
- *Capability* is what the identity can do through the grant; ` + "`rbac.CapabilityByID`" + ` knows its actions. With
  ` + "`roleStrategy: custom`" + ` the role is generated and holds these actions and no others.
- *Scope* is the named resource itself or one of its ancestors; it is the narrowest that works.
- *System-assigned* says whether AKS accepts the use with a system-assigned control plane. Where it does not, the arguments
  are refused before anything is created.
- Pods' own identities (WorkloadIdentity) get the roles that their arguments name.

`

// GrantTable is the page docs/grants.md: a table of all grants that the plan knows, and where sources disagree.
func GrantTable() string {
	var b strings.Builder
	b.WriteString(tableIntroduction)
	for _, part := range tableParts() {
		fmt.Fprintf(&b, "## %s\n\n| use | capability | role | scope | to | system-assigned | source |\n|---|---|---|---|---|---|---|\n", capital(part.identity))
		for _, use := range part.uses {
			tableRows(&b, use)
		}
		b.WriteString("\n")
	}
	writeDisagreements(&b)
	return b.String()
}

// tablePart is the grants of one identity.
type tablePart struct {
	identity string
	uses     []plan.Use
}

// tableParts groups the uses by identity, the control plane first.
func tableParts() []tablePart {
	var parts []tablePart
	index := map[string]int{}
	for _, use := range plan.Uses() {
		who := holderOf(use)
		at, known := index[who]
		if !known {
			at = len(parts)
			index[who] = at
			parts = append(parts, tablePart{identity: who})
		}
		parts[at].uses = append(parts[at].uses, use)
	}
	return parts
}

func holderOf(use plan.Use) string {
	if _, ok := plan.UseOf(use); ok {
		return "control plane"
	}
	addon, _ := plan.AddonUseOf(use)
	switch addon.Identity.Kind {
	case plan.ControlPlane:
		return "control plane"
	case plan.Addon:
		return "add-on " + addon.Identity.Name
	case plan.Principal:
		return strings.ReplaceAll(addon.Identity.Name, "-", " ")
	default:
		return string(addon.Identity.Kind)
	}
}

func tableRows(b *strings.Builder, use plan.Use) {
	info, ok := plan.UseOf(use)
	if !ok {
		addon, _ := plan.AddonUseOf(use)
		info = addon.UseInfo
	}
	for _, rule := range info.Rules {
		row(b, string(use), capabilitiesOf(rule), string(rule.Role), string(rule.Level)+" "+resourceOf(info, rule), rule.Reason, refusalOf(info), rule.Source)
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
	if inferred(rule) {
		names = append(names, "(actions inferred)")
	}
	return strings.Join(names, " ")
}

// inferred tells whether no source lists the actions: a role is documented, and the actions are concluded from it.
func inferred(rule plan.Rule) bool {
	for _, id := range rule.Capabilities {
		capability, _ := rbac.CapabilityByID(id)
		if strings.Contains(capability.Confidence, "inferred") {
			return true
		}
	}
	return false
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
