package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

// width is the terminal that everything is written for, in columns.
const width = 100

// demo is one showing: two programs, and where to tell about them.
type demo struct {
	out      io.Writer      // what the demo itself says
	progress io.Writer      // what Pulumi says
	article  pulumi.RunFunc // the cluster of the article
	outside  pulumi.RunFunc // the same cluster with things outside
	cli      string         // path of the Pulumi CLI; empty means the one on the PATH
	aksid    string         // path of the program that draws; empty means no picture
	color    string         // Pulumi's --color
}

// act is one program on a stack of its own.
type act struct {
	demo
	stack auto.Stack
	world *world
}

// run shows everything, in a temporary folder that is gone when run returns.
func (d demo) run(ctx context.Context) (err error) {
	folder, err := os.MkdirTemp("", "aksidentity-demo-")
	if err != nil {
		return fmt.Errorf("making a temporary folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()

	w := newWorld()
	serving, stopServing := context.WithCancel(context.WithoutCancel(ctx))
	defer stopServing()
	server, err := azurenative.Serve(serving, w.cloud)
	if err != nil {
		return fmt.Errorf("starting the simulated Azure: %w", err)
	}
	d.introduce(w)
	for _, each := range []struct {
		project string
		program pulumi.RunFunc
		show    func(act, context.Context) error
	}{
		{"article", d.article, act.showArticle},
		{"outside", d.outside, act.showOutside},
	} {
		stack, err := d.newStack(ctx, filepath.Join(folder, each.project), each.project, each.program, server.Port())
		if err != nil {
			return err
		}
		if err := configure(ctx, stack, w.settings()); err != nil {
			return err
		}
		if err := each.show(act{d, stack, w}, ctx); err != nil {
			return fmt.Errorf("%s: %w", each.project, err)
		}
	}
	d.say("Everything above was checked while it was shown. The programs are examples/quickstart and examples/outside.")
	d.tellPictures()
	return nil
}

// introduce tells what there is before anything is deployed.
func (d demo) introduce(w *world) {
	d.heading("Azure before: what other teams have made")
	rows := [][]string{}
	for _, q := range w.questions() {
		rows = append(rows, []string{q.thing, report.Short(q.target)})
	}
	d.table([]string{"WHAT", "ID"}, rows)
	d.say("IDs are shortened to be read: network-team/hub/shop is the subnet shop of the network hub in the resource group " +
		"network-team. Of principals the first eight digits are shown. Azure is simulated; Pulumi is the real one.")
}

// Everything that is written begins with a blank line. A failing standard output shows itself at the next operation of Pulumi,
// which writes there too; so errors of writing are not looked at here.

func (d demo) heading(text string) { _, _ = fmt.Fprintf(d.out, "\n=== %s\n", text) }

// say writes a paragraph.
func (d demo) say(format string, args ...any) {
	lines := report.Wrap(fmt.Sprintf(format, args...), width)
	_, _ = fmt.Fprintf(d.out, "\n%s\n", strings.Join(lines, "\n"))
}

func (d demo) table(header []string, rows [][]string) {
	_, _ = fmt.Fprintf(d.out, "\n%s", report.Table(width, header, rows...))
}
