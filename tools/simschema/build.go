package main

import (
	"go/ast"
	"slices"
	"strings"
)

// The JSON document. Type expressions are "string", "boolean", "integer", "number", "any", "[]T", "map[T]" and "#Name"
// for an object of the same package; a trailing "!" marks a required property.
type (
	document struct {
		Comment   string                        `json:"comment"`
		Modules   map[string]string             `json:"modules"`   // Go module path -> version that was read
		Packages  map[string]map[string]*object `json:"packages"`  // "containerservice/v20250101" -> type name -> type
		Resources map[string]*resourceType      `json:"resources"` // token -> resource type
	}
	object struct {
		In       map[string]string `json:"in"`
		Out      []string          `json:"out,omitempty"` // properties that only the answer has
		ARM      map[string]string `json:"arm,omitempty"` // what ARM calls differently: SDK's name -> ARM's name
		Defaults map[string]any    `json:"defaults,omitempty"`
		Wrap     bool              `json:"wrap,omitempty"`   // ARM keeps its properties below "properties"
		Inside   []string          `json:"inside,omitempty"` // of these, what others keep beside "properties"
	}
	resourceType struct {
		Package  string            `json:"package"`
		API      string            `json:"api"`
		Path     string            `json:"path"`
		In       map[string]string `json:"in"`
		Out      []string          `json:"out"`           // properties that only the answer has
		ARM      map[string]string `json:"arm,omitempty"` // what ARM calls differently: SDK's name -> ARM's name
		Defaults map[string]any    `json:"defaults,omitempty"`
		Top      []string          `json:"top,omitempty"` // inputs that stay beside "properties" in the ARM body
	}
)

// builder collects the object types that the served resources of one package reach.
type builder struct {
	pkg     string
	source  *source
	arm     armNames
	objects map[string]*object
}

// topLevel names the inputs that ARM keeps beside "properties".
var topLevel = []string{
	"location", "tags", "identity", "sku", "zones", "kind", "plan", "extendedLocation", "etag", "managedBy",
}

// inProperties lists the exceptions: inputs with a top-level name that ARM keeps below "properties".
var inProperties = map[string][]string{
	"AgentPool":          {"tags"},
	"ApplicationGateway": {"sku"},
	"Workspace":          {"sku"},
}

// armModels are the names that Azure's SDK has for the properties of a resource, where they are not made of the type's name.
var armModels = map[string][]string{"StorageAccount": {"AccountPropertiesCreateParameters"}}

func (b *builder) resource(t served) *resourceType {
	args := b.source.structs[strings.ToLower(t.name[:1])+t.name[1:]+"Args"]
	state := b.source.structs[t.name]
	if args == nil || state == nil {
		return nil
	}
	r := &resourceType{Package: b.pkg, API: b.source.api[t.name], Path: t.path, In: map[string]string{},
		ARM: b.arm.differing(args, append(armModels[t.name], t.name, t.name+"Properties")...), Defaults: b.source.defaultsOf(t.name, args)}
	answers := answerTypes(state)
	for _, f := range args.Fields.List {
		name := tagName(f)
		expr := strings.TrimSuffix(b.expr(f.Type, answers[name]), "!")
		if slices.Contains(b.source.required[t.name], f.Names[0].Name) {
			expr += "!"
		}
		r.In[name] = expr
		if isTopLevel(b.pkg, t.name, name) {
			r.Top = append(r.Top, name)
		}
	}
	for name := range answers {
		if _, isInput := r.In[name]; !isInput {
			r.Out = append(r.Out, name)
		}
	}
	slices.Sort(r.Top)
	slices.Sort(r.Out)
	return r
}

// isTopLevel tells whether ARM keeps an input beside "properties". Nested network resources take id, name and type as
// inputs too.
func isTopLevel(pkg, typeName, name string) bool {
	if strings.HasPrefix(pkg, "network") && slices.Contains([]string{"id", "name", "type"}, name) {
		return true
	}
	return slices.Contains(topLevel, name) && !slices.Contains(inProperties[typeName], name)
}

// answerTypes maps each output property to the name of its object type ("" for anything that is no object).
func answerTypes(state *ast.StructType) map[string]string {
	answers := map[string]string{}
	for _, f := range state.Fields.List {
		name := tagName(f)
		if name == "" {
			continue
		}
		answers[name] = ""
		if id, ok := f.Type.(*ast.Ident); ok {
			answers[name] = outputElement(id.Name)
		}
	}
	return answers
}

// outputElement turns "ManagedClusterIdentityResponsePtrOutput" into "ManagedClusterIdentityResponse". An inner type has the
// word in the middle: "DataCollectionRuleResponseDestinations".
func outputElement(name string) string {
	name = strings.TrimSuffix(name, "Output")
	for _, suffix := range []string{"Ptr", "Array", "Map"} {
		if trimmed := strings.TrimSuffix(name, suffix); trimmed != name && strings.Contains(trimmed, "Response") {
			return trimmed
		}
	}
	return name
}

// expr writes a Go type of the SDK as a type expression; answer is the object type that the service answers with.
func (b *builder) expr(t ast.Expr, answer string) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return strings.TrimSuffix(b.expr(t.X, answer), "!")
	case *ast.ArrayType:
		return "[]" + strings.TrimSuffix(b.expr(t.Elt, answer), "!")
	case *ast.MapType:
		return "map[" + strings.TrimSuffix(b.expr(t.Value, answer), "!") + "]"
	case *ast.Ident:
		return b.identExpr(t.Name, answer)
	default:
		return "any" // interface{}, assets
	}
}

func (b *builder) identExpr(name, answer string) string {
	if scalar, ok := b.source.scalars[name]; ok {
		name = scalar
	}
	switch name {
	case "string":
		return "string!"
	case "bool":
		return "boolean!"
	case "int":
		return "integer!"
	case "float64":
		return "number!"
	}
	if _, ok := b.source.structs[name]; !ok {
		return "any"
	}
	b.object(name, answer)
	return "#" + name + "!"
}

func (b *builder) object(name, answer string) {
	if b.objects[name] != nil {
		return
	}
	fields := b.source.structs[name]
	o := &object{In: map[string]string{}, ARM: b.arm.differing(fields, name), Defaults: b.source.defaultsOf(name, fields)}
	b.objects[name] = o
	answers := fieldTypes(b.source.structs[answer])
	for _, f := range fields.Fields.List {
		if property := tagName(f); property != "" {
			o.In[property] = b.expr(f.Type, answers[property])
		}
	}
	for property := range answers {
		if _, isInput := o.In[property]; !isInput {
			o.Out = append(o.Out, property)
		}
	}
	slices.Sort(o.Out)
	o.Wrap = isSubResource(b.pkg, o) || name == "LoadBalancerBackendAddress" // the one without an id
	if name == "BackendAddressPool" {
		o.Inside = []string{"location"}
	}
}

// isSubResource tells the network objects that ARM writes as {id, name, properties: {...}} and the SDK writes flat.
func isSubResource(pkg string, o *object) bool {
	_, id := o.In["id"]
	_, name := o.In["name"]
	_, location := o.In["location"]
	return strings.HasPrefix(pkg, "network") && id && (name || location) && len(o.In) > 2
}

// fieldTypes maps the properties of an answer object to the names of their object types.
func fieldTypes(s *ast.StructType) map[string]string {
	types := map[string]string{}
	if s == nil {
		return types
	}
	for _, f := range s.Fields.List {
		if name := tagName(f); name != "" {
			types[name] = elementName(f.Type)
		}
	}
	return types
}

func elementName(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return elementName(t.X)
	case *ast.ArrayType:
		return elementName(t.Elt)
	case *ast.MapType:
		return elementName(t.Value)
	case *ast.Ident:
		return t.Name
	default:
		return ""
	}
}
