package plan_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestACredentialIsToldWithWhoHasIt: one that no component has stands by its name alone.
func TestACredentialIsToldWithWhoHasIt(t *testing.T) {
	if got := (plan.Occupant{Name: "orders"}).String(); got != "orders" {
		t.Errorf("nobody of this program has it: %q", got)
	}
	if got := (plan.Occupant{Name: "orders", By: "WorkloadIdentity shop"}).String(); got != "orders of WorkloadIdentity shop" {
		t.Errorf("a component has it: %q", got)
	}
}

// TestACredentialTrustsTheIssuerOfItsCluster: what is late is left empty.
func TestACredentialTrustsTheIssuerOfItsCluster(t *testing.T) {
	accounts := accountsNamed("api", "web")
	accounts["web"] = plan.ServiceAccount{Namespace: late(), Name: plan.Known("web")}
	const api = "system:serviceaccount:shop:api"
	for _, tc := range []struct {
		name, reason string
		workload     plan.Workload
		want         []plan.Occupant
	}{
		{"one cluster", "there is one issuer for all", plan.Workload{Issuer: plan.Known("https://one/"), ServiceAccounts: accounts}, []plan.Occupant{
			{Name: "api", Issuer: "https://one/", Subject: api}, {Name: "web", Issuer: "https://one/"},
		}},
		{"two clusters", "each pair has the issuer of its key", plan.Workload{Issuers: issuersNamed("east", "west"), ServiceAccounts: accounts}, []plan.Occupant{
			{Name: "api-east", Issuer: "https://east/", Subject: api}, {Name: "api-west", Issuer: "https://west/", Subject: api},
			{Name: "web-east", Issuer: "https://east/"}, {Name: "web-west", Issuer: "https://west/"},
		}},
		{"a late issuer", "it is not known yet", plan.Workload{Issuer: late(), ServiceAccounts: accountsNamed("api")}, []plan.Occupant{{Name: "api", Subject: api}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tc.workload.Occupants()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}

// TestALateSubjectIsOursOnlyAtItsIssuer: a credential of another cluster cannot turn out to be the same.
func TestALateSubjectIsOursOnlyAtItsIssuer(t *testing.T) {
	mine := []plan.Occupant{{Name: "late", Issuer: "https://i/"}}
	for _, tc := range []struct {
		issuer, reason string
		left           int
	}{
		{"https://i/", "the service account can be the same", 0},
		{"https://j/", "the cluster is another one", 1},
	} {
		there := []plan.Occupant{{Name: "other", Issuer: tc.issuer, Subject: "system:serviceaccount:shop:api"}}
		if got := plan.Beside(mine, there, nil); len(got) != tc.left {
			t.Errorf("%s: %s: %d are left, want %d", tc.issuer, tc.reason, len(got), tc.left)
		}
	}
}

// TestWhatAnIdentityCannotTakeBesideOthers: Azure has one credential of a name, and one for an issuer and a subject.
func TestWhatAnIdentityCannotTakeBesideOthers(t *testing.T) {
	const (
		api, one = "system:serviceaccount:shop:api", "https://one/"
		twice    = "the identity has a federated credential for the same service account of the same cluster: "
		called   = "the identity has another federated credential with the name that this one would get: "
	)
	lateAccount := map[string]plan.ServiceAccount{"api": {Namespace: late(), Name: plan.Known("api")}}
	workload := func(edit func(*plan.Workload)) plan.Workload {
		w := plan.Workload{Issuer: plan.Known(one), ServiceAccounts: accountsNamed("api")}
		edit(&w)
		return w
	}
	plain := workload(func(*plan.Workload) {})
	lateIssuer := workload(func(w *plan.Workload) { w.Issuer = late() })
	lateSubject := workload(func(w *plan.Workload) { w.ServiceAccounts = lateAccount })
	renamed := workload(func(w *plan.Workload) {
		w.Renamed.Former = map[string][]string{"serviceAccounts.api": {"serviceAccounts.old"}}
	})
	for _, tc := range []struct {
		name, reason string
		workload     plan.Workload
		other        plan.Occupant
		want         string
	}{
		{"another one", "nothing of it is the same", plain, plan.Occupant{Name: "other", Issuer: "https://two/", Subject: "system:serviceaccount:shop:web"}, ""},
		{"another account of the cluster", "the subject is another one", plain, plan.Occupant{Name: "other", Issuer: one, Subject: "system:serviceaccount:shop:web"}, ""},
		{"the same account of another cluster", "the issuer is another one", plain, plan.Occupant{Name: "other", Issuer: "https://two/", Subject: api}, ""},
		{"the same account of the same cluster", "Azure refuses the second", plain, plan.Occupant{Name: "other", Issuer: one, Subject: api}, twice + "other."},
		{"that of another component", "the message says whose it is", plain, plan.Occupant{Name: "other", Issuer: one, Subject: api, By: "shop"}, twice + "other of shop."},
		{"the same name as well", "it is told once", plain, plan.Occupant{Name: "api", Issuer: one, Subject: api}, twice + "api."},
		{"two late issuers", "they can be those of two clusters", lateIssuer, plan.Occupant{Name: "other", Subject: api}, ""},
		{"two late subjects", "they can be those of two accounts", lateSubject, plan.Occupant{Name: "other", Issuer: one}, ""},
		{"a late issuer here", "it can be that of another cluster", lateIssuer, plan.Occupant{Name: "other", Issuer: one, Subject: api}, ""},
		{"a late subject here", "it can be that of another account", lateSubject, plan.Occupant{Name: "other", Issuer: one, Subject: api}, ""},
		{"the same name", "Azure has one of a name, in whichever letter case", plain, plan.Occupant{Name: "API", Issuer: "https://two/", Subject: api}, called + "API."},
		{"the same name of a renamed key here", "this one keeps the name that it was made with", renamed, plan.Occupant{Name: "api"}, ""},
		{"the same name of a renamed key there", "that one keeps the name that it was made with", plain, plan.Occupant{Name: "api", Former: []string{"old"}}, ""},
		{"the same name of two renamed keys", "each keeps the name that it was made with", renamed, plan.Occupant{Name: "api", Former: []string{"older"}}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got, want []string
			for _, problem := range tc.workload.CheckOccupants([]plan.Occupant{tc.other}) {
				got = append(got, string(problem.Path)+": "+problem.What)
			}
			if tc.want != "" {
				want = []string{"serviceAccounts.api: " + tc.want}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: got %q, want %q", tc.reason, got, want)
			}
		})
	}
}
