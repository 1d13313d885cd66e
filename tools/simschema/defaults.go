package main

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
)

// The SDK sets the defaults of a type in two places: method Defaults of an object, and the constructor of a resource.
//
//	if tmp.DnsServiceIP == nil { dnsServiceIP_ := "10.0.0.10"; ... }
//	if args.PrincipalType == nil { args.PrincipalType = pulumi.StringPtr("User") }

// addDefaults notes the defaults that a function sets, by the type that it is about.
func (s *source) addDefaults(d *ast.FuncDecl) {
	about := strings.TrimPrefix(d.Name.Name, "New")
	if d.Recv != nil {
		about = elementName(d.Recv.List[0].Type)
	}
	if d.Body == nil || d.Recv != nil && d.Name.Name != "Defaults" || strings.HasSuffix(about, "Args") {
		return
	}
	for _, statement := range d.Body.List {
		branch, isIf := statement.(*ast.IfStmt)
		if !isIf || len(branch.Body.List) == 0 {
			continue
		}
		field, missing := nilField(branch.Cond)
		value, known := assigned(branch.Body.List[0])
		if !missing || !known {
			continue
		}
		if s.defaults[about] == nil {
			s.defaults[about] = map[string]any{}
		}
		s.defaults[about][field] = value
	}
}

// nilField reads x.Field == nil.
func nilField(cond ast.Expr) (string, bool) {
	comparison, ok := cond.(*ast.BinaryExpr)
	if !ok || comparison.Op != token.EQL {
		return "", false
	}
	field, ok := comparison.X.(*ast.SelectorExpr)
	if !ok {
		return "", false
	}
	return field.Sel.Name, true
}

// assigned reads the value of x := 1 and of x = pulumi.IntPtr(1).
func assigned(statement ast.Stmt) (any, bool) {
	assignment, ok := statement.(*ast.AssignStmt)
	if !ok || len(assignment.Rhs) != 1 {
		return nil, false
	}
	if call, isCall := assignment.Rhs[0].(*ast.CallExpr); isCall && len(call.Args) == 1 {
		return literal(call.Args[0])
	}
	return literal(assignment.Rhs[0])
}

func literal(e ast.Expr) (any, bool) {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == "true", e.Name == "true" || e.Name == "false"
	case *ast.UnaryExpr:
		value, ok := literal(e.X)
		number, isNumber := value.(float64)
		return -number, ok && isNumber && e.Op == token.SUB
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			text, err := strconv.Unquote(e.Value)
			return text, err == nil
		}
		number, err := strconv.ParseFloat(e.Value, 64)
		return number, err == nil
	default:
		return nil, false
	}
}

// defaultsOf names the defaults of a type as its properties are named.
func (s *source) defaultsOf(name string, fields *ast.StructType) map[string]any {
	var out map[string]any
	for _, f := range fields.Fields.List {
		value, has := s.defaults[name][f.Names[0].Name]
		if property := tagName(f); has && property != "" {
			if out == nil {
				out = map[string]any{}
			}
			out[property] = value
		}
	}
	return out
}
