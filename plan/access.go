package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// Access is the role of one principal inside the cluster.
type Access struct {
	// Principal is the object ID of the user, the group or the service principal.
	Principal Value[string]
	// Type of the principal; Azure wants to be told.
	Type PrincipalType
	Role AccessRole
	// Namespace in which the role holds; absent for the whole cluster.
	Namespace Value[string]
	// Kubeconfig as asked: whether the principal may fetch one. nil means the default, yes.
	Kubeconfig *bool
	Reason     string
}

// DeployerAccess is the role inside the whole cluster of whoever runs the deployment.
type DeployerAccess struct {
	// Type is User or ServicePrincipal.
	Type   PrincipalType
	Role   AccessRole
	Reason string
}

const (
	accessArgument         Path = "access"
	deployerAccessArgument Path = "deployerAccess"
	typeNamespace               = typeCluster + "/namespaces"
	credentialAction            = typeCluster + "/listClusterUserCredential/action"

	sourceAccess     = "Microsoft, Azure RBAC for Kubernetes authorization (azure-aks-docs manage-azure-rbac.md of 2023-03-02, read 2026-11-26)"
	kubeconfigReason = "fetch a kubeconfig"
)

// ObjectIDQueries are the commands that print object IDs.
const ObjectIDQueries = "az ad group show --group <name> --query id, az ad user show --id <user> --query id or az ad sp show --id <client ID> --query id"

// Builtin is the name of the role in Azure; empty for a role that there is not.
func (r AccessRole) Builtin() rbac.RoleName {
	switch r {
	case AccessRoleReader:
		return rbac.AKSRBACReader
	case AccessRoleWriter:
		return rbac.AKSRBACWriter
	case AccessRoleAdmin:
		return rbac.AKSRBACAdmin
	case AccessRoleClusterAdmin:
		return rbac.AKSRBACClusterAdmin
	default:
		return ""
	}
}

// GetsIn tells whether the identity is somebody who gets into the cluster, and not one through which the cluster acts.
func (k IdentityKind) GetsIn() bool {
	return k == UserKind || k == GroupKind || k == ServicePrincipalKind || k == DeployerKind
}

// kind is the part that a principal of the type plays.
func (t PrincipalType) kind() IdentityKind {
	switch t {
	case PrincipalTypeUser:
		return UserKind
	case PrincipalTypeGroup:
		return GroupKind
	default:
		return ServicePrincipalKind
	}
}

// NamespaceID is the scope of a namespace of the cluster with the ID. Azure has no such resource unless AKS manages the namespace; role
// assignments there work all the same.
func NamespaceID(clusterID, namespace string) string {
	return strings.TrimSuffix(clusterID, "/") + "/namespaces/" + namespace
}

// CheckNamespace says what is wrong with the name of a namespace.
func CheckNamespace(path Path, name string) Problems {
	check := &problems{}
	check.matches(path, Known(name), labelPattern, "give the name of a namespace: 1 to 63 lower-case letters, digits and -.")
	return check.list
}

// inCluster names a scope in the deployment's own cluster for people.
func (s ScopeRef) inCluster() string {
	name, known := s.Namespace.Get()
	switch {
	case known:
		return "namespace " + name + " of the cluster"
	case s.Namespace.IsSet():
		return "namespace of the cluster in " + string(s.Path.Field("namespace"))
	default:
		return "cluster"
	}
}

// keyInCluster is the key of such a scope. A late namespace is one of its own.
func (s ScopeRef) keyInCluster() string {
	name, known := s.Namespace.Get()
	switch {
	case known:
		return "own:cluster/" + name
	case s.Namespace.IsSet():
		return "own:cluster in " + string(s.Path)
	default:
		return "own:cluster"
	}
}

// accessKeys are the keys of access, in order.
func (c Cluster) accessKeys() []string { return slices.Sorted(maps.Keys(c.Access)) }

// accessHolder is the identity of a key's principal. Keys whose principals are known to be one share an identity, that of the first.
func (c Cluster) accessHolder(key string) Identity {
	access := c.Access[key]
	principal, known := access.Principal.Get()
	for _, first := range c.accessKeys() {
		if other, alsoKnown := c.Access[first].Principal.Get(); known && alsoKnown && strings.EqualFold(principal, other) {
			key = first
			break
		}
	}
	return Identity{Kind: access.Type.kind(), Name: key}
}

// accessIdentities are those who get into the cluster.
func (c Cluster) accessIdentities() (all []PlannedIdentity) {
	for _, key := range c.accessKeys() {
		holder := c.accessHolder(key)
		if holder.Name == key {
			all = append(all, PlannedIdentity{holder, Existing, "gets into the cluster"})
		}
	}
	if c.DeployerAccess != nil {
		all = append(all, PlannedIdentity{Identity{Kind: DeployerKind}, Deploying, "gets into the cluster"})
	}
	return all
}

// accessNotes tell what the plan cannot see.
func (c Cluster) accessNotes() []string {
	if strings.TrimSpace(c.AccessElsewhere) == "" {
		return nil
	}
	return []string{"accessElsewhere: roles in the cluster are given elsewhere, and nothing here looks whether they are: " + c.AccessElsewhere}
}

// accessGrants plans the roles inside the cluster, and the right to fetch a kubeconfig once for each principal.
func (c Cluster) accessGrants(p *problems) (grants []Grant) {
	for _, key := range c.accessKeys() {
		access, path := c.Access[key], accessArgument.Key(key)
		if !p.checkMapKey(accessArgument, key) || !access.check(p, path) {
			continue
		}
		c.checkOneType(p, key)
		holder := c.accessHolder(key)
		grants = append(grants, c.accessGrant(holder, access, path))
		if access.Kubeconfig == nil || *access.Kubeconfig {
			grants = append(grants, c.kubeconfigGrant(holder, access, path))
		}
	}
	if d := c.DeployerAccess; d != nil && d.check(p) {
		access := Access{Type: d.Type, Role: d.Role, Reason: d.Reason}
		grants = append(grants, c.accessGrant(Identity{Kind: DeployerKind}, access, deployerAccessArgument))
	}
	return grants
}

func (c Cluster) accessGrant(holder Identity, access Access, path Path) Grant {
	g := c.grantInCluster(holder, access, path, access.Role.Builtin())
	g.Reasons, g.Purposes = []string{access.Reason}, []string{access.Reason}
	if access.Namespace.IsSet() {
		g.Scope.Namespace, g.Scope.ResourceType = access.Namespace, typeNamespace
	}
	return c.accessNamed(g, access)
}

// kubeconfigGrant lets the principal fetch the kubeconfig of users. A role that holds this right already makes it unnecessary.
func (c Cluster) kubeconfigGrant(holder Identity, access Access, path Path) Grant {
	g := c.grantInCluster(holder, access, path, rbac.AKSClusterUser)
	g.Reasons, g.Purposes = []string{kubeconfigReason}, []string{kubeconfigReason}
	g.needs = &rbac.Permissions{Actions: []string{credentialAction}}
	return c.accessNamed(g, access)
}

func (c Cluster) grantInCluster(holder Identity, access Access, path Path, name rbac.RoleName) Grant {
	role, _ := rbac.BuiltinRole(name) // a test holds that there is each of them
	return Grant{
		Identity: holder, PrincipalType: access.Type, Role: Role{Name: string(role.Name), ID: role.ID},
		Scope: ScopeRef{Path: path, Own: OwnCluster, Level: AtResource, ResourceType: typeCluster},
		Phase: AfterCluster, Sources: []string{sourceAccess},
	}
}

// accessNamed names the grant by its key, and, when several keys ask for it, by what it is. The type of the principal is no part of the
// name: it does not make another assignment in Azure.
func (c Cluster) accessNamed(g Grant, access Access) Grant {
	label := string(Principal)
	if g.Identity.Kind == DeployerKind {
		label = string(DeployerKind)
	}
	g.nameByKey(label, nil, c.Renamed)
	if principal, known := access.Principal.Get(); known {
		place := "cluster"
		if name, inOne := g.Scope.Namespace.Get(); inOne {
			place = name
		}
		g.shared = fmt.Sprintf("%s-%s-at-%s-%s", label, Slug(g.Role.Name), place, shortHash(strings.ToLower(principal)+"|"+g.Scope.key()))
	}
	return g
}

// check tells whether an entry can be granted.
func (a Access) check(p *problems, path Path) bool {
	before := len(p.list)
	principal, known := a.Principal.Get()
	switch {
	case known:
		p.list = append(p.list, CheckAccessPrincipal(path.Field("principalId"), principal)...)
	case !a.Principal.IsSet():
		p.add(path.Field("principalId"), "it is missing", "give the object ID of the user, the group or the service principal.")
	}
	checkAccessRole(p, path, a.Type, a.Role, a.Reason)
	if name, known := a.Namespace.Get(); known {
		p.list = append(p.list, CheckNamespace(path.Field("namespace"), name)...)
	}
	if a.Namespace.IsSet() && a.Role == AccessRoleClusterAdmin {
		p.add(path.Field("role"), "the role ClusterAdmin is for the whole cluster and all its namespaces",
			"choose Admin for a namespace, or leave the namespace out.")
	}
	return len(p.list) == before
}

// AdviceOnType says what to do when Azure has the principal of the grant as something else than its type; "" when no argument says the
// type.
func (g Grant) AdviceOnType() string {
	if !g.Identity.Kind.GetsIn() {
		return ""
	}
	return fmt.Sprintf("The principal is no %s. Say in %s what it is: \"User\", \"Group\" or \"ServicePrincipal\".",
		g.PrincipalType, g.Scope.Path.Field("principalType"))
}

// CheckAccessPrincipal says what is wrong with the ID of somebody who gets access.
func CheckAccessPrincipal(path Path, id string) Problems {
	if guidPattern.MatchString(id) {
		return nil
	}
	return Problems{{
		Path: path, What: fmt.Sprintf("%q is not a GUID.", id),
		Fix: "give the object ID in Entra, not a name or a mail address: " + ObjectIDQueries + ".",
	}}
}

func (d DeployerAccess) check(p *problems) bool {
	before := len(p.list)
	checkAccessRole(p, deployerAccessArgument, d.Type, d.Role, d.Reason)
	if d.Type == PrincipalTypeGroup {
		p.add(deployerAccessArgument.Field("principalType"), "whoever runs the deployment is no group",
			`say "User" or "ServicePrincipal", or name the group in access.`)
	}
	return len(p.list) == before
}

// checkAccessRole: nothing has a default, since Azure takes the type of a principal at its word, and a role is a decision.
func checkAccessRole(p *problems, path Path, principalType PrincipalType, role AccessRole, reason string) {
	required(p, path.Field("principalType"), principalType)
	required(p, path.Field("role"), role)
	if strings.TrimSpace(reason) == "" {
		p.add(path.Field("reason"), "it is missing", "say in a few words why the principal gets in; it is shown beside the grant.")
	}
}

// required is oneOf for what has no default.
func required[T closedText](p *problems, path Path, value T) {
	if value == "" {
		p.add(path, "it is missing", "use one of "+quotedList(value.Set().Values())+".")
	}
	oneOf(p, path, value)
}

// checkOneType: one principal has one type.
func (c Cluster) checkOneType(p *problems, key string) {
	access, first := c.Access[key], c.accessHolder(key).Name
	if other := c.Access[first]; other.Type != access.Type {
		p.refused("UnmatchedPrincipalType", accessArgument.Key(key).Field("principalType"),
			fmt.Sprintf("the principal is a %s here and a %s in %s", access.Type, other.Type, accessArgument.Key(first)), "say in both what it is.")
	}
}

// checkAccess reports roles without effect, and a cluster that nobody can use.
func (c Cluster) checkAccess(p *problems) {
	if c.AccessElsewhere != "" && strings.TrimSpace(c.AccessElsewhere) == "" {
		p.add("accessElsewhere", "it is blank", "say who gives roles in the cluster, or leave it out.")
	}
	for path, given := range map[Path]bool{accessArgument: len(c.Access) > 0, deployerAccessArgument: c.DeployerAccess != nil} {
		switch {
		case !given:
		case c.Entra == nil:
			p.add(path, "without Entra integration the roles would have no effect", "give entra; {} is enough.")
		case !c.azureRBAC():
			p.add(path, "without Azure RBAC the roles would have no effect", "leave entra.azureRbac on, or give rights with role bindings of Kubernetes.")
		case c.Grants == GrantNone:
			p.add(path, "grantMode none makes no grant", `leave grantMode at "auto", or say in accessElsewhere who gives the roles.`)
		}
	}
}

// azureRBAC tells whether Azure role assignments decide what users may do inside the cluster: the default with Entra.
func (c Cluster) azureRBAC() bool {
	return c.Entra != nil && (c.Entra.AzureRBAC == nil || *c.Entra.AzureRBAC)
}

// checkSomebody: with local accounts off, somebody has to get in through Entra. Whoever has roles by inheritance, as from a subscription,
// is not seen; Owner and Contributor give no right inside a cluster, for they have no data actions.
func (c Cluster) checkSomebody(p *problems, adminGroups int) {
	switch {
	case !c.LocalAccountsOff() || adminGroups > 0:
	case !c.azureRBAC():
		p.add("entra.adminGroupObjectIds", "local accounts are off and nobody would be an administrator", "give an admin group, or set entra.azureRbac.")
	case len(c.Access) == 0 && c.DeployerAccess == nil && c.AccessElsewhere == "":
		p.add(accessArgument, "nobody could use the cluster: local accounts are off, there is no admin group, and nobody gets a role",
			"say in access who gets in, or in accessElsewhere who gives the roles.")
	}
}
