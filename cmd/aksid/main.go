// Command aksid shows who may do what in the clusters of a Pulumi stack, and why: before a deployment (plan), of what is deployed
// (report, graph), and for whoever deploys (deployer). It reads what Pulumi writes and has no credentials of its own.
//
//	aksid plan            # the grants to come, from pulumi preview in this folder
//	aksid report          # identities and grants of the stack
//	aksid graph -o x.svg  # the same as a picture
//	aksid deployer        # the role that whoever deploys needs
//	aksid audit           # which rights are missing, too much, or left behind
//
// The exit code is 0 when it has told everything, and 1 when something failed, when the preview failed, or when the deployer lacks rights.
// That of audit is 1 when there are findings, and 2 when its source could not be read.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := program{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, width: terminalWidth(os.Stdout)}.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}
