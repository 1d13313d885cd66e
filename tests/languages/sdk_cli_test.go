//go:build cli

package languages_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// ourSchema is the provider's; the provider's own tests keep the file up to date.
func ourSchema(t *testing.T) *schema.Package {
	t.Helper()
	text, err := os.ReadFile("../../provider/testdata/schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return bind(t, text)
}

// bind makes a fresh package of a schema: generators change what they are given.
func bind(t *testing.T, text []byte) *schema.Package {
	t.Helper()
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		t.Fatal(err)
	}
	pkg, diagnostics, err := schema.BindSpec(spec, noPackages{}, schema.ValidationOptions{})
	if err != nil || diagnostics.HasErrors() {
		t.Fatal(err, diagnostics)
	}
	return pkg
}

// generated writes the files of a generated package into a folder.
func generated(t *testing.T, folder string, files map[string][]byte, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		write(t, filepath.Join(folder, name), text)
	}
}

// tool is who made the packages: it stands at the top of their files.
const tool = "aksidentity"

// noPackages refuses to load: our schema refers to no other.
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

// write makes a file and the folders above it.
func write(t *testing.T, file string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
}
