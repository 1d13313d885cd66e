package azuresim

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
)

func (v *clusterView) name() string { return v.id[strings.LastIndex(v.id, "/")+1:] }

// nodeGroup is the name of the node resource group: the given one, or MC_group_cluster_region cut to 80 characters (the
// cut is general knowledge, not verified).
func (v *clusterView) nodeGroup() string {
	if given := text(v.props, "nodeResourceGroup"); given != "" {
		return given
	}
	id, _ := parseID(v.id)
	name := "MC_" + id.group + "_" + v.name() + "_" + v.location
	if len(name) > 80 {
		name = name[:80]
	}
	return name
}

func (v *clusterView) nodeGroupID() string {
	id, _ := parseID(v.id)
	return GroupID(id.subscription, v.nodeGroup())
}

func nodeGroupID(r *resource) string {
	id, _ := parseID(r.ID)
	return GroupID(id.subscription, text(r.Body, "properties", "nodeResourceGroup"))
}

// nodeResourceID is the id of something in the node resource group, as Azure spells it.
func (v *clusterView) nodeResourceID(resourceType, name string) string {
	id, err := parseID(v.nodeGroupID() + "/providers/" + strings.Split(resourceType, "/")[0] + "/" +
		strings.Split(resourceType, "/")[1] + "/" + name)
	if err != nil {
		return ""
	}
	return id.canonical(v.c.types.named(resourceType))
}

// build applies an accepted PUT: the node resource group, the identities, the outputs, the pools.
func (v *clusterView) build(r *resource) {
	v.props["nodeResourceGroup"] = v.nodeGroup()
	if v.old == nil {
		v.makeNodeGroup()
	}
	v.leaveFormerGrant()
	v.keepControlPlane()
	v.keepKubelet()
	v.fillProfile(r.Generation)
	v.keepAddons()
	r.Body = v.body
	v.c.store(r)
	for _, pool := range v.pools {
		v.fillPool(pool)
		v.storePool(pool, r)
	}
}

func (v *clusterView) keepControlPlane() {
	switch v.control.kind {
	case systemAssigned:
		v.c.addPrincipal(v.c.systemPrincipal(v.id))
	case ServicePrincipal:
		v.c.addPrincipal(applicationPrincipal(text(v.props, "servicePrincipalProfile", "clientId")))
		v.retireSystemPrincipal()
	default:
		v.retireSystemPrincipal()
	}
}

// retireSystemPrincipal: after a switch to another identity the old system-assigned one is gone. Its assignments stay as
// orphans.
func (v *clusterView) retireSystemPrincipal() {
	for _, p := range v.c.principals {
		if p.Owner == key(v.id) {
			p.Deleted = true
		}
	}
}

// makeNodeGroup makes what AKS makes at first: the group, and a network of its own when the pools bring no subnet.
func (v *clusterView) makeNodeGroup() {
	group := v.nodeGroupID()
	v.c.store(&resource{ID: group, Type: ResourceGroupType, Name: v.nodeGroup(), ManagedBy: key(v.id), Seeded: v.q.seeding,
		Body: map[string]any{"location": v.location, "managedBy": v.id,
			"properties": map[string]any{"provisioningState": "Succeeded"}}})
	number := fmt.Sprintf("%08d", digits(v.id))
	v.make(NetworkSecurityGroupType, "aks-agentpool-"+number+"-nsg", map[string]any{})
	v.make(LoadBalancerType, "kubernetes", map[string]any{})
	if len(v.ownSubnets()) > 0 {
		return
	}
	vnet := v.make(VirtualNetworkType, "aks-vnet-"+number, map[string]any{
		"addressSpace": map[string]any{"addressPrefixes": []any{"10.224.0.0/12"}}})
	v.c.store(&resource{ID: vnet.ID + "/subnets/aks-subnet", Type: SubnetType, Name: "aks-subnet", ManagedBy: key(v.id),
		Seeded: v.q.seeding, Body: map[string]any{"properties": map[string]any{"addressPrefix": "10.224.0.0/16"}}})
}

// removeNodeGroup: the node resource group goes with its cluster.
func (c *Cloud) removeNodeGroup(cluster *resource) { c.removeTree(nodeGroupID(cluster)) }

// make stores a resource of AKS's own in the node resource group.
func (v *clusterView) make(resourceType, name string, props map[string]any) *resource {
	id := v.nodeResourceID(resourceType, name)
	if there := v.c.lookup(id); there != nil {
		return there
	}
	r := &resource{ID: id, Type: resourceType, Name: name, ManagedBy: key(v.id), Seeded: v.q.seeding,
		Generation: v.c.nextGeneration(id), Body: map[string]any{"location": v.location, "properties": props}}
	setState(r, "Succeeded")
	v.c.store(r)
	return r
}

// makeIdentity stores an identity of AKS's own and returns it in the form of identityProfile and addonProfiles.
func (v *clusterView) makeIdentity(name string) map[string]any {
	id := v.nodeResourceID(IdentityType, name)
	r := v.c.lookup(id)
	if r == nil {
		principal := identityOf(id, v.c.nextGeneration(id))
		r = v.make(IdentityType, name, map[string]any{
			"principalId": principal.ID, "clientId": principal.ClientID, "tenantId": DefaultTenantID})
		v.c.addPrincipal(principal)
	}
	return map[string]any{"resourceId": r.ID, "clientId": text(r.Body, "properties", "clientId"),
		"objectId": text(r.Body, "properties", "principalId")}
}

// keepKubelet: the caller's kubelet identity, or one that AKS makes.
func (v *clusterView) keepKubelet() {
	kubelet := kubeletOf(v.props)
	if kubelet != nil && !sameID(text(kubelet, "resourceId"), v.defaultKubeletID()) {
		return
	}
	if v.control.kind == ServicePrincipal {
		return
	}
	put(v.props, v.makeIdentity(v.name()+"-agentpool"), "identityProfile", "kubeletidentity")
}

func (v *clusterView) storePool(pool *poolView, cluster *resource) {
	r := pool.stored
	if r == nil {
		id := cluster.ID + "/agentPools/" + pool.name
		r = &resource{ID: id, Type: AgentPoolType, Name: pool.name, Seeded: v.q.seeding,
			ManagedBy: key(v.id), Generation: v.c.nextGeneration(id)}
	}
	updated := *r
	updated.Body = map[string]any{"properties": pool.props}
	v.c.store(&updated)
}

// digits is a number of eight digits from a name.
func digits(s string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key(s)))
	return h.Sum32() % 100_000_000
}

// short is eight lower-case letters and digits from a name.
func short(parts ...string) string { return derive(parts...)[:8] }

// renderCluster shows a stored cluster: with its pools, and with the quirks of the cloud.
func (c *Cloud) renderCluster(r *resource, body map[string]any) {
	props := object(body, "properties")
	props["agentPoolProfiles"] = c.renderPools(r.ID)
	if c.quirks.OmitIdentityProfile {
		delete(props, "identityProfile")
	}
	for _, name := range c.quirks.OmitAddonIdentities {
		c.omitAddonIdentity(props, name)
	}
	if c.quirks.AddonKey != nil {
		respell(object(props, "addonProfiles"), c.quirks.AddonKey)
	}
	if c.quirks.IdentityKey != nil {
		respell(object(body, "identity", "userAssignedIdentities"), c.quirks.IdentityKey)
	}
}

// renderClusterInTheMaking: the identities that AKS makes are shown when it has ended, a kubelet identity of the caller's own at once.
func (c *Cloud) renderClusterInTheMaking(r *resource, body map[string]any) {
	props := object(body, "properties")
	if kubelet := text(kubeletOf(props), "resourceId"); within(nodeGroupID(r), kubelet) {
		delete(props, "identityProfile")
	}
	for _, name := range slices.Sorted(maps.Keys(object(props, "addonProfiles"))) {
		c.omitAddonIdentity(props, name)
	}
}

func (c *Cloud) omitAddonIdentity(props map[string]any, name string) {
	if _, profile, ok := lookupFold(object(props, "addonProfiles"), name); ok {
		if addon, ok := profile.(map[string]any); ok {
			delete(addon, "identity")
		}
	}
	if _, profile, ok := lookupFold(object(props, "ingressProfile"), name); ok {
		if addon, ok := profile.(map[string]any); ok {
			delete(addon, "identity")
		}
	}
}

func respell(m map[string]any, spell func(string) string) {
	for _, name := range slices.Sorted(maps.Keys(m)) {
		value := m[name]
		delete(m, name)
		m[spell(name)] = value
	}
}
