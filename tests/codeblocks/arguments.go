package codeblocks

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/aksidentity/pulumi-aksidentity/tests/markdown"
)

// schema is as much of a Pulumi package schema as arguments need.
type schema struct {
	Types     map[string]object
	Resources map[string]object
}

type object struct {
	Properties      map[string]property
	InputProperties map[string]property
	Enum            []struct{ Value any }
}

type property struct {
	Type                 string
	Ref                  string `json:"$ref"`
	Items                *property
	AdditionalProperties *property
}

// arguments holds a part of a program in YAML to the schema of our package, which the provider's tests hold to the components.
func (r *Repository) arguments(_, component string, b markdown.Block) error {
	text, err := r.read("provider/testdata/schema.json")
	if err != nil {
		return err
	}
	var s schema
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return err
	}
	resource, found := s.Resources["aksidentity:index:"+component]
	if !found {
		return fmt.Errorf("there is no component %s", component)
	}
	var given map[string]any
	if err := yaml.Unmarshal([]byte(b.Text), &given); err != nil {
		return err
	}
	if len(given) == 0 {
		return fmt.Errorf("it gives no argument")
	}
	return s.object(component, resource.InputProperties, given)
}

func (s schema) object(at string, properties map[string]property, given map[string]any) error {
	for name, value := range given {
		p, found := properties[name]
		if !found {
			return fmt.Errorf("%s has no argument %s", at, name)
		}
		if err := s.value(at+"."+name, p, value); err != nil {
			return err
		}
	}
	return nil
}

func (s schema) value(at string, p property, given any) error {
	if text, is := given.(string); is && strings.Contains(text, "${") {
		return nil // the output of another resource
	}
	if name, is := strings.CutPrefix(p.Ref, "#/types/"); is {
		return s.ref(at, s.Types[name], given)
	}
	switch p.Type {
	case "array":
		list, is := given.([]any)
		return all(at, "a list", is, list, func(item any) error { return s.value(at+"[]", *p.Items, item) })
	case "object":
		entries, is := given.(map[string]any)
		values := make([]any, 0, len(entries))
		for _, value := range entries {
			values = append(values, value)
		}
		return all(at, "a map", is, values, func(item any) error { return s.value(at+".*", *p.AdditionalProperties, item) })
	}
	return scalar(at, p.Type, given)
}

func (s schema) ref(at string, o object, given any) error {
	if len(o.Enum) > 0 {
		if !slices.ContainsFunc(o.Enum, func(e struct{ Value any }) bool { return e.Value == given }) {
			return fmt.Errorf("%s does not take %v", at, given)
		}
		return nil
	}
	fields, is := given.(map[string]any)
	if !is {
		return fmt.Errorf("%s takes a map, not %v", at, given)
	}
	return s.object(at, o.Properties, fields)
}

func all(at, what string, is bool, values []any, check func(any) error) error {
	if !is {
		return fmt.Errorf("%s takes %s", at, what)
	}
	for _, value := range values {
		if err := check(value); err != nil {
			return err
		}
	}
	return nil
}

func scalar(at, want string, given any) error {
	got := ""
	switch given.(type) {
	case string:
		got = "string"
	case bool:
		got = "boolean"
	case int:
		got = "integer"
	case float64:
		got = "number"
	}
	if want == "" || got == want || want == "number" && got == "integer" {
		return nil
	}
	return fmt.Errorf("%s takes a %s, not %v", at, want, given)
}
