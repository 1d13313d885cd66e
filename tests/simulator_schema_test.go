package tests

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

// TestTheSimulatorsSchemaBinds with Pulumi's own reader of schemas, and says what programs in YAML need to know.
func TestTheSimulatorsSchemaBinds(t *testing.T) {
	pkg := boundSchema(t)
	cases := []struct{ token, required, input, output string }{
		{"azure-native:containerservice/v20250101:ManagedCluster", "resourceGroupName", "agentPoolProfiles", "fqdn"},
		{"azure-native:containerservice/v20250101:ManagedCluster", "resourceGroupName", "identity", "name"},
		{"azure-native:network:AzureFirewall", "resourceGroupName", "ipConfigurations", "provisioningState"},
		{"azure-native:keyvault:Key", "vaultName", "keyName", "keyUriWithVersion"},
		{"azure-native:authorization:RoleAssignment", "principalId", "roleAssignmentName", "principalType"},
	}
	for _, tc := range cases {
		r, found := pkg.GetResource(tc.token)
		if !found {
			t.Errorf("%s is in the schema", tc.token)
			continue
		}
		required, input, output := property(r.InputProperties, tc.required), property(r.InputProperties, tc.input), property(r.Properties, tc.output)
		if required == nil || !required.IsRequired() || input == nil || input.IsRequired() || output == nil {
			t.Errorf("%s: %s is required, %s an input, %s an output; got %v, %v, %v", tc.token, tc.required, tc.input, tc.output, required, input, output)
		}
		if property(r.Properties, tc.required) != nil && tc.required == "resourceGroupName" {
			t.Errorf("%s: %s is part of the ID and no output", tc.token, tc.required)
		}
	}
	for _, token := range []string{
		"azure-native:network:getVirtualNetwork", "azure-native:authorization:getClientConfig",
		"azure-native:containerservice/v20250101:listManagedClusterUserCredentials",
	} {
		if _, found := pkg.GetFunction(token); !found {
			t.Errorf("the function %s is in the schema", token)
		}
	}
}

// TestIdentitiesInTheSimulatorsSchema: what a program gives is a list, what it gets is a map with the principals.
func TestIdentitiesInTheSimulatorsSchema(t *testing.T) {
	pkg := boundSchema(t)
	const token = "azure-native:containerservice/v20250101:ManagedClusterIdentity"
	given, foundInput := pkg.GetType(token)
	answered, foundOutput := pkg.GetType(token + "Response")
	if !foundInput || !foundOutput {
		t.Fatal("both are in the schema")
	}
	in, isObject := given.(*schema.ObjectType)
	out, alsoObject := answered.(*schema.ObjectType)
	if !isObject || !alsoObject {
		t.Fatal("both are objects")
	}
	if p := property(in.Properties, "principalId"); p != nil {
		t.Error("a principal is no input")
	}
	if p := property(out.Properties, "principalId"); p == nil {
		t.Error("but an output")
	}
}

func property(all []*schema.Property, name string) *schema.Property {
	if i := slices.IndexFunc(all, func(p *schema.Property) bool { return p.Name == name }); i >= 0 {
		return all[i]
	}
	return nil
}

// boundSchema reads what GetSchema answers. Any finding of the reader fails the test.
func boundSchema(t *testing.T) *schema.Package {
	t.Helper()
	answer, err := azurenative.NewProvider(azuresim.New()).GetSchema(context.Background(), &pulumirpc.GetSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal([]byte(answer.Schema), &spec); err != nil {
		t.Fatal(err)
	}
	pkg, diagnostics, err := schema.BindSpec(spec, noPackages{}, schema.ValidationOptions{})
	if err != nil || len(diagnostics) > 0 {
		t.Fatalf("the schema does not bind: %v %v", err, diagnostics)
	}
	return pkg
}

// noPackages loads nothing: the schema refers to no other package.
type noPackages struct{}

func (noPackages) LoadPackage(name string, _ *semver.Version) (*schema.Package, error) {
	return nil, errors.New("the schema refers to the package " + name)
}

func (n noPackages) LoadPackageV2(_ context.Context, d *schema.PackageDescriptor) (*schema.Package, error) {
	return n.LoadPackage(d.Name, nil)
}
