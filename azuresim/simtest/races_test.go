package simtest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi-azure-native-sdk/managedidentity/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// recorder is a test that notes its failures.
type recorder struct {
	testing.TB
	failures []string
}

func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

// kubeletProgram is a cluster with a kubelet identity of its own, which AKS takes only with a grant that is there already.
func kubeletProgram(ordered bool) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		group, control, err := newGroupAndIdentity(ctx)
		if err != nil {
			return err
		}
		kubelet, err := managedidentity.NewUserAssignedIdentity(ctx, "kubelet", &managedidentity.UserAssignedIdentityArgs{ResourceGroupName: group.Name})
		if err != nil {
			return err
		}
		var operator pulumi.CustomResourceState
		err = ctx.RegisterResource(grantToken, "operator", pulumi.Map{"principalId": control.PrincipalId, "scope": kubelet.ID(),
			"principalType":    pulumi.String("ServicePrincipal"),
			"roleDefinitionId": pulumi.String("/providers/Microsoft.Authorization/roleDefinitions/f1a07417-d97a-45cb-824c-7a7467783830")}, &operator)
		if err != nil {
			return err
		}
		args := clusterArgs(group, pulumi.IDOutput{}, clusterOptions{})
		args.AgentPoolProfiles = v20250101.ManagedClusterAgentPoolProfileArray{v20250101.ManagedClusterAgentPoolProfileArgs{
			Name: pulumi.String("sys"), Mode: pulumi.String("System"), Count: pulumi.Int(1), VmSize: pulumi.String("Standard_D4s_v5")}}
		args.Identity = &v20250101.ManagedClusterIdentityArgs{Type: v20250101.ResourceIdentityTypeUserAssigned, UserAssignedIdentities: pulumi.StringArray{control.ID()}}
		args.IdentityProfile = v20250101.UserAssignedIdentityMap{"kubeletidentity": v20250101.UserAssignedIdentityArgs{ResourceId: kubelet.ID()}}
		opts := []pulumi.ResourceOption{pulumi.DependsOn([]pulumi.Resource{&operator})}
		if !ordered { // the grant is there in time, but only because the program waits: the engine does not know
			made := make(chan struct{})
			operator.ID().ApplyT(func(pulumi.ID) bool { close(made); return true })
			<-made
			opts = nil
		}
		_, err = v20250101.NewManagedCluster(ctx, "aks", args, opts...)
		return err
	}
}

// credentials are two federated credentials of one identity.
func credentials(chained bool) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		group, identity, err := newGroupAndIdentity(ctx)
		if err != nil {
			return err
		}
		var last []pulumi.Resource
		for _, name := range []string{"one", "two"} {
			c, err := managedidentity.NewFederatedIdentityCredential(ctx, name, &managedidentity.FederatedIdentityCredentialArgs{
				ResourceGroupName: group.Name, ResourceName: identity.Name, Issuer: pulumi.String("https://issuer"),
				Subject: pulumi.String(name), Audiences: pulumi.ToStringArray([]string{"api://AzureADTokenExchange"}),
			}, pulumi.DependsOn(last))
			if err != nil {
				return err
			}
			if chained {
				last = []pulumi.Resource{c}
			}
		}
		return nil
	}
}

func TestWhatWorksByLuckFailsTheTest(t *testing.T) {
	cases := []struct {
		name, reason string
		program      pulumi.RunFunc
		races        []string
	}{
		{"pools without order", "AKS changes one at a time", clusterProgram(clusterOptions{system: true, unchained: true}), []string{"one and two have no order"}},
		{"pools in a chain", "which is the order", clusterProgram(clusterOptions{system: true}), nil},
		{"credentials without order", "an identity takes one at a time", credentials(false), []string{"one and two have no order"}},
		{"credentials in a chain", "which is the order", credentials(true), nil},
		{"grant that nothing waits for", "the cluster came later by luck", kubeletProgram(false), []string{"aks needs Microsoft.ManagedIdentity/userAssignedIdentities/assign/action on ", "the grant operator"}},
		{"grant that is waited for", "with an edge", kubeletProgram(true), nil},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			r := &recorder{TB: t}
			s := simtest.New(r, tc.program, simtest.WithParallel(1))
			up := mustUp(t, s)
			for _, want := range tc.races {
				if !slices.ContainsFunc(up.Races, func(race string) bool { return strings.Contains(race, want) }) {
					t.Errorf("%s: want %q, got %q", tc.reason, want, up.Races)
				}
			}
			if found := len(tc.races) > 0; len(up.Races) > 0 != found || len(r.failures) > 0 != found {
				t.Errorf("%s: races %q, failures %q", tc.reason, up.Races, r.failures)
			}
		})
	}
}

func TestRacesCanBeAllowed(t *testing.T) {
	t.Parallel()
	r := &recorder{TB: t}
	s := simtest.New(r, credentials(false), simtest.WithParallel(1), simtest.AllowRaces())
	if up := mustUp(t, s); len(up.Races) != 1 || len(r.failures) != 0 {
		t.Errorf("they are listed and do not fail the test, got %q, %q", up.Races, r.failures)
	}
	if gone := s.Destroy(); gone.Err != nil || len(gone.Races) != 1 {
		t.Errorf("deleting them collides too, got %q, %s", gone.Races, gone.Explain())
	}
}
