package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// rewriting puts the changes to one file into its text.
type rewriting struct {
	fset   *token.FileSet
	source []byte
	info   *types.Info
	sites  []site
	counts map[string]int
}

// site is a place that is written anew.
type site struct {
	from, to int
	write    func() string
}

// rewrite returns the file with each change behind its number. It says which function and text each change is about, and which
// cannot be tried.
func rewrite(fset *token.FileSet, file *ast.File, source []byte, info *types.Info, mutants []*mutant) (string, error) {
	r := &rewriting{fset: fset, source: source, info: info, counts: map[string]int{}}
	at := map[[2]int][]*mutant{}
	for _, m := range mutants {
		at[[2]int{m.line, m.column}] = append(at[[2]int{m.line, m.column}], m)
	}
	var above []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return true
		}
		if pos, has := operator(n); has {
			p := fset.Position(pos)
			place := [2]int{p.Line, p.Column}
			if here := at[place]; len(here) > 0 {
				r.name(n, above, here)
				r.place(n, above, here)
				delete(at, place)
			}
		}
		above = append(above, n)
		return true
	})
	for place := range at {
		return "", fmt.Errorf("%s:%d:%d: gremlins changes something that is no operator", mutants[0].file, place[0], place[1])
	}
	return r.text(0, len(source)), nil
}

// operator is the place by which gremlins names a change.
func operator(n ast.Node) (token.Pos, bool) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		return n.OpPos, true
	case *ast.UnaryExpr:
		return n.OpPos, true
	case *ast.AssignStmt:
		return n.TokPos, true
	case *ast.IncDecStmt:
		return n.TokPos, true
	case *ast.BranchStmt:
		return n.TokPos, true
	}
	return token.NoPos, false
}

// name says where the changes are, for people and for the list of survivors.
func (r *rewriting) name(n ast.Node, above []ast.Node, here []*mutant) {
	where := "-"
	for _, node := range above {
		if f, ok := node.(*ast.FuncDecl); ok {
			where = f.Name.Name
			if f.Recv != nil {
				where = strings.TrimPrefix(types.ExprString(f.Recv.List[0].Type), "*") + "." + where
			}
		}
	}
	words := strings.Join(strings.Fields(string(r.source[r.offset(n.Pos()):r.offset(n.End())])), " ")
	if len(words) > 100 {
		words = words[:100] + "..."
	}
	for _, m := range here {
		m.where, m.text = where, words
		r.counts[m.key()]++
		m.nth = r.counts[m.key()]
	}
}

func (r *rewriting) offset(p token.Pos) int { return r.fset.Position(p).Offset }

// place adds a site for the changes at a node, or says why there is none.
func (r *rewriting) place(n ast.Node, above []ast.Node, here []*mutant) {
	var write func() string
	reason := impossib
	switch n := n.(type) {
	case *ast.BinaryExpr:
		write = r.binary(n, here)
		if value := r.info.Types[n].Value; value != nil && value.Kind() != constant.String {
			write, reason = nil, fixed
		}
	case *ast.UnaryExpr:
		if n.Op == token.SUB {
			write = r.negative(n, here)
		}
	case *ast.AssignStmt:
		write = r.assignment(n, above, here)
	case *ast.IncDecStmt:
		write = r.step(n, here)
	case *ast.BranchStmt:
		write = r.branch(n, here)
	}
	if inConstant(above) {
		write, reason = nil, fixed
	}
	if write == nil {
		for _, m := range here {
			m.outcome = reason
		}
		return
	}
	r.sites = append(r.sites, site{r.offset(n.Pos()), r.offset(n.End()), write})
}

// inConstant tells whether a node is part of a constant or of a type.
func inConstant(above []ast.Node) bool {
	return slices.ContainsFunc(above, func(n ast.Node) bool {
		d, declares := n.(*ast.GenDecl)
		_, isType := n.(*ast.ArrayType)
		return isType || declares && d.Tok == token.CONST
	})
}

// text is the source of a range, with the sites in it written anew.
func (r *rewriting) text(from, to int) string {
	var b strings.Builder
	for {
		next, found := r.next(from, to)
		if !found {
			b.Write(r.source[from:to])
			return b.String()
		}
		b.Write(r.source[from:next.from])
		b.WriteString(next.write())
		from = next.to
	}
}

// next is the first of the outermost sites in a range.
func (r *rewriting) next(from, to int) (site, bool) {
	var inside []site
	for _, s := range r.sites {
		if s.from >= from && s.to <= to {
			inside = append(inside, s)
		}
	}
	if len(inside) == 0 {
		return site{}, false
	}
	return slices.MinFunc(inside, func(a, b site) int { return cmp.Or(a.from-b.from, b.to-a.to) }), true
}

func (r *rewriting) of(n ast.Node) string { return r.text(r.offset(n.Pos()), r.offset(n.End())) }

// kind finds the change of a kind; without one the number 0 stands, which is never switched on.
func kind(here []*mutant, name string) int {
	for _, m := range here {
		if m.kind == name {
			return m.id
		}
	}
	return 0
}

var compared = map[token.Token]string{token.LSS: "Less", token.LEQ: "AtMost", token.GTR: "More", token.GEQ: "AtLeast"}

var calculated = map[token.Token]string{token.ADD: "Add", token.SUB: "Subtract", token.MUL: "Multiply", token.QUO: "Divide", token.REM: "Remainder",
	token.AND: "And", token.OR: "Or", token.SHL: "ShiftLeft", token.SHR: "ShiftRight"}

// binary is nil for what does not compile: strings have + and no -.
func (r *rewriting) binary(n *ast.BinaryExpr, here []*mutant) func() string {
	left, right := func() string { return r.of(n.X) }, func() string { return r.of(n.Y) }
	switch n.Op {
	case token.EQL, token.NEQ:
		id := kind(here, "CONDITIONALS_NEGATION")
		return func() string { return fmt.Sprintf("(((%s) %s (%s)) != mutant.On(%d))", left(), n.Op, right(), id) }
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		moved, turned := kind(here, "CONDITIONALS_BOUNDARY"), kind(here, "CONDITIONALS_NEGATION")
		return func() string {
			return fmt.Sprintf("(mutant.%s(%d, %s, %s) != mutant.On(%d))", compared[n.Op], moved, left(), right(), turned)
		}
	case token.LAND, token.LOR:
		// a || b is !(!a && !b).
		id := kind(here, "INVERT_LOGICAL")
		return func() string {
			on := fmt.Sprintf("mutant.On(%d)", id)
			return fmt.Sprintf("((((%s) != %s) %s ((%s) != %s)) != %s)", left(), on, n.Op, right(), on, on)
		}
	}
	call := calculated[n.Op]
	if basic, ok := r.info.TypeOf(n).Underlying().(*types.Basic); !ok || basic.Info()&types.IsNumeric == 0 || call == "" {
		return nil
	}
	id := one(here)
	return func() string { return fmt.Sprintf("mutant.%s(%d, %s, %s)", call, id, left(), right()) }
}

// one numbers equal changes once: gremlins turns a - b into a + b twice, by two of its mutators.
func one(here []*mutant) int {
	for _, m := range here[1:] {
		m.outcome = impossib
	}
	return here[0].id
}

// negative is -x, with its type written out, for -1 alone has none.
func (r *rewriting) negative(n *ast.UnaryExpr, here []*mutant) func() string {
	id := one(here)
	named := types.TypeString(types.Default(r.info.TypeOf(n)), func(p *types.Package) string { return p.Name() })
	return func() string { return fmt.Sprintf("mutant.Negative[%s](%d, %s)", named, id, r.of(n.X)) }
}

// assignment is x += y, as a statement of its own.
func (r *rewriting) assignment(n *ast.AssignStmt, above []ast.Node, here []*mutant) func() string {
	switch above[len(above)-1].(type) {
	case *ast.BlockStmt, *ast.CaseClause:
	default:
		return nil
	}
	basic, _ := r.info.TypeOf(n.Lhs[0]).Underlying().(*types.Basic)
	number := basic != nil && basic.Info()&types.IsNumeric != 0
	type change struct {
		id int
		by string
	}
	var changes []change
	for _, m := range here {
		switch {
		case m.kind == "REMOVE_SELF_ASSIGNMENTS":
			changes = append(changes, change{m.id, "="})
		case number && n.Tok == token.ADD_ASSIGN && m.kind == "INVERT_ASSIGNMENTS":
			changes = append(changes, change{m.id, "-="})
		case number && n.Tok == token.SUB_ASSIGN && m.kind == "INVERT_ASSIGNMENTS":
			changes = append(changes, change{m.id, "+="})
		default:
			m.outcome = impossib
		}
	}
	return func() string {
		left, right := r.of(n.Lhs[0]), r.of(n.Rhs[0])
		var b strings.Builder
		for _, c := range changes {
			fmt.Fprintf(&b, "if mutant.On(%d) { %s %s %s } else ", c.id, left, c.by, right)
		}
		fmt.Fprintf(&b, "{ %s %s %s }", left, n.Tok, right)
		return b.String()
	}
}

// step is x++ or x--.
func (r *rewriting) step(n *ast.IncDecStmt, here []*mutant) func() string {
	by, changed := 1, -1
	if n.Tok == token.DEC {
		by, changed = -1, 1
	}
	named := types.TypeString(r.info.TypeOf(n.X), func(p *types.Package) string { return p.Name() })
	return func() string {
		return fmt.Sprintf("%s += mutant.Pick[%s](%d, %d, %d)", r.of(n.X), named, here[0].id, by, changed)
	}
}

// branch is break or continue. A break of a switch or select outside of any loop cannot become a continue.
func (r *rewriting) branch(n *ast.BranchStmt, here []*mutant) func() string {
	if n.Label != nil {
		return nil
	}
	other := map[token.Token]token.Token{token.BREAK: token.CONTINUE, token.CONTINUE: token.BREAK}[n.Tok]
	return func() string { return fmt.Sprintf("if mutant.On(%d) { %s } else { %s }", here[0].id, other, n.Tok) }
}
