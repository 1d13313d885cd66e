package main

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/examples/workload-identity/program"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

func TestWorkloadIdentity(t *testing.T) {
	cloud := azuresim.New()
	vault := cloud.MustSeed(azuresim.ID("keys", "Microsoft.KeyVault/vaults", "shop"), nil)
	simtest.Run(t, program.Program, simtest.WithCloud(cloud), simtest.WithNames("shop", "dev"),
		simtest.WithConfig(map[string]string{"shop:vaultId": vault}),
		simtest.WithCheck(func(s *simtest.Stack, up simtest.Result) {
			identity, ok := up.Resources.Find("azure-native:managedidentity:UserAssignedIdentity", "orders")
			if !ok {
				t.Fatal("no identity was made")
			}
			need := rbac.Need{
				Action: "Microsoft.KeyVault/vaults/secrets/getSecret/action", Data: true, Scope: rbac.MustParseScope(vault),
			}
			principal, _ := identity.Output("principalId").(string)
			if decision := s.Cloud().Can(principal, need); !decision.Allowed() {
				t.Errorf("the workload cannot read the vault: %v", decision.Missing)
			}
			if n := len(up.Resources.ByType("azure-native:managedidentity:FederatedIdentityCredential")); n != 2 {
				t.Errorf("%d credentials, want 2", n)
			}
		}))
}
