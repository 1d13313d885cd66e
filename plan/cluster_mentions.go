package plan

import (
	"fmt"
	"maps"
	"slices"
)

// shared are resources that are given once, by the user's keys, for whatever refers to them.
type shared struct {
	argument Path
	ids      map[string]Value[string]
	// resourceType and referrers are for messages: what the resources are, and which arguments name their keys.
	resourceType, referrers string
}

func (c Cluster) shared() []shared {
	return []shared{
		{"subnets", c.Subnets, typeSubnet, "systemPool or pools[], as subnet or podSubnet"},
		{"nodeIpPrefixIds", c.NodeIPPrefixes, typePrefix, "nodeIpPrefix of a pool"},
		{"capacityReservationGroupIds", c.CapacityReservationGroups, typeReservation, "capacityReservationGroup of a pool"},
		{"hostGroupIds", c.HostGroups, typeHostGroup, "hostGroup of a pool"},
		{"keyVaultIds", c.KeyVaults, typeVault, "addons.secretsProvider, addons.appRouting or addons.istio"},
	}
}

// reference is an argument that names a key of something shared, in one use.
type reference struct {
	use Use
	// to is the argument that holds what is shared.
	to     Path
	key    string
	from   Path
	detail string
	// former are naming keys of the time when the argument held the ID itself.
	former []NamingKey
}

// references lists what pools and add-ons refer to by key.
func (c Cluster) references() []reference {
	var refs []reference
	for _, pool := range c.pools() {
		refs = append(refs, pool.references(pool.path)...)
	}
	refs = append(refs, c.Addons.references()...)
	given := refs[:0]
	for _, ref := range refs {
		if ref.key != "" {
			given = append(given, ref)
		}
	}
	return given
}

func (pool Pool) references(at Path) []reference {
	former := func(argument string) []NamingKey {
		return []NamingKey{NamingKey("pools." + pool.Name + "." + argument)}
	}
	of := "pool " + pool.Name
	return []reference{
		{use: NodeSubnet, to: "subnets", key: pool.Subnet, from: at.Field("subnet"), detail: "nodes of " + of},
		{use: PodSubnet, to: "subnets", key: pool.PodSubnet, from: at.Field("podSubnet"), detail: "pods of " + of},
		{NodeIPPrefix, "nodeIpPrefixIds", pool.NodeIPPrefix, at.Field("nodeIpPrefix"), of, former("nodePublicIpPrefixId")},
		{
			CapacityReservationGroup, "capacityReservationGroupIds", pool.CapacityReservationGroup, at.Field("capacityReservationGroup"), of,
			former("capacityReservationGroupId"),
		},
		{HostGroup, "hostGroupIds", pool.HostGroup, at.Field("hostGroup"), of, former("hostGroupId")},
	}
}

func (a Addons) references() []reference {
	var refs []reference
	vaults := func(use Use, path Path, former string, keys []string) {
		for i, key := range keys {
			refs = append(refs, reference{
				use: use, to: "keyVaultIds", key: key, from: path.Index(i), former: []NamingKey{NamingKey(former + "." + key)},
			})
		}
	}
	if s := a.Secrets; s != nil {
		vaults(SecretVault, "addons.secretsProvider.secretVaults", "addons.secretsProvider.secretVaultIds", s.SecretVaults)
		vaults(CertificateVault, "addons.secretsProvider.certificateVaults", "addons.secretsProvider.certificateVaultIds", s.CertificateVaults)
	}
	if r := a.Routing; r != nil {
		vaults(RoutingVault, "addons.appRouting.vaults", "addons.appRouting.vaultIds", r.Vaults)
	}
	if m := a.Mesh; m != nil {
		const path = "addons.istio.certificateAuthority.keyVault"
		refs = append(refs, reference{use: MeshVault, to: "keyVaultIds", key: m.Vault, from: path, former: []NamingKey{path + "Id"}})
	}
	return refs
}

// mentions are all external resources that the cluster's arguments name: those that stand for themselves, those that pools and
// add-ons refer to, and what follows from both.
func (c Cluster) mentions() []Mention {
	all := append([]Mention(nil), c.Mentions...)
	given := map[Path]shared{}
	for _, s := range c.shared() {
		given[s.argument] = s
	}
	for _, ref := range c.references() {
		if id, ok := given[ref.to].ids[ref.key]; ok {
			all = append(all, Mention{Use: ref.use, Path: ref.to.Key(ref.key), ID: id, Detail: ref.detail, Former: ref.former})
		}
	}
	return append(all, c.implied(all)...)
}

// implied are further uses of what is mentioned already, and uses of what the deployment makes itself.
func (c Cluster) implied(mentioned []Mention) []Mention {
	var more []Mention
	nodes := mentionsOf(mentioned, NodeSubnet)
	if c.Network.Plugin == NetworkPluginKubenet {
		for _, m := range nodes {
			m.Use = KubenetSubnet
			more = append(more, m)
		}
	}
	// AKS links a private zone of yours to the nodes' network; in a network that AKS makes it has the right already.
	if len(mentionsOf(mentioned, PrivateZone)) > 0 && len(mentionsOf(mentioned, ZoneLinkNetwork)) == 0 {
		more = append(more, networksOf(nodes, ZoneLinkNetwork)...)
	}
	// In a network that AKS makes, AKS grants the add-on itself.
	if g := c.Addons.Gateway; g != nil && g.SubnetCIDR.IsSet() {
		more = append(more, networksOf(nodes, GatewayNetwork)...)
	}
	if m := c.Addons.Monitoring; m != nil && m.Legacy {
		more = append(more, Mention{Use: LegacyMetrics, Path: "cluster", Own: OwnCluster})
	}
	if c.KubeletIdentity != nil {
		own := Mention{Use: KubeletIdentityUse, Path: "kubeletIdentity", Own: OwnKubeletIdentity}
		if c.KubeletIdentity.Existing != nil {
			own.ID = c.KubeletIdentity.Existing.ResourceID
		}
		more = append(more, own)
	}
	return more
}

// networksOf is the virtual network of the first node subnet in another use: all pools lie in one network.
func networksOf(nodes []Mention, use Use) []Mention {
	if len(nodes) == 0 {
		return nil
	}
	m := nodes[0]
	m.Use, m.Above, m.Detail = use, AtVirtualNetwork, ""
	return []Mention{m}
}

// checkShared reports keys that nobody gave, and things that nobody refers to.
func (c Cluster) checkShared(p *problems) {
	used := map[Path]bool{}
	for _, ref := range c.references() {
		used[ref.to.Key(ref.key)] = true
	}
	for _, s := range c.shared() {
		for _, key := range slices.Sorted(maps.Keys(s.ids)) {
			path := s.argument.Key(key)
			if !p.checkMapKey(s.argument, key) {
				continue
			}
			if !s.ids[key].IsSet() {
				p.add(path, "it has no value", "give its ID, or leave the key out.")
			}
			p.checkID(path, s.ids[key], s.resourceType)
			if !used[path] {
				p.add(path, "nothing uses it", "name it in "+s.referrers+", or leave it out; for other uses there is VnetDelegation.")
			}
		}
	}
	for _, ref := range c.references() {
		for _, s := range c.shared() {
			if _, ok := s.ids[ref.key]; s.argument == ref.to && !ok {
				known := slices.Sorted(maps.Keys(s.ids))
				fix := fmt.Sprintf("add it to %s.", ref.to)
				if len(known) > 0 {
					fix = fmt.Sprintf("add it to %s, or use one of the keys there: %s.", ref.to, quotedList(known))
				}
				p.add(ref.from, fmt.Sprintf("%s has no key %q", ref.to, ref.key)+meant(ref.key, known), fix)
			}
		}
	}
}
