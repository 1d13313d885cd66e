package components_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

const (
	userType       = "azure-native:managedidentity:UserAssignedIdentity"
	credentialType = "azure-native:managedidentity:FederatedIdentityCredential"
)

// regions are the keys of three clusters.
var regions = []string{"east", "north", "west"}

// accountsNamed are service accounts in the namespace shop, each called as its key.
func accountsNamed(keys ...string) map[string]*components.ServiceAccountArgs {
	all := map[string]*components.ServiceAccountArgs{}
	for _, key := range keys {
		all[key] = &components.ServiceAccountArgs{Namespace: pulumi.String("shop"), Name: pulumi.String(key)}
	}
	return all
}

func numbered(n int) (keys []string) {
	for i := range n {
		keys = append(keys, fmt.Sprintf("app%02d", i))
	}
	return keys
}

// inThreeClusters makes three clusters and a workload identity for each group of accounts, for all clusters.
func inThreeClusters(groups ...[]string) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		issuers := map[string]pulumi.StringInput{}
		for _, region := range regions {
			cluster, err := components.NewManagedIdentityCluster(ctx, region, smallest())
			if err != nil {
				return err
			}
			issuers[region] = cluster.OIDCIssuerURL
		}
		for i, keys := range groups {
			c, err := components.NewWorkloadIdentity(ctx, fmt.Sprintf("apps%d", i), &components.WorkloadIdentityArgs{
				ResourceGroupName: pulumi.String("apps"), Location: pulumi.StringPtr("westeurope"),
				IssuerURLs: issuers, ServiceAccounts: accountsNamed(keys...),
			})
			if err != nil {
				return err
			}
			ctx.Export(fmt.Sprintf("client%d", i), c.ClientID)
		}
		return nil
	}
}

func cloudWithApps() *azuresim.Cloud {
	cloud := azuresim.New()
	cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "apps"), nil)
	return cloud
}

// actsAs fails unless pods of the account in every cluster may act as the identity, and no other account.
func actsAs(t *testing.T, cloud *azuresim.Cloud, client string, accounts ...string) {
	t.Helper()
	clusters := cloud.Clusters()
	if len(clusters) != len(regions) {
		t.Fatalf("there are %d clusters", len(clusters))
	}
	for _, cluster := range clusters {
		for _, account := range append([]string{"nobody"}, accounts...) {
			token, err := cluster.ServiceAccountToken("shop", account)
			if err != nil {
				t.Fatal(err)
			}
			principal, err := cloud.ExchangeToken(client, token)
			if works := err == nil && principal != ""; works != (account != "nobody") {
				t.Errorf("%s in %s as %s: %q, %v", account, cluster.ID, client, principal, err)
			}
		}
	}
}

// TestOneIdentityActsInThreeClusters: within the limit, each account of each cluster gets a token for it.
func TestOneIdentityActsInThreeClusters(t *testing.T) {
	accounts := numbered(6)
	simtest.Run(t, inThreeClusters(accounts), simtest.WithCloud(cloudWithApps()), simtest.WithCheck(func(s *simtest.Stack, up simtest.Result) {
		client, _ := up.Output("client0")
		actsAs(t, s.Cloud(), client.(string), accounts...)
		if n := len(up.Resources.ByType(credentialType)); n != 18 {
			t.Errorf("%d credentials for 6 accounts in 3 clusters", n)
		}
	}))
}

// groupsIn are the accounts of each group in what a problem says about splitting them.
func groupsIn(text string) (groups [][]string) {
	for _, found := range regexp.MustCompile(`\(\d+\) ([a-z0-9, ]+)`).FindAllStringSubmatch(text, -1) {
		groups = append(groups, strings.Split(strings.TrimSpace(found[1]), ", "))
	}
	return groups
}

// TestTooManyAccountsForThreeClustersAreSplitAsTold: nothing is made of 21 accounts in three clusters, and whoever does what the error
// says has all of them working.
func TestTooManyAccountsForThreeClustersAreSplitAsTold(t *testing.T) {
	cloud, accounts := cloudWithApps(), numbered(21)
	s := simtest.New(t, inThreeClusters(accounts), simtest.WithCloud(cloud))
	preview := s.Preview()
	said := preview.Diagnostics()
	if preview.Err == nil || len(puts(cloud)) > 0 {
		t.Fatalf("it should be refused in the preview; made %v: %s", puts(cloud), preview.Explain())
	}
	says(t, said, "serviceAccounts: 21 service accounts for 3 issuers take 63 federated credentials, and one identity has at most 20.")
	says(t, said, "split them over 4 WorkloadIdentity components")
	groups := groupsIn(said)
	told := slices.Concat(groups...)
	slices.Sort(told)
	if !slices.Equal(told, accounts) {
		t.Fatalf("the error names %v in %s", told, said)
	}
	s.SetProgram(inThreeClusters(groups...))
	up := must(t, "split as told", s.Up())
	for i, group := range groups {
		client, _ := up.Output(fmt.Sprintf("client%d", i))
		actsAs(t, cloud, client.(string), group...)
	}
}

// TestAnAccountCanBeInSomeClustersOnly: it counts there only, and has no token elsewhere.
func TestAnAccountCanBeInSomeClustersOnly(t *testing.T) {
	accounts := accountsNamed("api", "web")
	accounts["api"].Issuers = []string{"west"}
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		_, err := components.NewWorkloadIdentity(ctx, "apps", &components.WorkloadIdentityArgs{
			ResourceGroupName: pulumi.String("apps"), Location: pulumi.StringPtr("westeurope"), ServiceAccounts: accounts,
			IssuerURLs: ids{"west": pulumi.String("https://west/"), "east": pulumi.String("https://east/")},
		})
		return err
	}, simtest.WithCloud(cloudWithApps()))
	up := must(t, "up", s.Up())
	var got []string
	for _, r := range up.Resources.ByType(credentialType) {
		got = append(got, r.Name+" "+r.Inputs["federatedIdentityCredentialResourceName"].StringValue()+" "+
			r.Inputs["issuer"].StringValue()+" "+r.Inputs["subject"].StringValue())
	}
	slices.Sort(got)
	want := []string{
		"apps-api.west api-west https://west/ system:serviceaccount:shop:api",
		"apps-web.east web-east https://east/ system:serviceaccount:shop:web",
		"apps-web.west web-west https://west/ system:serviceaccount:shop:web",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// withIssuers is a workload with one account and given issuers.
func withIssuers(one string, several map[string]string, account string, former map[string][]string) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &components.WorkloadIdentityArgs{
			ResourceGroupName: pulumi.String("apps"), Location: pulumi.StringPtr("westeurope"), RenamedKeys: former,
			ServiceAccounts: map[string]*components.ServiceAccountArgs{account: {Namespace: pulumi.String("shop"), Name: pulumi.String("orders")}},
		}
		if one != "" {
			args.IssuerURL = pulumi.String(one)
		}
		for key, url := range several {
			if args.IssuerURLs == nil {
				args.IssuerURLs = ids{}
			}
			args.IssuerURLs[key] = pulumi.String(url)
		}
		c, err := components.NewWorkloadIdentity(ctx, "orders", args)
		ctx.Export("clientId", c.ClientID)
		return err
	}
}

// TestACredentialStaysWhenItsIssuerGetsAKey: from one cluster to several and back, and under other keys, the credential is the same; it is
// named in the words of the advice, and only the other cluster's is made.
func TestACredentialStaysWhenItsIssuerGetsAKey(t *testing.T) {
	const west, east = "https://west/", "https://east/"
	s := simtest.New(t, withIssuers(west, nil, "orders", nil), simtest.WithCloud(cloudWithApps()))
	must(t, "up", s.Up())
	changesNothing(t, s, withIssuers("", map[string]string{"west": west}, "orders", map[string][]string{"issuerUrls.west": {"issuerUrl"}}))
	changesNothing(t, s, withIssuers("", map[string]string{"west": west}, "orders", nil))
	s.SetProgram(withIssuers("", map[string]string{"west": west, "east": east}, "orders", nil))
	more := must(t, "a second cluster", s.Up())
	if changed := more.Steps.Changing(); len(changed) != 1 || changed[0].Name != "orders-orders.east" || more.Op("create") != 1 {
		t.Errorf("only the second cluster's credential is new: %v", changed)
	}
	changesNothing(t, s, withIssuers("", map[string]string{"occident": west, "orient": east}, "queue", map[string][]string{
		"issuerUrls.occident": {"issuerUrls.west"}, "issuerUrls.orient": {"issuerUrls.east"}, "serviceAccounts.queue": {"serviceAccounts.orders"},
	}))
	s.SetProgram(withIssuers(west, nil, "queue", map[string][]string{"issuerUrl": {"issuerUrls.occident"}}))
	less := must(t, "one cluster again", s.Up())
	if changed := less.Steps.Changing(); len(changed) != 1 || less.Op("delete") != 1 || changed[0].Name != "orders-queue.orient" {
		t.Errorf("only the second cluster's credential goes: %v", changed)
	}
}

// TestAdviceOnACredentialOfAnIssuer: whoever goes from one cluster to several and forgets to say which it was is told.
func TestAdviceOnACredentialOfAnIssuer(t *testing.T) {
	a := watched(t, cloudWithApps(), withIssuers("https://west/", nil, "orders", nil))
	several := map[string]string{"west": "https://west/"}
	said := a.refused(withIssuers("", several, "orders", nil))
	says(t, said, `renamedKeys: {"issuerUrls.west": ["issuerUrl"]}`)
	if up := a.follows(withIssuers("", several, "orders", map[string][]string{"issuerUrls.west": {"issuerUrl"}})); !up.Unchanged() {
		t.Errorf("it changes %v", up.Steps.Changing())
	}
	back := a.refused(withIssuers("https://west/", nil, "orders", nil))
	says(t, back, `renamedKeys: {"issuerUrl": ["issuerUrls.<key>"]}`)
}

// TestALateIssuerIsCheckedWhenItArrives: no two clusters are the same, and none is without an issuer.
func TestALateIssuerIsCheckedWhenItArrives(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		urls         func(givenValues) map[string]pulumi.StringInput
	}{
		{"twice", "Azure would refuse the second credential", func(v givenValues) map[string]pulumi.StringInput {
			return ids{"east": v.text("https://one/"), "west": pulumi.String("https://one/")}
		}},
		{"empty", "the cluster's issuer is off", func(v givenValues) map[string]pulumi.StringInput {
			return ids{"east": v.text("https://one/"), "west": v.text("")}
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			args := func(v givenValues) *components.WorkloadIdentityArgs {
				a := workloadOf(accountsNamed("web"))
				a.IssuerURL, a.IssuerURLs = nil, tc.urls(v)
				return a
			}
			s := simtest.New(t, func(ctx *pulumi.Context) error {
				late, err := lateValues(ctx)
				if err != nil {
					return err
				}
				_, err = components.NewWorkloadIdentity(ctx, "shop", args(late))
				return err
			})
			s.Cloud().MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "shop"), nil)
			must(t, "preview", s.Preview())
			problems := components.PlanWorkloadIdentity("shop", args(knownValues())).Problems
			if len(problems) != 1 {
				t.Fatalf("the plan says %v", problems)
			}
			saysAll(t, tc.reason, s.Up(), problems)
		})
	}
}
