package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// outcome is what became of a change.
type outcome string

const (
	untried  outcome = ""
	impossib outcome = "impossible" // the compiler refuses it ("a" - "b", |x), or it is the same as another one
	fixed    outcome = "constant"   // in a constant, which no number can switch
	noticed  outcome = "noticed"
	survived outcome = "survived"
	leftOut  outcome = "left out" // of the sample
)

// mutant is one change.
type mutant struct {
	id   int
	room room
	// file is relative to the module, with slashes; line and column are 1-based, column in bytes.
	file         string
	line, column int
	// kind is what gremlins calls it.
	kind string
	// where is the function, and text the source of the expression or statement; nth tells equal ones apart.
	where, text string
	nth         int

	outcome outcome
	// by is the package whose tests noticed.
	by string
}

// key names the change in the list of survivors. It has no line number, so that edits elsewhere in the file leave it alone.
func (m *mutant) key() string {
	key := fmt.Sprintf("%s %s %s `%s`", m.file, m.where, m.kind, m.text)
	if m.nth > 1 {
		key += fmt.Sprintf(" #%d", m.nth)
	}
	return key
}

// mutators are those of gremlins that it leaves out when not asked for them.
var mutators = []string{"--invert-assignments", "--invert-bitwise", "--invert-bwassign", "--invert-logical", "--invert-loopctrl",
	"--remove-self-assignments"}

// find asks gremlins for the changes. It makes none itself.
func find(o options, scratch string) ([]*mutant, error) {
	var all []*mutant
	for _, r := range rooms {
		if o.only != "" && !strings.HasPrefix(o.only, r.name+"/") {
			continue
		}
		found, err := r.find(o, filepath.Join(scratch, r.name+".json"))
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("there is no change to %q; -only takes the beginning of a path such as plan/defaults.go", o.only)
	}
	for i, m := range all {
		m.id = i + 1
	}
	return all, nil
}

func (r room) find(o options, out string) ([]*mutant, error) {
	args := append([]string{"unleash", "--dry-run", "--silent", "--output", out}, mutators...)
	cmd := exec.Command(o.gremlins, append(args, "./"+r.name)...)
	cmd.Dir = o.root
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("gremlins in %s: %w\n%s", r.name, err, &said)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		return nil, fmt.Errorf("gremlins in %s: %w\n%s", r.name, err, &said)
	}
	found, err := r.read(text)
	if err != nil {
		return nil, err
	}
	progress("%s: gremlins knows %d changes", r.name, len(found))
	return slices.DeleteFunc(found, func(m *mutant) bool { return !strings.HasPrefix(m.file, o.only) }), nil
}

// read reads the report of gremlins, in the order of the source.
func (r room) read(text []byte) ([]*mutant, error) {
	var report struct {
		Files []struct {
			Name      string `json:"file_name"`
			Mutations []struct {
				Type         string
				Line, Column int
			}
		}
	}
	if err := json.Unmarshal(text, &report); err != nil {
		return nil, fmt.Errorf("the report of gremlins on %s: %w", r.name, err)
	}
	var found []*mutant
	for _, file := range report.Files {
		if strings.Contains(file.Name, "/") {
			continue // a package below, such as testdata
		}
		for _, m := range file.Mutations {
			found = append(found, &mutant{room: r, file: r.name + "/" + file.Name, kind: m.Type, line: m.Line, column: m.Column})
		}
	}
	slices.SortFunc(found, bySource)
	return found, nil
}

func bySource(a, b *mutant) int {
	if a.file != b.file {
		return strings.Compare(a.file, b.file)
	}
	if a.line != b.line {
		return a.line - b.line
	}
	if a.column != b.column {
		return a.column - b.column
	}
	return strings.Compare(a.kind, b.kind)
}
