package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// program is one call of aksid.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	// width is that of the terminal, in columns.
	width int
}

// errTold is the end of a call whose bad news are in its output already.
var errTold = errors.New("it is told")

// run carries out the command line, and gives the exit code.
func (p program) run(ctx context.Context, args []string) int {
	root := &cobra.Command{
		Use:   "aksid",
		Short: "Shows who may do what in the AKS clusters of a Pulumi stack, and why",
		Long: "aksid shows who may do what in the AKS clusters of a Pulumi stack, and why. It reads what Pulumi writes: a preview, or a\n" +
			"stack's state. It has no credentials of its own, and it changes nothing.",
		SilenceErrors: true, SilenceUsage: true,
	}
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	root.SetArgs(args)
	root.AddCommand(p.planCommand(), p.reportCommand(), p.graphCommand(), p.deployerCommand(), p.auditCommand())
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case !errors.Is(err, errTold):
		_, _ = fmt.Fprintln(p.stderr, "aksid:", err)
	}
	if errors.As(err, &unread{}) {
		return codeUnread
	}
	return 1
}

// withoutTerminal is the width of a page that goes to a file.
const withoutTerminal = 120

func terminalWidth(out *os.File) int {
	if width, _, err := term.GetSize(int(out.Fd())); err == nil && width > 0 {
		return width
	}
	return withoutTerminal
}

// output is where a command writes: the standard output, or a file.
type output struct {
	program
	file string
}

func (o *output) flags(c *cobra.Command) {
	c.Flags().StringVarP(&o.file, "output", "o", "", "write to this file instead of the standard output")
}

func (o *output) write(text []byte) error {
	if o.file == "" {
		_, err := o.stdout.Write(text)
		return err
	}
	if err := os.WriteFile(o.file, text, 0o644); err != nil {
		return err
	}
	_, err := fmt.Fprintln(o.stderr, "aksid: written to", o.file)
	return err
}

// formatted is the output of a command that can write one of several formats, the first of them unless the caller says otherwise.
type formatted struct {
	output
	format  string
	formats []string
	width   int
}

func (f *formatted) flags(c *cobra.Command) {
	f.output.flags(c)
	c.Flags().StringVarP(&f.format, "format", "f", f.formats[0], "one of "+strings.Join(f.formats, ", "))
	if slices.Contains(f.formats, "text") {
		c.Flags().IntVar(&f.width, "width", f.output.width, "columns of a line, for text")
	}
}

func (f *formatted) checked() error {
	if !slices.Contains(f.formats, f.format) {
		return fmt.Errorf("--format %s: there is no such format; give one of %s", f.format, strings.Join(f.formats, ", "))
	}
	return nil
}
