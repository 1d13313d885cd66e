package plan

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

var (
	startTimePattern = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)
	utcOffsetPattern = regexp.MustCompile(`^[+-](0\d|1[0-4]):[0-5]\d$`)
)

func (c Cluster) checkEntra(p *problems) {
	c.checkAccess(p)
	if c.Entra == nil {
		if c.DisableLocalAccounts != nil && *c.DisableLocalAccounts {
			p.add("disableLocalAccounts", "without Entra integration nobody could sign in",
				"give entra.adminGroupObjectIds, or leave local accounts on.")
		}
		return
	}
	if c.KubernetesRBAC != nil && !*c.KubernetesRBAC {
		p.refused("RBACNotEnabledForAAD", "enableRbac", "Entra integration needs Kubernetes RBAC",
			"leave it out; Kubernetes RBAC is on by default.")
	}
	c.checkAdmins(p, c.Entra.AdminGroups)
	p.guid("entra.tenantId", c.Entra.Tenant)
	if c.LocalAccountsOff() && c.AdminCredentials {
		p.add("adminKubeconfig", "there are no admin credentials while local accounts are off",
			"leave it out; the user kubeconfig signs in through Entra.")
	}
}

// checkAdmins: somebody has to get in.
func (c Cluster) checkAdmins(p *problems, groups []Value[string]) {
	p.eachGiven("entra.adminGroupObjectIds", groups)
	for i, group := range groups {
		p.guid(Path("entra.adminGroupObjectIds").Index(i), group)
	}
	c.checkSomebody(p, len(groups))
}

// LocalAccountsOff is the effective switch: off only when an Entra admin group is given, unless the caller says otherwise.
func (c Cluster) LocalAccountsOff() bool {
	if c.DisableLocalAccounts != nil {
		return *c.DisableLocalAccounts
	}
	return c.Entra != nil && len(c.Entra.AdminGroups) > 0
}

func (c Cluster) checkSecurity(p *problems) {
	p.checkID("security.defenderWorkspaceId", c.Security.DefenderWorkspace, typeWorkspace)
	p.between("security.imageCleanerIntervalHours", c.Security.ImageCleanerIntervalHour, 24, 2160, " hours")
	kms := c.Security.KMS
	if kms == nil {
		return
	}
	oneOf(p, "security.kms.networkAccess", kms.NetworkAccess)
	c.checkPrivateVault(p)
	if !kms.KeyID.IsSet() {
		p.add("security.kms.keyId", "it is missing", "give the key's URL with its version.")
	}
	vaults := append(mentionsOf(c.Mentions, KeyVaultKMS), mentionsOf(c.Mentions, KeyVaultKMSPrivate)...)
	if len(vaults) == 0 {
		p.add("security.kms.keyVaultId", "it is missing", "give the resource ID of the key's vault; the grant is made there.")
		return
	}
	url, urlKnown := kms.KeyID.Get()
	vault, _ := vaults[0].ID.Get()
	if problem := CheckVaultKey("security.kms.keyId", url, vault); urlKnown && problem != nil {
		p.list = append(p.list, *problem)
	}
}

// keyURLPattern is a key identifier with its version; AKS takes no key without one in this API version.
var keyURLPattern = regexp.MustCompile(`^https://([A-Za-z0-9-]{3,24})\.vault\.[a-z.]+/keys/[A-Za-z0-9-]{1,127}/[0-9A-Za-z]{1,32}$`)

// CheckVaultKey says what is wrong with the URL of a key: its form, or that the key lies in another vault than the one with the
// given ID, where its user is granted nothing. An empty vault ID is one that is not known yet.
func CheckVaultKey(path Path, keyURL, vaultID string) *Problem {
	parts := keyURLPattern.FindStringSubmatch(keyURL)
	if parts == nil {
		return &Problem{
			Path: path, What: fmt.Sprintf("%q is not the URL of a key with its version.", keyURL),
			Fix: "give https://<vault>.vault.azure.net/keys/<key>/<version>.",
		}
	}
	vault, err := rbac.ParseScope(vaultID)
	if err != nil || strings.EqualFold(vault.Name(), parts[1]) {
		return nil // an ID that is none is reported where it stands
	}
	return &Problem{
		Path: path, What: fmt.Sprintf("the key lies in the vault %q, but the right is granted on the vault %q.", parts[1], vault.Name()),
		Fix: "give the vault of the key, or a key of that vault.",
	}
}

func (c Cluster) checkOperations(p *problems) {
	p.matches("kubernetesVersion", c.KubernetesVersion, versionPattern, `give "1.30" or "1.30.10".`)
	oneOf(p, "tier", c.Tier)
	oneOf(p, "supportPlan", c.SupportPlan)
	if c.SupportPlan == SupportPlanAKSLongTermSupport && c.Tier != TierPremium {
		p.add("supportPlan", "long-term support needs the premium tier", `set tier to "Premium".`)
	}
	if c.CostAnalysis != nil && *c.CostAnalysis && c.Tier == TierFree {
		p.add("costAnalysis", "cost analysis needs a paid tier", `set tier to "Standard" or "Premium".`)
	}
	if c.WorkloadIdentity != nil && *c.WorkloadIdentity && c.OIDCIssuer != nil && !*c.OIDCIssuer {
		p.add("workloadIdentity", "workload identity needs the OIDC issuer", "leave oidcIssuer on.")
	}
	oneOf(p, "upgrade.channel", c.Upgrade.Channel)
	oneOf(p, "upgrade.nodeOsChannel", c.Upgrade.NodeOSChannel)
	for _, name := range slices.Sorted(maps.Keys(c.Maintenance)) {
		c.Maintenance[name].check(p, WindowArgument(name))
	}
}

// WindowArgument is the argument of a maintenance configuration.
func WindowArgument(configuration string) Path {
	switch configuration {
	case ClusterUpgradeWindow:
		return "maintenance.cluster"
	case NodeOSUpgradeWindow:
		return "maintenance.nodeOs"
	default:
		return Path("maintenance").Key(configuration)
	}
}

func (w Window) check(p *problems, path Path) {
	oneOf(p, path.Field("day"), w.Day)
	p.matches(path.Field("startTime"), w.StartTime, startTimePattern, "give hours and minutes, like 02:00.")
	p.matches(path.Field("utcOffset"), w.UTCOffset, utcOffsetPattern, "give an offset like +02:00.")
	p.between(path.Field("durationHours"), w.DurationHours, 4, 24, " hours")
	p.between(path.Field("intervalWeeks"), w.IntervalWeeks, 1, 4, " weeks")
}
