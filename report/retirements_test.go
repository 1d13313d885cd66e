package report_test

import (
	"os"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/report"
)

// TestTheTableOfRetirementsIsDocumented: docs/retirements.md shows it as it is.
func TestTheTableOfRetirementsIsDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/retirements.md")
	if err != nil {
		t.Fatal(err)
	}
	if table := report.Retirements(); !strings.Contains(string(page), table) {
		t.Errorf("docs/retirements.md does not show the table; put this there:\n%s", table)
	}
}
