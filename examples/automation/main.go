// Automation is a tool that embeds Pulumi. It shows which grants a team's cluster takes and why, and deploys it when asked to:
//
//	go run ./examples/automation -team shop -subnet SUBNET_ID
//	go run ./examples/automation -team shop -subnet SUBNET_ID -deploy
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"

	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/examples/automation/program"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

// order is what a team asks for.
type order struct{ team, subnet string }

func main() {
	var o order
	flag.StringVar(&o.team, "team", "", "the team, after which cluster and stack are called")
	flag.StringVar(&o.subnet, "subnet", "", "the resource ID of the subnet for the nodes")
	deploy := flag.Bool("deploy", false, "deploy, after showing what it takes")
	flag.Parse()
	if err := o.run(context.Background(), os.Stdout, *deploy); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run shows the plan and the preview, and deploys when it is told to. A stack for each team keeps the teams apart.
func (o order) run(ctx context.Context, out io.Writer, deploy bool) error {
	// The plan needs neither Pulumi nor Azure, so mistakes and grants are known at once: in a form, in a pull request.
	plan := components.PlanManagedIdentityCluster(program.Cluster(o.subnet), components.Today())
	if err := plan.Problems.Err(); err != nil {
		return err
	}
	say(out, "%s", report.Plan(plan))

	stack, err := auto.UpsertStackInlineSource(ctx, o.team, "clusters", program.For(o.team, o.subnet))
	if err != nil {
		return err
	}
	preview, err := stack.Preview(ctx)
	if err != nil {
		return err
	}
	changes := preview.ChangeSummary
	say(out, "preview: %d to create, %d to update, %d to replace, %d to delete\n",
		changes[apitype.OpCreate], changes[apitype.OpUpdate], changes[apitype.OpReplace], changes[apitype.OpDelete])
	if !deploy {
		return nil
	}
	up, err := stack.Up(ctx)
	if err != nil {
		return err
	}
	say(out, "made: %v\n", up.Outputs["clusterId"].Value)
	return o.grants(out, up.Outputs["grants"].Value)
}

// grants shows what was granted, as the stack's output tells it.
func (o order) grants(out io.Writer, output any) error {
	grants, ok := output.([]any)
	if !ok {
		return fmt.Errorf("the stack's output grants is %T, not a list", output)
	}
	for _, g := range grants {
		grant, ok := g.(map[string]any)
		if !ok {
			return fmt.Errorf("a grant of the stack's output is %T, not an object", g)
		}
		say(out, "granted: %v to %v on %v, to %v\n", grant["role"], grant["identity"], grant["scope"], grant["reason"])
	}
	return nil
}

// say writes a line to somebody who reads along; a closed terminal is no reason to stop.
func say(out io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(out, format, args...) }
