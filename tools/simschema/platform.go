package main

// platformModules are modules that have nothing to do with clusters.
func platformModules() []module {
	return []module{
		{name: "dbforpostgresql", version: sdkVersion, types: compact("Microsoft.DBforPostgreSQL/flexibleServers/", []served{
			{"Server", "{serverName}"},
			{"Database", "{serverName}/databases/{databaseName}"},
			{"FirewallRule", "{serverName}/firewallRules/{firewallRuleName}"},
			{"Configuration", "{serverName}/configurations/{configurationName}"},
			{"Administrator", "{serverName}/administrators/{objectId}"},
		})},
		{name: "eventhub", version: sdkVersion, types: compact("Microsoft.EventHub/namespaces/", []served{
			{"Namespace", "{namespaceName}"},
			{"EventHub", "{namespaceName}/eventhubs/{eventHubName}"},
			{"ConsumerGroup", "{namespaceName}/eventhubs/{eventHubName}/consumergroups/{consumerGroupName}"},
		})},
	}
}

// platformTypes lists by module what usually stands beside a cluster. The simulator knows their paths, inputs and outputs, and
// judges nothing else.
func platformTypes() map[string][]served {
	return map[string][]served{
		"authorization":     authorizationPlatform(),
		"compute":           computePlatform(),
		"containerregistry": registryPlatform(),
		"containerservice": compact("Microsoft.ContainerService/", []served{
			{"Snapshot", "snapshots/{resourceName}"},
			{"TrustedAccessRoleBinding", "managedClusters/{resourceName}/trustedAccessRoleBindings/{trustedAccessRoleBindingName}"},
			{"Fleet", "fleets/{fleetName}"},
			{"FleetMember", "fleets/{fleetName}/members/{fleetMemberName}"},
		}),
		"insights": insightsPlatform(),
		"keyvault": compact("Microsoft.KeyVault/", []served{
			{"Key", "vaults/{vaultName}/keys/{keyName}"},
			{"Secret", "vaults/{vaultName}/secrets/{secretName}"},
			{"ManagedHsm", "managedHSMs/{name}"},
			{"PrivateEndpointConnection", "vaults/{vaultName}/privateEndpointConnections/{privateEndpointConnectionName}"},
		}),
		"network": networkPlatform(),
		"operationalinsights": compact("Microsoft.OperationalInsights/workspaces/", []served{
			{"SavedSearch", "{workspaceName}/savedSearches/{savedSearchId}"},
			{"DataExport", "{workspaceName}/dataExports/{dataExportName}"},
			{"LinkedService", "{workspaceName}/linkedServices/{linkedServiceName}"},
			{"Table", "{workspaceName}/tables/{tableName}"},
		}),
		"resources": compact("Microsoft.Resources/", []served{
			{"Deployment", "deployments/{deploymentName}"},
			{"TemplateSpec", "templateSpecs/{templateSpecName}"},
		}),
		"storage": storagePlatform(),
	}
}

func authorizationPlatform() []served {
	const scoped = "/{scope}/providers/Microsoft.Authorization/"
	return []served{
		{"ManagementLockByScope", scoped + "locks/{lockName}"},
		{"ManagementLockAtResourceGroupLevel", group("Microsoft.Authorization/locks/{lockName}")},
		{"ManagementLockAtSubscriptionLevel", "/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/locks/{lockName}"},
		{"PolicyAssignment", scoped + "policyAssignments/{policyAssignmentName}"},
		{"PolicyDefinition", "/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/policyDefinitions/{policyDefinitionName}"},
		{"PolicySetDefinition", "/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/policySetDefinitions/{policySetDefinitionName}"},
		{"PolicyExemption", scoped + "policyExemptions/{policyExemptionName}"},
	}
}

func computePlatform() []served {
	return compact("Microsoft.Compute/", []served{
		{"VirtualMachine", "virtualMachines/{vmName}"},
		{"VirtualMachineExtension", "virtualMachines/{vmName}/extensions/{vmExtensionName}"},
		{"VirtualMachineScaleSet", "virtualMachineScaleSets/{vmScaleSetName}"},
		{"AvailabilitySet", "availabilitySets/{availabilitySetName}"},
		{"Image", "images/{imageName}"},
		{"Gallery", "galleries/{galleryName}"},
		{"GalleryImage", "galleries/{galleryName}/images/{galleryImageName}"},
		{"SshPublicKey", "sshPublicKeys/{sshPublicKeyName}"},
		{"DedicatedHost", "hostGroups/{hostGroupName}/hosts/{hostName}"},
		{"CapacityReservation", "capacityReservationGroups/{capacityReservationGroupName}/capacityReservations/{capacityReservationName}"},
		{"DiskAccess", "diskAccesses/{diskAccessName}"},
	})
}

func registryPlatform() []served {
	return compact("Microsoft.ContainerRegistry/registries/{registryName}/", []served{
		{"Replication", "replications/{replicationName}"},
		{"ScopeMap", "scopeMaps/{scopeMapName}"},
		{"Token", "tokens/{tokenName}"},
		{"Webhook", "webhooks/{webhookName}"},
		{"Task", "tasks/{taskName}"},
		{"CacheRule", "cacheRules/{cacheRuleName}"},
	})
}

func insightsPlatform() []served {
	return append(compact("Microsoft.Insights/", []served{
		{"ActionGroup", "actionGroups/{actionGroupName}"},
		{"MetricAlert", "metricAlerts/{ruleName}"},
		{"ScheduledQueryRule", "scheduledQueryRules/{ruleName}"},
		{"ActivityLogAlert", "activityLogAlerts/{activityLogAlertName}"},
		{"AutoscaleSetting", "autoscaleSettings/{autoscaleSettingName}"},
		{"DataCollectionEndpoint", "dataCollectionEndpoints/{dataCollectionEndpointName}"},
		{"PrivateLinkScope", "privateLinkScopes/{scopeName}"},
		{"PrivateLinkScopedResource", "privateLinkScopes/{scopeName}/scopedResources/{name}"},
		{"Component", "components/{resourceName}"},
		{"Workbook", "workbooks/{resourceName}"},
		{"WebTest", "webtests/{webTestName}"},
	}), served{"DiagnosticSetting", "/{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}"})
}

func networkPlatform() []served {
	return compact("Microsoft.Network/", []served{
		{"AzureFirewall", "azureFirewalls/{azureFirewallName}"},
		{"FirewallPolicy", "firewallPolicies/{firewallPolicyName}"},
		{"FirewallPolicyRuleCollectionGroup", "firewallPolicies/{firewallPolicyName}/ruleCollectionGroups/{ruleCollectionGroupName}"},
		{"IpGroup", "ipGroups/{ipGroupsName}"},
		{"PrivateEndpoint", "privateEndpoints/{privateEndpointName}"},
		{"PrivateDnsZoneGroup", "privateEndpoints/{privateEndpointName}/privateDnsZoneGroups/{privateDnsZoneGroupName}"},
		{"PrivateRecordSet", "privateDnsZones/{privateZoneName}/{recordType}/{relativeRecordSetName}"},
		{"RecordSet", "dnsZones/{zoneName}/{recordType}/{relativeRecordSetName}"},
		{"VirtualNetworkPeering", "virtualNetworks/{virtualNetworkName}/virtualNetworkPeerings/{virtualNetworkPeeringName}"},
		{"Route", "routeTables/{routeTableName}/routes/{routeName}"},
		{"SecurityRule", "networkSecurityGroups/{networkSecurityGroupName}/securityRules/{securityRuleName}"},
		{"BastionHost", "bastionHosts/{bastionHostName}"},
		{"VirtualNetworkGateway", "virtualNetworkGateways/{virtualNetworkGatewayName}"},
		{"VirtualNetworkGatewayConnection", "connections/{virtualNetworkGatewayConnectionName}"},
		{"LocalNetworkGateway", "localNetworkGateways/{localNetworkGatewayName}"},
		{"ExpressRouteCircuit", "expressRouteCircuits/{circuitName}"},
		{"LoadBalancer", "loadBalancers/{loadBalancerName}"},
		{"NetworkInterface", "networkInterfaces/{networkInterfaceName}"},
		{"NetworkWatcher", "networkWatchers/{networkWatcherName}"},
		{"FlowLog", "networkWatchers/{networkWatcherName}/flowLogs/{flowLogName}"},
		{"ApplicationSecurityGroup", "applicationSecurityGroups/{applicationSecurityGroupName}"},
		{"WebApplicationFirewallPolicy", "ApplicationGatewayWebApplicationFirewallPolicies/{policyName}"},
		{"DnsResolver", "dnsResolvers/{dnsResolverName}"},
		{"InboundEndpoint", "dnsResolvers/{dnsResolverName}/inboundEndpoints/{inboundEndpointName}"},
		{"OutboundEndpoint", "dnsResolvers/{dnsResolverName}/outboundEndpoints/{outboundEndpointName}"},
		{"DnsForwardingRuleset", "dnsForwardingRulesets/{dnsForwardingRulesetName}"},
		{"ForwardingRule", "dnsForwardingRulesets/{dnsForwardingRulesetName}/forwardingRules/{forwardingRuleName}"},
		{"PrivateResolverVirtualNetworkLink", "dnsForwardingRulesets/{dnsForwardingRulesetName}/virtualNetworkLinks/{virtualNetworkLinkName}"},
		{"VirtualWan", "virtualWans/{virtualWANName}"},
		{"VirtualHub", "virtualHubs/{virtualHubName}"},
		{"HubVirtualNetworkConnection", "virtualHubs/{virtualHubName}/hubVirtualNetworkConnections/{connectionName}"},
		{"HubRouteTable", "virtualHubs/{virtualHubName}/hubRouteTables/{routeTableName}"},
		{"VpnGateway", "vpnGateways/{gatewayName}"},
		{"ServiceEndpointPolicy", "serviceEndpointPolicies/{serviceEndpointPolicyName}"},
		{"NetworkManager", "networkManagers/{networkManagerName}"},
		{"Profile", "trafficManagerProfiles/{profileName}"},
	})
}

func storagePlatform() []served {
	return compact("Microsoft.Storage/storageAccounts/{accountName}/", []served{
		{"BlobContainer", "blobServices/default/containers/{containerName}"},
		{"BlobServiceProperties", "blobServices/{blobServicesName}"},
		{"FileShare", "fileServices/default/shares/{shareName}"},
		{"Queue", "queueServices/default/queues/{queueName}"},
		{"Table", "tableServices/default/tables/{tableName}"},
		{"ManagementPolicy", "managementPolicies/{managementPolicyName}"},
		{"PrivateEndpointConnection", "privateEndpointConnections/{privateEndpointConnectionName}"},
	})
}
