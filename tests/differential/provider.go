package differential

import (
	"bufio"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

// A side starts a provider azure-native that uses the server as if it were Azure. engine is the address of the engine.
type side func(server *arm.Server, engine string) (plugin.Provider, error)

// ours is our imitation, which speaks with the server over HTTP.
func ours(server *arm.Server, engine string) (plugin.Provider, error) {
	return imitation(server, engine, func(c azurenative.Cloud) azurenative.Cloud { return c })
}

// imitation is ours with another client of Azure.
func imitation(server *arm.Server, engine string, with func(azurenative.Cloud) azurenative.Cloud) (plugin.Provider, error) {
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(server.Certificate)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS12}}
	served, err := azurenative.Serve(context.Background(), with(&cloud{client: &http.Client{Transport: transport},
		resourceManager: server.URL, authority: server.URL, secret: arm.DefaultClientSecret}))
	if err != nil {
		return nil, err
	}
	p, err := dial(served.Port(), func() error {
		transport.CloseIdleConnections()
		return served.Close()
	})
	if err != nil {
		return nil, errors.Join(err, served.Close())
	}
	_, err = p.client.Attach(context.Background(), &pulumirpc.PluginAttach{Address: engine})
	return p, err
}

// installed is the plugin at a path, started as the Pulumi CLI starts it: with the address of the engine as its argument. Its
// environment makes it take the server for Azure.
func installed(path string) side {
	return func(server *arm.Server, engine string) (plugin.Provider, error) {
		command := exec.Command(path, engine)
		command.Env = append(os.Environ(), server.Env()...)
		command.Stderr = os.Stderr
		out, err := command.StdoutPipe()
		if err != nil {
			return nil, err
		}
		if err := command.Start(); err != nil {
			return nil, fmt.Errorf("starting %s: %w", path, err)
		}
		stop := func() error {
			killed := command.Process.Kill()
			_ = command.Wait() // says that it was killed
			return killed
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		port, notANumber := strconv.Atoi(strings.TrimSpace(line))
		if err = firstOf(err, notANumber); err != nil {
			return nil, errors.Join(fmt.Errorf("%s did not tell its port: %w", path, err), stop())
		}
		p, err := dial(port, stop)
		if err != nil {
			return nil, errors.Join(err, stop())
		}
		return p, nil
	}
}

// versionOf asks a plugin for its version.
func versionOf(ctx context.Context, p plugin.Provider) (string, error) {
	info, err := p.(*provider).client.GetPluginInfo(ctx, &emptypb.Empty{})
	return info.GetVersion(), err
}

// provider is a provider on a port of this machine.
type provider struct {
	plugin.Provider
	client pulumirpc.ResourceProviderClient
	end    func() error
}

func dial(port int, stop func() error) (*provider, error) {
	conn, err := grpc.NewClient("127.0.0.1:"+strconv.Itoa(port), grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithUnaryInterceptor(sameSeed), rpcutil.GrpcChannelOptions(),
		grpc.WithConnectParams(grpc.ConnectParams{MinConnectTimeout: time.Minute}))
	if err != nil {
		return nil, err
	}
	client := pulumirpc.NewResourceProviderClient(conn)
	return &provider{plugin.NewProviderWithClient(nil, client, false), client,
		sync.OnceValue(func() error { return errors.Join(conn.Close(), stop()) })}, nil
}

// Close ends the provider. The engine may do so before the operation ends.
func (p *provider) Close() error { return p.end() }

// sameSeed derives the seed for made-up names from the URN. The engine draws lots.
func sameSeed(ctx context.Context, method string, req, reply any, conn *grpc.ClientConn, invoke grpc.UnaryInvoker, opts ...grpc.CallOption) error {
	if check, ok := req.(*pulumirpc.CheckRequest); ok && len(check.RandomSeed) > 0 {
		seed := sha256.Sum256([]byte(check.Urn))
		check.RandomSeed = seed[:]
	}
	return invoke(ctx, method, req, reply, conn, opts...)
}
