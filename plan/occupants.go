package plan

import (
	"fmt"
	"slices"
	"strings"
)

// Occupant is a federated credential that takes up room on an identity.
type Occupant struct {
	// Name in Azure.
	Name string
	// Former are names that it may have in its place, because its keys were others when it was made.
	Former []string
	// Issuer and Subject are empty while they are not known.
	Issuer, Subject string
	// By says which other component of the program has it; empty when none has.
	By string
}

// String is the credential for people.
func (o Occupant) String() string {
	if o.By == "" {
		return o.Name
	}
	return fmt.Sprintf("%s of %s", o.Name, o.By)
}

// same: Azure keeps one credential for an issuer and a subject (Conflict).
func (o Occupant) same(other Occupant) bool {
	return o.Issuer != "" && o.Subject != "" && o.Issuer == other.Issuer && o.Subject == other.Subject
}

// calls tells whether a credential may be called as another one is. Azure compares names without regard to case.
func (o Occupant) calls(other Occupant) bool {
	return slices.ContainsFunc(append(o.Former, o.Name), func(name string) bool { return strings.EqualFold(name, other.Name) })
}

// maybe tells whether what is not known yet can turn out to make them the same.
func (o Occupant) maybe(other Occupant) bool {
	return (o.Subject == "" || o.Subject == other.Subject) && (o.Issuer == "" || o.Issuer == other.Issuer)
}

// Occupants are the workload's credentials with what is known of them, in the order of Credentials.
func (w Workload) Occupants() []Occupant {
	var all []Occupant
	for _, c := range w.Credentials() {
		o := Occupant{Name: c.Name(), Issuer: w.Issuer.Or("")}
		if c.Issuer != "" {
			o.Issuer = w.Issuers[c.Issuer].Or("")
		}
		if subject, known := w.ServiceAccounts[c.Account].Subject(); known {
			o.Subject = subject
		}
		for _, key := range c.FormerKeys {
			o.Former = append(o.Former, credentialName(key))
		}
		all = append(all, o)
	}
	return all
}

// Beside are the credentials on an identity that are none of mine. deployed tells by name, in lower case, which of those on the identity
// the state of the stack has as mine: one of these that is mine no more stays until the end of the deployment, and counts. It is nil
// when the state is not known; then whatever can be mine is taken for mine, and nothing is refused for it.
func Beside(mine, there []Occupant, deployed map[string]bool) []Occupant {
	mine, left := slices.Clone(mine), slices.Clone(there)
	take := func(is func(one, other Occupant) bool) {
		for i := range mine {
			at := slices.IndexFunc(left, func(o Occupant) bool {
				return (deployed == nil || deployed[strings.ToLower(o.Name)]) && is(mine[i], o)
			})
			if at >= 0 {
				left = slices.Delete(left, at, at+1)
				mine[i].Name = "" // each is there once
			}
		}
	}
	for _, is := range []func(one, other Occupant) bool{Occupant.calls, Occupant.same, Occupant.maybe} {
		take(func(one, other Occupant) bool { return one.Name != "" && is(one, other) })
	}
	return left
}

// CheckOccupants says which of the workload's credentials the identity cannot take beside others that are on it.
func (w Workload) CheckOccupants(others []Occupant) Problems {
	check, mine := &problems{}, w.Occupants()
	for i, c := range w.Credentials() {
		path := Path(accounts).Key(c.Account)
		for _, other := range others {
			switch {
			case mine[i].same(other):
				check.add(path, fmt.Sprintf("the identity has a federated credential for the same service account of the same cluster: %s", other),
					"leave the account to whoever has it, or take it away there first.")
			case strings.EqualFold(mine[i].Name, other.Name) && len(mine[i].Former)+len(other.Former) == 0:
				check.add(path, fmt.Sprintf("the identity has another federated credential with the name that this one would get: %s", other), "use another key.")
			}
		}
	}
	return check.list
}
