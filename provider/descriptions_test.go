package provider_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// texts are all descriptions of the schema, by what they describe.
func texts(spec schema.PackageSpec) map[string]string {
	all := map[string]string{}
	for _, property := range propertiesOf(spec) {
		all[property.where] = property.spec.Description
	}
	for token, component := range spec.Resources {
		all[token] = component.Description
	}
	for token, object := range spec.Types {
		all[token] = object.Description
		for _, value := range object.Enum {
			all[token+"."+value.Name] = value.Description
		}
	}
	return all
}

// goWords are what only a reader of Go understands.
var goWords = regexp.MustCompile(`pulumi\.[A-Z]|components\.[A-Z]|plan\.[A-Z]|\*(bool|int|string)\b|\b[A-Z]\w*Args\b|\bnil\b|\b[A-Z][a-z]\w*\.[A-Z]\w+`)

// TestDescriptionsReadRightInEveryLanguage: no Go in them, outside of the example in Go, and no opening with the name that stands
// beside them anyway.
func TestDescriptionsReadRightInEveryLanguage(t *testing.T) {
	for where, text := range texts(specOf(t)) {
		text, _, _ = strings.Cut(text, "{{% examples %}}")
		if word := goWords.FindString(text); word != "" {
			t.Errorf("%s speaks Go, %q: %s", where, word, text)
		}
		name := strings.TrimSuffix(where[strings.LastIndexAny(where, ".:")+1:], "Args")
		first, _, _ := strings.Cut(text, " ")
		opensWithName := strings.EqualFold(strings.Trim(first, "`"), name) && (first != strings.ToUpper(first[:1])+strings.ToLower(first[1:]) && first != strings.ToUpper(first))
		if opensWithName || strings.HasPrefix(text, "`") {
			t.Errorf("%s opens with its own name: %s", where, text)
		}
		if second := strings.TrimPrefix(text, first+" "); strings.EqualFold(first, name) && (strings.HasPrefix(second, "is ") || strings.HasPrefix(second, "are ")) {
			t.Errorf("%s opens with its own name: %s", where, text)
		}
	}
}

// TestDescriptionsNameArgumentsThatExist: what stands in code quotes is a property of the schema, a path of them, or a placeholder.
func TestDescriptionsNameArgumentsThatExist(t *testing.T) {
	spec := specOf(t)
	known, quotes := map[string]bool{}, 0
	for _, property := range propertiesOf(spec) {
		known[property.where[strings.LastIndex(property.where, ".")+1:]] = true
	}
	for token := range spec.Resources {
		known[token[strings.LastIndex(token, ":")+1:]] = true
	}
	for where, text := range texts(spec) {
		text, _, _ = strings.Cut(text, "{{% examples %}}")
		for _, quote := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(text, -1) {
			if strings.Contains(quote[1], "<") {
				continue
			}
			quotes++
			for step := range strings.SplitSeq(quote[1], ".") {
				if !known[step] {
					t.Errorf("%s speaks of %s, and there is no %s", where, quote[1], step)
				}
			}
		}
	}
	if quotes < 50 {
		t.Errorf("only %d names of arguments were found", quotes)
	}
}

// TestRetiredArgumentsAreDeprecated: an editor shows the date and what to use.
func TestRetiredArgumentsAreDeprecated(t *testing.T) {
	spec := specOf(t)
	want := map[string]string{}
	for path, retirement := range plan.RetiredArguments() {
		want[string(path)] = retirement.Message()
	}
	got := map[string]string{}
	for _, at := range placesIn(spec, spec.Resources[components.ManagedIdentityClusterToken].InputProperties, nil) {
		if property, is := propertyAt(spec, components.ManagedIdentityClusterToken, at); is && property.DeprecationMessage != "" {
			got[at.String()] = property.DeprecationMessage
		}
	}
	if len(want) == 0 || len(got) != len(want) {
		t.Errorf("%d arguments are deprecated, %d are retired: %v", len(got), len(want), got)
	}
	for path, message := range want {
		if got[path] != message {
			t.Errorf("%s: got %q, want %q", path, got[path], message)
		}
	}
	retired := map[string][]any{"OSSKU": {"CBLMariner", "Windows2019", "Windows2022"}, "NetworkPlugin": {"kubenet"}, "NetworkPolicy": {"azure"}}
	for name, object := range spec.Types {
		for _, value := range object.Enum {
			set := strings.TrimPrefix(name, "aksidentity:index:")
			if deprecated := value.DeprecationMessage != ""; deprecated != slices.Contains(retired[set], value.Value) {
				t.Errorf("%s %v is deprecated: %q", set, value.Value, value.DeprecationMessage)
			}
		}
	}
}

// propertyAt is the property at a place; false for an element of a list or map.
func propertyAt(spec schema.PackageSpec, token string, at place) (schema.PropertySpec, bool) {
	properties, property := spec.Resources[token].InputProperties, schema.PropertySpec{}
	for i, step := range at {
		t := property.TypeSpec
		switch step {
		case "[]":
			property.TypeSpec = *t.Items
		case "{}":
			property.TypeSpec = *t.AdditionalProperties
		default:
			property = properties[step]
		}
		properties = spec.Types[strings.TrimPrefix(property.Ref, "#/types/")].Properties
		if i == len(at)-1 && (step == "[]" || step == "{}") {
			return property, false
		}
	}
	return property, true
}
