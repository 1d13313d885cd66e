package plan

import "fmt"

// targets lists the external resources that the cluster's own arguments mention, each in its use.
func (c Cluster) targets() []Target {
	targets := c.subnetTargets()
	targets = append(targets, c.poolTargets()...)
	targets = append(targets, c.egressTargets()...)
	targets = append(targets, c.apiServerTargets()...)
	if c.KubeletIdentity != nil {
		targets = append(targets, Target{
			Use: KubeletIdentityUse, Path: "kubeletIdentity", ID: orLate(c.KubeletIdentity.ResourceID),
		})
	}
	if c.DiskEncryptionSet.IsSet() {
		targets = append(targets, Target{Use: DiskEncryptionSet, Path: "diskEncryptionSetId", ID: c.DiskEncryptionSet})
	}
	if kms := c.Security.KMS; kms != nil {
		use := KeyVaultKMS
		if kms.NetworkAccess == "Private" {
			use = KeyVaultKMSPrivate
		}
		targets = append(targets, Target{Use: use, Path: "security.kms.keyVaultId", ID: kms.VaultID})
	}
	return targets
}

func orLate(id Value[string]) Value[string] {
	if id.IsSet() {
		return id
	}
	return Late[string]()
}

// subnetTargets are the subnets of the pools. A subnet that several pools share is one target for each, and one grant.
func (c Cluster) subnetTargets() []Target {
	var targets []Target
	for _, pool := range c.Pools {
		if id, ok := c.Subnets[pool.Subnet]; ok && pool.Subnet != "" {
			detail := fmt.Sprintf("nodes of pool %s", pool.Name)
			path := "subnets." + pool.Subnet
			targets = append(targets, Target{Use: NodeSubnet, Path: path, ID: id, Detail: detail})
			if c.Network.Plugin == "kubenet" {
				targets = append(targets, Target{Use: KubenetSubnet, Path: path, ID: id, Detail: detail})
			}
		}
		if id, ok := c.Subnets[pool.PodSubnet]; ok && pool.PodSubnet != "" {
			targets = append(targets, Target{
				Use: PodSubnet, Path: "subnets." + pool.PodSubnet, ID: id, Detail: fmt.Sprintf("pods of pool %s", pool.Name),
			})
		}
	}
	return targets
}

// poolTargets are what a pool mentions besides subnets. The path holds the pool's name, not its index, so that adding a
// pool renames no grant.
func (c Cluster) poolTargets() []Target {
	var targets []Target
	for _, pool := range c.Pools {
		for _, t := range []Target{
			{Use: NodeIPPrefix, Path: "nodePublicIpPrefixId", ID: pool.NodePublicIPPrefix},
			{Use: CapacityReservationGroup, Path: "capacityReservationGroupId", ID: pool.CapacityReservationGroup},
			{Use: HostGroup, Path: "hostGroupId", ID: pool.HostGroup},
		} {
			if t.ID.IsSet() {
				t.Path = "pools." + pool.Name + "." + t.Path
				t.Detail = "pool " + pool.Name
				targets = append(targets, t)
			}
		}
	}
	return targets
}

func (c Cluster) egressTargets() []Target {
	lb := c.Network.LoadBalancer
	if lb == nil {
		return nil
	}
	var targets []Target
	for _, key := range sortedKeys(lb.OutboundIPs) {
		targets = append(targets, Target{Use: OutboundIP, Path: "network.loadBalancer.outboundIpIds." + key, ID: lb.OutboundIPs[key]})
	}
	for _, key := range sortedKeys(lb.OutboundPrefixes) {
		targets = append(targets, Target{
			Use: OutboundPrefix, Path: "network.loadBalancer.outboundIpPrefixIds." + key, ID: lb.OutboundPrefixes[key],
		})
	}
	return targets
}

func (c Cluster) apiServerTargets() []Target {
	if !c.APIServer.PrivateZoneID.IsSet() {
		return nil
	}
	targets := []Target{{Use: PrivateZone, Path: "apiServer.privateDnsZoneId", ID: c.APIServer.PrivateZoneID}}
	for _, key := range sortedKeys(c.APIServer.PrivateZoneNetworks) {
		targets = append(targets, Target{
			Use: ZoneLinkNetwork, Path: "apiServer.privateDnsZoneNetworkIds." + key, ID: c.APIServer.PrivateZoneNetworks[key],
		})
	}
	return targets
}
