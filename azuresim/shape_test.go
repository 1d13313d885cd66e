package azuresim_test

import (
	"context"
	"strings"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/internal/shapes"
)

// shapedCluster is a valid cluster with something of every shape in it.
func shapedCluster() object {
	return object{"location": location, "identity": object{"type": "SystemAssigned"}, "sku": object{"name": "Base", "tier": "Free"},
		"tags": object{"team": "shop"}, "properties": object{
			"dnsPrefix":       "demo",
			"networkProfile":  object{"networkPlugin": "azure", "networkPluginMode": "overlay", "loadBalancerSku": "standard"},
			"addonProfiles":   object{"azurepolicy": object{"enabled": true, "config": object{"version": "v2"}}},
			"securityProfile": object{"imageCleaner": object{"enabled": true, "intervalHours": 24}},
			"agentPoolProfiles": []any{object{"name": "system", "mode": "System", "count": 1, "vmSize": "Standard_D4ds_v5",
				"nodeTaints": []any{"CriticalAddonsOnly=true:NoSchedule"}, "nodeLabels": object{"tier": "system"}}}}}
}

// plant puts a value at a dotted path; a number is an index into a list.
func plant(body object, path string, value any) {
	where, name := any(body), path
	if i := strings.LastIndex(path, "."); i >= 0 {
		where, name = at(body, path[:i]), path[i+1:]
	}
	where.(object)[name] = value
}

func TestShapesRefuseElevenKindsOfFaults(t *testing.T) {
	const first = "properties.agentPoolProfiles.0."
	cases := []struct {
		kind, reason string
		path         string
		value        any
		target, code string
		says         string
	}{
		{"unknown property", "it was misspelled", "properties.networkProfil", object{}, "properties.networkProfil", sim.CodeUnmarshalError,
			"did you mean 'networkProfile'"},
		{"wrong nesting", "vmSize belongs to a pool", "properties.vmSize", "Standard_D4ds_v5", "properties.vmSize", sim.CodeUnmarshalError,
			"no such property"},
		{"misspelled case", "names are compared with regard to case", "properties.DNSPrefix", "demo", "properties.DNSPrefix",
			sim.CodeUnmarshalError, "did you mean 'dnsPrefix'"},
		{"wrong scalar", "enabled is true or false", "properties.addonProfiles.azurepolicy.enabled", 1, "properties.addonProfiles.azurepolicy.enabled",
			sim.CodeUnmarshalError, "true or false"},
		{"number as a string", "24 is not \"24\"", "properties.securityProfile.imageCleaner.intervalHours", "24",
			"properties.securityProfile.imageCleaner.intervalHours", sim.CodeUnmarshalError, "a whole number"},
		{"fraction for a whole number", "nobody has half a node", first + "count", 1.5, "properties.agentPoolProfiles[0].count",
			sim.CodeUnmarshalError, "a whole number and is 1.5"},
		{"scalar for an object", "a profile has members", "properties.networkProfile", "azure", "properties.networkProfile",
			sim.CodeUnmarshalError, "an object and is a string"},
		{"object for a list", "pools are a list", "properties.agentPoolProfiles", object{"system": object{}}, "properties.agentPoolProfiles",
			sim.CodeUnmarshalError, "a list and is an object"},
		{"list for a scalar", "there is one plugin", "properties.networkProfile.networkPlugin", []any{"azure"},
			"properties.networkProfile.networkPlugin", sim.CodeUnmarshalError, "a string and is a list"},
		{"value that is none of the enum", "the closed list", "properties.networkProfile.networkPlugin", "calico",
			"properties.networkProfile.networkPlugin", sim.CodeInvalidParameter, "'calico' is none of azure, kubenet, none"},
		{"null where something is required", "null is nothing", first + "name", nil, "properties.agentPoolProfiles[0].name",
			sim.CodeInvalidParameter, "is required"},
	}
	newWorld(t).must(clusterID, shapedCluster())
	for _, tc := range cases {
		t.Run(tc.kind, func(t *testing.T) {
			body := shapedCluster()
			plant(body, tc.path, tc.value)
			err := newWorld(t).refused(clusterID, body, tc.code)
			if err.Target != tc.target || !strings.Contains(err.Message, tc.says) || err.Status != 400 {
				t.Errorf("%s: got %v at %q, want %q at %q", tc.reason, err, err.Target, tc.says, tc.target)
			}
		})
	}
	t.Logf("%d kinds of planted faults, all found", len(cases))
}

func TestShapesNameAllFaultsOfABody(t *testing.T) {
	w := newWorld(t)
	body := shapedCluster()
	plant(body, "properties.networkProfile.networkPlugin", "calico")
	plant(body, "properties.dnsPrefx", "demo")
	err := w.refused(clusterID, body, sim.CodeUnmarshalError)
	for _, path := range []string{"'properties.dnsPrefx'", "'properties.networkProfile.networkPlugin'"} {
		if !strings.Contains(err.Message, path) {
			t.Errorf("%s is missing in: %s", path, err.Message)
		}
	}
}

func TestShapesAreThoseOfTheProvider(t *testing.T) {
	address := object{"location": location, "properties": object{"publicIPAllocationMetod": "Static"}}
	cases := []struct {
		name, reason, id string
		body             object
		code             string
	}{
		{"network", "its own code", sim.ID("aks", sim.PublicIPAddressType, "out"), address, sim.CodeInvalidRequestFormat},
		{"registry", "a required SKU", sim.ID("aks", sim.RegistryType, "images"), object{"location": location}, sim.CodeInvalidParameter},
		{"no location", "ARM says so itself", sim.ID("aks", sim.RegistryType, "images"), object{}, sim.CodeLocationRequired},
		{"group", "properties are read-only, more is unknown", groupID("other"), object{"location": location, "proprties": object{}},
			sim.CodeInvalidRequestContent},
		{"case of a value", "enums have no case", clusterID, clusterBody(object{"networkProfile": object{"networkPlugin": "AZURE"}}), ""},
		{"read-only", "Azure ignores it, whatever it is", clusterID, clusterBody(object{"fqdn": 7}), ""},
		{"the whole answer", "what was read can be sent back", clusterID, nil, ""},
		{"not modelled", "kept as given", sim.ID("aks", "Microsoft.Sql/servers", "db"), object{"location": location, "whatever": []any{}}, ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			if tc.body == nil {
				w.must(tc.id, shapedCluster())
				tc.body = w.get(tc.id)
			}
			w.refused(tc.id, tc.body, tc.code)
		})
	}
}

func TestShapesTakeNoReadOnlyPropertyFromARequest(t *testing.T) {
	w := newWorld(t)
	id := sim.ID("aks", sim.VirtualNetworkType, "net")
	w.must(id, object{"location": location, "properties": object{"resourceGuid": "mine",
		"addressSpace": object{"addressPrefixes": []any{"10.0.0.0/16"}}}})
	if got := at(w.get(id), "properties.resourceGuid"); got != nil {
		t.Errorf("the caller's resourceGuid was kept: %v", got)
	}
}

func TestShapesOfPatchesAndSeeds(t *testing.T) {
	w := newWorld(t)
	id, _ := w.identity("one")
	if _, err := w.Patch(ctx, id, object{"tags": []any{"a"}}); sim.Code(err) != sim.CodeBadRequest {
		t.Errorf("tags are an object: got %v", err)
	}
	registry := sim.ID("shared", sim.RegistryType, "images")
	if _, err := w.Seed(registry, object{"properties": object{"adminUserEnable": true}}); sim.Code(err) == "" {
		t.Error("a seed is read by Azure's models too")
	}
	if _, err := w.Seed(registry, nil); err != nil {
		t.Errorf("a seed can be incomplete: %v", err)
	}
}

func TestShapesOfAPatchAreItsOwn(t *testing.T) {
	cases := []struct {
		name, reason, kind string
		body               object
		code, says         string
	}{
		{"tags", "what every type takes", sim.VirtualNetworkType, object{"tags": object{"team": "a"}}, "", ""},
		{"nothing", "what a PUT requires can be missing: a registry needs a SKU", sim.RegistryType, object{"tags": object{}}, "", ""},
		{"misspelled", "a property of neither model", sim.VirtualNetworkType, object{"tag": object{"team": "a"}}, sim.CodeInvalidRequestFormat,
			"did you mean 'tags'"},
		{"of the PUT", "the SDK's TagsObject has tags and nothing else", sim.VirtualNetworkType, object{"location": location},
			sim.CodeInvalidRequestFormat, "'location' there is no such property"},
		{"type of a tag", "a tag is a string", sim.ManagedClusterType, object{"tags": object{"cost": 7}}, sim.CodeUnmarshalError,
			"'tags.cost' has to be a string and is 7"},
		{"required in a PATCH", "an identity has a type, also there", sim.DataCollectionRuleType, object{"identity": object{}},
			sim.CodeInvalidPayload, "'identity.type' is required"},
		{"own location", "the model of identities alone has it", sim.IdentityType, object{"location": location, "tags": object{}}, "", ""},
		{"more than the simulator does", "Azure takes it, the simulator says that it does not", sim.VaultType,
			object{"properties": object{"enablePurgeProtection": true}}, "NotImplemented", "patches tags only"},
		{"no model", "the SDK cannot patch it: its tags alone can be", sim.PrivateLinkServiceType, object{"tags": object{"team": "a"}}, "", ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			w.MustSeedCluster("seeded", "cluster", nil)
			if err := seedOne(w, tc.kind); err != nil {
				t.Fatal(err)
			}
			_, err := w.Patch(ctx, sim.ID("seeded", tc.kind, "thing0a"), tc.body)
			if sim.Code(err) != tc.code || err != nil && !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%s: got %v, want %q and %q", tc.reason, err, tc.code, tc.says)
			}
		})
	}
}

// TestShapesOfAnswersAreChecked plants a fault in what the cloud answers.
func TestShapesOfAnswersAreChecked(t *testing.T) {
	cases := []struct {
		name, reason, path string
		value              any
		says               string
	}{
		{"unknown", "Azure has no such property", "properties.colour", "blue", "'properties.colour' there is no such property"},
		{"type", "nor such a type", "properties.dnsPrefix", 7.0, "'properties.dnsPrefix' has to be a string and is 7"},
		{"read-only type", "what only Azure fills in is checked as well", "properties.fqdn", 7.0, "'properties.fqdn' has to be a string"},
		{"missing", "an answer is complete", "location", nil, "'location' is required"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			cloud := sim.New(sim.WithCheckedAnswers())
			world{Cloud: cloud, t: t}.must(groupID("aks"), object{"location": location})
			world{Cloud: cloud, t: t}.must(clusterID, shapedCluster())
			if problems := cloud.Shapes().Problems; len(problems) > 0 {
				t.Fatalf("before the fault: %v", problems)
			}
			if err := cloud.Modify(clusterID, func(body map[string]any) { plant(body, tc.path, tc.value) }); err != nil {
				t.Fatal(err)
			}
			world{Cloud: cloud, t: t}.get(clusterID)
			if got := strings.Join(cloud.Shapes().Problems, "\n"); !strings.Contains(got, tc.says) {
				t.Errorf("%s: got %q, want %q", tc.reason, got, tc.says)
			}
		})
	}
}

// TestShapesAreKnownForEveryModelledType lets the cloud answer for one resource of each type.
func TestShapesAreKnownForEveryModelledType(t *testing.T) {
	w := newWorld(t)
	w.MustSeedCluster("seeded", "cluster", nil)
	w.MustSeed(sim.ID("seeded", sim.DataCollectionRuleType, "thing0a"), nil)
	for _, kind := range sim.KnownTypes() {
		if _, _, api := shapes.Source(kind); api == "" {
			t.Errorf("%s has no model: add it to tools/armshapes/catalog.go", kind)
		}
		if kind == sim.RoleAssignmentType || kind == sim.RoleDefinitionType || kind == sim.LockType {
			continue // below
		}
		if err := seedOne(w, kind); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
	_, principal := w.identity("reader")
	w.grant(principal, "Reader", groupID("aks"))
	w.must(groupID("aks")+"/providers/"+sim.LockType+"/hold", object{"properties": object{"level": "CanNotDelete"}})
	w.get(groupID("aks") + "/providers/" + sim.RoleDefinitionType + "/acdd72a7-3385-48ef-bd42-f606fba81ae7")
	w.must(clusterID, shapedCluster())
	for _, action := range []string{"listClusterUserCredential", "listClusterAdminCredential"} {
		if _, err := w.Post(ctx, clusterID, action, nil); err != nil {
			t.Error(err)
		}
	}
	w.Resources()
	size, report := shapes.Known(), w.Shapes()
	if size.Types != len(sim.KnownTypes()) {
		t.Errorf("the table has %d types, the simulator models %d", size.Types, len(sim.KnownTypes()))
	}
	if report.Requests < size.Types || report.Answers < 2*size.Types {
		t.Errorf("only %d requests and %d answers were compared", report.Requests, report.Answers)
	}
	t.Logf("%d types, %d models, %d properties, %d enums with %d values; %d bodies of requests and %d of answers were compared",
		size.Types, size.Models, size.Properties, size.Enums, size.Values, report.Requests, report.Answers)
}

func seedOne(w world, kind string) error {
	id := sim.ID("seeded", kind, thingNames(kind)...)
	switch kind {
	case sim.ResourceGroupType:
		id = groupID("seeded")
	case sim.MaintenanceConfigurationType:
		id = sim.ID("seeded", kind, "cluster", "default")
	case sim.AgentPoolType:
		id = sim.ID("seeded", kind, "cluster", "more")
	case sim.RuleAssociationType, sim.DiagnosticSettingType, sim.ExtensionType:
		id = sim.ID("seeded", sim.ManagedClusterType, "cluster") + "/providers/" + kind + "/thing"
	}
	if _, err := w.Seed(id, seedBodies(kind)); err != nil {
		return err
	}
	_, err := w.Get(context.Background(), id)
	return err
}

// seedBodies are the bodies of the types that need one.
func seedBodies(kind string) object {
	switch kind {
	case sim.AgentPoolType:
		return object{"properties": pool(object{"name": nil})}
	case sim.FederatedCredentialType:
		return credential("https://issuer/", "one", "api://AzureADTokenExchange")
	case sim.RuleAssociationType:
		return associationBody(sim.ID("seeded", sim.DataCollectionRuleType, "thing0a"))
	default:
		return nil
	}
}
