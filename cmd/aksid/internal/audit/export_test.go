package audit

import "github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"

// Counted is Of, with how often an assignment was looked at.
func Counted(e *estate.Estate, source Source) (Report, int, error) {
	a, err := audit(e, source)
	if err != nil {
		return Report{}, 0, err
	}
	return *a.report, a.steps, nil
}
