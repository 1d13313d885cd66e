// Command azuresim serves a simulated Azure: to the Pulumi CLI as the provider azure-native, and to the Azure CLI, Azure's SDKs
// and everything else that speaks with Azure Resource Manager.
//
//	azuresim serve [-state FILE] [-listen PORT] [-drop-unknown]   serve until interrupted; prints the environment for clients
//	         [-certificate FILE [-arm PORT] [-proxy PORT]] [-real-time] [-realistic]
//	azuresim show -state FILE                     print resources, identities and grants
//
// With -state the simulated Azure is kept in a file between runs, and several servers may share it. In another terminal:
//
//	export PULUMI_DEBUG_PROVIDERS=azure-native:PORT
//	pulumi up
//
// With -certificate there is Azure Resource Manager as well, with TLS; the certificate for it is made at the start and written
// to the file. The state file then belongs to this process. In another terminal, with the lines that the command printed:
//
//	export HTTPS_PROXY=http://127.0.0.1:PORT REQUESTS_CA_BUNDLE=FILE ...
//	az login --service-principal --username $AZURE_CLIENT_ID --password $AZURE_CLIENT_SECRET --tenant $AZURE_TENANT_ID
//	az group create --name demo --location westeurope
//
// It begins in January 2026 and no time passes in it, unless it is told to live in that of this machine (-real-time), or to take as
// long as Azure takes as well (-realistic).
//
// Installed under the name pulumi-resource-azure-native it is a provider plugin: the CLI starts it, and the state is in
// the file that the environment variable AZURESIM_STATE names.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

const (
	pluginName = "pulumi-resource-azure-native"
	stateEnv   = "AZURESIM_STATE"
)

const usage = `usage:
  azuresim serve [-state FILE] [-listen PORT] [-drop-unknown] [-certificate FILE [-arm PORT] [-proxy PORT]]
                 [-real-time] [-realistic]
  azuresim show -state FILE
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	name := strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
	if err := run(ctx, name, os.Args[1:], os.Stdout); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "azuresim:", err)
		}
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, name string, args []string, out io.Writer) error {
	if name == pluginName {
		return plugin(ctx, out)
	}
	command := "serve"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		command, args = args[0], args[1:]
	}
	switch command {
	case "serve":
		return serve(ctx, args, out)
	case "show":
		return show(args, out)
	default:
		return fmt.Errorf("unknown command %q\n%s", command, usage)
	}
}

// plugin speaks the plugin protocol: the port on the first line of standard output, then serving until it is stopped.
func plugin(ctx context.Context, out io.Writer) error {
	path := os.Getenv(stateEnv)
	if path == "" {
		return fmt.Errorf("%s must name the file that keeps the simulated Azure", stateEnv)
	}
	server, err := azurenative.Serve(ctx, &fileCloud{path: path})
	if err != nil {
		return err
	}
	fmt.Fprintln(out, server.Port())
	<-ctx.Done()
	return server.Close()
}
