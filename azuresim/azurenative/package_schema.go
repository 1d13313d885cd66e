package azurenative

import (
	"context"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// GetSchema answers with a Pulumi package schema of what schema.json describes, so that YAML programs and code generators can use it:
// resources with their inputs and outputs, getX for each, and the functions of actions. It has no descriptions and no enums, and
// outputs that only Azure fills in are of any type. Types that are kept as given are not in it: nothing is known of their inputs.
func (p *provider) GetSchema(context.Context, *pulumirpc.GetSchemaRequest) (*pulumirpc.GetSchemaResponse, error) {
	text, err := packageSchema()
	return &pulumirpc.GetSchemaResponse{Schema: text}, err
}

// packageSchema is made once; it never changes.
var packageSchema = sync.OnceValues(func() (string, error) {
	s, err := readSchema()
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(s.spec())
	return string(text), err
})

// The shape of a Pulumi package schema (https://www.pulumi.com/docs/iac/extending-pulumi/schema/, read 2026-11), as far as it is used.
type (
	packageSpec struct {
		Name      string                  `json:"name"`
		Version   string                  `json:"version"`
		Config    objectSpec              `json:"config"`
		Types     map[string]objectSpec   `json:"types"`
		Provider  resourceSpec            `json:"provider"`
		Resources map[string]resourceSpec `json:"resources"`
		Functions map[string]functionSpec `json:"functions"`
	}
	objectSpec struct {
		Type       string              `json:"type,omitempty"`
		Properties map[string]typeSpec `json:"properties,omitempty"`
		Variables  map[string]typeSpec `json:"variables,omitempty"` // of the configuration
		Required   []string            `json:"required,omitempty"`
	}
	typeSpec struct {
		Type                 string    `json:"type,omitempty"`
		Ref                  string    `json:"$ref,omitempty"`
		Items                *typeSpec `json:"items,omitempty"`
		AdditionalProperties *typeSpec `json:"additionalProperties,omitempty"`
	}
	resourceSpec struct {
		Type            string              `json:"type,omitempty"`
		Properties      map[string]typeSpec `json:"properties,omitempty"`
		InputProperties map[string]typeSpec `json:"inputProperties,omitempty"`
		RequiredInputs  []string            `json:"requiredInputs,omitempty"`
		Aliases         []aliasSpec         `json:"aliases,omitempty"`
	}
	aliasSpec struct {
		Type string `json:"type"`
	}
	functionSpec struct {
		Inputs  objectSpec `json:"inputs"`
		Outputs objectSpec `json:"outputs"`
	}
)

func (s *schema) spec() packageSpec {
	spec := packageSpec{
		Name: Name, Version: Version, Config: objectSpec{Variables: providerInputs()},
		Provider: resourceSpec{InputProperties: providerInputs()},
		Types:    map[string]objectSpec{}, Resources: map[string]resourceSpec{}, Functions: map[string]functionSpec{},
	}
	for pkg, objects := range s.Packages {
		for name, object := range objects {
			token := Name + ":" + pkg + ":" + name
			spec.Types[token] = objectSpec{Type: "object", Properties: inputSpecs(pkg, object.In), Required: requiredOf(object.In)}
			spec.Types[token+response] = objectSpec{Type: "object", Properties: outputSpecs(pkg, object.In, object.Out)}
		}
	}
	for token, r := range s.Resources {
		spec.Resources[token] = s.resourceSpec(token, r)
		i := strings.LastIndex(token, ":") + 1
		spec.Functions[token[:i]+"get"+token[i:]] = r.getSpec()
	}
	for token, function := range s.actionSpecs() {
		spec.Functions[token] = function
	}
	return spec
}

func providerInputs() map[string]typeSpec {
	text := typeSpec{Type: "string"}
	return map[string]typeSpec{subscriptionInput: text, locationInput: text, "tenantId": text, "clientId": text, "environment": text}
}

// response ends the names of the types that Azure answers with.
const response = "Response"

func (s *schema) resourceSpec(token string, r *resourceType) resourceSpec {
	out := resourceSpec{
		Type: "object", InputProperties: inputSpecs(r.Package, r.In), RequiredInputs: requiredOf(r.In), Properties: r.outputSpecs(),
	}
	for _, other := range s.versions(token) {
		if other != token {
			out.Aliases = append(out.Aliases, aliasSpec{Type: other})
		}
	}
	return out
}

func (r *resourceType) outputSpecs() map[string]typeSpec {
	inputs := maps.Clone(r.In)
	maps.DeleteFunc(inputs, func(name string, _ typeExpr) bool { return !r.isOutput(name) })
	out := outputSpecs(r.Package, inputs, r.Out)
	out["name"], out[apiVersionKey] = typeSpec{Type: "string"}, typeSpec{Type: "string"}
	delete(out, "id") // every resource has one
	return out
}

func (r *resourceType) getSpec() functionSpec {
	out := functionSpec{
		Inputs:  objectSpec{Type: "object", Properties: map[string]typeSpec{}, Required: r.pathNames()},
		Outputs: objectSpec{Type: "object", Properties: r.outputSpecs()},
	}
	for _, name := range r.pathNames() {
		out.Inputs.Properties[name] = typeSpec{Type: "string"}
	}
	if r.is("resources:Resource") {
		out.Inputs.Properties[apiVersionInput] = typeSpec{Type: "string"}
	}
	for _, name := range ahead[r.kind()] {
		out.Outputs.Properties[name] = anySpec
	}
	out.Outputs.Properties["id"] = typeSpec{Type: "string"}
	return out
}

// actionSpecs are the functions that belong to no single resource, and those of actions, in every version of their resource.
func (s *schema) actionSpecs() map[string]functionSpec {
	text := typeSpec{Type: "string"}
	out := map[string]functionSpec{clientConfigToken: {
		Inputs: objectSpec{Type: "object"},
		Outputs: objectSpec{Type: "object", Properties: map[string]typeSpec{
			"clientId": text, "objectId": text, subscriptionInput: text, "tenantId": text}},
	}}
	for function, a := range actions {
		module, name, _ := strings.Cut(function, ":")
		for token, r := range s.Resources {
			if !r.is(module + ":" + a.resource) {
				continue
			}
			spec := r.getSpec()
			spec.Outputs.Properties = map[string]typeSpec{"kubeconfigs": {Type: "array", Items: &anySpec}}
			out[token[:strings.LastIndex(token, ":")+1]+name] = spec
		}
	}
	return out
}

var anySpec = typeSpec{Ref: "pulumi.json#/Any"}

func inputSpecs(pkg string, in map[string]typeExpr) map[string]typeSpec {
	out := map[string]typeSpec{}
	for name, t := range in {
		out[name] = specOf(pkg, t, "")
	}
	return out
}

func outputSpecs(pkg string, in map[string]typeExpr, filledIn []string) map[string]typeSpec {
	out := map[string]typeSpec{}
	for name, t := range in {
		out[name] = specOf(pkg, t, response)
		if name == identitiesProperty {
			out[name] = typeSpec{Type: "object", AdditionalProperties: &anySpec}
		}
	}
	for _, name := range filledIn {
		out[name] = anySpec
	}
	return out
}

// specOf translates a type expression; suffix is "" for inputs.
func specOf(pkg string, t typeExpr, suffix string) typeSpec {
	elem, list, dict := t.element()
	switch {
	case list:
		item := specOf(pkg, elem, suffix)
		return typeSpec{Type: "array", Items: &item}
	case dict:
		item := specOf(pkg, elem, suffix)
		return typeSpec{Type: "object", AdditionalProperties: &item}
	case strings.HasPrefix(t.bare(), "#"):
		return typeSpec{Type: "object", Ref: "#/types/" + Name + ":" + url.PathEscape(pkg) + ":" + t.bare()[1:] + suffix}
	case t.bare() == "any":
		return anySpec
	default:
		return typeSpec{Type: t.bare()}
	}
}

func requiredOf(in map[string]typeExpr) []string {
	var out []string
	for name, t := range in {
		if t.required() {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
