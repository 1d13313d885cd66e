package simtest

import (
	"context"

	"github.com/blang/semver"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/internal/clock"
)

// WithCLIVersion makes the engine behave like the one of an older Pulumi CLI, as "3.200.0", in what programs can ask it: its version
// (from 3.216.0 on), and error hooks (from 3.217.0 on, where it refuses them before). Versions from pulumi/pulumi CHANGELOG, read
// 2026-11-26. In all else it stays the engine that is compiled in, which also asks error hooks about more failures than CLIs before
// 3.244.0 do. A version that is none fails every operation.
func WithCLIVersion(version string) Option {
	return func(s *Stack) { s.cliVersion = version }
}

const (
	tellsVersionSince = "3.216.0"
	errorHooksSince   = "3.217.0"
)

// cliVersion answers for the CLI of a version; the zero value is the one that is compiled in.
type cliVersion string

func (v cliVersion) before(other string) bool {
	return v != "" && semver.MustParse(string(v)).LT(semver.MustParse(other))
}

func (v cliVersion) check() error {
	if v == "" {
		return nil
	}
	_, err := semver.Parse(string(v))
	return err
}

// engineAnswers: the engine of deploytest does not tell its version, so that is always answered here.
func (v cliVersion) engineAnswers() map[string]answer {
	return map[string]answer{pulumirpc.Engine_RequirePulumiVersion_FullMethodName: v.requireVersion}
}

func (v cliVersion) requireVersion(request []byte) ([]byte, error) {
	if v.before(tellsVersionSince) {
		return unknownMethod(request)
	}
	var asked pulumirpc.RequirePulumiVersionRequest
	if err := proto.Unmarshal(request, &asked); err != nil {
		return nil, err
	}
	// A message without fields is no bytes; it must not be nil, which would be no answer.
	return []byte{}, plugin.ValidatePulumiVersionRange(asked.PulumiVersionRange, string(v))
}

// monitorAnswers are those of the resource monitor; none when it has error hooks.
func (v cliVersion) monitorAnswers() map[string]answer {
	if !v.before(errorHooksSince) {
		return nil
	}
	return map[string]answer{
		// Programs then ask for one feature after the other.
		pulumirpc.ResourceMonitor_GetDeploymentInfo_FullMethodName: unknownMethod,
		pulumirpc.ResourceMonitor_RegisterErrorHook_FullMethodName: unknownMethod,
		pulumirpc.ResourceMonitor_SupportsFeature_FullMethodName:   supportsNoErrorHooks,
	}
}

func unknownMethod([]byte) ([]byte, error) {
	return nil, status.Error(codes.Unimplemented, "unknown method")
}

func supportsNoErrorHooks(request []byte) ([]byte, error) {
	var asked pulumirpc.SupportsFeatureRequest
	if err := proto.Unmarshal(request, &asked); err != nil || asked.Id != "errorHooks" {
		return nil, err
	}
	return []byte{}, nil
}

// monitor is the address of a resource monitor as programs and component providers see it.
func (h *host) monitor(engine string) (string, error) {
	answers := h.cli.monitorAnswers()
	if answers == nil {
		return engine, nil
	}
	return h.relay(engine, answers)
}

// relay starts a relay that closes with the host.
func (h *host) relay(engine string, answers map[string]answer) (string, error) {
	r, err := newRelay(engine, answers)
	if err != nil {
		return "", err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.relays = append(h.relays, r)
	return r.address, nil
}

// componentServer sees to it that components in a provider talk to the same monitor as the program, and live in the same time.
type componentServer struct {
	pulumirpc.ResourceProviderServer
	host *host
}

func (s componentServer) Construct(ctx context.Context, request *pulumirpc.ConstructRequest) (*pulumirpc.ConstructResponse, error) {
	monitor, err := s.host.monitor(request.MonitorEndpoint)
	if err != nil {
		return nil, err
	}
	asSeen := proto.CloneOf(request)
	asSeen.MonitorEndpoint = monitor
	return s.ResourceProviderServer.Construct(clock.With(ctx, s.host.time), asSeen)
}
