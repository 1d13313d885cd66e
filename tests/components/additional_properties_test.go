package components_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// with is the smallest cluster with more properties, and a further pool with its own.
func with(cluster, firstPool, secondPool pulumi.MapInput) *components.ManagedIdentityClusterArgs {
	args := smallest()
	args.AdditionalProperties, args.SystemPool.AdditionalProperties = cluster, firstPool
	if secondPool != nil {
		args.Pools = append(args.Pools, &components.NodePoolArgs{Name: "web", AdditionalProperties: secondPool})
	}
	return args
}

func failing() pulumi.Output {
	return pulumi.String("").ToStringOutput().ApplyT(func(string) (string, error) { return "", errors.New("no key today") })
}

// everyPlace puts a map of more properties where they can be given.
func everyPlace(more func() pulumi.MapInput) map[string]*components.ManagedIdentityClusterArgs {
	return map[string]*components.ManagedIdentityClusterArgs{
		"cluster":     with(more(), nil, nil),
		"system pool": with(nil, more(), nil),
		"next pool":   with(nil, nil, more()),
	}
}

func TestFailingAdditionalPropertyFailsTheDeployment(t *testing.T) {
	for kind, more := range map[string]func() pulumi.MapInput{
		"one value": func() pulumi.MapInput { return pulumi.Map{"tags": pulumi.Map{"a": failing()}} },
		"all of it": func() pulumi.MapInput {
			return failing().ApplyT(func(any) map[string]any { return nil }).(pulumi.MapOutput)
		},
	} {
		for place, args := range everyPlace(more) {
			t.Run(kind+" of the "+place, func(t *testing.T) {
				up := simtest.New(t, program(args)).Up()
				if up.Err == nil || !strings.Contains(up.Diagnostics(), "no key today") {
					t.Errorf("want a failure that says why: %s", up.Explain())
				}
			})
		}
	}
}

// unknownInPreview is a value that only a deployment knows.
func unknownInPreview(ctx *pulumi.Context, value any) pulumi.Output {
	if ctx.DryRun() {
		return pulumi.UnsafeUnknownOutput(nil)
	}
	return pulumi.Any(value)
}

func asMapOutput(o pulumi.Output) pulumi.MapOutput {
	return o.ApplyT(func(v any) map[string]any { m, _ := v.(map[string]any); return m }).(pulumi.MapOutput)
}

// deploys runs the program of arguments that need a context.
func deploys(args func(ctx *pulumi.Context) *components.ManagedIdentityClusterArgs) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error { return program(args(ctx))(ctx) }
}

const keyData = "ssh-rsa AAAA"

func linux(admin pulumi.Input) pulumi.Map {
	return pulumi.Map{"adminUsername": admin, "ssh": pulumi.Map{"publicKeys": pulumi.Array{pulumi.Map{"keyData": pulumi.String(keyData)}}}}
}

func TestUnknownAdditionalPropertyStaysUnknownInThePreview(t *testing.T) {
	s := simtest.New(t, deploys(func(ctx *pulumi.Context) *components.ManagedIdentityClusterArgs {
		return with(pulumi.Map{
			"autoScalerProfile":  pulumi.Map{"expander": unknownInPreview(ctx, "least-waste"), "maxEmptyBulkDelete": pulumi.String("5")},
			"serviceMeshProfile": pulumi.ToSecret(unknownInPreview(ctx, map[string]any{"mode": "Disabled"})),
		}, pulumi.Map{"kubeletDiskType": unknownInPreview(ctx, "OS")}, pulumi.Map{"kubeletDiskType": unknownInPreview(ctx, "OS")})
	}))
	check := func(when string, preview simtest.Result) {
		cluster := preview.Steps.Type(clusterType)[0]
		profile, _ := cluster.Input("autoScalerProfile").(map[string]any)
		_, unknown := profile["expander"].(simtest.Unknown)
		if !unknown || profile["maxEmptyBulkDelete"] != "5" {
			t.Errorf("%s: the expander is unknown and its neighbour known, got %v", when, profile)
		}
		if _, unknown := cluster.Input("serviceMeshProfile").(simtest.Unknown); !unknown {
			t.Errorf("%s: the whole profile is unknown, got %v", when, cluster.Input("serviceMeshProfile"))
		}
		for _, pool := range []map[string]any{
			cluster.Input("agentPoolProfiles").([]any)[0].(map[string]any),
			{"kubeletDiskType": preview.Steps.Type(poolType)[0].Input("kubeletDiskType")},
		} {
			if _, unknown := pool["kubeletDiskType"].(simtest.Unknown); !unknown {
				t.Errorf("%s: the disk type is unknown, got %v", when, pool["kubeletDiskType"])
			}
		}
		if n := len(preview.Steps.Op("replace")); n > 0 {
			t.Errorf("%s: %d replacements are announced:\n%s", when, n, preview.Steps)
		}
	}
	check("before", must(t, "preview", s.Preview()))
	up := must(t, "up", s.Up())
	cluster, _ := up.Resources.Find(clusterType, "aks")
	if profile, _ := cluster.Input("autoScalerProfile").(map[string]any); profile["expander"] != "least-waste" {
		t.Errorf("the expander arrives, got %v", profile)
	}
	check("after", must(t, "second preview", s.Preview()))
}

const poolType = "azure-native:containerservice/v20250101:AgentPool"

// TestUnknownAdditionalPropertiesAreNoRemoval: which properties there are is not known, so the preview cannot show them; to show
// that they go, and the cluster with them, would be wrong.
func TestUnknownAdditionalPropertiesAreNoRemoval(t *testing.T) {
	whole := func(ctx *pulumi.Context, properties map[string]any) pulumi.MapInput {
		return asMapOutput(unknownInPreview(ctx, properties))
	}
	cluster := map[string]any{"linuxProfile": map[string]any{
		"adminUsername": "shop", "ssh": map[string]any{"publicKeys": []any{map[string]any{"keyData": keyData}}},
	}}
	tier := "Standard"
	s := simtest.New(t, deploys(func(ctx *pulumi.Context) *components.ManagedIdentityClusterArgs {
		disk := map[string]any{"kubeletDiskType": "OS"}
		args := with(whole(ctx, cluster), whole(ctx, disk), whole(ctx, disk))
		args.Tier = components.Tier(tier)
		return args
	}))
	must(t, "up", s.Up())
	made, _ := s.Resources().Find(clusterType, "aks")
	if profile, _ := made.Input("linuxProfile").(map[string]any); profile["adminUsername"] != "shop" {
		t.Fatalf("the profile arrives, got %v", profile)
	}
	preview := must(t, "preview", s.Preview())
	if !preview.Unchanged() {
		t.Errorf("nothing changes as far as is known, but:\n%s", preview.Steps.Changing())
	}
	if !strings.Contains(preview.Diagnostics(), "additionalProperties") {
		t.Errorf("the preview says what it does not show: %s", preview.Diagnostics())
	}
	tier = "Premium"
	if preview := must(t, "preview", s.Preview()); !strings.Contains(preview.Steps.Changing().String(), "[sku]") {
		t.Errorf("what is known to change is shown, got:\n%s", preview.Steps.Changing())
	}
}

// TestUnknownForceNewPropertyIsAnnounced: it may turn out to be another one, and then the cluster is replaced.
func TestUnknownForceNewPropertyIsAnnounced(t *testing.T) {
	s := simtest.New(t, deploys(func(ctx *pulumi.Context) *components.ManagedIdentityClusterArgs {
		return with(pulumi.Map{"linuxProfile": linux(unknownInPreview(ctx, "shop"))}, nil, nil)
	}))
	must(t, "up", s.Up())
	preview := must(t, "preview", s.Preview())
	if !strings.Contains(preview.Steps.Changing().String(), "linuxProfile") {
		t.Errorf("the change is shown, got:\n%s", preview.Steps.Changing())
	}
	if again := must(t, "up", s.Up()); !again.Unchanged() {
		t.Errorf("and turns out to be none, got:\n%s", again.Steps.Changing())
	}
}

func TestSecretAdditionalPropertiesStaySecret(t *testing.T) {
	hush := func() pulumi.Output { return pulumi.ToSecret(pulumi.String("hush-hush")) }
	more := map[string]pulumi.MapInput{
		"a value":                     pulumi.Map{"httpProxyConfig": pulumi.Map{"httpProxy": hush()}, "autoScalerProfile": pulumi.Map{"expander": pulumi.String("random")}},
		"all":                         asMapOutput(pulumi.ToSecret(pulumi.Map{"httpProxyConfig": pulumi.Map{"httpProxy": pulumi.String("hush-hush")}})),
		"in what the component sends": pulumi.Map{"networkProfile": pulumi.ToSecret(pulumi.Map{"ipFamilies": pulumi.Array{hush()}})},
	}
	for name, properties := range more {
		t.Run(name, func(t *testing.T) {
			s := simtest.New(t, program(with(properties, nil, nil)))
			must(t, "preview", s.Preview())
			up := s.Up()
			if strings.Contains(string(s.Export()), "hush-hush") {
				t.Errorf("the secret is plain in the state: %s", up.Explain())
			}
			if cluster, ok := up.Resources.Find(clusterType, "aks"); ok && cluster.Inputs["autoScalerProfile"].ContainsSecrets() {
				t.Error("what is no secret does not become one")
			}
		})
	}
}

func TestAdditionalPropertiesCannotSayWhatTheComponentDecides(t *testing.T) {
	both := pulumi.Map{"type": pulumi.String("SystemAssigned")}
	cases := []struct {
		name, reason string
		args         *components.ManagedIdentityClusterArgs
		path         string
	}{
		{"identity", "both kinds could be sent", with(pulumi.Map{"identity": both}, nil, nil), "additionalProperties.identity"},
		{"late identity", "it is found when it arrives", with(pulumi.Map{"identity": both}.ToMapOutput(), nil, nil), "additionalProperties.identity"},
		{"kubelet", "its grants come first", with(pulumi.Map{"identityProfile": pulumi.Map{}}, nil, nil), "additionalProperties.identityProfile"},
		{"name", "pools and outputs use it", with(pulumi.Map{"resourceName": pulumi.String("x")}, nil, nil), "additionalProperties.resourceName"},
		{"group", "grants use it", with(pulumi.Map{"resourceGroupName": pulumi.String("x")}, nil, nil), "additionalProperties.resourceGroupName"},
		{"system pool", "its name", with(nil, pulumi.Map{"name": pulumi.String("x")}, nil), "systemPool.additionalProperties.name"},
		{"next pool", "its cluster", with(nil, nil, pulumi.Map{"resourceName": pulumi.String("x")}), "pools[0].additionalProperties.resourceName"},
		{"late next pool", "when it arrives", with(nil, nil, pulumi.Map{"resourceName": pulumi.String("x")}.ToMapOutput()), "pools[0].additionalProperties.resourceName"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			up := simtest.New(t, program(tc.args)).Up()
			if up.Err == nil || !strings.Contains(up.Diagnostics(), tc.path) || !strings.Contains(up.Diagnostics(), "Fix: ") {
				t.Errorf("%s: want %s refused, with what to do: %s", tc.reason, tc.path, up.Explain())
			}
		})
	}
}

func TestResourceInAdditionalPropertiesGetsAWord(t *testing.T) {
	cloud := azuresim.New()
	subnet := cloud.MustSeedSubnet("net", "hub", "nodes")
	args := with(nil, pulumi.Map{"vnetSubnetID": pulumi.String(subnet)}, nil)
	preview := simtest.New(t, program(args), simtest.WithCloud(cloud)).Preview()
	if !strings.Contains(preview.Diagnostics(), "systemPool.additionalProperties.vnetSubnetID") || !strings.Contains(preview.Diagnostics(), "pools[].subnet") {
		t.Errorf("want a word about the subnet that nothing is granted on: %s", preview.Diagnostics())
	}
}

// TestAdditionalPropertiesKeepTheOrderOfThings: what an output comes from is deleted after the cluster.
func TestAdditionalPropertiesKeepTheOrderOfThings(t *testing.T) {
	s := simtest.New(t, func(ctx *pulumi.Context) error {
		first, err := components.NewManagedIdentityCluster(ctx, "first", smallest())
		if err != nil {
			return err
		}
		return program(with(pulumi.Map{"tags": pulumi.Map{"after": first.ClusterName}}, nil, nil))(ctx)
	})
	must(t, "up", s.Up())
	cluster, _ := s.Resources().Find(clusterType, "aks")
	first, _ := s.Resources().Find(clusterType, "first")
	for _, dependency := range cluster.Dependencies {
		if string(dependency) == string(first.URN) {
			return
		}
	}
	t.Errorf("the cluster depends on what its properties come from, got %v", cluster.Dependencies)
}

// TestPropertiesThatThereAreNotAreRefused: azure-native drops a name that it does not know without a word, at any depth. What stands in
// a map of the user's own, as tags, has no such names.
func TestPropertiesThatThereAreNotAreRefused(t *testing.T) {
	for _, tc := range []struct {
		name, reason string
		more         pulumi.Map
		want         string
	}{
		{"at the top", "another letter case is another name", pulumi.Map{"diskEncryptionSetId": pulumi.String("x")},
			`additionalProperties.diskEncryptionSetId: azure-native has no property "diskEncryptionSetId" here, and would drop it without a word; did you mean "diskEncryptionSetID"?`},
		{"inside", "objects are looked into", pulumi.Map{"autoScalerProfile": pulumi.Map{"expandr": pulumi.String("random")}},
			`additionalProperties.autoScalerProfile.expandr: azure-native has no property "expandr" here, and would drop it without a word; did you mean "expander"?`},
		{"in a list", "and elements of lists", pulumi.Map{"privateLinkResources": pulumi.Array{pulumi.Map{"nme": pulumi.String("x")}}},
			`additionalProperties.privateLinkResources[0].nme: azure-native has no property "nme" here`},
		{"in a map", "keys of a map are the user's", pulumi.Map{"tags": pulumi.Map{"any name": pulumi.String("x")}}, ""},
		{"below a key of a map", "what stands there has names again", pulumi.Map{"addonProfiles": pulumi.Map{"azurepolicy": pulumi.Map{"enabld": pulumi.Bool(true)}}},
			`additionalProperties.addonProfiles.azurepolicy.enabld: azure-native has no property "enabld" here, and would drop it without a word; did you mean "enabled"?`},
		{"of a newer API version", "the one that is spoken does not have it", pulumi.Map{"apiServerAccessProfile": pulumi.Map{"enableVnetIntegration": pulumi.Bool(true)}},
			`additionalProperties.apiServerAccessProfile.enableVnetIntegration: azure-native has no property "enableVnetIntegration" here`},
		{"an object that arrives late", "it is looked into when it arrives", pulumi.Map{"autoScalerProfile": pulumi.Map{"expandr": pulumi.String("random")}.ToMapOutput()},
			`additionalProperties.autoScalerProfile.expandr: azure-native has no property "expandr" here`},
		{"known", "all is well", pulumi.Map{"autoScalerProfile": pulumi.Map{"expander": pulumi.String("random")}}, ""},
	} {
		for _, late := range []bool{false, true} {
			t.Run(tc.name+map[bool]string{false: " known", true: " late"}[late], func(t *testing.T) {
				args := smallest()
				args.AdditionalProperties = tc.more
				if late {
					args.AdditionalProperties = tc.more.ToMapOutput()
				}
				preview := simtest.New(t, program(args)).Preview()
				if got := preview.Diagnostics(); (preview.Err != nil) != (tc.want != "") || !strings.Contains(got, tc.want) {
					t.Errorf("%s: want %q in\n%s", tc.reason, tc.want, preview.Explain()+got)
				}
			})
		}
	}
}
