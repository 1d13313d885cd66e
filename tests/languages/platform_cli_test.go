//go:build cli

package languages_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/pkg/v3/resource/autonaming"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	platform "github.com/aksidentity/pulumi-aksidentity/examples/platform/program"
)

// mustDeployThePlatform has fakes beside Azure, for random and kubernetes.
func (w workspace) mustDeployThePlatform(t *testing.T) {
	t.Parallel()
	noteTypeScript(t, "platform", "resources, grants and outputs compared with those from Go; fakes of random and kubernetes")
	inGo, inTypeScript := azuresim.New(), azuresim.New()
	fromGo := simtest.New(t, platform.Platform, simtest.WithCloud(inGo), simtest.WithNames("platform", "dev"),
		simtest.WithAutonaming(autonaming.Verbatim()), simtest.WithFakes())
	up := fromGo.Up()
	if up.Err != nil {
		t.Fatal(up.Explain())
	}
	p := newProject(t, inTypeScript, "platform", nil)
	for name, fake := range map[string]simtest.Fake{"random": simtest.Random(), "kubernetes": simtest.Kubernetes()} {
		attachment, err := simtest.ServeFake(t.Context(), name, "99.0.0", fake)
		if err != nil {
			t.Fatal(err)
		}
		setenv(p.Env, "PULUMI_DEBUG_PROVIDERS", func(old string) string { return old + "," + attachment })
	}
	w.deploy(t, p, "platform/typescript")
	sameOutputs(t, up, []byte(p.Must("stack", "export", "--show-secrets")))
	mustHoldAllOf(t, inGo, inTypeScript)
	p.Must("destroy", "--yes", "--skip-preview")
	mustBeEmpty(t, inTypeScript)
}

// mustHoldAllOf compares the resources and the grants of two clouds, where the bodies of one may have more. azure-native's packages fill in
// defaults on the side of the program, such as enableSoftDelete of a vault (2.92.3, provideDefaults); a resource that Go registers by its
// token has none.
func mustHoldAllOf(t *testing.T, inGo, more *azuresim.Cloud) {
	t.Helper()
	want, got := bodiesOf(inGo), bodiesOf(more)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got))); diff != "" {
		t.Errorf("the resources are not the same (-Go +TypeScript):\n%s", diff)
	}
	for id, body := range want {
		if there, found := got[id]; found {
			mustContain(t, id, body, there)
		}
	}
	if diff := cmp.Diff(grantsOf(inGo), grantsOf(more)); diff != "" {
		t.Errorf("the grants are not the same (-Go +TypeScript):\n%s", diff)
	}
}

// bodiesOf are the bodies of the resources by their IDs, without role assignments and what is about the deployment.
func bodiesOf(cloud *azuresim.Cloud) map[string]any {
	out := map[string]any{}
	for _, r := range cloud.Resources() {
		if r.Type != azuresim.RoleAssignmentType {
			body := maps.Clone(r.Body)
			delete(body, "systemData")
			out[r.ID] = body
		}
	}
	return out
}

func grantsOf(cloud *azuresim.Cloud) []string {
	var out []string
	for _, a := range cloud.RoleAssignments() {
		out = append(out, fmt.Sprintf("%s has %s on %s: %s", a.PrincipalID, a.Role.Name, a.Scope, a.Description))
	}
	slices.Sort(out)
	return out
}

// mustContain: what Go has at a path is there, too.
func mustContain(t *testing.T, path string, inGo, there any) {
	t.Helper()
	switch want := inGo.(type) {
	case map[string]any:
		got, isObject := there.(map[string]any)
		if !isObject {
			t.Errorf("%s: got %v, want an object", path, there)
		}
		for key, value := range want {
			mustContain(t, path+"."+key, value, got[key])
		}
	case []any:
		got, isList := there.([]any)
		if !isList || len(got) != len(want) {
			t.Errorf("%s: got %v, want %v", path, there, want)
			return
		}
		for i, value := range want {
			mustContain(t, fmt.Sprintf("%s[%d]", path, i), value, got[i])
		}
	default:
		if !cmp.Equal(inGo, there) {
			t.Errorf("%s: got %v, want %v", path, there, inGo)
		}
	}
}
