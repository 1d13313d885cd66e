package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

// spec is what programs depend on in a Pulumi schema (github.com/pulumi/pulumi/pkg/v3/codegen/schema.PackageSpec).
type spec struct {
	Name      string                     `json:"name"`
	Resources map[string]resource        `json:"resources"`
	Functions map[string]json.RawMessage `json:"functions"`
	Types     map[string]object          `json:"types"`
	Language  map[string]map[string]any  `json:"language"`
}

type resource struct {
	object
	Inputs         map[string]property `json:"inputProperties"`
	RequiredInputs []string            `json:"requiredInputs"`
}

type object struct {
	Properties map[string]property `json:"properties"`
	Required   []string            `json:"required"`
	Enum       []enumValue         `json:"enum"`
}

type enumValue struct {
	Value any `json:"value"`
}

type property struct {
	typeSpec
	Secret bool `json:"secret"`
}

// typeSpec is the type of a value. A plain one has to be known before the program runs; any other can also be an output.
type typeSpec struct {
	Type                 string    `json:"type"`
	Ref                  string    `json:"$ref"`
	Plain                bool      `json:"plain"`
	Items                *typeSpec `json:"items"`
	AdditionalProperties *typeSpec `json:"additionalProperties"`
}

const typesRef = "#/types/"

// String is the type without what is plain in it, in words.
func (t typeSpec) String() string {
	switch {
	case t.Ref != "":
		return strings.TrimPrefix(t.Ref, typesRef)
	case t.Items != nil:
		return fmt.Sprintf("list of %s", t.Items)
	case t.AdditionalProperties != nil:
		return fmt.Sprintf("map of %s", t.AdditionalProperties)
	}
	return t.Type
}

// inner is the type of the elements of a list or map, else nil.
func (t typeSpec) inner() *typeSpec {
	if t.Items != nil {
		return t.Items
	}
	return t.AdditionalProperties
}

// named is the object or enum type that a value is made of, if it is ours.
func (t typeSpec) named() (token string, ours bool) {
	if inner := t.inner(); inner != nil {
		return inner.named()
	}
	return strings.CutPrefix(t.Ref, typesRef)
}
