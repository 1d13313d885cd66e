package arm

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// DefaultClientSecret signs the deployer in, unless WithClientSecret says otherwise.
const DefaultClientSecret = "simulated-secret"

// Handler answers for Azure Resource Manager, Entra and Microsoft Graph at once: their paths do not overlap, so one address
// can stand for all three.
type Handler struct {
	cloud      *azuresim.Cloud
	secret     string
	polls      int           // how often a running operation says InProgress
	lasting    time.Duration // an operation that nobody asks about ends after that; 0: never
	retryAfter time.Duration
	pageSize   int
	now        func() time.Time

	mu         sync.Mutex
	operations map[string]*operation // by name
	counter    int
}

// Option changes a Handler.
type Option func(*Handler)

// WithPolls lets a long operation be in progress for the first n questions about it, of its status or of its resource; 1 by
// default.
func WithPolls(n int) Option { return func(h *Handler) { h.polls = n } }

// WithDuration ends long operations after that time, even if nobody asks about them. By default they wait for questions.
func WithDuration(d time.Duration) Option { return func(h *Handler) { h.lasting = d } }

// WithRetryAfter asks clients to wait so long between questions, in whole seconds; 0 by default.
func WithRetryAfter(d time.Duration) Option { return func(h *Handler) { h.retryAfter = d } }

// WithPageSize cuts lists into pages of n; 1000 by default.
func WithPageSize(n int) Option { return func(h *Handler) { h.pageSize = n } }

// WithClientSecret replaces DefaultClientSecret.
func WithClientSecret(secret string) Option { return func(h *Handler) { h.secret = secret } }

// New makes the handler of a cloud.
func New(cloud *azuresim.Cloud, opts ...Option) *Handler {
	h := &Handler{cloud: cloud, secret: DefaultClientSecret, polls: 1, pageSize: 1000, now: time.Now,
		operations: map[string]*operation{}}
	for _, opt := range opts {
		opt(h)
	}
	return h
}

// door is one of the three services.
type door func(h *Handler, r *http.Request) answer

// doors finds the service by the first segment of the path; everything else is a tenant of Entra.
var doors = map[string]door{
	"subscriptions": (*Handler).resourceManager,
	"providers":     (*Handler).resourceManager,
	"tenants":       (*Handler).resourceManager,
	"metadata":      (*Handler).metadata,
	"v1.0":          (*Handler).graph,
	"beta":          (*Handler).graph,
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	serve, known := doors[strings.ToLower(first)]
	if !known {
		serve = (*Handler).signIn
	}
	h.write(w, r, serve(h, r))
}
