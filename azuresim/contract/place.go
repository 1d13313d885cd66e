package contract

import (
	"context"
	"fmt"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// Place is where the cases are played, and what they find there. Fields without another word are required.
type Place struct {
	Subscription string // its ID
	Tenant       string // its ID; Prepare learns it
	Group        string // the resource group, which is there; all the cases make lies in it
	Location     string // a region, as Azure spells it: westeurope
	NodeSize     string // the VM size of the nodes
	// Unique tells the names apart that are shared by everybody in Azure, and role assignments of one tenant: eight lower-case
	// hexadecimal digits. Optional in a simulated Azure.
	Unique string
	// Principals are those of the identities "control" and "nodes"; Prepare learns them.
	Principals map[string]string
}

// identities are there before each case, as is the subnet.
var identities = []string{"control", "nodes"}

// simulated is the place in a simulated Azure. Principals are derived from names, so every cloud gives the same.
func simulated() Place {
	p := Place{Subscription: azuresim.DefaultSubscriptionID, Tenant: azuresim.DefaultTenantID, Group: "aks",
		Location: azuresim.SeedLocation, NodeSize: "Standard_D4s_v5", Principals: map[string]string{}}
	cloud := azuresim.New()
	for _, name := range identities {
		p.Principals[name] = cloud.MustSeedIdentity(p.Group, name).PrincipalID
	}
	return p
}

func (p Place) seed(cloud *azuresim.Cloud) {
	cloud.MustSeedSubnet(p.Group, "vnet", "nodes")
	for _, name := range identities {
		cloud.MustSeedIdentity(p.Group, name)
	}
}

// Prepare makes through a door what the cases find, in a group that is there, and returns the place with what it learned.
func Prepare(ctx context.Context, door Door, p Place) (Place, error) {
	for _, s := range []step{put(p.id(azuresim.VirtualNetworkType, "vnet"), p.networkBody()), put(p.subnet(), prefix("10.224.0.0/22"))} {
		if _, err := s.through(ctx, door); err != nil {
			return p, fmt.Errorf("preparing %s: %w", s.id, err)
		}
	}
	p.Principals = map[string]string{}
	for _, name := range identities {
		made, err := door.Put(ctx, p.identity(name), p.here())
		if err != nil {
			return p, fmt.Errorf("preparing %s: %w", p.identity(name), err)
		}
		p.Principals[name], _ = at(made.Body, "properties.principalId").(string)
		p.Tenant, _ = at(made.Body, "properties.tenantId").(string)
	}
	return p, nil
}

// Lock is the ID of a lock that a case sets and that would keep the group from being deleted if the case did not end.
func (p Place) Lock() string { return p.lock() }

func (p Place) group() string { return azuresim.GroupID(p.Subscription, p.Group) }

func (p Place) id(resourceType string, names ...string) string {
	return azuresim.IDIn(p.Subscription, p.Group, resourceType, names...)
}

func (p Place) subnet() string              { return p.id(azuresim.SubnetType, "vnet", "nodes") }
func (p Place) identity(name string) string { return p.id(azuresim.IdentityType, name) }
func (p Place) registry() string            { return p.id(azuresim.RegistryType, "images"+p.Unique) }
func (p Place) principal(of string) string  { return p.Principals[of] }
func (p Place) lock() string {
	return p.identity("nodes") + "/providers/" + azuresim.LockType + "/keep"
}

// assignment is the ID of a role assignment. Its name is a GUID, and different in every run.
func (p Place) assignment(scope, number string) string {
	unique := p.Unique
	if unique == "" {
		unique = "00000000"
	}
	return scope + "/providers/" + azuresim.RoleAssignmentType + "/" + unique + "-0000-4000-8000-00000000000" + number
}
