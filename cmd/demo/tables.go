package main

import (
	"encoding/json"
	"fmt"
	"io"
	"sort"
	"text/tabwriter"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
)

// writeOutputs lists the stack outputs. Secrets are named, never shown.
func writeOutputs(out io.Writer, outputs auto.OutputMap) error {
	names := make([]string, 0, len(outputs))
	for name := range outputs {
		names = append(names, name)
	}
	sort.Strings(names)
	rows := [][]string{}
	for _, name := range names {
		rows = append(rows, []string{name, display(outputs[name])})
	}
	return writeTable(out, []string{"OUTPUT", "VALUE"}, rows)
}

func display(output auto.OutputValue) string {
	if output.Secret {
		return "[secret]"
	}
	if s, ok := output.Value.(string); ok {
		return s
	}
	encoded, err := json.Marshal(output.Value)
	if err != nil {
		return fmt.Sprint(output.Value)
	}
	return string(encoded)
}

func writeIdentities(out io.Writer, identities []identity) error {
	rows := [][]string{}
	for _, i := range identities {
		rows = append(rows, []string{i.Who, i.Kind, i.PrincipalID, i.From})
	}
	return writeTable(out, []string{"WHO", "KIND", "PRINCIPAL ID", "WHERE FROM"}, rows)
}

const noGrants = `None. Inside its node resource group AKS itself gives a cluster what it needs, and this one touches nothing outside of
it. examples/existing-network shows a case with grants.`

func writeGrants(out io.Writer, grants []grant) error {
	if len(grants) == 0 {
		_, err := fmt.Fprintln(out, noGrants)
		return err
	}
	rows := [][]string{}
	for _, g := range grants {
		rows = append(rows, []string{g.Who, g.Role, g.Scope, g.Why})
	}
	return writeTable(out, []string{"WHO", "ROLE", "SCOPE", "WHY"}, rows)
}

// writeTable aligns rows below a header, two spaces between columns.
func writeTable(out io.Writer, header []string, rows [][]string) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{header}, rows...) {
		for i, cell := range row {
			separator := "\t"
			if i == len(row)-1 {
				separator = "\n"
			}
			if _, err := fmt.Fprint(w, cell, separator); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}
