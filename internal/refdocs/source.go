package refdocs

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/printer"
	gotoken "go/token"
	"io/fs"
	"path/filepath"
	"reflect"
	"strings"
)

// goStruct is a struct type as its source has it.
type goStruct struct{ fields []goField }

// goField is a field that programs in other languages know as well.
type goField struct {
	name, typ string
	// property is its name in other languages; element the struct of package components that it holds, in whatever it is wrapped.
	property, element string
}

// field finds one by its name in other languages.
func (s goStruct) field(property string) (goField, bool) {
	for _, f := range s.fields {
		if f.property == property {
			return f, true
		}
	}
	return goField{}, false
}

func (s goStruct) named(name string) (goField, bool) {
	for _, f := range s.fields {
		if f.name == name {
			return f, true
		}
	}
	return goField{}, false
}

// structsOf reads the structs of a package by their names. Fields of embedded structs are those of the struct.
func structsOf(folder string) (map[string]goStruct, error) {
	found, embedded := map[string]goStruct{}, map[string][]string{}
	err := eachFile(folder, false, func(_ string, files *gotoken.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			if body, ok := spec.Type.(*ast.StructType); ok {
				found[spec.Name.Name], embedded[spec.Name.Name] = fieldsOf(files, body)
			}
			return false
		})
	})
	for name, others := range embedded {
		s := found[name]
		for _, other := range others {
			s.fields = append(s.fields, found[other].fields...)
		}
		found[name] = s
	}
	return found, err
}

func fieldsOf(files *gotoken.FileSet, body *ast.StructType) (s goStruct, embedded []string) {
	for _, f := range body.Fields.List {
		if len(f.Names) == 0 {
			embedded = append(embedded, elementOf(f.Type))
			continue
		}
		if f.Tag == nil {
			continue
		}
		property, _, _ := strings.Cut(reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Get("pulumi"), ",")
		var text bytes.Buffer
		if err := printer.Fprint(&text, files, f.Type); err != nil || property == "" {
			continue
		}
		for _, name := range f.Names {
			s.fields = append(s.fields, goField{name.Name, text.String(), property, elementOf(f.Type)})
		}
	}
	return s, embedded
}

// elementOf is NodePoolArgs of []*NodePoolArgs, and of map[string]components.NodePoolArgs; empty of what is not ours.
func elementOf(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return elementOf(t.X)
	case *ast.ArrayType:
		return elementOf(t.Elt)
	case *ast.MapType:
		return elementOf(t.Value)
	case *ast.UnaryExpr:
		return elementOf(t.X)
	case *ast.CompositeLit:
		return elementOf(t.Type)
	case *ast.Ident:
		return t.Name
	case *ast.SelectorExpr:
		if pkg, ok := t.X.(*ast.Ident); ok && pkg.Name == "components" {
			return t.Sel.Name
		}
	}
	return ""
}

// eachFile parses the Go files of a folder in the order of their names.
func eachFile(folder string, tests bool, visit func(path string, files *gotoken.FileSet, file *ast.File)) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "testdata" || entry.Name() == "node_modules") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") && !tests {
			return nil
		}
		files := gotoken.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		visit(path, files, file)
		return nil
	})
}
