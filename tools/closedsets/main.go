// Command closedsets writes what follows from the closed sets of package plan: the tables of their values, and their names in
// package components.
//
// It parses one source file (no compiling) that holds nothing but types of text and their constants:
//
//	// Tier is how much Azure promises about the control plane.
//	type Tier string
//
//	// Tiers.
//	const (
//		TierFree Tier = "Free" // No charge and no uptime commitment.
//	)
//
// A type without a comment or without values, and a constant without a comment or of another form, are errors. It uses only the
// standard library.
//
//	go run ./closedsets -in ../plan/closed_sets.go -table ../plan/closed_sets_table.go -names ../components/closed_sets.go
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	in := flag.String("in", "closed_sets.go", "file with the types and constants")
	table := flag.String("table", "closed_sets_table.go", "file to write with the tables")
	names := flag.String("names", "", "file to write with the names in package components")
	flag.Parse()
	if err := run(*in, *table, *names); err != nil {
		fmt.Fprintln(os.Stderr, "closedsets:", err)
		os.Exit(1)
	}
}

func run(in, table, names string) error {
	source, err := os.ReadFile(in)
	if err != nil {
		return err
	}
	sets, err := parse(source)
	if err != nil {
		return fmt.Errorf("%s: %w", in, err)
	}
	for _, out := range []struct {
		file string
		made func([]set) ([]byte, error)
	}{{table, tableOf}, {names, namesOf}} {
		text, err := out.made(sets)
		if err != nil {
			return err
		}
		if err := os.WriteFile(out.file, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
