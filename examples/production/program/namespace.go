package program

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// makeNamespace makes the namespace of the team in the cluster, as whoever deploys: the cluster's kubeconfig asks the Azure CLI for a
// token (KubeconfigLogin), so that no person is needed. The API server is private, so this takes a pipeline or a person in its network.
// It is registered by its token; a program of yours would call kubernetes.NewProvider and corev1.NewNamespace.
func (p *Platform) makeNamespace(ctx *pulumi.Context, cluster *components.ManagedIdentityCluster) error {
	if p.Namespace == "" {
		return nil
	}
	provider := &kubernetesProvider{}
	if err := ctx.RegisterResource("pulumi:providers:kubernetes", "inside", pulumi.Map{"kubeconfig": cluster.Kubeconfig}, provider); err != nil {
		return err
	}
	return ctx.RegisterResource("kubernetes:core/v1:Namespace", "team", pulumi.Map{
		"metadata": pulumi.Map{"name": pulumi.String(p.Namespace)},
	}, &namespace{}, pulumi.Provider(provider))
}

// kubernetesProvider is what kubernetes.NewProvider makes.
type kubernetesProvider struct{ pulumi.ProviderResourceState }

// namespace is what corev1.NewNamespace makes.
type namespace struct{ pulumi.CustomResourceState }
