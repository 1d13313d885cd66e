package azurenative

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// attempts is how often one request is sent: the first time and after waits of 20, 60 and 120 seconds in the real provider, or as long
// as Retry-After asks for, up to 120 seconds. The simulator does not wait. Whatever is wrong with the connection is tried again, for
// every method: a PUT whose answer was lost ends well, since PUTs are idempotent. Read 2026-11-26 in pulumi-azure-native (v2 line,
// commit 006a62a, provider/pkg/azure/client_azcore.go: three retries by default, and a ShouldRetry that is true for every error) and
// in azcore v1.22.0 (runtime/policy_retry.go).
const attempts = 4

// noStatus is that of an error without an answer.
const noStatus = 0

var retried = []int{
	http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway,
	http.StatusServiceUnavailable, http.StatusGatewayTimeout,
}

// anotherOperation is the only 409 that the provider retries. AKS's OperationNotAllowed is not.
const anotherOperation = "AnotherOperationInProgress"

// retry sends a request until it is answered with something else than a passing trouble.
func retry(ctx context.Context, send func() (azuresim.Response, error)) (azuresim.Response, error) {
	for attempt := 1; ; attempt++ {
		answer, err := send()
		if err == nil || attempt == attempts || ctx.Err() != nil || !passing(err) {
			return answer, err
		}
	}
}

func passing(err error) bool {
	var e *azuresim.Error
	if !errors.As(err, &e) || e.Accepted {
		return false
	}
	return slices.Contains(retried, e.Status) || e.Code == azuresim.CodeConnectionReset || e.Status == http.StatusConflict && e.Code == anotherOperation
}

func isStatus(err error, status int) bool {
	var e *azuresim.Error
	return errors.As(err, &e) && e.Status == status
}

func accepted(err error) bool {
	var e *azuresim.Error
	return errors.As(err, &e) && e.Accepted
}

func (p *provider) get(ctx context.Context, id string) (azuresim.Response, error) {
	return p.ask(ctx, func() (azuresim.Response, error) { return p.cloud.Get(ctx, id) })
}

func (p *provider) put(ctx context.Context, id string, body map[string]any) (azuresim.Response, error) {
	return p.ask(ctx, func() (azuresim.Response, error) { return p.cloud.Put(ctx, id, body) })
}

func (p *provider) delete(ctx context.Context, id string) (azuresim.Response, error) {
	return p.ask(ctx, func() (azuresim.Response, error) { return p.cloud.Delete(ctx, id) })
}

func (p *provider) post(ctx context.Context, id, action string, body map[string]any) (azuresim.Response, error) {
	return p.ask(ctx, func() (azuresim.Response, error) { return p.cloud.Post(ctx, id, action, body) })
}

// ask sends a request with retries. After the process was killed nothing is sent any more.
func (p *provider) ask(ctx context.Context, send func() (azuresim.Response, error)) (azuresim.Response, error) {
	if p.killed.Load() {
		gone := azuresim.ProcessKilled()
		return azuresim.Response{}, &gone
	}
	answer, err := retry(ctx, send)
	if azuresim.Code(err) == azuresim.CodeProcessKilled {
		p.killed.Store(true)
	}
	return answer, err
}
