package shapes

import (
	"encoding/json"
	"slices"
	"testing"
)

// TestShapesOfOtherVersionsAreOfOtherVersions keeps the table of exceptions short: a new SDK may bring what a row is there for.
func TestShapesOfOtherVersionsAreOfOtherVersions(t *testing.T) {
	var generated document
	if err := json.Unmarshal(shapesJSON, &generated); err != nil {
		t.Fatal(err)
	}
	for _, o := range otherVersions {
		p := generated.Packages[o.pkg]
		switch {
		case o.reason == "":
			t.Errorf("%+v gives no reason", o)
		case p == nil || o.model != "" && p.Models[o.model] == nil || o.enum != "" && p.Enums[o.enum] == nil:
			t.Errorf("%+v is about a model or an enum that the table does not have", o)
		case o.model != "" && p.Models[o.model][o.property] != "" || slices.Contains(p.Enums[o.enum], o.value) && o.value != "":
			t.Errorf("%+v is in the table anyway: take the row out", o)
		}
	}
}

func TestShapesReferToWhatIsThere(t *testing.T) {
	for name, p := range table().Packages {
		if p.Module == "" || p.Version == "" || p.Released == "" {
			t.Errorf("%s does not tell its source", name)
		}
		for model, properties := range p.Models {
			for property, expr := range properties {
				e := expr.bare()
				for e.is("[]") || e.is("map[") {
					e = e.element().bare()
				}
				known := slices.Contains([]string{"string", "boolean", "integer", "number", "any"}, string(e)) ||
					e.is("#") && p.Models[string(e[1:])] != nil || e.is("=") && len(p.Enums[string(e[1:])]) > 0
				if !known {
					t.Errorf("%s.%s.%s is of the unknown type %q", name, model, property, expr)
				}
			}
		}
	}
}
