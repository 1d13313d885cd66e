package arm

import (
	"crypto/tls"
	"net"
	"net/http"
	"slices"
	"sync"
)

// proxy is an HTTP proxy for the hosts of the public cloud, and for nothing else: it answers CONNECT, and what the client says
// then, TLS included, goes to the server of the simulator. So clients need no other configuration than the proxy and the
// certificate, and believe that they talk to the public cloud.
type proxy struct {
	tls   *tls.Config
	inner *tunnels
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host, port, err := net.SplitHostPort(r.Host)
	if r.Method != http.MethodConnect || err != nil || port != "443" || !slices.Contains(publicHosts, host) {
		http.Error(w, "azuresim: the proxy stands in for the hosts of Azure only, not for "+r.Host, http.StatusForbidden)
		return
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if _, err := conn.Write([]byte("HTTP/1.1 200 Connection established\r\n\r\n")); err != nil {
		_ = conn.Close()
		return
	}
	p.inner.add(tls.Server(conn, p.tls))
}

// tunnels is a listener of the connections that clients opened through the proxy.
type tunnels struct {
	accepted chan net.Conn
	once     sync.Once
	closed   chan struct{}
	address  net.Addr
}

func newTunnels(address net.Addr) *tunnels {
	return &tunnels{accepted: make(chan net.Conn), closed: make(chan struct{}), address: address}
}

func (t *tunnels) add(conn net.Conn) {
	select {
	case t.accepted <- conn:
	case <-t.closed:
		_ = conn.Close()
	}
}

// Accept waits for the next connection.
func (t *tunnels) Accept() (net.Conn, error) {
	select {
	case conn := <-t.accepted:
		return conn, nil
	case <-t.closed:
		return nil, net.ErrClosed
	}
}

// Close ends Accept.
func (t *tunnels) Close() error {
	t.once.Do(func() { close(t.closed) })
	return nil
}

// Addr is the address of the proxy.
func (t *tunnels) Addr() net.Addr { return t.address }
