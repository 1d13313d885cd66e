package components

import (
	"context"
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// derived are the outputs of a cluster into which Azure puts the text of an input. Of a secret input the engine marks the output of the
// same name only, and azure-native 2.92.3 marks none (engine 3.259.0, annotateSecrets). The names of cluster and resource group are not
// here: they stand in the ID, which Pulumi never encrypts.
var derived = map[string][]string{
	"dnsPrefix":         {"fqdn", "privateFQDN", "azurePortalFQDN"},
	"fqdnSubdomain":     {"fqdn", "privateFQDN", "azurePortalFQDN"},
	"kubernetesVersion": {"currentKubernetesVersion", "agentPoolProfiles"},
	"location":          {"fqdn", "privateFQDN", "azurePortalFQDN", "oidcIssuerProfile", "nodeResourceGroup", "identityProfile", "addonProfiles", "networkProfile"},
	"nodeResourceGroup": {"identityProfile", "addonProfiles", "ingressProfile", "networkProfile"},
}

// secretOutputs keeps secret what Azure derives from secret arguments. It is a transform, because only there is it known which are.
func (b *clusterBuilder) secretOutputs() []pulumi.ResourceOption {
	late := slices.ContainsFunc([]pulumi.Input{
		b.args.DNSPrefix, b.args.FQDNSubdomain, b.args.KubernetesVersion, b.args.Location, b.args.NodeResourceGroup,
	}, func(in pulumi.Input) bool { return isOutput(in) })
	if !late {
		return nil // what is known is not secret
	}
	return transformed(func(ctx context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
		isSecret := secretNow(ctx)
		for _, name := range slices.Sorted(maps.Keys(derived)) {
			if value, isLate := args.Props[name].(pulumi.Output); isLate && isSecret(value) {
				args.Opts.AdditionalSecretOutputs = append(args.Opts.AdditionalSecretOutputs, derived[name]...)
			}
		}
		return &pulumi.ResourceTransformResult{Props: args.Props, Opts: args.Opts}
	})
}
