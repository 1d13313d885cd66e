package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/tools/internal/sources"
)

// armPaths are the paths of the resources in Azure's own SDK for Go, without the names of their parameters and in lower case.
// Pulumi's SDK does not carry paths, so the catalog has them by hand; this is what keeps them honest.
type armPaths map[string]bool

var (
	pathLine     = regexp.MustCompile(`urlPath := "([^"]+)"`)
	namedSegment = regexp.MustCompile(`\{[^}]*\}`)
)

// notInSDK are the paths that Azure's SDK, as far as its modules can be read here, does not have: each with the page of the REST
// reference that has it (https://learn.microsoft.com/rest/api/), from general knowledge, 2026-11.
var notInSDK = map[string]string{
	"ManagementLockByScope":              "resources/management-locks/create-or-update-by-scope",
	"ManagementLockAtResourceGroupLevel": "resources/management-locks/create-or-update-at-resource-group-level",
	"ManagementLockAtSubscriptionLevel":  "resources/management-locks/create-or-update-at-subscription-level",
	"PolicyAssignment":                   "policy/policy-assignments/create",
	"PolicyDefinition":                   "policy/policy-definitions/create-or-update",
	"PolicySetDefinition":                "policy/policy-set-definitions/create-or-update",
	"PolicyExemption":                    "policy/policy-exemptions/create-or-update",
	"Administrator":                      "postgresql/administrators/create",
	"Resource":                           "resources/resources/create-or-update",
	"TemplateSpec":                       "templatespecs/template-specs/create-or-update",
	"Fleet":                              "fleet/fleets/create-or-update",
	"FleetMember":                        "fleet/fleet-members/create",
	"Component":                          "application-insights/components/create-or-update",
	"Workbook":                           "application-insights/workbooks/create-or-update",
	"WebTest":                            "application-insights/web-tests/create-or-update",
	"DnsResolver":                        "dns/dns-resolvers/create-or-update",
	"InboundEndpoint":                    "dns/inbound-endpoints/create-or-update",
	"OutboundEndpoint":                   "dns/outbound-endpoints/create-or-update",
	"DnsForwardingRuleset":               "dns/dns-forwarding-rulesets/create-or-update",
	"ForwardingRule":                     "dns/forwarding-rules/create-or-update",
	"PrivateResolverVirtualNetworkLink":  "dns/virtual-network-links/create-or-update",
	"Profile":                            "trafficmanager/profiles/create-or-update",
}

// readArmPaths reads the paths of the modules' clients.
func readArmPaths(modules []armModule) (armPaths, error) {
	paths := armPaths{}
	return paths, eachArmFolder(modules, paths.addFolder)
}

func (p armPaths) addFolder(dir string) error {
	return sources.EachFile(dir, "*_client.go", func(_ string, text []byte) error {
		for _, match := range pathLine.FindAllStringSubmatch(string(text), -1) {
			p[withoutNames(match[1])] = true
		}
		return nil
	})
}

func withoutNames(path string) string {
	return strings.ToLower(namedSegment.ReplaceAllString(path, "{}"))
}

// check refuses a path that Azure's SDK does not have.
func (p armPaths) check(t served) error {
	_, excused := notInSDK[t.name]
	switch known := p[withoutNames(t.path)]; {
	case !known && !excused:
		return fmt.Errorf("type %s: Azure's SDK has no path %s", t.name, t.path)
	case known && excused:
		return fmt.Errorf("type %s: Azure's SDK has the path %s, take it from notInSDK", t.name, t.path)
	default:
		return nil
	}
}
