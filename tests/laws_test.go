package tests

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/tests/arguments"
)

// way is one way in which the laws have to hold.
type way struct {
	identity plan.IdentityType
	strategy plan.RoleStrategy
}

func ways() []way {
	return []way{
		{plan.SystemAssigned, "builtin"}, {plan.SystemAssigned, "custom"},
		{plan.UserAssigned, "builtin"}, {plan.UserAssigned, "custom"},
	}
}

func (w way) String() string { return string(w.identity) + "/" + string(w.strategy) }

// ids are the resources of one argument by key.
type ids = map[string]pulumi.StringInput

// put sets the argument with a name as users of other languages write it.
func put(t testing.TB, args any, argument string, value ids) {
	t.Helper()
	v := reflect.ValueOf(args).Elem()
	for i := range v.NumField() {
		if tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("pulumi"), ","); tag == argument {
			v.Field(i).Set(reflect.ValueOf(value))
			return
		}
	}
	t.Fatalf("%T has no argument %s", args, argument)
}

// TestLawsOfVnetDelegation: for each use, both kinds of identity and both strategies, the grants are enough and no more
// than enough.
func TestLawsOfVnetDelegation(t *testing.T) {
	for _, touch := range delegationTouches() {
		for _, way := range ways() {
			t.Run(fmt.Sprintf("%s/%s", touch.use, way), func(t *testing.T) {
				w := newWorld(t)
				w.seedCluster(way.identity)
				id, probes := touch.seed(w, "target1")
				args := &components.VnetDelegationArgs{IdentityType: way.identity, RoleStrategy: way.strategy}
				args.PrincipalID = pulumi.String(touch.holder(w))
				put(t, args, touch.argument, ids{"one": pulumi.String(id)})
				info, err := plan.Lookup(touch.use)
				if err != nil {
					t.Fatal(err)
				}
				if info.Refusal != nil && way.identity == plan.SystemAssigned {
					mustBeRefused(t, components.PlanVnetDelegation(args), touch.argument+".one", info.Refusal.Code)
					return
				}
				s := simtest.New(t, func(ctx *pulumi.Context) error {
					_, err := components.NewVnetDelegation(ctx, "delegation", args)
					return err
				}, simtest.WithCloud(w.Cloud))
				obeysLaws(t, w, s, probes)
			})
		}
	}
}

// TestLawsOfAddonIdentityGrants is the same for the kubelet, the add-ons and what stands around a cluster.
func TestLawsOfAddonIdentityGrants(t *testing.T) {
	for _, touch := range addonTouches() {
		for _, way := range ways() {
			t.Run(fmt.Sprintf("%s/%s", touch.use, way), func(t *testing.T) {
				w := newWorld(t)
				w.seedCluster(way.identity)
				id, probes := touch.seed(w, "target1")
				args := w.addonPrincipals()
				args.RoleStrategy = way.strategy
				put(t, args, touch.argument, ids{"one": pulumi.String(id)})
				s := simtest.New(t, func(ctx *pulumi.Context) error {
					_, err := components.NewAddonIdentityGrants(ctx, "addons", args)
					return err
				}, simtest.WithCloud(w.Cloud))
				obeysLaws(t, w, s, probes)
			})
		}
	}
}

// TestLawsOfWorkloadIdentity is the same for pods that act as an identity of their own.
func TestLawsOfWorkloadIdentity(t *testing.T) {
	for _, touch := range podTouches() {
		t.Run(string(touch.use), func(t *testing.T) {
			w := newWorld(t)
			id, probes := touch.seed(w, "target1")
			args := &components.WorkloadIdentityArgs{
				IdentityID: pulumi.String(w.MustSeedIdentity("pods", "pods").ID), IssuerURL: pulumi.String("https://issuer.example/"),
				ServiceAccounts: map[string]*components.ServiceAccountArgs{"app": {Namespace: pulumi.String("shop"), Name: pulumi.String("app")}},
			}
			put(t, args, touch.argument, ids{"one": pulumi.String(id)})
			s := simtest.New(t, func(ctx *pulumi.Context) error {
				_, err := components.NewWorkloadIdentity(ctx, "pods", args)
				return err
			}, simtest.WithCloud(w.Cloud))
			obeysLaws(t, w, s, probes)
		})
	}
}

func (touch touch) holder(w *world) string {
	if touch.principal != nil {
		return touch.principal(w.cluster)
	}
	return w.cluster.ControlPlane()
}

// addonPrincipals are the principals of the seeded cluster.
func (w *world) addonPrincipals() *components.AddonIdentityGrantsArgs {
	args := &components.AddonIdentityGrantsArgs{
		KubeletPrincipalID:         pulumi.StringPtr(w.cluster.Kubelet()),
		ControlPlanePrincipalID:    pulumi.StringPtr(w.cluster.ControlPlane()),
		BackupExtensionPrincipalID: pulumi.StringPtr(w.backupExtension()),
		BackupVaultPrincipalID:     pulumi.StringPtr(around(w, "backup-vault")),
		GrafanaPrincipalID:         pulumi.StringPtr(around(w, "grafana")),

		DiskEncryptionSetPrincipalID: pulumi.StringPtr(around(w, "encryption-set")),
		AddonPrincipalIDs:            ids{},
	}
	for _, addon := range []plan.AddonKey{plan.IngressGateway, plan.VirtualNode, plan.WebAppRouting, plan.SecretsProvider, plan.Monitoring} {
		args.AddonPrincipalIDs[string(addon)] = pulumi.String(w.cluster.Addon(string(addon)))
	}
	return args
}

func (w *world) backupExtension() string {
	for _, r := range w.Resources() {
		if r.Type == azuresim.ExtensionType {
			identity, _ := r.Body["properties"].(object)["aksAssignedIdentity"].(object)
			principal, _ := identity["principalId"].(string)
			return principal
		}
	}
	w.t.Fatal("the seeded cluster has no extension")
	return ""
}

func mustBeRefused(t *testing.T, p plan.Plan, path, code string) {
	t.Helper()
	for _, problem := range p.Problems {
		if string(problem.Path) == path && problem.Code == code && problem.Fix != "" {
			return
		}
	}
	t.Errorf("no problem at %s with code %q: %v", path, code, p.Problems)
}

// obeysLaws deploys, and judges by what the simulated cluster can do before, with, without each, and after.
func obeysLaws(t *testing.T, w *world, s *simtest.Stack, probes []probe) {
	t.Helper()
	for _, p := range probes {
		if w.decide(p).Allowed() {
			t.Errorf("enough: %s on %s works without us, so the grant is for nothing", p.capability, p.target)
		}
	}
	up := s.Up()
	if up.Err != nil {
		t.Fatal(up.Explain())
	}
	enoughAndNoMore(t, w, probes)
	if destroyed := s.Destroy(); destroyed.Err != nil {
		t.Fatal(destroyed.Explain())
	}
	if left := w.deployed(); len(left) > 0 || !w.Empty() {
		t.Errorf("destroy left %d assignments", len(left))
	}
	if still := len(probes) - len(w.denied(probes)); still > 0 {
		t.Errorf("%d of %d capabilities outlive the deployment", still, len(probes))
	}
}

// enoughAndNoMore looks at a finished deployment: everything works, every single assignment is needed for something, and
// a generated role holds nothing that the operations do not ask for.
func enoughAndNoMore(t *testing.T, w *world, probes []probe) {
	t.Helper()
	for _, p := range probes {
		if d := w.decide(p); !d.Allowed() {
			t.Errorf("enough: %s on %s is denied: missing %v", p.capability, p.target, d.Missing)
		}
	}
	made := w.deployed()
	if len(made) == 0 {
		t.Error("the deployment made no assignment, so there is nothing to judge")
	}
	for _, a := range made {
		w.without(a, func() {
			spare := w.spare != "" && strings.Contains(a.Scope.String(), w.spare)
			if works := len(w.denied(probes)) == 0; works && w.nested && underAnother(a, made) {
				w.nestedSeen++
			} else if works && !spare {
				t.Errorf("no more than enough: without %s on %s everything still works (%s)", a.Role.Name, a.Scope, a.Description)
			} else if spare && !works {
				t.Errorf("%s on %s is listed as an exception but is needed: take it from the list", a.Role.Name, a.Scope)
			}
		})
		if a.PrincipalType != azuresim.ServicePrincipal || a.Description == "" {
			t.Errorf("%s on %s: principal type %q, reason %q", a.Role.Name, a.Scope, a.PrincipalType, a.Description)
		}
	}
	for _, excess := range beyondOperations(w, made, probes) {
		t.Errorf("no more than enough: %s", excess)
	}
}

// underAnother tells whether the same principal holds something else at or above the scope.
func underAnother(a azuresim.RoleAssignment, made []azuresim.RoleAssignment) bool {
	for _, o := range made {
		if o.ID != a.ID && o.PrincipalID == a.PrincipalID && o.Scope.Contains(a.Scope) {
			return true
		}
	}
	return false
}

// unasked are actions of generated roles that no operation of the simulator asks for, each with the reason why they stay.
var unasked = map[string]string{
	"Microsoft.KeyVault/vaults/certificates/read": "the secrets provider reads certificates as objects of their own; the facts know one capability for all objects",
	"Microsoft.KeyVault/vaults/keys/read":         "the secrets provider reads keys as objects of their own; the facts know one capability for all objects",
}

// beyondOperations lists what generated roles hold although no operation asks for it at or below their scope.
func beyondOperations(w *world, made []azuresim.RoleAssignment, probes []probe) []string {
	var found []string
	for _, a := range made {
		if a.Role.BuiltIn {
			continue
		}
		var actions, data []string
		for _, p := range probes {
			for _, met := range w.decide(p).Met {
				if !a.Scope.Contains(met.Need.Scope) || !gives(met, a) {
					continue
				}
				if met.Need.Data {
					data = append(data, met.Need.Action)
				} else {
					actions = append(actions, met.Need.Action)
				}
			}
		}
		for _, e := range a.Role.Permissions.Beyond(actions, data) {
			if unasked[e.Entry] != "" && strings.Contains(a.Description, "certificates and keys") {
				continue
			}
			found = append(found, fmt.Sprintf("the generated role on %s holds %s, which no operation uses there (%s)", a.Scope, e.Entry, a.Description))
		}
	}
	return found
}

// gives tells whether an assignment is among those that meet a need.
func gives(met rbac.Met, a azuresim.RoleAssignment) bool {
	for _, by := range met.By {
		if by.Role.ID == a.Role.ID && by.PrincipalID == a.PrincipalID {
			return true
		}
	}
	return false
}

// TestLawsSpeakOfEveryUse guards the tables: a use that nobody judges would obey every law.
func TestLawsSpeakOfEveryUse(t *testing.T) {
	judged := map[plan.Use]bool{}
	for _, touch := range slices.Concat(delegationTouches(), addonTouches(), podTouches()) {
		judged[touch.use] = true
	}
	for _, use := range usesOfClusterOnly {
		judged[use] = true
	}
	for _, use := range plan.Uses() {
		if !judged[use] {
			t.Errorf("no law speaks of the use %q", use)
		}
	}
}

// TestLawsSpeakOfEveryArgument: a map of resources that is in no table is granted and never judged.
func TestLawsSpeakOfEveryArgument(t *testing.T) {
	for _, judged := range []struct {
		args    any
		touches []touch
	}{
		{components.VnetDelegationArgs{}, delegationTouches()}, {components.AddonIdentityGrantsArgs{}, addonTouches()},
		{components.WorkloadIdentityArgs{}, podTouches()},
	} {
		arguments := map[string]bool{"addonPrincipalIds": true, "issuerUrls": true} // name who gets grants, not on what
		for _, touch := range judged.touches {
			arguments[touch.argument] = true
		}
		fields := reflect.TypeOf(judged.args)
		for i := range fields.NumField() {
			name, _, _ := strings.Cut(fields.Field(i).Tag.Get("pulumi"), ",")
			if fields.Field(i).Type == reflect.TypeFor[ids]() && !arguments[name] {
				t.Errorf("no law speaks of %s of %T", name, judged.args)
			}
		}
	}
}

// TestDelegationDoesNotInviteOtherIdentities: what an add-on or the deployer needs is not among the control plane's arguments.
func TestDelegationDoesNotInviteOtherIdentities(t *testing.T) {
	for _, name := range []string{"virtualNodeSubnetIds", "proximityPlacementGroupIds"} {
		if arguments.Has(&components.VnetDelegationArgs{}, name+".one") {
			t.Errorf("VnetDelegation takes %s", name)
		}
	}
}
