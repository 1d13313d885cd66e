package clients

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/msi/armmsi"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v6"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
)

// TestTheSDKWaitsAsLongAsItIsAskedTo: the Retry-After of the door reaches a client that would otherwise ask again after a millisecond.
func TestTheSDKWaitsAsLongAsItIsAskedTo(t *testing.T) {
	cases := []struct {
		name, reason string
		opts         []arm.Option
		patience     time.Duration // a longer Retry-After is no invitation to the SDK
		run          func(w *world) error
		asked        string // a part of the path of the requests that are looked at
		requests     int
		code         string
	}{
		{"throttled", "429 comes with Retry-After: 1", nil, time.Minute, throttledOnce, "/userAssignedIdentities/", 2, ""},
		{"throttled, without patience", "azcore gives up when it is asked to wait for longer than its MaxRetryDelay", nil, time.Millisecond,
			throttledOnce, "/userAssignedIdentities/", 1, "TooManyRequests"},
		{"long operation", "the answer to the PUT and each answer about the operation say how long to wait", []arm.Option{
			arm.WithRetryAfter(time.Second)}, time.Minute, longOperation, "", 3, ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, tc.opts...)
			w.group()
			clock := &clock{next: w.options.Transport, part: tc.asked}
			w.options.Transport, w.options.Retry.MaxRetryDelay = clock, tc.patience
			w.connect()
			err := tc.run(w)
			if tc.code != "" {
				w.refused(err, http.StatusTooManyRequests, tc.code)
			} else if err != nil {
				t.Fatal(err)
			}
			if len(clock.times) < tc.requests || tc.code != "" && len(clock.times) > tc.requests {
				t.Fatalf("%s: got %d requests, want %d", tc.reason, len(clock.times), tc.requests)
			}
			for i := range tc.requests - 1 {
				if waited := clock.times[i+1].Sub(clock.times[i]); waited < time.Second {
					t.Errorf("%s: request %d came after %v", tc.reason, i+2, waited)
				}
			}
		})
	}
}

func throttledOnce(w *world) error {
	w.cloud.Fail(azuresim.Match{Method: azuresim.MethodPut, Type: azuresim.IdentityType}, azuresim.Throttled())
	_, err := w.identities.NewUserAssignedIdentitiesClient().CreateOrUpdate(w.ctx(), group, "one",
		armmsi.Identity{Location: to.Ptr(location)}, nil)
	return err
}

func longOperation(w *world) error {
	poller, err := w.networks.NewRouteTablesClient().BeginCreateOrUpdate(w.ctx(), group, "routes",
		armnetwork.RouteTable{Location: to.Ptr(location)}, nil)
	_, err = tried(w, poller, err)
	return err
}

// clock notes when requests are sent, as far as their paths have a part.
type clock struct {
	next  policy.Transporter
	part  string
	mu    sync.Mutex
	times []time.Time
}

func (c *clock) Do(r *http.Request) (*http.Response, error) {
	if strings.Contains(r.URL.Path, c.part) {
		c.mu.Lock()
		c.times = append(c.times, time.Now())
		c.mu.Unlock()
	}
	return c.next.Do(r)
}
