package simtest

import (
	"context"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/engine"
	"github.com/pulumi/pulumi/pkg/v3/resource/autonaming"
	"github.com/pulumi/pulumi/pkg/v3/resource/deploy"
	"github.com/pulumi/pulumi/pkg/v3/resource/edit"
	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/deepcopy"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

// Stack is a stack in memory. Its operations run one after another; it is not for use by several goroutines.
type Stack struct {
	t       testing.TB
	program pulumi.RunFunc

	project, stack string
	config         map[string]string
	secretConfig   map[string]string
	cloud          *azuresim.Cloud
	providers      []served
	azureNative    []azurenative.Option
	// azureNativePlugin replaces the simulator's provider when it is given.
	azureNativePlugin func(engine string) (plugin.Provider, error)
	autonamer         autonaming.Autonamer
	parallel          int32
	checks            []func(*Stack, Result)
	allowRaces        bool
	cliVersion        string
	misanswered       int // problems of the cloud's answers that were reported

	state    []byte // of WithState, as it was given
	snapshot *deploy.Snapshot
}

// New makes a stack with an empty cloud; nothing is deployed yet.
func New(t testing.TB, program pulumi.RunFunc, opts ...Option) *Stack {
	t.Helper()
	s := &Stack{
		t: t, program: program, project: "simtest", stack: "test", parallel: 16,
		config: map[string]string{}, secretConfig: map[string]string{},
	}
	for _, opt := range opts {
		opt(s)
	}
	if s.cloud == nil {
		s.cloud = azuresim.New()
	}
	s.restore()
	s.cloud.Configure(azuresim.WithCheckedAnswers())
	s.misanswered = len(s.cloud.Shapes().Problems)
	if _, isTest := t.(*testing.T); isTest && testing.Verbose() { // what stands for a test in an example has no Cleanup
		t.Cleanup(s.countShapes)
	}
	return s
}

// Cloud is the simulated Azure that the stack deploys into.
func (s *Stack) Cloud() *azuresim.Cloud { return s.cloud }

// SetProgram exchanges the program for the operations to come.
func (s *Stack) SetProgram(program pulumi.RunFunc) { s.program = program }

// SetConfig changes one configuration value for the operations to come.
func (s *Stack) SetConfig(key, value string) { s.config[key] = value }

// Preview shows what Up would do and changes nothing.
func (s *Stack) Preview(opts ...OpOption) Result {
	s.t.Helper()
	return s.run(engine.Update, true, opts)
}

// Up deploys the program.
func (s *Stack) Up(opts ...OpOption) Result {
	s.t.Helper()
	return s.run(engine.Update, false, opts)
}

// Refresh reads every resource and takes over what it finds.
func (s *Stack) Refresh(opts ...OpOption) Result {
	s.t.Helper()
	return s.run(engine.Refresh, false, opts)
}

// Destroy deletes everything that the stack has.
func (s *Stack) Destroy(opts ...OpOption) Result {
	s.t.Helper()
	return s.run(engine.Destroy, false, opts)
}

// PreviewDestroy shows what Destroy would do.
func (s *Stack) PreviewDestroy(opts ...OpOption) Result {
	s.t.Helper()
	return s.run(engine.Destroy, true, opts)
}

// Import adopts an existing resource into the state, as "pulumi import" does. The program should then register it.
func (s *Stack) Import(token, name, id string, opts ...OpOption) Result {
	s.t.Helper()
	return s.ImportInto("", token, name, id, opts...)
}

// ImportInto is Import for a child of the component with the URN parent, as "pulumi import --parent <urn> --protect=false" does.
func (s *Stack) ImportInto(parent, token, name, id string, opts ...OpOption) Result {
	s.t.Helper()
	imports := []deploy.Import{{Type: tokens.Type(token), Name: name, ID: resource.ID(id), Parent: resource.URN(parent)}}
	return s.run(importing(imports), false, opts)
}

// Forget takes a resource out of the state and leaves it in the cloud, as "pulumi state delete" does.
func (s *Stack) Forget(urn string) {
	s.t.Helper()
	for _, r := range s.snapshot.Resources {
		if string(r.URN) == urn {
			if err := edit.DeleteResource(s.snapshot, r, nil, false); err != nil {
				s.t.Fatal(err)
			}
			return
		}
	}
	s.t.Fatalf("the state holds no %s", urn)
}

// Resources lists what the state holds now.
func (s *Stack) Resources() Resources { return resourcesOf(s.snapshot) }

// URN makes the URN of a resource of this stack that has no parent but the stack.
func (s *Stack) URN(token, name string) string {
	return string(resource.NewURN(tokens.QName(s.stack), tokens.PackageName(s.project), "", tokens.Type(token), name))
}

func (s *Stack) run(op engineOp, dryRun bool, opts []OpOption) Result {
	s.t.Helper()
	o := &operation{stack: s, op: op, dryRun: dryRun}
	for _, opt := range opts {
		opt(o)
	}
	before, since := s.Resources(), s.now()
	result, snapshot := o.execute(context.Background())
	if snapshot != nil && !dryRun {
		s.snapshot = snapshot
	}
	result.Races = s.races(since, append(before, s.Resources()...))
	if len(result.Races) > 0 && !s.allowRaces {
		s.t.Errorf("this works by luck only:\n%s", strings.Join(result.Races, "\n"))
	}
	s.reportShapes()
	return result
}

// reportShapes fails the test when the simulator answered with what Azure's models do not have: programs would be tested against
// an Azure that does not exist.
func (s *Stack) reportShapes() {
	s.t.Helper()
	report := s.cloud.Shapes()
	for _, problem := range report.Problems[s.misanswered:] {
		s.t.Errorf("a mistake of the simulator: %s", problem)
	}
	s.misanswered = len(report.Problems)
}

// countShapes tells how much was compared, for who wants to know how much a test has seen.
func (s *Stack) countShapes() {
	report := s.cloud.Shapes()
	s.t.Logf("%d bodies of requests and %d of answers were compared with Azure's models", report.Requests, report.Answers)
}

// cloneSnapshot copies the state: the engine changes snapshots in place, even in previews.
func cloneSnapshot(snapshot *deploy.Snapshot) *deploy.Snapshot {
	if snapshot == nil {
		return nil
	}
	if copied, ok := deepcopy.Copy(*snapshot).(deploy.Snapshot); ok {
		return &copied
	}
	return snapshot
}
