package inputs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/tests/arguments"
)

// hooked are the resources that a component makes with an error hook, by their type in Azure. Hooks need a time to wait.
var hooked = map[string]string{
	"RoleAssignment": azuresim.RoleAssignmentType, "ManagedCluster": azuresim.ManagedClusterType, "AgentPool": azuresim.AgentPoolType,
	"FederatedIdentityCredential": azuresim.FederatedCredentialType,
}

// waiting lets the component register hooks. Nothing here is worth a wait.
func waiting(args any) {
	for _, leaf := range arguments.LeavesOf(args) {
		if strings.HasPrefix(leaf.Path, "propagation.") {
			leaf.Put(args, 1)
		}
	}
}

// sentIn is the hooked resource whose inputs hold the value; "" for none.
func (p planting) sentIn(t *testing.T) string {
	t.Helper()
	cloud := p.cloud(p.value)
	s := simtest.New(t, p.native(p.args(cloud, p.value)), simtest.WithCloud(cloud))
	if up := s.Up(); up.Err != nil {
		t.Fatal(up.Explain())
	}
	for _, r := range s.Resources().Custom() {
		if kind := hooked[r.Type[strings.LastIndex(r.Type, ":")+1:]]; kind != "" && strings.Contains(fmt.Sprint(plainInputs(r)), p.value.marker) {
			return kind
		}
	}
	return ""
}

func plainInputs(r simtest.Resource) map[string]any {
	plain := map[string]any{}
	for key := range r.Inputs {
		plain[string(key)] = r.Input(string(key))
	}
	return plain
}

// TestSecretsInAzuresRefusal: Azure quotes what it refuses. Where the component has a hook, what it says takes the place of Azure's
// text, without the secret.
func TestSecretsInAzuresRefusal(t *testing.T) {
	refused := 0
	for _, p := range plantings(t) {
		if noValue[p.leaf.Path] != "" || len(p.value.marker) < 5 {
			continue
		}
		t.Run(p.subject.name+"/"+p.leaf.Path, func(t *testing.T) {
			kind := p.sentIn(t)
			if kind == "" || names.MatchString(p.leaf.Path) {
				return
			}
			quoted := "'" + p.value.text + "'"
			if strings.HasPrefix(p.value.text, "/") {
				quoted += " (" + p.value.marker + ")"
			}
			for _, way := range ways {
				cloud := p.cloud(p.value)
				cloud.Fail(azuresim.Match{Method: azuresim.MethodPut, Type: kind, Times: -1}, azuresim.Error{
					Status: 400, Code: "InvalidParameter", Message: "The value " + quoted + " is not what it should be."})
				args := p.args(cloud, p.value)
				waiting(args)
				s := simtest.New(t, p.program(way, args), simtest.WithCloud(cloud), asProvider(), simtest.AllowRaces())
				up := s.Up()
				if text := up.Diagnostics(); !strings.Contains(text, "InvalidParameter") || !strings.Contains(text, "[secret]") {
					t.Errorf("%s: Azure's refusal is not told: %s", way, up.Explain())
				}
				for _, where := range p.revealed(look(t, p.value.marker, s, up), map[string]int{}) {
					t.Errorf("%s: %q can be read: %s", way, p.value.marker, where)
				}
				refused++
			}
		})
	}
	t.Logf("Azure refused %d resources with a secret in the words of its refusal", refused)
}

// TestSecretsInWhatTheHooksSay: advice, and what was waited for, name principals and scopes.
func TestSecretsInWhatTheHooksSay(t *testing.T) {
	const nobody = "0bad0bad-0bad-4bad-8bad-0bad0bad0bad"
	for _, tc := range []struct {
		name, reason, says string
		fail               *azuresim.Error
		principal          string
	}{
		{"a client ID", "the question whether it is a client ID names it", "Is it the client ID of an identity?", nil, nobody},
		{"waited in vain", "what is told about the wait names scopes", "may not work yet", &azuresim.Error{
			Status: 400, Code: "AnotherOperationInProgress", Message: "busy"}, ""},
		{"may not grant", "Azure names the scope", "Whoever deploys may not grant roles", &azuresim.Error{
			Status: 403, Code: "AuthorizationFailed", Message: "no authorization over scope '/subscriptions/x/zqsubnet'"}, ""},
	} {
		for _, way := range ways {
			t.Run(tc.name+"/"+way, func(t *testing.T) {
				cloud := azuresim.New()
				subnet, principal := cloud.MustSeedSubnet("net", "hub", "zqsubnet"), tc.principal
				if principal == "" {
					principal = cloud.MustSeedIdentity("ids", "plane").PrincipalID
				}
				if tc.fail != nil {
					cloud.Fail(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.RoleAssignmentType, Times: -1}, *tc.fail)
				}
				secret := func(text string) pulumi.StringOutput {
					return pulumi.ToSecret(pulumi.String(text)).(pulumi.StringOutput)
				}
				args := &components.VnetDelegationArgs{
					PrincipalID: secret(principal), NodeSubnetIDs: map[string]pulumi.StringInput{"nodes": secret(subnet)},
					Propagation: &components.PropagationArgs{TimeoutSeconds: pulumi.IntRef(1), FirstDelayMilliseconds: pulumi.IntRef(1)},
				}
				s := simtest.New(t, subjects()[1].program(way, args), simtest.WithCloud(cloud), asProvider())
				up := s.Up()
				if up.Err == nil || !strings.Contains(up.Diagnostics(), tc.says) {
					t.Errorf("%q is not said: %s", tc.says, up.Explain())
				}
				for _, marker := range []string{"zqsubnet", principal} {
					for _, where := range look(t, marker, s, up) {
						t.Errorf("%s: %q can be read: %s", tc.reason, marker, where)
					}
				}
			})
		}
	}
}

// TestSecretsInTheSimulatorsFile: what Azure takes and never shows again is not in the file of a simulated Azure either. A tag is there,
// as in Azure, where it is no secret.
func TestSecretsInTheSimulatorsFile(t *testing.T) {
	cloud := azuresim.New()
	args := baseCluster(cloud, "").(*components.ManagedIdentityClusterArgs)
	secret := func(text string) pulumi.Input { return pulumi.ToSecret(pulumi.String(text)).(pulumi.Input) }
	args.AdditionalProperties = pulumi.Map{
		"tags":           pulumi.Map{"team": secret("zqtag")},
		"windowsProfile": pulumi.Map{"adminUsername": pulumi.String("azureuser"), "adminPassword": secret("zqPassw0rd")},
	}
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		_, err := components.NewManagedIdentityCluster(ctx, "aks", args)
		return err
	}, simtest.WithCloud(cloud))
	if up := s.Up(); up.Err != nil {
		t.Fatal(up.Explain())
	}
	file := filepath.Join(t.TempDir(), "azure.json")
	if err := cloud.Save(file); err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	kept = append(kept, fmt.Sprint(cloud.Operations())...)
	if !strings.Contains(string(kept), "zqtag") || strings.Contains(string(kept), "zqPassw0rd") {
		t.Errorf("the tag is there, the password is not:\n%s", kept)
	}
}

// TestSecretsThatAreAWholeMap: a map that is secret as a whole stays so in every value, and its keys are not told either.
func TestSecretsThatAreAWholeMap(t *testing.T) {
	secret := func(m pulumi.Map) pulumi.MapOutput { return pulumi.ToSecret(m).(pulumi.MapOutput) }
	for _, tc := range []struct {
		name, reason string
		give         func(a *components.ManagedIdentityClusterArgs)
		refused      bool
	}{
		{"tags", "the map goes to several resources", func(a *components.ManagedIdentityClusterArgs) {
			a.Tags = pulumi.ToSecret(pulumi.StringMap{"zqkey": pulumi.String("zqvalue")}).(pulumi.StringMapOutput)
		}, false},
		{"additional to the cluster", "it is merged into what the component sends", func(a *components.ManagedIdentityClusterArgs) {
			a.AdditionalProperties = secret(pulumi.Map{"tags": pulumi.Map{"zqkey": pulumi.String("zqvalue")}})
		}, false},
		{"additional to the system pool", "it is merged into an element of a list", func(a *components.ManagedIdentityClusterArgs) {
			a.SystemPool.AdditionalProperties = secret(pulumi.Map{"tags": pulumi.Map{"zqkey": pulumi.String("zqvalue")}})
		}, false},
		{"both", "the list may be late when the second is merged", func(a *components.ManagedIdentityClusterArgs) {
			a.AdditionalProperties = secret(pulumi.Map{"agentPoolProfiles": pulumi.Array{pulumi.Map{
				"name": pulumi.String("system"), "mode": pulumi.String("System"), "count": pulumi.Int(1), "vmSize": pulumi.String("Standard_D4ds_v5")}}})
			a.SystemPool.AdditionalProperties = secret(pulumi.Map{"tags": pulumi.Map{"zqkey": pulumi.String("zqvalue")}})
		}, false},
		{"additional to a pool", "AKS tells the pool in the cluster too", func(a *components.ManagedIdentityClusterArgs) {
			a.Pools = []*components.NodePoolArgs{{Name: "web", AdditionalProperties: secret(pulumi.Map{"tags": pulumi.Map{"zqkey": pulumi.String("zqvalue")}})}}
		}, false},
		{"a name that there is not", "the problem would name it", func(a *components.ManagedIdentityClusterArgs) {
			a.AdditionalProperties = secret(pulumi.Map{"zqkey": pulumi.String("zqvalue")})
		}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			args := baseCluster(cloud, "").(*components.ManagedIdentityClusterArgs)
			tc.give(args)
			s := simtest.New(t, func(ctx *pulumi.Context) error {
				_, err := components.NewManagedIdentityCluster(ctx, "aks", args)
				return err
			}, simtest.WithCloud(cloud))
			results := []simtest.Result{s.Preview(), s.Up()}
			if up := results[1]; (up.Err != nil) != tc.refused {
				t.Fatalf("refused is %v: %s", up.Err != nil, up.Explain())
			}
			if !tc.refused {
				results = append(results, s.Refresh())
			}
			for _, marker := range []string{"zqkey", "zqvalue"} {
				for _, where := range look(t, marker, s, results...) {
					t.Errorf("%s: %q can be read: %s", tc.reason, marker, where)
				}
			}
		})
	}
}
