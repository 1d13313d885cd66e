package components_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-azure-native-sdk/managedidentity/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// onIdentity is a workload identity on one that exists.
func onIdentity(id pulumi.StringInput, keys ...string) *components.WorkloadIdentityArgs {
	return &components.WorkloadIdentityArgs{
		IdentityID: id, IssuerURL: pulumi.String("https://issuer.example/"), ServiceAccounts: accountsNamed(keys...),
	}
}

// workloadsOn are workload identities in the order of their arguments, called one, two and so on.
func workloadsOn(all ...*components.WorkloadIdentityArgs) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		for i, args := range all {
			c, err := components.NewWorkloadIdentity(ctx, []string{"one", "two", "three"}[i], args)
			if err != nil {
				return err
			}
			ctx.Export([]string{"one", "two", "three"}[i], pulumi.StringArray{c.ResourceID, c.PrincipalID, c.ClientID, c.TenantID})
		}
		return nil
	}
}

// seedCredentials puts credentials of somebody else on an identity.
func seedCredentials(cloud *azuresim.Cloud, identity string, names ...string) {
	for _, name := range names {
		cloud.MustSeed(identity+"/federatedIdentityCredentials/"+name, object{"properties": object{
			"issuer": "https://theirs.example/", "subject": "system:serviceaccount:theirs:" + name, "audiences": []any{azuresim.TokenAudience},
		}})
	}
}

func credentialsOn(cloud *azuresim.Cloud, identity string) (names []string) {
	for _, r := range cloud.Resources() {
		if r.Type == azuresim.FederatedCredentialType && strings.HasPrefix(strings.ToLower(r.ID), strings.ToLower(identity)+"/") {
			names = append(names, r.ID[strings.LastIndex(r.ID, "/")+1:])
		}
	}
	slices.Sort(names)
	return names
}

// TestAnExistingIdentityIsGivenCredentialsAndGrants: and nothing of it is changed, neither by the deployment nor by the destroy.
func TestAnExistingIdentityIsGivenCredentialsAndGrants(t *testing.T) {
	cloud := azuresim.New()
	identity := cloud.MustSeedIdentity("ids", "shared")
	seedCredentials(cloud, identity.ID, "theirs")
	registry := cloud.MustSeed(azuresim.ID("reg", azuresim.RegistryType, "shopimages"), nil)
	args := onIdentity(pulumi.String(identity.ID), "api", "web")
	args.RegistryIDs = ids{"images": pulumi.String(registry)}
	s := simtest.New(t, workloadsOn(args), simtest.WithCloud(cloud))
	up := must(t, "up", s.Up())
	if told, _ := up.Output("one"); fmt.Sprint(told) != fmt.Sprint([]any{identity.ID, identity.PrincipalID, identity.ClientID, azuresim.DefaultTenantID}) {
		t.Errorf("it tells %v of %+v", told, identity)
	}
	if got := credentialsOn(cloud, identity.ID); !slices.Equal(got, []string{"api", "theirs", "web"}) {
		t.Errorf("it has the credentials %v", got)
	}
	held := cloud.RoleAssignments()
	if len(held) != 1 || held[0].PrincipalID != identity.PrincipalID || held[0].Role.Name != "AcrPull" {
		t.Errorf("it holds %+v", held)
	}
	if again := must(t, "again", s.Up()); !again.Unchanged() {
		t.Errorf("it changes %v", again.Steps.Changing())
	}
	must(t, "destroy", s.Destroy())
	if got := credentialsOn(cloud, identity.ID); !slices.Equal(got, []string{"theirs"}) || len(cloud.RoleAssignments()) > 0 {
		t.Errorf("destroy left %v and %v", got, cloud.RoleAssignments())
	}
	for _, op := range cloud.Operations() {
		if strings.EqualFold(op.ID, identity.ID) && op.Method != azuresim.MethodGet {
			t.Errorf("%s on the identity itself", op.Method)
		}
	}
}

// TestAnIdentityThatCannotBeTakenIsTold: before anything is made.
func TestAnIdentityThatCannotBeTakenIsTold(t *testing.T) {
	elsewhere := strings.Replace(azuresim.ID("ids", azuresim.IdentityType, "shared"), azuresim.DefaultSubscriptionID, "11111111-1111-1111-1111-111111111111", 1)
	for _, tc := range []struct{ name, reason, id, said string }{
		{"not there", "nobody could act as it", azuresim.ID("ids", azuresim.IdentityType, "none"), "see whether it exists"},
		{"in another subscription", "the provider would write its credentials elsewhere", elsewhere, "give the component a provider whose subscriptionId is 11111111"},
		{"something else", "pods act as an identity", azuresim.ID("ids", azuresim.RegistryType, "images"), "not a Microsoft.ManagedIdentity/userAssignedIdentities"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			cloud.MustSeedIdentity("ids", "shared")
			preview := simtest.New(t, workloadsOn(onIdentity(pulumi.String(tc.id), "api")), simtest.WithCloud(cloud)).Preview()
			if preview.Err == nil || len(puts(cloud)) > 0 {
				t.Fatalf("%s: %s", tc.reason, preview.Explain())
			}
			says(t, preview.Diagnostics(), "identityId: ")
			says(t, preview.Diagnostics(), tc.said)
		})
	}
}

// TestCredentialsThatAreThereAreCounted: with those of others the identity has room for five, and what stays and what goes is said. Where
// they cannot be read, Azure's limit is met at the deployment.
func TestCredentialsThatAreThereAreCounted(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		accounts     int
		readable     bool
		refused      string
	}{
		{"room", "15 and 5 are 20", 5, true, ""},
		{"one too many", "15 and 6 are 21", 6, true,
			"serviceAccounts: 6 service accounts, and beside 15 others an identity has room for 5, of 20 together; the others are app00, app01, app02, app03"},
		{"not to be read", "then they are not counted", 6, false, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			identity := cloud.MustSeedIdentity("ids", "shared")
			seedCredentials(cloud, identity.ID, numbered(15)...)
			options := []simtest.Option{simtest.WithCloud(cloud)}
			if tc.readable {
				options = append(options, manages(t, cloud, http.NotFound).option())
			}
			keys := []string{"mine0", "mine1", "mine2", "mine3", "mine4", "mine5"}[:tc.accounts]
			s := simtest.New(t, workloadsOn(onIdentity(pulumi.String(identity.ID), keys...)), options...)
			preview := s.Preview()
			if (preview.Err != nil) != (tc.refused != "") {
				t.Fatalf("%s: %s", tc.reason, preview.Explain())
			}
			if tc.refused != "" {
				says(t, preview.Diagnostics(), tc.refused)
				says(t, preview.Diagnostics(), "Fix: keep (1) mine0, mine1, mine2, mine3, mine4 here, and give each of these a WorkloadIdentity with an identity of its own with the same roles: (2) mine5.")
				if made := puts(cloud); len(made) > 0 {
					t.Errorf("%v is made", made)
				}
				return
			}
			up := s.Up()
			if (up.Err == nil) != tc.readable {
				t.Fatalf("%s: %s", tc.reason, up.Explain())
			}
			if tc.readable {
				if again := must(t, "again", s.Up()); !again.Unchanged() {
					t.Errorf("its own are counted once: %v", again.Steps.Changing())
				}
			}
		})
	}
}

// TestACredentialOfSomebodyElseIsNotTakenOver: one for the same service account, and one with the same name.
func TestACredentialOfSomebodyElseIsNotTakenOver(t *testing.T) {
	cloud := azuresim.New()
	identity := cloud.MustSeedIdentity("ids", "shared")
	// A stack that was deployed: only then is it certain that the credentials are not its own.
	s := simtest.New(t, func(ctx *pulumi.Context) error { ctx.Export("deployed", pulumi.Bool(true)); return nil }, simtest.WithCloud(cloud),
		manages(t, cloud, http.NotFound).option())
	must(t, "up", s.Up())
	seedCredentials(cloud, identity.ID, "web")
	cloud.MustSeed(identity.ID+"/federatedIdentityCredentials/other", object{"properties": object{
		"issuer": "https://issuer.example/", "subject": "system:serviceaccount:shop:api", "audiences": []any{azuresim.TokenAudience},
	}})
	s.SetProgram(workloadsOn(onIdentity(pulumi.String(identity.ID), "api", "web")))
	preview := s.Preview()
	if preview.Err == nil {
		t.Fatal("it should be refused")
	}
	says(t, preview.Diagnostics(), "serviceAccounts.api: the identity has a federated credential for the same service account of the same cluster: other.")
	says(t, preview.Diagnostics(), "serviceAccounts.web: the identity has another federated credential with the name that this one would get: web.")
}

// TestACredentialOnTheFormerIdentityIsNotTheOneOnTheNew: a workload that changes to an identity of the same group, or to one of the same
// name, finds there a credential of somebody else that is called as its own on the former identity.
func TestACredentialOnTheFormerIdentityIsNotTheOneOnTheNew(t *testing.T) {
	for _, tc := range []struct{ name, group, identity string }{
		{"in the same group", "ids", "other"}, {"of the same name", "others", "shared"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			former, next := cloud.MustSeedIdentity("ids", "shared"), cloud.MustSeedIdentity(tc.group, tc.identity)
			s := simtest.New(t, workloadsOn(onIdentity(pulumi.String(former.ID), "web")), simtest.WithCloud(cloud), manages(t, cloud, http.NotFound).option())
			must(t, "up", s.Up())
			seedCredentials(cloud, next.ID, "web")
			s.SetProgram(workloadsOn(onIdentity(pulumi.String(next.ID), "web")))
			preview := s.Preview()
			if preview.Err == nil {
				t.Fatal("it should be refused")
			}
			says(t, preview.Diagnostics(), "serviceAccounts.web: the identity has another federated credential with the name that this one would get: web.")
		})
	}
}

// TestWorkloadsOnOneIdentityWriteInTurn: whether its ID is known or late, spelled alike or not, and also when one of them makes it; Azure
// refuses two writes on it at once.
func TestWorkloadsOnOneIdentityWriteInTurn(t *testing.T) {
	cases := map[string]func(cloud *azuresim.Cloud) pulumi.RunFunc{
		"known": func(cloud *azuresim.Cloud) pulumi.RunFunc {
			id := cloud.MustSeedIdentity("ids", "shared").ID
			return workloadsOn(onIdentity(pulumi.String(id), "api", "web"), onIdentity(pulumi.String(strings.ToUpper(id)), "batch", "cron"))
		},
		"late": func(cloud *azuresim.Cloud) pulumi.RunFunc {
			cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "ids"), nil)
			return func(ctx *pulumi.Context) error {
				identity, err := managedidentity.NewUserAssignedIdentity(ctx, "shared", &managedidentity.UserAssignedIdentityArgs{
					ResourceGroupName: pulumi.String("ids"), Location: pulumi.String("westeurope"),
				})
				if err != nil {
					return err
				}
				id := identity.ID().ToStringOutput()
				return workloadsOn(onIdentity(id, "api", "web"), onIdentity(id, "batch", "cron"), onIdentity(id, "mail"))(ctx)
			}
		},
		"made by one of them": func(cloud *azuresim.Cloud) pulumi.RunFunc {
			cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "shop"), nil)
			return func(ctx *pulumi.Context) error {
				first, err := components.NewWorkloadIdentity(ctx, "first", workloadOf(accountsNamed("api", "web")))
				if err != nil {
					return err
				}
				return workloadsOn(onIdentity(first.ResourceID, "batch", "cron"))(ctx)
			}
		},
	}
	for name, program := range cases {
		t.Run(name, func(t *testing.T) {
			cloud := azuresim.New()
			s := simtest.New(t, program(cloud), simtest.WithCloud(cloud))
			up := must(t, "up", s.Up())
			if len(up.Races) > 0 {
				t.Errorf("without an order: %v", up.Races)
			}
			if n := len(up.Resources.ByType(credentialType)); n < 4 {
				t.Errorf("%d credentials", n)
			}
			must(t, "destroy", s.Destroy())
		})
	}
}

// TestWorkloadsOnDifferentIdentitiesDoNotWait: nothing of one comes before the other.
func TestWorkloadsOnDifferentIdentitiesDoNotWait(t *testing.T) {
	cloud := azuresim.New()
	one, two := cloud.MustSeedIdentity("ids", "one").ID, cloud.MustSeedIdentity("ids", "two").ID
	s := simtest.New(t, workloadsOn(onIdentity(pulumi.String(one), "api"), onIdentity(pulumi.String(two), "api")), simtest.WithCloud(cloud))
	for _, r := range must(t, "up", s.Up()).Resources.ByType(credentialType) {
		for _, on := range r.Dependencies {
			if strings.HasSuffix(string(on.Type()), ":FederatedIdentityCredential") {
				t.Errorf("%s waits for %s", r.Name, on)
			}
		}
	}
}

// TestWorkloadsOnOneIdentityCountTogether: what the program gives an identity in one place leaves less room in another, and an account
// that has a credential there already is named, whatever else is in the program.
func TestWorkloadsOnOneIdentityCountTogether(t *testing.T) {
	for _, tc := range []struct {
		name, reason  string
		first, second []string
		said          []string
	}{
		{"20 together", "that is the limit", numbered(12), []string{"b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7"}, nil},
		{"21 together", "one more", numbered(13), []string{"b0x", "b1x", "b2x", "b3x", "b4x", "b5x", "b6x", "b7x"}, []string{
			"serviceAccounts: 8 service accounts, and beside 13 others an identity has room for 7, of 20 together; the others are app00 of WorkloadIdentity \"two\"",
			"keep (1) b0x, b1x, b2x, b3x, b4x, b5x, b6x here", "(2) b7x."}},
		{"the same account", "Azure keeps one credential for it", []string{"api"}, []string{"api"}, []string{
			"serviceAccounts.api: the identity has a federated credential for the same service account of the same cluster: api of WorkloadIdentity \"two\"."}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cloud := azuresim.New()
			id := pulumi.String(cloud.MustSeedIdentity("ids", "shared").ID)
			second := onIdentity(id, tc.second...)
			if tc.said == nil { // keys of two characters take an issuer with a key
				second.IssuerURL, second.IssuerURLs = nil, ids{"west": pulumi.String("https://issuer.example/")}
			}
			elsewhere := onIdentity(pulumi.String(cloud.MustSeedIdentity("ids", "other").ID), "elsewhere")
			preview := simtest.New(t, workloadsOn(elsewhere, onIdentity(id, tc.first...), second), simtest.WithCloud(cloud)).Preview()
			if (preview.Err == nil) != (tc.said == nil) {
				t.Fatalf("%s: %s", tc.reason, preview.Explain())
			}
			for _, words := range tc.said {
				says(t, preview.Diagnostics(), words)
			}
		})
	}
}

// TestLateIdentitiesCountTogetherWhenTheyArrive: in a deployment without preview too, the one that comes second is refused.
func TestLateIdentitiesCountTogetherWhenTheyArrive(t *testing.T) {
	cloud := azuresim.New()
	cloud.MustSeed(azuresim.GroupID(azuresim.DefaultSubscriptionID, "shop"), nil)
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		first, err := components.NewWorkloadIdentity(ctx, "first", workloadOf(accountsNamed(numbered(15)...)))
		if err != nil {
			return err
		}
		return workloadsOn(onIdentity(first.ResourceID, "mine0", "mine1", "mine2", "mine3", "mine4", "mine5"))(ctx)
	}, simtest.WithCloud(cloud))
	up := s.Up()
	if up.Err == nil {
		t.Fatal("the 21st credential should be refused")
	}
	says(t, up.Diagnostics(), "beside 15 others an identity has room for 5")
	for _, id := range puts(cloud) {
		if strings.Contains(id, "/mine") {
			t.Errorf("of the second %s is made", id)
		}
	}
}

// TestServedWorkloadsOnOneIdentityWriteInTurn: in another language each component is constructed by itself.
func TestServedWorkloadsOnOneIdentityWriteInTurn(t *testing.T) {
	cloud := azuresim.New()
	id := cloud.MustSeedIdentity("ids", "shared").ID
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		for _, name := range []string{"one", "two"} {
			err := ctx.RegisterRemoteComponentResource(components.WorkloadIdentityToken, name, pulumi.Map{
				"identityId": pulumi.String(id), "issuerUrl": pulumi.String("https://issuer.example/"),
				"serviceAccounts": pulumi.Map{
					name + "-api": pulumi.Map{"namespace": pulumi.String("shop"), "name": pulumi.String(name + "-api")},
					name + "-web": pulumi.Map{"namespace": pulumi.String("shop"), "name": pulumi.String(name + "-web")},
				},
			}, &pulumi.ResourceState{})
			if err != nil {
				return err
			}
		}
		return nil
	}, simtest.WithCloud(cloud), servedToo())
	up := must(t, "up", s.Up())
	if got := credentialsOn(cloud, id); len(up.Races) > 0 || len(got) != 4 {
		t.Errorf("%v, without an order: %v", got, up.Races)
	}
	must(t, "destroy", s.Destroy())
}

// TestARegistryOfPodsInTheOtherModeIsTold: AcrPull would be made and have no effect.
func TestARegistryOfPodsInTheOtherModeIsTold(t *testing.T) {
	cloud := cloudWithApps()
	registry := cloud.MustSeed(azuresim.ID("reg", azuresim.RegistryType, "shopimages"), object{"properties": object{"roleAssignmentMode": "AbacRepositoryPermissions"}})
	for _, put := range []func(*components.WorkloadIdentityArgs, ids){
		func(a *components.WorkloadIdentityArgs, r ids) { a.RegistryIDs = r }, func(a *components.WorkloadIdentityArgs, r ids) { a.PushRegistryIDs = r },
	} {
		args := onIdentity(pulumi.String(cloud.MustSeedIdentity("ids", "shared").ID), "api")
		put(args, ids{"images": pulumi.String(registry)})
		preview := simtest.New(t, workloadsOn(args), simtest.WithCloud(cloud)).Preview()
		if preview.Err == nil {
			t.Fatal("it should be refused")
		}
		says(t, preview.Diagnostics(), "Fix: leave it out here, and give Container Registry Repository Reader or Container Registry Repository Writer on it in roles.")
	}
}
