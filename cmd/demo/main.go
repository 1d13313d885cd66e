// Command demo shows the main job of this library in two acts, with the real Pulumi engine and a simulated Azure: the cluster of
// the AKS article on managed identities (examples/quickstart), which may touch nothing outside; and the same cluster with a
// subnet, an address, a disk and a registry of other teams (examples/outside), which may, by grants that the preview lists with
// their reasons. Each claim is checked when it is made: what the cluster may do is asked of the simulated Azure, one grant is
// deleted behind Pulumi's back and brought back, and in the end Azure has to be as it was.
//
//	make demo
//
// It needs a Pulumi CLI, named by PULUMI_BIN or found on the PATH, and no Azure subscription, no Pulumi account and no
// network. Everything it writes is in one temporary folder, which it removes, also when it is interrupted. No line is wider
// than 100 columns. When AKSID_BIN names aksid (make demo does), it ends with a picture of what the second act deployed, next to that
// program.
//
// The exit code is 0 when everything went as it should, 1 when something failed or any expectation did not hold, and 130 when
// it was interrupted.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	outside "github.com/aksidentity/pulumi-aksidentity/examples/outside/program"
	article "github.com/aksidentity/pulumi-aksidentity/examples/quickstart/program"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	d := demo{
		out: os.Stdout, progress: os.Stdout, article: article.Program, outside: outside.Program,
		cli: os.Getenv("PULUMI_BIN"), aksid: os.Getenv("AKSID_BIN"), color: colorFor(os.Stdout),
	}
	code := exitCode(ctx, d.run(ctx), os.Stderr)
	stop()
	os.Exit(code)
}

// exitCode tells what went wrong, if anything did, and turns it into the code for the shell.
func exitCode(ctx context.Context, err error, stderr io.Writer) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(ctx.Err(), context.Canceled):
		fmt.Fprintln(stderr, "demo: interrupted; the temporary folder is removed")
		return 130
	default:
		fmt.Fprintln(stderr, "demo:", err)
		return 1
	}
}

// colorFor is Pulumi's --color for an output: colours are for people, not for files.
func colorFor(out *os.File) string {
	info, err := out.Stat()
	if err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == "" {
		return "always"
	}
	return "never"
}
