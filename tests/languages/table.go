package languages

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
)

// columns of the table. C# and Java have no column: see notHere.
var columns = []Language{Go, YAML, TypeScript, Python}

// notRun stands where no test noted anything.
const notRun = "not run"

// notHere is why two languages that Pulumi has are not in the table.
const notHere = `C# and Java: nothing was generated, compiled or run. The schema is the same for all languages, but our tests have no compiler for
these two, and a package that no compiler has seen proves nothing.`

// Table shows the rows: examples from top to bottom, languages from left to right, and below how each thing was done. What no test noted
// is "not run".
func Table(examples []string, rows []Row) string {
	done := map[[2]string]Row{}
	for _, row := range rows {
		done[[2]string{row.Example, string(row.Language)}] = row
	}
	var out strings.Builder
	fmt.Fprintln(&out, "The examples in the languages of Pulumi, and what these tests did with each:")
	fmt.Fprintln(&out)
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "  example")
	for _, language := range columns {
		fmt.Fprintf(w, "\t%s", language)
	}
	fmt.Fprintln(w)
	for _, example := range examples {
		fmt.Fprintf(w, "  %s", example)
		for _, language := range columns {
			fmt.Fprintf(w, "\t%s", cell(done[[2]string{example, string(language)}]))
		}
		fmt.Fprintln(w)
	}
	_ = w.Flush() // into memory
	fmt.Fprintln(&out)
	for _, line := range explained(rows) {
		fmt.Fprintln(&out, line)
	}
	fmt.Fprintln(&out, notHere)
	return out.String()
}

func cell(row Row) string {
	if row.Done == "" {
		return notRun
	}
	return string(row.Done)
}

// explained says once for each language how a thing was done or why it was not, and with which examples.
func explained(rows []Row) []string {
	type kind struct {
		language Language
		done     Done
		how      string
	}
	var kinds []kind
	with := map[kind][]string{}
	for _, row := range rows {
		k := kind{row.Language, row.Done, row.How}
		if with[k] == nil {
			kinds = append(kinds, k)
		}
		with[k] = append(with[k], row.Example)
	}
	slices.SortStableFunc(kinds, func(a, b kind) int {
		if a.language != b.language {
			return slices.Index(columns, a.language) - slices.Index(columns, b.language)
		}
		return strings.Compare(string(a.done)+a.how, string(b.done)+b.how)
	})
	var out []string
	for _, k := range kinds {
		slices.Sort(with[k])
		out = append(out, fmt.Sprintf("%s, %s: %s (%s)", k.language, k.done, k.how, strings.Join(with[k], ", ")))
	}
	return out
}
