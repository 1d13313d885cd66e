package report

import (
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// Retirements is the table of what Azure gives up, as Markdown: what docs/retirements.md shows.
func Retirements() string {
	var b strings.Builder
	b.WriteString("| what | chosen by | retired from | from then on | use | source |\n|---|---|---|---|---|---|\n")
	for _, r := range plan.Retirements() {
		when, source := string(r.Day), r.Source
		if r.Day == "" {
			when = r.Since
		}
		if r.Unverified != "" {
			source += "; not verified: " + r.Unverified
		}
		row(&b, r.Name, chosenBy(r), when, string(r.After), r.Successor, source)
	}
	return b.String()
}

func chosenBy(r plan.Retirement) string {
	switch {
	case r.Addon != "":
		return "`addons.other." + string(r.Addon) + "`"
	case r.Argument != "":
		return "`" + string(r.Argument) + "`"
	case r.Value != "":
		return "`" + r.Value + "` of " + r.Set
	case r.After == plan.LeftToAzure:
		return "`kubernetesVersion`"
	case r.Property != "":
		return "`additionalProperties." + r.Property + "`"
	default:
		return "what is named"
	}
}
