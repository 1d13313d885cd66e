package differential

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// verdict is what is printed about an example: how much was compared, what differs for a known reason, and what else differs.
func verdict(a observed, excused map[string][]difference, others []difference) string {
	word := "agrees"
	if len(others) > 0 {
		word = "DIFFERS"
	}
	lines := []string{fmt.Sprintf("%s: %d properties and %d requests compared", word, len(a.state), len(a.requests))}
	for _, reason := range slices.Sorted(maps.Keys(excused)) {
		lines = append(lines, fmt.Sprintf("accepted, %d times: %s", len(excused[reason]), reason))
	}
	for _, d := range others {
		lines = append(lines, d.String())
	}
	return strings.Join(lines, "\n")
}
