//go:build cli

package languages_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/tests/yamlcli"
)

// everyComponent has one of each, with no argument more than needed. The names that are to change are in capitals.
const everyComponent = `name: shop
runtime: yaml
resources:
  CLUSTER:
    type: aksidentity:ManagedIdentityCluster
    properties:
      location: westeurope
      apiServer: {public: true}
      subnets: {nodes: SUBNET}
      systemPool: {subnet: nodes}
      pools: [{name: web, subnet: nodes}]
    options: {CLUSTERALIASES}
  NETWORK:
    type: aksidentity:VnetDelegation
    properties:
      principalId: ${CLUSTER.principalId}
      diskIds: {orders: DISK}
    options: {NETWORKALIASES}
  GRANTS:
    type: aksidentity:AddonIdentityGrants
    properties:
      clusterId: ${CLUSTER.clusterId}
      registryIds: {images: REGISTRY}
    options: {GRANTSALIASES}
  WORKLOAD:
    type: aksidentity:WorkloadIdentity
    properties:
      resourceGroupName: ${CLUSTER.resourceGroupName}
      location: westeurope
      issuerUrl: ${CLUSTER.oidcIssuerUrl}
      serviceAccounts: {api: {namespace: orders, name: api}}
      roles: {vault: {role: Key Vault Secrets User, resourceId: VAULT, reason: read the key}}
    options: {WORKLOADALIASES}
outputs:
  cluster: ${CLUSTER.clusterId}
`

// TestARenamedComponentInYAMLChangesNothing: an alias in YAML is a URN. When it goes later,
// the descriptions in Azure get the new name, in place.
func TestARenamedComponentInYAMLChangesNothing(t *testing.T) {
	cloud := azuresim.New()
	where := []string{
		"SUBNET", cloud.MustSeedSubnet("network", "hub", "nodes"), "DISK", cloud.MustSeed(azuresim.ID("disks", azuresim.DiskType, "orders"), nil),
		"REGISTRY", cloud.MustSeed(azuresim.ID("images", azuresim.RegistryType, "images"), nil),
		"VAULT", cloud.MustSeed(azuresim.ID("keys", azuresim.VaultType, "keys"), nil),
	}
	named := func(cluster, network, grants, workload string, aliases ...string) string {
		pairs := append([]string{"CLUSTER.", cluster + ".", "CLUSTER:", cluster + ":", "NETWORK:", network + ":", "GRANTS:", grants + ":", "WORKLOAD:", workload + ":"}, where...)
		return strings.NewReplacer(append(aliases, pairs...)...).Replace(everyComponent)
	}
	alias := func(component, name string) string {
		return "aliases: ['urn:pulumi:dev::shop::aksidentity:index:" + component + "::" + name + "']"
	}
	without := []string{"CLUSTERALIASES", "", "NETWORKALIASES", "", "GRANTSALIASES", "", "WORKLOADALIASES", ""}
	p := yamlcli.New(t, cloud, named("shop", "net", "addons", "orders", without...))
	p.Must("up", "--yes", "--skip-preview")
	done := len(cloud.Operations())
	p.Write(named("store", "wires", "rights", "billing", "CLUSTERALIASES", alias("ManagedIdentityCluster", "shop"), "NETWORKALIASES", alias("VnetDelegation", "net"),
		"GRANTSALIASES", alias("AddonIdentityGrants", "addons"), "WORKLOADALIASES", alias("WorkloadIdentity", "orders")))
	p.Must("preview", "--expect-no-changes")
	p.Must("up", "--yes", "--skip-preview", "--expect-no-changes")
	changed := changes(cloud, done)
	if len(changed) > 0 {
		t.Errorf("another name changes nothing in Azure, but there was %v", changed)
	}
	p.Write(named("store", "wires", "rights", "billing", without...))
	p.Must("up", "--yes", "--skip-preview")
	if changed := changes(cloud, done); !slices.Equal(changed, slices.Repeat([]string{"PUT " + azuresim.RoleAssignmentType}, 4)) {
		t.Errorf("without the alias four descriptions get the new name, and nothing else changes: got %v", changed)
	}
	p.Must("up", "--yes", "--skip-preview", "--expect-no-changes")
}

// changes are the operations since then that changed something.
func changes(cloud *azuresim.Cloud, since int) (out []string) {
	for _, o := range cloud.Operations()[since:] {
		if o.Method == azuresim.MethodPut || o.Method == azuresim.MethodDelete {
			out = append(out, string(o.Method)+" "+o.Type)
		}
	}
	return out
}
