package simtest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/resource/autonaming"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

func TestRun(t *testing.T) {
	cases := []struct {
		name, reason string
		program      pulumi.RunFunc
		creates      int
	}{
		{"grants", "a group, an identity, ten networks with a grant each, and the stack", grants(10), 23},
		{"user-assigned", "a cluster on an identity of its own", clusterProgram(clusterOptions{}), 9},
		{"system-assigned", "a cluster on the identity that Azure makes", clusterProgram(clusterOptions{system: true}), 8},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			l := simtest.Run(t, tc.program)
			if got := l.Up.Op("create"); got != tc.creates {
				t.Errorf("%s: created %d, want %d:\n%s", tc.reason, got, tc.creates, l.Up.Steps)
			}
			if got := l.Preview.Op("create"); got != tc.creates {
				t.Errorf("%s: the preview announced %d, want %d", tc.reason, got, tc.creates)
			}
			if got := l.Destroy.Op("delete"); got != tc.creates {
				t.Errorf("%s: deleted %d, want %d", tc.reason, got, tc.creates)
			}
		})
	}
}

func TestResult(t *testing.T) {
	t.Parallel()
	s := simtest.New(t, grants(1))
	preview := s.Preview()
	step := preview.Steps.Type(grantToken)
	if len(step) != 1 || step[0].Op != "create" {
		t.Fatalf("a preview lists what it would do, got:\n%s", preview.Steps)
	}
	if got := step[0].Input("principalId"); got != (simtest.Unknown{}) {
		t.Errorf("the principal of an identity that does not exist yet is unknown, got %v", got)
	}
	if got := step[0].Input("principalType"); got != "ServicePrincipal" {
		t.Errorf("what is known shows, got %v", got)
	}
	if got, _ := preview.Output("principal"); got != (simtest.Unknown{}) {
		t.Errorf("a preview's outputs may be unknown, got %v", got)
	}

	up := s.Up()
	if up.Err != nil {
		t.Fatal(up.Explain())
	}
	principal, secret := up.Output("principal")
	if !secret || principal == "" {
		t.Errorf("a secret output is marked, got %v %v", principal, secret)
	}
	if group, secret := up.Output("group"); secret || !strings.HasPrefix(fmt.Sprint(group), "rg") {
		t.Errorf("other outputs are not, got %v %v", group, secret)
	}
	r, ok := up.Resources.Find(grantToken, "grant0")
	if !ok || r.Output("principalId") != principal || r.Parent != up.Resources[0].URN {
		t.Errorf("the state holds the grant, got %+v", r)
	}
	if got := len(up.Resources.ByType(identityToken)); got != 1 {
		t.Errorf("one identity, got %d", got)
	}
	if got := len(up.Resources.Custom()); got != 4 {
		t.Errorf("group, identity, network and grant, got %d", got)
	}
}

func TestExportEncryptsSecrets(t *testing.T) {
	t.Parallel()
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		ctx.Export("open", pulumi.String("everybody may read"))
		ctx.Export("closed", config.New(ctx, "").RequireSecret("password"))
		return nil
	}, simtest.WithSecretConfig(map[string]string{"password": "correct horse"}))
	if up := s.Up(); up.Err != nil {
		t.Fatal(up.Explain())
	}
	export := s.Export()
	if !json.Valid(export) || !bytes.Contains(export, []byte("everybody may read")) {
		t.Errorf("the export is the state as JSON, got %s", export)
	}
	if bytes.Contains(export, []byte("correct horse")) {
		t.Error("a secret is not readable in the export")
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	program := func(ctx *pulumi.Context) error {
		_, err := raw(ctx, groupToken, "rg", pulumi.Map{})
		ctx.Export("mine", pulumi.String(config.New(ctx, "").Get("mine")))
		return err
	}
	s := simtest.New(t, program, simtest.WithConfig(map[string]string{"azure-native:location": "northeurope", "mine": "yes"}))
	up := s.Up()
	if up.Err != nil {
		t.Fatal(up.Explain())
	}
	if r, _ := up.Resources.Find(groupToken, "rg"); r.Output("location") != "northeurope" {
		t.Errorf("the provider is configured, got %v", r.Output("location"))
	}
	if mine, _ := up.Output("mine"); mine != "yes" {
		t.Errorf("a key without a colon is the project's, got %v", mine)
	}
}

func TestDisabledDefaultProvider(t *testing.T) {
	t.Parallel()
	s := simtest.New(t, grants(1), simtest.WithConfig(map[string]string{
		"pulumi:disable-default-providers": `["azure-native"]`,
	}))
	up := s.Up()
	if up.Err == nil || !strings.Contains(up.Diagnostics(), "Default provider for 'azure-native' disabled") {
		t.Errorf("the engine refuses the default provider, got %s", up.Explain())
	}
}

func TestFailureIsExplained(t *testing.T) {
	t.Parallel()
	cloud := azuresim.New()
	cloud.Fail(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.RoleAssignmentType},
		azuresim.Error{Status: 403, Code: "AuthorizationFailed", Message: "no"})
	s := simtest.New(t, grants(1), simtest.WithCloud(cloud))
	up := s.Up()
	if up.Err == nil {
		t.Fatal("the grant was refused, so the run fails")
	}
	if errs := strings.Join(up.Errors(), "\n"); !strings.Contains(errs, `Status=403 Code="AuthorizationFailed" Message="no"`) {
		t.Errorf("the diagnostics give Azure's reason, got %s", errs)
	}
	if failed := up.Steps.Type(grantToken); len(failed) != 1 || !failed[0].Failed {
		t.Errorf("the failed step is marked, got:\n%s", up.Steps)
	}
	again := s.Up()
	if again.Err != nil || again.Op("create") != 1 {
		t.Errorf("the next run makes only what is missing, got %v:\n%s", again.Err, again.Steps)
	}
}

func TestTargets(t *testing.T) {
	t.Parallel()
	s := simtest.New(t, grants(2))
	if up := s.Up(simtest.Target(s.URN(groupToken, "rg"))); up.Err != nil || len(up.Resources.Custom()) != 1 {
		t.Fatalf("only the target is made, got %s %v", up.Explain(), up.Resources)
	}
	if up := s.Up(); up.Err != nil || up.Op("create") != 5 {
		t.Fatalf("the rest follows, got %s:\n%s", up.Explain(), up.Steps)
	}
	replace := s.Up(simtest.Replace(s.URN(grantToken, "grant0")))
	if replace.Err == nil || !strings.Contains(replace.Diagnostics(), "RoleAssignmentExists") {
		t.Errorf("an auto-named grant that is replaced without a change collides with itself, got %s", replace.Explain())
	}
	destroy := s.Destroy(simtest.Target(s.URN(grantToken, "grant1")))
	if destroy.Err != nil || destroy.Op("delete") != 1 {
		t.Errorf("only the target is destroyed, got %s", destroy.Explain())
	}
}

func TestParallelStacks(t *testing.T) {
	t.Parallel()
	for i := range 20 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			simtest.Run(t, grants(3), simtest.WithNames("project", fmt.Sprintf("stack%d", i)))
		})
	}
}

func BenchmarkLifecycle(b *testing.B) {
	for b.Loop() {
		simtest.Run(b, grants(10))
	}
}

func TestAutonaming(t *testing.T) {
	t.Parallel()
	s := simtest.New(t, grants(0), simtest.WithAutonaming(autonaming.Verbatim()))
	up := s.Up()
	if group, _ := up.Output("group"); group != "rg" {
		t.Errorf("the project's autonaming is asked, got %v %s", group, up.Explain())
	}
	s = simtest.New(t, grants(0), simtest.WithAutonaming(autonaming.Disabled()))
	if up := s.Up(); !strings.Contains(up.Diagnostics(), "missing required property 'resourceGroupName'") {
		t.Errorf("without autonaming a name is required, got %s", up.Explain())
	}
}

func TestUpWithRefresh(t *testing.T) {
	t.Parallel()
	s := simtest.New(t, grants(1))
	up := s.Up()
	grant, _ := up.Resources.Find(grantToken, "grant0")
	if _, err := s.Cloud().Delete(context.Background(), grant.ID); err != nil {
		t.Fatal(err)
	}
	again := s.Up(simtest.WithRefresh())
	if _, back := again.Resources.Find(grantToken, "grant0"); again.Err != nil || !back || again.Op("create") != 1 {
		t.Errorf("a refresh in front finds the missing grant, got %s:\n%s", again.Explain(), again.Steps)
	}
}
