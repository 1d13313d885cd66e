package azuresim

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/internal/shapes"
)

func TestEveryRowOfTheTableOfTypesIsComplete(t *testing.T) {
	rows := typeRows()
	if len(newTypeTable(rows)) != len(rows) {
		t.Error("a type has two rows")
	}
	for _, row := range rows {
		if row.put == nil {
			t.Errorf("%s: nothing answers a PUT", row.name)
		}
		for _, ref := range row.references {
			if target := newTypeTable(rows).named(ref.target); target.given {
				t.Errorf("%s: the reference %s leads to %s, which is not modelled", row.name, ref.path, ref.target)
			}
		}
		if row.given {
			if row.fill == nil && row.references == nil && row.get == nil {
				t.Errorf("%s: a type that is kept as given needs no row that says nothing", row.name)
			}
			continue
		}
		if row.names == nil || row.names.source == "" || row.names.least < 1 {
			t.Errorf("%s: no rule says what it may be called, or the rule has no source", row.name)
		}
		if _, _, api := shapes.Source(row.name); api == "" {
			t.Errorf("%s: no model of its shape", row.name)
		}
	}
}

func TestEveryTypeOfTheSimulatorHasARow(t *testing.T) {
	table := newTypeTable(typeRows())
	for name, value := range typeConstants(t) {
		if _, known := table[strings.ToLower(value)]; !known {
			t.Errorf("%s (%s) has no row in type_table.go", name, value)
		}
	}
}

// ownFiles are where a rule about one type may ask whether a resource is of that type. Everybody else reads the table of types.
var ownFiles = map[string][]string{
	"ManagedClusterType":           {"cluster.go", "cluster_access.go"},
	"SubnetType":                   {"network.go"},
	"VaultType":                    {"vaults.go"},
	"IdentityType":                 {"identities.go", "directory.go"}, // the latter for the identity blocks of resources
	"LockType":                     {"authorization.go"},
	"MaintenanceConfigurationType": {"maintenance.go"},
	"RoleAssignmentType":           {"role_assignments.go"},
	"RoleDefinitionType":           {"role_definitions.go"},
	"RuleAssociationType":          {"monitoring.go"},
}

func TestNoCodeAsksForATypeOutsideItsOwnFile(t *testing.T) {
	constants := typeConstants(t)
	for _, file := range sources(t) {
		for _, name := range typeQuestions(parseGo(t, file, nil), constants) {
			if !slices.Contains(ownFiles[name], file) {
				t.Errorf("%s asks for the type %s: say it in a column of type_table.go", file, name)
			}
		}
	}
}

func TestQuestionsForTypesAreFound(t *testing.T) {
	cases := []struct{ name, source string }{
		{"switch", "switch r.Type { case XType: }"},
		{"list of cases", "switch r.Type { case a, XType: }"},
		{"equal", "_ = r.Type == XType"},
		{"not equal", "_ = XType != r.Type"},
		{"fold", "_ = strings.EqualFold(r.Type, XType)"},
		{"lowered case", "switch lower { case strings.ToLower(XType): }"},
		{"part of a case", `switch kind { case XType + "/listKeys": }`},
		{"table", "_ = map[string]bool{XType: true}"},
		{"table of lists", "_ = map[string][]string{XType: nil}"},
		{"index", "_ = tables[XType]"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			file := parseGo(t, "sample.go", "package p\nfunc f() { "+tc.source+" }")
			if got := typeQuestions(file, map[string]string{"XType": "Microsoft.X/y"}); len(got) == 0 {
				t.Errorf("nothing is found in %s", tc.source)
			}
		})
	}
}

// typeQuestions are the constants of types that a file compares with, switches over or keeps tables by.
func typeQuestions(file *ast.File, constants map[string]string) []string {
	var found []string
	look := func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			if id, isIdent := n.(*ast.Ident); isIdent && constants[id.Name] != "" {
				found = append(found, id.Name)
			}
			return true
		})
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CaseClause:
			for _, expression := range n.List {
				look(expression)
			}
		case *ast.BinaryExpr:
			if n.Op == token.EQL || n.Op == token.NEQ {
				look(n.X)
				look(n.Y)
			}
		case *ast.CallExpr:
			if f, selects := n.Fun.(*ast.SelectorExpr); selects && f.Sel.Name == "EqualFold" {
				for _, argument := range n.Args {
					look(argument)
				}
			}
		case *ast.KeyValueExpr:
			look(n.Key)
		case *ast.IndexExpr:
			look(n.Index)
		}
		return true
	})
	return found
}

// typeConstants are the constants of the package that name a type of Azure.
func typeConstants(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range sources(t) {
		ast.Inspect(parseGo(t, name, nil), func(n ast.Node) bool {
			spec, isValue := n.(*ast.ValueSpec)
			if !isValue {
				return true
			}
			for i, value := range spec.Values {
				literal, isLiteral := value.(*ast.BasicLit)
				if isLiteral && strings.HasPrefix(literal.Value, `"Microsoft.`) && strings.HasSuffix(spec.Names[i].Name, "Type") {
					out[spec.Names[i].Name] = strings.Trim(literal.Value, `"`)
				}
			}
			return true
		})
	}
	if len(out) < 40 {
		t.Fatalf("only %d constants of types were found: %v", len(out), out)
	}
	return out
}

// sources are the Go files of the package without its tests.
func sources(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), ".go") && !strings.HasSuffix(entry.Name(), "_test.go") {
			out = append(out, entry.Name())
		}
	}
	return out
}

func parseGo(t *testing.T, name string, source any) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	return file
}
