package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
)

// set is a closed set as it stands in the source.
type set struct {
	name, doc string
	constants []constant
}

type constant struct{ name, value, doc string }

// parse reads the sets in the order of the source.
func parse(source []byte) ([]set, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var sets []set
	index := map[string]int{}
	for _, decl := range file.Decls {
		general, ok := decl.(*ast.GenDecl)
		if !ok {
			return nil, fmt.Errorf("it holds something else than types and constants")
		}
		for _, spec := range general.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				index[s.Name.Name] = len(sets)
				sets = append(sets, set{name: s.Name.Name, doc: oneLine(general.Doc)})
			case *ast.ValueSpec:
				of, c, err := constantOf(s)
				if err != nil {
					return nil, err
				}
				i, known := index[of]
				if !known {
					return nil, fmt.Errorf("%s: its type %s stands nowhere above", c.name, of)
				}
				sets[i].constants = append(sets[i].constants, c)
			}
		}
	}
	return sets, check(sets)
}

// constantOf reads a line: Name Type = "value" // comment.
func constantOf(spec *ast.ValueSpec) (of string, c constant, err error) {
	c = constant{name: spec.Names[0].Name, doc: oneLine(spec.Comment)}
	typeName, hasType := spec.Type.(*ast.Ident)
	if len(spec.Names) != 1 || len(spec.Values) != 1 || !hasType {
		return "", c, fmt.Errorf("%s: it is not of the form Name Type = \"value\" // comment", c.name)
	}
	literal, isLiteral := spec.Values[0].(*ast.BasicLit)
	if !isLiteral || literal.Kind != token.STRING {
		return "", c, fmt.Errorf("%s: its value is no literal text", c.name)
	}
	c.value, err = strconv.Unquote(literal.Value)
	return typeName.Name, c, err
}

func check(sets []set) error {
	for _, s := range sets {
		if s.doc == "" {
			return fmt.Errorf("%s has no comment", s.name)
		}
		if len(s.constants) == 0 {
			return fmt.Errorf("%s has no values", s.name)
		}
		seen := map[string]bool{}
		for _, c := range s.constants {
			switch lower := strings.ToLower(c.value); {
			case c.doc == "":
				return fmt.Errorf("%s has no comment beside it", c.name)
			case seen[lower]:
				return fmt.Errorf("%s: the set has %q already", c.name, c.value)
			default:
				seen[lower] = true
			}
		}
	}
	return nil
}

func oneLine(comment *ast.CommentGroup) string {
	return strings.Join(strings.Fields(comment.Text()), " ")
}
