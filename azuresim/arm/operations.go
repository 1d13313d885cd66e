package arm

import (
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// operation is a long one that a client was told about.
type operation struct {
	name    string
	started *azuresim.Started
	put     bool
	target  string    // id of the resource, in lower case
	begun   time.Time // by the clock of the machine
	lasts   bool      // takes time on the clock of the cloud
	left    int       // questions until it ends
	ended   bool
	result  azuresim.Response
	err     error
}

// styles are the ways of a type with long operations.
type style struct{ put, delete bool }

// long lists the types whose changes ARM answers before they have ended. The others are done when the answer comes. From the
// long-running operations of the Azure SDK for Go (Begin... methods), read 2026-11-25.
var long = map[string]style{
	azuresim.ResourceGroupType:            {delete: true},
	azuresim.ManagedClusterType:           {put: true, delete: true},
	azuresim.AgentPoolType:                {put: true, delete: true},
	azuresim.VirtualNetworkType:           {put: true, delete: true},
	azuresim.SubnetType:                   {put: true, delete: true},
	azuresim.RouteTableType:               {put: true, delete: true},
	azuresim.NatGatewayType:               {put: true, delete: true},
	azuresim.NetworkSecurityGroupType:     {put: true, delete: true},
	azuresim.PublicIPAddressType:          {put: true, delete: true},
	azuresim.PublicIPPrefixType:           {put: true, delete: true},
	azuresim.ApplicationGatewayType:       {put: true, delete: true},
	azuresim.PrivateLinkServiceType:       {put: true, delete: true},
	azuresim.DdosProtectionPlanType:       {put: true, delete: true},
	azuresim.LoadBalancerType:             {put: true, delete: true},
	azuresim.PrivateDNSZoneType:           {put: true, delete: true},
	azuresim.VirtualNetworkLinkType:       {put: true, delete: true},
	azuresim.DiskType:                     {put: true, delete: true},
	azuresim.SnapshotType:                 {put: true, delete: true},
	azuresim.DiskEncryptionSetType:        {put: true, delete: true},
	azuresim.RegistryType:                 {put: true, delete: true},
	azuresim.WorkspaceType:                {put: true, delete: true},
	azuresim.VaultType:                    {put: true},
	azuresim.TrafficControllerType:        {put: true, delete: true},
	azuresim.BackupVaultType:              {put: true, delete: true},
	azuresim.ExtensionType:                {put: true, delete: true},
	azuresim.StorageAccountType:           {put: true},
	azuresim.DNSZoneType:                  {delete: true},
	azuresim.MaintenanceConfigurationType: {},
}

func isLong(method azuresim.Method, resourceType string) bool {
	if method == azuresim.MethodDelete {
		return long[resourceType].delete
	}
	// Tags of a resource group and of most others are changed at once; clusters and networks take their time for them as well.
	return long[resourceType].put && (method == azuresim.MethodPut || resourceType == azuresim.ManagedClusterType)
}

// begin remembers an accepted operation and tells the client where to ask.
func (h *Handler) begin(r *http.Request, t target, method azuresim.Method, started *azuresim.Started) answer {
	op := &operation{started: started, put: method != azuresim.MethodDelete, target: strings.ToLower(t.id), begun: h.now(), lasts: started.Due.After(h.cloud.Clock().Now()),
		left: h.polls}
	h.mu.Lock()
	h.counter++
	op.name = guid("operation", t.id, strconv.Itoa(h.counter))
	h.operations[op.name] = op
	h.mu.Unlock()
	a := answer{status: http.StatusAccepted, headers: map[string]string{"Location": h.operationURL(r, t, "operationresults", op)}}
	if t.typeName() != azuresim.ResourceGroupType {
		a.headers["Azure-AsyncOperation"] = h.operationURL(r, t, "operations", op)
	}
	if op.put {
		// The end of a PUT is the resource itself: no Location.
		delete(a.headers, "Location")
		a.status, a.body = started.Response.Status, started.Response.Body
	}
	h.addRetryAfter(a.headers)
	return a
}

// operationURL is where a client asks about an operation: in the provider of its resource, for a group in the subscription.
func (h *Handler) operationURL(r *http.Request, t target, kind string, op *operation) string {
	segments := strings.Split(t.id, "/") // "", "subscriptions", S, ...
	path := "/subscriptions/" + segments[2]
	if t.namespace != "Microsoft.Resources" {
		path += "/providers/" + t.namespace + "/locations/" + azuresim.SeedLocation
	}
	return fmt.Sprintf("%s%s/%s/%s?api-version=%s", origin(r), path, kind, op.name, r.URL.Query().Get("api-version"))
}

// origin is the address that the client used.
func origin(r *http.Request) string {
	scheme := "https"
	if r.TLS == nil {
		scheme = "http"
	}
	return scheme + "://" + r.Host
}

func (h *Handler) addRetryAfter(headers map[string]string) {
	headers["Retry-After"] = strconv.Itoa(int(math.Ceil(h.retryAfter.Seconds())))
}

// operationStatus answers /operations/NAME: InProgress, Succeeded, or Failed with the error.
func (h *Handler) operationStatus(name string) answer {
	op := h.ask(name)
	if op == nil {
		return refused(http.StatusNotFound, azuresim.CodeResourceNotFound, "There is no operation '%s'.", name)
	}
	status := map[string]any{"name": op.name, "startTime": op.begun.UTC().Format(time.RFC3339)}
	a := answer{status: http.StatusOK, body: status, headers: map[string]string{}}
	var failure *azuresim.Error
	switch {
	case !op.ended:
		status["status"] = "InProgress"
		h.addRetryAfter(a.headers)
	case errors.As(op.err, &failure):
		status["status"], status["error"] = "Failed", errorBody(failure.Code, failure.Message, failure.Target)["error"]
	default:
		status["status"], status["endTime"] = "Succeeded", h.now().UTC().Format(time.RFC3339)
	}
	return a
}

// operationResult answers /operationresults/NAME: 202 while it runs, then what the operation itself would have answered.
func (h *Handler) operationResult(r *http.Request, name string) answer {
	op := h.ask(name)
	switch {
	case op == nil:
		return refused(http.StatusNotFound, azuresim.CodeResourceNotFound, "There is no operation '%s'.", name)
	case !op.ended:
		a := answer{status: http.StatusAccepted, headers: map[string]string{"Location": origin(r) + r.URL.String()}}
		h.addRetryAfter(a.headers)
		return a
	case op.err != nil:
		return failed(op.err)
	case op.put:
		return answer{status: http.StatusOK, body: op.result.Body}
	default:
		return answer{status: http.StatusNoContent}
	}
}

// ask is one question about an operation; the last one ends it. The copy that it returns does not change any more.
func (h *Handler) ask(name string) *operation {
	h.mu.Lock()
	defer h.mu.Unlock()
	op := h.operations[strings.ToLower(name)]
	if op == nil {
		return nil
	}
	h.countDown(op)
	seen := *op
	return &seen
}

// askAbout counts a question about a resource as one about the operation that runs on it.
func (h *Handler) askAbout(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, op := range h.operations {
		if !op.ended && op.target == strings.ToLower(id) {
			h.countDown(op)
		}
	}
}

func (h *Handler) countDown(op *operation) {
	if op.lasts {
		h.waitAsTold()
		op.endIfDue(h.cloud.Clock().Now())
		return
	}
	if op.left--; op.left < 0 {
		op.end()
	}
}

// betweenQuestions is how long a client waits that is not told how long.
const betweenQuestions = 10 * time.Second

// waitAsTold puts a simulated clock forward by the time that clients are told to wait before they ask again: whoever asks has waited.
func (h *Handler) waitAsTold() {
	if simulated, ok := h.cloud.Clock().(*azuresim.SimulatedClock); ok {
		simulated.Advance(max(h.retryAfter, betweenQuestions))
	}
}

func (op *operation) endIfDue(now time.Time) {
	if !now.Before(op.started.Due) {
		op.end()
	}
}

// endOverdue ends the operations whose time is over.
func (h *Handler) endOverdue() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, op := range h.operations {
		switch {
		case op.lasts:
			op.endIfDue(h.cloud.Clock().Now())
		case h.lasting != 0 && h.now().Sub(op.begun) >= h.lasting:
			op.end()
		}
	}
}

func (op *operation) end() {
	if !op.ended {
		op.result, op.err = op.started.Finish()
		op.ended = true
	}
}

func (h *Handler) requestID() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.counter++
	return guid("request", strconv.Itoa(h.counter))
}

// guid is derived from names, so that every run gives the same ones.
func guid(parts ...string) string {
	sum := sha1.Sum([]byte(strings.Join(parts, "|")))
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80 // version 5, variant of RFC 4122
	text := hex.EncodeToString(sum[:16])
	return strings.Join([]string{text[:8], text[8:12], text[12:16], text[16:20], text[20:]}, "-")
}
