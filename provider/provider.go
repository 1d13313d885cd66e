package provider

import (
	"context"
	"fmt"

	"github.com/blang/semver"
	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// Name of the package in every language; tokens begin with it.
const Name = "aksidentity"

const description = "AKS clusters on managed identities, with exactly the role assignments they need."

// all are the components that are served. To serve another, add its constructor.
func all() []component {
	return []component{
		served(components.NewManagedIdentityCluster),
		served(components.NewVnetDelegation),
		served(components.NewAddonIdentityGrants),
		served(components.NewWorkloadIdentity),
	}
}

// New makes the provider. The version is a semantic version without a leading v; it is part of the schema.
func New(version string) (p.Provider, error) {
	if _, err := semver.Parse(version); err != nil {
		return p.Provider{}, fmt.Errorf("version of provider %s: %w", Name, err)
	}
	served := all()
	inferred, err := builder(served).Build()
	if err != nil {
		return p.Provider{}, err
	}
	inferred.GetSchema = refined(inferred.GetSchema, served)
	// The engine says Cancel at the end of every command, and an inferred provider refuses all work from then on. An attached
	// provider has to live on. Nothing is lost: a component's work ends when the engine that asked for it goes away.
	inferred.Cancel = func(context.Context) error { return nil }
	spec, err := p.GetSchema(context.Background(), Name, version, inferred)
	if err != nil {
		return p.Provider{}, fmt.Errorf("schema of provider %s: %w", Name, err)
	}
	inferred.Construct = guarded(&shapes{spec: spec}, inRuns(withoutMarks(spec, inferred.Construct)))
	return inferred, nil
}

func builder(served []component) *infer.ProviderBuilder {
	inferred := make([]infer.InferredComponent, len(served))
	for i, c := range served {
		inferred[i] = c.inferred
	}
	return infer.NewProviderBuilder().
		WithComponents(inferred...).
		WithModuleMap(map[tokens.ModuleName]tokens.ModuleName{"components": "index"}).
		WithDisplayName("AKS identity").
		WithDescription(description).
		WithKeywords("pulumi", "azure", "aks", "kubernetes", "managed-identity", "rbac", "category/cloud", "kind/component").
		WithNamespace("aksidentity").
		WithPublisher("aksidentity").
		WithLicense("Apache-2.0").
		WithHomepage("https://github.com/aksidentity/pulumi-aksidentity").
		WithRepository("https://github.com/aksidentity/pulumi-aksidentity").
		WithLogoURL("https://raw.githubusercontent.com/aksidentity/pulumi-aksidentity/main/docs/logo.svg").
		WithPluginDownloadURL("github://api.github.com/aksidentity/pulumi-aksidentity").
		WithLanguageMap(languages())
}
