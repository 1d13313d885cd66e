package provider

import (
	"fmt"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// fewArguments are so few that a person reads them all.
const fewArguments = 6

// unknownArgument names the argument that was probably meant, and only that one. Where none is near, all are listed if they are few.
func unknownArgument(path, name string, known []string) plan.Problem {
	problem := plan.Problem{Path: plan.Path(path), What: "there is no such argument."}
	switch near := rbac.Nearest(name, known); {
	case near != "":
		problem.What = fmt.Sprintf("there is no such argument; did you mean %q?", near)
	case len(known) <= fewArguments:
		problem.Fix = "use one of " + strings.Join(known, ", ") + "."
	default:
		problem.Fix = "leave it out; the documentation of the package lists the arguments."
	}
	return problem
}
