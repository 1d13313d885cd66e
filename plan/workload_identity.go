package plan

import (
	"fmt"
	"regexp"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// MaxFederatedCredentials is how many federated credentials Azure allows on one identity (Entra documentation; not
// verified, about 20, so we are strict).
const MaxFederatedCredentials = 20

// Workload is the shape of a WorkloadIdentity.
type Workload struct {
	// Name of the component; part of the grants' identity.
	Name            string
	Issuer          Value[string]
	ServiceAccounts map[string]ServiceAccount
	Grants          map[string]WorkloadGrant
}

// ServiceAccount is a Kubernetes service account that may act as the identity.
type ServiceAccount struct{ Namespace, Name string }

// Subject is how the issuer's tokens name the account.
func (s ServiceAccount) Subject() string {
	return "system:serviceaccount:" + s.Namespace + ":" + s.Name
}

// WorkloadGrant is one role on one resource.
type WorkloadGrant struct {
	// Role is the name of a built-in role, a role's GUID, or a role definition ID.
	Role     string
	Resource Value[string]
	Reason   string
}

var labelPattern = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$`)

// accountPattern: names of service accounts are DNS subdomains.
var accountPattern = regexp.MustCompile(`^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$`)

// ForWorkload plans a workload's identity. Every mistake is in Problems.
func ForWorkload(w Workload) Plan {
	check := &problems{}
	w.checkAccounts(check)
	identity := Identity{Kind: WorkloadKind, Name: w.Name}
	p := Plan{Identities: []PlannedIdentity{{Identity: identity, Source: Created, Reason: "pods act as it through their service accounts"}}}
	for _, key := range sortedKeys(w.Grants) {
		path := "grants." + key
		if !check.checkKey("grants", key) {
			continue
		}
		if grant, ok := w.Grants[key].plan(check, path, identity); ok {
			p.Grants = append(p.Grants, grant)
		}
	}
	p.Grants, p.Problems = mergeGrants(p.Grants), check.list.sorted()
	return p
}

func (w Workload) checkAccounts(p *problems) {
	if !w.Issuer.IsSet() {
		p.add("issuerUrl", "give the OIDC issuer URL of the cluster: ManagedIdentityCluster.OIDCIssuerURL.", "it is missing")
	}
	if text, ok := w.Issuer.Get(); ok && text == "" {
		p.add("issuerUrl", "switch the cluster's OIDC issuer on.", "it is empty")
	}
	if len(w.ServiceAccounts) == 0 {
		p.add("serviceAccounts", "name at least one service account.", "nobody could act as the identity")
	}
	if n := len(w.ServiceAccounts); n > MaxFederatedCredentials {
		p.add("serviceAccounts", fmt.Sprintf("split them over %d WorkloadIdentity components.", (n+MaxFederatedCredentials-1)/MaxFederatedCredentials),
			"%d service accounts are more than the %d federated credentials of one identity", n, MaxFederatedCredentials)
	}
	subjects := map[string]string{}
	for _, key := range sortedKeys(w.ServiceAccounts) {
		account, path := w.ServiceAccounts[key], "serviceAccounts."+key
		// The key becomes the credential's name: 3 to 120 characters in Azure.
		if p.checkKey("serviceAccounts", key) && len(key) < 3 {
			p.add(path, "use a key of 3 or more characters.", "the key becomes the credential's name, and %q is too short", key)
		}
		p.matches(path+".namespace", Known(account.Namespace), labelPattern, "give the name of a namespace.")
		p.matches(path+".name", Known(account.Name), accountPattern, "give the name of a service account.")
		if first, twice := subjects[account.Subject()]; twice {
			p.add(path, "name each service account once.", "it is the same service account as serviceAccounts.%s", first)
		}
		subjects[account.Subject()] = key
	}
}

func (g WorkloadGrant) plan(p *problems, path string, identity Identity) (Grant, bool) {
	role, ok := roleNamed(g.Role)
	if !ok {
		p.add(path+".role", "give the name of a built-in role, a role's GUID or its definition ID.", "%q is no role that is known", g.Role)
	}
	if !g.Resource.IsSet() {
		p.add(path+".resourceId", "give the ID of the resource that the workload works with.", "it is missing")
	}
	p.checkID(path+".resourceId", g.Resource, "")
	if !ok || !g.Resource.IsSet() {
		return Grant{}, false
	}
	reason := g.Reason
	if reason == "" {
		reason = "the workload works with " + path
	}
	grant := Grant{
		Identity: identity, Role: role, Scope: ScopeRef{Path: path, Level: AtResource},
		Reasons: []string{reason}, Phase: BeforeUse, Sources: []string{"the caller's argument"},
	}
	if id, known := g.Resource.Get(); known {
		if scope, err := rbac.ParseScope(id); err == nil {
			grant.Scope.Scope = scope
		}
	}
	grant.label = string(WorkloadKind)
	grant.Name = grantName(grant.label, role.Name, grant.Scope)
	return grant, true
}

func roleNamed(text string) (Role, bool) {
	if builtin, ok := rbac.BuiltinRole(rbac.RoleName(text)); ok {
		return Role{Name: string(builtin.Name), ID: builtin.ID}, true
	}
	id, ok := rbac.ParseRoleID(text)
	if !ok {
		return Role{}, false
	}
	if builtin, ok := rbac.BuiltinRoleByID(id); ok {
		return Role{Name: string(builtin.Name), ID: builtin.ID}, true
	}
	return Role{Name: string(id), ID: id}, true
}
