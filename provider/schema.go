package provider

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

const (
	typesRef  = "#/types/"
	indexName = Name + ":index:"
)

// secretOutputs are marked in the schema, so that generated code treats them as secret even where the value is not.
var secretOutputs = map[string]string{indexName + "ManagedIdentityCluster": "kubeconfig"}

type getSchema = func(context.Context, p.GetSchemaRequest) (p.GetSchemaResponse, error)

// refined adds to the inferred schema what cannot be inferred from Go types.
func refined(infer getSchema, served []component) getSchema {
	return func(ctx context.Context, req p.GetSchemaRequest) (p.GetSchemaResponse, error) {
		response, err := infer(ctx, req)
		if err != nil {
			return p.GetSchemaResponse{}, err
		}
		var spec schema.PackageSpec
		if err := json.Unmarshal([]byte(response.Schema), &spec); err != nil {
			return p.GetSchemaResponse{}, err
		}
		if err := refine(&spec, served); err != nil {
			return p.GetSchemaResponse{}, err
		}
		text, err := json.Marshal(spec)
		return p.GetSchemaResponse{Schema: string(text)}, err
	}
}

func refine(spec *schema.PackageSpec, served []component) error {
	docs, err := loadDescriptions()
	if err != nil {
		return err
	}
	docs.describe(spec)
	markPlain(spec, served)
	markSecret(spec)
	return errors.Join(exemplify(spec), markRetired(spec), renameTypes(spec))
}

func markSecret(spec *schema.PackageSpec) {
	for token, name := range secretOutputs {
		property := spec.Resources[token].Properties[name]
		property.Secret = true
		spec.Resources[token].Properties[name] = property
	}
}

// renameTypes drops the Args of Go's names. Each language adds what it calls arguments by itself.
func renameTypes(spec *schema.PackageSpec) error {
	types := make(map[string]schema.ComplexTypeSpec, len(spec.Types))
	for token, object := range spec.Types {
		short := strings.TrimSuffix(token, "Args")
		if _, taken := types[short]; taken {
			return fmt.Errorf("two types would be called %s in other languages; give one of them another name in Go", short)
		}
		renameRefs(object.Properties)
		types[short] = object
	}
	spec.Types = types
	for _, component := range spec.Resources {
		renameRefs(component.InputProperties)
		renameRefs(component.Properties)
	}
	return nil
}

func renameRefs(properties map[string]schema.PropertySpec) {
	for name, property := range properties {
		renameRef(&property.TypeSpec)
		properties[name] = property
	}
}

func renameRef(t *schema.TypeSpec) {
	if t == nil {
		return
	}
	if strings.HasPrefix(t.Ref, typesRef) {
		t.Ref = strings.TrimSuffix(t.Ref, "Args")
	}
	renameRef(t.Items)
	renameRef(t.AdditionalProperties)
}
