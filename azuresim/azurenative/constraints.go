package azurenative

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// constraint is a rule for the value at a path of a type. Zero values mean "no such rule".
type constraint struct {
	kind    string // "containerservice:AgentPool"
	path    string // with [] for any index
	pattern *regexp.Regexp
	minLen  int
	maxLen  int
	bounded bool // min and max are set
	min     float64
	max     float64
}

var (
	poolNamePattern    = regexp.MustCompile(`^[a-z][a-z0-9]{0,11}$`)
	clusterNamePattern = regexp.MustCompile(`^[a-zA-Z0-9]$|^[a-zA-Z0-9][-_a-zA-Z0-9]{0,61}[a-zA-Z0-9]$`)
	cidrPattern        = regexp.MustCompile(`^([0-9]{1,3}\.){3}[0-9]{1,3}(/([0-9]|[1-2][0-9]|3[0-2]))?$`)
	ipv4Pattern        = regexp.MustCompile(
		`^(?:(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\.){3}(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)$`)
	adminNamePattern = regexp.MustCompile(`^[A-Za-z][-A-Za-z0-9_]*$`)
	groupNamePattern = regexp.MustCompile(`^[-\w._()\p{L}\p{N}]*[-\w_()\p{L}\p{N}]$`)
)

const (
	cluster     = "containerservice:ManagedCluster"
	pool        = "containerservice:AgentPool"
	maintenance = "containerservice:MaintenanceConfiguration"
)

// constraints are the patterns and bounds of the AKS API description 2023-04-01 and the resource group naming rules,
// read 2026-11. The Go SDK does not carry them, so other types have none here.
var constraints = []constraint{
	{kind: "resources:ResourceGroup", path: groupInput, pattern: groupNamePattern, minLen: 1, maxLen: 90},
	{kind: cluster, path: "resourceName", pattern: clusterNamePattern, minLen: 1, maxLen: 63},
	{kind: pool, path: "resourceName", pattern: clusterNamePattern, minLen: 1, maxLen: 63},
	{kind: maintenance, path: "resourceName", pattern: clusterNamePattern, minLen: 1, maxLen: 63},
	{kind: pool, path: "agentPoolName", pattern: poolNamePattern},
	{kind: pool, path: "osDiskSizeGB", bounded: true, min: 0, max: 2048},
	{kind: cluster, path: "agentPoolProfiles[].name", pattern: poolNamePattern},
	{kind: cluster, path: "agentPoolProfiles[].osDiskSizeGB", bounded: true, min: 0, max: 2048},
	{kind: cluster, path: "linuxProfile.adminUsername", pattern: adminNamePattern},
	{kind: cluster, path: "networkProfile.podCidr", pattern: cidrPattern},
	{kind: cluster, path: "networkProfile.serviceCidr", pattern: cidrPattern},
	{kind: cluster, path: "networkProfile.dnsServiceIP", pattern: ipv4Pattern},
	{kind: cluster, path: "networkProfile.loadBalancerProfile.allocatedOutboundPorts", bounded: true, min: 0, max: 64000},
	{kind: cluster, path: "networkProfile.loadBalancerProfile.idleTimeoutInMinutes", bounded: true, min: 4, max: 120},
	{kind: cluster, path: "networkProfile.loadBalancerProfile.managedOutboundIPs.count", bounded: true, min: 1, max: 100},
	{kind: cluster, path: "networkProfile.natGatewayProfile.idleTimeoutInMinutes", bounded: true, min: 4, max: 120},
	{kind: cluster, path: "networkProfile.natGatewayProfile.managedOutboundIPProfile.count", bounded: true, min: 1, max: 16},
}

var indexPattern = regexp.MustCompile(`\[\d+\]`)

func (v *validation) constraints(path string, value resource.PropertyValue) {
	kind, anyIndex := v.r.kind(), indexPattern.ReplaceAllString(path, "[]")
	for _, c := range constraints {
		if c.kind != kind || c.path != anyIndex {
			continue
		}
		if value.IsString() {
			v.text(path, c, value.StringValue())
		}
		if value.IsNumber() && c.bounded {
			v.bounds(path, c, value.NumberValue())
		}
	}
}

func (v *validation) text(path string, c constraint, value string) {
	length := utf8.RuneCountInString(strings.TrimSpace(value))
	switch {
	case c.minLen > 0 && length < c.minLen:
		v.fail(path, "'%s' is too short (%d): at least %d characters required", path, length, c.minLen)
	case c.maxLen > 0 && length > c.maxLen:
		v.fail(path, "'%s' is too long (%d): at most %d characters allowed", path, length, c.maxLen)
	case c.pattern != nil && !c.pattern.MatchString(value):
		v.fail(path, "'%s' does not match expression '%s'", path, c.pattern)
	}
}

func (v *validation) bounds(path string, c constraint, value float64) {
	switch {
	case value < c.min:
		v.fail(path, "'%s' is too low (%v < %v)", path, value, c.min)
	case value > c.max:
		v.fail(path, "'%s' is too high (%v > %v)", path, value, c.max)
	}
}
