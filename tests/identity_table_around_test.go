package tests

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// can asks the simulated Azure whether a principal may do everything that a capability needs at a resource.
func can(t *testing.T, cloud *azuresim.Cloud, principal string, capability rbac.CapabilityID, resource string) bool {
	t.Helper()
	known, ok := rbac.CapabilityByID(capability)
	if !ok {
		t.Fatalf("%s is no capability", capability)
	}
	return cloud.Can(principal, known.Needs(rbac.MustParseScope(resource))...).Allowed()
}

// TestWorkloadsOfTheTable covers the rows whose controllers act as workload identities: M3, M4 and M10.
func TestWorkloadsOfTheTable(t *testing.T) {
	o := outside{azuresim.New()}
	zone, vault := o.target("publiczone"), o.target("vault")
	program := func(grants bool) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			args := (tableRow{set: noChange}).args(o)
			cluster, err := components.NewManagedIdentityCluster(ctx, "aks", args)
			if err != nil {
				return err
			}
			workload := &components.WorkloadIdentityArgs{
				ResourceGroupName: cluster.ResourceGroupName, Location: pulumi.StringPtr("westeurope"), IssuerURL: cluster.OIDCIssuerURL,
				ServiceAccounts: map[string]*components.ServiceAccountArgs{"dns": {Namespace: pulumi.String("ingress"), Name: pulumi.String("external-dns")}},
			}
			if grants {
				workload.Roles = map[string]*components.WorkloadGrantArgs{
					"zone":  {Role: rbac.DNSZoneContributor, ResourceID: pulumi.String(zone)},
					"vault": {Role: rbac.KeyVaultSecretsUser, ResourceID: pulumi.String(vault)},
				}
			}
			identity, err := components.NewWorkloadIdentity(ctx, "ingress", workload)
			if err != nil {
				return err
			}
			ctx.Export("principal", identity.PrincipalID)
			return nil
		}
	}
	s := simtest.New(t, program(false), simtest.WithCloud(o.cloud))
	for _, granted := range []bool{false, true} {
		s.SetProgram(program(granted))
		up := s.Up()
		if up.Err != nil {
			t.Fatal(up.Explain())
		}
		principal, _ := up.Output("principal")
		for capability, resource := range map[rbac.CapabilityID]string{"approuting-public-dns": zone, "approuting-keyvault": vault} {
			if can(t, o.cloud, principal.(string), capability, resource) != granted {
				t.Errorf("%s with grants %v is wrong", capability, granted)
			}
		}
	}
}

// TestBackupOfTheTable covers row M17: an extension that is no part of the cluster.
func TestBackupOfTheTable(t *testing.T) {
	const extension = "5c000000-0000-4000-8000-000000000001"
	o := outside{azuresim.New()}
	o.cloud.AddPrincipal(extension, "ServicePrincipal", "backup extension")
	account := o.id("backup", "Microsoft.Storage/storageAccounts", "shopbackup")
	group := "/subscriptions/" + azuresim.DefaultSubscriptionID + "/resourceGroups/backup"
	program := func(grants bool) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			cluster, err := components.NewManagedIdentityCluster(ctx, "aks", (tableRow{set: noChange}).args(o))
			if err != nil || !grants {
				return err
			}
			_, err = components.NewAddonIdentityGrants(ctx, "backup", &components.AddonIdentityGrantsArgs{
				ControlPlanePrincipalID:    cluster.PrincipalID.ToStringPtrOutput(),
				BackupExtensionPrincipalID: pulumi.StringPtr(extension),
				BackupSnapshotGroupIDs:     map[string]pulumi.StringInput{"shop": pulumi.String(group)},
				BackupAccountIDs:           map[string]pulumi.StringInput{"shop": pulumi.String(account)},
			})
			return err
		}
	}
	s := simtest.New(t, program(false), simtest.WithCloud(o.cloud))
	for _, granted := range []bool{false, true} {
		s.SetProgram(program(granted))
		if up := s.Up(); up.Err != nil {
			t.Fatal(up.Explain())
		}
		if can(t, o.cloud, extension, "backup-extension-storage", account) != granted {
			t.Errorf("the extension's account with grants %v is wrong", granted)
		}
		controlPlane := o.cloud.Clusters()[0].ControlPlane()
		if can(t, o.cloud, controlPlane, "backup-snapshot-rg", group) != granted {
			t.Errorf("the control plane's snapshot group with grants %v is wrong", granted)
		}
	}
}
