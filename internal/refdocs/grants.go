package refdocs

import (
	"go/ast"
	gotoken "go/token"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// mentioning are the files that say which argument is which use of the grant table, by component.
var mentioning = []struct{ file, component string }{
	{"components/vnet_delegation_args.go", "VnetDelegation"}, {"components/addon_identity_grants_args.go", "AddonIdentityGrants"},
	{"components/cluster_mentions.go", "ManagedIdentityCluster"}, {"plan/cluster_mentions.go", "ManagedIdentityCluster"},
	{"components/workload_identity.go", "WorkloadIdentity"},
}

// argument names one by the struct that it is in and its name in other languages.
type argument struct{ of, property string }

// grantsOf are the rows of the grant table that an argument calls for: where the code names a use together with a path.
func (s sources) grantsOf(root string) (map[argument][]plan.UseInfo, error) {
	uses, err := usesOf(filepath.Join(root, "plan"))
	if err != nil {
		return nil, err
	}
	found := map[argument][]plan.UseInfo{}
	for _, m := range mentioning {
		err := eachFile(filepath.Join(root, filepath.FromSlash(m.file)), false, func(_ string, _ *gotoken.FileSet, file *ast.File) {
			ast.Inspect(file, func(n ast.Node) bool {
				use, path := mention(n, uses)
				at, ok := s.resolve(m.component+"Args", path)
				if info, err := plan.Lookup(use); err == nil && ok {
					found[at] = append(found[at], info)
				}
				return true
			})
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// usesOf are the uses by the names of their constants.
func usesOf(folder string) (map[string]plan.Use, error) {
	found := map[string]plan.Use{}
	err := eachFile(folder, false, func(_ string, _ *gotoken.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			if typ, ok := spec.Type.(*ast.Ident); ok && typ.Name == "Use" {
				found[spec.Names[0].Name] = plan.Use(textOf(spec.Values[0]))
			}
			return true
		})
	})
	return found, err
}

// mention is the use and the path in the arguments of a call or the elements of a literal, which both begin with them.
func mention(n ast.Node, uses map[string]plan.Use) (use plan.Use, path string) {
	var parts []ast.Expr
	switch n := n.(type) {
	case *ast.CallExpr:
		parts = n.Args
	case *ast.CompositeLit:
		parts = n.Elts
	}
	for _, part := range parts {
		if pair, ok := part.(*ast.KeyValueExpr); ok {
			part = pair.Value
		}
		if selector, ok := part.(*ast.SelectorExpr); ok {
			part = selector.Sel
		}
		if name, ok := part.(*ast.Ident); ok && use == "" {
			use = uses[name.Name]
		}
		if text := textOf(part); text != "" && path == "" {
			path = text
		}
	}
	return use, path
}

func textOf(e ast.Expr) string {
	literal, ok := e.(*ast.BasicLit)
	if !ok || literal.Kind != gotoken.STRING {
		return ""
	}
	text, _ := strconv.Unquote(literal.Value) // the parser has accepted it
	return text
}

// resolve finds the struct in which the last name of a path is a field.
func (s sources) resolve(of, path string) (argument, bool) {
	first, rest, deeper := strings.Cut(path, ".")
	field, ok := s.types[of].field(first)
	if !ok || !deeper {
		return argument{of, first}, ok
	}
	return s.resolve(field.element, rest)
}
