package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

//go:embed mutant/mutant.go
var switchboard []byte

// switchPath is where package mutant appears in the module under test.
const switchPath = "internal/mutant"

// suite is a package of tests, compiled with all changes.
type suite struct {
	name, dir, binary string
	tests             []test
}

// compile writes the changed sources and compiles the tests with them.
func compile(root, scratch string, mutants []*mutant) (map[string]*suite, error) {
	loaded, err := load(root)
	if err != nil {
		return nil, err
	}
	changed, err := loaded.withChanges(root, mutants)
	if err != nil {
		return nil, err
	}
	overlay, err := writeOverlay(root, scratch, loaded.module, changed)
	if err != nil {
		return nil, err
	}
	suites := map[string]*suite{}
	for _, r := range rooms {
		if !slices.ContainsFunc(mutants, func(m *mutant) bool { return m.room.name == r.name }) {
			continue
		}
		for _, name := range r.tests {
			if suites[name] != nil {
				continue
			}
			s := &suite{name: name, dir: filepath.Join(root, name), binary: filepath.Join(scratch, strings.ReplaceAll(name, "/", "_")+".test")}
			if err := s.compile(root, overlay); err != nil {
				return nil, err
			}
			suites[name] = s
		}
	}
	return suites, nil
}

func (s *suite) compile(root, overlay string) error {
	progress("compiling the tests in %s", s.name)
	cmd := exec.Command("go", "test", "-c", "-vet=off", "-overlay", overlay, "-o", s.binary, "./"+s.name)
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("compiling %s with its changes: %w\n%s", s.name, err, out)
	}
	return nil
}

// writeOverlay writes the file that the go command takes with -overlay.
func writeOverlay(root, scratch, module string, changed map[string]string) (string, error) {
	replace := map[string]string{}
	lay := func(name string, text []byte) error {
		file := filepath.Join(scratch, strings.ReplaceAll(name, "/", "_"))
		replace[filepath.Join(root, name)] = file
		return os.WriteFile(file, text, 0o600)
	}
	if err := lay(switchPath+"/mutant.go", switchboard); err != nil {
		return "", err
	}
	for name, text := range changed {
		if err := lay(name, importing(text, module+"/"+switchPath)); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	name := filepath.Join(scratch, "overlay.json")
	return name, os.WriteFile(name, text, 0o600)
}

var packageClause = regexp.MustCompile(`(?m)^package \w+`)

// importing adds an import on the line of the package clause, so that lines keep their numbers.
func importing(text, path string) []byte {
	end := packageClause.FindStringIndex(text)[1]
	return []byte(text[:end] + "; import " + strconv.Quote(path) + text[end:])
}

// loading is what the compiler knows about the packages that are changed.
type loading struct {
	module string
	fset   *token.FileSet
	files  map[string]*ast.File // by name relative to the module
	info   *types.Info
}

type listedPackage struct {
	ImportPath, Export, Dir string
	GoFiles                 []string
	Module                  *struct{ Path, Dir string }
}

// load parses the rooms and finds out the types of all expressions.
func load(root string) (*loading, error) {
	packages, err := list(root)
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	for _, p := range packages {
		exports[p.ImportPath] = p.Export
	}
	l := &loading{fset: token.NewFileSet(), files: map[string]*ast.File{}, info: &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}}
	config := types.Config{Importer: importer.ForCompiler(l.fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })}
	for _, p := range packages {
		if p.Module == nil || p.Module.Dir != root || !slices.ContainsFunc(rooms, func(r room) bool { return filepath.Join(root, r.name) == p.Dir }) {
			continue
		}
		l.module = p.Module.Path
		files, err := l.parse(root, p)
		if err != nil {
			return nil, err
		}
		if _, err := config.Check(p.ImportPath, l.fset, files, l.info); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func list(root string) ([]listedPackage, error) {
	args := []string{"list", "-export", "-deps", "-json=ImportPath,Export,Dir,GoFiles,Module"}
	for _, r := range rooms {
		args = append(args, "./"+r.name)
	}
	cmd := exec.Command("go", args...)
	cmd.Dir, cmd.Stderr = root, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%v: %w", cmd, err)
	}
	var packages []listedPackage
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
		var p listedPackage
		if err := decoder.Decode(&p); err != nil {
			return nil, err
		}
		packages = append(packages, p)
	}
	return packages, nil
}

func (l *loading) parse(root string, p listedPackage) ([]*ast.File, error) {
	var files []*ast.File
	for _, name := range p.GoFiles {
		path := filepath.Join(p.Dir, name)
		file, err := parser.ParseFile(l.fset, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		relative, err := filepath.Rel(root, path)
		if err != nil {
			return nil, err
		}
		l.files[filepath.ToSlash(relative)] = file
		files = append(files, file)
	}
	return files, nil
}

// withChanges are the sources of the files that are changed, with all their changes behind numbers.
func (l *loading) withChanges(root string, mutants []*mutant) (map[string]string, error) {
	byFile := map[string][]*mutant{}
	for _, m := range mutants {
		byFile[m.file] = append(byFile[m.file], m)
	}
	changed := map[string]string{}
	for name, of := range byFile {
		source, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return nil, err
		}
		file := l.files[name]
		if file == nil {
			return nil, fmt.Errorf("gremlins changes %s, which is not compiled", name)
		}
		text, err := rewrite(l.fset, file, source, l.info, of)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(of, func(m *mutant) bool { return m.outcome == untried }) {
			changed[name] = text
		}
	}
	return changed, nil
}
