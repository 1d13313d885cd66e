package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

const sharedIdentity = subscription + "/resourceGroups/ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/shared"

// accountsNamed are service accounts in the namespace shop, each called as its key.
func accountsNamed(keys ...string) map[string]plan.ServiceAccount {
	all := map[string]plan.ServiceAccount{}
	for _, key := range keys {
		all[key] = plan.ServiceAccount{Namespace: plan.Known("shop"), Name: plan.Known(strings.ToLower(key))}
	}
	return all
}

// issuersNamed are the issuers of clusters, each with a URL of its key.
func issuersNamed(keys ...string) values {
	all := values{}
	for _, key := range keys {
		all[key] = plan.Known("https://" + key + "/")
	}
	return all
}

func numbered(word string, n int) (keys []string) {
	for i := range n {
		keys = append(keys, fmt.Sprintf("%s%02d", word, i))
	}
	return keys
}

// severalClusters is a workload of two accounts in two clusters.
func severalClusters() plan.Workload {
	return plan.Workload{Name: "w", ResourceGroup: late(), Issuers: issuersNamed("east", "west"), ServiceAccounts: accountsNamed("api", "web")}
}

// named lets an account count in some clusters only.
func named(w *plan.Workload, key string, issuers ...string) {
	account := w.ServiceAccounts[key]
	account.Issuers = issuers
	w.ServiceAccounts[key] = account
}

func TestWorkloadsOfSeveralClustersHaveTwoSides(t *testing.T) {
	cases := []struct {
		name, reason string
		change       func(*plan.Workload)
		want         []string
	}{
		{"two clusters", "every account counts in both", func(*plan.Workload) {}, nil},
		{"both forms", "one of them would be ignored", func(w *plan.Workload) { w.Issuer = late() }, []string{"issuerUrls"}},
		{"no issuer at all", "whose tokens?", func(w *plan.Workload) { w.Issuers = nil }, []string{"issuerUrl"}},
		{"an empty one", "the cluster's issuer is off", func(w *plan.Workload) { w.Issuers["west"] = plan.Known("") }, []string{"issuerUrls.west"}},
		{"one without value", "nothing is known of it", func(w *plan.Workload) { w.Issuers["west"] = value{} }, []string{"issuerUrls.west"}},
		{"the same twice", "Azure refuses the second credential", func(w *plan.Workload) { w.Issuers["west"] = w.Issuers["east"] }, []string{"issuerUrls.west"}},
		{"a late one", "it is checked when it arrives", func(w *plan.Workload) { w.Issuers["west"] = late() }, nil},
		{"an odd key", "it becomes part of a name", func(w *plan.Workload) { w.Issuers["a.b"] = late() }, []string{"issuerUrls"}},
		{"an account of one cluster", "it names it", func(w *plan.Workload) { named(w, "api", "west") }, nil},
		{"an unknown cluster", "there is none of that key", func(w *plan.Workload) { named(w, "api", "wset") }, []string{"serviceAccounts.api.issuers[0]"}},
		{"a cluster twice", "one of them is too much", func(w *plan.Workload) { named(w, "api", "west", "west") }, []string{"serviceAccounts.api.issuers[1]"}},
		{"a cluster where there is one issuer", "nothing can be chosen", func(w *plan.Workload) {
			w.Issuers, w.Issuer = nil, late()
			named(w, "api", "west")
		}, []string{"serviceAccounts.api.issuers[0]"}},
		{"a short key", "with that of the issuer it is long enough", func(w *plan.Workload) { w.ServiceAccounts = accountsNamed("a") }, nil},
		{"long keys", "a credential's name has 120 characters", func(w *plan.Workload) {
			w.Issuers, w.ServiceAccounts = issuersNamed(strings.Repeat("i", 60)), accountsNamed(strings.Repeat("a", 60))
		}, []string{"serviceAccounts." + strings.Repeat("a", 60)}},
		{"as long as can be", "that are 120", func(w *plan.Workload) {
			w.Issuers, w.ServiceAccounts = issuersNamed(strings.Repeat("i", 60)), accountsNamed(strings.Repeat("a", 59))
		}, nil},
		{"one name of two pairs", "Azure has one credential of a name", func(w *plan.Workload) {
			w.Issuers, w.ServiceAccounts = issuersNamed("c", "b-c"), accountsNamed("a", "a-b")
		}, []string{"serviceAccounts.a-b"}},
		{"names in two letter cases", "Azure compares without regard to case", func(w *plan.Workload) {
			w.ServiceAccounts = map[string]plan.ServiceAccount{
				"App": {Namespace: plan.Known("shop"), Name: plan.Known("one")}, "app": {Namespace: plan.Known("shop"), Name: plan.Known("two")},
			}
		}, []string{"serviceAccounts.app", "serviceAccounts.app"}},
		{"one account under two keys", "the second credential is refused", func(w *plan.Workload) {
			w.ServiceAccounts["again"] = w.ServiceAccounts["web"]
		}, []string{"serviceAccounts.web"}},
		{"one account under two keys in different clusters", "they do not meet", func(w *plan.Workload) {
			w.ServiceAccounts["again"] = w.ServiceAccounts["web"]
			named(w, "again", "east")
			named(w, "web", "west")
		}, nil},
		{"20 credentials", "that is the limit", func(w *plan.Workload) { w.ServiceAccounts = accountsNamed(numbered("a", 10)...) }, nil},
		{"22 credentials", "more than the limit", func(w *plan.Workload) { w.ServiceAccounts = accountsNamed(numbered("a", 11)...) }, []string{"serviceAccounts"}},
		{"an identity that exists", "it needs no group", func(w *plan.Workload) { w.ResourceGroup, w.IdentityID = value{}, plan.Known(sharedIdentity) }, nil},
		{"a group for one that exists", "it lies in one", func(w *plan.Workload) { w.IdentityID = plan.Known(sharedIdentity) }, []string{"resourceGroupName"}},
		{"tags for one that exists", "nothing of it is changed", func(w *plan.Workload) {
			w.ResourceGroup, w.IdentityID, w.OfNew = value{}, late(), []plan.Path{"tags", "location"}
		}, []string{"location", "tags"}},
		{"something else than an identity", "pods act as an identity", func(w *plan.Workload) {
			w.ResourceGroup, w.IdentityID = value{}, plan.Known(subscription+"/resourceGroups/ids")
		}, []string{"identityId"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := severalClusters()
			tc.change(&w)
			if got := plan.ForWorkload(w).Problems.Paths(); !slices.Equal(got, tc.want) && len(got)+len(tc.want) > 0 {
				t.Errorf("%s: want problems at %q, got %v", tc.reason, tc.want, plan.ForWorkload(w).Problems)
			}
		})
	}
}

// TestTooManyCredentialsAreSplit: what the message says fits, and nobody is left out.
func TestTooManyCredentialsAreSplit(t *testing.T) {
	others := func(n int) (all []plan.Occupant) {
		for _, name := range numbered("other", n) {
			all = append(all, plan.Occupant{Name: name})
		}
		return all
	}
	some := func(keys []string, of map[string][]string) map[string]plan.ServiceAccount {
		all := accountsNamed(keys...)
		for key, issuers := range of {
			account := all[key]
			account.Issuers = issuers
			all[key] = account
		}
		return all
	}
	for _, tc := range []struct {
		name, reason string
		accounts     map[string]plan.ServiceAccount
		issuers      []string
		others       int
		says         string
	}{
		{"one cluster", "20 of 21 stay together", accountsNamed(numbered("a", 21)...), nil, 0,
			"split them over 2 WorkloadIdentity components, each with an identity of its own with the same roles: " +
				"(1) a00, a01, a02, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19; (2) a20."},
		{"three clusters", "6 accounts of 3 credentials are 18", accountsNamed(numbered("a", 7)...), []string{"e", "n", "w"}, 0,
			"(1) a00, a01, a02, a03, a04, a05; (2) a06."},
		{"of different sizes", "small ones fill what large ones leave", some([]string{"a", "b", "c", "d"}, map[string][]string{"c": {"i00"}, "d": {"i00", "i01", "i02"}}),
			numbered("i", 17), 0, "(1) a, d; (2) b, c."},
		{"one account in 25 clusters", "no identity takes it whole", accountsNamed("web"), numbered("i", 25), 0,
			"(1) web with issuers: [i00, i01, i02, i03, i04, i05, i06, i07, i08, i09, i10, i11, i12, i13, i14, i15, i16, i17, i18, i19]; " +
				"(2) web with issuers: [i20, i21, i22, i23, i24]."},
		{"some room", "what fits stays", accountsNamed("a", "b", "c"), []string{"e", "w"}, 15,
			"keep (1) a, b here, and give each of these a WorkloadIdentity with an identity of its own with the same roles: (2) c."},
		{"no room", "nothing fits", accountsNamed("a", "b"), []string{"e", "w"}, 19, "no account fits on this identity: take credentials away that nobody uses, deploy, and add them then; " +
			"or give each of these an identity of its own with the same roles: (2) a, b."},
		{"more than the limit there", "Azure may have raised it", accountsNamed("a"), []string{"e"}, 30, "(2) a."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := plan.Workload{ResourceGroup: late(), Issuer: late(), ServiceAccounts: tc.accounts}
			if tc.issuers != nil {
				w.Issuer, w.Issuers = value{}, issuersNamed(tc.issuers...)
			}
			problems := w.CheckRoom(others(tc.others))
			if len(problems) != 1 || !strings.HasSuffix(problems[0].Fix, tc.says) {
				t.Errorf("%s: got %v", tc.reason, problems)
			}
		})
	}
}

// TestCredentialsKeepTheNamesOfOneIssuer: what was deployed with issuerUrl is called as before.
func TestCredentialsKeepTheNamesOfOneIssuer(t *testing.T) {
	w := plan.Workload{Issuer: late(), ServiceAccounts: accountsNamed("api")}
	if got := w.Credentials(); len(got) != 1 || got[0].Key() != "api" || got[0].Name() != "api" || got[0].FormerKeys != nil {
		t.Errorf("got %+v", got)
	}
	w = severalClusters()
	w.Renamed.Former = map[string][]string{
		"serviceAccounts.api": {"serviceAccounts.old"}, "issuerUrls.west": {"issuerUrl", "issuerUrls.occident"},
	}
	want := map[string][]string{
		"api.east": {"old.east"}, "api.west": {"api", "api.occident", "old.west", "old", "old.occident"},
		"web.east": nil, "web.west": {"web", "web.occident"},
	}
	for _, c := range w.Credentials() {
		if !slices.Equal(c.FormerKeys, want[c.Key()]) {
			t.Errorf("%s was %v, want %v", c.Key(), c.FormerKeys, want[c.Key()])
		}
	}
}

// TestAnIssuerBecomesNoAccount: former paths are those of the same kind.
func TestAnIssuerBecomesNoAccount(t *testing.T) {
	for _, tc := range []struct {
		today, former, said string
	}{
		{"issuerUrls.west", "issuerUrl", ""},
		{"issuerUrls.west", "issuerUrls.old", ""},
		{"issuerUrls.west", "serviceAccounts.old", "a service account cannot have become an issuer"},
		{"serviceAccounts.api", "issuerUrls.old", "an issuer cannot have become a service account"},
		{"serviceAccounts.api", "roles.old", "a grant cannot have become a service account"},
		{"registryIds.images", "roles.images", ""},
	} {
		w := severalClusters()
		w.Mentions = plan.Each(plan.PodRegistry, "registryIds", values{"images": late()})
		w.Renamed = plan.Renaming{Former: map[string][]string{tc.today: {tc.former}},
			Arguments: []plan.Path{"issuerUrl", "issuerUrls", "serviceAccounts", "roles", "registryIds"}}
		problems := plan.ForWorkload(w).Problems
		if (len(problems) == 0) != (tc.said == "") || !strings.Contains(problems.Error(), tc.said) {
			t.Errorf("%s was %s: %v", tc.today, tc.former, problems)
		}
	}
}

// TestWhatIsOnAnIdentityIsTakenForOursWhenItCanBe: without the state, and by the state when it is known.
func TestWhatIsOnAnIdentityIsTakenForOursWhenItCanBe(t *testing.T) {
	mine := []plan.Occupant{{Name: "api", Issuer: "https://i/", Subject: "api"}, {Name: "web", Former: []string{"old"}, Subject: "web"}}
	there := func(name, issuer, subject string) plan.Occupant {
		return plan.Occupant{Name: name, Issuer: issuer, Subject: subject}
	}
	for _, tc := range []struct {
		name, reason string
		there        []plan.Occupant
		deployed     map[string]bool
		want         []string
	}{
		{"by name", "names in Azure have no case", []plan.Occupant{there("API", "x", "x")}, nil, nil},
		{"by former name", "the name stays under another key", []plan.Occupant{there("old", "x", "x")}, nil, nil},
		{"by what it trusts", "it was named otherwise once", []plan.Occupant{there("other", "https://i/", "api")}, nil, nil},
		{"with a late issuer", "it can be the same", []plan.Occupant{there("other", "https://j/", "web")}, nil, nil},
		{"each once", "two cannot be one", []plan.Occupant{there("a", "https://j/", "web"), there("b", "https://k/", "web")}, nil, []string{"b"}},
		{"somebody else's", "nothing of it is ours", []plan.Occupant{there("theirs", "https://i/", "theirs")}, nil, []string{"theirs"}},
		{"in the state", "it is ours", []plan.Occupant{there("api", "https://i/", "api")}, map[string]bool{"api": true}, nil},
		{"not in the state", "somebody else made it", []plan.Occupant{there("api", "https://i/", "api")}, map[string]bool{}, []string{"api"}},
		{"ours no more", "it goes when the others are there", []plan.Occupant{there("gone", "https://i/", "gone")}, map[string]bool{"gone": true}, []string{"gone"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, o := range plan.Beside(mine, tc.there, tc.deployed) {
				got = append(got, o.Name)
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("%s: got %v, want %v", tc.reason, got, tc.want)
			}
		})
	}
}

// TestPodsGetTheLeastRole: each argument grants one role, to the workload's identity, and one that another covers is not made.
func TestPodsGetTheLeastRole(t *testing.T) {
	w := severalClusters()
	registry := plan.Known(subscription + "/resourceGroups/reg/providers/Microsoft.ContainerRegistry/registries/images")
	w.Mentions = slices.Concat(plan.Each(plan.PodRegistry, "registryIds", values{"images": registry}), plan.Each(plan.PodVault, "secretVaultIds", values{"keys": late()}))
	granted := func() (names []string) {
		for _, g := range plan.ForWorkload(w).Grants {
			names = append(names, g.Identity.String()+": "+g.Name)
		}
		return names
	}
	if got := granted(); !slices.Equal(got, []string{"workload-w: workload-acrpull-registryIds.images", "workload-w: workload-key-vault-secrets-user-secretVaultIds.keys"}) {
		t.Errorf("got %q", got)
	}
	w.Mentions = append(w.Mentions, plan.Each(plan.PodPushRegistry, "pushRegistryIds", values{"images": registry})...)
	if got := granted(); !slices.Equal(got, []string{"workload-w: workload-acrpush-pushRegistryIds.images", "workload-w: workload-key-vault-secrets-user-secretVaultIds.keys"}) {
		t.Errorf("who pushes may pull: got %q", got)
	}
}
