package azuresim

import (
	"slices"
	"strings"
	"time"
)

// softDelete is a type whose resources Azure keeps for a time after their deletion, together with their names.
type softDelete struct {
	on     string
	days   int    // how long, when the resource does not say
	period string // the property that says; "" for none
	// recovers tells whether a PUT brings the deleted resource back.
	recovers func(q *request, gone *deletedResource) bool
	status   int
	code     string // of the refusal of any other PUT of that name
	says     string // with one %s for the name
	source   string
}

// softDeletes are the types that are modelled and kept, until they are purged or recovered, or their time is over; a deletion from a resource group or a cluster's end counts like any other. What a test seeds takes the name back.
var softDeletes = []softDelete{
	{on: VaultType, days: 90, period: "properties.softDeleteRetentionInDays", recovers: asksForRecovery, status: 409,
		code: CodeDeletedVaultExists,
		says: "A vault with the same name already exists in deleted state: %s. You need to either recover or purge existing key vault.",
		source: "alan-turing-institute/data-safe-haven#2523, Azure/azure-cli#29115, Microsoft Learn key-vault/general/soft-delete-change, " +
			"read 2026-11-26"},
	{on: WorkspaceType, days: 14, recovers: isSameWorkspace, status: 409, code: CodeConflict,
		says:   "The workspace name '%s' is not unique",
		source: "Azure/azure-cli#11916, MicrosoftDocs/azure-docs#50027, hashicorp/terraform-provider-azurerm#5465, read 2026-11-26"},
}

// deletedResource is one that Azure still has, with what was in it.
type deletedResource struct {
	Resource *resource
	Until    time.Time   // when Azure forgets it
	Inside   []*resource `json:",omitempty"`
}

// keptUnder is the key of a deleted resource: the name in its type.
func keptUnder(resourceType, name string) string { return key(resourceType + "/" + name) }

func (c *Cloud) keptDeleted(resourceType, name string) *deletedResource {
	gone := c.deleted[keptUnder(resourceType, name)]
	if gone == nil || c.clock.Now().Before(gone.Until) {
		return gone
	}
	delete(c.deleted, keptUnder(resourceType, name))
	return nil
}

// keepDeleted remembers a resource that is being deleted. Role assignments on it are not kept (Microsoft Learn, key vault soft
// delete, read 2026-11-26).
func (c *Cloud) keepDeleted(r *resource) {
	gone := &deletedResource{Resource: r, Until: c.clock.Now().Add(keptFor(r))}
	for _, child := range c.inside(r.ID) {
		if child != r && !isAssignment(child) {
			gone.Inside = append(gone.Inside, child)
		}
	}
	c.deleted[keptUnder(r.Type, r.Name)] = gone
}

// keptFor is how long Azure keeps a deleted resource: as it says itself, or as its type does.
func keptFor(r *resource) time.Duration {
	for _, row := range softDeletes {
		if row.on != r.Type {
			continue
		}
		days := float64(row.days)
		if own, says := number(r.Body, strings.Split(row.period, ".")...); says {
			days = own
		}
		return time.Duration(days) * 24 * time.Hour
	}
	return 0
}

// checkDeleted refuses a name that a deleted resource keeps, or prepares to bring that resource back.
func (c *Cloud) checkDeleted(q *request) *Error {
	i := slices.IndexFunc(softDeletes, func(row softDelete) bool { return row.on == q.info.name })
	if i < 0 || q.old != nil {
		return nil
	}
	row, gone := softDeletes[i], c.keptDeleted(q.info.name, q.id.name())
	switch {
	case gone == nil && asksForRecovery(q, nil):
		return refuse(404, "SoftDeletedVaultDoesNotExist", "createMode", "There is no deleted vault '%s' to recover.", q.id.name())
	case gone == nil:
		return nil
	case q.seeding:
		delete(c.deleted, keptUnder(q.info.name, q.id.name()))
		return nil
	case row.recovers(q, gone):
		q.recovers = gone
		return nil
	}
	return refuse(row.status, row.code, "", row.says, q.id.name())
}

// asksForRecovery: a vault comes back on demand, where it was (hashicorp/terraform-provider-azurerm#12972, read 2026-11-26; that the
// subscription and the region have to be its own is general knowledge).
func asksForRecovery(q *request, gone *deletedResource) bool {
	if !strings.EqualFold(text(q.body, "properties", "createMode"), "recover") {
		return false
	}
	return gone == nil || isSameSubscription(q, gone) && sameLocation(text(q.body, "location"), text(gone.Resource.Body, "location"))
}

func isSameSubscription(q *request, gone *deletedResource) bool {
	id, err := parseID(gone.Resource.ID)
	return err == nil && strings.EqualFold(id.subscription, q.id.subscription)
}

// isSameWorkspace: a workspace comes back when it is made again in its group (azure-docs delete-workspace.md, from general knowledge).
func isSameWorkspace(q *request, gone *deletedResource) bool {
	return sameID(q.id.canonical(q.info), gone.Resource.ID)
}

// recovered is the body that a PUT stores: its own, or that of the vault it recovers.
func (q *request) recovered() map[string]any {
	if q.recovers == nil || !asksForRecovery(q, q.recovers) {
		return q.body
	}
	return cloneObject(q.recovers.Resource.Body)
}

// recover ends the deletion of a resource that is stored again.
func (c *Cloud) recover(q *request) {
	if q.recovers == nil {
		return
	}
	delete(c.deleted, keptUnder(q.info.name, q.id.name()))
	for _, r := range q.recovers.Inside {
		c.store(r)
	}
}

// deletedVaultType is a deleted vault as ARM shows it. It can be read and purged.
const deletedVaultType = "Microsoft.KeyVault/locations/deletedVaults"

// DeletedVaultID is the id of a deleted vault in the default subscription, for example to free its name:
//
//	cloud.Post(ctx, azuresim.DeletedVaultID("westeurope", "secrets"), "purge", nil)
func DeletedVaultID(location, name string) string {
	return "/subscriptions/" + DefaultSubscriptionID + "/providers/Microsoft.KeyVault/locations/" + region(location) +
		"/deletedVaults/" + name
}

// deletedVault finds the deleted vault of a request on it, in its subscription and region.
func (c *Cloud) deletedVault(q *request) (*deletedResource, *Error) {
	gone := c.keptDeleted(VaultType, q.id.name())
	if gone == nil || !isSameSubscription(q, gone) || !sameLocation(text(gone.Resource.Body, "location"), q.id.names[0]) {
		return nil, refuse(404, "DeletedVaultNotFound", "", "The vault '%s' is not in deleted state in '%s'.", q.id.name(), q.id.names[0])
	}
	return gone, nil
}

func (c *Cloud) getDeletedVault(q *request) (*change, *Error) {
	gone, err := c.deletedVault(q)
	if err != nil {
		return nil, err
	}
	vault := gone.Resource
	body := map[string]any{"id": q.rawID, "name": vault.Name, "type": q.info.name, "properties": map[string]any{
		"vaultId": vault.ID, "location": text(vault.Body, "location"),
		"purgeProtectionEnabled": truth(vault.Body, "properties", "enablePurgeProtection")}}
	return &change{status: 200, body: func() map[string]any { return body }}, nil
}

// purgeVault frees the name. The text of the refusal: MicrosoftDocs/azure-docs#55427, read 2026-11-26; its code is not verified.
func (c *Cloud) purgeVault(q *request) (*change, *Error) {
	gone, err := c.deletedVault(q)
	if err != nil {
		return nil, err
	}
	if truth(gone.Resource.Body, "properties", "enablePurgeProtection") {
		return nil, refuse(405, "MethodNotAllowed", "", "Operation 'DeletedVaultPurge' is not allowed.")
	}
	return &change{status: 200, body: func() map[string]any { return map[string]any{} },
		apply: func() { delete(c.deleted, keptUnder(VaultType, gone.Resource.Name)) }}, nil
}

func (c *Cloud) putDeletedVault(q *request) (*change, *Error) {
	return nil, refuse(405, "MethodNotAllowed", "", "A %s cannot be put.", q.info.name)
}
