package azurenative

// namespaces spells the resource providers of modules whose types are not described. ARM compares without regard to case, so a
// module that is not here is "Microsoft." and its name.
var namespaces = map[string]string{
	"apimanagement":           "Microsoft.ApiManagement",
	"app":                     "Microsoft.App",
	"authorization":           "Microsoft.Authorization",
	"automation":              "Microsoft.Automation",
	"cache":                   "Microsoft.Cache",
	"cdn":                     "Microsoft.Cdn",
	"cognitiveservices":       "Microsoft.CognitiveServices",
	"compute":                 "Microsoft.Compute",
	"containerinstance":       "Microsoft.ContainerInstance",
	"containerregistry":       "Microsoft.ContainerRegistry",
	"containerservice":        "Microsoft.ContainerService",
	"dashboard":               "Microsoft.Dashboard",
	"dataprotection":          "Microsoft.DataProtection",
	"dbforpostgresql":         "Microsoft.DBforPostgreSQL",
	"documentdb":              "Microsoft.DocumentDB",
	"eventgrid":               "Microsoft.EventGrid",
	"eventhub":                "Microsoft.EventHub",
	"insights":                "Microsoft.Insights",
	"keyvault":                "Microsoft.KeyVault",
	"kubernetesconfiguration": "Microsoft.KubernetesConfiguration",
	"maintenance":             "Microsoft.Maintenance",
	"managedidentity":         "Microsoft.ManagedIdentity",
	"monitor":                 "Microsoft.Monitor",
	"network":                 "Microsoft.Network",
	"operationalinsights":     "Microsoft.OperationalInsights",
	"operationsmanagement":    "Microsoft.OperationsManagement",
	"policyinsights":          "Microsoft.PolicyInsights",
	"recoveryservices":        "Microsoft.RecoveryServices",
	"resources":               "Microsoft.Resources",
	"security":                "Microsoft.Security",
	"servicebus":              "Microsoft.ServiceBus",
	"servicenetworking":       "Microsoft.ServiceNetworking",
	"sql":                     "Microsoft.Sql",
	"storage":                 "Microsoft.Storage",
	"web":                     "Microsoft.Web",
}

const inGroup = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/"

// onCluster is how Microsoft.KubernetesConfiguration names the cluster that an extension is in.
const onCluster = inGroup + "{clusterRp}/{clusterResourceName}/{clusterName}/providers/Microsoft.KubernetesConfiguration/"

// givenPaths are the paths of types that often stand beside a cluster and whose inputs are not known here, because their module of
// the Go SDK cannot be read (Azure REST reference, https://learn.microsoft.com/rest/api/azure/, from general knowledge, 2026-11).
var givenPaths = map[string]string{
	"cache:Redis":                                  inGroup + "Microsoft.Cache/redis/{name}",
	"dashboard:Grafana":                            inGroup + "Microsoft.Dashboard/grafana/{workspaceName}",
	"dataprotection:BackupVault":                   inGroup + "Microsoft.DataProtection/backupVaults/{vaultName}",
	"dataprotection:BackupPolicy":                  inGroup + "Microsoft.DataProtection/backupVaults/{vaultName}/backupPolicies/{backupPolicyName}",
	"dataprotection:BackupInstance":                inGroup + "Microsoft.DataProtection/backupVaults/{vaultName}/backupInstances/{backupInstanceName}",
	"documentdb:DatabaseAccount":                   inGroup + "Microsoft.DocumentDB/databaseAccounts/{accountName}",
	"kubernetesconfiguration:Extension":            onCluster + "extensions/{extensionName}",
	"kubernetesconfiguration:FluxConfiguration":    onCluster + "fluxConfigurations/{fluxConfigurationName}",
	"monitor:AzureMonitorWorkspace":                inGroup + "Microsoft.Monitor/accounts/{azureMonitorWorkspaceName}",
	"recoveryservices:Vault":                       inGroup + "Microsoft.RecoveryServices/vaults/{vaultName}",
	"servicebus:Namespace":                         inGroup + "Microsoft.ServiceBus/namespaces/{namespaceName}",
	"servicebus:Queue":                             inGroup + "Microsoft.ServiceBus/namespaces/{namespaceName}/queues/{queueName}",
	"servicebus:Topic":                             inGroup + "Microsoft.ServiceBus/namespaces/{namespaceName}/topics/{topicName}",
	"servicenetworking:TrafficControllerInterface": inGroup + "Microsoft.ServiceNetworking/trafficControllers/{trafficControllerName}",
	"sql:Server":                                   inGroup + "Microsoft.Sql/servers/{serverName}",
	"sql:Database":                                 inGroup + "Microsoft.Sql/servers/{serverName}/databases/{databaseName}",
	"web:AppServicePlan":                           inGroup + "Microsoft.Web/serverfarms/{name}",
	"web:WebApp":                                   inGroup + "Microsoft.Web/sites/{name}",
}
