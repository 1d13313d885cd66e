package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// misplacement is a capability on an identity that does not do the work.
type misplacement struct {
	capability rbac.CapabilityID
	// uses are the rows of the grant table that say who does the work.
	use plan.Use
	// of is who should not hold it.
	of estate.Kind
	// namespace tells roles that are about it from those that give it among everything else.
	namespace string
	does      string
	why       string
	do        string
}

const (
	everyPod = "Every pod that reaches the identity of the nodes through the metadata service holds the right."
	dnsDo    = "Give it to the identity of application routing (addons.appRouting of ManagedIdentityCluster), or give external-dns an identity of " +
		"its own (WorkloadIdentity)."
	vaultDo = "Give it to the identity of the secrets provider (addons.secretsProvider of ManagedIdentityCluster), or to a workload's own (WorkloadIdentity)."
	pullDo  = "Assign the role to the kubelet: registryIds of ManagedIdentityCluster, or az aks update --attach-acr."
	pullWhy = "The nodes pull images as the kubelet; the control plane never does."
)

func misplacements() []misplacement {
	return []misplacement{
		{"acr-pull-rbac", plan.Registry, estate.ControlPlane, "Microsoft.ContainerRegistry/", "pull images", pullWhy, pullDo},
		{"acr-pull-abac", plan.ABACRegistry, estate.ControlPlane, "Microsoft.ContainerRegistry/", "pull images", pullWhy, pullDo},
		{"approuting-public-dns", plan.PublicZone, estate.Kubelet, "Microsoft.Network/dnsZones", "write DNS records", everyPod, dnsDo},
		{"approuting-private-dns", plan.PrivateRecordZone, estate.Kubelet, "Microsoft.Network/privateDnsZones", "write DNS records", everyPod, dnsDo},
		{"keyvault-secrets-provider", plan.SecretVault, estate.Kubelet, "Microsoft.KeyVault/", "read secrets", everyPod, vaultDo},
	}
}

// judgeHolder tells rights on an identity that does not do the work. An identity that plays several parts is each of them.
func (a *auditor) judgeHolder(g grant, parts []estate.Identity) bool {
	for _, m := range misplacements() {
		if slices.ContainsFunc(parts, func(i estate.Identity) bool { return i.Kind != m.of }) || !isAbout(g.role, m.namespace) {
			continue
		}
		capability, known := rbac.CapabilityByID(m.capability)
		if !known || len(g.role.Permissions.Covers(capability.Actions, capability.DataActions)) > 0 {
			continue
		}
		a.findMisplaced(m, g, parts[0])
		return true
	}
	return false
}

// isAbout tells whether the role names something of the namespace, rather than having a wildcard over all of Azure.
func isAbout(role rbac.Role, namespace string) bool {
	return slices.ContainsFunc(slices.Concat(role.Permissions.Actions, role.Permissions.DataActions), func(entry string) bool {
		return strings.HasPrefix(strings.ToLower(entry), strings.ToLower(namespace))
	})
}

func (a *auditor) findMisplaced(m misplacement, g grant, i estate.Identity) {
	severity, more := Warning, ""
	if m.of == estate.ControlPlane && !a.someoneElseDoes(m, g, i.Cluster) {
		severity, more = Error, " The kubelet has no right to, so the pods do not start."
	}
	f := about(WrongHolder, severity, g, i)
	f.What = fmt.Sprintf("%s of %s holds %s, the right to %s, which is not its work.", capital(titleOf(i)), i.Cluster, g.RoleName, m.does)
	f.Why, f.Do, f.Run = m.why+more, m.do+" Then remove this one"+removal(g)+".", removing(g)
	a.find(f)
}

// someoneElseDoes tells whether the identity that does the work has the right there.
func (a *auditor) someoneElseDoes(m misplacement, g grant, cluster string) bool {
	info, err := plan.Lookup(m.use)
	if err != nil {
		return false
	}
	at := slices.IndexFunc(a.Clusters, func(c estate.Cluster) bool { return c.Name == cluster })
	if at < 0 {
		return false
	}
	holder, there := a.identity(a.Clusters[at], info.Holder)
	capability, known := rbac.CapabilityByID(m.capability)
	if !there || !known {
		return false
	}
	for _, need := range capability.Needs(g.Scope) {
		if len(a.meeting(holder.PrincipalID, need)) == 0 {
			return false
		}
	}
	return true
}

// plainNamespaces are those whose resources are managed by actions of their own type: an action of another type does nothing there.
// Extensions (metrics, policies) are not among them, for they work on resources of every type.
var plainNamespaces = []string{
	"microsoft.network", "microsoft.compute", "microsoft.storage", "microsoft.keyvault", "microsoft.containerregistry", "microsoft.managedidentity",
}

// everywhere are namespaces that almost every role has something of.
var everywhere = []string{
	"microsoft.authorization", "microsoft.resources", "microsoft.support", "microsoft.resourcehealth",
	"microsoft.insights/alertrules", "microsoft.insights/diagnosticsettings",
}

// judgeEffect tells roles none of whose actions are about the resource where they are assigned.
func (a *auditor) judgeEffect(g grant, i estate.Identity) bool {
	if g.Scope.Kind() != rbac.Resource || hasEffect(g.role, g.Scope.ResourceType()) {
		return false
	}
	f := about(RoleWithoutEffect, Error, g, i)
	f.What = fmt.Sprintf("%s of %s holds %s on a %s, where the role gives nothing.", capital(titleOf(i)), i.Cluster, g.RoleName, g.Scope.ResourceType())
	f.Why = "None of the role's actions is about resources of that type: the right looks granted and is not."
	f.Do, f.Run = "Assign a role for that type, and remove this one"+removal(g)+".", removing(g)
	if role := zoneRole(g.Scope); role != "" {
		f.Why = "Public and private DNS zones are two types with a role each, and neither role covers anything of the other type."
		f.Do = fmt.Sprintf("Assign %s, and remove this one%s. addons.appRouting of ManagedIdentityCluster chooses the role by the ID of the zone.", role, removal(g))
	}
	a.find(f)
	return true
}

func zoneRole(scope rbac.Scope) rbac.RoleName {
	switch {
	case scope.HasType(plan.TypePrivateZone):
		return rbac.PrivateDNSZoneContributor
	case scope.HasType("Microsoft.Network/dnsZones"):
		return rbac.DNSZoneContributor
	default:
		return ""
	}
}

// hasEffect is true in case of doubt.
func hasEffect(role rbac.Role, resourceType string) bool {
	within := strings.ToLower(resourceType) + "/"
	if namespace, _, _ := strings.Cut(within, "/"); !slices.Contains(plainNamespaces, namespace) {
		return true
	}
	foreign := false
	for _, entry := range slices.Concat(role.Permissions.Actions, role.Permissions.DataActions) {
		entry = strings.ToLower(entry)
		if slices.ContainsFunc(everywhere, func(namespace string) bool { return strings.HasPrefix(entry, namespace) }) {
			continue
		}
		namespace, _, _ := strings.Cut(entry, "/")
		start, _, wild := strings.Cut(entry, "*")
		if strings.HasPrefix(start, within) || wild && strings.HasPrefix(within, start) || !slices.Contains(plainNamespaces, namespace) {
			return true
		}
		foreign = true
	}
	return !foreign
}
