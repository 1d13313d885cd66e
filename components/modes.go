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

// The queries below are the part of azure-native's look-ups that is of interest; the SDK's modules for key vaults and registries
// would be dependencies of every program for one question each.

type vaultQuery struct {
	ResourceGroupName string `pulumi:"resourceGroupName"`
	VaultName         string `pulumi:"vaultName"`
}

type vaultAnswer struct {
	Properties struct {
		EnableRbacAuthorization *bool `pulumi:"enableRbacAuthorization"`
	} `pulumi:"properties"`
}

type registryQuery struct {
	ResourceGroupName string `pulumi:"resourceGroupName"`
	RegistryName      string `pulumi:"registryName"`
}

// registryAnswer: the property is younger than the newest API version of azure-native 2.92.3, which leaves it out; a provider
// that knows it tells it (Microsoft.ContainerRegistry 2025-03-01-preview, read 2026-11).
type registryAnswer struct {
	RoleAssignmentMode string `pulumi:"roleAssignmentMode"`
}

const abacMode = "AbacRepositoryPermissions"

// inMode is the ID of a resource that has been looked at, as soon as it is known: the grants on it need not be.
func (g *granter) inMode(ref plan.ScopeRef, id pulumi.StringInput) pulumi.StringInput {
	if ref.Mode == "" || g.mocked() {
		return id
	}
	return id.ToStringOutput().ApplyT(func(text string) (string, error) {
		scope, problem := plan.CheckResourceID(ref.Path, text, ref.ResourceType)
		if problem != nil {
			return "", g.hide(g.refusal(plan.Problems{*problem}), id)
		}
		g.learn(id)
		return text, g.named(g.hasMode(ref, scope))
	}).(pulumi.StringOutput)
}

// hasMode looks at a resource on which role assignments have the effect that is wanted in one mode only: a grant in the other
// mode succeeds and is for nothing. A resource in another subscription than the provider's is not looked at.
func (g *granter) hasMode(ref plan.ScopeRef, scope rbac.Scope) error {
	config, err := authorization.GetClientConfig(g.ctx, pulumi.Parent(g.component))
	if err != nil || !strings.EqualFold(config.SubscriptionId, scope.SubscriptionID()) {
		return nil //nolint:nilerr // without a client there is nothing to look with, and every deployment says so
	}
	problem, err := g.modeProblem(ref, scope)
	if err != nil {
		return g.ctx.Log.Warn(fmt.Sprintf("%s: it could not be read whether it is a %s; in another mode the grant has no effect: %v", ref.Path, ref.Mode, g.hide(err)),
			&pulumi.LogArgs{Resource: g.component})
	}
	if problem != nil {
		return plan.Problems{*problem}
	}
	return nil
}

func (g *granter) modeProblem(ref plan.ScopeRef, scope rbac.Scope) (*plan.Problem, error) {
	if ref.Mode == plan.VaultWithRBAC {
		var vault vaultAnswer
		if err := g.look("azure-native:keyvault:getVault", &vaultQuery{scope.ResourceGroup(), scope.Name()}, &vault); err != nil {
			return nil, err
		}
		if on := vault.Properties.EnableRbacAuthorization; on != nil && *on {
			return nil, nil
		}
		return &plan.Problem{
			Path: ref.Path, What: "the vault decides by access policies, where role assignments have no effect.",
			Fix: "give the identity an access policy yourself and leave the vault out here; or set enableRbacAuthorization on the vault, once " +
				"everybody in its access policies has a role there: the policies have no effect from then on.",
		}, nil
	}
	var registry registryAnswer
	if err := g.look("azure-native:containerregistry:getRegistry", &registryQuery{scope.ResourceGroup(), scope.Name()}, &registry); err != nil {
		return nil, err
	}
	if registry.RoleAssignmentMode == "" || (registry.RoleAssignmentMode == abacMode) == (ref.Mode == plan.RegistryWithABAC) {
		return nil, nil
	}
	if ref.Mode == plan.RegistryWithABAC {
		return &plan.Problem{
			Path: ref.Path, What: "the registry is in RBAC mode, where the roles of repositories have no effect.",
			Fix: "give it as an ordinary registry (registryIds, bootstrapRegistryId).",
		}, nil
	}
	if g.token == WorkloadIdentityToken {
		return &plan.Problem{
			Path: ref.Path, What: "the registry is in ABAC mode, where AcrPull and AcrPush have no effect.",
			Fix: "leave it out here, and give Container Registry Repository Reader or Container Registry Repository Writer on it in roles.",
		}, nil
	}
	return &plan.Problem{
		Path: ref.Path, What: "the registry is in ABAC mode, where AcrPull has no effect.",
		Fix: "give it in abacRegistryIds (or abacBootstrapRegistryId).",
	}, nil
}

func (g *granter) look(function string, query, answer any) error {
	return g.ctx.Invoke(function, query, answer, utilities.PkgInvokeDefaultOpts([]pulumi.InvokeOption{pulumi.Parent(g.component)})...)
}
