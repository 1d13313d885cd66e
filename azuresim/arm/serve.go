package arm

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"
)

// Listen says where to serve. The zero value picks free ports of the loopback address and writes no certificate.
type Listen struct {
	Port            int    // of the TLS server; 0: a free one
	ProxyPort       int    // of the proxy; 0: a free one
	CertificateFile string // the certificate is written there, in PEM
	// Wrap, when given, goes around the handler: to log, or to keep what requests change.
	Wrap func(http.Handler) http.Handler
}

// Server answers on the loopback address until it is closed.
type Server struct {
	// URL is the address of ARM, Entra and Graph for clients of a custom cloud: https://127.0.0.1:PORT
	URL string
	// ProxyURL is the address of the proxy for clients of the public cloud: http://127.0.0.1:PORT
	ProxyURL string
	// Certificate is what clients have to trust, in PEM.
	Certificate []byte

	handler     *Handler
	certificate string // its file
	servers     []*http.Server
	running     sync.WaitGroup
}

// Serve starts serving. Nobody but this machine can connect.
func Serve(ctx context.Context, h *Handler, where Listen) (*Server, error) {
	pair, text, err := newCertificate(time.Now())
	if err != nil {
		return nil, err
	}
	if where.CertificateFile != "" {
		if err := os.WriteFile(where.CertificateFile, text, 0o600); err != nil {
			return nil, fmt.Errorf("writing the certificate: %w", err)
		}
	}
	direct, err := listen(ctx, where.Port)
	if err != nil {
		return nil, err
	}
	proxied, err := listen(ctx, where.ProxyPort)
	if err != nil {
		return nil, errors.Join(err, direct.Close())
	}
	config := &tls.Config{Certificates: []tls.Certificate{pair}, NextProtos: []string{"http/1.1"}, MinVersion: tls.VersionTLS12}
	inner := newTunnels(proxied.Addr())
	s := &Server{URL: "https://" + direct.Addr().String(), ProxyURL: "http://" + proxied.Addr().String(), Certificate: text,
		handler: h, certificate: where.CertificateFile}
	served := http.Handler(h)
	if where.Wrap != nil {
		served = where.Wrap(h)
	}
	s.start(tls.NewListener(direct, config), served)
	s.start(inner, served)
	s.start(proxied, &proxy{tls: config, inner: inner})
	return s, nil
}

func listen(ctx context.Context, port int) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, fmt.Errorf("listening on port %d: %w", port, err)
	}
	return listener, nil
}

func (s *Server) start(listener net.Listener, handler http.Handler) {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second,
		// A client that does not trust the certificate is told so by its own error.
		ErrorLog: log.New(io.Discard, "", 0)}
	s.servers = append(s.servers, server)
	s.running.Add(1)
	go func() {
		defer s.running.Done()
		_ = server.Serve(listener) // ends with ErrServerClosed
	}()
}

// Close stops serving. Connections are cut.
func (s *Server) Close() error {
	var all []error
	for _, server := range s.servers {
		all = append(all, server.Close())
	}
	s.running.Wait()
	return errors.Join(all...)
}

// Env is the environment that makes clients on this machine use the simulator as if it were the public cloud: the Azure CLI
// (REQUESTS_CA_BUNDLE), Azure's SDKs and the Pulumi provider azure-native (SSL_CERT_FILE, AZURE_..., ARM_...).
func (s *Server) Env() []string {
	who := s.handler.cloud.ClientConfig()
	env := []string{
		"HTTPS_PROXY=" + s.ProxyURL,
		"NO_PROXY=127.0.0.1,localhost",
	}
	if s.certificate != "" {
		env = append(env, "SSL_CERT_FILE="+s.certificate, "REQUESTS_CA_BUNDLE="+s.certificate)
	}
	for _, prefix := range []string{"AZURE", "ARM"} {
		env = append(env, prefix+"_TENANT_ID="+who.TenantID, prefix+"_CLIENT_ID="+who.ClientID,
			prefix+"_CLIENT_SECRET="+s.handler.secret, prefix+"_SUBSCRIPTION_ID="+who.SubscriptionID)
	}
	return env
}
