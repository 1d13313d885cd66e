package refdocs

import (
	"go/ast"
	gotoken "go/token"
	"os"
	"path/filepath"
	"strings"
)

// fieldName names a field of a struct of package components.
type fieldName struct{ of, field string }

// example is some lines of a program, with the file that they are from.
type example struct{ code, file string }

// longest is how many lines an example has at most: a longer one shows more than its argument.
const longest = 12

// places are folders and files with programs, the ones for readers first: an argument that no example program gives is quoted from a test
// that deploys it.
var places = []string{"examples", "components/reference_examples_test.go", "components", "tests/components", "tests"}

// examplesOf finds the shortest example of each field in the first place that has one.
func examplesOf(root string, types map[string]goStruct) (map[fieldName]example, error) {
	found := map[fieldName]example{}
	for _, place := range places {
		here := map[fieldName]example{}
		err := eachFile(filepath.Join(root, filepath.FromSlash(place)), true, func(path string, files *gotoken.FileSet, file *ast.File) {
			name, _ := filepath.Rel(root, path)
			q := quoter{types: types, files: files, path: path, file: filepath.ToSlash(name), found: here}
			ast.Inspect(file, func(n ast.Node) bool { return q.visit(n, "") })
		})
		if err != nil {
			return nil, err
		}
		for field, quoted := range here {
			if _, known := found[field]; !known {
				found[field] = quoted
			}
		}
	}
	return found, nil
}

// quoter looks for literals of our structs in one file.
type quoter struct {
	types      map[string]goStruct
	files      *gotoken.FileSet
	path, file string
	found      map[fieldName]example
}

// visit looks at a literal. A literal without a type in a list or map has that of the list or map.
func (q quoter) visit(n ast.Node, inherited string) bool {
	literal, ok := n.(*ast.CompositeLit)
	if !ok {
		return true
	}
	of := inherited
	if literal.Type != nil {
		of = elementOf(literal.Type)
	}
	_, isList := literal.Type.(*ast.ArrayType)
	_, isMap := literal.Type.(*ast.MapType)
	for _, element := range literal.Elts {
		pair, keyed := element.(*ast.KeyValueExpr)
		switch {
		case isList || isMap:
			if keyed {
				element = pair.Value
			}
			ast.Inspect(element, func(n ast.Node) bool { return q.visit(n, of) })
		case keyed:
			q.field(of, pair)
			ast.Inspect(pair.Value, func(n ast.Node) bool { return q.visit(n, "") })
		default:
			ast.Inspect(element, func(n ast.Node) bool { return q.visit(n, "") })
		}
	}
	return false
}

// field keeps an example when it is shorter than the one before.
func (q quoter) field(of string, pair *ast.KeyValueExpr) {
	key, ok := pair.Key.(*ast.Ident)
	if !ok {
		return
	}
	if _, ours := q.types[of].named(key.Name); !ours {
		return
	}
	code := q.quote(pair)
	if strings.Count(code, "\n") >= longest || strings.Contains(code, `"x"`) { // a test's placeholder tells nothing
		return
	}
	name := fieldName{of, key.Name}
	if was, known := q.found[name]; !known || len(code) < len(was.code) {
		q.found[name] = example{code, q.file}
	}
}

// quote is the source of the node, with the indentation of its last line taken from all.
func (q quoter) quote(n ast.Node) string {
	text, err := os.ReadFile(q.path)
	if err != nil {
		return "" // it was read a moment ago
	}
	lines := strings.Split(string(text[q.files.Position(n.Pos()).Offset:q.files.Position(n.End()).Offset]), "\n")
	last := lines[len(lines)-1]
	indent := last[:len(last)-len(strings.TrimLeft(last, "\t"))]
	for at := range lines {
		lines[at] = strings.TrimPrefix(lines[at], indent)
	}
	// gofmt lines values up with those of the lines around, which are not quoted.
	if key, value, found := strings.Cut(lines[0], ":"); found {
		lines[0] = key + ": " + strings.TrimLeft(value, " ")
	}
	return strings.Join(lines, "\n")
}
