//go:build az

package az

import (
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// place is the resource group in which one side makes its cluster, with the resources that were there: everything has the same
// name in the places of both sides, but for what is global.
type place struct {
	cloud *azuresim.Cloud
	group string
	// who are principals, as the page calls them.
	who map[string]string
}

func newPlace(cloud *azuresim.Cloud, group string) place {
	cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, group), nil)
	return place{cloud: cloud, group: group, who: map[string]string{}}
}

// id of a resource that is there.
func (p place) id(resourceType string, names ...string) string {
	id := azuresim.ID(p.group, resourceType, names...)
	if _, there := p.resource(id); !there {
		p.cloud.MustSeed(id, nil)
	}
	return id
}

func (p place) resource(id string) (azuresim.Resource, bool) {
	for _, r := range p.cloud.Resources() {
		if strings.EqualFold(r.ID, id) {
			return r, true
		}
	}
	return azuresim.Resource{}, false
}

func (p place) subnet(name string) string { return p.id(azuresim.SubnetType, "vnet", name) }

// registry is called after the place: Azure has a registry of a name once.
func (p place) registry() string { return p.id(azuresim.RegistryType, "images"+inName(p.group)) }

// inName is a group in the name of something that has letters and digits only.
func inName(group string) string { return strings.ReplaceAll(group, "-", "") }

func (p place) zone() string {
	return p.id(azuresim.PrivateDNSZoneType, "privatelink.westeurope.azmk8s.io")
}

// routeTable is on the subnet of the nodes.
func (p place) routeTable() {
	table := p.id(azuresim.RouteTableType, "udr")
	err := p.cloud.Modify(p.subnet("nodes"), func(body map[string]any) {
		body["properties"].(map[string]any)["routeTable"] = map[string]any{"id": table}
	})
	if err != nil {
		panic(err)
	}
}

// identity that is there: "control" for the control plane, "nodes" for the kubelet.
func (p place) identity(name string) azuresim.SeededIdentity {
	id := p.id(azuresim.IdentityType, name)
	r, _ := p.resource(id)
	properties := r.Body["properties"].(map[string]any)
	found := azuresim.SeededIdentity{ID: id, PrincipalID: properties["principalId"].(string), ClientID: properties["clientId"].(string)}
	p.who[found.PrincipalID] = map[string]string{"control": "control plane, user-assigned", "nodes": "kubelet"}[name]
	return found
}

func (p place) existing(name string) *components.UserAssignedIdentityArgs {
	id := p.identity(name)
	return &components.UserAssignedIdentityArgs{ResourceID: pulumi.String(id.ID), PrincipalID: pulumi.String(id.PrincipalID), ClientID: pulumi.String(id.ClientID)}
}

// grant that somebody made before.
func (p place) grant(calledBy, roleName, scope string) {
	const principal = "00000000-0000-4000-8000-00000000e15e"
	p.cloud.AddPrincipal(principal, azuresim.ServicePrincipal, calledBy)
	role, known := rbac.BuiltinRole(rbac.RoleName(roleName))
	if !known {
		panic("no role is called " + roleName)
	}
	name := rbac.AssignmentName(rbac.MustParseScope(scope), principal, role.ID)
	p.cloud.MustSeed(scope+"/providers/"+azuresim.RoleAssignmentType+"/"+name, map[string]any{"properties": map[string]any{
		"principalId": principal, "principalType": azuresim.ServicePrincipal, "roleDefinitionId": role.ID.DefinitionID(azuresim.DefaultSubscriptionID)}})
}

// words of a command line that stand for something in the place; asking for one puts it there.
var words = map[string]func(place) string{
	"{group}":        func(p place) string { return p.group },
	"{subnet:nodes}": func(p place) string { return p.subnet("nodes") },
	"{subnet:appgw}": func(p place) string { return p.subnet("appgw") },
	"{id:control}":   func(p place) string { return p.identity("control").ID },
	"{id:nodes}":     func(p place) string { return p.identity("nodes").ID },
	"{registry}":     place.registry,
	"{zone}":         place.zone,
	"{gateway}":      func(p place) string { return p.id(azuresim.ApplicationGatewayType, "gateway") },
	"{workspace}":    func(p place) string { return p.id(azuresim.WorkspaceType, "logs") },
	"{address}":      func(p place) string { return p.id(azuresim.PublicIPAddressType, "outbound") },
	"{set}":          func(p place) string { return p.id(azuresim.DiskEncryptionSetType, "disks") },
}

func (p place) expand(line string) string {
	for _, word := range slices.Sorted(maps.Keys(words)) {
		if strings.Contains(line, word) {
			line = strings.ReplaceAll(line, word, words[word](p))
		}
	}
	return line
}

// meet remembers the identities that the cluster has now: an identity that it loses keeps its name.
func (p place) meet() {
	for _, c := range p.cloud.Clusters() {
		if !p.holds(c.ID) {
			continue
		}
		p.call(c.ControlPlane(), "control plane, system-assigned")
		p.call(c.Kubelet(), "kubelet")
		for _, addon := range []string{"omsagent", "ingressApplicationGateway", "aciConnectorLinux", "azurepolicy", "azureKeyvaultSecretsProvider"} {
			p.call(c.Addon(addon), "add-on "+addon)
		}
	}
}

func (p place) call(principal, name string) {
	if p.who[principal] == "" && principal != "" {
		p.who[principal] = name
	}
}

func (p place) holds(id string) bool {
	return strings.Contains(strings.ToLower(id)+"/", strings.ToLower("/resourceGroups/"+p.group+"/"))
}
