package plan_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

func mentioning(use plan.Use) []plan.Mention { return plan.Each(use, "things", values{"one": late()}) }

// plansOf one mention: a delegation, the grants of add-ons with no principal given, and a cluster.
func plansOf(use plan.Use) map[string]plan.Plan {
	return map[string]plan.Plan{
		"ForDelegation": plan.ForDelegation(plan.Delegation{PrincipalID: late(), Mentions: mentioning(use)}),
		"ForAddons":     plan.ForAddons(plan.AddonGrants{Mentions: mentioning(use)}),
		"ForCluster": plan.ForCluster(plan.Cluster{
			Identity: plan.ClusterIdentity{Type: plan.UserAssigned}, SystemPool: system(), APIServer: open(), Mentions: mentioning(use),
		}),
	}
}

func TestUnknownUseIsAProblemEverywhere(t *testing.T) {
	for name, p := range plansOf("teapot") {
		if len(p.Problems) != 1 || p.Problems[0].Path != "things.one" || !strings.Contains(p.Problems[0].What, `"teapot"`) || p.Problems[0].Fix == "" {
			t.Errorf("%s: want one problem that names the use, got %v", name, p.Problems)
		}
		if len(p.Grants) > 0 {
			t.Errorf("%s: nothing can be granted for a use that nobody knows, got %v", name, p.Grants)
		}
	}
	_, err := plan.Lookup("teapot")
	var unknown plan.UnknownUseError
	if !errors.As(err, &unknown) || unknown.Use != "teapot" {
		t.Errorf("Lookup says %v", err)
	}
}

func TestDelegationHandsOverUsesOfTheControlPlaneOnly(t *testing.T) {
	for _, use := range plan.Uses() {
		info := infoOf(use)
		problems := plansOf(use)["ForDelegation"].Problems
		if info.Holder.Kind == plan.ControlPlane {
			if len(problems) > 0 {
				t.Errorf("%s: %v", use, problems)
			}
			continue
		}
		if len(problems) != 1 || problems[0].Path != "things.one" || !strings.Contains(problems[0].What, info.Holder.String()) ||
			!strings.Contains(problems[0].Fix, granterOf(info.Holder)) {
			t.Errorf("%s is used by the %s identity, which a delegation has to say: %v", use, info.Holder, problems)
		}
	}
}

// granterOf is the component that has an argument for the uses of the identity.
func granterOf(holder plan.Identity) string {
	if holder.Kind == plan.WorkloadKind {
		return "WorkloadIdentity"
	}
	return "AddonIdentityGrants"
}

// TestMissingPrincipalIsAskedForByItsArgument: whoever holds a use, the problem names the argument that takes the principal.
func TestMissingPrincipalIsAskedForByItsArgument(t *testing.T) {
	wanted := map[plan.Use]plan.Path{
		plan.BackupSnapshotGroup: "controlPlanePrincipalId", plan.NodeSubnet: "controlPlanePrincipalId",
		plan.Registry: "kubeletPrincipalId", plan.PublicZone: "addonPrincipalIds.webAppRouting",
		plan.BackupAccount: "backupExtensionPrincipalId", plan.BackedUpCluster: "backupVaultPrincipalId",
		plan.EncryptionVault: "diskEncryptionSetPrincipalId", plan.MonitorWorkspace: "grafanaPrincipalId",
	}
	for use, path := range wanted {
		problems := plansOf(use)["ForAddons"].Problems
		if len(problems) != 1 || problems[0].Path != path || !strings.Contains(problems[0].What, infoOf(use).Holder.String()) {
			t.Errorf("%s: want one problem at %s, got %v", use, path, problems)
		}
	}
	for _, principal := range []value{plan.Known(""), {}} {
		p := plan.ForAddons(plan.AddonGrants{Mentions: mentioning(plan.Registry), Principals: []plan.GivenPrincipal{
			{Identity: plan.Identity{Kind: plan.Kubelet}, Path: "given.here", ID: principal},
		}})
		if len(p.Problems) != 1 || p.Problems[0].Path != "given.here" {
			t.Errorf("an argument that is there and empty is named as it was given, got %v", p.Problems)
		}
	}
}

// TestEveryRowSaysWhatItTakes: what the table leaves open would be an empty answer later.
func TestEveryRowSaysWhatItTakes(t *testing.T) {
	for _, use := range plan.Uses() {
		info := infoOf(use)
		if info.Use != use || info.ResourceType == "" || info.Holder.Kind == "" || len(info.Rules) == 0 {
			t.Errorf("the row of %q is not filled in: %+v", use, info)
		}
		for _, rule := range info.Rules {
			if _, known := rbac.BuiltinRole(rule.Role); !known || rule.Reason == "" || rule.Source == "" || rule.Level == "" {
				t.Errorf("%s: a rule has no known role, level, reason or source: %+v", use, rule)
			}
			needed, err := rule.Needed()
			if err != nil || len(needed.Actions)+len(needed.DataActions) == 0 {
				t.Errorf("%s: a rule that needs nothing: %v", use, err)
			}
		}
	}
}

// TestGroupsAreGivenOnce: where grants are on the resource group, the group can be given in place of the single resources. The
// grant is then on the group, whatever of it is late, and a resource outside of the groups is named.
func TestGroupsAreGivenOnce(t *testing.T) {
	tried := 0
	for _, use := range plan.Uses() {
		info := infoOf(use)
		if info.Group == nil {
			if slices.ContainsFunc(info.Rules, func(r plan.Rule) bool { return r.Level == plan.AtResourceGroup }) {
				t.Errorf("%s is granted on the group, and two late resources of one group have no way out", use)
			}
			continue
		}
		tried++
		planned := func(id value, more ...plan.Mention) plan.Plan {
			mentions := append(plan.Each(use, "singles", values{"a": id, "b": late()}), more...)
			a := plan.AddonGrants{Mentions: mentions, Principals: []plan.GivenPrincipal{{Identity: info.Holder, Path: "p", ID: late()}}}
			return plan.ForAddons(a)
		}
		group := plan.Each(info.Group.Use, info.Group.Argument, values{"g": plan.Known(subscription + "/resourceGroups/g0")})
		id := func(group string) value {
			namespace, kind, _ := strings.Cut(info.ResourceType, "/")
			return plan.Known(subscription + "/resourceGroups/" + group + "/providers/" + namespace + "/" + kind + "/n")
		}
		for _, g := range planned(id("g0")).Grants {
			if g.Scope.Level == plan.AtResourceGroup && g.Scope.GroupArgument != info.Group.Argument {
				t.Errorf("%s: the grant does not know that %s is the way out", use, info.Group.Argument)
			}
		}
		p := planned(id("g0"), group...)
		if err := p.Problems.Err(); err != nil || len(p.Grants) != 1 || p.Grants[0].Scope.Path != info.Group.Argument.Key("g") {
			t.Errorf("%s: want one grant, on the group; got %v %+v", use, err, p.Grants)
		}
		outside := planned(id("g1"), group...).Problems
		if len(outside) != 1 || outside[0].Path != "singles.a" || !strings.Contains(outside[0].Fix, string(info.Group.Argument)) {
			t.Errorf("%s: a resource outside of the groups: %v", use, outside)
		}
	}
	if tried == 0 {
		t.Error("no use has a group, so this test checks nothing")
	}
}
