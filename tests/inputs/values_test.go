package inputs_test

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/tests/arguments"
)

// value is a text with a marker in it that stands nowhere else.
type value struct{ text, marker string }

func of(marker string) value { return value{marker, marker} }

// kinds are values for arguments that the plan does not judge, by the last part of their path or by their type.
var kinds = map[string]string{
	"location": "swedencentral", "workspaceLocation": "swedencentral", "tags": "%s", "nodeLabels": "%s", "additionalProperties": "%s",
	"customCaCertificates": "bWFya2VyIG9mIGEgY2VydGlmaWNhdGU=", "startTime": "02:17", "utcOffset": "+03:30", "intervalWeeks": "4",
	"watchNamespace": "%s", "rotationPollInterval": "197s", "revisions": "asm-1-27", "certChainObjectName": "%s", "certObjectName": "%s",
	"keyObjectName": "%s", "rootCertObjectName": "%s", "config": "%s",
	"kubernetesVersion": "1.33.5", "resourceGroupName": "%s", "newResourceGroupName": "%s", "identityName": "%s", "clusterName": "%s",
}

// candidates are values of every kind that the arguments take. The first with which the plan has no problem at the leaf is valid there,
// so a new argument needs no entry of its own as long as it takes a value of a kind that is here.
func candidates(cloud *azuresim.Cloud, leaf arguments.Leaf, name string) []value {
	if format, known := kinds[leaf.Path[strings.LastIndex(leaf.Path, ".")+1:]]; known {
		if strings.Contains(format, "%s") {
			return []value{of(name)}
		}
		return []value{of(format)}
	}
	if number[leaf.Type] {
		return []value{of("197"), of("1987"), of("27"), of("7"), of("2"), {"0.73", "0.73"}}
	}
	var all []value
	for _, resourceType := range types() {
		all = append(all, value{idOf(resourceType, name), name})
	}
	zone := azuresim.ID(name, azuresim.PrivateDNSZoneType, "privatelink.westeurope.azmk8s.io")
	all = append(all, value{zone, name}, of(name), of(cloud.MustSeedIdentity("secret", name).PrincipalID))
	for _, format := range []string{"https://%s.example/", "%s=yes:PreferNoSchedule", "%s=yes:NoSchedule", "Standard_E48ds_v5", "37%%", "198.51.100.77/32"} {
		if strings.Contains(format, "%s") {
			all = append(all, value{fmt.Sprintf(format, name), name})
		} else {
			all = append(all, of(strings.ReplaceAll(format, "%%", "%")))
		}
	}
	return append(all, value{"https://zq-vault.vault.azure.net/keys/" + name + "/1", name}, of("3"))
}

var number = map[reflect.Type]bool{
	reflect.TypeFor[pulumi.IntInput](): true, reflect.TypeFor[pulumi.IntPtrInput](): true, reflect.TypeFor[pulumi.Float64PtrInput](): true,
}

// types are those of the resources that arguments name.
func types() []string {
	all := []string{plan.ResourceGroupType, azuresim.WorkspaceType, azuresim.ManagedClusterType, "Microsoft.Insights/dataCollectionRules",
		"Microsoft.Compute/proximityPlacementGroups"}
	for _, use := range plan.Uses() {
		if info, err := plan.Lookup(use); err == nil {
			all = append(all, info.ResourceType)
		}
	}
	return all
}

func idOf(resourceType, name string) string {
	if resourceType == plan.ResourceGroupType {
		return azuresim.GroupID(azuresim.DefaultSubscriptionID, name)
	}
	if strings.HasSuffix(strings.ToLower(resourceType), "dnszones") {
		name += ".example" // a zone has two labels at least
	}
	names := make([]string, strings.Count(resourceType, "/"))
	for i := range names {
		names[i] = name
	}
	return azuresim.ID("secret", resourceType, names...)
}
