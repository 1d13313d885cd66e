package audit

import (
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
)

// properties are those of a resource. azure-native writes them flat, in inputs and outputs; what Azure itself answers is made flat by
// its reader. Names have no letter case here: API versions and add-on configurations differ in it.
type properties struct{ outputs, inputs map[string]any }

func propertiesOf(r estate.Resource) properties { return properties{r.Outputs, r.Inputs} }

// at is the value at the path, in the outputs or else in the inputs; nil when it is not known or a secret that nobody opened.
func (p properties) at(path ...string) any {
	if value := at(p.outputs, path...); value != nil {
		return value
	}
	return at(p.inputs, path...)
}

func (p properties) text(path ...string) string { text, _ := p.at(path...).(string); return text }

// truth also takes the texts "true" and "True", which add-on configurations hold.
func (p properties) truth(path ...string) bool {
	switch value := p.at(path...).(type) {
	case bool:
		return value
	case string:
		return strings.EqualFold(value, "true")
	default:
		return false
	}
}

func (p properties) list(path ...string) []any { list, _ := p.at(path...).([]any); return list }

// ids are the IDs in a list of texts or of objects with an id.
func (p properties) ids(path ...string) (ids []string) {
	for _, one := range p.list(path...) {
		text := estate.Text(one)
		if text == "" {
			text, _ = at(one, "id").(string)
		}
		if text != "" {
			ids = append(ids, text)
		}
	}
	return ids
}

func at(value any, path ...string) any {
	value = estate.At(value)
	for _, name := range path {
		object, _ := value.(map[string]any)
		value = estate.At(member(object, name))
	}
	return value
}

func member(object map[string]any, name string) any {
	if value, exact := object[name]; exact {
		return value
	}
	for key, value := range object {
		if strings.EqualFold(key, name) {
			return value
		}
	}
	return nil
}
