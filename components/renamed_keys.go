package components

import (
	"reflect"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// renaming are the former paths that the caller names, together with all arguments of the component's kind that could have held
// them.
func renaming[Args any](former map[string][]string) plan.Renaming {
	if len(former) == 0 {
		return plan.Renaming{}
	}
	return plan.Renaming{Former: former, Arguments: argumentsOf("", reflect.TypeFor[Args]())}
}

// argumentsOf are the paths of the arguments whose values or keys can stand in the name of a resource: maps of IDs, single IDs, and
// maps of what the caller describes. What a list or such a map holds has no name of its own.
func argumentsOf(at plan.Path, args reflect.Type) (paths []plan.Path) {
	for i := range args.NumField() {
		name := propertyOf(args.Field(i))
		switch field, path := args.Field(i).Type, at.Field(name); {
		case name == "" || name == "renamedKeys" || name == "addonPrincipalIds":
		case field.Kind() == reflect.Map, field.Kind() == reflect.Interface && (strings.HasSuffix(name, "Id") || name == "issuerUrl"):
			if field != reflect.TypeFor[pulumi.MapInput]() && !strings.HasSuffix(name, "PrincipalId") {
				paths = append(paths, path)
			}
		case field.Kind() == reflect.Pointer && field.Elem().Kind() == reflect.Struct:
			paths = append(paths, argumentsOf(path, field.Elem())...)
		}
	}
	return paths
}

// formerNames are aliases for a child whose name ends in keys of the user's.
func (g *granter) formerNames(former []string) []pulumi.Alias {
	var aliases []pulumi.Alias
	for _, key := range former {
		aliases = append(append(aliases, pulumi.Alias{Name: pulumi.String(g.name + "-" + key)}), g.formerly(g.name+"-"+key)...)
	}
	return aliases
}
