package simtest

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/pulumi/pulumi/pkg/v3/resource/deploy"
	"github.com/pulumi/pulumi/pkg/v3/resource/stack"
	"github.com/pulumi/pulumi/pkg/v3/secrets"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// WithState begins with a state that Export wrote: of an earlier version of the program, or of a package that it uses. The stack has the
// names that it had (WithNames), and WithCloud gives the Azure that the state is about; azuresim.Cloud.Save and azuresim.Load keep one.
// The test ends when the state cannot be read or belongs to a stack of another name.
func WithState(exported []byte) Option {
	return func(s *Stack) { s.state = exported }
}

// restore takes over the state of WithState.
func (s *Stack) restore() {
	s.t.Helper()
	if s.state == nil {
		return
	}
	snapshot, err := readState(s.state)
	if err != nil {
		s.t.Fatalf("reading the state: %v", err)
	}
	for _, r := range snapshot.Resources {
		if project, name := string(r.URN.Project()), string(r.URN.Stack()); project != s.project || name != s.stack {
			s.t.Fatalf("the state is that of stack %s in project %s, and the stack of the test is %s in project %s: give it the same names with WithNames",
				name, project, s.stack, s.project)
		}
	}
	s.snapshot = snapshot
}

func readState(exported []byte) (*deploy.Snapshot, error) {
	var deployment apitype.DeploymentV3
	if err := json.Unmarshal(exported, &deployment); err != nil {
		return nil, err
	}
	snapshot, err := stack.DeserializeDeploymentV3(context.Background(), deployment, testSecretsProvider{})
	if err != nil {
		return nil, err
	}
	snapshot.SecretsManager = nil // in memory the state is plain
	return snapshot, nil
}

// testSecretsProvider knows the crypter of Export and no other.
type testSecretsProvider struct{}

func (testSecretsProvider) OfType(_ context.Context, kind string, _ json.RawMessage) (secrets.Manager, error) {
	if kind != (testSecrets{}).Type() {
		return nil, fmt.Errorf("its secrets are encrypted by %q; only those of a state that Export wrote can be read", kind)
	}
	return testSecrets{}, nil
}
