package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// kubeconfigCalling is a kubeconfig whose user calls kubelogin with arguments, written as a list.
func kubeconfigCalling(args string) string {
	return "clusters: [{cluster: {server: 'https://shop:443'}}]\nusers: [{user: {exec: {command: kubelogin, args: [" + args + "]}}}]\n"
}

// TestAFlagIsFoundWhereverItStands: in the first place as well, and in the last one it has no value.
func TestAFlagIsFoundWhereverItStands(t *testing.T) {
	for _, tc := range []struct {
		name, reason, args string
		want               []string
	}{
		{"first", "no order of arguments is promised", "--server-id, some, get-token", []string{"get-token", "--login", "azurecli", "--server-id", "some"}},
		{"last", "the value follows it", "get-token, --server-id, some", []string{"get-token", "--login", "azurecli", "--server-id", "some"}},
		{"without a value", "nothing follows it", "get-token, --server-id", nil},
	} {
		got, err := plan.ReadKubeconfig(kubeconfigCalling(tc.args), plan.KubeconfigLoginAzureCLI)
		switch {
		case tc.want == nil:
			if err == nil || !strings.Contains(err.Error(), "without --server-id") {
				t.Errorf("%s: %s: got %v", tc.name, tc.reason, err)
			}
		case err != nil:
			t.Errorf("%s: %s: got %v", tc.name, tc.reason, err)
		case !slices.Equal(execArgs(t, got.Text), tc.want):
			t.Errorf("%s: %s: got %q", tc.name, tc.reason, execArgs(t, got.Text))
		}
	}
}

// TestAdditionalPropertiesMayIntegrateEntra: then somebody can sign in although the argument entra is not given.
func TestAdditionalPropertiesMayIntegrateEntra(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		keys         []string
		refused      bool
	}{
		{"late as a whole", "nobody knows yet what is in them", nil, false},
		{"a property of Entra", "it integrates Entra", []string{"aadProfile", "managed"}, false},
		{"another property", "it does not", []string{"fqdnSubdomain"}, true},
	} {
		c := plan.Cluster{APIServer: open(), SystemPool: system(), Login: plan.KubeconfigLoginAzureCLI}
		c.Additional = []plan.Addition{addition(late(), tc.keys...)}
		if problems := plan.ForCluster(c).Problems; slices.Contains(problems.Paths(), "kubeconfigLogin") != tc.refused {
			t.Errorf("%s: %s: got %v", tc.name, tc.reason, problems)
		}
	}
}
