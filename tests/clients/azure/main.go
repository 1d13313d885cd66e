// Azure plays the cases of azuresim/contract against a real Azure, through the clients of the Azure SDK for Go, and prints what
// differs from the simulator as lines of a table.
//
//	export AZURE_SUBSCRIPTION_ID=...   # and be signed in, for example with az login
//	make test-azure                    # says what it would make and what that costs, and makes nothing
//	AKSID_AZURE=yes make test-azure    # identities, networks, role assignments, a registry
//	AKSID_AZURE=yes AKSID_AZURE_CLUSTER=yes make test-azure
//	AKSID_AZURE=yes make clean-azure   # removes the groups of runs that were killed
//
// All it makes lies in one resource group with a random name, has the tag purpose=aksidentity-contract, and is removed at the end,
// also after a failure or an interrupt. The caller has to be Owner of the subscription, or Contributor and User Access
// Administrator.
//
// The exit code is 0 when Azure answers as the simulator does, 1 otherwise.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/contract"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], surroundings{
		getenv: os.Getenv, out: os.Stdout, poll: 15 * time.Second,
		// Microsoft names up to ten minutes until a role assignment works (learn.microsoft.com/azure/role-based-access-control/troubleshooting,
		// read 2026-11-25).
		patience: contract.Patience{For: 10 * time.Minute, Every: 15 * time.Second},
	}))
}
