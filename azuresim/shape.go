package azuresim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/internal/shapes"
)

// ShapeReport counts the bodies that were compared with the models of Azure's SDK.
type ShapeReport struct {
	Requests int // bodies that callers sent
	Answers  int // bodies that the cloud answered with; 0 without WithCheckedAnswers
	// Problems are what the models do not allow in the cloud's own answers: mistakes of the simulator, one sentence each, once.
	// A wrong request is not among them, it is refused.
	Problems []string
}

// WithCheckedAnswers compares what the cloud answers with the models of Azure's SDK as well. Shapes tells the result. Requests are
// always compared.
func WithCheckedAnswers() Option {
	return func(c *Cloud) { c.checksAnswers = true }
}

// Shapes tells how many bodies were compared with their models so far.
func (c *Cloud) Shapes() ShapeReport {
	c.mu.Lock()
	defer c.mu.Unlock()
	report := c.shapes
	report.Problems = append([]string(nil), c.shapes.Problems...)
	return report
}

// checkShape refuses a body that the model of its type does not allow, and takes out of it what Azure fills in itself. What a test
// seeds can be incomplete, and can have read-only properties.
func (c *Cloud) checkShape(q *request) *Error {
	patches := q.method == MethodPatch && !q.info.noLocation // nothing else can be patched
	if q.method != MethodPut && !patches || q.info.given {
		return nil // a PATCH of a type that is kept as given: patch.go
	}
	if q.method == MethodPut { // ARM looks at the name and the location before the provider reads the body
		if err := c.checkTracked(q); err != nil {
			return err
		}
	}
	as := shapes.Request
	switch {
	case q.seeding:
		as = shapes.Partial
	case patches:
		as = shapes.Patch
	}
	c.shapes.Requests++
	if problems := shapes.Check(q.info.name, as, q.body); len(problems) > 0 {
		return misshapen(q, problems)
	}
	if as == shapes.Request {
		shapes.DropReadOnly(q.info.name, q.body)
	}
	return nil
}

// misshapen names all problems, with the code of the first one.
func misshapen(q *request, problems []shapes.Problem) *Error {
	var lines []string
	for _, p := range problems {
		lines = append(lines, "'"+p.Path+"' "+p.Message)
	}
	_, _, api := shapes.Source(q.info.name)
	return badRequest(shapeCode(q.info.name, problems[0].Kind), problems[0].Path,
		"The request content is not what the API (version %s) takes: %s.", api, strings.Join(lines, "; "))
}

// shapeCodes are the codes of the providers for a body of the wrong shape: for what they cannot read, and for an enum value that does
// not exist or a required property that is not there. Read 2026-11-26: the container service says UnmarshalError
// (Azure/terraform-azurerm-avm-res-containerservice-managedcluster#152, Azure/azure-cli#13050), networks say InvalidRequestFormat
// (Azure/azure-powershell#13544). The others are guesses.
var shapeCodes = map[string]struct{ unreadable, value string }{
	"Microsoft.ContainerService":    {CodeUnmarshalError, CodeInvalidParameter},
	"Microsoft.Network":             {CodeInvalidRequestFormat, CodeInvalidRequestFormat},
	"Microsoft.ContainerRegistry":   {CodeInvalidRequestContent, CodeInvalidParameter},
	"Microsoft.ManagedIdentity":     {CodeBadRequest, CodeBadRequest},
	"Microsoft.Insights":            {CodeInvalidPayload, CodeInvalidPayload},
	"Microsoft.OperationalInsights": {CodeInvalidRequestContent, CodeInvalidParameter},
}

func shapeCode(resourceType string, kind shapes.Kind) string {
	namespace, _, _ := strings.Cut(resourceType, "/")
	codes, known := shapeCodes[namespace]
	switch {
	case !known:
		return CodeInvalidRequestContent
	case kind == shapes.Value || kind == shapes.Missing:
		return codes.value
	default:
		return codes.unreadable
	}
}

// setState keeps the provisioningState of a resource whose type has one.
func setState(r *resource, state string) {
	if shapes.Has(r.Type, "properties", "provisioningState") {
		put(r.Body, state, "properties", "provisioningState")
	}
}

// judge compares a rendered resource with the model of its type. What a test seeded incompletely stays incomplete.
func (c *Cloud) judge(r *resource, body map[string]any) {
	if !c.checksAnswers || c.types.named(r.Type).given {
		return
	}
	c.shapes.Answers++
	for _, p := range shapes.Check(r.Type, shapes.Answer, body) {
		if p.Kind != shapes.Missing || !r.Seeded {
			c.misanswered(r.ID, p)
		}
	}
}

// judgeAction compares the answer of a POST.
func (c *Cloud) judgeAction(q *request, body map[string]any) {
	if !c.checksAnswers || q.method != MethodPost {
		return
	}
	c.shapes.Answers++
	for _, p := range shapes.CheckAction(q.info.name, q.action, body) {
		c.misanswered(q.rawID, p)
	}
}

func (c *Cloud) misanswered(id string, p shapes.Problem) {
	sentence := fmt.Sprintf("the answer for %s: '%s' %s", id, p.Path, p.Message)
	if !slices.Contains(c.shapes.Problems, sentence) {
		c.shapes.Problems = append(c.shapes.Problems, sentence)
	}
}
