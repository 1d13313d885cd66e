// Package sdks writes what programs in other languages import, from the schema of our provider. The generators are those of the
// Pulumi CLI (github.com/pulumi/pulumi/pkg/v3/codegen); `pulumi package gen-sdk` calls the same ones through a language host, which is
// not needed here.
//
// Only the SDK for Go is kept in the repository: it is a module that users `go get`, and a module is what its repository holds. The
// others are made when they are wanted, by `make sdks` or by the user's `pulumi package add`.
package sdks

import (
	"context"
	"errors"
	"fmt"

	"github.com/blang/semver"
	p "github.com/pulumi/pulumi-go-provider"
	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"github.com/aksidentity/pulumi-aksidentity/provider"
)

// Language is one that an SDK is generated for.
type Language string

// The languages whose generators are part of pkg/v3. Those for C# and Java are not; `pulumi package add` has them.
const (
	Go     Language = "go"
	NodeJS Language = "nodejs"
	Python Language = "python"
)

// tool is what the generated files name as their generator.
const tool = "gensdk"

// Generate returns the files of the SDK by their paths, with slashes. The version is the provider's, without a leading v: the SDK
// asks the engine for the plugin of this very version.
func Generate(ctx context.Context, language Language, version string) (map[string][]byte, error) {
	made, err := provider.New(version)
	if err != nil {
		return nil, err
	}
	spec, err := p.GetSchema(ctx, provider.Name, version, made)
	if err != nil {
		return nil, err
	}
	return FromSpec(spec, language)
}

// FromSpec is Generate for a schema that is at hand.
func FromSpec(spec schema.PackageSpec, language Language) (map[string][]byte, error) {
	pkg, diagnostics, err := schema.BindSpec(spec, noPackages{}, schema.ValidationOptions{})
	if err != nil {
		return nil, err
	}
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	switch language {
	case Go:
		return gogen.GeneratePackage(tool, pkg, nil)
	case NodeJS:
		return nodejs.GeneratePackage(tool, pkg, nil, nil, false, noPackages{})
	case Python:
		return python.GeneratePackage(tool, pkg, nil, noPackages{})
	default:
		return nil, fmt.Errorf("no SDK is generated for %q; there are %s, %s and %s", language, Go, NodeJS, Python)
	}
}

// noPackages refuses to load: our schema must not refer to others.
type noPackages struct{}

var errNoPackages = errors.New("the schema refers to another package")

func (noPackages) LoadPackage(string, *semver.Version) (*schema.Package, error) {
	return nil, errNoPackages
}

func (noPackages) LoadPackageV2(context.Context, *schema.PackageDescriptor) (*schema.Package, error) {
	return nil, errNoPackages
}

func (noPackages) LoadPackageReference(string, *semver.Version) (schema.PackageReference, error) {
	return nil, errNoPackages
}

func (noPackages) LoadPackageReferenceV2(context.Context, *schema.PackageDescriptor) (schema.PackageReference, error) {
	return nil, errNoPackages
}
