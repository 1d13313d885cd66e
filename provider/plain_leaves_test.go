package provider_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// Reasons for which a value has to be known at preview.
const (
	decidesSet    = "it decides which resources, identities or grants there are"
	decidesName   = "it is part of the name of a resource or a grant"
	refersToKey   = "it is a key of another argument, and decides who is granted what"
	decidesRules  = "a choice that other arguments and defaults follow from, and so the identities and grants that the plan shows"
	aSwitch       = "a switch, on or off in the text of the program: no resource of Azure has such a value to give"
	replaces      = "azure-native 2.92.3 replaces the cluster when it changes, and one late value would announce that at every preview"
	consent       = "consent that has to be given in writing, before anything is made"
	shown         = "the plan shows it before anything is made, and grants that coincide join their reasons"
	directsEngine = "it directs the program or the engine, before there is any resource to wait for"
)

// plainReasons say why a value cannot be late, by type and property. A list is there for what is in it.
var plainReasons = map[string]string{
	"APIServer.private": decidesRules, "APIServer.privateDnsZone": decidesRules, "APIServer.public": consent,
	"APIServer.publicFqdn": decidesRules, "APIServer.runCommand": aSwitch,
	"Access.kubeconfig": decidesSet, "Access.principalType": decidesRules, "Access.reason": shown, "Access.role": decidesName,
	"Addons.azurePolicy": decidesSet, "Addons.keda": aSwitch, "Addons.prometheus": aSwitch, "Addons.verticalPodAutoscaler": aSwitch,
	"Adopt.assignments": directsEngine, "AdoptCluster.assignments": directsEngine, "AdoptCluster.cluster": directsEngine,
	"AppRouting.vaults":    refersToKey,
	"ClusterIdentity.type": decidesSet, "ConfidentialComputing.quoteHelper": aSwitch,
	"DeployerAccess.principalType":         decidesRules,
	"DeployerAccess.reason":                shown,
	"DeployerAccess.role":                  decidesName,
	"ManagedIdentityCluster.acceptRetired": consent,
	"Entra.azureRbac":                      decidesRules,
	"ExtraGrant.grantsRoles":               consent,
	"ExtraGrant.identity":                  decidesName,
	"ExtraGrant.reason":                    shown,
	"ExtraGrant.role":                      decidesName,
	"ExtraGrant.wideScope":                 consent,
	"Istio.externalIngress":                aSwitch,
	"Istio.internalIngress":                aSwitch,
	"IstioCertificateAuthority.keyVault":   refersToKey,
	"KMS.networkAccess":                    decidesSet,
	"LoadBalancer.allocatedPorts":          replaces, "LoadBalancer.backendPoolType": replaces, "LoadBalancer.idleTimeoutMinutes": replaces,
	"LoadBalancer.managedIps": replaces, "LoadBalancer.managedIpv6s": replaces,
	"Maintenance.disabled":                 decidesSet,
	"MaintenanceWindow.day":                decidesRules,
	"ManagedNATGateway.idleTimeoutMinutes": replaces, "ManagedNATGateway.managedIps": replaces,
	"Monitoring.legacyAuthentication": decidesSet,
	"Network.dataplane":               decidesRules, "Network.dnsServiceIp": replaces, "Network.flat": decidesRules, "Network.ipFamilies": replaces,
	"Network.outboundType": decidesRules, "Network.plugin": decidesRules, "Network.pluginMode": decidesRules, "Network.podCidr": replaces,
	"Network.podCidrs": replaces, "Network.policy": decidesRules, "Network.serviceCidr": replaces, "Network.serviceCidrs": replaces,
	"NodePool.capacityReservationGroup": refersToKey, "NodePool.hostGroup": refersToKey, "NodePool.nodeIpPrefix": refersToKey,
	"NodePool.podSubnet": refersToKey, "NodePool.subnet": refersToKey,
	"NodePool.disableWindowsOutboundNat": decidesRules, "NodePool.enableEncryptionAtHost": aSwitch, "NodePool.enableFips": aSwitch,
	"NodePool.enableNodePublicIp": decidesRules, "NodePool.enableUltraSsd": aSwitch, "NodePool.secureBoot": aSwitch, "NodePool.vtpm": aSwitch,
	"NodePool.ignoreChanges": directsEngine,
	"NodePool.mode":          decidesRules, "NodePool.name": decidesName, "NodePool.osDiskType": decidesRules, "NodePool.osSku": decidesRules,
	"NodePool.osType": decidesRules, "NodePool.scaleDownMode": decidesRules,
	"OtherAddon.enabled":                 decidesRules,
	"Propagation.firstDelayMilliseconds": directsEngine, "Propagation.settleSeconds": directsEngine, "Propagation.timeoutSeconds": directsEngine,
	"ServiceAccount.issuers": refersToKey, "SecretsProvider.certificateVaults": refersToKey, "SecretsProvider.secretVaults": refersToKey, "SecretsProvider.rotation": aSwitch,
	"Security.imageCleaner": aSwitch,
	"Spot.evictionPolicy":   decidesRules,
	"Storage.blob":          aSwitch, "Storage.disk": aSwitch, "Storage.file": aSwitch, "Storage.snapshots": aSwitch,
	"Upgrade.channel": decidesSet, "Upgrade.nodeOsChannel": decidesSet,
	"WorkloadGrant.grantsRoles": consent, "WorkloadGrant.reason": shown, "WorkloadGrant.role": decidesName, "WorkloadGrant.wideScope": consent,

	"ManagedIdentityCluster.accessElsewhere": consent,
	"ManagedIdentityCluster.adminKubeconfig": decidesRules, "ManagedIdentityCluster.adoptedAssignments": decidesName,
	"ManagedIdentityCluster.checkDeployer": directsEngine, "ManagedIdentityCluster.costAnalysis": decidesRules,
	"ManagedIdentityCluster.disableLocalAccounts": decidesRules, "ManagedIdentityCluster.enableRbac": decidesRules,
	"ManagedIdentityCluster.explain": directsEngine, "ManagedIdentityCluster.grantMode": decidesSet,
	"ManagedIdentityCluster.ignoreChanges": directsEngine, "ManagedIdentityCluster.kubeconfigLogin": decidesRules, "ManagedIdentityCluster.lockNodeResourceGroup": aSwitch,
	"ManagedIdentityCluster.oidcIssuer": decidesRules, "ManagedIdentityCluster.renamedKeys": decidesName,
	"ManagedIdentityCluster.roleStrategy": decidesSet, "ManagedIdentityCluster.supportPlan": decidesRules,
	"ManagedIdentityCluster.tier": decidesRules, "ManagedIdentityCluster.workloadIdentity": decidesRules,
	"VnetDelegation.adoptedAssignments": decidesName, "VnetDelegation.explain": directsEngine, "VnetDelegation.identityType": decidesRules,
	"VnetDelegation.renamedKeys": decidesName, "VnetDelegation.roleStrategy": decidesSet,
	"AddonIdentityGrants.adoptedAssignments": decidesName, "AddonIdentityGrants.explain": directsEngine,
	"AddonIdentityGrants.renamedKeys": decidesName, "AddonIdentityGrants.roleStrategy": decidesSet,
	"WorkloadIdentity.adoptedAssignments": decidesName, "WorkloadIdentity.explain": directsEngine, "WorkloadIdentity.renamedKeys": decidesName,
}

// plainLeaves are the arguments that take a plain text, number or truth value, or lists and maps of them, by type and property.
func plainLeaves(spec schema.PackageSpec) map[string]bool {
	found := map[string]bool{}
	of := func(token string, properties map[string]schema.PropertySpec) {
		for name, property := range properties {
			if isPlainLeaf(spec, property.TypeSpec) {
				found[token[strings.LastIndex(token, ":")+1:]+"."+name] = true
			}
		}
	}
	for token, component := range spec.Resources {
		of(token, component.InputProperties)
	}
	for token, object := range spec.Types {
		of(token, object.Properties)
	}
	return found
}

func isPlainLeaf(spec schema.PackageSpec, t schema.TypeSpec) bool {
	switch {
	case t.Items != nil:
		return isPlainLeaf(spec, *t.Items)
	case t.AdditionalProperties != nil:
		return isPlainLeaf(spec, *t.AdditionalProperties)
	default:
		return t.Plain && len(spec.Types[strings.TrimPrefix(t.Ref, "#/types/")].Properties) == 0
	}
}

// TestEveryPlainValueHasAReason: what need not be known at preview may come out of another resource.
func TestEveryPlainValueHasAReason(t *testing.T) {
	leaves := plainLeaves(specOf(t))
	for _, leaf := range slices.Sorted(maps.Keys(leaves)) {
		reason, known := plainReasons[leaf]
		if !known {
			t.Errorf("%s is plain without a reason: make the Go field a pulumi.Input, or give the reason in plainReasons", leaf)
		}
		t.Logf("%-45s %s", leaf, reason)
	}
	for leaf := range plainReasons {
		if !leaves[leaf] {
			t.Errorf("%s has a reason to be plain, and is not plain any more: remove the reason", leaf)
		}
	}
}

// TestEveryClosedSetIsAnEnumeration: an argument that takes a value of a closed set is no bare text in any language. It is asked of
// the Go types: TestEnumerationsAreTheClosedSets has the values.
func TestEveryClosedSetIsAnEnumeration(t *testing.T) {
	spec := specOf(t)
	for token := range spec.Resources {
		found := enumerated(spec, token)
		for _, at := range closedSetsIn(token) {
			if !slices.ContainsFunc(found, func(e place) bool { return e.String() == at.String() }) {
				t.Errorf("%s %s is bare text", token, at)
			}
		}
	}
}

// closedSetsIn are the places at which the arguments of a component in Go take a value of a closed set.
func closedSetsIn(token string) []place {
	return setsBelow(map[string]reflect.Type{
		components.ManagedIdentityClusterToken: reflect.TypeFor[components.ManagedIdentityClusterArgs](),
		components.VnetDelegationToken:         reflect.TypeFor[components.VnetDelegationArgs](),
		components.AddonIdentityGrantsToken:    reflect.TypeFor[components.AddonIdentityGrantsArgs](),
		components.WorkloadIdentityToken:       reflect.TypeFor[components.WorkloadIdentityArgs](),
	}[token], nil)
}

func setsBelow(t reflect.Type, at place) (found []place) {
	down := func(t reflect.Type, step string) {
		found = append(found, setsBelow(t, append(at[:len(at):len(at)], step))...)
	}
	switch {
	case t.Implements(reflect.TypeFor[plan.ClosedSet]()):
		return []place{at}
	case t.Kind() == reflect.Pointer:
		return setsBelow(t.Elem(), at)
	case t.Kind() == reflect.Slice:
		down(t.Elem(), "[]")
	case t.Kind() == reflect.Map:
		down(t.Elem(), "{}")
	case t.Kind() == reflect.Struct:
		for i := range t.NumField() {
			if name, _, _ := strings.Cut(t.Field(i).Tag.Get("pulumi"), ","); name != "" {
				down(t.Field(i).Type, name)
			}
		}
	}
	return found
}
