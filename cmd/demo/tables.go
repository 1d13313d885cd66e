package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"

	"github.com/aksidentity/pulumi-aksidentity/report"
)

// outputRows lists the stack outputs by name. Secrets are named, never shown.
func outputRows(outputs auto.OutputMap) [][]string {
	rows := [][]string{}
	for _, name := range slices.Sorted(maps.Keys(outputs)) {
		if value := outputs[name]; value.Secret {
			rows = append(rows, []string{name, "[secret]"})
		} else {
			rows = append(rows, []string{name, display(value.Value)})
		}
	}
	return rows
}

// display is a value for people: IDs are shortened, of a list the length is told, of an object the names.
func display(value any) string {
	switch v := value.(type) {
	case string:
		return report.Short(v)
	case []any:
		return fmt.Sprintf("a list of %d", len(v))
	case map[string]any:
		return "an object with " + strings.Join(slices.Sorted(maps.Keys(v)), ", ")
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(encoded)
}

var identityHeader = []string{"IDENTITY", "KIND", "PRINCIPAL", "WHERE FROM"}

func identityRows(identities []identity) [][]string {
	rows := [][]string{}
	for _, i := range identities {
		rows = append(rows, []string{i.Who, i.Kind, report.Short(i.PrincipalID), i.From})
	}
	return rows
}

var plannedHeader = []string{"WHO", "ROLE", "ON", "WHEN", "WHY"}

func plannedRows(planned []plannedGrant) [][]string {
	rows := [][]string{}
	for _, p := range planned {
		rows = append(rows, []string{p.Who, p.Role, p.On, p.When, p.Why})
	}
	return rows
}

var grantHeader = []string{"WHO", "ROLE", "ON", "WHY"}

func grantRows(grants []grant) [][]string {
	rows := [][]string{}
	for _, g := range grants {
		rows = append(rows, []string{g.Who, g.Role, g.Scope, g.Why})
	}
	return rows
}
