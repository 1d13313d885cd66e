package arm

import (
	"net/http"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// The API versions that are known, by type. They are those of Pulumi's azure-native SDK 2.92.3, of the Azure SDK for Go
// (the modules that tests/clients and tools use) and of the Azure CLI 2.45, read 2026-11-25; Azure knows more, older and newer
// ones. All versions of a type get the same body.
var (
	clusterVersions = []string{"2022-11-01", "2023-04-01", "2023-05-02-preview", "2023-06-01", "2023-06-02-preview",
		"2023-07-01", "2023-07-02-preview", "2023-08-01", "2023-08-02-preview", "2023-09-01", "2023-09-02-preview",
		"2023-10-01", "2023-10-02-preview", "2023-11-01", "2023-11-02-preview", "2024-01-01", "2024-01-02-preview",
		"2024-02-01", "2024-02-02-preview", "2024-03-02-preview", "2024-04-02-preview", "2024-05-01", "2024-05-02-preview",
		"2024-06-02-preview", "2024-07-01", "2024-07-02-preview", "2024-08-01", "2024-09-01", "2024-09-02-preview",
		"2024-10-01", "2024-10-02-preview", "2025-01-01", "2025-02-01"}
	networkVersions = []string{"2019-06-01", "2019-08-01", "2022-01-01", "2022-07-01", "2023-02-01", "2023-04-01", "2023-05-01",
		"2023-06-01", "2023-09-01", "2023-11-01", "2024-01-01", "2024-03-01", "2024-05-01"}
	identityVersions = []string{"2018-11-30", "2022-01-31-preview", "2023-01-31", "2023-07-31-preview", "2024-11-30"}
	computeVersions  = []string{"2022-11-01", "2023-03-01", "2023-07-01", "2023-09-01", "2024-03-01", "2024-07-01", "2024-11-01"}
	diskVersions     = []string{"2022-03-02", "2022-07-02", "2023-01-02", "2023-04-02", "2023-10-02", "2024-03-02"}
	resourceVersions = []string{"2019-05-01", "2019-07-01", "2019-10-01", "2020-06-01", "2020-10-01", "2021-04-01", "2022-09-01",
		"2023-07-01", "2024-03-01", "2024-07-01", "2024-11-01"}
	vaultVersions   = []string{"2022-07-01", "2023-02-01", "2023-07-01", "2024-04-01-preview", "2024-11-01", "2024-12-01-preview"}
	monitorVersions = []string{"2021-04-01", "2021-09-01-preview", "2022-06-01", "2023-03-11"}
)

var versions = map[string][]string{
	azuresim.ResourceGroupType:            resourceVersions,
	azuresim.ManagedClusterType:           clusterVersions,
	azuresim.AgentPoolType:                clusterVersions,
	azuresim.MaintenanceConfigurationType: clusterVersions,
	azuresim.RoleAssignmentType: {"2015-07-01", "2017-10-01-preview", "2018-01-01-preview", "2018-09-01-preview",
		"2020-03-01-preview", "2020-04-01-preview", "2020-08-01-preview", "2020-10-01-preview", "2022-04-01"},
	azuresim.RoleDefinitionType: {"2015-07-01", "2018-01-01-preview", "2022-04-01", "2022-05-01-preview"},
	azuresim.LockType:           {"2016-09-01", "2017-04-01", "2020-05-01"},
	azuresim.IdentityType:       identityVersions,
	azuresim.FederatedCredentialType: {"2022-01-31-preview", "2023-01-31", "2023-07-31-preview",
		"2024-11-30"},
	azuresim.VirtualNetworkType:           networkVersions,
	azuresim.SubnetType:                   networkVersions,
	azuresim.RouteTableType:               networkVersions,
	azuresim.NatGatewayType:               networkVersions,
	azuresim.NetworkSecurityGroupType:     networkVersions,
	azuresim.PublicIPAddressType:          networkVersions,
	azuresim.PublicIPPrefixType:           networkVersions,
	azuresim.PrivateDNSZoneType:           {"2018-09-01", "2020-01-01", "2020-06-01", "2024-06-01"},
	azuresim.VirtualNetworkLinkType:       {"2018-09-01", "2020-01-01", "2020-06-01", "2024-06-01"},
	azuresim.DNSZoneType:                  {"2018-05-01", "2023-07-01-preview"},
	azuresim.ApplicationGatewayType:       networkVersions,
	azuresim.PrivateLinkServiceType:       networkVersions,
	azuresim.DdosProtectionPlanType:       networkVersions,
	azuresim.LoadBalancerType:             networkVersions,
	azuresim.DiskType:                     diskVersions,
	azuresim.SnapshotType:                 diskVersions,
	azuresim.DiskEncryptionSetType:        diskVersions,
	azuresim.CapacityReservationGroupType: computeVersions,
	azuresim.HostGroupType:                computeVersions,
	azuresim.ProximityPlacementGroupType:  computeVersions,
	azuresim.RegistryType: {"2017-03-01", "2019-05-01", "2021-08-01-preview", "2022-02-01-preview", "2022-12-01",
		"2023-01-01-preview", "2023-06-01-preview", "2023-07-01", "2023-08-01-preview", "2023-11-01-preview",
		"2024-11-01-preview", "2025-03-01-preview", "2025-11-01"},
	azuresim.VaultType:          vaultVersions,
	azuresim.KeyType:            vaultVersions,
	azuresim.StorageAccountType: {"2022-09-01", "2023-01-01", "2023-04-01", "2023-05-01", "2024-01-01"},
	azuresim.WorkspaceType: {"2015-11-01-preview", "2020-08-01", "2020-10-01", "2021-06-01", "2021-12-01-preview", "2022-10-01",
		"2023-09-01", "2025-02-01"},
	azuresim.MonitorAccountType:     {"2021-06-03-preview", "2023-04-03", "2023-10-01-preview"},
	azuresim.DataCollectionRuleType: monitorVersions,
	azuresim.RuleAssociationType:    monitorVersions,
	azuresim.DiagnosticSettingType:  {"2021-05-01-preview"},
	azuresim.TrafficControllerType:  {"2023-05-01-preview", "2023-11-01"},
	azuresim.BackupVaultType:        {"2023-01-01", "2023-05-01", "2023-11-01", "2024-04-01"},
	azuresim.ExtensionType:          {"2022-11-01", "2023-05-01"},
}

// otherVersions are those of what is no resource: the last word of the path, in lower case.
var otherVersions = map[string][]string{
	"subscriptions": {"2016-06-01", "2019-06-01", "2019-11-01", "2020-01-01", "2021-01-01", "2022-12-01"},
	"tenants":       {"2016-06-01", "2019-06-01", "2019-11-01", "2020-01-01", "2021-01-01", "2022-12-01"},
	"locations":     {"2016-06-01", "2019-06-01", "2019-11-01", "2020-01-01", "2021-01-01", "2022-12-01"},
	"resources":     resourceVersions,
	"providers":     resourceVersions,
	"permissions":   {"2015-07-01", "2018-01-01-preview", "2018-07-01", "2022-04-01"},
}

// APIVersions lists the known API versions of a resource type, oldest first; nil for a type that is not known.
func APIVersions(resourceType string) []string { return slices.Clone(versions[official(resourceType)]) }

// checkVersion refuses a request without an api-version, or with one that the type does not know.
func checkVersion(r *http.Request, resourceType string) *answer {
	asked := r.URL.Query().Get("api-version")
	known, isResource := versions[resourceType]
	if !isResource {
		known = otherVersions[strings.ToLower(resourceType)]
	}
	var a answer
	switch {
	case asked == "":
		return missingVersion()
	case slices.Contains(known, asked):
		return nil
	case isResource && resourceType != azuresim.ResourceGroupType:
		namespace, kind, _ := strings.Cut(resourceType, "/")
		a = refused(http.StatusBadRequest, codeNoProviderFound, "No registered resource provider found for API version '%s' "+
			"for type '%s' of '%s'. The supported api-versions are '%s'.", asked, kind, namespace, strings.Join(known, ", "))
	default:
		a = refused(http.StatusBadRequest, codeInvalidAPIVersion, "The api-version '%s' is invalid. The supported versions are "+
			"'%s'.", asked, strings.Join(known, ","))
	}
	return &a
}

func missingVersion() *answer {
	a := refused(http.StatusBadRequest, codeMissingAPIVersion,
		"The api-version query parameter (?api-version=) is required for all requests.")
	return &a
}

// typesOf lists the known types of a namespace, without it.
func typesOf(namespace string) []string {
	var out []string
	for _, known := range azuresim.KnownTypes() {
		if prefix, kind, _ := strings.Cut(known, "/"); strings.EqualFold(prefix, namespace) {
			out = append(out, kind)
		}
	}
	return out
}
