package azuresim

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Ids of the default tenant, subscription and deployer.
const (
	DefaultTenantID         = "72f988bf-0000-4000-8000-000000000001"
	DefaultSubscriptionID   = "00000000-0000-4000-8000-0000000000aa"
	DefaultDeployerObjectID = "d0000000-0000-4000-8000-000000000001"
	DefaultDeployerClientID = "d0000000-0000-4000-8000-000000000002"
)

// Cloud is a small Azure: one tenant with its directory, subscriptions, resources and grants. It is safe for concurrent
// use. Make one for each test with New.
type Cloud struct {
	mu   sync.Mutex
	hook func(context.Context, Operation) // set once, by New
	// observer is set once, by New.
	observer func(Operation)

	types            typeTable
	resources        map[string]*resource  // by key(id)
	principals       map[string]*Principal // by lower-case object id
	generations      map[string]int        // how often a thing of that key was made
	subscriptions    map[string]string     // lower-case id -> id
	managementGroups map[string]string     // key(id) -> id
	placements       map[string]string     // lower-case subscription id -> id of its management group
	pending          map[string]int        // key(assignment id) -> permission checks until it takes effect
	unseen           map[string]int        // principal id -> look-ups until it has replicated
	works            map[string]time.Time  // key(assignment id) -> when it takes effect
	appears          map[string]time.Time  // principal id -> when look-ups find it
	clock            Clock
	maintained       time.Time            // until when AKS has done its maintenance
	busy             map[string]Operation // key(id) -> the operation that excludes others
	states           map[string]string    // key(id) -> provisioningState while an operation on it runs
	sequence         int

	deployerGrants []rbac.Assignment // nil: Owner of everything
	rules          []*Rule
	log            []Operation
	reliances      []Reliance
	warnings       []string
	quirks         quirks
	delays         delays
	versions       []string
	checksAnswers  bool
	shapes         ShapeReport

	deleted    map[string]*deletedResource // keptUnder(type, name) -> what Azure still has
	regions    []string                    // of WithRegions
	seedRegion string                      // of WithSeedLocation
}

// Method is the HTTP verb of an operation.
type Method string

// The operations of the simulator.
const (
	MethodPut    Method = "PUT"
	MethodPatch  Method = "PATCH"
	MethodGet    Method = "GET"
	MethodDelete Method = "DELETE"
	MethodPost   Method = "POST"
)

// Operation is one call to the cloud.
type Operation struct {
	Method Method
	ID     string // as given
	Type   string // in Azure's spelling
	Action string // of a POST
	Status int    // HTTP status of the answer; 0 while the operation runs, or when the answer was lost
	Code   string // error code, "" on success
	Given  bool   // on a type that is not modelled: the body was kept as given, nothing in it was judged
}

// Response is a successful answer: the ARM body, with id, name and type.
type Response struct {
	Status int
	Body   map[string]any
}

// Resource is one resource as a GET would show it.
type Resource struct {
	ID     string
	Type   string
	Body   map[string]any
	Seeded bool // was there before the program, see Seed
}

// ClientConfig is the identity of the caller, as getClientConfig shows it.
type ClientConfig struct {
	ClientID, ObjectID, SubscriptionID, TenantID string
}

// request is an operation on its way through the cloud.
type request struct {
	method  Method
	rawID   string
	action  string
	body    map[string]any
	id      resourceID
	info    typeInfo
	old     *resource // nil when there is none
	seeding bool      // made by Seed: nobody's permissions are asked
	relied  []Reliance

	region   string           // of the network, for a subnet in the body of a network
	recovers *deletedResource // what the PUT brings back
}

// change is what an admitted operation is going to do.
type change struct {
	status int
	apply  func()
	body   func() map[string]any // the answer, after apply
	fails  *Error                // the operation is accepted, then fails with this
}

// New makes an empty cloud: the default tenant and subscription, and a deployer who is Owner of everything.
func New(opts ...Option) *Cloud {
	c := &Cloud{
		types:            newTypeTable(typeRows()),
		resources:        map[string]*resource{},
		principals:       map[string]*Principal{},
		generations:      map[string]int{},
		subscriptions:    map[string]string{},
		managementGroups: map[string]string{},
		placements:       map[string]string{},
		pending:          map[string]int{},
		unseen:           map[string]int{},
		works:            map[string]time.Time{},
		appears:          map[string]time.Time{},
		clock:            NewSimulatedClock(Epoch),
		busy:             map[string]Operation{},
		states:           map[string]string{},
		versions:         defaultVersions(),
		deleted:          map[string]*deletedResource{},
	}
	c.AddSubscription(DefaultSubscriptionID)
	c.addPrincipal(&Principal{ID: DefaultDeployerObjectID, ClientID: DefaultDeployerClientID, Type: ServicePrincipal,
		Name: "deployer"})
	for _, opt := range opts {
		opt(c)
	}
	c.maintained = c.clock.Now()
	return c
}

// ClientConfig tells who the deployer is.
func (c *Cloud) ClientConfig() ClientConfig {
	return ClientConfig{ClientID: DefaultDeployerClientID, ObjectID: DefaultDeployerObjectID,
		SubscriptionID: DefaultSubscriptionID, TenantID: DefaultTenantID}
}

// Put creates or updates the resource with the ARM body {location, tags, identity, sku, properties}. The error is an
// *Error.
func (c *Cloud) Put(ctx context.Context, id string, body map[string]any) (Response, error) {
	return c.call(ctx, &request{method: MethodPut, rawID: id, body: body})
}

// Patch changes the tags of a resource: all of them are replaced by those in the body. Nothing else can be patched.
func (c *Cloud) Patch(ctx context.Context, id string, body map[string]any) (Response, error) {
	return c.call(ctx, &request{method: MethodPatch, rawID: id, body: body})
}

// Get reads a resource.
func (c *Cloud) Get(ctx context.Context, id string) (Response, error) {
	return c.call(ctx, &request{method: MethodGet, rawID: id})
}

// Delete removes a resource and all that is in it. Status 204: there was none.
func (c *Cloud) Delete(ctx context.Context, id string) (Response, error) {
	return c.call(ctx, &request{method: MethodDelete, rawID: id})
}

// Post runs an action of a resource, for example listClusterUserCredential of a cluster.
func (c *Cloud) Post(ctx context.Context, id, action string, body map[string]any) (Response, error) {
	return c.call(ctx, &request{method: MethodPost, rawID: id, action: action, body: body})
}

// Resources lists everything, also what AKS made itself, sorted by id.
func (c *Cloud) Resources() []Resource {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]Resource, 0, len(c.resources))
	for _, k := range slices.Sorted(maps.Keys(c.resources)) {
		r := c.resources[k]
		out = append(out, Resource{ID: r.ID, Type: r.Type, Body: c.render(r), Seeded: r.Seeded})
	}
	return out
}

// Empty tells that nothing is left of what deployments made: no resource and no role assignment but the seeded ones.
func (c *Cloud) Empty() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, r := range c.resources {
		if !r.Seeded {
			return false
		}
	}
	return true
}

// Operations is the log of all calls, in the order in which they ended. Seeding is not logged.
func (c *Cloud) Operations() []Operation {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Operation(nil), c.log...)
}

// Warnings lists what the cloud accepted though it looks like a mistake, for example a cluster update that lists fewer
// pools than the cluster has.
func (c *Cloud) Warnings() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]string(nil), c.warnings...)
}
