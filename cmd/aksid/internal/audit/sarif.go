package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// information is where the rules are explained.
const information = "https://github.com/aksidentity/pulumi-aksidentity"

// levels are the severities as SARIF calls them.
var levels = map[Severity]string{Error: "error", Warning: "warning", Note: "note"}

// SARIF is the report in SARIF 2.1.0, for pipelines. A finding of a state is located in Pulumi.yaml, since a state has no lines; one of a
// subscription at its resource. The logical location is the URN or the resource's ID.
func (r Report) SARIF() ([]byte, error) {
	document := sarif.NewReport()
	run := sarif.NewRunWithInformationURI("aksid", information)
	for _, kind := range sortedKeys(kinds) {
		run.AddRule(string(kind)).WithDescription(kinds[kind])
	}
	run.WithResults([]*sarif.Result{})
	for _, f := range r.Findings {
		run.CreateResultForRule(string(f.Kind)).
			WithLevel(levels[f.Severity]).
			WithMessage(sarif.NewTextMessage(strings.TrimSpace(f.What + " " + f.Why + " " + f.Do + " " + f.Run))).
			WithLocations([]*sarif.Location{f.location()}).
			WithPartialFingerprints(map[string]string{"finding/v1": f.fingerprint()})
	}
	document.AddRun(run)
	if err := document.Validate(); err != nil {
		return nil, fmt.Errorf("the findings make no valid SARIF: %w", err)
	}
	var b bytes.Buffer
	if err := document.PrettyWrite(&b); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

func (f Finding) location() *sarif.Location {
	where, kind := f.Resource, "resource"
	if where == "" {
		where = f.Scope
	}
	file := "Pulumi.yaml"
	if !strings.HasPrefix(where, "urn:") && strings.HasPrefix(where, "/") {
		file = strings.TrimPrefix(where, "/")
	}
	physical := sarif.NewPhysicalLocation().
		WithArtifactLocation(sarif.NewSimpleArtifactLocation(file)).WithRegion(sarif.NewSimpleRegion(1, 1))
	location := sarif.NewLocationWithPhysicalLocation(physical)
	if where != "" {
		location.WithLogicalLocations([]*sarif.LogicalLocation{sarif.NewLogicalLocation().WithFullyQualifiedName(where).WithKind(kind)})
	}
	return location
}

// fingerprint tells the same finding again when its words have changed.
func (f Finding) fingerprint() string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.Join(
		[]string{string(f.Kind), f.Cluster, f.Identity, f.PrincipalID, f.Scope, f.Argument, f.Assignment, f.Resource, f.Where}, "|"))))
	return hex.EncodeToString(sum[:16])
}
