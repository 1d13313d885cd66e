package plan_test

import (
	"slices"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestEachMistakeInKeysIsToldOnce: one mistake hides no other, and none is told as two.
func TestEachMistakeInKeysIsToldOnce(t *testing.T) {
	oneCluster := func(keys ...string) func(*plan.Workload) {
		return func(w *plan.Workload) { w.Issuers, w.Issuer, w.ServiceAccounts = nil, late(), accountsNamed(keys...) }
	}
	for _, tc := range []struct {
		name, reason string
		change       func(*plan.Workload)
		want         []string
	}{
		{"three issuers that are one", "the third is the same as the first, and that is enough", func(w *plan.Workload) {
			one := plan.Known("https://one/")
			w.Issuers = values{"a": one, "b": one, "c": one}
		}, []string{"issuerUrls.b", "issuerUrls.c"}},
		{"a short key that is odd", "it has to be another one anyway", func(w *plan.Workload) {
			oneCluster()(w)
			w.ServiceAccounts = map[string]plan.ServiceAccount{"a.": {Namespace: plan.Known("shop"), Name: plan.Known("web")}}
		}, []string{"serviceAccounts"}},
		{"a short key after an odd one", "they are two mistakes", func(w *plan.Workload) {
			oneCluster("b")(w)
			w.ServiceAccounts["a.odd"] = plan.ServiceAccount{Namespace: plan.Known("shop"), Name: plan.Known("web")}
		}, []string{"serviceAccounts", "serviceAccounts.b"}},
		{"an account of all clusters once more in one", "the two meet there", func(w *plan.Workload) {
			w.ServiceAccounts["again"] = w.ServiceAccounts["web"]
			named(w, "again", "east")
		}, []string{"serviceAccounts.web"}},
		{"an account of one cluster once more in all", "the two meet there", func(w *plan.Workload) {
			w.ServiceAccounts["again"] = w.ServiceAccounts["web"]
			named(w, "web", "east")
		}, []string{"serviceAccounts.web"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := severalClusters()
			tc.change(&w)
			if got := plan.ForWorkload(w).Problems; !slices.Equal(got.Paths(), tc.want) {
				t.Errorf("%s: want problems at %q, got %v", tc.reason, tc.want, got)
			}
		})
	}
}

// TestTooManyCredentialsAreCounted: the message says what takes up the room and how much there is.
func TestTooManyCredentialsAreCounted(t *testing.T) {
	two := []plan.Occupant{{Name: "web", By: "shop"}, {Name: "api"}}
	crowd := make([]plan.Occupant, 0, 21)
	for range 21 {
		crowd = append(crowd, plan.Occupant{Name: "x"})
	}
	for _, tc := range []struct {
		name, reason string
		accounts     int
		issuers      []string
		others       []plan.Occupant
		want         string
	}{
		{"one cluster", "an account is a credential", 21, nil, nil, "21 service accounts are more than the 20 federated credentials of one identity."},
		{"one cluster beside others", "they are named in order", 19, nil, two,
			"19 service accounts, and beside 2 others an identity has room for 18, of 20 together; the others are api, web of shop."},
		{"two clusters", "an account is two credentials", 11, []string{"east", "west"}, nil,
			"11 service accounts for 2 issuers take 22 federated credentials, and one identity has at most 20."},
		{"two clusters beside others", "they are named in order", 10, []string{"east", "west"}, two,
			"10 service accounts for 2 issuers take 20 federated credentials, and beside 2 others an identity has room for 18, of 20 together; " +
				"the others are api, web of shop."},
		{"beside more than the limit", "there is never less than no room", 1, nil, crowd, "1 service account, and beside 21 others an identity has room for 0, of 20 together; " +
			"the others are x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := plan.Workload{Issuer: late(), ServiceAccounts: accountsNamed(numbered("a", tc.accounts)...)}
			if tc.issuers != nil {
				w.Issuer, w.Issuers = value{}, issuersNamed(tc.issuers...)
			}
			if got := w.CheckRoom(tc.others); len(got) != 1 || got[0].What != tc.want {
				t.Errorf("%s: want %q, got %v", tc.reason, tc.want, got)
			}
		})
	}
}

// TestAnAccountThatFillsAnIdentityIsNotDivided: 20 clusters are as many as one identity takes.
func TestAnAccountThatFillsAnIdentityIsNotDivided(t *testing.T) {
	w := plan.Workload{Issuers: issuersNamed(numbered("i", plan.MaxFederatedCredentials)...), ServiceAccounts: accountsNamed("api", "web")}
	const want = "split them over 2 WorkloadIdentity components, each with an identity of its own with the same roles: (1) api; (2) web."
	if got := w.CheckRoom(nil); len(got) != 1 || got[0].Fix != want {
		t.Errorf("want %q, got %v", want, got)
	}
}
