package azurenative

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// pauses lie between the attempts at one request, as in the real provider, which waits as long as Retry-After asks for, up to 120
// seconds: simulated time of a cloud that has a clock, none in others. Whatever is wrong with the connection is tried again, for every
// method: a PUT whose answer was lost ends well, since PUTs are idempotent. Read 2026-11-26 in pulumi-azure-native (v2 line, commit
// 006a62a, provider/pkg/azure/client_azcore.go: three retries by default, and a ShouldRetry that is true for every error) and in
// azcore v1.22.0 (runtime/policy_retry.go).
var pauses = []time.Duration{20 * time.Second, 60 * time.Second, 120 * time.Second}

// noStatus is that of an error without an answer.
const noStatus = 0

var retried = []int{
	http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway,
	http.StatusServiceUnavailable, http.StatusGatewayTimeout,
}

// anotherOperation is the only 409 that the provider retries. AKS's OperationNotAllowed is not.
const anotherOperation = "AnotherOperationInProgress"

// retry sends a request until it is answered with something else than a passing trouble.
func (p *provider) retry(ctx context.Context, send func() (azuresim.Response, error)) (azuresim.Response, error) {
	for _, pause := range pauses {
		answer, err := send()
		if err == nil || ctx.Err() != nil || !passing(err) || p.pause(ctx, pause) != nil {
			return answer, err
		}
	}
	return send()
}

// timed is a cloud that has a clock.
type timed interface{ Clock() azuresim.Clock }

func (p *provider) pause(ctx context.Context, d time.Duration) error {
	if cloud, ok := p.cloud.(timed); ok {
		return cloud.Clock().Sleep(ctx, d)
	}
	return ctx.Err()
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
	answer, err := p.retry(ctx, send)
	if azuresim.Code(err) == azuresim.CodeProcessKilled {
		p.killed.Store(true)
	}
	return answer, err
}
