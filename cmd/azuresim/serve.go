package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/internal/clock"
)

// serveFlags are the flags of serve.
type serveFlags struct {
	state       string
	port        int
	certificate string
	arm, proxy  int
	dropUnknown bool
	realTime    bool
	realistic   bool
}

// options are those of the provider.
func (f serveFlags) options() []azurenative.Option {
	if f.dropUnknown {
		return []azurenative.Option{azurenative.WarnOfUnknownProperties()}
	}
	return nil
}

// cloud are the options of the simulated Azure.
func (f serveFlags) cloud() []azuresim.Option {
	var out []azuresim.Option
	if f.realTime || f.realistic {
		out = append(out, azuresim.WithClock(clock.Machine()))
	}
	if f.realistic {
		out = append(out, azuresim.Realistic())
	}
	return out
}

func readServeFlags(args []string) (serveFlags, error) {
	var f serveFlags
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	flags.StringVar(&f.state, "state", "", "`file` that keeps the simulated Azure between runs; without it, it is in memory")
	flags.IntVar(&f.port, "listen", 0, "`port` of the Pulumi provider on the loopback address; 0 picks a free one")
	flags.StringVar(&f.certificate, "certificate", "", "serve Azure Resource Manager too, and write its certificate to this `file`")
	flags.IntVar(&f.arm, "arm", 0, "`port` of Azure Resource Manager; 0 picks a free one")
	flags.IntVar(&f.proxy, "proxy", 0, "`port` of the proxy that stands in for Azure's public hosts; 0 picks a free one")
	flags.BoolVar(&f.dropUnknown, "drop-unknown", false,
		"warn of properties that a resource type does not have and drop them, as the real provider does; they are errors otherwise")
	flags.BoolVar(&f.realTime, "real-time", false, "live in the time of this machine; createdOn is in January 2026 otherwise")
	flags.BoolVar(&f.realistic, "realistic", false,
		"take as long as Azure takes, and let new identities and grants work only after a while; implies -real-time")
	if err := flags.Parse(args); err != nil {
		return f, err
	}
	if f.realistic && f.state != "" && f.certificate == "" {
		return f, errors.New("-realistic and -state need -certificate FILE: without it, several servers share the state and wait for each other")
	}
	if f.certificate == "" && (f.arm != 0 || f.proxy != 0) {
		return f, errors.New("-arm and -proxy need -certificate FILE")
	}
	return f, nil
}

// serve opens the doors, prints how to come in, and waits until it is interrupted.
func serve(ctx context.Context, args []string, out io.Writer) error {
	f, err := readServeFlags(args)
	if err != nil {
		return err
	}
	if f.certificate != "" {
		return serveClients(ctx, f, out)
	}
	var cloud azurenative.Cloud = azuresim.New(f.cloud()...)
	if f.state != "" {
		cloud = &fileCloud{path: f.state, options: f.cloud()}
	}
	server, err := azurenative.ServeOn(ctx, cloud, f.port, f.options()...)
	if err != nil {
		return err
	}
	printLines(out, server.Env())
	<-ctx.Done()
	return server.Close()
}

// Clients ask every second; what nobody asks about takes half a minute.
const (
	askAgain = time.Second
	lasting  = 30 * time.Second
)

// serveClients serves one cloud to the Pulumi CLI and to clients of Azure Resource Manager.
func serveClients(ctx context.Context, f serveFlags, out io.Writer) error {
	path, err := filepath.Abs(f.certificate) // clients read it from other folders
	if err != nil {
		return err
	}
	cloud := azuresim.New(f.cloud()...)
	if f.state != "" {
		if cloud, err = (&fileCloud{path: f.state, options: f.cloud()}).load(); err != nil {
			return err
		}
	}
	provider, err := azurenative.ServeOn(ctx, cloud, f.port, f.options()...)
	if err != nil {
		return err
	}
	handler := arm.New(cloud, arm.WithRetryAfter(askAgain), arm.WithDuration(lasting))
	clients, err := arm.Serve(ctx, handler, arm.Listen{Port: f.arm, ProxyPort: f.proxy, CertificateFile: path,
		Wrap: func(next http.Handler) http.Handler { return saving(cloud, f.state, next) }})
	if err != nil {
		return errors.Join(err, provider.Close())
	}
	fmt.Fprintln(out, "# Pulumi, instead of the real provider:")
	printLines(out, provider.Env())
	fmt.Fprintf(out, "# The Azure CLI, Azure's SDKs, the real provider (as a cloud of its own: %s):\n", clients.URL)
	printLines(out, clients.Env())
	<-ctx.Done()
	err = errors.Join(clients.Close(), provider.Close())
	if f.state != "" {
		err = errors.Join(err, cloud.Save(f.state))
	}
	return err
}

// saving keeps the state file up to date: after each request that may have changed something.
func saving(cloud *azuresim.Cloud, path string, next http.Handler) http.Handler {
	if path == "" {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			_ = cloud.Save(path) // tried again at the end, where the error is told
		}
	})
}

func printLines(out io.Writer, lines []string) {
	for _, line := range lines {
		fmt.Fprintln(out, line)
	}
}
