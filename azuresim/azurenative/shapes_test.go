package azurenative

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/internal/shapes"
)

// TestShapesTakeEveryInput: whatever a program may give to azure-native arrives at a property that Azure has, in all API versions
// that are served, and with the JSON type that Azure wants.
func TestShapesTakeEveryInput(t *testing.T) {
	s, err := readSchema()
	if err != nil {
		t.Fatal(err)
	}
	bodies := 0
	for _, token := range slices.Sorted(maps.Keys(s.Resources)) {
		r := s.Resources[token]
		inputs := resource.PropertyMap{}
		for name, expr := range r.In {
			inputs[resource.PropertyKey(name)] = sample(r, expr, nil)
		}
		armType := armType(r)
		if _, _, api := shapes.Source(armType); api == "" {
			continue
		}
		bodies++
		for _, problem := range shapes.Check(armType, shapes.Partial, r.body(inputs)) {
			if problem.Kind != shapes.Value { // a sample is no member of an enum
				t.Errorf("%s sends what %s does not take: %s", token, armType, problem)
			}
		}
	}
	if bodies < 50 {
		t.Errorf("only %d bodies were compared; the types are spelled differently?", bodies)
	}
	t.Logf("%d bodies with all their inputs", bodies)
}

// armType is the resource type of a path: "Microsoft.Network/virtualNetworks/subnets".
func armType(r *resourceType) string {
	_, rest, found := strings.Cut(r.Path, "/providers/")
	if !found {
		return "Microsoft.Resources/resourceGroups"
	}
	parts := strings.Split(rest, "/")
	kept := parts[:1]
	for i := 1; i < len(parts); i += 2 {
		kept = append(kept, parts[i])
	}
	return strings.Join(kept, "/")
}

// sample is a value of a type with all that it can hold, but an object within itself.
func sample(r *resourceType, t typeExpr, around []string) resource.PropertyValue {
	elem, list, dict := t.element()
	switch {
	case list:
		return resource.NewProperty([]resource.PropertyValue{sample(r, elem, around)})
	case dict:
		return resource.NewProperty(resource.PropertyMap{"key": sample(r, elem, around)})
	case t.bare() == "boolean":
		return resource.NewProperty(true)
	case t.bare() == "integer", t.bare() == "number":
		return resource.NewProperty(1.0)
	}
	object := r.object(t)
	if object == nil {
		return resource.NewProperty("x")
	}
	out := resource.PropertyMap{}
	if !slices.Contains(around, t.bare()) {
		for name, expr := range object.In {
			out[resource.PropertyKey(name)] = sample(r, expr, append(slices.Clone(around), t.bare()))
		}
	}
	return resource.NewProperty(out)
}
