package simtest

import (
	"context"
	"fmt"
	"net"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
)

// answer takes the place of the engine for one method; nil leaves the request to the engine.
type answer func(request []byte) (response []byte, err error)

// relay passes calls on to a server of the engine, apart from those that it answers itself.
type relay struct {
	address string
	server  *grpc.Server
	engine  *grpc.ClientConn
	answers map[string]answer
}

// newRelay listens for the engine, which has the address engine, until it is closed.
func newRelay(engine string, answers map[string]answer) (*relay, error) {
	conn, err := grpc.NewClient(engine, grpc.WithTransportCredentials(insecure.NewCredentials()), rpcutil.GrpcChannelOptions())
	if err != nil {
		return nil, fmt.Errorf("connecting to the engine: %w", err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listening for the engine: %w", err)
	}
	r := &relay{address: listener.Addr().String(), engine: conn, answers: answers}
	const messages = 400 << 20 // as large as the engine takes them (rpcutil.GrpcChannelOptions)
	r.server = grpc.NewServer(grpc.ForceServerCodec(asIs{}), grpc.MaxRecvMsgSize(messages), grpc.UnknownServiceHandler(r.handle))
	go func() { _ = r.server.Serve(listener) }() // ends with Stop
	return r, nil
}

// handle serves one call. All methods of the engine have one request and one response.
func (r *relay) handle(_ any, stream grpc.ServerStream) error {
	method, ok := grpc.MethodFromServerStream(stream)
	if !ok {
		return status.Error(codes.Internal, "the call has no method")
	}
	var request, response []byte
	if err := stream.RecvMsg(&request); err != nil {
		return err
	}
	response, err := r.call(stream.Context(), method, request)
	if err != nil {
		return err
	}
	return stream.SendMsg(&response)
}

func (r *relay) call(ctx context.Context, method string, request []byte) (response []byte, err error) {
	if own, ok := r.answers[method]; ok {
		if response, err = own(request); response != nil || err != nil {
			return response, err
		}
	}
	err = r.engine.Invoke(ctx, method, &request, &response, grpc.ForceCodec(asIs{}))
	return response, err
}

func (r *relay) close() error {
	r.server.Stop()
	return r.engine.Close()
}

// asIs is the codec of messages that nobody looks at.
type asIs struct{}

func (asIs) Name() string { return "proto" }

func (asIs) Marshal(v any) ([]byte, error) {
	message, ok := v.(*[]byte)
	if !ok {
		return nil, fmt.Errorf("a message of type %T is not passed on", v)
	}
	return *message, nil
}

func (asIs) Unmarshal(data []byte, v any) error {
	message, ok := v.(*[]byte)
	if !ok {
		return fmt.Errorf("a message of type %T is not passed on", v)
	}
	*message = append([]byte{}, data...)
	return nil
}
