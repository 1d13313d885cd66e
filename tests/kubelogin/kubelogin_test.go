package kubelogin

import (
	"encoding/base64"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	kubelogin "github.com/Azure/kubelogin/pkg/cmd"
	"github.com/google/go-cmp/cmp"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

var record = flag.Bool("record", false, "write what kubelogin does into plan/testdata/kubelogin.json")

const recorded = "../../plan/testdata/kubelogin.json"

// TestKubeloginConvertsAsWeDo: for each way to sign in, kubelogin's own command and ours make the same of what AKS gives. Terraform's and
// others' habits do not count here; this program is the one that has to understand the arguments.
func TestKubeloginConvertsAsWeDo(t *testing.T) {
	given := fromAKS(t, map[string]any{"managed": true, "enableAzureRBAC": true})
	for _, login := range plan.KubeconfigLogin("").Set().Values() {
		t.Run(login, func(t *testing.T) {
			ours, err := plan.ReadKubeconfig(given, plan.KubeconfigLogin(login))
			if err != nil {
				t.Fatal(err)
			}
			theirs := converted(t, given, login)
			// kubelogin keeps the hint and drops what else AKS says beside the arguments, all of which is what it would be without.
			if diff := cmp.Diff(load(t, theirs), load(t, ours.Text)); diff != "" {
				t.Errorf("(-kubelogin +ours):\n%s", diff)
			}
		})
	}
}

// TestWhatIsRecordedOfKubeloginHolds: the table that the tests of the plan read is what this version of kubelogin does.
func TestWhatIsRecordedOfKubeloginHolds(t *testing.T) {
	var known struct {
		Source   string              `json:"source"`
		Commit   string              `json:"commit"`
		Released string              `json:"released"`
		Read     string              `json:"read"`
		Args     map[string][]string `json:"args"`
	}
	content, err := os.ReadFile(recorded)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &known); err != nil {
		t.Fatal(err)
	}
	given, got := fromAKS(t, map[string]any{"managed": true}), map[string][]string{}
	for _, login := range plan.KubeconfigLogin("").Set().Values() {
		for _, user := range load(t, converted(t, given, login)).AuthInfos {
			got[login] = user.Exec.Args
		}
	}
	if *record {
		known.Args = got
		written, err := json.MarshalIndent(known, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(recorded, append(written, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(got, known.Args); diff != "" {
		t.Errorf("run `go test -record` here (-kubelogin +recorded):\n%s", diff)
	}
}

// TestClientsLoadTheKubeconfig: client-go finds one cluster with its server and certificate authority, and who signs in; with Entra and
// without, changed and as AKS gives it.
func TestClientsLoadTheKubeconfig(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		entra        map[string]any
		login        plan.KubeconfigLogin
	}{
		{"local account", "a certificate signs in", nil, ""},
		{"device code", "as AKS gives it", map[string]any{"managed": true}, ""},
		{"azurecli", "rewritten", map[string]any{"managed": true}, plan.KubeconfigLoginAzureCLI},
	} {
		t.Run(tc.name, func(t *testing.T) {
			ours, err := plan.ReadKubeconfig(fromAKS(t, tc.entra), tc.login)
			if err != nil {
				t.Fatal(err)
			}
			client, err := clientcmd.NewDefaultClientConfig(*load(t, ours.Text), &clientcmd.ConfigOverrides{}).ClientConfig()
			if err != nil {
				t.Fatalf("%s: %v", tc.reason, err)
			}
			if client.Host != ours.Host || base64.StdEncoding.EncodeToString(client.CAData) != ours.ClusterCACertificate {
				t.Errorf("%s: client-go reads %s and %q, we read %s and %q", tc.reason, client.Host, client.CAData, ours.Host, ours.ClusterCACertificate)
			}
			if (client.ExecProvider != nil) != (tc.entra != nil) {
				t.Errorf("%s: kubelogin is called: %v", tc.reason, client.ExecProvider)
			}
		})
	}
}

// fromAKS is the kubeconfig that the simulated AKS gives for a cluster.
func fromAKS(t *testing.T, entra map[string]any) string {
	t.Helper()
	cloud := azuresim.New()
	cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "aks"), map[string]any{"location": "westeurope"})
	properties := map[string]any{"dnsPrefix": "shop", "agentPoolProfiles": []any{map[string]any{
		"name": "system", "mode": "System", "count": float64(1), "vmSize": "Standard_D4s_v5"}}}
	if entra != nil {
		properties["aadProfile"] = entra
	}
	id := azuresim.ID("aks", azuresim.ManagedClusterType, "shop")
	body := map[string]any{"location": "westeurope", "identity": map[string]any{"type": "SystemAssigned"}, "properties": properties}
	if _, err := cloud.Put(t.Context(), id, body); err != nil {
		t.Fatal(err)
	}
	answer, err := cloud.Post(t.Context(), id, "listClusterUserCredential", map[string]any{"format": "exec"})
	if err != nil {
		t.Fatal(err)
	}
	config := answer.Body["kubeconfigs"].([]any)[0].(map[string]any)["value"].(string)
	text, err := base64.StdEncoding.DecodeString(config)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// converted is what `kubelogin convert-kubeconfig` writes.
func converted(t *testing.T, kubeconfig, login string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(path, []byte(kubeconfig), 0o600); err != nil {
		t.Fatal(err)
	}
	command := kubelogin.NewRootCmd("v0.2.19")
	command.SetArgs([]string{"convert-kubeconfig", "--kubeconfig", path, "--login", login})
	if err := command.Execute(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func load(t *testing.T, kubeconfig string) *api.Config {
	t.Helper()
	config, err := clientcmd.Load([]byte(kubeconfig))
	if err != nil {
		t.Fatal(err)
	}
	if err := clientcmd.Validate(*config); err != nil {
		t.Fatal(err)
	}
	return config
}
