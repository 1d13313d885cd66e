package audit_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/audit"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
)

// FuzzOf: whatever a state holds, it is judged and told in every form.
func FuzzOf(f *testing.F) {
	all, err := json.Marshal(map[string]any{"version": 3, "deployment": map[string]any{"resources": hugeEstate(2, 3)}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(all))
	f.Add(`{"version": 3, "deployment": {"resources": [{"urn": "a", "id": "/", "type": "azure-native:containerservice:ManagedCluster",
		"outputs": {"identity": 1, "agentPoolProfiles": [1, {"name": "a", "vnetSubnetID": "/subscriptions/x"}], "addonProfiles": {"aciConnectorLinux": {"enabled": "true"}},
		"networkProfile": {"networkPlugin": "kubenet"}, "securityProfile": {"azureKeyVaultKms": {"enabled": true}}}}]}}`)
	f.Fuzz(func(t *testing.T, text string) {
		e, err := estate.ReadState(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, source := range []audit.Source{{}, {Whole: true}} {
			r, err := audit.Of(e, source)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := r.SARIF(); err != nil || r.Text(40) == "" || r.Markdown() == "" || r.JSON() == "" {
				t.Errorf("%v", err)
			}
		}
	})
}
