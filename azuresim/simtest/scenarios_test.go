package simtest_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi-azure-native-sdk/resources/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// The scenarios that show that engine, provider and Azure behave together as they do in life. The ten that every simulation
// of AKS identities has to get right are called A to J; G and I need a component and stand in tests/components.

func mustUp(t *testing.T, s *simtest.Stack) simtest.Result {
	t.Helper()
	up := s.Up()
	if up.Err != nil {
		t.Fatal(up.Explain())
	}
	return up
}

// grantNamed is a group, an identity and one grant on the group.
func grantNamed(name string, principalType string, opts ...pulumi.ResourceOption) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		group, identity, err := newGroupAndIdentity(ctx)
		if err != nil {
			return err
		}
		inputs := pulumi.Map{
			"principalId": identity.PrincipalId, "roleDefinitionId": pulumi.String(networkContributor), "scope": group.ID(),
		}
		if principalType != "" {
			inputs["principalType"] = pulumi.String(principalType)
		}
		_, err = raw(ctx, grantToken, name, inputs, opts...)
		return err
	}
}

func TestScenarioA_DefaultPrincipalTypeFails(t *testing.T) {
	t.Parallel()
	up := simtest.New(t, grantNamed("grant", "User")).Up()
	if !strings.Contains(up.Diagnostics(), azuresim.CodeUnmatchedPrincipalType) {
		t.Errorf("an identity is no user, which the SDK's default says it is; got %s", up.Explain())
	}
}

func TestScenarioB_RenameWithoutAliasCollides(t *testing.T) {
	t.Parallel()
	s := simtest.New(t, grantNamed("before", "ServicePrincipal"))
	mustUp(t, s)
	s.SetProgram(grantNamed("after", "ServicePrincipal"))
	if up := s.Up(); !strings.Contains(up.Diagnostics(), azuresim.CodeRoleAssignmentExists) {
		t.Errorf("the renamed grant is created before the old one is deleted, and meets it; got %s", up.Explain())
	}
	s.SetProgram(grantNamed("after", "ServicePrincipal", pulumi.Aliases([]pulumi.Alias{{Name: pulumi.String("before")}})))
	if up := s.Up(); up.Err != nil || !up.Unchanged() {
		t.Errorf("with an alias nothing happens, got %s:\n%s", up.Explain(), up.Steps)
	}
}

func TestScenarioC_TagsPreviewGrantsAsReplaced(t *testing.T) {
	t.Parallel()
	s := simtest.New(t, clusterProgram(clusterOptions{system: true}))
	mustUp(t, s)
	s.SetProgram(clusterProgram(clusterOptions{system: true, tags: pulumi.StringMap{"a": pulumi.String("b")}}))
	preview := s.Preview()
	if got := preview.Steps.Type(grantToken).Changing(); len(got) == 0 || !slices.Contains(got[0].Keys, "principalId") {
		t.Errorf("the identity is unknown while the cluster is updated, so the grant previews as replaced; got:\n%s", preview.Steps)
	}
	up := mustUp(t, s)
	if got := up.Steps.Changing().String(); got != "update "+clusterToken+" aks [tags]" {
		t.Errorf("the deployment updates the cluster and nothing else, got:\n%s", got)
	}
}

func TestScenarioD_ReplacedGrant(t *testing.T) {
	cases := []struct {
		name, reason string
		opts         []pulumi.ResourceOption
		code         string
	}{
		{"create first", "an auto-named grant that the engine replaces meets itself", nil, azuresim.CodeRoleAssignmentExists},
		{"delete first", "deleteBeforeReplace avoids that", []pulumi.ResourceOption{pulumi.DeleteBeforeReplace(true)}, ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := simtest.New(t, grantNamed("grant", "ServicePrincipal", tc.opts...))
			mustUp(t, s)
			up := s.Up(simtest.Replace(s.URN(grantToken, "grant")))
			if tc.code == "" && up.Err != nil || !strings.Contains(up.Diagnostics(), tc.code) {
				t.Errorf("%s: want code %q, got %s", tc.reason, tc.code, up.Explain())
			}
		})
	}
}

func TestScenarioE_SystemToUserAssigned(t *testing.T) {
	t.Parallel()
	s := simtest.New(t, clusterProgram(clusterOptions{system: true}))
	before := mustUp(t, s)
	old, _ := before.Resources.Find(grantToken, "subnet")
	s.SetProgram(clusterProgram(clusterOptions{}))
	after := mustUp(t, s)
	grant, _ := after.Resources.Find(grantToken, "subnet")
	if grant.Output("principalId") == old.Output("principalId") {
		t.Error("the grant follows the identity")
	}
	if got := after.Steps.Type(clusterToken).Changing(); len(got) != 1 || got[0].Op != "update" {
		t.Errorf("the switch is an update of the cluster, got:\n%s", after.Steps)
	}
}

func TestScenarioF_NamedClusterReplaced(t *testing.T) {
	t.Parallel()
	s := simtest.New(t, clusterProgram(clusterOptions{system: true, dnsPrefix: "one", named: true}))
	mustUp(t, s)
	s.SetProgram(clusterProgram(clusterOptions{system: true, dnsPrefix: "two", named: true}))
	up := mustUp(t, s)
	steps := up.Steps.Op("delete-replaced", "create-replacement")
	var order []string
	for _, step := range steps {
		order = append(order, string(step.Op)+" "+step.Name)
	}
	first, last := slices.Index(order, "delete-replaced subnet"), slices.Index(order, "create-replacement subnet")
	deleted, made := slices.Index(order, "delete-replaced aks"), slices.Index(order, "create-replacement aks")
	if first < 0 || first > deleted || deleted > made || made > last {
		t.Errorf("a named cluster is deleted first, its grant before it, and the grant is rebuilt after it; got %q", order)
	}
}

func TestScenarioH_AcceptedThenFailed(t *testing.T) {
	t.Parallel()
	cloud := azuresim.New()
	cloud.FailAfterAcceptance(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.ManagedClusterType},
		azuresim.Error{Status: 500, Code: "InternalOperationError", Message: "try again"})
	s := simtest.New(t, clusterProgram(clusterOptions{}), simtest.WithCloud(cloud))
	up := s.Up()
	cluster, kept := up.Resources.Find(clusterToken, "aks")
	if up.Err == nil || !kept || len(cluster.InitErrors) != 1 {
		t.Fatalf("the state keeps the half-made cluster with its error, got %s %+v", up.Explain(), cluster.InitErrors)
	}
	again := mustUp(t, s)
	if got := again.Steps.Type(clusterToken); len(got) != 1 || got[0].Op != "update" {
		t.Errorf("the next deployment updates the cluster, although no input changed; got:\n%s", again.Steps)
	}
}

func TestLostResponse(t *testing.T) {
	t.Parallel()
	cloud := azuresim.New()
	lost := cloud.LoseResponse(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.RoleAssignmentType, Times: 3})
	s := simtest.New(t, grantNamed("grant", "ServicePrincipal"), simtest.WithCloud(cloud))
	mustUp(t, s)
	if lost.Hits() != 3 || len(cloud.Assignments()) != 1 {
		t.Errorf("the provider asks again, with the same name; got %d lost answers and %d grants", lost.Hits(), len(cloud.Assignments()))
	}
}

func TestAnAnswerThatStaysLost(t *testing.T) {
	t.Parallel()
	cloud := azuresim.New()
	cloud.LoseResponse(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.ResourceGroupType, Times: 4})
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		_, err := resources.NewResourceGroup(ctx, "rg", &resources.ResourceGroupArgs{
			ResourceGroupName: pulumi.String("shop"), Location: pulumi.String("westeurope")})
		return err
	}, simtest.WithCloud(cloud))
	if up := s.Up(); up.Err == nil || !strings.Contains(up.Diagnostics(), azuresim.CodeConnectionReset) {
		t.Errorf("the provider asks four times, and then says what users see in Azure: got %s", up.Explain())
	}
	if up := s.Up(); !strings.Contains(up.Diagnostics(), "cannot create already existing resource") {
		t.Errorf("the group is there and not in the state: got %s", up.Explain())
	}
}

func TestKilledBeforeAGrantIsRecorded(t *testing.T) {
	t.Parallel()
	cloud := azuresim.New()
	cloud.Kill(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.RoleAssignmentType})
	s := simtest.New(t, grantNamed("grant", "ServicePrincipal"), simtest.WithCloud(cloud))
	if up := s.Up(); up.Err == nil || len(cloud.Assignments()) != 1 {
		t.Fatal("the grant is made, and nobody knows")
	}
	if up := s.Up(); !strings.Contains(up.Diagnostics(), azuresim.CodeRoleAssignmentExists) {
		t.Errorf("an auto-named grant cannot find itself again, got %s", up.Explain())
	}
}

func TestKilledBeforeAGrantIsMade(t *testing.T) {
	t.Parallel()
	cloud := azuresim.New()
	cloud.Fail(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.RoleAssignmentType}, azuresim.ProcessKilled())
	s := simtest.New(t, grantNamed("grant", "ServicePrincipal"), simtest.WithCloud(cloud))
	if up := s.Up(); up.Err == nil || len(cloud.Assignments()) != 0 {
		t.Fatal("nothing is granted")
	}
	mustUp(t, s)
}

func TestPoolsAppearAsDriftOfTheCluster(t *testing.T) {
	t.Parallel()
	s := simtest.New(t, clusterProgram(clusterOptions{watchPools: true}))
	mustUp(t, s)
	refresh := s.Refresh()
	if refresh.Err != nil || refresh.Op("update") != 1 {
		t.Fatalf("the cluster lists the pools beside it, got %s:\n%s", refresh.Explain(), refresh.Steps)
	}
	preview := s.Preview()
	if got := preview.Steps.Changing().String(); got != "update "+clusterToken+" aks [agentPoolProfiles]" {
		t.Errorf("and the program wants to take them away, got:\n%s", got)
	}
}

func TestScenarioJ_PoolsInParallelCollide(t *testing.T) {
	t.Parallel()
	var once sync.Once
	var s *simtest.Stack
	hook := func(_ context.Context, op azuresim.Operation) {
		if op.Type != azuresim.AgentPoolType {
			return
		}
		// While the first pool is being made, try the other one: the moment at which unordered pools collide.
		once.Do(func() {
			other := strings.NewReplacer("/one", "/other", "/two", "/other").Replace(op.ID)
			_, err := s.Cloud().Put(context.Background(), other, map[string]any{"properties": map[string]any{
				"mode": "User", "count": 1.0, "vmSize": "Standard_D4s_v5",
			}})
			if azuresim.Code(err) != azuresim.CodeOperationNotAllowed {
				t.Errorf("two pool operations at once are refused, got %v", err)
			}
		})
	}
	s = simtest.New(t, clusterProgram(clusterOptions{}), simtest.WithCloud(azuresim.New(azuresim.WithOperationHook(hook))))
	mustUp(t, s)
}

func TestDeletedGrantComesBack(t *testing.T) {
	t.Parallel()
	s := simtest.New(t, grants(2))
	up := mustUp(t, s)
	gone, _ := up.Resources.Find(grantToken, "grant1")
	if _, err := s.Cloud().Delete(context.Background(), gone.ID); err != nil {
		t.Fatal(err)
	}
	if refresh := s.Refresh(); refresh.Err != nil || refresh.Op("delete") != 1 {
		t.Fatalf("refresh notices, got %s:\n%s", refresh.Explain(), refresh.Steps)
	}
	if again := mustUp(t, s); again.Steps.Changing().String() != "create "+grantToken+" grant1" {
		t.Errorf("and the next deployment makes that grant and nothing else, got:\n%s", again.Steps.Changing())
	}
}

func TestImportLosesTheSlash(t *testing.T) {
	t.Parallel()
	s := simtest.New(t, grantNamed("grant", "ServicePrincipal"))
	up := mustUp(t, s)
	grant, _ := up.Resources.Find(grantToken, "grant")
	imported := s.Import(grantToken, "adopted", grant.ID)
	if imported.Err != nil {
		t.Fatal(imported.Explain())
	}
	adopted, ok := imported.Resources.Find(grantToken, "adopted")
	if scope, _ := adopted.Input("scope").(string); !ok || strings.HasPrefix(scope, "/") || scope == "" {
		t.Errorf("azure-native 2.92.3 imports the scope without its slash, got %q", scope)
	}
}
