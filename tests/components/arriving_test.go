package components_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/tests/worlds"
)

// givenValues give texts and numbers, either known or known late.
type givenValues struct {
	text   func(string) pulumi.StringInput
	number func(int) pulumi.IntPtrInput
	list   func(...string) pulumi.StringArrayInput
}

func knownValues() givenValues {
	return givenValues{
		func(text string) pulumi.StringInput { return pulumi.String(text) },
		func(number int) pulumi.IntPtrInput { return pulumi.Int(number) },
		func(texts ...string) pulumi.StringArrayInput { return pulumi.ToStringArray(texts) },
	}
}

// lateValues are unknown until a resource of the same program exists.
func lateValues(ctx *pulumi.Context) (givenValues, error) {
	group, err := resources.NewResourceGroup(ctx, "first", &resources.ResourceGroupArgs{Location: pulumi.StringPtr("westeurope")})
	if err != nil {
		return givenValues{}, err
	}
	return givenValues{
		func(text string) pulumi.StringInput {
			return group.ID().ApplyT(func(pulumi.ID) string { return text }).(pulumi.StringOutput)
		},
		func(number int) pulumi.IntPtrInput {
			return group.ID().ApplyT(func(pulumi.ID) int { return number }).(pulumi.IntOutput).ToIntPtrOutput()
		},
		func(texts ...string) pulumi.StringArrayInput {
			return group.ID().ApplyT(func(pulumi.ID) []string { return texts }).(pulumi.StringArrayOutput)
		},
	}, nil
}

func (v givenValues) ptr(text string) pulumi.StringPtrInput {
	return v.text(text).ToStringOutput().ToStringPtrOutput()
}

// window puts a window that is right but for one part of it.
func window(change func(*components.MaintenanceWindowArgs, givenValues)) func(*components.ManagedIdentityClusterArgs, givenValues) {
	return func(a *components.ManagedIdentityClusterArgs, v givenValues) {
		w := &components.MaintenanceWindowArgs{}
		change(w, v)
		a.Maintenance = &components.MaintenanceArgs{Cluster: w}
	}
}

// TestALateValueIsCheckedWhenItArrives: in the words for one that is known at preview.
func TestALateValueIsCheckedWhenItArrives(t *testing.T) {
	ranges := func(texts ...string) func(*components.ManagedIdentityClusterArgs, givenValues) {
		return func(a *components.ManagedIdentityClusterArgs, v givenValues) {
			a.APIServer = &components.APIServerArgs{AuthorizedIPRanges: v.list(texts...)}
		}
	}
	mustBeRefusedLateAsKnown(t, []lateMistake{
		{"authorised range", "AKS takes addresses only", ranges("192.0.2.0/24", "everybody")},
		{"no authorised range", "the API server would be open to everybody", ranges()},
		{"admin group", "a group's name is no ID", func(a *components.ManagedIdentityClusterArgs, v givenValues) {
			a.Entra = &components.EntraArgs{AdminGroupObjectIDs: v.list("admins")}
		}},
		{"principal of access", "a mail address is no object ID", func(a *components.ManagedIdentityClusterArgs, v givenValues) {
			lets(a, map[string]*components.AccessArgs{"jo": {
				PrincipalID: v.text("jo@example.com"), PrincipalType: components.PrincipalTypeUser, Role: components.AccessRoleReader, Reason: "she runs it",
			}})
		}},
		{"namespace of access", "Kubernetes has no capitals in it", func(a *components.ManagedIdentityClusterArgs, v givenValues) {
			lets(a, map[string]*components.AccessArgs{"pipeline": {
				PrincipalID: pulumi.String(azuresim.DefaultDeployerObjectID), PrincipalType: components.PrincipalTypeServicePrincipal,
				Role: components.AccessRoleReader, Namespace: startOf(v, "Shop"), Reason: "it deploys",
			}})
		}},
		{"gateway's range", "an address is no range", func(a *components.ManagedIdentityClusterArgs, v givenValues) {
			gateway := &components.IngressGatewayArgs{SubnetCIDR: pulumi.String("10.225.0.0")}
			if _, late := v.text("").(pulumi.Output); late {
				gateway.SubnetCIDR = v.ptr("10.225.0.0")
			}
			a.Addons = &components.AddonsArgs{IngressGateway: gateway}
		}},
		{"start of a window", "hours and minutes", window(func(w *components.MaintenanceWindowArgs, v givenValues) { w.StartTime = startOf(v, "2 o'clock") })},
		{"offset of a window", "not the name of a zone", window(func(w *components.MaintenanceWindowArgs, v givenValues) { w.UTCOffset = startOf(v, "CET") })},
		{"length of a window", "AKS needs 4 hours", window(func(w *components.MaintenanceWindowArgs, v givenValues) { w.DurationHours = v.number(2) })},
		{"weeks between windows", "at most 4", window(func(w *components.MaintenanceWindowArgs, v givenValues) { w.IntervalWeeks = v.number(5) })},
	})
}

// lateMistake is put into the arguments of a cluster.
type lateMistake struct {
	name, reason string
	put          func(*components.ManagedIdentityClusterArgs, givenValues)
}

// mustBeRefusedLateAsKnown: what the plan says of a known value is said of the same value when it arrives.
func mustBeRefusedLateAsKnown(t *testing.T, cases []lateMistake) {
	t.Helper()
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			args := smallest()
			tc.put(args, knownValues())
			early := components.PlanManagedIdentityCluster(args, worlds.Day).Problems
			if len(early) == 0 {
				t.Fatalf("%s: nothing is wrong with it when it is known", tc.reason)
			}
			s := simtest.New(t, func(ctx *pulumi.Context) error {
				late, err := lateValues(ctx)
				if err != nil {
					return err
				}
				args := smallest()
				tc.put(args, late)
				_, err = components.NewManagedIdentityCluster(ctx, "shop", args)
				return err
			})
			must(t, "preview", s.Preview())
			saysAll(t, tc.reason, s.Up(), early)
		})
	}
}

// startOf is a text as a window takes it.
func startOf(v givenValues, text string) pulumi.StringPtrInput {
	if _, late := v.text(text).(pulumi.Output); late {
		return v.ptr(text)
	}
	return pulumi.String(text)
}

func saysAll(t *testing.T, reason string, result simtest.Result, problems plan.Problems) {
	t.Helper()
	for _, problem := range problems {
		if result.Err == nil || !strings.Contains(result.Diagnostics(), problem.String()) {
			t.Errorf("%s: nobody says %q, but\n%s", reason, problem.String(), result.Explain())
		}
	}
}

// TestALateServiceAccountIsCheckedWhenItArrives: its form, and that no two are the same.
func TestALateServiceAccountIsCheckedWhenItArrives(t *testing.T) {
	cases := []struct {
		name, reason string
		put          func(givenValues) map[string]*components.ServiceAccountArgs
	}{
		{"namespace", "it is a DNS label", func(v givenValues) map[string]*components.ServiceAccountArgs {
			return map[string]*components.ServiceAccountArgs{"web": {Namespace: v.text("shop.eu"), Name: pulumi.String("web")}}
		}},
		{"name", "it has no capitals", func(v givenValues) map[string]*components.ServiceAccountArgs {
			return map[string]*components.ServiceAccountArgs{"web": {Namespace: pulumi.String("shop"), Name: v.text("Web")}}
		}},
		{"twice", "Azure would refuse the second credential", func(v givenValues) map[string]*components.ServiceAccountArgs {
			return map[string]*components.ServiceAccountArgs{
				"api": {Namespace: v.text("shop"), Name: pulumi.String("web")}, "web": {Namespace: pulumi.String("shop"), Name: pulumi.String("web")},
			}
		}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			args := workloadOf(tc.put(knownValues()))
			s := simtest.New(t, func(ctx *pulumi.Context) error {
				late, err := lateValues(ctx)
				if err != nil {
					return err
				}
				_, err = components.NewWorkloadIdentity(ctx, "shop", workloadOf(tc.put(late)))
				return err
			})
			s.Cloud().MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "shop"), nil)
			must(t, "preview", s.Preview())
			saysAll(t, tc.reason, s.Up(), components.PlanWorkloadIdentity("shop", args).Problems)
		})
	}
}

func workloadOf(accounts map[string]*components.ServiceAccountArgs) *components.WorkloadIdentityArgs {
	return &components.WorkloadIdentityArgs{
		ResourceGroupName: pulumi.String("shop"), IssuerURL: pulumi.String("https://issuer.example/"), ServiceAccounts: accounts,
	}
}

// TestLateServiceAccountsAreTrusted: the credentials name the accounts that arrive.
func TestLateServiceAccountsAreTrusted(t *testing.T) {
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		late, err := lateValues(ctx)
		if err != nil {
			return err
		}
		_, err = components.NewWorkloadIdentity(ctx, "shop", workloadOf(map[string]*components.ServiceAccountArgs{
			"api": {Namespace: late.text("shop"), Name: late.text("api")}, "web": {Namespace: late.text("shop"), Name: pulumi.String("web")},
		}))
		return err
	})
	s.Cloud().MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "shop"), nil)
	must(t, "up", s.Up())
	var subjects []string
	for _, r := range s.Resources() {
		if strings.HasSuffix(r.Type, ":FederatedIdentityCredential") {
			subjects = append(subjects, r.Inputs["subject"].StringValue())
		}
	}
	if got := strings.Join(subjects, " "); got != "system:serviceaccount:shop:api system:serviceaccount:shop:web" {
		t.Errorf("the credentials are for %s", got)
	}
}
