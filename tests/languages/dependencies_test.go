package languages_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/aksidentity/pulumi-aksidentity/tests/languages"
)

// state makes the states of this test: a component with an identity, a cluster and a grant, and a disk beside it.
type state []apitype.ResourceV3

func urn(name string) resource.URN {
	if name == "aks" {
		return resource.NewURN("dev", "shop", "", "aksidentity:index:ManagedIdentityCluster", "aks")
	}
	return resource.NewURN("dev", "shop", "", "azure-native:resources:Resource", name)
}

func (s state) with(name, parent string, before ...string) state {
	r := apitype.ResourceV3{URN: urn(name), Custom: name != "aks"}
	if parent != "" {
		r.Parent = urn(parent)
	}
	for _, b := range before {
		r.Dependencies = append(r.Dependencies, urn(b))
	}
	return append(s, r)
}

// by gives the last resource a provider.
func (s state) by(name string) state {
	out := append(state(nil), s...)
	out[len(out)-1].Provider = string(resource.NewURN("dev", "shop", "", "pulumi:providers:azure-native", name)) + "::an-id"
	return out
}

func (s state) read(t *testing.T) languages.Dependencies {
	t.Helper()
	text, err := json.Marshal(apitype.DeploymentV3{Resources: s})
	if err != nil {
		t.Fatal(err)
	}
	found, err := languages.DependenciesOf(text)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestOrdersThatDifferAreFound(t *testing.T) {
	component := state{}.with("aks", "").with("identity", "aks").with("cluster", "aks", "identity").with("pool", "aks", "cluster")
	lone := state{}.with("aks", "").with("identity", "aks").with("cluster", "aks", "identity").with("pool", "aks")
	cases := []struct {
		name, reason string
		inGo, there  state
		says         string
	}{
		{"the same", "nothing differs", component, component, ""},
		{"a way round", "the pool waits for the identity through the cluster", component,
			state{}.with("aks", "").with("identity", "aks").with("cluster", "aks", "identity").with("pool", "aks", "cluster", "identity"), ""},
		{"sooner", "the cluster is made beside its identity", component,
			state{}.with("aks", "").with("identity", "aks").with("cluster", "aks").with("pool", "aks", "cluster", "identity"),
			"cluster waits for azure-native:resources:Resource identity in Go only"},
		{"later in the component", "what is in a component is ordered as in Go", lone, component,
			"pool waits for azure-native:resources:Resource cluster, but not in Go"},
		{"a whole component", "who takes one output waits for all of them", component.with("disk", "", "identity"), component.with("disk", "", "aks"), ""},
		{"a component for nothing", "who takes no output does not wait", component.with("disk", ""), component.with("disk", "", "aks"),
			"disk waits for azure-native:resources:Resource cluster, but not in Go"},
		{"missing", "a resource is not made", component.with("disk", ""), component, "disk is there in Go only"},
		{"too many", "a resource is made that Go does not make", component, component.with("disk", ""), "disk is not there in Go"},
		{"another provider", "it is made with other rights", component.with("disk", "").by("hub"), component.with("disk", "").by("default_2_92_3"),
			`disk is of the provider "", in Go of "hub"`},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			got := tc.inGo.read(t).Compare(tc.there.read(t))
			if (got == "") != (tc.says == "") || !strings.Contains(got, tc.says) {
				t.Errorf("%s: got %q, want %q in it", tc.reason, got, tc.says)
			}
		})
	}
}
