package audit_test

import (
	"bytes"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/audit"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/exampletest"
)

func audited(t testing.TB, state []byte) audit.Report {
	t.Helper()
	e, err := estate.ReadState(bytes.NewReader(state))
	if err != nil {
		t.Fatal(err)
	}
	r, err := audit.Of(e, audit.Source{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestNothingIsSaidAboutTheExamples: what we recommend has no mistake that we warn about, and what its clusters touch is covered.
func TestNothingIsSaidAboutTheExamples(t *testing.T) {
	covered := 0
	for _, example := range exampletest.All() {
		t.Run(example.Name, func(t *testing.T) {
			r := audited(t, exampletest.State(t, example.New(t)))
			if len(r.Findings) > 0 {
				t.Error(r.Text(120))
			}
			covered += len(r.Covered)
		})
	}
	if covered < 15 {
		t.Errorf("only %d uses are covered in all examples: the clusters are not read", covered)
	}
}
