package plan_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// entraKubeconfig is what AKS gives for a cluster with Entra, of which only the IDs and the certificate are made up.
const entraKubeconfig = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: Y2VydGlmaWNhdGU=
    server: https://shop.hcp.westeurope.azmk8s.io:443
  name: shop
contexts:
- context:
    cluster: shop
    user: clusterUser_aks_shop
  name: shop
current-context: shop
kind: Config
preferences: {}
users:
- name: clusterUser_aks_shop
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      args:
      - get-token
      - --environment
      - AzurePublicCloud
      - --server-id
      - 6dae42f8-4368-4678-94ff-3960e28e3630
      - --client-id
      - 80faf920-1908-4b52-b5ef-a8e7bedfc67a
      - --tenant-id
      - 72f988bf-0000-4000-8000-000000000001
      - --login
      - devicecode
      command: kubelogin
      env: null
      installHint: |2

        kubelogin is not installed which is required to connect to AAD enabled cluster.
      provideClusterInfo: false
`

const localKubeconfig = `clusters:
- {name: shop, cluster: {server: "https://shop:443", certificate-authority-data: Y2VydGlmaWNhdGU=}}
users:
- {name: clusterUser, user: {client-certificate-data: c2VjcmV0, client-key-data: c2VjcmV0, token: hunter2}}
`

// TestEachLoginSaysWhatKubeloginWouldWrite: the arguments are those that kubelogin's own command makes of the same kubeconfig, recorded
// with its version; tests/kubelogin holds the record to the program itself.
func TestEachLoginSaysWhatKubeloginWouldWrite(t *testing.T) {
	var record struct {
		Args map[string][]string
	}
	content, err := os.ReadFile("testdata/kubelogin.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &record); err != nil {
		t.Fatal(err)
	}
	for _, login := range plan.KubeconfigLogin("").Set().Values() {
		t.Run(login, func(t *testing.T) {
			want := record.Args[login]
			if want == nil {
				t.Fatal("nothing is recorded of it")
			}
			got, err := plan.ReadKubeconfig(entraKubeconfig, plan.KubeconfigLogin(login))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, execArgs(t, got.Text)); diff != "" {
				t.Errorf("(-kubelogin +ours):\n%s", diff)
			}
			if secret := slices.IndexFunc(want, func(arg string) bool { return strings.Contains(arg, "secret") }); secret >= 0 {
				t.Errorf("a secret stands in the kubeconfig: %s", want[secret])
			}
		})
	}
}

// TestOnlyTheArgumentsChange: everything else of a kubeconfig stays as AKS wrote it.
func TestOnlyTheArgumentsChange(t *testing.T) {
	got, err := plan.ReadKubeconfig(entraKubeconfig, plan.KubeconfigLoginManagedIdentity)
	if err != nil {
		t.Fatal(err)
	}
	var before, after map[string]any
	for text, to := range map[string]*map[string]any{entraKubeconfig: &before, got.Text: &after} {
		if err := yaml.Unmarshal([]byte(text), to); err != nil {
			t.Fatal(err)
		}
	}
	exec := func(config map[string]any) map[string]any {
		return config["users"].([]any)[0].(map[string]any)["user"].(map[string]any)["exec"].(map[string]any)
	}
	exec(before)["args"] = []any{"get-token", "--login", "msi", "--server-id", "6dae42f8-4368-4678-94ff-3960e28e3630"}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("(-wanted +got):\n%s", diff)
	}
}

// TestWhatAKubeconfigSays: server and certificate authority, whoever signs in; and without a login not a byte changes.
func TestWhatAKubeconfigSays(t *testing.T) {
	for _, tc := range []struct{ name, text, host string }{
		{"with Entra", entraKubeconfig, "https://shop.hcp.westeurope.azmk8s.io:443"}, {"with a local account", localKubeconfig, "https://shop:443"},
	} {
		got, err := plan.ReadKubeconfig(tc.text, "")
		want := plan.Kubeconfig{Text: tc.text, Host: tc.host, ClusterCACertificate: "Y2VydGlmaWNhdGU="}
		if err != nil || got != want {
			t.Errorf("%s: got %+v, %v", tc.name, got, err)
		}
	}
}

// TestWhatIsNoKubeconfigOfEntra: the message says what is missing and what to do, and quotes nothing of a credential.
func TestWhatIsNoKubeconfigOfEntra(t *testing.T) {
	for _, tc := range []struct {
		name, reason, text string
		login              plan.KubeconfigLogin
		want               string
	}{
		{"no YAML", "hunter2 is a token", "token: hunter2\n\t- x", "", "is not YAML"},
		{"empty", "there is nothing to read", "", "", "is not YAML"},
		{"another document", "no cluster is in it", "hunter2", "", "names no server"},
		{"a list of no clusters", "the shape is another one", "clusters: [hunter2]", "", "names no server"},
		{"a local account", "a certificate signs in", localKubeconfig, plan.KubeconfigLoginAzureCLI, "leave kubeconfigLogin out, or integrate the cluster with Entra"},
		{"another program", "its arguments are its own", strings.Replace(entraKubeconfig, "command: kubelogin", "command: hunter2", 1),
			plan.KubeconfigLoginAzureCLI, "does not call kubelogin"},
		{"no server ID", "a token is for the server", strings.Replace(entraKubeconfig, "--server-id", "--hunter2", 1), plan.KubeconfigLoginAzureCLI,
			"without --server-id, which the login azurecli needs"},
		{"no tenant", "people sign in to one", strings.Replace(entraKubeconfig, "--tenant-id", "--hunter2", 1), plan.KubeconfigLoginInteractive,
			"without --tenant-id"},
		{"no tenant where none is asked", "the environment names it", strings.Replace(entraKubeconfig, "--tenant-id", "--x", 1),
			plan.KubeconfigLoginWorkloadIdentity, ""},
	} {
		_, err := plan.ReadKubeconfig(tc.text, tc.login)
		switch {
		case tc.want == "" && err != nil:
			t.Errorf("%s: %s, got %v", tc.name, tc.reason, err)
		case tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "hunter2")):
			t.Errorf("%s: %s, got %v", tc.name, tc.reason, err)
		}
	}
}

func execArgs(t *testing.T, kubeconfig string) []string {
	t.Helper()
	var config struct {
		Users []struct {
			User struct{ Exec struct{ Args []string } }
		}
	}
	if err := yaml.Unmarshal([]byte(kubeconfig), &config); err != nil {
		t.Fatal(err)
	}
	return config.Users[0].User.Exec.Args
}
