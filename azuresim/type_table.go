package azuresim

import "time"

// typeRows is the table of types: one row says everything about a type, and nothing outside of it asks for a type by name but that
// type's own file. It is a function, and each Cloud has its own table, since the rows name what reads the table.
func typeRows() []typeInfo {
	tracked := (*Cloud).putTracked
	return []typeInfo{
		{name: ResourceGroupType, names: &groupName, top: true, put: (*Cloud).putGroup,
			rights: "Microsoft.Resources/subscriptions/resourceGroups"},

		// Clusters and what is in and on them.
		{name: ManagedClusterType, takes: 4 * time.Minute, names: &clusterName, lowerGroup: true, put: (*Cloud).putCluster, merges: true,
			returned: "Microsoft.ContainerService/ManagedClusters", references: clusterReferences,
			writeOnly: []string{"windowsProfile.adminPassword", "aadProfile.serverAppSecret", "servicePrincipalProfile.secret"},
			actions:   clusterActions, render: (*Cloud).renderCluster, renderMaking: (*Cloud).renderClusterInTheMaking,
			mayGo: (*Cloud).clusterUnbound, goes: (*Cloud).removeNodeGroup,
			long: true, makes: (*Cloud).poolKeys, seed: seedCluster},
		{name: AgentPoolType, takes: 30 * time.Second, names: &poolName, lowerGroup: true, noLocation: true, put: (*Cloud).putPool, merges: true, references: poolReferences,
			mayGo: (*Cloud).checkPoolDelete, long: true, busyAs: "agentpool operation"},
		{name: MaintenanceConfigurationType, names: &anyName, lowerGroup: true, noLocation: true, put: (*Cloud).putMaintenance},
		{name: ExtensionType, names: &anyName, extension: true, noLocation: true, put: tracked, ownIdentity: true, fill: fillExtension,
			writeOnly: []string{"configurationProtectedSettings"}},

		// Rights.
		{name: RoleAssignmentType, takes: time.Second, names: &guidName, extension: true, noLocation: true, put: (*Cloud).putRoleAssignment,
			showsDeleted: true},
		{name: RoleDefinitionType, names: &guidName, extension: true, noLocation: true, put: (*Cloud).putRoleDefinition,
			get: (*Cloud).getRoleDefinition, mayGo: (*Cloud).roleUnused},
		{name: LockType, names: &lockName, extension: true, noLocation: true, put: tracked},
		{name: IdentityType, takes: 2 * time.Second, names: &identityName, lowerGroup: true, put: (*Cloud).putIdentity},
		{name: FederatedCredentialType, names: &credentialName, lowerGroup: true, noLocation: true, put: (*Cloud).putCredential,
			long: true, collision: credentialCollision},

		// Networks. The codes in use are as the public documentation of Microsoft.Network lists them; from general knowledge.
		{name: VirtualNetworkType, takes: 5 * time.Second, names: &vnetName, put: (*Cloud).putVirtualNetwork, references: networkReferences,
			render: (*Cloud).renderSubnets, seed: seedNetwork},
		{name: SubnetType, takes: 5 * time.Second, names: &networkName, noLocation: true, put: (*Cloud).putSubnet, references: subnetReferences,
			inUse: "InUseSubnetCannotBeDeleted", seed: (*Cloud).seedSubnet},
		{name: RouteTableType, names: &networkName, put: tracked, inUse: "InUseRouteTableCannotBeDeleted"},
		{name: NatGatewayType, takes: 5 * time.Second, names: &networkName, put: tracked, references: natGatewayReferences,
			inUse: "InUseNatGatewayCannotBeDeleted"},
		{name: NetworkSecurityGroupType, names: &networkName, put: tracked, inUse: "InUseNetworkSecurityGroupCannotBeDeleted"},
		{name: PublicIPAddressType, takes: 5 * time.Second, names: &networkName, put: tracked, references: addressReferences, fill: fillAddress,
			inUse: "PublicIPAddressCannotBeDeleted", seed: seedAddress},
		{name: PublicIPPrefixType, names: &networkName, put: tracked, fill: fillPrefix, inUse: "InUsePublicIpPrefixCannotBeDeleted"},
		{name: PrivateDNSZoneType, names: &zoneName, put: tracked, mayGo: (*Cloud).zoneUnlinked},
		{name: VirtualNetworkLinkType, names: &networkName, put: tracked, references: linkReferences},
		{name: DNSZoneType, names: &zoneName, put: tracked},
		{name: ApplicationGatewayType, names: &networkName, put: tracked, references: gatewayReferences},
		{name: PrivateLinkServiceType, names: &neighbourName, put: tracked},
		{name: DdosProtectionPlanType, names: &neighbourName, put: tracked},
		{name: LoadBalancerType, names: &networkName, put: tracked},
		{name: TrafficControllerType, names: &neighbourName, put: tracked},

		// Disks and hosts.
		{name: DiskType, names: &diskName, put: tracked, references: diskReferences},
		{name: SnapshotType, names: &snapshotName, put: tracked},
		{name: DiskEncryptionSetType, names: &diskName, put: tracked, references: encryptionSetReferences, seed: seedEncryptionSet},
		{name: CapacityReservationGroupType, names: &neighbourName, put: tracked},
		{name: HostGroupType, names: &neighbourName, put: tracked},
		{name: ProximityPlacementGroupType, names: &neighbourName, put: tracked},

		// Images, secrets, files, backups.
		{name: RegistryType, takes: 5 * time.Second, names: &registryName, put: tracked, fill: fillRegistry, seed: seedRegistry},
		{name: VaultType, names: &vaultName, put: tracked, fill: fillVault, writeOnly: []string{"createMode"},
			goes: (*Cloud).keepDeleted, seed: seedVault},
		{name: KeyType, names: &keyName, noLocation: true, put: tracked, fill: fillKey},
		{name: StorageAccountType, names: &storageName, put: tracked},
		{name: BackupVaultType, names: &neighbourName, put: tracked},

		// Monitoring.
		{name: WorkspaceType, names: &workspaceName, put: tracked, check: checkWorkspace, fill: fillWorkspace,
			goes: (*Cloud).keepDeleted},
		{name: MonitorAccountType, names: &neighbourName, put: tracked},
		{name: DataCollectionRuleType, names: &ruleName, put: tracked, check: checkRule, references: ruleReferences,
			fill: (*Cloud).fillRule, mayGo: (*Cloud).ruleUnbound},
		{name: RuleAssociationType, names: &anyName, extension: true, noLocation: true, put: tracked, check: checkAssociation,
			references: associationReferences},
		{name: DiagnosticSettingType, names: &anyName, extension: true, noLocation: true, put: tracked,
			references: diagnosticReferences},

		// Kept as given, but for their references and the outputs that programs need (given_outputs.go).
		{name: secretType, given: true, put: (*Cloud).putGiven, fill: fillSecret, writeOnly: []string{"value"}},
		{name: deletedVaultType, given: true, put: (*Cloud).putDeletedVault, get: (*Cloud).getDeletedVault,
			actions: map[string]action{"purge": (*Cloud).purgeVault}},
		{name: firewallType, given: true, put: (*Cloud).putGiven, references: firewallReferences, fill: (*Cloud).fillFirewall},
		{name: privateEndpointType, given: true, put: (*Cloud).putGiven, references: endpointReferences, fill: fillEndpoint},
		{name: peeringType, given: true, put: (*Cloud).putGiven, references: peeringReferences},
	}
}
