package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

var versionPattern = regexp.MustCompile(`Set\("api-version", "([^"]+)"\)`)

// apiVersion is the version that a client asks for.
func apiVersion(dir, client string) (string, error) {
	text, err := os.ReadFile(filepath.Join(dir, client+"_client.go"))
	if err != nil {
		return "", err
	}
	m := versionPattern.FindSubmatch(text)
	if m == nil {
		return "", fmt.Errorf("%s_client.go names no API version", client)
	}
	return string(m[1]), nil
}

// patchModel is the model of a client's PATCH, "" for a client without one.
func (s *source) patchModel(dir, client string) (string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, client+"_client.go"), nil, parser.SkipObjectResolution)
	if err != nil {
		return "", err
	}
	for _, decl := range file.Decls {
		f, isFunc := decl.(*ast.FuncDecl)
		if !isFunc || !strings.HasSuffix(f.Name.Name, "CreateRequest") || !patches(f) {
			continue
		}
		if name := s.bodyOf(f); name != "" {
			return name, nil
		}
		return "", fmt.Errorf("%s of %s_client.go has no body that this generator knows", f.Name.Name, client)
	}
	return "", nil
}

// bodyOf is the model of the body that a method sends: the type of the last parameter before the options, or of a field of them.
//
//	updateCreateRequest(ctx context.Context, name string, disk DiskUpdate, _ *DisksClientBeginUpdateOptions)
//	updateCreateRequest(ctx context.Context, name string, options *DataCollectionRulesClientUpdateOptions) // has Body *ResourceForUpdate
func (s *source) bodyOf(f *ast.FuncDecl) string {
	parameters := f.Type.Params.List
	if body, named := parameters[max(len(parameters)-2, 0)].Type.(*ast.Ident); named && s.structs[body.Name] != nil {
		return body.Name
	}
	options := s.structs[pointee(parameters[len(parameters)-1].Type)]
	if options == nil {
		return ""
	}
	for _, field := range options.Fields.List {
		if name := pointee(field.Type); s.structs[name] != nil {
			return name
		}
	}
	return ""
}

// pointee is the name of the type that a pointer points to.
func pointee(t ast.Expr) string {
	if pointer, isPointer := t.(*ast.StarExpr); isPointer {
		if named, isNamed := pointer.X.(*ast.Ident); isNamed {
			return named.Name
		}
	}
	return ""
}

// patches tells whether a method makes a PATCH.
func patches(f *ast.FuncDecl) bool {
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		method, isSelector := n.(*ast.SelectorExpr)
		found = found || isSelector && method.Sel.Name == "MethodPatch"
		return true
	})
	return found
}

// source is one parsed package of the SDK.
type source struct {
	structs    map[string]*ast.StructType
	scalars    map[string]string            // type LoadBalancerSKU string -> "string"
	interfaces map[string]bool              // of models with a discriminator
	values     map[string][]string          // enum -> its values
	names      map[string]map[string]string // model -> Go field -> name on the wire, "*" for all other names
}

// parseFolder reads models, options, enums and the methods that read models from JSON.
func parseFolder(dir string) (*source, error) {
	s := &source{structs: map[string]*ast.StructType{}, scalars: map[string]string{}, interfaces: map[string]bool{},
		values: map[string][]string{}, names: map[string]map[string]string{}}
	for _, base := range []string{"models.go", "models_serde.go", "constants.go", "interfaces.go", "options.go"} {
		text, err := os.ReadFile(filepath.Join(dir, base))
		if os.IsNotExist(err) && (base == "interfaces.go" || base == "options.go") {
			continue
		}
		if err != nil {
			return nil, err
		}
		if err := s.add(base, text); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *source) add(name string, text []byte) error {
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				s.addSpec(spec)
			}
		case *ast.FuncDecl:
			s.addReader(d)
		}
	}
	return nil
}

func (s *source) addSpec(spec ast.Spec) {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		switch t := spec.Type.(type) {
		case *ast.StructType:
			s.structs[spec.Name.Name] = t
		case *ast.InterfaceType:
			s.interfaces[spec.Name.Name] = true
		case *ast.Ident:
			s.scalars[spec.Name.Name] = t.Name
		}
	case *ast.ValueSpec: // LoadBalancerSKUBasic LoadBalancerSKU = "basic"
		enum, typed := spec.Type.(*ast.Ident)
		if !typed || len(spec.Values) != 1 {
			return
		}
		if literal, ok := spec.Values[0].(*ast.BasicLit); ok && literal.Kind == token.STRING {
			value, _ := strconv.Unquote(literal.Value)
			s.values[enum.Name] = append(s.values[enum.Name], value)
		}
	}
}

// addReader reads an UnmarshalJSON: case "scanInterval": err = unpopulate(val, "ScanInterval", &m.ScanInterval).
func (s *source) addReader(f *ast.FuncDecl) {
	if f.Name.Name != "UnmarshalJSON" || f.Recv == nil {
		return
	}
	pointer, ok := f.Recv.List[0].Type.(*ast.StarExpr)
	if !ok {
		return
	}
	names := map[string]string{}
	s.names[pointer.X.(*ast.Ident).Name] = names
	receiver := f.Recv.List[0].Names[0].Name
	ast.Inspect(f.Body, func(n ast.Node) bool {
		clause, ok := n.(*ast.CaseClause)
		if !ok {
			return true
		}
		wire := "*" // the default clause fills a map with what has no name
		if len(clause.List) == 1 {
			literal, ok := clause.List[0].(*ast.BasicLit)
			if !ok {
				return true
			}
			wire, _ = strconv.Unquote(literal.Value)
		}
		if field := firstField(clause, receiver); field != "" {
			names[field] = wire
		}
		return true
	})
}

// firstField is the first field of the receiver that a clause mentions.
func firstField(clause *ast.CaseClause, receiver string) string {
	field := ""
	ast.Inspect(clause, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok || field != "" {
			return true
		}
		if x, ok := selector.X.(*ast.Ident); ok && x.Name == receiver {
			field = selector.Sel.Name
		}
		return true
	})
	return field
}
