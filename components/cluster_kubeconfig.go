package components

import (
	"encoding/base64"
	"errors"
	"fmt"

	aks "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// execFormat asks for a kubeconfig that calls kubelogin, as AKS gives it since Kubernetes 1.24 (Microsoft, "Use kubelogin to
// authenticate users in AKS", read 2026-11-26). The older format is for a kubectl that nobody has any more.
const execFormat = "exec"

// setKubeconfig asks AKS for credentials once the cluster is ready. azure-native does not mark its answer as secret, so the certificate
// authority is none, and the server is one when its name is made of a secret.
func (b *clusterBuilder) setKubeconfig() {
	c := b.component
	read := b.credentials().ApplyT(b.readKubeconfig)
	part := func(of func(plan.Kubeconfig) string) pulumi.StringOutput {
		return read.ApplyT(func(config any) string { return of(config.(plan.Kubeconfig)) }).(pulumi.StringOutput)
	}
	c.Kubeconfig = pulumi.ToSecret(part(func(k plan.Kubeconfig) string { return k.Text })).(pulumi.StringOutput)
	c.Host = textAfter(part(func(k plan.Kubeconfig) string { return k.Host }), b.cluster.Fqdn, b.cluster.PrivateFQDN)
	c.ClusterCACertificate = part(func(k plan.Kubeconfig) string { return k.ClusterCACertificate })
}

func (b *clusterBuilder) credentials() aks.CredentialResultResponseArrayOutput {
	name, group := textAfter(b.cluster.Name, b.component.Ready), b.group.ToStringOutput()
	if b.args.AdminKubeconfig {
		return aks.ListManagedClusterAdminCredentialsOutput(b.ctx, aks.ListManagedClusterAdminCredentialsOutputArgs{
			ResourceGroupName: group, ResourceName: name,
		}, pulumi.Parent(b.component)).Kubeconfigs()
	}
	return aks.ListManagedClusterUserCredentialsOutput(b.ctx, aks.ListManagedClusterUserCredentialsOutputArgs{
		ResourceGroupName: group, ResourceName: name, Format: pulumi.StringPtr(execFormat),
	}, pulumi.Parent(b.component)).Kubeconfigs()
}

// readKubeconfig under mocks takes what the test made up, whatever it is.
func (b *clusterBuilder) readKubeconfig(configs []aks.CredentialResultResponse) (plan.Kubeconfig, error) {
	text, err := b.decodeKubeconfig(configs)
	if err != nil {
		return plan.Kubeconfig{}, err
	}
	config, err := plan.ReadKubeconfig(text, b.args.KubeconfigLogin)
	if err != nil && b.grants.mocked() {
		return plan.Kubeconfig{Text: text}, nil
	}
	return config, err
}

func (b *clusterBuilder) decodeKubeconfig(configs []aks.CredentialResultResponse) (string, error) {
	if len(configs) == 0 && b.grants.mocked() {
		return "", nil
	}
	if len(configs) == 0 {
		return "", errors.New("AKS returned no kubeconfig for the cluster")
	}
	decoded, err := base64.StdEncoding.DecodeString(configs[0].Value)
	if err != nil {
		// The text itself is a credential: it must not get into the message.
		return "", fmt.Errorf("the kubeconfig that AKS returned is not base64: %w", err)
	}
	if len(decoded) == 0 {
		return "", errors.New("AKS returned an empty kubeconfig")
	}
	return string(decoded), nil
}
