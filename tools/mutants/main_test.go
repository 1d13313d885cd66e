package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const small = `package small

const limit = 2 * 3

type few []int

func Weak(n int) bool { return n > limit && n < 10 }

func Sum(all ...int) (sum int) {
	for i := 0; i < len(all); i++ {
		if all[i] < 0 {
			continue
		}
		sum += all[i]
	}
	return sum
}

func Rest(n, by int) (int, string) {
	text := "a" + "b"
	text += "c"
	return -1*n%by - 1<<2, text
}
`

// changesTo is what gremlins says about the source: a change at each operator.
func changesTo(t *testing.T) (text string, all []*mutant) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "small.go", small, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	if _, err := (&types.Config{}).Check("small", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	kinds := map[token.Token][]string{
		token.GTR: {"CONDITIONALS_BOUNDARY", "CONDITIONALS_NEGATION"}, token.LSS: {"CONDITIONALS_BOUNDARY", "CONDITIONALS_NEGATION"},
		token.LAND: {"INVERT_LOGICAL"}, token.ADD: {"ARITHMETIC_BASE"}, token.SUB: {"ARITHMETIC_BASE", "INVERT_NEGATIVES"}, token.MUL: {"ARITHMETIC_BASE"},
		token.REM: {"ARITHMETIC_BASE"}, token.SHL: {"INVERT_BITWISE"}, token.INC: {"INCREMENT_DECREMENT"}, token.CONTINUE: {"INVERT_LOOPCTRL"},
		token.ADD_ASSIGN: {"INVERT_ASSIGNMENTS", "REMOVE_SELF_ASSIGNMENTS"},
	}
	ast.Inspect(file, func(n ast.Node) bool {
		var op token.Token
		switch n := n.(type) {
		case *ast.BinaryExpr:
			op = n.Op
		case *ast.UnaryExpr:
			op = n.Op
		case *ast.AssignStmt:
			op = n.Tok
		case *ast.IncDecStmt:
			op = n.Tok
		case *ast.BranchStmt:
			op = n.Tok
		}
		for _, kind := range kinds[op] {
			pos, _ := operator(n)
			place := fset.Position(pos)
			all = append(all, &mutant{id: len(all) + 1, room: room{name: "small"}, file: "small/small.go", kind: kind, line: place.Line, column: place.Column})
		}
		return true
	})
	text, err = rewrite(fset, file, []byte(small), info, all)
	if err != nil {
		t.Fatal(err)
	}
	return text, all
}

// TestEachChangeCompilesAndChanges: with all changes in it the source compiles and does what it did; with one switched on it does
// something else for some input.
func TestEachChangeCompilesAndChanges(t *testing.T) {
	text, all := changesTo(t)
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module small\n\ngo 1.25\n")
	write("internal/mutant/mutant.go", string(switchboard))
	write("small.go", string(importing(text, "small/internal/mutant")))
	write("small_test.go", `package small

import "testing"

func Test(t *testing.T) {
	for n, want := range map[int]bool{5: false, 6: false, 7: true, 9: true, 10: false, 11: false} {
		if Weak(n) != want {
			t.Error(n)
		}
	}
	if n := Sum(1, -2, 0, 4); n != 5 {
		t.Error(n)
	}
	if n, text := Rest(7, 4); n != -7 || text != "abc" {
		t.Error(n, text)
	}
}
`)
	s := &suite{name: "small", dir: dir, binary: filepath.Join(dir, "small.test")}
	build := exec.Command("go", "test", "-c", "-vet=off", "-o", s.binary, ".")
	build.Dir, build.Env = dir, append(os.Environ(), "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s\n%s", err, out, text)
	}
	suites := map[string]*suite{"small": s}
	if err := measure(suites, dir, 2); err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		m.room.tests = []string{"small"}
	}
	try(all, suites, 2)
	var survivors []string
	for _, m := range all {
		if m.outcome == survived {
			survivors = append(survivors, m.key())
		}
	}
	// 0 is neither added nor left out.
	want := []string{"small/small.go Sum CONDITIONALS_BOUNDARY `all[i] < 0`"}
	if !slices.Equal(survivors, want) {
		t.Errorf("want the survivors %q, got %q\n%s", want, survivors, text)
	}
	if got, want := scores(all)["small"], (score{all: len(all), impossible: 4, constant: 2, noticed: len(all) - 7, survived: 1}); got != want {
		t.Errorf("want %+v, got %+v", want, got)
	}
}

// TestTheListOfSurvivorsIsKept: what is not listed, what is noticed by now, and what is no change any more.
func TestTheListOfSurvivorsIsKept(t *testing.T) {
	changes := func(outcomes ...outcome) (all []*mutant) {
		for i, o := range outcomes {
			all = append(all, &mutant{room: rooms[0], file: "rbac/a.go", where: "f", kind: "K", text: string(rune('a' + i)), outcome: o})
		}
		return all
	}
	for _, tc := range []struct {
		name, list string
		changes    []*mutant
		says       string
	}{
		{"as listed", "rbac/a.go f K `a`\n  it is the same\n", changes(survived, noticed), ""},
		{"a new one", "", changes(survived), "no test notices these changes"},
		{"one that is noticed", "rbac/a.go f K `a`\n  it is the same\n", changes(noticed), "noticed by now"},
		{"one that cannot be tried", "rbac/a.go f K `a`\n  it is the same\n", changes(impossib), "noticed by now"},
		{"one that is left out of the sample", "rbac/a.go f K `a`\n  it is the same\n", changes(leftOut), ""},
		{"one that is gone", "rbac/a.go g K `a`\n  it is the same\n", changes(noticed), "no such changes any more"},
		{"one in another room", "plan/a.go g K `a`\n  it is the same\n", changes(noticed), ""},
		{"without a reason", "rbac/a.go f K `a`\n", changes(survived), "no reason below"},
		{"twice", "rbac/a.go f K `a`\n  x\nrbac/a.go f K `a`\n  x\n", changes(survived), "listed twice"},
		{"a reason for nothing", "  x\n", changes(), "a reason without a change"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			listed, err := parseSurvivors("survivors.txt", tc.list)
			if err == nil {
				err = judge(tc.changes, listed, options{only: "rbac/", survivors: "survivors.txt", least: 0.9})
			}
			if (err == nil) != (tc.says == "") || err != nil && !strings.Contains(err.Error(), tc.says) {
				t.Errorf("want %q, got %v", tc.says, err)
			}
		})
	}
}

// TestNineInTenHaveToBeNoticed: of a whole room.
func TestNineInTenHaveToBeNoticed(t *testing.T) {
	of := func(alive int) (all []*mutant, listed map[string]string) {
		listed = map[string]string{}
		for i := range 20 {
			m := &mutant{room: rooms[0], file: "rbac/a.go", where: "f", kind: "K", text: string(rune('a' + i)), outcome: noticed}
			if i < alive {
				m.outcome, listed[m.key()] = survived, "it is the same"
			}
			all = append(all, m)
		}
		return all, listed
	}
	for alive, enough := range map[int]bool{2: true, 3: false} {
		all, listed := of(alive)
		if err := judge(all, listed, options{least: 0.9}); (err == nil) != enough {
			t.Errorf("%d of 20 survive: %v", alive, err)
		}
	}
}

// TestTheSampleStaysAsItIs: a change more or less leaves the others in it or out.
func TestTheSampleStaysAsItIs(t *testing.T) {
	of := func(n int) map[string]bool {
		var all []*mutant
		for i := range n {
			all = append(all, &mutant{room: rooms[2], file: "components/a.go", where: "f", kind: "K", text: string(rune('a' + i))})
		}
		leaveOut(all)
		in := map[string]bool{}
		for _, m := range all {
			in[m.text] = m.outcome == untried
		}
		return in
	}
	before, after := of(300), of(301)
	moved := 0
	for text, in := range before {
		if in != after[text] {
			moved++
		}
	}
	if moved > 1 {
		t.Errorf("one change more moved %d others", moved)
	}
}
