package plan

import (
	"fmt"
	"regexp"
)

var (
	startTimePattern = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)
	utcOffsetPattern = regexp.MustCompile(`^[+-](0\d|1[0-4]):[0-5]\d$`)
)

func (c Cluster) checkEntra(p *problems) {
	if c.Entra == nil {
		if c.DisableLocalAccounts != nil && *c.DisableLocalAccounts {
			p.add("disableLocalAccounts", "give entra.adminGroupObjectIds, or leave local accounts on.",
				"without Entra integration nobody could sign in")
		}
		return
	}
	if c.KubernetesRBAC != nil && !*c.KubernetesRBAC {
		p.refused("RBACNotEnabledForAAD", "enableRbac", "leave it out; Kubernetes RBAC is on by default.", "Entra integration needs Kubernetes RBAC")
	}
	for i, group := range c.Entra.AdminGroups {
		p.guid(fmt.Sprintf("entra.adminGroupObjectIds[%d]", i), group)
	}
	p.guid("entra.tenantId", c.Entra.Tenant)
	if c.DisableLocalAccounts != nil && *c.DisableLocalAccounts && len(c.Entra.AdminGroups) == 0 &&
		(c.Entra.AzureRBAC != nil && !*c.Entra.AzureRBAC) {
		p.add("entra.adminGroupObjectIds", "give an admin group, or set entra.azureRbac.", "local accounts are off and nobody would be an administrator")
	}
	if c.LocalAccountsOff() && c.AdminCredentials {
		p.add("adminKubeconfig", "leave it out; the user kubeconfig signs in through Entra.", "there are no admin credentials while local accounts are off")
	}
}

// LocalAccountsOff is the effective switch: off only when an Entra admin group is given, unless the caller says otherwise.
func (c Cluster) LocalAccountsOff() bool {
	if c.DisableLocalAccounts != nil {
		return *c.DisableLocalAccounts
	}
	return c.Entra != nil && len(c.Entra.AdminGroups) > 0
}

func (c Cluster) checkSecurity(p *problems) {
	p.checkID("diskEncryptionSetId", c.DiskEncryptionSet, TypeDiskEncryptionSet)
	p.checkID("security.defenderWorkspaceId", c.Security.DefenderWorkspace, typeWorkspace)
	p.between("security.imageCleanerIntervalHours", c.Security.ImageCleanerIntervalHour, 24, 2160, " hours")
	kms := c.Security.KMS
	if kms == nil {
		return
	}
	p.oneOf("security.kms.networkAccess", kms.NetworkAccess, "Public", "Private")
	if !kms.KeyID.IsSet() {
		p.add("security.kms.keyId", "give the key's URL with its version.", "it is missing")
	}
	if !kms.VaultID.IsSet() {
		p.add("security.kms.keyVaultId", "give the resource ID of the key's vault; the grant is made there.", "it is missing")
	}
	p.checkID("security.kms.keyVaultId", kms.VaultID, typeVault)
}

func (c Cluster) checkOperations(p *problems) {
	p.matches("kubernetesVersion", c.KubernetesVersion, versionPattern, `give "1.30" or "1.30.10".`)
	p.oneOf("tier", c.Tier, "Free", "Standard", "Premium")
	p.oneOf("supportPlan", c.SupportPlan, "KubernetesOfficial", "AKSLongTermSupport")
	if c.SupportPlan == "AKSLongTermSupport" && c.Tier != "Premium" {
		p.add("supportPlan", `set tier to "Premium".`, "long-term support needs the premium tier")
	}
	if c.CostAnalysis != nil && *c.CostAnalysis && c.Tier == "Free" {
		p.add("costAnalysis", `set tier to "Standard" or "Premium".`, "cost analysis needs a paid tier")
	}
	if c.WorkloadIdentity != nil && *c.WorkloadIdentity && c.OIDCIssuer != nil && !*c.OIDCIssuer {
		p.add("workloadIdentity", "leave oidcIssuer on.", "workload identity needs the OIDC issuer")
	}
	p.oneOf("upgrade.channel", c.Upgrade.Channel, "rapid", "stable", "patch", "node-image", "none")
	p.oneOf("upgrade.nodeOsChannel", c.Upgrade.NodeOSChannel, "NodeImage", "SecurityPatch", "Unmanaged", "None")
	for _, name := range sortedKeys(c.Maintenance) {
		c.Maintenance[name].check(p, "maintenance."+name)
	}
}

func (w Window) check(p *problems, path string) {
	p.oneOf(path+".day", w.Day, "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
	p.matches(path+".startTime", Known(w.StartTime), startTimePattern, "give hours and minutes, like 02:00.")
	p.matches(path+".utcOffset", Known(w.UTCOffset), utcOffsetPattern, "give an offset like +02:00.")
	p.between(path+".durationHours", Known(w.DurationHours), 4, 24, " hours")
	p.between(path+".intervalWeeks", Known(w.IntervalWeeks), 1, 4, " weeks")
}
