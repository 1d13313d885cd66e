package plan_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// TestSetsAreTheConstants reads the constants where they are written down; the tables are generated.
func TestSetsAreTheConstants(t *testing.T) {
	got := map[string][]string{}
	for _, set := range plan.Sets() {
		got[set.Name] = set.Values()
		if set.Description == "" {
			t.Errorf("%s has no description", set.Name)
		}
		for _, choice := range set.Choices {
			if !strings.HasSuffix(choice.Description, ".") {
				t.Errorf("%s %q is not described in a sentence: %q", set.Name, choice.Value, choice.Description)
			}
		}
	}
	if diff := cmp.Diff(constants(t), got); diff != "" {
		t.Errorf("run make generate (-constants +tables):\n%s", diff)
	}
}

// constants by the name of their type.
func constants(t *testing.T) map[string][]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "closed_sets.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	for _, decl := range file.Decls {
		for _, spec := range decl.(*ast.GenDecl).Specs {
			constant, ok := spec.(*ast.ValueSpec)
			if !ok {
				continue
			}
			value, err := strconv.Unquote(constant.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			of := constant.Type.(*ast.Ident).Name
			found[of] = append(found[of], value)
		}
	}
	return found
}

// choices has for each argument with a closed set how to say a word there.
func choices() map[plan.Path]struct {
	set plan.Set
	say func(*plan.Cluster, string)
} {
	type choice = struct {
		set plan.Set
		say func(*plan.Cluster, string)
	}
	return map[plan.Path]choice{
		"identity.type":         {plan.IdentityType("").Set(), func(c *plan.Cluster, word string) { c.Identity.Type = plan.IdentityType(word) }},
		"tier":                  {plan.Tier("").Set(), func(c *plan.Cluster, word string) { c.Tier = plan.Tier(word) }},
		"supportPlan":           {plan.SupportPlan("").Set(), func(c *plan.Cluster, word string) { c.SupportPlan = plan.SupportPlan(word) }},
		"upgrade.channel":       {plan.UpgradeChannel("").Set(), func(c *plan.Cluster, word string) { c.Upgrade.Channel = plan.UpgradeChannel(word) }},
		"upgrade.nodeOsChannel": {plan.NodeOSChannel("").Set(), func(c *plan.Cluster, word string) { c.Upgrade.NodeOSChannel = plan.NodeOSChannel(word) }},
		"maintenance.cluster.day": {plan.Weekday("").Set(), func(c *plan.Cluster, word string) {
			c.Maintenance = map[string]plan.Window{plan.ClusterUpgradeWindow: {Day: plan.Weekday(word)}}
		}},
		"network.plugin":        {plan.NetworkPlugin("").Set(), func(c *plan.Cluster, word string) { c.Network.Plugin = plan.NetworkPlugin(word) }},
		"network.pluginMode":    {plan.NetworkPluginMode("").Set(), func(c *plan.Cluster, word string) { c.Network.PluginMode = plan.NetworkPluginMode(word) }},
		"network.dataplane":     {plan.Dataplane("").Set(), func(c *plan.Cluster, word string) { c.Network.Dataplane = plan.Dataplane(word) }},
		"network.policy":        {plan.NetworkPolicy("").Set(), func(c *plan.Cluster, word string) { c.Network.Policy = plan.NetworkPolicy(word) }},
		"network.outboundType":  {plan.OutboundType("").Set(), func(c *plan.Cluster, word string) { c.Network.OutboundType = plan.OutboundType(word) }},
		"network.ipFamilies[0]": {plan.IPFamily("").Set(), func(c *plan.Cluster, word string) { c.Network.IPFamilies = []plan.IPFamily{plan.IPFamily(word)} }},
		"network.loadBalancer.backendPoolType": {plan.BackendPoolType("").Set(), func(c *plan.Cluster, word string) {
			c.Network.LoadBalancer = &plan.LoadBalancer{BackendPoolType: plan.BackendPoolType(word)}
		}},
		"pools[0].mode":          {plan.PoolMode("").Set(), func(c *plan.Cluster, word string) { c.Pools[0].Mode = plan.PoolMode(word) }},
		"pools[0].osType":        {plan.OSType("").Set(), func(c *plan.Cluster, word string) { c.Pools[0].OSType = plan.OSType(word) }},
		"pools[0].osSku":         {plan.OSSKU("").Set(), func(c *plan.Cluster, word string) { c.Pools[0].OSSKU = plan.OSSKU(word) }},
		"pools[0].osDiskType":    {plan.OSDiskType("").Set(), func(c *plan.Cluster, word string) { c.Pools[0].OSDiskType = plan.OSDiskType(word) }},
		"pools[0].scaleDownMode": {plan.ScaleDownMode("").Set(), func(c *plan.Cluster, word string) { c.Pools[0].ScaleDownMode = plan.ScaleDownMode(word) }},
		"pools[0].spot.evictionPolicy": {plan.EvictionPolicy("").Set(), func(c *plan.Cluster, word string) {
			c.Pools[0].Spot = &plan.Spot{EvictionPolicy: plan.EvictionPolicy(word)}
		}},
		"security.kms.networkAccess": {plan.KMSNetworkAccess("").Set(), func(c *plan.Cluster, word string) {
			c.Security.KMS = &plan.KMS{NetworkAccess: plan.KMSNetworkAccess(word)}
		}},
		"apiServer.privateDnsZone": {plan.PrivateDNSZone("").Set(), func(c *plan.Cluster, word string) { c.APIServer.PrivateZone = plan.PrivateDNSZone(word) }},
		"kubeconfigLogin": {plan.KubeconfigLogin("").Set(), func(c *plan.Cluster, word string) {
			c.Entra, c.Login = &plan.Entra{}, plan.KubeconfigLogin(word)
		}},
		"roleStrategy":      {plan.RoleStrategy("").Set(), func(c *plan.Cluster, word string) { c.Strategy = plan.RoleStrategy(word) }},
		"adopt.assignments": {plan.Adoption("").Set(), func(c *plan.Cluster, word string) { c.Adopt.Assignments = plan.Adoption(word) }},
		"explain":           {plan.Explain("").Set(), func(c *plan.Cluster, word string) { c.Explain = plan.Explain(word) }},
		"access.ops.principalType": {plan.PrincipalType("").Set(), func(c *plan.Cluster, word string) {
			c.Access = map[string]plan.Access{"ops": {Type: plan.PrincipalType(word)}}
		}},
		"access.ops.role": {plan.AccessRole("").Set(), func(c *plan.Cluster, word string) {
			c.Access = map[string]plan.Access{"ops": {Role: plan.AccessRole(word)}}
		}},
		"grantMode": {plan.GrantMode("").Set(), func(c *plan.Cluster, word string) { c.Grants = plan.GrantMode(word) }},
	}
}

// TestWordsOfClosedSets says at each argument every value of its set, the same in another letter case, misspelt, and a word that
// is near none.
func TestWordsOfClosedSets(t *testing.T) {
	unsaid := map[string]bool{}
	for _, set := range plan.Sets() {
		unsaid[set.Name] = true
	}
	for path, choice := range choices() {
		delete(unsaid, choice.set.Name)
		says := func(word string) string {
			c := plan.Cluster{SystemPool: system(), Pools: []plan.Pool{{Name: "web"}}, APIServer: open()}
			choice.say(&c, word)
			for _, problem := range plan.ForCluster(c).Problems {
				if problem.Path == path && strings.HasPrefix(problem.What, strconv.Quote(word)+" is ") {
					return problem.What + " " + problem.Fix
				}
			}
			return ""
		}
		first := choice.set.Values()[0]
		for _, tc := range []struct{ name, word, want string }{
			{"nothing", "", ""},
			{"in another letter case", strings.ToUpper(first), "is written in another letter case than " + strconv.Quote(first)},
			{"misspelt", first + "x", "is not a known value; did you mean " + strconv.Quote(first) + "? use one of "},
			{"something else", "zzzzzzzz", `"zzzzzzzz" is not a known value. use one of `},
		} {
			if got := says(tc.word); (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
				t.Errorf("%s, %s: got %q, want %q", path, tc.name, got, tc.want)
			}
		}
		for _, value := range choice.set.Values() {
			if got := says(value); got != "" {
				t.Errorf("%s: %s", path, got)
			}
		}
	}
	for name := range unsaid {
		t.Errorf("no argument takes a %s, or choices does not know it", name)
	}
}

// TestGivenIdentityIsUserAssigned: nobody has to say the type of what can be of one type only.
func TestGivenIdentityIsUserAssigned(t *testing.T) {
	given := &plan.UserIdentity{Existing: &plan.ExistingIdentity{
		ResourceID: plan.Late[string](), PrincipalID: plan.Late[string](), ClientID: plan.Late[string](),
	}}
	cases := []struct {
		name, reason string
		identity     plan.ClusterIdentity
		want         plan.IdentityType
		problems     []string
	}{
		{"nothing said", "AKS makes one", plan.ClusterIdentity{}, plan.SystemAssigned, nil},
		{"given", "it can only be a user-assigned one", plan.ClusterIdentity{User: given}, plan.UserAssigned, nil},
		{"given and said", "the same twice", plan.ClusterIdentity{Type: plan.UserAssigned, User: given}, plan.UserAssigned, nil},
		{"contradiction", "two things are said", plan.ClusterIdentity{Type: plan.SystemAssigned, User: given}, plan.SystemAssigned,
			[]string{"identity.userAssigned"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c := plan.Cluster{SystemPool: system(), APIServer: open(), Identity: tc.identity}
			if got := c.WithDefaults().Identity.Type; got != tc.want {
				t.Errorf("%s: got %s, want %s", tc.reason, got, tc.want)
			}
			paths := plan.ForCluster(c).Problems.Paths()
			if diff := cmp.Diff(strings.Join(tc.problems, " "), strings.Join(paths, " ")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.reason, diff)
			}
		})
	}
}
