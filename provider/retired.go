package provider

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// markRetired deprecates the arguments that Azure no longer serves, with the date and what to use: an editor strikes them out.
// It must run while the types still have their Go names.
func markRetired(spec *schema.PackageSpec) error {
	for path, retirement := range plan.RetiredArguments() {
		properties, name := objectAt(spec, spec.Resources[components.ManagedIdentityClusterToken].InputProperties, string(path))
		property, known := properties[name]
		if !known {
			return fmt.Errorf("there is no argument %s, which is said to be retired", path)
		}
		property.DeprecationMessage = retirement.Message()
		properties[name] = property
	}
	return nil
}

// objectAt is the object that has the property at a path of names.
func objectAt(spec *schema.PackageSpec, properties map[string]schema.PropertySpec, path string) (object map[string]schema.PropertySpec, name string) {
	name, rest, below := strings.Cut(path, ".")
	if !below {
		return properties, name
	}
	return objectAt(spec, spec.Types[strings.TrimPrefix(properties[name].Ref, typesRef)].Properties, rest)
}
