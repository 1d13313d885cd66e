package plan

import (
	"fmt"
	"slices"
	"strings"
)

// AdditionalTo is the resource whose properties additionalProperties complete.
type AdditionalTo string

// Resources with additionalProperties. The system pool is a part of the cluster.
const (
	AdditionalToCluster    AdditionalTo = "cluster"
	AdditionalToSystemPool AdditionalTo = "system pool"
	AdditionalToPool       AdditionalTo = "pool"
)

// Addition is one property in additionalProperties, at any depth.
type Addition struct {
	Path Path
	// Keys lead to it from the resource, without positions in lists.
	Keys []string
	// Value is absent for everything that is no text.
	Value Value[string]
	// Known are the names of the properties that there are at its place; nil where every name is one, as in a map of tags.
	Known []string
}

// unknown is the problem of a name that there is not: azure-native drops it without a word.
func (a Addition) unknown() *Problem {
	name := ""
	if len(a.Keys) > 0 {
		name = a.Keys[len(a.Keys)-1]
	}
	if a.Known == nil || slices.Contains(a.Known, name) {
		return nil
	}
	what := fmt.Sprintf("azure-native has no property %q here, and would drop it without a word", name)
	check := &problems{}
	check.add(a.Path, what+meant(name, a.Known), "write it as azure-native does, with its letter case, or leave it out.")
	return &check.list[0]
}

// CheckAdditions says what is wrong with properties that additionalProperties at the path send to a resource.
func CheckAdditions(at Path, to AdditionalTo, additions []Addition) Problems {
	var found Problems
	for _, a := range additions {
		problem := a.unknown()
		if len(a.Keys) == 1 && problem == nil {
			problem = CheckAddition(at, to, a.Keys[0])
		}
		if problem != nil {
			found = append(found, *problem)
		}
	}
	return found
}

// decided are the properties that follow from other arguments: sent otherwise, the grants would be for another identity, or
// outputs and children would speak of another resource.
var decided = map[AdditionalTo]map[string]string{
	AdditionalToCluster: {
		"identity":                "set identity; AKS has one kind or the other, not both.",
		"identityProfile":         "set kubeletIdentity.",
		"servicePrincipalProfile": "leave it out; the cluster acts as managed identities.",
		"resourceName":            "set clusterName.",
		"resourceGroupName":       "set resourceGroupName, or newResourceGroupName.",
	},
	AdditionalToSystemPool: {"name": "set the pool's name."},
	AdditionalToPool: {
		"agentPoolName":     "set the pool's name.",
		"resourceName":      "leave it out; the pool belongs to the component's cluster.",
		"resourceGroupName": "leave it out; the pool belongs to the component's cluster.",
	},
}

// CheckAddition says what is wrong when additionalProperties at the path have a property of the name; nil when nothing is.
func CheckAddition(at Path, to AdditionalTo, name string) *Problem {
	fix, isDecided := decided[to][name]
	if !isDecided {
		return nil
	}
	return &Problem{Path: at.Key(name), What: "another argument decides it.", Fix: fix}
}

// granted are the properties that name resources, with the argument that would name and grant them. Keys of azure-native 2.92.3.
var granted = map[string]string{
	"applicationGatewayId":       "addons.ingressGateway.gatewayId",
	"capacityReservationGroupID": "capacityReservationGroupIds with pools[].capacityReservationGroup",
	"containerRegistryId":        "bootstrapRegistryId",
	"diskEncryptionSetID":        "diskEncryptionSetId",
	"dnsZoneResourceIds":         "addons.appRouting",
	"hostGroupID":                "hostGroupIds with pools[].hostGroup",
	"keyVaultId":                 "keyVaultIds with addons.istio.certificateAuthority.keyVault",
	"keyVaultResourceId":         "security.kms.keyVaultId",
	"nodePublicIPPrefixID":       "nodeIpPrefixIds with pools[].nodeIpPrefix",
	"outboundIPPrefixes":         "network.loadBalancer.outboundIpPrefixIds",
	"outboundIPs":                "network.loadBalancer.outboundIpIds",
	"podSubnetID":                "subnets with pools[].podSubnet",
	"privateDNSZone":             "apiServer.privateDnsZoneId",
	"vnetSubnetID":               "subnets with pools[].subnet",
}

// note tells that a resource gets no grant; empty when the property names none, as far as is known.
func (a Addition) note() string {
	text, known := a.Value.Get()
	if !a.Value.IsSet() || known && !strings.HasPrefix(text, "/") {
		return ""
	}
	for i := len(a.Keys) - 1; i >= 0; i-- {
		if argument, ok := granted[a.Keys[i]]; ok {
			return fmt.Sprintf("%s: nothing is granted on the resource that it names; %s would be granted", a.Path, argument)
		}
	}
	if strings.HasPrefix(strings.ToLower(text), "/subscriptions/") {
		return fmt.Sprintf("%s: nothing is granted on the resource that it names; if the cluster needs a role there, give it in extraGrants", a.Path)
	}
	return ""
}

// checkAdditions reports what additionalProperties must not say. What is in a map that is late as a whole is checked when it
// arrives, with the same words.
func (c Cluster) checkAdditions(p *problems) {
	check := func(at Path, to AdditionalTo, additions []Addition) {
		p.list = append(p.list, CheckAdditions(at, to, additions)...)
	}
	check("additionalProperties", AdditionalToCluster, c.Additional)
	for i, pool := range c.pools() {
		to := AdditionalToPool
		if i == 0 {
			to = AdditionalToSystemPool
		}
		check(pool.path.Field("additionalProperties"), to, pool.Additional)
	}
}

// additionNotes are the notes about what additionalProperties name; nobody needs them who grants elsewhere.
func (c Cluster) additionNotes() []string {
	if c.Grants == GrantNone {
		return nil
	}
	all := c.Additional
	for _, pool := range c.pools() {
		all = append(all[:len(all):len(all)], pool.Additional...)
	}
	var notes []string
	for _, a := range all {
		if note := a.note(); note != "" {
			notes = append(notes, note)
		}
	}
	return notes
}
