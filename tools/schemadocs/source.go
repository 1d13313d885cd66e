package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
)

// goType is a struct type with its served fields.
type goType struct {
	name, doc string
	fields    []goField
}

// goField is a field with a pulumi tag.
type goField struct{ name, property, doc string }

// parseTypes reads the exported struct types of a package, tests left out, in the order of files and lines.
func parseTypes(dir string) ([]goType, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var types []goType
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, name), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		types = append(types, typesOf(file)...)
	}
	return types, nil
}

func typesOf(file *ast.File) []goType {
	var types []goType
	for _, decl := range file.Decls {
		general, ok := decl.(*ast.GenDecl)
		if !ok || general.Tok != token.TYPE {
			continue
		}
		for _, spec := range general.Specs {
			if t, ok := typeOf(spec.(*ast.TypeSpec), general.Doc); ok {
				types = append(types, t)
			}
		}
	}
	return types
}

func typeOf(spec *ast.TypeSpec, doc *ast.CommentGroup) (goType, bool) {
	structure, ok := spec.Type.(*ast.StructType)
	if !ok || !spec.Name.IsExported() {
		return goType{}, false
	}
	if spec.Doc != nil {
		doc = spec.Doc
	}
	t := goType{name: spec.Name.Name, doc: doc.Text()}
	for _, field := range structure.Fields.List {
		property := propertyName(field.Tag)
		if property == "" {
			continue
		}
		for _, name := range field.Names {
			t.fields = append(t.fields, goField{name: name.Name, property: property, doc: field.Doc.Text()})
		}
	}
	return t, len(t.fields) > 0
}

// propertyName is the first part of the pulumi tag, "" without one.
func propertyName(tag *ast.BasicLit) string {
	if tag == nil {
		return ""
	}
	text, err := strconv.Unquote(tag.Value)
	if err != nil {
		return ""
	}
	name, _, _ := strings.Cut(reflect.StructTag(text).Get("pulumi"), ",")
	return name
}
