package provider_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/blang/semver"
	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

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

// bound is a fresh package: generators change what they are given.
func bound(t *testing.T) *schema.Package {
	t.Helper()
	pkg, diagnostics, err := schema.BindSpec(specOf(t), noPackages{}, schema.ValidationOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if diagnostics.HasErrors() {
		t.Fatal(diagnostics)
	}
	return pkg
}

// TestSDKs generates the SDKs and looks at what makes them ours. Set AKSIDENTITY_SDK_DIR to keep the files.
func TestSDKs(t *testing.T) {
	const tool = "aksidentity"
	cases := []struct {
		language, reason string
		generate         func(*schema.Package) (map[string][]byte, error)
		file, contains   string
	}{
		{
			"go", "pools are plain, their values may be late",
			func(p *schema.Package) (map[string][]byte, error) { return gogen.GeneratePackage(tool, p, nil) },
			"aksidentity/managedIdentityCluster.go", "Pools []NodePoolArgs",
		},
		{
			"nodejs", "the keys of a map are plain, its values may be late",
			func(p *schema.Package) (map[string][]byte, error) {
				return nodejs.GeneratePackage(tool, p, nil, nil, false, noPackages{})
			},
			"managedIdentityCluster.ts", "subnets?: {[key: string]: pulumi.Input<string>};",
		},
		{
			"python", "properties are called as Python calls them",
			func(p *schema.Package) (map[string][]byte, error) {
				return python.GeneratePackage(tool, p, nil, noPackages{})
			},
			"pulumi_aksidentity/managed_identity_cluster.py", "resource_group_name",
		},
	}
	for _, tc := range cases {
		t.Run(tc.language, func(t *testing.T) {
			files, err := tc.generate(bound(t))
			if err != nil {
				t.Fatal(err)
			}
			keep(t, tc.language, files)
			if !bytes.Contains(files[tc.file], []byte(tc.contains)) {
				t.Errorf("%s: %s does not contain %q:\n%s", tc.reason, tc.file, tc.contains, files[tc.file])
			}
		})
	}
}

func keep(t *testing.T, language string, files map[string][]byte) {
	t.Helper()
	dir := os.Getenv("AKSIDENTITY_SDK_DIR")
	if dir == "" {
		return
	}
	for name, text := range files {
		write(t, filepath.Join(dir, language, name), text)
	}
}

func write(t *testing.T, file string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
}
