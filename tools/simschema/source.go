package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// source is one parsed Go package of the SDK.
type source struct {
	structs  map[string]*ast.StructType
	scalars  map[string]string         // type ResourceIdentityType string -> "string"
	required map[string][]string       // resource type -> Go field names that its constructor demands
	api      map[string]string         // resource type -> API version, from the doc comment
	defaults map[string]map[string]any // type -> Go field name -> value
}

// parsePackage reads the Go files of one folder, without its sub-folders. Functions that look things up
// (getX.go, listX.go) are left out.
func parsePackage(dir string) (*source, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	s := &source{
		structs: map[string]*ast.StructType{}, scalars: map[string]string{},
		required: map[string][]string{}, api: map[string]string{}, defaults: map[string]map[string]any{},
	}
	for _, file := range files {
		if base := filepath.Base(file); strings.HasPrefix(base, "get") || strings.HasPrefix(base, "list") {
			continue
		}
		if err := s.addFile(file); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *source) addFile(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.GenDecl:
			s.addTypes(d)
		case *ast.FuncDecl:
			s.addConstructor(d, text)
			s.addDefaults(d)
		}
	}
	return nil
}

func (s *source) addTypes(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		t, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		switch u := t.Type.(type) {
		case *ast.StructType:
			s.structs[t.Name.Name] = u
		case *ast.Ident:
			s.scalars[t.Name.Name] = u.Name
		}
		if version := apiVersion(d.Doc.Text()); version != "" {
			s.api[t.Name.Name] = version
		}
	}
}

var (
	apiVersionPattern = regexp.MustCompile(`Azure REST API version:? (\d{4}-\d{2}-\d{2}(?:-preview)?)`)
	requiredPattern   = regexp.MustCompile(`invalid value for required argument '(\w+)'`)
)

func apiVersion(doc string) string {
	if m := apiVersionPattern.FindStringSubmatch(doc); m != nil {
		return m[1]
	}
	return ""
}

// packageVersion turns "v20220501preview" into "2022-05-01-preview".
func packageVersion(pkg string) string {
	digits := strings.TrimPrefix(pkg, "v")
	if len(digits) < 8 {
		return ""
	}
	version := digits[:4] + "-" + digits[4:6] + "-" + digits[6:8]
	if rest := digits[8:]; rest != "" {
		version += "-" + rest
	}
	return version
}

// addConstructor notes the arguments that NewX refuses to do without.
func (s *source) addConstructor(d *ast.FuncDecl, text []byte) {
	name, isConstructor := strings.CutPrefix(d.Name.Name, "New")
	if !isConstructor || d.Recv != nil || d.Body == nil {
		return
	}
	body := text[d.Body.Pos()-1 : min(int(d.Body.End()), len(text))]
	for _, m := range requiredPattern.FindAllSubmatch(bytes.TrimSpace(body), -1) {
		s.required[name] = append(s.required[name], string(m[1]))
	}
}

// tagName returns the name in a field's pulumi tag, "" when it has none.
func tagName(f *ast.Field) string {
	if f.Tag == nil {
		return ""
	}
	tag, err := strconv.Unquote(f.Tag.Value)
	if err != nil {
		return ""
	}
	name, _, _ := strings.Cut(reflect.StructTag(tag).Get("pulumi"), ",")
	return name
}
