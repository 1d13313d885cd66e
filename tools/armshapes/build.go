package main

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
)

// The JSON document. Type expressions are "string", "boolean", "integer", "number", "any", "[]T", "map[T]", "#Name" for a
// model and "=Name" for an enum of the same package. A trailing "!" marks a required property, "^" a read-only one. The
// property "*" of a model stands for all names that it does not list.
type (
	document struct {
		Resources map[string]*resource
		Packages  []packageDoc
	}
	resource struct {
		Package string            `json:"package"`
		API     string            `json:"api"`
		Put     string            `json:"put"`
		Patch   string            `json:"patch,omitempty"`
		Answer  string            `json:"answer"`
		Actions map[string]string `json:"actions,omitempty"`
	}
	packageDoc struct {
		Name, Module, Version, Released string
		Enums                           map[string][]string
		Models                          map[string]model
	}
	model map[string]string
)

// builder collects the models and enums that resource types of one package reach.
type builder struct {
	source *source
	models map[string]model
	enums  map[string][]string
}

// reach adds models with all that they refer to.
func (b *builder) reach(names ...string) error {
	for _, name := range names {
		if b.models[name] != nil {
			continue
		}
		fields := b.source.structs[name]
		if fields == nil {
			return fmt.Errorf("there is no model %s", name)
		}
		b.models[name] = model{}
		for _, f := range fields.Fields.List {
			if err := b.addField(name, f); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *builder) addField(owner string, f *ast.Field) error {
	if len(f.Names) != 1 {
		return fmt.Errorf("%s has an embedded or a shared field, which this generator does not know", owner)
	}
	field := f.Names[0].Name
	wire := b.source.names[owner][field]
	if wire == "" {
		return fmt.Errorf("%s.%s has no name on the wire", owner, field)
	}
	t := f.Type
	if all, ok := t.(*ast.MapType); ok && wire == "*" {
		t = all.Value
	}
	expr, err := b.expr(t)
	if err != nil {
		return fmt.Errorf("%s.%s: %w", owner, field, err)
	}
	b.models[owner][wire] = expr + marks(f.Doc.Text())
	return nil
}

// marks reads how the SDK begins a comment: "REQUIRED; The name.", "READ-ONLY; The id.".
func marks(doc string) string {
	out := ""
	for {
		switch {
		case strings.HasPrefix(doc, "REQUIRED; "):
			out, doc = out+"!", strings.TrimPrefix(doc, "REQUIRED; ")
		case strings.HasPrefix(doc, "READ-ONLY; "):
			out, doc = out+"^", strings.TrimPrefix(doc, "READ-ONLY; ")
		default:
			return out
		}
	}
}

func (b *builder) expr(t ast.Expr) (string, error) {
	switch t := t.(type) {
	case *ast.StarExpr:
		return b.expr(t.X)
	case *ast.ArrayType:
		if element, ok := t.Elt.(*ast.Ident); ok && element.Name == "byte" {
			return "string", nil // base64
		}
		element, err := b.expr(t.Elt)
		return "[]" + element, err
	case *ast.MapType:
		element, err := b.expr(t.Value)
		return "map[" + element + "]", err
	case *ast.SelectorExpr:
		return "string", nil // time.Time, azcore.ETag
	case *ast.InterfaceType:
		return "any", nil
	case *ast.Ident:
		return b.named(t.Name)
	default:
		return "", fmt.Errorf("a type that this generator does not know: %T", t)
	}
}

var basic = map[string]string{"string": "string", "bool": "boolean", "int32": "integer", "int64": "integer", "float32": "number",
	"float64": "number", "any": "any"}

func (b *builder) named(name string) (string, error) {
	if expr := basic[name]; expr != "" {
		return expr, nil
	}
	if b.source.interfaces[name] {
		return "", fmt.Errorf("%s has a discriminator, which this generator does not know", name)
	}
	if strings.HasPrefix(name, "Known") {
		return "string", nil // a list that the service extends, as KnownDataFlowStreams
	}
	if values := b.source.values[name]; len(values) > 0 {
		b.enums[name] = slices.Compact(slices.Sorted(slices.Values(values)))
		return "=" + name, nil
	}
	if underlying := b.source.scalars[name]; underlying != "" {
		return b.named(underlying)
	}
	return "#" + name, b.reach(name)
}
