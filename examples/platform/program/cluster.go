package program

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// cluster makes the cluster on the spoke's subnet, with etcd encrypted by the vault's key.
func (p *platform) cluster(n network, v vault) (*components.ManagedIdentityCluster, error) {
	return components.NewManagedIdentityCluster(p.ctx, "shop", &components.ManagedIdentityClusterArgs{
		ResourceGroupName: p.group,
		Location:          pulumi.StringPtr(location),
		Identity:          &components.ClusterIdentityArgs{Type: components.UserAssigned},
		Subnets:           map[string]pulumi.StringInput{"nodes": n.nodes.ToStringOutput()},
		SystemPool:        &components.NodePoolArgs{Subnet: "nodes"},
		Network:           &components.NetworkArgs{OutboundType: components.OutboundTypeUserDefinedRouting},
		APIServer:         &components.APIServerArgs{AuthorizedIPRanges: pulumi.StringArray{pulumi.String("192.0.2.0/24")}},
		Security:          &components.SecurityArgs{KMS: &components.KMSArgs{KeyID: v.keyURI, KeyVaultID: v.id.ToStringOutput()}},
	}, pulumi.DependsOn(n.ready))
}

// tenant makes the namespace of a team in the cluster, with the password of its database.
func (p *platform) tenant(cluster *components.ManagedIdentityCluster, v vault) {
	provider := &kubernetesProvider{}
	if p.err == nil {
		p.err = p.ctx.RegisterResource("pulumi:providers:kubernetes", "shop", pulumi.Map{"kubeconfig": cluster.Kubeconfig}, provider)
	}
	namespace := p.any("kubernetes:core/v1:Namespace", "orders", pulumi.Map{}, pulumi.Provider(provider))
	p.any("kubernetes:core/v1:Secret", "database", pulumi.Map{
		"metadata":   pulumi.Map{"namespace": namespace.Metadata.MapIndex(pulumi.String("name"))},
		"stringData": pulumi.Map{"password": v.password},
	}, pulumi.Provider(provider))
}

// kubernetesProvider is what kubernetes.NewProvider makes.
type kubernetesProvider struct{ pulumi.ProviderResourceState }
