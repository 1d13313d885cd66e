package plan

import (
	"cmp"
	"fmt"
	"sort"
	"strings"
)

// Problem is one mistake in the arguments.
type Problem struct {
	// Path is the property path of the argument as a user writes it: pools[1].autoscaling.min, subnets.nodes.
	Path Path
	// What says what is wrong.
	What string
	// Fix says what to do.
	Fix string
	// Code is the error code with which Azure would refuse the same, when it has one that we know.
	Code string
}

// String is the problem on one line.
func (p Problem) String() string {
	text := string(p.Path) + ": " + p.What
	if p.Code != "" {
		text += " (Azure: " + p.Code + ")"
	}
	if p.Fix != "" {
		text += " Fix: " + p.Fix
	}
	return text
}

// Compare orders problems by path, and those of one path by what they say.
func (p Problem) Compare(other Problem) int {
	return cmp.Or(cmp.Compare(p.Path, other.Path), cmp.Compare(p.String(), other.String()))
}

// Problems are all the mistakes in one set of arguments. It is an error whose text lists every one of them.
type Problems []Problem

// Error lists all problems, one a line.
func (ps Problems) Error() string { return ps.heading("the arguments") + ps.list() }

func (ps Problems) heading(of string) string {
	noun := "problems"
	if len(ps) == 1 {
		noun = "problem"
	}
	return fmt.Sprintf("%d %s in %s:", len(ps), noun, of)
}

func (ps Problems) list() string {
	var b strings.Builder
	for _, p := range ps {
		b.WriteString("\n  - " + p.String())
	}
	return b.String()
}

// ComponentError is the problems of one component's arguments.
type ComponentError struct {
	// Type is the component's type without its package, as ManagedIdentityCluster; Name is its name in the program.
	Type, Name string
	Problems   Problems
}

// Error lists all problems, one a line, below a heading that names the component.
func (e *ComponentError) Error() string { return e.Heading() + e.Problems.list() }

// Heading says how many problems there are, and of which component.
func (e *ComponentError) Heading() string {
	return e.Problems.heading(fmt.Sprintf("the arguments of %s %q", e.Type, e.Name))
}

// Unwrap is the problems.
func (e *ComponentError) Unwrap() error { return e.Problems }

// Err is the problems as an error, nil when there is none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

// Paths are the property paths of the problems, in order.
func (ps Problems) Paths() []string {
	paths := make([]string, len(ps))
	for i, p := range ps {
		paths[i] = string(p.Path)
	}
	return paths
}

// sorted orders by path, keeping the order in which rules spoke about the same path.
func (ps Problems) sorted() Problems {
	sort.SliceStable(ps, func(i, j int) bool { return ps[i].Path < ps[j].Path })
	return ps
}

// problems collects; its methods keep the rules short.
type problems struct{ list Problems }

// add reports what is wrong at a path (a clause without a full stop, perhaps with a question at its end) and what to do (a sentence).
func (p *problems) add(path Path, what, fix string) { p.refused("", path, what, fix) }

// refused is add for what Azure would refuse with a code.
func (p *problems) refused(code string, path Path, what, fix string) {
	if !strings.HasSuffix(what, "?") {
		what += "."
	}
	p.list = append(p.list, Problem{Path: path, What: what, Fix: fix, Code: code})
}
