package azure

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/containerservice/armcontainerservice/v6"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/msi/armmsi"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armresources"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/audit"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Types under which what Azure answers stands in the estate: those that azure-native would write.
const (
	clusterType    = "azure-native:containerservice:ManagedCluster"
	assignmentType = "azure-native:authorization:RoleAssignment"
	roleType       = "azure-native:authorization:RoleDefinition"
	identityType   = "azure-native:managedidentity:UserAssignedIdentity"
	subnetType     = "azure-native:network:Subnet"
	vaultType      = "azure-native:keyvault:Vault"
)

// reading is one reading of a subscription.
type reading struct {
	Access
	clients
	subscription string
	resources    []estate.Resource
	source       audit.Source
	notes        []string
	seen         map[string]bool
	federatedOf  []*armmsi.Identity
}

// Read reads a subscription. The error names the list that could not be read; what is missing without it would make the findings wrong.
func Read(ctx context.Context, subscription string, access Access) (*estate.Estate, audit.Source, error) {
	c, err := access.clients(subscription)
	if err != nil {
		return nil, audit.Source{}, err
	}
	r := &reading{Access: access, clients: c, subscription: subscription, seen: map[string]bool{}, source: audit.Source{
		Name: "subscription " + subscription, Whole: true, Living: map[string]bool{}, Attached: map[string]bool{}, Unread: map[string]string{},
	}}
	for _, step := range []struct {
		what string
		read func(context.Context) error
	}{
		{"the clusters", r.readClusters}, {"the user-assigned identities", r.readIdentities}, {"the resources", r.readResources},
		{"the custom roles", r.readRoles}, {"the role assignments", r.readAssignments},
	} {
		if err := step.read(ctx); err != nil {
			return nil, audit.Source{}, fmt.Errorf("%s of the subscription %s cannot be read: %w", step.what, subscription, err)
		}
	}
	r.readFederated(ctx)
	r.readSubnets(ctx)
	r.readOthers(ctx)
	r.readDirectory(ctx)
	e := estate.New(r.resources)
	e.Name = r.source.Name
	e.Notes = append(e.Notes, r.notes...)
	return e, r.source, nil
}

func (r *reading) note(format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
}

// add takes a resource of Azure into the estate, its properties made flat. Two lists may hold the same one.
func (r *reading) add(kind, id string, answer any) error {
	key := strings.ToLower(id)
	if r.seen[key] {
		return nil
	}
	r.seen[key] = true
	text, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	var body map[string]any
	if err := json.Unmarshal(text, &body); err != nil {
		return err
	}
	r.resources = append(r.resources, estate.Resource{URN: id, Type: kind, ID: id, Custom: true, Outputs: flat(body)})
	return nil
}

// flat puts the properties beside the name and the identity, as azure-native does.
func flat(body map[string]any) map[string]any {
	properties, _ := body["properties"].(map[string]any)
	out := map[string]any{}
	for name, value := range properties {
		out[name] = value
	}
	for name, value := range body {
		if _, taken := out[name]; name != "properties" && !taken {
			out[name] = value
		}
	}
	return out
}

// each reads every page of a list.
func each[P, T any](ctx context.Context, pager *runtime.Pager[P], items func(P) []*T, take func(*T) error) error {
	for pager.More() {
		page, err := pager.NextPage(ctx)
		if err != nil {
			return err
		}
		for _, item := range items(page) {
			if err := take(item); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *reading) readClusters(ctx context.Context) error {
	return each(ctx, r.clusters.NewListPager(nil),
		func(p armcontainerservice.ManagedClustersClientListResponse) []*armcontainerservice.ManagedCluster {
			return p.Value
		},
		func(c *armcontainerservice.ManagedCluster) error { return r.add(clusterType, text(c.ID), c) })
}

func (r *reading) readIdentities(ctx context.Context) error {
	return each(ctx, r.identities.NewListBySubscriptionPager(nil),
		func(p armmsi.UserAssignedIdentitiesClientListBySubscriptionResponse) []*armmsi.Identity {
			return p.Value
		},
		func(i *armmsi.Identity) error {
			r.federatedOf = append(r.federatedOf, i)
			return r.add(identityType, text(i.ID), i)
		})
}

// readResources finds out which resources have identities, and of which vaults there are names.
func (r *reading) readResources(ctx context.Context) error {
	return each(ctx, r.clients.resources.NewListPager(nil),
		func(p armresources.ClientListResponse) []*armresources.GenericResourceExpanded { return p.Value },
		func(one *armresources.GenericResourceExpanded) error {
			if one.Identity != nil {
				r.source.Living[strings.ToLower(text(one.Identity.PrincipalID))] = true
				for id := range one.Identity.UserAssignedIdentities {
					r.source.Attached[strings.ToLower(id)] = true
				}
			}
			if strings.EqualFold(text(one.Type), "Microsoft.KeyVault/vaults") {
				return r.add(vaultType, text(one.ID), map[string]any{"name": text(one.Name)})
			}
			return nil
		})
}

func (r *reading) readRoles(ctx context.Context) error {
	pager := r.roles.NewListPager("/subscriptions/"+r.subscription, &armauthorization.RoleDefinitionsClientListOptions{Filter: to.Ptr("type eq 'CustomRole'")})
	return each(ctx, pager,
		func(p armauthorization.RoleDefinitionsClientListResponse) []*armauthorization.RoleDefinition {
			return p.Value
		},
		func(d *armauthorization.RoleDefinition) error { return r.add(roleType, text(d.ID), d) })
}

func (r *reading) readAssignments(ctx context.Context) error { return r.assignmentsOf(ctx, r.clients) }

func (r *reading) assignmentsOf(ctx context.Context, c clients) error {
	return each(ctx, c.assignments.NewListForSubscriptionPager(nil),
		func(p armauthorization.RoleAssignmentsClientListForSubscriptionResponse) []*armauthorization.RoleAssignment {
			return p.Value
		},
		func(a *armauthorization.RoleAssignment) error { return r.add(assignmentType, text(a.ID), a) })
}

// readFederated finds out which identities pods can act as.
func (r *reading) readFederated(ctx context.Context) {
	for _, i := range r.federatedOf {
		scope, err := rbac.ParseScope(text(i.ID))
		if err != nil || r.source.Attached[scope.Key()] {
			continue
		}
		err = each(ctx, r.federated.NewListPager(scope.ResourceGroup(), scope.Name(), nil),
			func(p armmsi.FederatedIdentityCredentialsClientListResponse) []*armmsi.FederatedIdentityCredential {
				return p.Value
			},
			func(*armmsi.FederatedIdentityCredential) error { r.source.Attached[scope.Key()] = true; return nil })
		if err != nil {
			r.source.Attached[scope.Key()] = true
			r.note("whether pods act as the identity %s cannot be read: %v", scope, err)
		}
	}
}

// subnetVersion is an API version in which subnets name their route table.
const subnetVersion = "2024-05-01"

// readSubnets reads those of clusters with kubenet, which writes into their route tables.
func (r *reading) readSubnets(ctx context.Context) {
	for _, id := range audit.KubenetSubnets(estate.New(r.resources)) {
		answer, err := r.clients.resources.GetByID(ctx, id, subnetVersion, nil)
		if err == nil {
			err = r.add(subnetType, id, answer.GenericResource)
		}
		if err != nil {
			r.note("the subnet %s cannot be read, so the right on its route table is not judged: %v", id, err)
		}
	}
}

// readOthers reads the assignments in other subscriptions that clusters work with.
func (r *reading) readOthers(ctx context.Context) {
	others, err := audit.Subscriptions(estate.New(r.resources))
	if err != nil {
		r.note("what the clusters work with in other subscriptions cannot be told: %v", err)
	}
	for _, other := range others {
		if strings.EqualFold(other, r.subscription) {
			continue
		}
		c, err := r.Access.clients(other)
		if err == nil {
			err = r.assignmentsOf(ctx, c)
		}
		if err != nil {
			r.source.Unread[strings.ToLower(other)] = reason(err)
		}
	}
}

// unknownPrincipals are those of assignments that no identity of the subscription has.
func (r *reading) unknownPrincipals() []string {
	known := map[string]bool{}
	for _, i := range estate.New(r.resources).Identities {
		if i.Cluster != "" || i.URN != "" {
			known[strings.ToLower(i.PrincipalID)] = true
		}
	}
	var unknown []string
	for _, one := range r.resources {
		principal := strings.ToLower(one.Text("principalId"))
		if one.Type == assignmentType && principal != "" && !known[principal] && !r.source.Living[principal] && !slices.Contains(unknown, principal) {
			unknown = append(unknown, principal)
		}
	}
	return unknown
}

func text(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}
