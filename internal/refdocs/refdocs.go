// Package refdocs writes the reference of the components: docs/reference, a page for each, with every argument and output. What it says
// comes from the schema of the provider, which has the doc comments and the closed sets, from the Go sources, for names and types in Go, from
// the grant table of package plan, for who gets what, and from the programs of this repository, for an example of each argument.
package refdocs

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/provider"
)

// sources is all that the pages are made of.
type sources struct {
	spec schema.PackageSpec
	// types are the structs of package components, by name.
	types map[string]goStruct
	// examples are by struct and field.
	examples map[fieldName]example
	// grants are what an argument calls for.
	grants map[argument][]plan.UseInfo
}

const token = provider.Name + ":index:"

// Pages are the pages by their file names. Root is the folder of the repository.
func Pages(ctx context.Context, root string) (map[string]string, error) {
	s, err := read(ctx, root)
	if err != nil {
		return nil, err
	}
	pages := map[string]string{"index.md": s.index()}
	for at, component := range s.spec.Resources {
		name := strings.TrimPrefix(at, token)
		pages[fileOf(name)] = s.page(name, component)
	}
	return pages, nil
}

func read(ctx context.Context, root string) (sources, error) {
	made, err := provider.New("0.0.0")
	if err != nil {
		return sources{}, err
	}
	spec, err := p.GetSchema(ctx, provider.Name, "0.0.0", made)
	if err != nil {
		return sources{}, err
	}
	types, err := structsOf(filepath.Join(root, "components"))
	if err != nil {
		return sources{}, err
	}
	examples, err := examplesOf(root, types)
	if err != nil {
		return sources{}, err
	}
	s := sources{spec: spec, types: types, examples: examples}
	s.grants, err = s.grantsOf(root)
	return s, err
}

// Write puts the pages into the folder, and takes away those that are there no longer.
func Write(folder string, pages map[string]string) error {
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for name, text := range pages {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// goName is the name of a schema type in Go: arguments have one that ends in Args.
func (s sources) goName(name string) string {
	if _, ok := s.types[name+"Args"]; ok {
		return name + "Args"
	}
	return name
}

// nested are the types that the properties refer to, and those that these refer to, in the order in which a reader comes to them.
func (s sources) nested(properties map[string]schema.PropertySpec) (found []string) {
	seen := map[string]bool{}
	var visit func(map[string]schema.PropertySpec)
	visit = func(properties map[string]schema.PropertySpec) {
		var next []string
		for _, name := range sorted(properties) {
			if ref := refOf(properties[name].TypeSpec); ref != "" && !seen[ref] && s.spec.Types[token+ref].Type == "object" {
				seen[ref] = true
				next = append(next, ref)
			}
		}
		found = append(found, next...)
		for _, name := range next {
			visit(s.spec.Types[token+name].Properties)
		}
	}
	visit(properties)
	return found
}

// refOf is the name of the type of ours that a type refers to, as such, in a list or in a map.
func refOf(t schema.TypeSpec) string {
	switch {
	case t.Ref != "":
		return strings.TrimPrefix(t.Ref, "#/types/"+token)
	case t.Items != nil:
		return refOf(*t.Items)
	case t.AdditionalProperties != nil:
		return refOf(*t.AdditionalProperties)
	default:
		return ""
	}
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// fileOf is ManagedIdentityCluster in managed-identity-cluster.md.
func fileOf(name string) string {
	var b strings.Builder
	for at, letter := range name {
		if at > 0 && letter >= 'A' && letter <= 'Z' {
			b.WriteByte('-')
		}
		b.WriteRune(letter)
	}
	return strings.ToLower(b.String()) + ".md"
}

// Unexampled are the arguments of which no program of the repository is an example: pages and tests name them, as NodePoolArgs.OSDiskType.
func Unexampled(ctx context.Context, root string) ([]string, error) {
	s, err := read(ctx, root)
	if err != nil {
		return nil, err
	}
	var found []string
	note := func(of string, properties map[string]schema.PropertySpec) {
		for _, name := range sorted(properties) {
			field, _ := s.types[of].field(name)
			if _, known := s.examples[fieldName{of, field.name}]; !known {
				found = append(found, fmt.Sprintf("%s.%s", of, field.name))
			}
		}
	}
	seen := map[string]bool{}
	for _, at := range sorted(s.spec.Resources) {
		inputs := s.spec.Resources[at].InputProperties
		note(strings.TrimPrefix(at, token)+"Args", inputs)
		for _, nested := range s.nested(inputs) {
			if !seen[nested] {
				seen[nested] = true
				note(s.goName(nested), s.spec.Types[token+nested].Properties)
			}
		}
	}
	return found, nil
}
