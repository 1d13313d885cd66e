package azuresim

import (
	"context"
	"sort"
	"strings"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Option configures a Cloud.
type Option func(*Cloud)

// quirks are the switches that make the cloud misbehave, or behave less strictly.
type quirks struct {
	ReplicationDelay       int
	ReplicationDelayAlways bool
	PropagationDelay       int
	RoleChangeInPlace      bool
	UnknownPrincipals      bool
	UnknownOperations      bool
	OnlyModelledTypes      bool
	OmitAddonIdentities    []string
	OmitIdentityProfile    bool
	AddonKey               func(string) string `json:"-"`
	IdentityKey            func(string) string `json:"-"`
	AssignmentLimit        int
}

// WithDeployer replaces Owner by the given grants of the deployer. Their PrincipalID is not read. Grants made in the
// cloud to the deployer's object id count as well.
func WithDeployer(grants ...rbac.Assignment) Option {
	return func(c *Cloud) {
		c.deployerGrants = []rbac.Assignment{}
		for _, g := range grants {
			g.PrincipalID = DefaultDeployerObjectID
			c.deployerGrants = append(c.deployerGrants, g)
		}
	}
}

// WithOperationHook calls hook while a long operation (cluster, agent pool, federated credential) is in progress and
// the cloud is free for other callers. A hook that waits for another call makes the two overlap for certain; one that
// sleeps a little makes unordered calls of a program collide as they would in Azure.
func WithOperationHook(hook func(context.Context, Operation)) Option {
	return func(c *Cloud) { c.hook = hook }
}

// WithObserver calls observe after every operation, refused ones included, when the cloud is free for other callers: whether what
// has to hold at any moment still holds. Operations at the same time are observed at the same time. The operation has no Status; of
// one that was started and is not finished yet nothing is told.
func WithObserver(observe func(Operation)) Option {
	return func(c *Cloud) { c.observer = observe }
}

// WithReplicationDelay makes a new identity visible to role assignments only after n look-ups. An assignment that names
// principalType ServicePrincipal is not looked up, as in Azure, unless always is true.
func WithReplicationDelay(n int, always bool) Option {
	return func(c *Cloud) { c.quirks.ReplicationDelay, c.quirks.ReplicationDelayAlways = n, always }
}

// WithPropagationDelay makes a new role assignment effective only after n operations on clusters and pools whose control
// plane is its principal: the first n do not see it. Asking with Can or Perform does not count; Settle ends all waiting.
func WithPropagationDelay(n int) Option {
	return func(c *Cloud) { c.quirks.PropagationDelay = n }
}

// WithRoleChangeInPlace accepts a PUT that changes the role of an existing assignment. Whether Azure does is not
// verified; by default it is refused.
func WithRoleChangeInPlace() Option {
	return func(c *Cloud) { c.quirks.RoleChangeInPlace = true }
}

// WithUnknownPrincipals accepts assignments to principals that the directory does not know, provided that principalType
// is given. Azure then skips the look-up and accepts a wrong id silently; the default refuses it.
func WithUnknownPrincipals() Option {
	return func(c *Cloud) { c.quirks.UnknownPrincipals = true }
}

// WithUnknownOperations accepts custom roles that name operations which the simulator does not know. Azure knows all that its
// providers support; the simulator knows those that built-in roles name, and its own.
func WithUnknownOperations() Option {
	return func(c *Cloud) { c.quirks.UnknownOperations = true }
}

// WithOnlyModelledTypes refuses resources of types that the simulator does not model, by name. The default keeps them as given.
func WithOnlyModelledTypes() Option {
	return func(c *Cloud) { c.quirks.OnlyModelledTypes = true }
}

// WithAddonKeyCasing rewrites the keys of addonProfiles in responses, for example with strings.ToLower.
func WithAddonKeyCasing(spell func(string) string) Option {
	return func(c *Cloud) { c.quirks.AddonKey = spell }
}

// WithIdentityKeyCasing rewrites the keys of identity.userAssignedIdentities in responses.
func WithIdentityKeyCasing(spell func(string) string) Option {
	return func(c *Cloud) { c.quirks.IdentityKey = spell }
}

// WithoutAddonIdentity leaves the identity of the named add-ons (without regard to case) out of responses.
func WithoutAddonIdentity(addons ...string) Option {
	return func(c *Cloud) { c.quirks.OmitAddonIdentities = append(c.quirks.OmitAddonIdentities, addons...) }
}

// WithoutIdentityProfile leaves identityProfile out of responses.
func WithoutIdentityProfile() Option {
	return func(c *Cloud) { c.quirks.OmitIdentityProfile = true }
}

// WithAssignmentLimit replaces the limit of 4000 role assignments for each subscription.
func WithAssignmentLimit(n int) Option {
	return func(c *Cloud) { c.quirks.AssignmentLimit = n }
}

// WithKubernetesVersions replaces the full versions that the service offers, one for each minor; the last but one is the
// default.
func WithKubernetesVersions(versions ...string) Option {
	return func(c *Cloud) {
		c.versions = append([]string(nil), versions...)
		sort.Slice(c.versions, func(i, j int) bool { return compareVersions(c.versions[i], c.versions[j]) < 0 })
	}
}

// Configure applies options to a cloud in use, for instance to end a misbehaviour.
func (c *Cloud) Configure(opts ...Option) {
	c.mu.Lock()
	defer c.mu.Unlock()
	hook, observer := c.hook, c.observer
	for _, opt := range opts {
		opt(c)
	}
	c.hook, c.observer = hook, observer
}

// Settle lets time pass: all principals have replicated, all grants are effective.
func (c *Cloud) Settle() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pending, c.unseen = map[string]int{}, map[string]int{}
	c.works, c.appears = map[string]time.Time{}, map[string]time.Time{}
}

// AddSubscription makes another subscription of the tenant known.
func (c *Cloud) AddSubscription(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.subscriptions[strings.ToLower(id)] = id
}

// AddManagementGroup makes a management group known with these subscriptions directly below it, and returns its scope.
func (c *Cloud) AddManagementGroup(name string, subscriptions ...string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	id := "/providers/Microsoft.Management/managementGroups/" + name
	c.managementGroups[key(id)] = id
	for _, sub := range subscriptions {
		c.placements[strings.ToLower(sub)] = id
	}
	return id
}
