package tests

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// impureImports are packages that reach outside of the program. net/netip is not among them: it only parses.
var impureImports = []string{"crypto/rand", "io/ioutil", "log", "log/slog", "math/rand", "math/rand/v2", "net", "net/http",
	"os", "os/exec", "os/signal", "os/user", "path/filepath", "plugin", "runtime", "syscall", "unsafe"}

// impureUses are what a pure package must not take from packages that it may import.
var impureUses = map[string][]string{
	"time": {"After", "AfterFunc", "NewTicker", "NewTimer", "Now", "Since", "Sleep", "Tick", "Until", "Local", "LoadLocation"},
	"github.com/google/uuid": {"New", "NewDCEGroup", "NewDCEPerson", "NewDCESecurity", "NewRandom", "NewString", "NewUUID",
		"NewV6", "NewV7", "GetTime", "NodeID"},
	"fmt": {"Print", "Printf", "Println", "Scan", "Scanf", "Scanln"},
}

// TestPureRooms looks at what the pure rooms themselves write. What they import may hold more than they use: google/uuid
// imports the network for identifiers that we do not make.
func TestPureRooms(t *testing.T) {
	checked := 0
	for _, p := range list(t) {
		r, _ := roomOf(p.ImportPath)
		if !r.pure {
			continue
		}
		for _, name := range p.GoFiles {
			checked++
			file := filepath.Join(p.Dir, name)
			for _, problem := range impurities(t, file) {
				t.Errorf("%s: %s", file, problem)
			}
		}
	}
	if checked == 0 {
		t.Error("there is no pure package, so this test checks nothing")
	}
}

// impurities lists what in a file makes its results depend on more than its arguments.
func impurities(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var problems []string
	watched := map[string]string{} // name in the file -> import path
	for _, spec := range parsed.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		if slices.Contains(impureImports, path) {
			problems = append(problems, "a pure room must not import "+path)
		}
		if _, watch := impureUses[path]; watch {
			watched[localName(spec, path)] = path
		}
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := selector.X.(*ast.Ident); ok && slices.Contains(impureUses[watched[x.Name]], selector.Sel.Name) {
			problems = append(problems, "a pure room must not use "+x.Name+"."+selector.Sel.Name)
		}
		return true
	})
	return problems
}

func localName(spec *ast.ImportSpec, path string) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	return path[strings.LastIndex(path, "/")+1:]
}

// TestImpuritiesFindsWhatItShould guards the check itself, for in a tidy tree it never speaks.
func TestImpuritiesFindsWhatItShould(t *testing.T) {
	cases := []struct {
		name   string
		reason string
		source string
		want   int
	}{
		{"clock", "time may be imported, the clock not be read", `import "time"; var _ = time.Now()`, 1},
		{"duration", "a duration is plain data", `import "time"; const _ = time.Second`, 0},
		{"renamed", "another name for the package does not hide it", `import clock "time"; var _ = clock.Now`, 1},
		{"files", "os is not for pure rooms", `import "os"; var _ = os.Args`, 1},
		{"embedded data", "data that is compiled in is no file access", `import _ "embed"`, 0},
		{"random identifier", "it would differ in each run", `import "github.com/google/uuid"; var _ = uuid.New()`, 1},
		{"derived identifier", "same names, same identifier",
			`import "github.com/google/uuid"; var _ = uuid.NewSHA1(uuid.NameSpaceURL, nil)`, 0},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "x.go")
			write(t, file, "package x\n"+tc.source)
			if got := impurities(t, file); len(got) != tc.want {
				t.Errorf("%s: found %q, want %d", tc.reason, got, tc.want)
			}
		})
	}
}
