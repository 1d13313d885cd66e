package plan

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// Workload is the shape of a WorkloadIdentity.
type Workload struct {
	// Name of the component; part of the grants' identity.
	Name string
	// IdentityID is that of an identity that exists; absent: the component makes one.
	IdentityID Value[string]
	// ResourceGroup is where the identity is made.
	ResourceGroup Value[string]
	// OfNew are the other arguments about an identity to be made that are given.
	OfNew []Path
	// Issuer is that of one cluster, Issuers are those of several by the user's keys: one of the two.
	Issuer          Value[string]
	Issuers         map[string]Value[string]
	ServiceAccounts map[string]ServiceAccount
	Grants          map[string]OwnGrant
	// Mentions are resources with the least role for what pods do with them.
	Mentions    []Mention
	Explain     Explain
	Propagation Propagation
	Renamed     Renaming
	Adopted     Adopted
	Adopt       Adopt
}

// ServiceAccount is a Kubernetes service account that may act as the identity. A part that is absent is an empty name.
type ServiceAccount struct {
	Namespace, Name Value[string]
	// Issuers are keys of the workload's issuers, those of the clusters that have the account. None: all.
	Issuers []string
}

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
	w.checkIdentity(check)
	oneOf(check, "explain", w.Explain)
	w.Adopt.check(check)
	check.checkPropagation(w.Propagation)
	w.checkIssuers(check)
	w.checkAccounts(check)
	check.checkMentions(w.Mentions)
	w.Renamed.check(check, w.credentialPaths(), keyed("roles", w.Grants), pathsOf(w.Mentions))
	identity := Identity{Kind: WorkloadKind, Name: w.Name}
	p := Plan{Identities: []PlannedIdentity{{Identity: identity, Source: Created, Reason: "pods act as it through their service accounts"}}}
	if w.IdentityID.IsSet() {
		p.Identities[0].Source = Existing
	}
	g := granting{
		phase: always(BeforeUse), stands: func(Identity) Identity { return identity },
		label: func(Identity) (string, []string) { return string(WorkloadKind), nil },
	}
	g.into(&p, check, w.Renamed.onto(w.Mentions), w.ownGrants(check, identity)...)
	w.Adopted.into(&p, check)
	p.deploying = w.deploying()
	p.Problems = check.list.sorted()
	return p
}

// checkIdentity: an identity is made in a group, or it exists and nothing of it is ours to say.
func (w Workload) checkIdentity(p *problems) {
	if !w.IdentityID.IsSet() {
		if !w.ResourceGroup.IsSet() {
			p.add("resourceGroupName", "it is missing", "name the group of the identity, or give an identity that exists in identityId.")
		}
		return
	}
	p.checkID(identityIDArgument, w.IdentityID, TypeUserAssignedIdentity)
	given := slices.Clone(w.OfNew)
	if w.ResourceGroup.IsSet() {
		given = append(given, "resourceGroupName")
	}
	for _, path := range given {
		p.add(path, "it is about an identity that is made, and identityId gives one that exists, of which nothing is changed", "leave it out, or leave identityId out.")
	}
}

// identityIDArgument takes the resource ID of an identity that exists.
const identityIDArgument Path = "identityId"

// credentialPaths are today's paths whose keys name credentials.
func (w Workload) credentialPaths() []Path {
	paths := append(keyed(accounts, w.ServiceAccounts), keyed(issuers, w.Issuers)...)
	if w.Issuer.IsSet() {
		paths = append(paths, oneIssuer)
	}
	return paths
}

// ownGrants are the roles that the caller asks for.
func (w Workload) ownGrants(check *problems, identity Identity) (grants []Grant) {
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
	return grants
}

func (w Workload) checkAccounts(p *problems) {
	if len(w.ServiceAccounts) == 0 {
		p.add(accounts, "nobody could act as the identity", "name at least one service account.")
	}
	p.list = append(p.list, w.CheckRoom(nil)...)
	for _, key := range slices.Sorted(maps.Keys(w.ServiceAccounts)) {
		p.checkMapKey(accounts, key)
		p.checkAccount(w.ServiceAccounts, key)
	}
	w.checkNames(p)
}

// checkAccount compares with the accounts whose keys come before.
func (p *problems) checkAccount(all map[string]ServiceAccount, key string) {
	account, path := all[key], Path(accounts).Key(key)
	p.matches(path.Field("namespace"), account.Namespace.orEmpty(), labelPattern, "give the name of a namespace.")
	p.matches(path.Field("name"), account.Name.orEmpty(), accountPattern, "give the name of a service account.")
	subject, known := account.Subject()
	for _, first := range slices.Sorted(maps.Keys(all)) {
		if first == key {
			return
		}
		if other, too := all[first].Subject(); known && too && other == subject && account.meets(all[first]) {
			p.add(path, fmt.Sprintf("it is the same service account as serviceAccounts.%s", first), "name each service account once.")
			return
		}
	}
}

// meets tells whether two accounts are of the same cluster somewhere.
func (s ServiceAccount) meets(other ServiceAccount) bool {
	if len(s.Issuers) == 0 || len(other.Issuers) == 0 {
		return true
	}
	return slices.ContainsFunc(s.Issuers, func(key string) bool { return slices.Contains(other.Issuers, key) })
}

// CheckServiceAccount says what is wrong with one of the accounts, by itself or beside those whose keys come before.
func CheckServiceAccount(all map[string]ServiceAccount, key string) Problems {
	check := &problems{}
	check.checkAccount(all, key)
	return check.list
}
