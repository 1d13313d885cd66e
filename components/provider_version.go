package components

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"
)

const azureNativeProvider = "pulumi:providers:azure-native"

// warnOfOtherVersions tells of a provider azure-native of another major version than 2 among the options of the component: it takes the
// place of the one that the resources are written for. A Go program cannot see the version of a provider; the engine knows it.
func (g *granter) warnOfOtherVersions() {
	if g.mocked() {
		return
	}
	providers := slices.Clone(g.given.Providers)
	if one := g.given.Provider; one != nil && !slices.Contains(providers, one) {
		providers = append(providers, one)
	}
	for _, provider := range providers {
		provider.URN().ApplyTWithContext(g.ctx.Context(), func(ctx context.Context, urn pulumi.URN) bool {
			version := g.versionOf(ctx, string(urn))
			other := version != "" && !strings.HasPrefix(version, "2.")
			if other {
				g.warn(otherVersion(version))
			}
			return other
		})
	}
}

func otherVersion(version string) string {
	return fmt.Sprintf("The provider that this component is given is azure-native %s. Its resources are written for azure-native 2.92.3 and "+
		"name API versions that another version of the provider may not know; with version %s they have not been tried. Give the component a "+
		"provider of version 2, or none: a default provider of version 2 stands beside what uses another one. See docs/azure-native-v3.md.",
		version, version)
}

// knownProvider is a provider as the engine has it.
type knownProvider struct {
	pulumi.ProviderResourceState

	Version pulumi.StringOutput `pulumi:"version"`
}

// versionOf asks the engine for the version of a provider azure-native in the program; empty for another one, and when it does not say.
// With a URN nothing is registered: the state is read. That would fail the program where the engine does not know the URN, so it is asked
// first; its answer alone is not enough, for in a preview it is unknown as a whole, since the ID is.
func (g *granter) versionOf(ctx context.Context, urn string) string {
	if !strings.Contains(urn, "::"+azureNativeProvider+"::") {
		return ""
	}
	if _, err := internals.UnsafeAwaitOutput(ctx, g.ctx.InvokeOutput(
		"pulumi:pulumi:getResource", pulumi.Map{"urn": pulumi.String(urn)}, pulumi.MapOutput{}, pulumi.InvokeOutputOptions{})); err != nil {
		return ""
	}
	known := &knownProvider{}
	name := urn[strings.LastIndex(urn, "::")+2:]
	if err := g.ctx.RegisterResource(azureNativeProvider, name, nil, known, pulumi.URN_(urn)); err != nil {
		return ""
	}
	result, err := internals.UnsafeAwaitOutput(ctx, known.Version)
	if err != nil || !result.Known {
		return ""
	}
	version, _ := result.Value.(string)
	return version
}
