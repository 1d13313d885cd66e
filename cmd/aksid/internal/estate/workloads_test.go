package estate_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/pulumi/pulumi-azure-native-sdk/managedidentity/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/exampletest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// TestAnIdentityMadeElsewhereIsAWorkloads: the stack has credentials on it and grants to it, and not the identity itself.
func TestAnIdentityMadeElsewhereIsAWorkloads(t *testing.T) {
	const subject = "system:serviceaccount:shop:api"
	cloud := azuresim.New()
	identity := cloud.MustSeedIdentity("team", "apps")
	vault := cloud.MustSeed(azuresim.ID("keys", azuresim.VaultType, "shop"), nil)
	programs := map[string]pulumi.RunFunc{
		"with the component": func(ctx *pulumi.Context) error {
			_, err := components.NewWorkloadIdentity(ctx, "apps", &components.WorkloadIdentityArgs{
				IdentityID: pulumi.String(identity.ID), IssuerURL: pulumi.String("https://westeurope.oic.prod-aks.azure.com/a/b/"),
				ServiceAccounts: map[string]*components.ServiceAccountArgs{"api": {Namespace: pulumi.String("shop"), Name: pulumi.String("api")}},
				Roles: map[string]*components.WorkloadGrantArgs{
					"vault": {Role: rbac.KeyVaultSecretsUser, ResourceID: pulumi.String(vault), Reason: "read the key"},
				},
			})
			return err
		},
		"by hand": func(ctx *pulumi.Context) error {
			_, err := managedidentity.NewFederatedIdentityCredential(ctx, "api", &managedidentity.FederatedIdentityCredentialArgs{
				ResourceGroupName: pulumi.String("team"), ResourceName: pulumi.String("apps"),
				Issuer: pulumi.String("https://westeurope.oic.prod-aks.azure.com/a/b/"), Subject: pulumi.String(subject),
				Audiences: pulumi.StringArray{pulumi.String(azuresim.TokenAudience)},
			})
			return err
		},
	}
	for name, program := range programs {
		t.Run(name, func(t *testing.T) {
			s := simtest.New(t, program, simtest.WithCloud(cloud))
			preview, err := estate.ReadPreview(bytes.NewReader(exampletest.Preview(t, s)))
			if err != nil || len(preview.Identities) != 1 || preview.Identities[0].Title() != "workload apps" {
				t.Errorf("in the preview: %+v %v", preview.Identities, err)
			}
			e, err := estate.ReadState(bytes.NewReader(exampletest.State(t, s)))
			if err != nil || len(e.Identities) != 1 {
				t.Fatalf("%+v %v", e.Identities, err)
			}
			i := e.Identities[0]
			if i.Title() != "workload apps" || i.Origin != estate.Elsewhere || i.ResourceID != identity.ID || !slices.Equal(i.Subjects, []string{subject}) {
				t.Errorf("%+v", i)
			}
			for _, a := range e.Assignments {
				if holders := e.HoldersOf(a); i.PrincipalID != identity.PrincipalID || len(holders) != 1 || holders[0].Title() != "workload apps" {
					t.Errorf("%s is held by %+v, and the identity is %s", a.Resource.Name(), holders, identity.PrincipalID)
				}
			}
			if down := s.Destroy(); down.Err != nil {
				t.Fatal(down.Explain())
			}
		})
	}
}
