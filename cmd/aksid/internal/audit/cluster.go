package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// reader reads the shape of a cluster from its properties, as package plan knows clusters.
type reader struct {
	properties
	cluster estate.Cluster
	around  surroundings
	shape   plan.Cluster
}

// surroundings are what a cluster's properties need beside themselves.
type surroundings struct {
	// pools are the AgentPool resources by the cluster's ID in lower case.
	pools map[string][]estate.Resource
	// subnets are those that the source knows, by their ID in lower case.
	subnets map[string]estate.Resource
	// vaults are the IDs of key vaults by name in lower case.
	vaults map[string]string
}

func surroundingsOf(e *estate.Estate) surroundings {
	s := surroundings{map[string][]estate.Resource{}, map[string]estate.Resource{}, map[string]string{}}
	for _, r := range e.Resources {
		scope, err := rbac.ParseScope(r.ID)
		if err != nil || r.Deleting {
			continue
		}
		switch {
		case r.Is("containerservice", "AgentPool"):
			if parent, ok := scope.Parent(); ok {
				s.pools[parent.Key()] = append(s.pools[parent.Key()], r)
			}
		case scope.HasType("Microsoft.Network/virtualNetworks/subnets"):
			s.subnets[scope.Key()] = r
		case scope.HasType("Microsoft.KeyVault/vaults"):
			s.vaults[strings.ToLower(scope.Name())] = r.ID
		}
	}
	for _, a := range e.Assignments {
		if vault, ok := a.Scope.Ancestor("Microsoft.KeyVault/vaults"); ok {
			s.vaults[strings.ToLower(vault.Name())] = vault.String()
		}
	}
	return s
}

// shapeOf is the cluster as package plan would be asked for it; notes are about what cannot be told.
func shapeOf(c estate.Cluster, around surroundings) (shape plan.Cluster, notes []string) {
	r := reader{properties: propertiesOf(c.Resource), cluster: c, around: around, shape: plan.Cluster{
		Subnets: map[string]plan.Value[string]{}, NodeIPPrefixes: map[string]plan.Value[string]{},
		CapacityReservationGroups: map[string]plan.Value[string]{}, HostGroups: map[string]plan.Value[string]{},
		KeyVaults: map[string]plan.Value[string]{},
	}}
	r.readIdentity()
	r.readPools()
	r.readNetwork()
	r.readAddons()
	notes = r.readVaults()
	return r.shape, notes
}

func (r *reader) readIdentity() {
	r.shape.Identity.Type = plan.SystemAssigned
	if strings.EqualFold(r.text("identity", "type"), "UserAssigned") {
		r.shape.Identity.Type = plan.UserAssigned
	}
	// AKS makes its own in the node resource group; one elsewhere is the user's.
	id := r.text("identityProfile", "kubeletidentity", "resourceId")
	if scope, err := rbac.ParseScope(id); err == nil && r.cluster.NodeResourceGroup != "" && !r.isOwn(scope) {
		r.shape.KubeletIdentity = &plan.UserIdentity{Existing: &plan.ExistingIdentity{ResourceID: plan.Known(id)}}
	}
}

// isOwn tells whether it lies in the group that AKS made, where AKS grants for itself.
func (r *reader) isOwn(scope rbac.Scope) bool {
	return r.cluster.NodeResourceGroup != "" && strings.EqualFold(scope.ResourceGroup(), r.cluster.NodeResourceGroup)
}

func (r *reader) readPools() {
	seen := map[string]bool{}
	read := func(name string, p properties) {
		if key := strings.ToLower(name); name != "" && !seen[key] {
			seen[key] = true
			r.shape.Pools = append(r.shape.Pools, r.pool(name, p))
		}
	}
	for _, one := range r.list("agentPoolProfiles") {
		object, _ := one.(map[string]any)
		p := properties{outputs: object}
		read(p.text("name"), p)
	}
	if scope, err := rbac.ParseScope(r.cluster.Resource.ID); err == nil {
		for _, pool := range r.around.pools[scope.Key()] {
			own, _ := rbac.ParseScope(pool.ID)
			read(own.Name(), propertiesOf(pool))
		}
	}
}

func (r *reader) pool(name string, p properties) plan.Pool {
	return plan.Pool{
		Name:                     name,
		Subnet:                   keyIn(r.shape.Subnets, p.text("vnetSubnetID")),
		PodSubnet:                keyIn(r.shape.Subnets, p.text("podSubnetID")),
		NodeIPPrefix:             keyIn(r.shape.NodeIPPrefixes, p.text("nodePublicIPPrefixID")),
		CapacityReservationGroup: keyIn(r.shape.CapacityReservationGroups, p.text("capacityReservationGroupID")),
		HostGroup:                keyIn(r.shape.HostGroups, p.text("hostGroupID")),
	}
}

// keyIn puts the ID into the map, under its name, and is its key there.
func keyIn(ids map[string]plan.Value[string], id string) string {
	if id == "" {
		return ""
	}
	name := "unnamed"
	if scope, err := rbac.ParseScope(id); err == nil {
		name = plainKey(scope.Name())
	}
	key := name
	for n := 2; ; n++ {
		known, taken := ids[key]
		if !taken || strings.EqualFold(known.Or(""), id) {
			ids[key] = plan.Known(id)
			return key
		}
		key = fmt.Sprintf("%s-%d", name, n)
	}
}

// plainKey is a name as it can be a key of our arguments: shop-example of shop.example.
func plainKey(name string) string {
	return strings.Map(func(c rune) rune {
		if c == '_' || c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return c
		}
		return '-'
	}, name)
}

func (r *reader) mention(use plan.Use, path plan.Path, ids ...string) {
	for _, id := range ids {
		if _, err := rbac.ParseScope(id); err == nil {
			r.shape.Mentions = append(r.shape.Mentions, plan.Mention{Use: use, Path: path, ID: plan.Known(id)})
		}
	}
}

// mentionEach mentions IDs of an argument that is a map.
func (r *reader) mentionEach(use plan.Use, argument plan.Path, ids ...string) {
	given := map[string]plan.Value[string]{}
	for _, id := range ids {
		if _, err := rbac.ParseScope(id); err == nil {
			keyIn(given, id)
		}
	}
	r.shape.Mentions = append(r.shape.Mentions, plan.Each(use, argument, given)...)
}

func (r *reader) readNetwork() {
	r.shape.Network.Plugin = plan.NetworkPlugin(strings.ToLower(r.text("networkProfile", "networkPlugin")))
	balancer := []string{"networkProfile", "loadBalancerProfile"}
	r.mentionEach(plan.OutboundIP, "network.loadBalancer.outboundIpIds", r.ids(append(balancer, "outboundIPs", "publicIPs")...)...)
	r.mentionEach(plan.OutboundPrefix, "network.loadBalancer.outboundIpPrefixIds",
		r.ids(append(balancer, "outboundIPPrefixes", "publicIPPrefixes")...)...)
	r.mention(plan.PrivateZone, "apiServer.privateDnsZoneId", r.text("apiServerAccessProfile", "privateDNSZone"))
	r.mentionEach(plan.APIServerSubnet, "apiServerSubnetIds", r.text("apiServerAccessProfile", "subnetId"))
	r.mention(plan.DiskEncryptionSet, "diskEncryptionSetId", r.text("diskEncryptionSetID"))
	if r.shape.Network.Plugin == plan.NetworkPluginKubenet {
		r.readRouteTables()
	}
}

// readRouteTables finds the tables of the nodes' subnets, as far as the source knows the subnets. Kubenet writes routes into them.
func (r *reader) readRouteTables() {
	var tables []string
	for _, pool := range r.shape.Pools {
		id := r.shape.Subnets[pool.Subnet].Or("")
		subnet := propertiesOf(r.around.subnets[strings.ToLower(id)])
		if table := subnet.text("routeTable", "id"); table != "" && !slices.Contains(tables, table) {
			tables = append(tables, table)
		}
	}
	r.mentionEach(plan.RouteTable, "routeTableIds", tables...)
}

// addon is the profile of an add-on that is on. Azure answers keys in more than one letter case.
func (r *reader) addon(key plan.AddonKey) (properties, bool) {
	profile, _ := r.at("addonProfiles", string(key)).(map[string]any)
	p := properties{outputs: profile}
	return p, p.truth("enabled")
}

func (r *reader) readAddons() {
	if gateway, on := r.addon(plan.IngressGateway); on {
		cidr := gateway.text("config", "subnetCIDR") + gateway.text("config", "subnetPrefix")
		r.shape.Addons.Gateway = &plan.GatewayAddon{}
		if cidr != "" {
			r.shape.Addons.Gateway.SubnetCIDR = plan.Known(cidr)
		}
		r.mention(plan.Gateway, "addons.ingressGateway.gatewayId", gateway.text("config", "applicationGatewayId"))
		r.mention(plan.GatewaySubnet, "addons.ingressGateway.subnetId", gateway.text("config", "subnetId"))
	}
	if monitoring, on := r.addon(plan.Monitoring); on && !monitoring.truth("config", "useAADAuth") {
		r.shape.Addons.Monitoring = &plan.MonitoringAddon{Legacy: monitoring.at("identity") != nil}
	}
	if nodes, on := r.addon(plan.VirtualNode); on {
		r.shape.Addons.VirtualNode = true
		r.mention(plan.VirtualNodeSubnet, "addons.virtualNode.subnetId", r.siblingSubnet(nodes.text("config", "SubnetName")))
	}
	if r.truth("ingressProfile", "webAppRouting", "enabled") {
		r.readZones()
	}
}

// siblingSubnet is the subnet of that name in the nodes' network: the add-on's configuration names no network.
func (r *reader) siblingSubnet(name string) string {
	for _, pool := range r.shape.Pools {
		scope, err := rbac.ParseScope(r.shape.Subnets[pool.Subnet].Or(""))
		if network, inside := scope.Parent(); err == nil && inside && name != "" {
			return network.String() + "/subnets/" + name
		}
	}
	return ""
}

func (r *reader) readZones() {
	var public, private []string
	for _, id := range append(r.ids("ingressProfile", "webAppRouting", "dnsZoneResourceIds"), r.text("ingressProfile", "webAppRouting", "dnsZoneResourceId")) {
		if scope, err := rbac.ParseScope(id); err == nil && scope.HasType(plan.TypePrivateZone) {
			private = append(private, id)
		} else {
			public = append(public, id)
		}
	}
	r.mentionEach(plan.PublicZone, "addons.appRouting.publicDnsZoneIds", public...)
	r.mentionEach(plan.PrivateRecordZone, "addons.appRouting.privateDnsZoneIds", private...)
}

// readVaults finds the vaults of etcd encryption and of the mesh's certificate authority.
func (r *reader) readVaults() (notes []string) {
	mesh := r.text("serviceMeshProfile", "istio", "certificateAuthority", "plugin", "keyVaultId")
	if _, err := rbac.ParseScope(mesh); err == nil {
		r.shape.Addons.Mesh = &plan.MeshAddon{OwnAuthority: true, Vault: keyIn(r.shape.KeyVaults, mesh)}
	}
	kms := properties{outputs: objectAt(r.properties, "securityProfile", "azureKeyVaultKms")}
	if !kms.truth("enabled") {
		return nil
	}
	use, id := plan.KeyVaultKMS, kms.text("keyVaultResourceId")
	if strings.EqualFold(kms.text("keyVaultNetworkAccess"), string(plan.KMSNetworkAccessPrivate)) {
		use = plan.KeyVaultKMSPrivate
	}
	if id == "" {
		id = r.around.vaults[vaultName(kms.text("keyId"))]
	}
	if id == "" {
		return []string{fmt.Sprintf("the vault of the key %q, with which %s encrypts etcd, is not in the source, so the right on it is not judged.",
			kms.text("keyId"), r.cluster.Name)}
	}
	r.mention(use, "security.kms.keyVaultId", id)
	return nil
}

func objectAt(p properties, path ...string) map[string]any {
	object, _ := p.at(path...).(map[string]any)
	return object
}

// vaultName is shop in https://shop.vault.azure.net/keys/etcd/0123, in lower case.
func vaultName(key string) string {
	rest, _ := strings.CutPrefix(strings.ToLower(key), "https://")
	name, _, _ := strings.Cut(rest, ".")
	return name
}
