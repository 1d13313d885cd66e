package components

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	aks "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

func (b *clusterBuilder) setOutputs() error {
	c := b.component
	c.Cluster = b.cluster
	c.ClusterID = b.cluster.ID().ToStringOutput()
	c.ClusterName = b.cluster.Name
	c.ResourceGroupName = b.group.ToStringOutput()
	c.NodeResourceGroup = b.cluster.NodeResourceGroup.Elem()
	c.IdentityType = pulumi.String(string(b.effective.Identity.Type)).ToStringOutput()
	c.PrincipalID, c.TenantID = b.controlPlaneIDs()
	c.Kubelet = kubeletRecord(b.cluster)
	c.AddonIdentities = addonRecords(b.cluster, b.effective.Addons.Routing != nil)
	c.OIDCIssuerURL = b.cluster.OidcIssuerProfile.ApplyT(func(p *aks.ManagedClusterOIDCIssuerProfileResponse) string {
		if p == nil {
			return ""
		}
		return p.IssuerURL
	}).(pulumi.StringOutput)
	c.FQDN = fqdnOf(b.cluster, b.args.APIServer.Private)
	made := slices.Concat(b.before, b.after, b.access)
	c.Ready, c.Grants, c.PlannedGrants = b.grants.outputs(b.plan, made, slices.Concat(b.pools, b.associations, []pulumi.Resource{b.cluster})...)
	c.Ready = b.readyWithKubelet(b.readyAsGiven(c.Ready))
	b.setKubeconfig()
	c.Adopted = pulumi.Bool(b.adopted != nil).ToBoolOutput()
	return nil
}

func (b *clusterBuilder) controlPlaneIDs() (principal, tenant pulumi.StringOutput) {
	if b.controlPlane == nil {
		tenant = b.cluster.Identity.ApplyT(func(i *aks.ManagedClusterIdentityResponse) string {
			if i == nil {
				return ""
			}
			return i.TenantId
		}).(pulumi.StringOutput)
		return systemPrincipal(b.cluster), tenant
	}
	if b.controlPlane.created {
		return b.controlPlane.principalID.ToStringOutput(), b.controlPlane.tenantID
	}
	// An identity that a cluster uses lies in the cluster's tenant.
	config := authorization.GetClientConfigOutput(b.ctx, pulumi.Parent(b.component))
	return b.controlPlane.principalID.ToStringOutput(), config.TenantId()
}

// readyAsGiven is ready, and an error when the cluster acts as another principal than the one that was given: everything would
// succeed, and the grants would be somebody else's.
func (b *clusterBuilder) readyAsGiven(ready pulumi.BoolOutput) pulumi.BoolOutput {
	if b.controlPlane == nil || b.controlPlane.created {
		return ready
	}
	return pulumi.All(ready, b.cluster.Identity, b.controlPlane.principalID).ApplyT(func(parts []any) (bool, error) {
		answer, _ := parts[1].(*aks.ManagedClusterIdentityResponse)
		if answer == nil {
			return parts[0].(bool), nil
		}
		for id, identity := range answer.UserAssignedIdentities {
			if problem := plan.CheckPrincipal("identity.userAssigned.principalId", id, parts[2].(string), identity.PrincipalId); problem != nil {
				return false, b.grants.hide(b.grants.refusal(plan.Problems{*problem}), b.controlPlane.resourceID, b.controlPlane.principalID)
			}
		}
		return parts[0].(bool), nil
	}).(pulumi.BoolOutput)
}

// systemPrincipal is the principal that AKS made; empty when it returned none, which the granter refuses.
func systemPrincipal(cluster *aks.ManagedCluster) pulumi.StringOutput {
	return cluster.Identity.ApplyT(func(i *aks.ManagedClusterIdentityResponse) string {
		if i == nil {
			return ""
		}
		return i.PrincipalId
	}).(pulumi.StringOutput)
}

func text(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}

// kubeletRecord finds the nodes' identity. Azure spells the key kubeletidentity; letter case is not relied on.
func kubeletRecord(cluster *aks.ManagedCluster) IdentityRecordOutput {
	return cluster.IdentityProfile.ApplyT(kubeletIn).(IdentityRecordOutput)
}

func kubeletIn(profile map[string]aks.UserAssignedIdentityResponse) IdentityRecord {
	for key, identity := range profile {
		if strings.EqualFold(key, "kubeletidentity") {
			return recordOfResponse(identity)
		}
	}
	return IdentityRecord{}
}

func recordOfResponse(identity aks.UserAssignedIdentityResponse) IdentityRecord {
	return IdentityRecord{
		ResourceID: text(identity.ResourceId), PrincipalID: text(identity.ObjectId), ClientID: text(identity.ClientId),
	}
}

// addonRecords finds the identities of add-ons. The ingress profile is not asked for what is off: a preview takes a property that
// Azure leaves out for one that is not known yet, and would announce every grant of an add-on as replaced.
func addonRecords(cluster *aks.ManagedCluster, routing bool) IdentityRecordMapOutput {
	profiles := []any{cluster.AddonProfiles}
	if routing {
		profiles = append(profiles, cluster.IngressProfile)
	}
	return pulumi.All(profiles...).ApplyT(func(parts []any) map[string]IdentityRecord {
		addons, _ := parts[0].(map[string]aks.ManagedClusterAddonProfileResponse)
		if len(parts) == 1 {
			return addonsIn(addons, nil)
		}
		ingress, _ := parts[1].(*aks.ManagedClusterIngressProfileResponse)
		return addonsIn(addons, ingress)
	}).(IdentityRecordMapOutput)
}

// addonsIn are the identities of add-ons by documented key; an add-on that has none is absent.
func addonsIn(addons map[string]aks.ManagedClusterAddonProfileResponse, ingress *aks.ManagedClusterIngressProfileResponse) map[string]IdentityRecord {
	records := map[string]IdentityRecord{}
	for key, addon := range addons {
		record := IdentityRecord{
			ResourceID: text(addon.Identity.ResourceId), PrincipalID: text(addon.Identity.ObjectId), ClientID: text(addon.Identity.ClientId),
		}
		if record.PrincipalID != "" {
			records[string(plan.SpellAddon(key))] = record
		}
	}
	if ingress != nil && ingress.WebAppRouting != nil && text(ingress.WebAppRouting.Identity.ObjectId) != "" {
		records[string(plan.WebAppRouting)] = recordOfResponse(ingress.WebAppRouting.Identity)
	}
	return records
}

func fqdnOf(cluster *aks.ManagedCluster, private bool) pulumi.StringOutput {
	if private {
		return cluster.PrivateFQDN
	}
	return cluster.Fqdn
}
