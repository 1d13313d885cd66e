package components

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	"github.com/pulumi/pulumi-azure-native-sdk/v2/utilities"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

const vaultType = "Microsoft.KeyVault/vaults"

// vaultQuery and vaultAnswer are the part of keyvault:getVault that is of interest; the SDK's module for key vaults would
// be a dependency of every program for this one question.
type vaultQuery struct {
	ResourceGroupName string `pulumi:"resourceGroupName"`
	VaultName         string `pulumi:"vaultName"`
}

type vaultAnswer struct {
	Properties struct {
		EnableRbacAuthorization *bool `pulumi:"enableRbacAuthorization"`
	} `pulumi:"properties"`
}

// rbacVault passes the vault's scope on, and refuses a vault that decides by access policies: a role assignment there
// succeeds and has no effect. A vault in another subscription than the provider's is not looked at.
func (g *granter) rbacVault(ctx *pulumi.Context, path string, scope pulumi.StringOutput) pulumi.StringOutput {
	return scope.ApplyT(func(text string) (string, error) {
		parsed, err := rbac.ParseScope(text)
		if err != nil {
			return "", err
		}
		config, err := authorization.GetClientConfig(ctx, pulumi.Parent(g.component))
		if err != nil || !strings.EqualFold(config.SubscriptionId, parsed.SubscriptionID()) {
			return text, nil
		}
		var vault vaultAnswer
		err = ctx.Invoke("azure-native:keyvault:getVault", &vaultQuery{parsed.ResourceGroup(), parsed.Name()}, &vault,
			utilities.PkgInvokeDefaultOpts([]pulumi.InvokeOption{pulumi.Parent(g.component)})...)
		if err != nil {
			return text, ctx.Log.Warn(fmt.Sprintf("%s: whether the vault uses Azure RBAC could not be read; with access policies the grant has no effect: %v", path, err),
				&pulumi.LogArgs{Resource: g.component})
		}
		if on := vault.Properties.EnableRbacAuthorization; on == nil || !*on {
			return "", plan.Problems{{
				Path: path, What: "the vault decides by access policies, where role assignments have no effect.",
				Fix: "set enableRbacAuthorization on the vault, or give the identity an access policy yourself and leave the vault out here.",
			}}
		}
		return text, nil
	}).(pulumi.StringOutput)
}
