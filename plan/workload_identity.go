package plan

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// MaxFederatedCredentials is how many federated credentials Azure allows on one identity (Entra documentation; not
// verified, about 20, so we are strict).
const MaxFederatedCredentials = 20

// Workload is the shape of a WorkloadIdentity.
type Workload struct {
	// Name of the component; part of the grants' identity.
	Name string
	// ResourceGroup is where the identity is made.
	ResourceGroup   Value[string]
	Issuer          Value[string]
	ServiceAccounts map[string]ServiceAccount
	Grants          map[string]OwnGrant
	Explain         Explain
	Propagation     Propagation
	Renamed         Renaming
	Adopted         Adopted
	Adopt           Adopt
}

// ServiceAccount is a Kubernetes service account that may act as the identity. A part that is absent is an empty name.
type ServiceAccount struct{ Namespace, Name Value[string] }

// Subject is how the issuer's tokens name the account; false while a part of it is late.
func (s ServiceAccount) Subject() (string, bool) {
	subject := "system:serviceaccount:" + s.Namespace.Or("") + ":" + s.Name.Or("")
	return subject, !s.Namespace.IsLate() && !s.Name.IsLate()
}

var labelPattern = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$`)

// accountPattern: names of service accounts are DNS subdomains.
var accountPattern = regexp.MustCompile(`^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$`)

// ForWorkload plans a workload's identity. Every mistake is in Problems.
func ForWorkload(w Workload) Plan {
	check := &problems{}
	if !w.ResourceGroup.IsSet() {
		check.add("resourceGroupName", "it is missing", "name the group of the identity.")
	}
	oneOf(check, "explain", w.Explain)
	w.Adopt.check(check)
	check.checkPropagation(w.Propagation)
	w.checkAccounts(check)
	w.Renamed.check(check, keyed("serviceAccounts", w.ServiceAccounts), keyed("roles", w.Grants))
	identity := Identity{Kind: WorkloadKind, Name: w.Name}
	p := Plan{Identities: []PlannedIdentity{{Identity: identity, Source: Created, Reason: "pods act as it through their service accounts"}}}
	var grants []Grant
	for _, key := range slices.Sorted(maps.Keys(w.Grants)) {
		path := Path("roles").Key(key)
		if !check.checkMapKey("roles", key) {
			continue
		}
		asked := w.Grants[key]
		if asked.Reason == "" {
			// Without the key: the reason is Azure's description, and a key that is renamed changes nothing there.
			asked.Reason = "the workload works with it"
		}
		if grant := asked.grant(check, path, identity); grant != nil {
			grant.Phase = BeforeUse
			grant.nameByKey(string(WorkloadKind), nil, w.Renamed)
			grants = append(grants, *grant)
		}
	}
	p.Grants = covered(mergeGrants(grants))
	w.Adopted.into(&p, check)
	p.deploying = w.deploying()
	p.Problems = check.list.sorted()
	return p
}

func (w Workload) checkAccounts(p *problems) {
	if !w.Issuer.IsSet() {
		p.add("issuerUrl", "it is missing", "give the OIDC issuer URL of the cluster: ManagedIdentityCluster.OIDCIssuerURL.")
	}
	if text, ok := w.Issuer.Get(); ok && text == "" {
		p.add("issuerUrl", "it is empty", "switch the cluster's OIDC issuer on.")
	}
	if len(w.ServiceAccounts) == 0 {
		p.add("serviceAccounts", "nobody could act as the identity", "name at least one service account.")
	}
	if n := len(w.ServiceAccounts); n > MaxFederatedCredentials {
		p.add("serviceAccounts", fmt.Sprintf("%d service accounts are more than the %d federated credentials of one identity", n, MaxFederatedCredentials),
			fmt.Sprintf("split them over %d WorkloadIdentity components.", (n+MaxFederatedCredentials-1)/MaxFederatedCredentials))
	}
	for _, key := range slices.Sorted(maps.Keys(w.ServiceAccounts)) {
		// The key becomes the credential's name: 3 to 120 characters in Azure.
		if p.checkMapKey("serviceAccounts", key) && len(key) < 3 {
			p.add(Path("serviceAccounts").Key(key), fmt.Sprintf("the key becomes the credential's name, and %q is too short", key),
				"use a key of 3 or more characters.")
		}
		p.checkAccount(w.ServiceAccounts, key)
	}
}

// checkAccount compares with the accounts whose keys come before.
func (p *problems) checkAccount(all map[string]ServiceAccount, key string) {
	account, path := all[key], Path("serviceAccounts").Key(key)
	p.matches(path.Field("namespace"), account.Namespace.orEmpty(), labelPattern, "give the name of a namespace.")
	p.matches(path.Field("name"), account.Name.orEmpty(), accountPattern, "give the name of a service account.")
	subject, known := account.Subject()
	for _, first := range slices.Sorted(maps.Keys(all)) {
		if first == key {
			return
		}
		if other, too := all[first].Subject(); known && too && other == subject {
			p.add(path, fmt.Sprintf("it is the same service account as serviceAccounts.%s", first), "name each service account once.")
			return
		}
	}
}

// CheckServiceAccount says what is wrong with one of the accounts, by itself or beside those whose keys come before.
func CheckServiceAccount(all map[string]ServiceAccount, key string) Problems {
	check := &problems{}
	check.checkAccount(all, key)
	return check.list
}
