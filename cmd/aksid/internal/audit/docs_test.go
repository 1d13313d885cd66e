package audit_test

import (
	"os"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/audit"
)

func TestTheDocumentationTellsEachRule(t *testing.T) {
	page, err := os.ReadFile("../../../../docs/aksid.md")
	if err != nil {
		t.Fatal(err)
	}
	for kind := range audit.Kinds() {
		if !strings.Contains(string(page), "`"+string(kind)+"`") {
			t.Errorf("docs/aksid.md lacks %s", kind)
		}
	}
}
