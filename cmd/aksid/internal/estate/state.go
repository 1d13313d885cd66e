package estate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// ErrNotAState is the kind of error for a document that is no state of a stack.
var ErrNotAState = errors.New("this is no state of a Pulumi stack")

// deployment is a state as Pulumi writes it.
type deployment struct {
	Resources []Resource        `json:"resources"`
	Pending   []json.RawMessage `json:"pending_operations"`
}

// stateDocument holds a deployment where one of Pulumi's commands or backends puts it.
type stateDocument struct {
	Version *int `json:"version"`
	// Deployment is that of pulumi stack export.
	Deployment *deployment `json:"deployment"`
	// Checkpoint is that of the files in a backend of one's own.
	Checkpoint *struct {
		Latest *deployment `json:"latest"`
	} `json:"checkpoint"`
	// Manifest and Resources are those of a bare deployment.
	Manifest  json.RawMessage `json:"manifest"`
	Resources []Resource      `json:"resources"`
	// Steps are those of a preview, which is no state.
	Steps json.RawMessage `json:"steps"`
}

// ReadState reads what "pulumi stack export" writes. A checkpoint file of a backend of one's own and a bare deployment are read, too.
// An empty stack gives an empty estate.
//
// Secrets may be encrypted: then the estate has a note for each ID that cannot be read because of it. When they are in plain text (stack
// export --show-secrets), only those that hold needed IDs are looked at.
//
// An error of kind [ErrNotAState] says what the document is instead, or where it is broken.
func ReadState(source io.Reader) (*Estate, error) {
	text, err := io.ReadAll(source)
	if err != nil {
		return nil, fmt.Errorf("reading the state: %w", err)
	}
	var document stateDocument
	if err := parse(text, &document); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotAState, err)
	}
	found, err := document.find()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotAState, err)
	}
	e := New(found.Resources)
	if len(found.Pending) > 0 {
		e.note("%d operations were interrupted and are pending in the state; run pulumi refresh, so that the state is what Azure has.",
			len(found.Pending))
	}
	return e, nil
}

func (d stateDocument) find() (deployment, error) {
	switch {
	case d.Deployment != nil:
		return *d.Deployment, nil
	case d.Checkpoint != nil && d.Checkpoint.Latest != nil:
		return *d.Checkpoint.Latest, nil
	case d.Checkpoint != nil || d.Manifest != nil || d.Resources != nil:
		return deployment{Resources: d.Resources}, nil
	case d.Version != nil:
		return deployment{}, nil // a stack that was never deployed: {"version": 3}
	case d.Steps != nil:
		return deployment{}, errors.New("it is a preview; aksid plan reads it")
	default:
		return deployment{}, errors.New(`it has neither a deployment nor resources; write it with "pulumi stack export"`)
	}
}

// parse reads one JSON document, and says what is wrong in words that help.
func parse(text []byte, into any) error {
	text = bytes.TrimPrefix(bytes.TrimSpace(text), []byte("\xef\xbb\xbf"))
	switch {
	case len(text) == 0:
		return errors.New("it is empty")
	case bytes.HasPrefix(text, []byte("\x1f\x8b")):
		return errors.New("it is compressed; unpack it with gunzip first")
	case text[0] != '{':
		return fmt.Errorf("it is not JSON that begins with {, but begins with %q", beginning(text))
	}
	err := json.Unmarshal(text, into)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax) && syntax.Offset >= int64(len(text)):
		return errors.New("it ends too early; was it cut off?")
	case errors.As(err, &syntax):
		return fmt.Errorf("it is broken JSON in line %d: %w", 1+bytes.Count(text[:syntax.Offset], []byte("\n")), err)
	case errors.As(err, &kind):
		return fmt.Errorf("%s holds a %s in line %d, which Pulumi does not write there",
			kind.Field, kind.Value, 1+bytes.Count(text[:kind.Offset], []byte("\n")))
	}
	return err
}

func beginning(text []byte) string {
	line, _, _ := strings.Cut(string(text[:min(len(text), 20)]), "\n")
	return strings.ToValidUTF8(line, "?")
}
