package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

// identity is one line of the table of identities.
type identity struct {
	Who         string // the part it plays: "control plane"
	Kind        string // system-assigned or user-assigned
	PrincipalID string
	From        string // where it comes from
}

// identitiesIn reads from the resources which identities there are: those of each cluster first, then the user-assigned
// identities that no cluster uses.
func identitiesIn(resources []azuresim.Resource) []identity {
	var found []identity
	used, nodeGroups := map[string]bool{}, map[string]bool{}
	for _, r := range ofType(resources, azuresim.ManagedClusterType) {
		nodeGroups[strings.ToLower(nodeGroupOf(r))] = true
		for _, i := range identitiesOf(r) {
			used[i.PrincipalID] = true
			found = append(found, i)
		}
	}
	for _, r := range ofType(resources, azuresim.IdentityType) {
		principal := text(r.Body, "properties", "principalId")
		if used[principal] {
			continue
		}
		from := report.Short(r.ID)
		if nodeGroups[strings.ToLower(groupOf(r.ID))] {
			from = madeByAKS
		}
		found = append(found, identity{lastSegment(r.ID), userAssigned, principal, from})
	}
	return found
}

const (
	systemAssigned = "system-assigned"
	userAssigned   = "user-assigned"
	madeByAKS      = "made by AKS in the node resource group"
)

// identitiesOf lists a cluster's identities: control plane, kubelet, add-ons by name.
func identitiesOf(cluster azuresim.Resource) []identity {
	nodeGroup := nodeGroupOf(cluster)
	found := controlPlane(cluster)
	named := func(who string, path ...string) {
		principal := text(cluster.Body, append(path, "objectId")...)
		if principal == "" {
			return
		}
		id := text(cluster.Body, append(path, "resourceId")...)
		found = append(found, identity{who, userAssigned, principal, origin(id, nodeGroup)})
	}
	named("kubelet", "properties", "identityProfile", "kubeletidentity")
	addons := object(cluster.Body, "properties", "addonProfiles")
	for _, addon := range slices.Sorted(maps.Keys(addons)) {
		named("add-on "+addon, "properties", "addonProfiles", addon, "identity")
	}
	named("application routing", "properties", "ingressProfile", "webAppRouting", "identity")
	return found
}

func controlPlane(cluster azuresim.Resource) []identity {
	const who = "control plane"
	if principal := text(cluster.Body, "identity", "principalId"); principal != "" {
		return []identity{{who, systemAssigned, principal, "made by Azure with the cluster"}}
	}
	var found []identity
	given := object(cluster.Body, "identity", "userAssignedIdentities")
	for _, id := range slices.Sorted(maps.Keys(given)) {
		principal := text(given, id, "principalId")
		found = append(found, identity{who, userAssigned, principal, report.Short(id)})
	}
	return found
}

func nodeGroupOf(cluster azuresim.Resource) string {
	return text(cluster.Body, "properties", "nodeResourceGroup")
}

// origin tells an identity that AKS made, in the node resource group, from one that it was given.
func origin(id, nodeGroup string) string {
	if strings.EqualFold(groupOf(id), nodeGroup) {
		return madeByAKS
	}
	return report.Short(id)
}

// ofType filters by resource type, compared without regard to case, as Azure does.
func ofType(resources []azuresim.Resource, resourceType string) []azuresim.Resource {
	var found []azuresim.Resource
	for _, r := range resources {
		if strings.EqualFold(r.Type, resourceType) {
			found = append(found, r)
		}
	}
	return found
}

// object follows path into nested objects; nil if it leads nowhere.
func object(body map[string]any, path ...string) map[string]any {
	for _, name := range path {
		body, _ = body[name].(map[string]any)
	}
	return body
}

// text follows path to a string; empty if it leads nowhere.
func text(body map[string]any, path ...string) string {
	last := len(path) - 1
	value, _ := object(body, path[:last]...)[path[last]].(string)
	return value
}

func lastSegment(id string) string { return id[strings.LastIndex(id, "/")+1:] }

// groupOf is the name of the resource group in a resource ID, empty if there is none.
func groupOf(id string) string {
	segments := strings.Split(id, "/")
	for i := 0; i+1 < len(segments); i++ {
		if strings.EqualFold(segments[i], "resourceGroups") {
			return segments[i+1]
		}
	}
	return ""
}
