package simtest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/pulumi/pulumi/pkg/v3/display"
	"github.com/pulumi/pulumi/pkg/v3/engine"
	"github.com/pulumi/pulumi/pkg/v3/resource/deploy"
	"github.com/pulumi/pulumi/pkg/v3/resource/deploy/deploytest"
	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	"github.com/pulumi/pulumi/pkg/v3/util/cancel"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/internal/clock"
)

// engineOp is engine.Update and its siblings.
type engineOp func(engine.UpdateInfo, *engine.Context, engine.UpdateOptions, bool) (
	*deploy.Plan, display.ResourceChanges, error)

func importing(imports []deploy.Import) engineOp {
	return func(u engine.UpdateInfo, ctx *engine.Context, opts engine.UpdateOptions, dryRun bool) (
		*deploy.Plan, display.ResourceChanges, error,
	) {
		return engine.Import(u, ctx, opts, imports, dryRun)
	}
}

// operation is one run of the engine.
type operation struct {
	stack  *Stack
	op     engineOp
	dryRun bool

	targets, replace []string
	targetDependents bool
	refresh          bool
	continueOnError  bool

	host *host
}

// execute runs the engine, collects its events and replays its journal into a new snapshot.
func (o *operation) execute(ctx context.Context) (Result, *deploy.Snapshot) {
	target, err := o.target()
	if err != nil {
		return Result{Err: err}, nil
	}
	base := target.Snapshot
	cancelCtx, source := cancel.NewContext(ctx)
	events := make(chan engine.Event)
	engineCtx := &engine.Context{
		Cancel: cancelCtx, Events: events, PluginManager: noPlugins{}, BackendClient: o.stack.backend(base),
	}
	since := o.stack.now()
	journal := journal{engine.NewTestJournal(), func() bool { return o.stack.killedSince(since) }}
	if !o.dryRun {
		engineCtx.SnapshotManager = journal
	}

	collected := collect(events)
	_, changes, err := o.op(o.updateInfo(target), engineCtx, o.options(), o.dryRun)
	source.Terminate()
	err = errors.Join(err, o.closeHost())
	close(events)
	err = errors.Join(err, journal.Close())

	result := Result{Err: err, Changes: changes, Events: collected(), Killed: journal.killed()}
	if result.Killed {
		result.Err = errors.Join(result.Err, errKilled)
	}
	result.Steps = stepsOf(result.Events)
	if o.dryRun {
		result.Resources = resourcesOf(base)
		result.Outputs = result.plannedOutputs()
		return result, nil
	}
	snapshot, snapErr := journal.Entries().Snap(base)
	if snapErr != nil {
		result.Err = errors.Join(result.Err, fmt.Errorf("the engine left a broken state: %w", snapErr))
		return result, nil
	}
	result.Resources = resourcesOf(snapshot)
	result.Pending = pendingOf(snapshot)
	result.Outputs = result.Resources.stackOutputs()
	return result, snapshot
}

// collect drains the events; the function that it returns waits for the end.
func collect(events <-chan engine.Event) func() []engine.Event {
	var all []engine.Event
	var drained sync.WaitGroup
	drained.Add(1)
	go func() {
		defer drained.Done()
		for e := range events {
			all = append(all, e)
		}
	}()
	return func() []engine.Event {
		drained.Wait()
		return all
	}
}

func (o *operation) updateInfo(target *deploy.Target) engine.UpdateInfo {
	return engine.UpdateInfo{
		Root: "/", // there is no project on disk
		Project: &workspace.Project{
			Name:    tokens.PackageName(o.stack.project),
			Runtime: workspace.NewProjectRuntimeInfo("simtest", nil),
		},
		Target: target,
	}
}

func (o *operation) options() engine.UpdateOptions {
	return engine.UpdateOptions{
		Parallel:         o.stack.parallel,
		Refresh:          o.refresh,
		Targets:          deploy.NewUrnTargets(o.targets),
		ReplaceTargets:   deploy.NewUrnTargets(o.replace),
		TargetDependents: o.targetDependents,
		ContinueOnError:  o.continueOnError,
		Autonamer:        o.stack.autonamer,
		HostFactory:      o.startHost,
	}
}

func (o *operation) startHost(
	_ context.Context, sink, statusSink diag.Sink, _ plugin.DebugContext,
) (plugin.Host, error) {
	h, err := newHost(sink, statusSink, o.language, o.stack.allProviders(), cliVersion(o.stack.cliVersion), o.stack.cloud.Clock())
	o.host = h
	return h, err
}

func (o *operation) closeHost() error {
	if o.host == nil {
		return nil
	}
	return o.host.Close()
}

// language runs the program in this process, as the Go language host would run it in another.
func (o *operation) language(h *host) plugin.LanguageRuntime {
	return deploytest.NewLanguageRuntime(func(info plugin.RunInfo, _ *deploytest.ResourceMonitor) error {
		monitor, err := h.monitor(info.MonitorAddress)
		if err != nil {
			return err
		}
		info.MonitorAddress = monitor
		ctx, err := pulumi.NewContext(clock.With(context.Background(), o.stack.cloud.Clock()), o.runInfo(info, h.ServerAddr()))
		if err != nil {
			return err
		}
		return errors.Join(pulumi.RunWithContext(ctx, o.stack.program), ctx.Close())
	})
}

func (o *operation) runInfo(info plugin.RunInfo, engineAddress string) pulumi.RunInfo {
	out := pulumi.RunInfo{
		Project: info.Project, Stack: info.Stack, Organization: info.Organization,
		Parallel: info.Parallel, DryRun: info.DryRun,
		MonitorAddr: info.MonitorAddress, EngineAddr: engineAddress,
		Config: map[string]string{},
	}
	for key, value := range info.Config {
		out.Config[key.String()] = value
	}
	for _, key := range info.ConfigSecretKeys {
		out.ConfigSecretKeys = append(out.ConfigSecretKeys, key.String())
	}
	return out
}
