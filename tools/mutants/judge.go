package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
)

// readSurvivors reads the list of changes that may go unnoticed: a line that names the change, then indented lines with the reason.
func readSurvivors(name string) (map[string]string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return parseSurvivors(name, string(text))
}

func parseSurvivors(name, text string) (map[string]string, error) {
	listed, key := map[string]string{}, ""
	for i, line := range strings.Split(text, "\n") {
		words := strings.TrimSpace(line)
		switch {
		case words == "" || strings.HasPrefix(line, "#"):
		case words != line && key == "":
			return nil, fmt.Errorf("%s:%d: a reason without a change above it", name, i+1)
		case words != line:
			listed[key] = strings.TrimSpace(listed[key] + " " + words)
		default:
			key = words
			if _, twice := listed[key]; twice {
				return nil, fmt.Errorf("%s:%d: listed twice: %s", name, i+1, key)
			}
			listed[key] = ""
		}
	}
	for key, reason := range listed {
		if reason == "" {
			return nil, fmt.Errorf("%s: no reason below: %s", name, key)
		}
	}
	return listed, nil
}

// score counts the changes to a room.
type score struct{ all, impossible, constant, noticed, survived int }

func (s score) part() float64 { return float64(s.noticed) / float64(max(s.noticed+s.survived, 1)) }

func scores(mutants []*mutant) map[string]score {
	by := map[string]score{}
	for _, m := range mutants {
		s := by[m.room.name]
		s.all++
		switch m.outcome {
		case impossib:
			s.impossible++
		case constant:
			s.constant++
		case noticed:
			s.noticed++
		case survived:
			s.survived++
		}
		by[m.room.name] = s
	}
	return by
}

func table(mutants []*mutant) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-12s %8s %14s %12s %8s %9s %7s\n", "room", "changes", "not compiling", "in constants", "noticed", "survived", "score")
	by := scores(mutants)
	for _, r := range rooms {
		if s, tried := by[r.name]; tried {
			fmt.Fprintf(&b, "%-12s %8d %14d %12d %8d %9d %6.1f%%\n", r.name, s.all, s.impossible, s.constant, s.noticed, s.survived, 100*s.part())
		}
	}
	return b.String()
}

// judge compares the survivors with the list.
func judge(mutants []*mutant, listed map[string]string, o options) error {
	var errs []error
	left := map[string]bool{}
	for key := range listed {
		left[key] = strings.HasPrefix(key, o.only)
	}
	for _, m := range mutants {
		_, known := listed[m.key()]
		delete(left, m.key())
		switch {
		case m.outcome == survived && !known:
			errs = append(errs, fmt.Errorf("%s:%d: no test notices, and the change is not in the list: write a test, or list it with a reason\n%s",
				m.file, m.line, m.key()))
		case m.outcome != survived && known:
			errs = append(errs, fmt.Errorf("%s:%d: listed, but by now it is %s (%s): take it out of the list\n%s",
				m.file, m.line, m.outcome, m.by, m.key()))
		}
	}
	var gone []string
	for key, ours := range left {
		if ours {
			gone = append(gone, key)
		}
	}
	slices.Sort(gone)
	for _, key := range gone {
		errs = append(errs, fmt.Errorf("listed, but there is no such change any more: take it out of the list\n%s", key))
	}
	for name, s := range scores(mutants) {
		if o.only == "" && s.part() < o.least {
			errs = append(errs, fmt.Errorf("%s: fewer than %.0f%% of the changes are noticed", name, 100*o.least))
		}
	}
	return errors.Join(errs...)
}
