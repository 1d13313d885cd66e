package differential

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
)

// request is one to Azure Resource Manager, as it arrived.
type request struct {
	method  string
	path    string // in lower case: ARM does not distinguish
	version string
	body    map[string]any // nil without one
}

func (r request) key() string { return r.method + " " + r.path }

// recorder keeps the requests that a simulated Azure gets.
type recorder struct {
	mu   sync.Mutex
	seen []request
}

// around records what goes to the next handler.
func (r *recorder) around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, asked *http.Request) {
		content, err := io.ReadAll(asked.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		asked.Body = io.NopCloser(bytes.NewReader(content))
		if counts(asked.URL.Path) {
			r.add(asked, content)
		}
		next.ServeHTTP(w, asked)
	})
}

func (r *recorder) add(asked *http.Request, content []byte) {
	out := request{method: asked.Method, path: strings.ToLower(asked.URL.Path), version: asked.URL.Query().Get("api-version")}
	// What is no JSON is refused by the simulator, which the comparison sees in the result.
	_ = json.Unmarshal(content, &out.body)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = append(r.seen, out)
}

// counts leaves out signing in, and questions about long operations: each client asks as often as it likes.
func counts(path string) bool {
	path = strings.ToLower(path)
	return strings.HasPrefix(path, "/subscriptions/") && !strings.Contains(path, "/operations/") &&
		!strings.Contains(path, "/operationresults/")
}

func (r *recorder) requests() []request {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.seen
}
