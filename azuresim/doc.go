// Package azuresim is a small Azure in memory: resource groups, networks, identities, role assignments and AKS clusters,
// strict enough to test programs against it that make them. It refuses what Azure refuses, with Azure's HTTP status and
// error code, and it remembers.
//
//	cloud := azuresim.New()
//	subnet := cloud.MustSeedSubnet("network", "vnet", "nodes") // was there before the program
//	_, err := cloud.Put(ctx, azuresim.ID("aks", azuresim.ManagedClusterType, "demo"), map[string]any{
//		"location":   "westeurope",
//		"identity":   map[string]any{"type": "SystemAssigned"},
//		"properties": map[string]any{"dnsPrefix": "demo", "agentPoolProfiles": []any{...}},
//	})
//	// err: Status=404 Code="ResourceGroupNotFound"
//
// It also answers the question behind every grant, by the actions of the operation and the grants that are in effect:
//
//	cluster, err := cloud.Cluster(id)
//	decision, err := cluster.Perform("internal-lb-external-subnet", subnet)
//	// decision.Missing: Microsoft.Network/virtualNetworks/subnets/join/action on /subscriptions/...
//
// PerformAs asks for another identity of the cluster, BackedUpBy for a backup vault, Can for any principal. MayUse asks whether
// somebody may do something inside the cluster, and MayFetchKubeconfig whether they may fetch the kubeconfig. Whether the
// monitoring add-on really collects is decided by no grant:
//
//	cluster.Collects() // Workspaces: nil, Gaps: "no data collection rule is associated with the cluster"
//
// The package knows nothing of plans, components or Pulumi: it judges by its own tables (operations.go,
// cluster_preflight.go). It has no randomness and a time of its own (Time); ids of principals, issuers and addresses are derived from
// names and from how often a thing of that name was made, so equal programs give equal clouds in any order of creation.
//
// # What is not modelled
//
// A type that is not among KnownTypes is kept as given: it can be put, seeded, granted on, granted to (its identity block makes a
// principal), referred to and deleted. Judged are its group, parent and scope, its location, the deployer's rights, locks, and the
// references of firewalls, private endpoints and peerings; the rest of the body is not, and Operation.Given and GivenTypes tell so.
// Its tags are patched when it has a location. One typing mistake in the name of a modelled type is refused all the same.
// WithOnlyModelledTypes refuses all of them.
//
// # Bodies and ids
//
// Bodies are ARM bodies, {location, tags, identity, sku, properties}, made of map[string]any, []any, string, bool and
// float64. Ids are compared without regard to case and come back as Azure spells them: managed clusters and user-assigned
// identities with lower-case "resourcegroups".
//
// # Shapes
//
// Every body that a caller sends for a modelled type is compared with the model of Azure's own SDK for Go: names of properties, JSON
// types, enums, what is required (tools/armshapes; internal/shapes/shapes.json names modules, versions and API versions; clusters
// have 2025-01-01). A PATCH has a model of its own there (TagsObject, DiskUpdate); where the SDK has none it is that of the PUT, and
// nothing is required. A refusal names the path of everything that is wrong, and the nearest name. What Azure fills in itself is taken
// out of a request, as Azure ignores it. What a test seeds can be incomplete, not misspelled. With WithCheckedAnswers the cloud's own
// answers are compared as well, read-only properties included (Shapes; package simtest switches it on).
//
// A type has one model for all API versions; what other versions have more is listed with its reason in
// internal/shapes/other_versions.go. Patterns of strings, bounds of numbers and what properties mean together are not in the models:
// they are judged where this documentation or a comment says so. The bodies of POSTs are not read, but for the format of credentials.
//
// # Enforced, and not
//
// Enforced is, each in the file that is named after it:
//
//   - shapes of bodies (shape.go), names (names.go), regions and the references that stay in one (regions.go), what never changes
//     (immutable.go), what must be around a resource (topology.go), node labels of AKS's own (reserved_labels.go), names that are
//     global (global_names.go), and names that deleted vaults and workspaces keep (soft_delete.go; DeletedVaultID frees one);
//   - groups, parents, locks and the deployer's rights (authorization.go), references and the rights on them (references.go), operations
//     that exclude each other (concurrency.go), roles and their assignments (role_definitions.go, role_assignments.go), what a cluster
//     and its pools say together (cluster_*.go, pool_validation.go), and what data collection rules say (monitoring.go).
//
// Not enforced is:
//
//   - what is in the body of a type that is kept as given, or in another property than those above: no model says it;
//   - quotas, policies, and what a region or its zones offer: they depend on the subscription and the day;
//   - global names of strangers: nobody can know them. A test that needs one seeds it in another subscription;
//   - what Azure keeps of deleted things other than vaults and workspaces, which are kept for their time. Deleted keys,
//     secrets, backups and blobs are gone at once: they are data;
//   - that a region of azureRegions has all types, and that the newest regions are there (WithRegions): the list is general knowledge.
//
// A type is a row of the table in type_table.go, which names all that answers for it.
//
// # Order
//
// Calls are answered one after the other, so a program can be right by luck. Reliances tells which grants a success needed,
// Occupies what an operation excludes others on; package simtest compares both with the dependencies of the program.
//
// # Long operations
//
// Put and Delete come back when the operation has ended. Start begins one, so that others see it run:
//
//	started, err := cloud.Start(ctx, azuresim.MethodPut, id, body) // a GET shows the provisioningState Creating
//	response, err := started.Finish()
//
// # Time
//
// A cloud begins at Epoch, and no time passes in it unless somebody waits: then its clock jumps to the end of the wait, so that hours
// cost milliseconds. Role assignments and what has systemData show when they were made and changed; what was seeded is a day old.
// By default nothing takes time. Realistic lets operations, the directory and permissions take as long as in Azure; WithLatency,
// WithDirectoryDelay and WithPermissionDelay decide for each operation, principal and grant. Programs that package simtest runs wait
// on the same clock. WithClock gives another one. Put forward over a weekly maintenance window, it finds the cluster upgraded by its
// channel (SimulatedClock.Advance).
//
// # Misbehaviour
//
// Fail, FailAfterAcceptance, LoseResponse and Kill strike chosen operations. WithReplicationDelay and WithPropagationDelay
// count attempts instead of time; Settle ends all waiting. WithOperationHook and Begin make long operations overlap. WithObserver
// looks after every operation whether something still holds.
// WithAddonKeyCasing, WithIdentityKeyCasing, WithoutAddonIdentity and WithoutIdentityProfile are variations of responses
// that were seen in the field. Configure changes options in flight. Out-of-band changes are Modify, ScalePool,
// UpgradeCluster, DeleteAssignment, DeletePrincipal, and plain Put and Delete by the test.
//
// # Limits
//
// One tenant; role definitions show no times; the deployer has made and changed everything; a PATCH changes tags only; no policies, quotas, deny
// assignments, conditions (kept, not evaluated), PIM or data plane. A removed grant ends at once. While an operation runs, a
// GET shows what it makes, with the provisioningState Creating, Updating or Deleting; a cluster that is being made does not
// show the identities of its kubelet and its add-ons yet, though they exist. Assignments at a scope go when the scope is
// deleted; those of a principal that is gone stay as orphans.
//
// All built-in roles of Azure are known, as of 2026-08-22 (rbac.AllBuiltinRoles). The 29 that have conditions in their
// definition are shown without, and give what they hold without; the 16 with several blocks of permissions show one.
//
// Only capabilities' required actions are judged: actions that some uses need (a DNS label on an address, DiskOperations)
// are not. AKS's own work in the node resource group is not simulated beyond the identities, a network security group, a
// load balancer, an outbound address and, without subnets of one's own, a network. A kubenet cluster does not attach its
// own route table to the caller's subnet. Nodes act as a new kubelet identity at once, also after a service principal; in
// Azure they do so when they are replaced.
//
// # Not verified, and strict
//
// What follows could not be checked against Azure. The simulator takes the stricter side:
//
//   - changing the role of an assignment in place is refused with RoleAssignmentUpdateNotPermitted (WithRoleChangeInPlace);
//   - an unknown property, another JSON type, an unknown enum value and a missing required property are refused for every provider and
//     API version. AKS does so from 2024-01-01 on and ignores unknown properties before (Azure/AKS#4060, read 2026-11-26), networks do
//     so (Azure/azure-powershell#13544), for the others it is a guess, as are their codes;
//   - names of properties are compared with regard to case, though some providers read them without; an enum that Azure may extend is
//     closed, unless the SDK calls it Known...;
//   - a principal that the directory does not know is refused even with principalType (Azure skips the look-up then;
//     WithUnknownPrincipals), and so is one that was deleted;
//   - the combined identity type is InvalidParameter; a missing identity is FailedIdentityOperation; an update of
//     a managed cluster that leaves out identity is treated like one without any;
//   - a system-assigned identity with an own private DNS zone, KMS, capacity reservation, host group or API server subnet
//     is refused with OnlySupportedOnUserAssignedMSICluster; only the refusals are documented, and for the API server
//     subnet not even that;
//   - a control plane that lacks rights on a capacity reservation, host group or VM-pool subnet is refused with
//     LinkedAuthorizationFailed; one that lacks them on its API server subnet, or on the network that its own DNS zone
//     must be linked to, gives an accepted operation that fails (ApiserverSubnetConfigError,
//     CreateOrUpdateVirtualNetworkLinkFailed); a link that exists already is not needed again; kubenet on a subnet without a
//     route table, with a control plane that may write the subnet and not join what the subnet refers to, fails likewise when
//     the cluster is made (LinkedAuthorizationFailed);
//   - a pool without vmSize or count is InvalidParameter, without mode it is a user pool; all pools bring subnets of one
//     network or none does;
//   - a request with another count than an autoscaled pool has is InvalidParameter (seen in 2019,
//     hashicorp/terraform-provider-azurerm#4543);
//   - an update keeps what it does not mention, pools included (Warnings tells which); add-ons missing from a given
//     addonProfiles stay too;
//   - a networkProfile without a plugin becomes Azure CNI overlay;
//   - disabling local accounts needs managed Entra integration; workload identity needs the OIDC issuer; cost analysis a
//     paid tier; their codes are guesses, as are those of unknown or retired add-ons, of unknown versions, of malformed
//     ids (InvalidResourceId) and of references to things that are not there (InvalidResourceReference);
//   - a custom role may name the operations that built-in roles name one by one, and those of the simulator's own types; Azure
//     knows more (WithUnknownOperations); the code for a second management group is a guess;
//   - a duplicate issuer and subject is 409 Conflict; the 21st federated credential is BadRequest with a code of our own (the limit is
//     documented, its code is not); a token is exchanged as soon as there is a credential, which Entra may take a while for;
//   - putting a network without subnets keeps those that are there;
//   - deleting an identity that a cluster uses is allowed, as in Azure; the cluster is left with a principal that is gone,
//     and what AKS then does is not simulated;
//   - etcd encryption takes a key with its version only; a public vault with keyVaultResourceId, a private one with a key of
//     another vault and a malformed key identifier are BadRequest;
//   - etcd encryption with a key in a private vault is refused without API-server VNet integration, which no API version here can switch on
//     (text of 2024; the code is a guess);
//   - what AKS makes no more from a day on (retirements.go) is InvalidParameter; that support ends refuses nothing;
//   - a vault whose enableRbacAuthorization is not true looks at its access policies only;
//   - a roleAssignmentMode of a registry that is none of the two is InvalidParameter; a PUT that leaves it out puts the
//     registry into the legacy mode;
//   - a data collection rule in another region than its workspace, with an undeclared destination, or with a name used twice
//     is InvalidPayload, so is an association without a rule; data collection endpoints are refused by name;
//   - while an association binds them, neither the rule nor the cluster can be deleted alone (DataCollectionRuleAssociated,
//     a code of our own);
//   - a deleted vault comes back with createMode recover only; its name is kept in all subscriptions. A deleted workspace comes back
//     when it is made again in its group, and keeps its name in all other groups;
//   - what never changes is PropertyChangeNotAllowed where no other code is known, and a reference that leaves its region
//     InvalidResourceReference or, from a cluster, InvalidParameter; each row of the tables says what was seen;
//   - an id that rbac.ParseScope refuses is InvalidResourceId, also one whose namespace has no period;
//   - custom-route-table asks for routes/delete as well.
package azuresim
