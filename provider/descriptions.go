package provider

import (
	_ "embed" // for descriptions.json
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

//go:generate go run -C ../tools ./schemadocs -out ../provider/descriptions.json ../components
//go:generate go run ../internal/sdks/gensdk -language go -version-file ../VERSION -out ../sdk/go
//go:generate go run ../internal/refdocs/genref -root .. -out ../docs/reference

// descriptionsJSON are the doc comments of package components.
//
//go:embed descriptions.json
var descriptionsJSON []byte

// descriptions by the name of the Go type.
type descriptions map[string]struct {
	Description string `json:"description"`
	// Properties by their name in the schema.
	Properties map[string]string `json:"properties"`
}

func loadDescriptions() (descriptions, error) {
	var file struct {
		Types descriptions `json:"types"`
	}
	if err := json.Unmarshal(descriptionsJSON, &file); err != nil {
		return nil, fmt.Errorf("descriptions.json: %w", err)
	}
	return file.Types, nil
}

// describe must run while the types still have their Go names.
func (d descriptions) describe(spec *schema.PackageSpec) {
	for token, component := range spec.Resources {
		name := strings.TrimPrefix(token, indexName)
		component.Description = d[name].Description
		d.describeAll(name, component.Properties)
		d.describeAll(name+"Args", component.InputProperties)
		spec.Resources[token] = component
	}
	for token, object := range spec.Types {
		name := strings.TrimPrefix(token, indexName)
		object.Description = d[name].Description
		d.describeAll(name, object.Properties)
		spec.Types[token] = object
	}
}

func (d descriptions) describeAll(typeName string, properties map[string]schema.PropertySpec) {
	for name, property := range properties {
		property.Description = d[typeName].Properties[name]
		properties[name] = property
	}
}
