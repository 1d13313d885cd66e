package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optdestroy"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

// demo is one showing: a program, and where to tell about it.
type demo struct {
	out     io.Writer
	program pulumi.RunFunc
	cli     string // path of the Pulumi CLI; empty means the one on the PATH
	color   string // Pulumi's --color
}

// run shows everything, in a temporary folder that is gone when run returns.
func (d demo) run(ctx context.Context) (err error) {
	folder, err := os.MkdirTemp("", "aksidentity-demo-")
	if err != nil {
		return fmt.Errorf("making a temporary folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()

	cloud := azuresim.New()
	serving, stopServing := context.WithCancel(context.WithoutCancel(ctx))
	defer stopServing()
	server, err := azurenative.Serve(serving, cloud)
	if err != nil {
		return fmt.Errorf("starting the simulated Azure: %w", err)
	}
	stack, err := d.newStack(ctx, folder, server.Port())
	if err != nil {
		return err
	}
	return d.show(ctx, stack, cloud)
}

// show is the story itself: up, up again, destroy.
func (d demo) show(ctx context.Context, stack auto.Stack, cloud *azuresim.Cloud) error {
	d.say("1. pulumi up: the quickstart, deployed into a simulated Azure")
	result, err := d.up(ctx, stack)
	if err != nil {
		return fmt.Errorf("the first up: %w", err)
	}

	resources := cloud.Resources()
	d.say("2. What the program exports")
	if err := writeOutputs(d.out, result.Outputs); err != nil {
		return err
	}
	d.say("3. Who can act on Azure now")
	if err := writeIdentities(d.out, identitiesIn(resources)); err != nil {
		return err
	}
	d.say("4. What the deployment granted them")
	if err := writeGrants(d.out, grantsIn(resources)); err != nil {
		return err
	}

	d.say("5. pulumi up once more: nothing may change")
	if err := d.upUnchanged(ctx, stack); err != nil {
		return err
	}
	d.say("6. pulumi destroy: nothing may be left")
	return d.destroy(ctx, stack, cloud)
}

func (d demo) up(ctx context.Context, stack auto.Stack) (auto.UpResult, error) {
	return stack.Up(ctx, optup.ProgressStreams(d.out), optup.Color(d.color))
}

// upUnchanged deploys again and fails if that changed anything.
func (d demo) upUnchanged(ctx context.Context, stack auto.Stack) error {
	result, err := d.up(ctx, stack)
	if err != nil {
		return fmt.Errorf("the second up: %w", err)
	}
	unchanged, err := onlySame(result.Summary)
	if err != nil {
		return fmt.Errorf("the second up: %w", err)
	}
	_, err = fmt.Fprintf(d.out, "Nothing changed: %d resources are as they were.\n", unchanged)
	return err
}

// onlySame returns how many resources an update left as they were; it is an error if there were others, or none.
func onlySame(summary auto.UpdateSummary) (int, error) {
	if summary.ResourceChanges == nil {
		return 0, errors.New("the engine reported no change summary")
	}
	changes := *summary.ResourceChanges
	same := changes["same"]
	for operation, count := range changes {
		if operation != "same" && count > 0 {
			return same, fmt.Errorf("it should change nothing, but the change summary is %v", changes)
		}
	}
	if same == 0 {
		return 0, errors.New("it knows no resources at all")
	}
	return same, nil
}

// destroy removes the deployment and fails if the simulated Azure still holds something of it.
func (d demo) destroy(ctx context.Context, stack auto.Stack, cloud *azuresim.Cloud) error {
	if _, err := stack.Destroy(ctx, optdestroy.ProgressStreams(d.out), optdestroy.Color(d.color)); err != nil {
		return fmt.Errorf("destroying: %w", err)
	}
	if !cloud.Empty() {
		return fmt.Errorf("after destroy the simulated Azure still holds %v", leftIn(cloud.Resources()))
	}
	_, err := fmt.Fprintln(d.out, "The simulated Azure is empty again.")
	return err
}

// leftIn lists the IDs of the resources that a deployment left behind.
func leftIn(resources []azuresim.Resource) []string {
	var ids []string
	for _, r := range resources {
		if !r.Seeded {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

func (d demo) say(heading string) {
	// A failing standard output shows itself at the next Fprint whose error is looked at.
	_, _ = fmt.Fprintf(d.out, "\n=== %s\n\n", heading)
}
