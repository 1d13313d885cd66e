package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/tools/internal/sources"
)

// armModule is a module of Azure's own SDK for Go. The SDK of Pulumi has its own spelling of some names and does not tell
// ARM's; Azure's SDK does, in the methods that write its models as JSON.
type armModule struct {
	path    string // below sources.AzureSDK: "containerservice/armcontainerservice/v6"
	version string
}

// armNames is how ARM spells the fields of its models: model -> Go field in lower case -> name on the wire.
type armNames map[string]map[string]string

// readArmNames reads the models of the modules.
func readArmNames(modules []armModule) (armNames, error) {
	names := armNames{}
	return names, eachArmFolder(modules, names.addFolder)
}

// eachArmFolder downloads the modules and reads the folder of each.
func eachArmFolder(modules []armModule, read func(dir string) error) error {
	for _, m := range modules {
		module, err := sources.Download(sources.AzureSDK+m.path, m.version)
		if err != nil {
			return err
		}
		if err := read(module.Dir); err != nil {
			return err
		}
	}
	return nil
}

// addFolder reads the files in which the SDK keeps its JSON methods.
func (n armNames) addFolder(dir string) error {
	return sources.EachFile(dir, "*_serde.go", func(file string, text []byte) error {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, text, parser.SkipObjectResolution)
		if err == nil {
			n.addFile(parsed)
		}
		return err
	})
}

func (n armNames) addFile(file *ast.File) {
	for _, decl := range file.Decls {
		method, isFunc := decl.(*ast.FuncDecl)
		if !isFunc || method.Recv == nil || method.Name.Name != "MarshalJSON" {
			continue
		}
		model := elementName(method.Recv.List[0].Type)
		if n[model] == nil {
			n[model] = map[string]string{}
		}
		ast.Inspect(method, func(node ast.Node) bool {
			if call, isCall := node.(*ast.CallExpr); isCall {
				if field, name, ok := populated(call); ok {
					n[model][strings.ToLower(field)] = name
				}
			}
			return true
		})
	}
}

// populated reads one line of a JSON method: populate(objectMap, "scan-interval", m.ScanInterval).
func populated(call *ast.CallExpr) (field, name string, ok bool) {
	if !strings.HasPrefix(functionName(call.Fun), "populate") || len(call.Args) < 3 {
		return "", "", false
	}
	literal, isLiteral := call.Args[1].(*ast.BasicLit)
	selector, isField := call.Args[2].(*ast.SelectorExpr)
	if !isLiteral || !isField {
		return "", "", false
	}
	name, err := strconv.Unquote(literal.Value)
	return selector.Sel.Name, name, err == nil
}

// functionName is "populate" for populate(...) and for populateTime[T](...).
func functionName(fun ast.Expr) string {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.IndexExpr:
		return functionName(f.X)
	default:
		return ""
	}
}

// differing lists what ARM calls differently in a type of the SDK: property of the SDK -> name of ARM. models are the
// names that Azure's SDK may have for the type.
func (n armNames) differing(t *ast.StructType, models ...string) map[string]string {
	var out map[string]string
	for _, f := range t.Fields.List {
		property := tagName(f)
		for _, model := range models {
			name := n[model][strings.ToLower(f.Names[0].Name)]
			if property == "" || name == "" || name == property {
				continue
			}
			if out == nil {
				out = map[string]string{}
			}
			out[property] = name
		}
	}
	return out
}
