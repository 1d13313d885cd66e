package plan

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// MaxFederatedCredentials is how many federated credentials Azure allows on one identity (Microsoft, important considerations and
// restrictions for federated identity credentials, read 2026-11-26).
const MaxFederatedCredentials = 20

// FederatedCredential lets one service account of one cluster act as the identity.
type FederatedCredential struct {
	// Account is the key of the service account.
	Account string
	// Issuer is the key of the cluster's issuer; empty for the one in issuerUrl.
	Issuer string
	// FormerKeys are those that it had before, as Key has it.
	FormerKeys []string
}

// Key is the credential's part of its logical name: orders, and with several issuers orders.west. No user's key has a dot.
func (c FederatedCredential) Key() string { return credentialKey(c.Account, c.Issuer) }

// Name is the name in Azure with which the credential is made: orders, and with several issuers orders-west. It stays when a key gets
// another name.
func (c FederatedCredential) Name() string { return credentialName(c.Key()) }

func credentialName(key string) string { return strings.Replace(key, ".", "-", 1) }

func credentialKey(account, issuer string) string {
	if issuer == "" {
		return account
	}
	return account + "." + issuer
}

// Credentials are one for each service account and each issuer for which it counts, in the order in which they are made.
func (w Workload) Credentials() []FederatedCredential {
	var all []FederatedCredential
	for _, account := range slices.Sorted(maps.Keys(w.ServiceAccounts)) {
		for _, issuer := range w.issuersOf(account) {
			c := FederatedCredential{Account: account, Issuer: issuer}
			c.FormerKeys = w.formerKeys(c)
			all = append(all, c)
		}
	}
	return all
}

// issuersOf are the keys of the issuers whose tokens count for an account: all, unless it names some.
func (w Workload) issuersOf(account string) []string {
	if len(w.Issuers) == 0 {
		return []string{""}
	}
	named := w.ServiceAccounts[account].Issuers
	if len(named) == 0 {
		return slices.Sorted(maps.Keys(w.Issuers))
	}
	known := slices.DeleteFunc(slices.Clone(named), func(key string) bool { _, known := w.Issuers[key]; return !known })
	slices.Sort(known)
	return slices.Compact(known)
}

// formerKeys are all that a credential can have been called, when its account or its issuer had another key.
func (w Workload) formerKeys(c FederatedCredential) (former []string) {
	issuer := Path(oneIssuer)
	if c.Issuer != "" {
		issuer = Path(issuers).Key(c.Issuer)
	}
	for _, a := range append([]string{c.Account}, w.keysBefore(Path(accounts).Key(c.Account))...) {
		for _, i := range append([]string{c.Issuer}, w.keysBefore(issuer)...) {
			if key := credentialKey(a, i); key != c.Key() {
				former = append(former, key)
			}
		}
	}
	return former
}

// keysBefore are the user's former keys of what is at the path; that of an argument without keys is empty.
func (w Workload) keysBefore(path Path) (keys []string) {
	for _, was := range w.Renamed.Former[string(path)] {
		keys = append(keys, strings.TrimPrefix(strings.TrimPrefix(was, argumentOf(was)), "."))
	}
	return keys
}

// checkIssuers: there is the one issuer, or there are several by key, and accounts name what is there.
func (w Workload) checkIssuers(p *problems) {
	switch {
	case w.Issuer.IsSet() && len(w.Issuers) > 0:
		p.add(issuers, "issuerUrl is given as well", "give the issuer of one cluster in issuerUrl, or those of several in issuerUrls. "+
			"To go from one to several without a new credential, say which of them it was: renamedKeys: {\"issuerUrls.<key>\": [\"issuerUrl\"]}.")
	case !w.Issuer.IsSet() && len(w.Issuers) == 0:
		p.add(oneIssuer, "it is missing", "give the OIDC issuer URL of the cluster, ManagedIdentityCluster.OIDCIssuerURL, or those of several clusters in issuerUrls.")
	}
	p.checkIssuer(oneIssuer, w.Issuer)
	for _, key := range slices.Sorted(maps.Keys(w.Issuers)) {
		p.checkMapKey(issuers, key)
		if path := Path(issuers).Key(key); !w.Issuers[key].IsSet() {
			p.add(path, "it has no value", "give the OIDC issuer URL of the cluster, or leave the key out.")
		}
		p.list = append(p.list, CheckIssuers(w.Issuers, key)...)
	}
	for _, key := range slices.Sorted(maps.Keys(w.ServiceAccounts)) {
		w.checkNamedIssuers(p, key)
	}
}

func (p *problems) checkIssuer(path Path, url Value[string]) {
	if text, known := url.Get(); known && text == "" {
		p.add(path, "it is empty", "switch the cluster's OIDC issuer on.")
	}
}

// CheckIssuers says what is wrong with one of several issuers, by itself or beside those whose keys come before.
func CheckIssuers(all map[string]Value[string], key string) Problems {
	check, path := &problems{}, Path(issuers).Key(key)
	check.checkIssuer(path, all[key])
	text, known := all[key].Get()
	for _, first := range slices.Sorted(maps.Keys(all)) {
		if first == key || !known || text == "" {
			break
		}
		if other, too := all[first].Get(); too && other == text {
			check.add(path, fmt.Sprintf("it is the same issuer as issuerUrls.%s", first), "give each cluster once.")
			break
		}
	}
	return check.list
}

func (w Workload) checkNamedIssuers(p *problems, account string) {
	path := Path(accounts).Key(account).Field("issuers")
	seen := map[string]bool{}
	for i, key := range w.ServiceAccounts[account].Issuers {
		_, known := w.Issuers[key]
		switch at := path.Index(i); {
		case len(w.Issuers) == 0:
			p.add(at, fmt.Sprintf("%q is no key of issuerUrls, which is not given", key), "leave issuers out: there is one issuer.")
		case !known:
			keys := slices.Sorted(maps.Keys(w.Issuers))
			p.add(at, fmt.Sprintf("%q is no key of issuerUrls", key)+meant(key, keys), "use one of "+quotedList(keys)+".")
		case seen[key]:
			p.add(at, fmt.Sprintf("%q is named already", key), "name each issuer once.")
		}
		seen[key] = true
	}
}

// checkNames: the key becomes the credential's name: 3 to 120 characters in Azure, which compares names without regard to case.
func (w Workload) checkNames(p *problems) {
	taken := map[string]FederatedCredential{}
	for _, c := range w.Credentials() {
		if !keyPattern.MatchString(c.Account) || c.Issuer != "" && !keyPattern.MatchString(c.Issuer) {
			continue // told already
		}
		path, name := Path(accounts).Key(c.Account), c.Name()
		first, twice := taken[strings.ToLower(name)]
		switch {
		case len(name) < 3:
			p.add(path, fmt.Sprintf("the key becomes the credential's name, and %q is too short", name), "use a key of 3 or more characters.")
		case len(name) > 120:
			p.add(path, fmt.Sprintf("with issuerUrls.%s the key becomes the credential's name, and %q is longer than 120 characters", c.Issuer, name), "use shorter keys.")
		case twice:
			p.add(path, fmt.Sprintf("its credential would have the name %q in Azure, as that of %s", name, first.Key()), "use keys that differ in more than letter case and dashes.")
		}
		if !twice {
			taken[strings.ToLower(name)] = c
		}
	}
}

// CheckRoom says when the identity has no room for the workload's credentials beside others that are on it, with how to split them.
func (w Workload) CheckRoom(others []Occupant) Problems {
	check, credentials, room := &problems{}, w.Credentials(), MaxFederatedCredentials-len(others)
	if len(credentials) <= room {
		return nil
	}
	check.add(accounts, w.tooMany(len(credentials), others), w.howToSplit(max(room, 0)))
	return check.list
}

func (w Workload) tooMany(credentials int, others []Occupant) string {
	what := counted(len(w.ServiceAccounts), "service account")
	if credentials != len(w.ServiceAccounts) {
		what = fmt.Sprintf("%s for %s take %s", what, counted(len(w.Issuers), "issuer"), counted(credentials, "federated credential"))
		if len(others) == 0 {
			return fmt.Sprintf("%s, and one identity has at most %d", what, MaxFederatedCredentials)
		}
	}
	if len(others) == 0 {
		return fmt.Sprintf("%s are more than the %d federated credentials of one identity", what, MaxFederatedCredentials)
	}
	names := make([]string, len(others))
	for i, other := range others {
		names[i] = other.String()
	}
	slices.Sort(names)
	return fmt.Sprintf("%s, and beside %d others an identity has room for %d, of %d together; the others are %s",
		what, len(others), max(MaxFederatedCredentials-len(others), 0), MaxFederatedCredentials, strings.Join(names, ", "))
}

// howToSplit says which accounts go together. Those of the first group stay on this identity.
func (w Workload) howToSplit(room int) string {
	groups := w.split(room)
	texts := make([]string, len(groups))
	for i, group := range groups {
		texts[i] = fmt.Sprintf("(%d) %s", i+1, joinedPortions(group))
	}
	const elsewhere = "of its own with the same roles"
	switch {
	case room == MaxFederatedCredentials:
		return fmt.Sprintf("split them over %d WorkloadIdentity components, each with an identity %s: %s.", len(groups), elsewhere, strings.Join(texts, "; "))
	case len(groups[0]) == 0:
		return fmt.Sprintf("no account fits on this identity: take credentials away that nobody uses, deploy, and add them then; or give each of these an "+
			"identity %s: %s.", elsewhere, strings.Join(texts[1:], "; "))
	default:
		return fmt.Sprintf("keep %s here, and give each of these a WorkloadIdentity with an identity %s: %s.", texts[0], elsewhere, strings.Join(texts[1:], "; "))
	}
}

// portion is an account with all its issuers, or with some of them when one identity cannot take them all.
type portion struct {
	account string
	issuers []string
	part    bool
}

func (p portion) String() string {
	if !p.part {
		return p.account
	}
	return fmt.Sprintf("%s with issuers: [%s]", p.account, strings.Join(p.issuers, ", "))
}

func joinedPortions(all []portion) string {
	texts := make([]string, len(all))
	for i, p := range all {
		texts[i] = p.String()
	}
	return strings.Join(texts, ", ")
}

func (w Workload) portions() []portion {
	var all []portion
	for _, account := range slices.Sorted(maps.Keys(w.ServiceAccounts)) {
		keys := w.issuersOf(account)
		for chunk := range slices.Chunk(keys, MaxFederatedCredentials) {
			all = append(all, portion{account, chunk, len(keys) > MaxFederatedCredentials})
		}
	}
	return all
}

// split puts each portion into the first group that has room for it, the largest portions first. The first group has less room than the
// others when something else is on its identity, and stands there even when nothing fits.
func (w Workload) split(room int) [][]portion {
	all := w.portions()
	slices.SortStableFunc(all, func(a, b portion) int { return cmp.Compare(len(b.issuers), len(a.issuers)) })
	groups, free := [][]portion{nil}, []int{room}
	for _, p := range all {
		at := slices.IndexFunc(free, func(n int) bool { return n >= len(p.issuers) })
		if at < 0 {
			at = len(groups)
			groups, free = append(groups, nil), append(free, MaxFederatedCredentials)
		}
		groups[at], free[at] = append(groups[at], p), free[at]-len(p.issuers)
	}
	return groups
}
